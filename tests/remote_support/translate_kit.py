"""A small HTTP server that speaks LibreTranslate's interface, and does as a test bids it."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = {
    ("ko", "vi", "안녕하세요"): "Xin chào",
    ("vi", "ko", "Cảm ơn"): "고맙습니다",
    ("ko", "zh-Hans", "안녕하세요"): "您好",
}


class Service(ThreadingHTTPServer):
    """What it is to answer, and what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.languages: Any = [{"code": code, "name": code, "targets": list(CODES)} for code in CODES]
        self.asked: list[dict[str, str]] = []
        self.heads: list[dict[str, str]] = []
        self.answer: str | None = None
        self.status, self.delay, self.key = 200, 0.0, ""
        self.raw: bytes | None = None
        self.location = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


CODES = ("ko", "en", "ja", "zh-Hans", "th", "vi")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Service

    def do_GET(self) -> None:
        self.reply(200, json.dumps(self.server.languages).encode() if self.path == "/languages" else b"{}")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.heads.append({name.lower(): value for name, value in self.headers.items()})
        time.sleep(self.server.delay)
        if self.server.raw is not None:
            return self.reply(self.server.status, self.server.raw)
        if body.get("api_key", "") != self.server.key:
            return self.reply(403, b'{"error": "Invalid API key"}')
        said = self.server.answer or WORDS.get((body["source"], body["target"], body["q"]), "")
        return self.reply(self.server.status, json.dumps({"translatedText": said, "alternatives": []}).encode())

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "who=somebody")
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@contextlib.contextmanager
def served() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
