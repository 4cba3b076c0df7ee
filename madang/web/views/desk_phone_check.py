"""The end of an errand on the telephone: everything is read back, a code goes to the citizen's phone, and with the code
that they say it is submitted in their name."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.phone import ErrandAnswers
from madang.forms.conditions import drop_hidden
from madang.forms.summary import SummaryRow, summary
from madang.i18n.digits import fold
from madang.i18n.text import Text
from madang.web.clients import (
    AlreadySubmitted,
    Forbidden,
    Impossible,
    Invalid,
    NotOnRegister,
    Unavailable,
    Unprintable,
    Withheld,
    phone,
)
from madang.web.links import link
from madang.web.page import Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.questions import household_of
from madang.web.render import render
from madang.web.views.desk_parts import DeskPage
from madang.web.views.phone_errand import Filled, filled, path_of

DIGITS = 6


@dataclass(frozen=True, slots=True)
class PhoneCheckPage(DeskPage):
    template: ClassVar[str] = "desk/phone_check.html"
    errand: Private[str]
    letters: Private[str]
    title: Public[Text]
    rows: Private[tuple[SummaryRow, ...]]
    problem: Public[str]
    """"", "changed" (an answer no longer fits), "no-more" (codes), "unavailable" or "submitted"."""


@dataclass(frozen=True, slots=True)
class PhoneCodePage(DeskPage):
    template: ClassVar[str] = "desk/phone_code.html"
    errand: Private[str]
    letters: Private[str]
    title: Public[Text]
    problem: Public[str]
    """"", "wrong", "expired", "used-up", "unprintable", "not-on-register", "withheld", "changed" or "unavailable"."""
    number: Private[str]
    """Of the application, once it is submitted."""
    demonstration: Public[bool]


async def check(request: Request) -> Response:
    """GET /{lang}/desk/phone/{errand}/check"""
    return await _check(request, await filled(request))


async def send(request: Request) -> Response:
    """POST of the same address: a code for exactly these answers."""
    at = await filled(request)
    service, form = at.chosen
    if path_of(at).first_incomplete is not None:
        return await _check(request, at)
    said = ErrandAnswers(service.identifier, form.key, drop_hidden(form, at.answers))
    try:
        await phone.send_code(portal(request).backend, await signed_in(request), at.errand.id, said)
    except Invalid:
        return await _check(request, at, "changed", 409)
    except (Impossible, Forbidden):
        return await _check(request, at, "no-more", 409)
    except AlreadySubmitted:
        return await _check(request, at, "submitted", 409)
    except Unavailable:
        return await _check(request, at, "unavailable", 503)
    return RedirectResponse(link(locale_of(request), "phone_code", errand=at.errand.id), 303)


async def ask_code(request: Request) -> Response:
    """GET /{lang}/desk/phone/{errand}/code"""
    return await _code(request, await filled(request))


async def submit(request: Request) -> Response:
    """POST of the same address. The backend looks at the code; here it is only read."""
    at = await filled(request)
    posted = await request.form(max_files=0, max_fields=3)
    typed = "".join(fold(str(posted.get("code", ""))[:40]).split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == DIGITS):
        return await _code(request, at, "wrong", status=422)
    try:
        done = await phone.submit(portal(request).backend, await signed_in(request), at.errand.id, typed)
    except Invalid as refused:
        why = next((fault.code for fault in refused.fields if fault.field == "code"), "changed")
        return await _code(request, at, why, status=422)
    except Unprintable:
        return await _code(request, at, "unprintable", status=422)
    except NotOnRegister:
        return await _code(request, at, "not-on-register", status=422)
    except Withheld:
        return await _code(request, at, "withheld", status=422)
    except (Impossible, Forbidden):
        return await _code(request, at, "changed", status=409)
    except Unavailable:
        return await _code(request, at, "unavailable", status=503)
    return await _code(request, at, number=done.number)


async def _check(request: Request, at: Filled, problem: str = "", status: int = 200) -> Response:
    service, form = at.chosen
    step = path_of(at).first_incomplete
    if step is not None:
        return RedirectResponse(link(locale_of(request), "phone_question", errand=at.errand.id, step=step), 303)
    rows = summary(form, drop_hidden(form, at.answers), await household_of(request))
    return await _drawn(request, PhoneCheckPage(at.errand.id, at.letters, service.title, rows, problem), status)


async def _code(request: Request, at: Filled, problem: str = "", number: str = "", status: int = 200) -> Response:
    title, demonstration = at.chosen[0].title, portal(request).shelf.demonstration
    page = PhoneCodePage(at.errand.id, at.letters, title, problem, number, demonstration)
    return await _drawn(request, page, status)


async def _drawn(request: Request, page: DeskPage, status: int) -> Response:
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
