"""A site of somebody else's making that goes wrong in every way, on a real server of its own."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} - A quiet site</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ background: #fff; color: #000; font: 1rem/1.6 sans-serif; }}</style>
</head>
<body>
<a href="#main">Go to the content</a>
<header><p>A quiet site</p></header>
<main id="main">
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
LINKS = ("loop", "huge", "hang", "silent", "invalid", "picture", "broken-off", "faulty", "elsewhere")
START = "<ul>" + "".join(f'<li><a href="/{name}">Page {name}</a></li>' for name in LINKS) + "</ul>"
FAULTY = '<p><img src="/x.png"></p><p style="color:#bbb">Pale words</p><form action="/"><input name="a"></form>'
INVALID = (
    "<html lang=en><title>Broken</title><p><b>one<i>two</b></i><table><tr><div>x</div></tr></table></p></p><ul><a>" * 3
)


class BadSite:
    """``base``: its address."""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    site.answer(self)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        self.sent = 0
        self.stopped = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        name = to.path.strip("/")
        if name.startswith("loop"):
            self._head(to, 302, Location=f"/loop{int(name[4:] or 0) + 1}")
        elif name == "huge":
            self._head(to, 200)
            part = b"<p>So much</p>" * 5000
            for _ in range(100 * 2**20 // len(part)):
                to.wfile.write(part)
                self.sent += len(part)
        elif name == "silent":
            self.stopped.wait(120)
        elif name == "broken-off":
            self._head(to, 200, **{"Content-Length": "5000"})
            to.wfile.write(b"<!DOCTYPE html><title>Half")
        elif name == "picture":
            self._head(to, 200, kind="image/png")
            to.wfile.write(b"\x89PNG")
        elif name == "elsewhere":
            self._head(to, 302, Location="ftp://example.invalid/x")
        elif name == "hang":
            self._page(
                to, "Hanging", "<script>addEventListener('load', () => setTimeout(() => { for (;;); }, 10));</script>"
            )
        elif name == "invalid":
            self._head(to, 200)
            to.wfile.write(INVALID.encode() + b"\xff\xfe\x00")
        elif name in ("", "faulty"):
            self._page(to, "Faulty" if name else "Start", FAULTY if name else START)
        else:
            self._head(to, 404)

    def _page(self, to: BaseHTTPRequestHandler, title: str, body: str) -> None:
        self._head(to, 200)
        to.wfile.write(GOOD.format(title=title, body=body).encode())

    def _head(
        self, to: BaseHTTPRequestHandler, status: int, kind: str = "text/html; charset=utf-8", **more: str
    ) -> None:
        to.send_response(status)
        for header, value in {"Content-Type": kind, **more}.items():
            to.send_header(header, value)
        to.end_headers()

    def close(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()


if __name__ == "__main__":
    print(BadSite().base, flush=True)
    time.sleep(3600)
