"""Start of an application: my drafts of a service, "same as last time", a new draft, deleting one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.applications import Application
from madang.contract.messages.catalogue import Service
from madang.forms.model import FormDefinition
from madang.web.clients import applications
from madang.web.journeys.path import Path
from madang.web.links import link, step_link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, session_of, signed_in
from madang.web.preferring import as_asked
from madang.web.render import render
from madang.web.state.held import Held
from madang.web.state.sessions import Session
from madang.web.views.cards import Elsewhere, ServiceCard, elsewhere, service_card
from madang.web.views.draft_cards import DraftCard, draft_cards
from madang.web.views.registers import RegisterGap, register_gap

_LONGEST_KEY: Final = 64


@dataclass(frozen=True, slots=True)
class LastTime:
    number: Private[str]
    submitted: Private[dt.datetime]


@dataclass(frozen=True, slots=True)
class StartPage(Page):
    template: ClassVar[str] = "apply/start.html"
    bundle: ClassVar[str] = "task"
    card: Public[ServiceCard]
    drafts: Private[tuple[DraftCard, ...]]
    last: Private[LastTime | None]
    gap: Private[RegisterGap | None]
    """The register that this service needs holds nothing about this person."""
    elsewhere: Public[Elsewhere]


@dataclass(frozen=True, slots=True)
class DeletePage(Page):
    template: ClassVar[str] = "apply/delete.html"
    bundle: ClassVar[str] = "task"
    draft: Private[DraftCard]


def applicable(request: Request) -> tuple[Service, FormDefinition]:
    """The service of the address and its current form; 404 when it is not applied for here."""
    shelf = portal(request).shelf
    service = shelf.service(request.path_params["service"])
    form = shelf.form(service.form) if service is not None and service.form else None
    if service is None or form is None:
        raise HTTPException(404)
    if service.status.state != "active":
        raise HTTPException(409)
    return service, form


async def show(request: Request) -> Response:
    """GET /{lang}/apply/{service}: what is unfinished, what was done before, and a fresh start."""
    p, session = portal(request), await signed_in(request)
    service, _ = applicable(request)
    drafts = await _open_drafts(request, session, service.identifier)
    last = await _last(request, session, service)
    page = StartPage(
        card=service_card(service),
        drafts=await draft_cards(request, drafts),
        last=LastTime(last.number, last.submitted) if last else None,
        gap=await register_gap(request, session, service),
        elsewhere=elsewhere(p.shelf, service.identifier),
    )
    return await render(request, page)


async def start(request: Request) -> Response:
    """POST /{lang}/apply/{service}: a new draft and its first question.

    Pressed on a guide by somebody who has unfinished drafts or an earlier application, it shows those first; so it does
    when the register holds nothing about them. ``new`` in the form says that a fresh one is wanted all the same.
    """
    posted = await request.form()
    session = await session_of(request)
    if session is None:
        return await portal(request).sign_in.begin(request, to=request.url.path, intent="start")
    return await begin(request, session, fresh="new" in posted, key=posted_key(posted))


async def begin(request: Request, session: Session, *, fresh: bool, key: str = "") -> Response:
    """What Apply does once it is known who pressed it. ``key``: the page's own, so that a double click or a second try
    after a lost answer gives one draft. A guide has none, being the same for everybody: there the session stands for
    it, since whoever has a draft is shown that first."""
    locale = locale_of(request)
    service, form = applicable(request)
    if not fresh and (
        await _open_drafts(request, session, service.identifier)
        or await _last(request, session, service)
        or await register_gap(request, session, service)
    ):
        return RedirectResponse(link(locale, "apply", service=service.identifier), 303)
    wish = ("new", key) if fresh else ("first", session.created.isoformat())
    return await _created(request, session, service, form, {}, wish)


def posted_key(posted: FormData) -> str:
    """The hidden key of the form that was sent."""
    key = posted.get("key", "")
    return key[:_LONGEST_KEY] if isinstance(key, str) else ""


async def again(request: Request) -> Response:
    """POST /{lang}/applications/{number}/again: the same answers in a new draft, at its check page."""
    p, session = portal(request), await signed_in(request)
    key = posted_key(await request.form())
    earlier = await applications.application(p.backend, session, request.path_params["number"])
    request.path_params["service"] = earlier.service
    service, form = applicable(request)
    kept = {name: value for name, value in earlier.answers.items() if _may_repeat(form, name)}
    return await _created(request, session, service, form, kept, ("again", earlier.number, key))


def _may_repeat(form: FormDefinition, name: str) -> bool:
    """A declaration is made anew each time, and files belong to the draft they were stored with."""
    field = form.fields.get(name)
    return field is not None and field.type not in ("files", "declaration")


async def _created(
    request: Request,
    session: Session,
    service: Service,
    form: FormDefinition,
    answers: dict[str, Any],
    wish: tuple[str, ...],
) -> Response:
    locale = locale_of(request)
    drafts = portal(request).drafts
    # A page without a key (sent by hand, or older than this) makes a draft at each press.
    draft = await drafts.create(session, service.identifier, form.key, locale, answers, wish if all(wish) else ())
    path = Path(as_asked(request, form), draft.answers)
    return RedirectResponse(step_link(locale, service.identifier, draft.id, path.first_incomplete), 303)


async def confirm_delete(request: Request) -> Response:
    """GET .../delete: asks once, since a draft cannot be brought back."""
    p, session = portal(request), await signed_in(request)
    draft = await p.drafts.get(session, request.path_params["draft"])
    service = p.shelf.service(draft.service)
    if service is None or draft.service != request.path_params["service"] or draft.state != "open":
        raise HTTPException(404)
    others = [held for held in await _open_drafts(request, session, draft.service) if held.id != draft.id]
    return await render(request, DeletePage(draft=(await draft_cards(request, (draft, *others)))[0]))


async def delete(request: Request) -> Response:
    """POST .../delete"""
    p, session = portal(request), await signed_in(request)
    if p.shelf.service(request.path_params["service"]) is None:
        raise HTTPException(404)
    await p.drafts.delete(session, request.path_params["draft"])
    return RedirectResponse(link(locale_of(request), "applications"), 303)


async def _open_drafts(request: Request, session: Session, service: str) -> list[Held]:
    listed = await portal(request).drafts.listed(session, service)
    return [draft for draft in listed if draft.state == "open"]


async def _last(request: Request, session: Session, service: Service) -> Application | None:
    listed = (await applications.listed(portal(request).backend, session)).items
    return next((a for a in listed if a.service == service.identifier and a.status == "completed"), None)
