"""What the middlewares cost, without the store's I/O: they stand around an application that does nothing."""

import os
import tempfile
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from bench.drive import Call, House, medians
from bench.table import Row, at_most
from madang.web.logs import AccessLog
from madang.web.metrics import Metrics
from madang.web.middleware.stack import wrap
from madang.web.settings import Settings
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import Session, Sessions

REQUESTS, ROUNDS = 2000, 7


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """The least that answers."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def personal(scope: Scope, receive: Receive, send: Send) -> None:
    """The least that reads the session."""
    await scope["madang.session"].get()
    await bare(scope, receive, send)


def wrapped(app: ASGIApp, sessions: Sessions, data: Path, log: AccessLog) -> ASGIApp:
    settings = Settings(data=data, secret_keys=("0123456789abcdef" * 4,), client_requests=1_000_000)
    return wrap(
        app,
        settings=settings,
        state=MemoryState(),
        sessions=sessions,
        metrics=Metrics(),
        version=lambda: "1",
        access_log=log,
    )


async def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        log, sessions = AccessLog(os.open(os.devnull, os.O_WRONLY)), Sessions(MemoryState())
        identifier = await sessions.start(Session(subject="a", name="a", acr="a"))
        cookie = {"Cookie": f"__Host-madang={identifier}"}
        anonymous, known = (wrapped(app, sessions, Path(folder), log) for app in (bare, personal))
        found = await medians(
            {
                "call": (Call(bare, "/ko/", cookie).run, REQUESTS),
                "stack call": (Call(anonymous, "/ko/", cookie).run, REQUESTS),
                "served": (House(bare, "/ko/", cookie).run, REQUESTS),
                "stack served": (House(anonymous, "/ko/", cookie).run, REQUESTS),
                "session served": (House(known, "/ko/", cookie).run, REQUESTS),
            },
            ROUNDS,
        )
    served = found["stack served"] - found["served"]
    session = found["session served"] - found["served"]
    more = f" (as an ASGI call {found['stack call'] - found['call']:.0f}; with a session looked up {session:.0f})"
    return [at_most("Whole middleware stack, without the store's I/O", served, 15, "µs", more)]
