"""A small application inside the whole stack, and browsers for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web import health
from madang.web.metrics import Metrics
from madang.web.middleware.stack import wrap
from madang.web.settings import Settings
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import COOKIE, Session, Sessions

BASE = "https://www.example.org"
OURS = {"sec-fetch-site": "same-origin"}


class House:
    """The application under test, what it stands on, and how often each page was really made."""

    def __init__(self, data: Path, **changes: Any) -> None:
        self.settings = replace(
            Settings(
                data=data,
                base_url=BASE,
                secret_keys=("0123456789abcdef" * 4,),
                oidc_issuer="https://id.example.org/realm",
                log_level="error",
                allowed_hosts=("also.example.org",),
            ),
            **changes,
        )
        self.state = MemoryState()
        self.sessions = Sessions(self.state)
        self.metrics = Metrics()
        self.version = "1"
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        """Happens once, while a page is made."""
        self.made = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.inner = Starlette(routes=self.routes())
        self.inner.state.health = health.Health(self.settings, self.state, lambda: True, lambda: {"drafts": False})
        self.app: ASGIApp = wrap(
            self.inner,
            settings=self.settings,
            state=self.state,
            sessions=self.sessions,
            metrics=self.metrics,
            version=lambda: self.version,
            query_keys=("q", "page"),
            refuse=self.refuse,
        )

    def routes(self) -> list[Route]:
        rows: list[tuple[str, Callable[[Request], Any]]] = [
            ("/{lang}/guide/{name}", self.guide),
            ("/{lang}/me", self.me),
            ("/{lang}/in", self.sign_in),
            ("/{lang}/out", self.sign_out),
            ("/{lang}/echo", self.echo),
            ("/{lang}/slow", self.slow),
            ("/{lang}/boom", self.boom),
            ("/{lang}/half", self.half),
            ("/{lang}/odd", self.odd),
            ("/{lang}/big", self.big),
            ("/", self.home),
            ("/livez", health.livez),
            ("/readyz", health.readyz),
            ("/metrics", health.metrics),
            ("/.well-known/security.txt", health.security_txt),
        ]
        return [Route(path, view, methods=["GET", "POST"]) for path, view in rows]

    def refuse(self, scope: Scope, status: int, kind: str, retry_after: int = 0) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            scope["madang.csp_hashes"] = ["sha256-refusal"]
            headers = {"Retry-After": str(retry_after)} if retry_after else {}
            text = f"{kind} {scope['madang.locale']} {await scope['madang.session'].get()}"
            await PlainTextResponse(text, status, headers)(scope, receive, send)

        return answer

    async def guide(self, request: Request) -> Response:
        """A public page that greets whoever is signed in, as every page of the portal does."""
        self.made += 1
        session = await request.scope["madang.session"].get()
        request.scope["madang.csp_hashes"] = ["sha256-page"]
        if session is None:
            request.scope["madang.cacheable"] = True
        lang, name = request.path_params["lang"], request.path_params["name"]
        who = session.name if session else "nobody"
        version = self.version
        if self.meanwhile:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        return HTMLResponse(f"<h1>{lang} {name} {request.url.query} {who} v{version}</h1>" + "<p>마당</p>" * 200)

    async def me(self, request: Request) -> Response:
        session = await request.scope["madang.session"].get()
        text = f"{session.name if session else 'nobody'}" + "x" * 2000
        return HTMLResponse(text, headers={"Cache-Control": "public, max-age=60", "ETag": '"x"'})

    async def sign_in(self, request: Request) -> Response:
        name = request.query_params.get("name", "linh")
        await request.scope["madang.session"].start(Session(subject=name, name=name, acr="low"))
        return PlainTextResponse("in")

    async def sign_out(self, request: Request) -> Response:
        await request.scope["madang.session"].end()
        return PlainTextResponse("out")

    async def echo(self, request: Request) -> Response:
        body = await request.body()
        return PlainTextResponse(f"{len(body)} {request.scope['madang.client']}")

    async def slow(self, request: Request) -> Response:
        await self.gate.wait()
        return PlainTextResponse("slow")

    async def boom(self, request: Request) -> Response:
        raise ValueError("900101-1234567")

    async def half(self, request: Request) -> Response:
        async def parts() -> AsyncIterator[bytes]:
            yield b"half"
            raise ValueError("900101-1234567")

        return StreamingResponse(parts())

    async def odd(self, request: Request) -> Response:
        """A view that marks wrongly what must not be kept."""
        self.made += 1
        request.scope["madang.cacheable"] = True
        what = request.query_params["q"]
        response = HTMLResponse("x" * 600, {"status": 404, "teapot": 418}.get(what, 200))
        if what == "cookie":
            response.set_cookie("a", "b")
        if what == "no-store":
            response.headers["Cache-Control"] = "no-store"
        return response

    async def big(self, request: Request) -> Response:
        self.made += 1
        request.scope["madang.cacheable"] = True
        return HTMLResponse("x" * 1_500_000)

    async def home(self, request: Request) -> Response:
        return PlainTextResponse(request.scope["madang.locale"])

    def client(self, **more: Any) -> httpx.AsyncClient:
        """A browser of its own, without cookies and without compression unless it says so."""
        headers = {"accept-encoding": "identity", **more.pop("headers", {})}
        transport = httpx.ASGITransport(
            self.app, raise_app_exceptions=False, client=more.pop("address", ("192.0.2.1", 9))
        )
        return httpx.AsyncClient(transport=transport, base_url=more.pop("base_url", BASE), headers=headers, **more)

    async def raw(
        self, path: str, query: bytes = b"", headers: Any = ((b"host", b"www.example.org"),), method: str = "GET"
    ) -> int:
        """The status of a request that no client library would make."""
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
                assert b"content-security-policy" in dict(message["headers"])
            elif method == "HEAD":
                assert not message.get("body")

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": path.encode("utf-8", "replace"), "query_string": query, "root_path": "",
            "headers": list(headers), "client": ("192.0.2.1", 9), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        await self.app(scope, receive, send)
        assert len(statuses) == 1
        return statuses[0]


def cookie_of(response: httpx.Response) -> dict[str, str]:
    """What the browser sends back."""
    pair = response.headers["set-cookie"].partition(";")[0]
    assert pair.startswith(f"{COOKIE}=")
    return {"cookie": pair}
