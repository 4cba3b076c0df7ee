"""The demonstration's telephones: what was sent to numbers that are nobody's."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from madang.contract.demonstration import FILE, shown
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render

LAST: Final = 20


@dataclass(frozen=True, slots=True)
class Message:
    at: Public[dt.datetime]
    to: Public[str]
    text: Public[str]


@dataclass(frozen=True, slots=True)
class DemoPhonePage(Page):
    """Everything on it is made up. Yet no agent looks on: it shows codes that only a citizen is to know."""

    template: ClassVar[str] = "sign_in/telephones.html"
    bundle: ClassVar[str] = "task"
    sensitive: ClassVar[bool] = True
    messages: Public[tuple[Message, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/demo-phone: the last messages, the newest first."""
    file = portal(request).settings.data / FILE
    found = await anyio.to_thread.run_sync(shown, file, LAST)
    response = await render(request, DemoPhonePage(tuple(Message(each.at, each.to, each.text) for each in found)))
    response.headers["Cache-Control"] = "no-store"
    return response
