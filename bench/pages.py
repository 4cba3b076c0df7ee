"""Our own pages beside Starlette's plain text, in one run."""

import asyncio
import tempfile
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.drive import Call, House, medians
from bench.houses import BASE, HOST, Inhabited, inhabited
from bench.table import Row, at_least, plain

GUIDE = "/ko/services/resident-register"
OTHER = {"Cookie": "__Host-madang-nobody=1"}
"""Keeps a request away from the page cache, and belongs to nobody."""
WAITING = ("home", "applications")
"""Wait for threads, in which time the driver of the protocol would spin: as ASGI calls only."""
ROUNDS = 5


async def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def warmed(house: Inhabited) -> str:
    """The guide is in the cache and thoroughly compressed; its ETag."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(house.app), base_url=BASE) as client:
        for _ in range(4):
            response = await client.get(GUIDE, headers={"Accept-Encoding": "br"})
        await asyncio.sleep(0.5)
    return str(response.headers["etag"])


async def rows() -> list[Row]:
    simple = Starlette(routes=[Route("/", hello)])
    with tempfile.TemporaryDirectory() as folder:
        async with inhabited(Path(folder) / "data") as house:
            etag = await warmed(house)
            asked = {
                "plain": (simple, "/", {}, 200, 2000),
                "cached": (house.app, GUIDE, {}, 200, 2000),
                "304": (house.app, GUIDE, {"If-None-Match": etag}, 304, 2000),
                "fresh": (house.app, GUIDE, OTHER | {"Accept-Encoding": "identity"}, 200, 150),
                "fresh br": (house.app, GUIDE, OTHER, 200, 150),
                "guide": (house.app, GUIDE, house.cookie, 200, 150),
                "help": (house.app, "/ko/help", house.cookie, 200, 150),
                "home": (house.app, "/ko/", house.cookie, 200, 100),
                "applications": (house.app, "/ko/applications", house.cookie, 200, 100),
            }
            cases = {}
            for name, (app, path, headers, status, count) in asked.items():
                if name not in WAITING:
                    cases[name] = (House(app, path, headers, host=HOST, status=status).run, count)
                cases[f"{name} call"] = (Call(app, path, headers, host=HOST, status=status).run, count)
            cost = await medians(cases, ROUNDS)

    def beside(name: str) -> str:
        ratio = cost["plain call"] / cost[f"{name} call"]
        return f" ({cost[name]:,.0f} µs served; as an ASGI call {cost[f'{name} call']:,.1f} µs, {ratio:.2g}x)"

    text = cost["plain"]
    return [
        plain("Starlette plain text", f"{text:.1f} µs served, as an ASGI call {cost['plain call']:.1f} µs"),
        at_least("Cached public page (guide, br), against it", text / cost["cached"], 1.3, more=beside("cached")),
        at_least("Its 304", text / cost["304"], 1.6, more=beside("304")),
        at_least("Personal page without a backend call (help)", text / cost["help"], 0.4, more=beside("help")),
        plain("The guide for somebody signed in", f"{text / cost['guide']:.2g}x{beside('guide')}"),
        plain("Home, signed in, embedded backend and SQLite counted", f"{cost['home call']:,.0f} µs as an ASGI call"),
        plain("Applications, the same", f"{cost['applications call']:,.0f} µs as an ASGI call"),
        at_least("Full uncached render (guide)", text / cost["fresh"], 0.25, more=beside("fresh")),
        plain("The same and brotli 1", f"{text / cost['fresh br']:.2g}x{beside('fresh br')}"),
    ]
