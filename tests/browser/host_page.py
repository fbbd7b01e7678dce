"""A web shop that is not ours: pages on a port of their own that load the question."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,">
<style>html{{font-size:10px}}body{{margin:0;font:16px serif}}p{{margin:20px 0}}
.long{{height:3000px}}button{{display:none}}</style></head>
<body><h1>Shop</h1><p id="before">Before</p>{spot}<p id="after">After</p><a href="#">A link</a>
<div class="long"></div><script src="{script}" async {attributes}></script></body></html>"""
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src {ours}; connect-src {ours}; "
    "img-src data:"
)


class Shop:
    """`address` is its own; every path shows the same page with what was set last."""

    def __init__(self, port: int, ours: str) -> None:
        self.address = f"http://localhost:{port}"
        self.ours, self.script, self.attributes, self.spot = ours, "", "", ""

    def page(self) -> str:
        return PAGE.format(script=self.script, attributes=self.attributes, spot=self.spot)


@contextmanager
def shop(ours: str) -> Iterator[Shop]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.page().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(ours=ours))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Shop(server.server_address[1], ours)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
