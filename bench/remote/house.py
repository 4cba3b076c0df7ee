"""The portal with the bench's page in it, and beside it what rrweb needs: ``python -m bench.remote.house PORT FOLDER``.

/{lang}/bench/{n} is a page of the portal like any other, drawn and mirrored by it. /bench/... is another application in
front: rrweb's files, its replayer's page under the portal's own content security policy, and a wire from one to the
other that hands on what it is given.
"""

import os
import sys
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from bench.peers.content import PEERS
from bench.remote.seeds import PAGES, SeededPage, seeded
from madang.i18n.locales import LOCALES
from madang.web.render import render

RRWEB = PEERS / "node_modules" / "rrweb" / "dist" / "rrweb.umd.min.cjs"
RECORD = PEERS / "node_modules" / "@rrweb" / "record" / "dist" / "record.umd.min.cjs"
POLICY = (
    "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; frame-src 'self'; img-src 'self'; script-src 'self'; style-src 'self'"
)
"""The desk's."""


async def page(request: Request) -> Response:
    recorder = request.query_params.get("recorder", "")
    return await render(request, SeededPage(int(request.path_params["number"]), recorder, seeded().kinds))


def furnish(stack: Any) -> Any:
    """Adds the page to a portal in every language."""
    application = stack
    while not isinstance(application, Starlette):
        application = application._app
    for environment in application.state.portal.environments.values():
        own = FileSystemLoader(PAGES)
        environment.loader = ChoiceLoader([PrefixLoader({"pages": own}), environment.loader])
        environment.bytecode_cache = None
    application.router.routes[:0] = [Route(f"/{locale}/bench/{{number:int}}", page) for locale in LOCALES]
    return stack


class Wire:
    """Hands what one side sends to all others."""

    def __init__(self) -> None:
        self.open: set[WebSocket] = set()

    async def serve(self, socket: WebSocket) -> None:
        await socket.accept()
        self.open.add(socket)
        try:
            while True:
                text = await socket.receive_text()
                for other in self.open - {socket}:
                    await other.send_text(text)
        except WebSocketDisconnect:
            pass
        finally:
            self.open.discard(socket)


class Beside:
    """``portal``, and rrweb's side at /bench/."""

    def __init__(self, portal: ASGIApp) -> None:
        self.portal = portal
        routes = [Route(f"/bench/{name}", self._file(PAGES / name)) for name in ("record.js", "replay.js")]
        routes += [Route("/bench/rrweb.js", self._file(RRWEB)), Route("/bench/replay", self.replay)]
        self.rrweb = Starlette(routes=[*routes, WebSocketRoute("/bench/wire", Wire().serve)])

    def _file(self, path: Path) -> Any:
        async def answer(request: Request) -> Response:
            return FileResponse(path, media_type="text/javascript", headers={"Cache-Control": "max-age=3600"})

        return answer

    async def replay(self, request: Request) -> Response:
        scripts = '<script src="/bench/rrweb.js" defer></script><script src="/bench/replay.js" defer></script>'
        html = f"<!doctype html><html lang=ko><title>replay</title>{scripts}<body></body></html>"
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and scope["path"].startswith("/bench/"):
            await self.rrweb(scope, receive, send)
        else:
            await self.portal(scope, receive, send)


def made() -> ASGIApp:
    """The factory that the server's process calls."""
    from bench.houses import settings
    from madang.web.app import create_app

    folder, port = Path(os.environ["BENCH_FOLDER"]), os.environ["BENCH_PORT"]
    chosen = settings(folder / "served", MADANG_BASE_URL=f"http://127.0.0.1:{port}", MADANG_LOG_LEVEL="error")
    return Beside(furnish(create_app(chosen)))


def main() -> None:
    import uvicorn

    from madang.web.serve import configuration, end_with_parent

    end_with_parent()
    port, folder = sys.argv[1:3]
    os.environ |= {"BENCH_PORT": port, "BENCH_FOLDER": folder}
    config = configuration("bench.remote.house:made", 1, 4000)
    config.host, config.port = "127.0.0.1", int(port)
    config.ws_max_size = 16 * 2**20  # rrweb sends whole pages upwards; our relay looks at the size itself
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
