"""A mail server that takes everything: how many mails arrived, and which, each how often?

Speaks SMTP with PIPELINING on a loopback port in a process of its own. It remembers the
X-Loopwell-Message header of every mail it acknowledged or could not acknowledge any more; SIGUSR1
writes them to the file named on the command line, one a line.
"""

import asyncio
import re
import signal
import sys
from pathlib import Path

REF = re.compile(rb"(?mi)^X-Loopwell-Message: (\w+)")
HELLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n"
ANSWERS = {b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n", b"RSET": b"250 ok\r\n",
           b"NOOP": b"250 ok\r\n", b"EHLO": HELLO, b"HELO": b"250 sink\r\n",
           b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}  # fmt: skip
arrived: list[bytes] = []


class Session(asyncio.Protocol):
    """One connection: commands a line each, a mail up to the line with a dot alone."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.left, self.in_text = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.left += data
        while self._text() if self.in_text else self._command():
            pass

    def _text(self) -> bool:
        end = self.left.find(b"\r\n.\r\n")
        if end < 0:
            return False
        mail, self.left = self.left[:end], self.left[end + 5 :]
        found = REF.search(mail)
        arrived.append(found[1] if found else b"?")
        self.in_text = False
        self.transport.write(b"250 taken\r\n")
        return True

    def _command(self) -> bool:
        line, found, rest = self.left.partition(b"\r\n")
        if not found:
            return False
        self.left = rest
        word = line[:4].upper()
        self.transport.write(ANSWERS.get(word, b"500 what?\r\n"))
        self.in_text = word == b"DATA"
        if word == b"QUIT":
            self.transport.close()
            return False
        return True


async def serve(port: int, report: Path) -> None:
    def write() -> None:
        part = report.with_suffix(".part")
        part.write_bytes(b"".join(ref + b"\n" for ref in arrived))
        part.replace(report)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, write)
    server = await loop.create_server(Session, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
