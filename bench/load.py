"""A small load generator: many keep-alive connections, each sending the next request at once."""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What a run gave: seconds, milliseconds per request in order, statuses by count."""

    seconds: float
    latencies: list[float]
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def run(host: str, port: int, requests: list[bytes], clients: int, per_second: float = 0) -> Load:
    """Sends every request once over `clients` connections; `per_second` 0: as fast as it goes."""
    return asyncio.run(_run(host, port, requests, clients, per_second))


async def _run(
    host: str, port: int, requests: list[bytes], clients: int, per_second: float
) -> Load:
    source = iter(enumerate(requests))
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    began = time.perf_counter()
    await asyncio.gather(
        *(
            _client(host, port, source, latencies, statuses, began, per_second)
            for _ in range(clients)
        )
    )
    return Load(time.perf_counter() - began, latencies, statuses)


async def _client(
    host: str,
    port: int,
    source: Iterator[tuple[int, bytes]],
    latencies: list[float],
    statuses: dict[int, int],
    began: float,
    per_second: float,
) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    for number, request in source:
        if per_second:
            wait = began + number / per_second - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        await _body(reader, head.lower())
        latencies.append((time.perf_counter() - start) * 1000)
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> None:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
            return
    if b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()


def post(host: str, path: str, body: str) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded"
        f"\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def get(host: str, path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


if __name__ == "__main__":
    sys.exit("bench.load is used by the other benchmarks")
