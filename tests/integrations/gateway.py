"""A real HTTP server standing for a provider: it keeps what it was told and answers as told."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Told:
    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Gateway:
    status: int = 200
    reply: str = "{}"
    delay: float = 0.0
    hang_up: bool = False
    location: str = ""
    told: list[Told] = field(default_factory=list)
    url: str = ""

    def answers(self, status: int, /, **reply: object) -> None:
        self.status, self.reply = status, json.dumps(reply)


@contextmanager
def gateway() -> Iterator[Gateway]:
    state = Gateway()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            state.told.append(Told(self.command, self.path, headers, body))
            time.sleep(state.delay)
            if state.hang_up:
                self.close_connection = True
                return
            content = state.reply.encode()
            self.send_response(state.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if state.location:
                self.send_header("Location", state.location)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _answer  # noqa: N815 the names http.server asks for

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
