"""For a caller without a screen: the agent enters who calls and what they say, page by page, by the form's rules."""

import base64
import datetime as dt
import secrets
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.phone import NewErrand
from madang.forms.errors import FieldError
from madang.forms.model import Answers, FormDefinition
from madang.forms.parse import page_fields, page_of
from madang.forms.raw import raw_from
from madang.i18n.text import Text
from madang.web.clients import Impossible, NotFound, Unavailable, phone
from madang.web.links import link
from madang.web.page import Private, Public
from madang.web.phone_forms import CALLER, needed
from madang.web.portal import locale_of, portal, signed_in
from madang.web.questions import FieldView, Raw
from madang.web.render import render
from madang.web.views import repeats
from madang.web.views.desk_parts import DeskPage
from madang.web.views.phone_errand import Filled, filled, judged, keep, path_of, services, stranger, strings, views
from madang.web.views.phone_language import switched, typed_before


@dataclass(frozen=True, slots=True)
class PhonePage(DeskPage):
    """One page of questions: who calls, what they need, or a page of the service's form."""

    template: ClassVar[str] = "desk/phone.html"
    errand: Private[str]
    """Empty until somebody was found."""
    letters: Private[str]
    """The first letter of the caller's name; the rest is covered."""
    title: Public[Text | None]
    """The service's."""
    form: Public[FormDefinition]
    step: Public[str]
    position: Public[int]
    total: Public[int]
    fields: Public[tuple[FieldView, ...]]
    errors: Public[tuple[FieldError, ...]]
    problem: Public[str]
    """"", "not-found" (never which of the two was wrong), "locked" or "unavailable"."""


async def show(request: Request) -> Response:
    """GET /{lang}/desk/phone"""
    stranger(request)
    raw, errors = await typed_before(request, CALLER, "caller", {})
    return await _page(request, CALLER, "caller", raw=raw, errors=errors)


async def find(request: Request) -> Response:
    """POST of the same address: whether the register has such a person."""
    stranger(request)
    posted = strings(await request.form(max_files=0, max_fields=10))
    if other := await switched(request, posted):
        return other
    result = await judged(request, CALLER, "caller", posted, {})
    if result.errors:
        return await _page(request, CALLER, "caller", raw=result.raw, errors=result.errors, status=422)
    born = result.answers["born"]
    said = NewErrand(_new_id(), result.answers["phone"], dt.date.fromisoformat(born))
    try:
        errand = await phone.find_caller(portal(request).backend, await signed_in(request), said)
    except NotFound:
        return await _page(request, CALLER, "caller", raw=result.raw, problem="not-found", status=422)
    except Impossible:
        return await _page(request, CALLER, "caller", problem="locked", status=429)
    except Unavailable:
        return await _page(request, CALLER, "caller", raw=result.raw, problem="unavailable", status=503)
    await keep(request, errand, born)
    return RedirectResponse(link(locale_of(request), "phone_service", errand=errand.id), 303)


async def choose(request: Request) -> Response:
    """GET /{lang}/desk/phone/{errand}: which service."""
    at = await filled(request)
    answers, form = {"service": at.service.identifier} if at.service is not None else {}, needed(services(request))
    raw, errors = await typed_before(request, form, "needed", {})
    return await _page(request, form, "needed", at, answers=answers, raw=raw, errors=errors)


async def chosen(request: Request) -> Response:
    """POST of the same address. Another service begins anew."""
    at = await filled(request)
    form = needed(services(request))
    posted = strings(await request.form(max_files=0, max_fields=10))
    if other := await switched(request, posted):
        return other
    result = await judged(request, form, "needed", posted, {})
    if result.errors:
        return await _page(request, form, "needed", at, raw=result.raw, errors=result.errors, status=422)
    service = result.answers["service"]
    same = at.service is not None and at.service.identifier == service
    await keep(request, at.errand, at.born, service, at.answers if same else {})
    return RedirectResponse(_onward(request, await filled(request), None), 303)


async def question(request: Request) -> Response:
    """GET /{lang}/desk/phone/{errand}/questions/{step}"""
    at = await filled(request)
    step, (_, form) = request.path_params["step"], at.chosen
    if not path_of(at).may_visit(step):
        return RedirectResponse(_onward(request, at, None), 303)
    raw, errors = await typed_before(request, form, step, at.answers)
    return await _page(request, form, step, at, answers=at.answers, raw=raw, errors=errors)


async def answer(request: Request) -> Response:
    """POST of the same address."""
    at = await filled(request)
    step, (service, form) = request.path_params["step"], at.chosen
    if not path_of(at).may_visit(step):
        return RedirectResponse(_onward(request, at, None), 303)
    posted = strings(await request.form(max_files=0, max_fields=500))
    if other := await switched(request, posted):
        return other
    asked = page_of(form, step)
    if (changed := repeats.edited(form, asked.ask, posted)) is not None:
        return await _page(request, form, step, at, raw=raw_from(page_fields(form, asked), changed))
    result = await judged(request, form, step, posted, at.answers)
    if result.errors:
        return await _page(request, form, step, at, raw=result.raw, errors=result.errors, status=422)
    others = {name: value for name, value in at.answers.items() if name not in asked.ask}
    await keep(request, at.errand, at.born, service.identifier, others | result.answers)
    return RedirectResponse(_onward(request, await filled(request), step), 303)


def _onward(request: Request, at: Filled, step: str | None) -> str:
    """The page after ``step``, or the first that is not answered; the check when all are."""
    path, locale = path_of(at), locale_of(request)
    returning = step is None or request.query_params.get("from") == "check"
    following = path.first_incomplete if step is None or returning else path.next(step)
    if following is None:
        return link(locale, "phone_check", errand=at.errand.id)
    query = {"from": "check"} if step is not None and returning else None
    return link(locale, "phone_question", query, errand=at.errand.id, step=following)


async def _page(
    request: Request,
    form: FormDefinition,
    step: str,
    at: Filled | None = None,
    *,
    answers: Answers | None = None,
    raw: Raw | None = None,
    errors: tuple[FieldError, ...] = (),
    problem: str = "",
    status: int = 200,
) -> Response:
    of_form = at is not None and at.form is form
    path = path_of(at) if at is not None and of_form else None
    page = PhonePage(
        errand=at.errand.id if at is not None else "",
        letters=at.letters if at is not None else "",
        title=at.service.title if at is not None and of_form and at.service is not None else None,
        form=form,
        step=step,
        position=path.position(step) if path is not None else 0,
        total=path.at_most(step) if path is not None else 0,
        fields=await views(request, form, step, answers or {}, raw, errors),
        errors=errors,
        problem=problem,
    )
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _new_id() -> str:
    return base64.b32encode(secrets.token_bytes(17))[:26].decode().lower()
