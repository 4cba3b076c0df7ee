"""What the audit looks at: a page that is kept as it was sent, or an address."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from madang.accessibility.findings import PageState

FIRST = (
    '<!DOCTYPE html><html lang="en"><head><title>First page</title>'
    "<style>:root{color:#000;background:#fff}</style></head><body><p>Here.</p></body></html>"
)
"""A page of ours without fault: what stands in frames, and what engines are started on. Its colours are its own: an
engine that measures it in a frame takes the ground of the page around it for its own."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages ask for."""

    body: bytes
    kind: str
    """Its media type."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One page in one state. ``html``: as the server sent it; None: it is fetched from ``state.url``. ``device``: what
    the device asks for ("dark", "forced"), empty for nothing. ``key``: that of its evidence; empty where none is kept.
    """

    state: PageState
    html: str | None = None
    device: str = ""
    key: str = ""
    pages: tuple[Scene, ...] = ()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves before the end of a picture is no news."""


@dataclass
class Stage:
    """Serves the page that is looked at, and the files of all pages, on an address of this machine: to every browser
    alike, and without the portal and all that it is connected to."""

    assets: Mapping[str, Asset] = field(default_factory=dict)
    path: str = "/"
    html: str = ""
    server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        stage = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asset = stage.assets.get(urlsplit(self.path).path)
                if self.path == stage.path:
                    self._answer(200, Asset(stage.html.encode(), "text/html; charset=utf-8"))
                elif asset is not None:
                    self._answer(200, asset)
                elif self.headers.get("Sec-Fetch-Dest") == "document":  # a script that leads away is left alone
                    self._answer(204, Asset(b"", "text/html"))
                elif self.headers.get("Sec-Fetch-Dest") == "iframe":
                    self._answer(200, Asset(FIRST.encode(), "text/html; charset=utf-8"))
                elif self.headers.get("Sec-Fetch-Dest") == "empty":  # "try later": 404 would say that all is over
                    self._answer(503, Asset(b"", "text/plain"))
                else:
                    self._answer(404, Asset(b"", "text/plain"))

            do_POST = do_GET

            def _answer(self, status: int, asset: Asset) -> None:
                self.send_response(status)
                self.send_header("Content-Type", asset.kind)
                self.send_header("Content-Length", str(len(asset.body)))
                self.end_headers()
                self.wfile.write(asset.body)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Says nothing."""

        self.server = _Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, scene: Scene) -> str:
        """The address at which ``scene`` now stands."""
        parts = urlsplit(scene.state.url)
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.html = scene.html or ""
        return f"http://127.0.0.1:{self.server.server_port}{self.path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
