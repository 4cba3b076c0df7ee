"""The same page in the portal: one more route, whole stack, templates compiled as all of ours are.

python -m bench.peers.ours PORT FOLDER     serves it over HTTP, for what can only be compared there
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.peers.content import PEERS, STRINGS, context
from madang.web.page import Page, Public
from madang.web.render import render

PAGES = PEERS / "pages" / "jinja"


@dataclass(frozen=True, slots=True)
class Row:
    name: Public[str]
    address: Public[str]
    phone: Public[str]
    hours: Public[str]
    way: Public[str]
    fee: Public[int]
    ref: Public[str]


@dataclass(frozen=True, slots=True)
class Entry:
    id: Public[str]
    label: Public[str]
    hint: Public[str]
    value: Public[str]
    autocomplete: Public[str]
    error: Public[str]


@dataclass(frozen=True, slots=True)
class SamePage(Page):
    template: ClassVar[str] = "bench_page.html"
    rows: Public[tuple[Row, ...]]
    fields: Public[tuple[Entry, ...]]


async def _show(request: Request, kept: bool) -> Response:
    content = context()
    rows = tuple(Row(**row) for row in content["rows"])
    return await render(request, SamePage(rows, tuple(Entry(**entry) for entry in content["fields"])), cacheable=kept)


async def fresh(request: Request) -> Response:
    return await _show(request, kept=False)


async def kept(request: Request) -> Response:
    return await _show(request, kept=True)


def furnish(stack: Any) -> Any:
    """Adds the page to a portal: rendered anew at /ko/page, kept whole at /ko/kept."""
    application = stack
    while not isinstance(application, Starlette):  # below the middlewares
        application = application._app
    environment = application.state.portal.environments["ko"]
    environment._constants._translate = lambda message: STRINGS.get(message, message)
    own = FileSystemLoader(PAGES)
    environment.loader = ChoiceLoader([PrefixLoader({"pages": own}), own, environment.loader])
    environment.bytecode_cache = None
    application.router.routes[:0] = [Route("/ko/page", fresh), Route("/ko/kept", kept)]
    return stack


def main() -> None:
    import uvicorn

    from bench.houses import settings
    from madang.web.app import create_app
    from madang.web.serve import end_with_parent

    end_with_parent()
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    made = settings(folder / "served", MADANG_BASE_URL=f"http://127.0.0.1:{port}", MADANG_LOG_LEVEL="error")
    app = furnish(create_app(made))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="madang.web.protocol:GuardedProtocol",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
