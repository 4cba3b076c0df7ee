"""Check your answers, and submit: the one press that makes an application of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.drafts import Draft, Submission
from madang.contract.messages.problems import FieldProblem
from madang.forms.conditions import drop_hidden
from madang.forms.errors import CODES, FieldError
from madang.forms.late import late
from madang.forms.model import FormDefinition
from madang.forms.parse import page_asking
from madang.forms.summary import SummaryRow, summary
from madang.forms.validate import validate_answers
from madang.i18n.text import Text
from madang.web.clients import (
    AlreadySubmitted,
    Forbidden,
    Invalid,
    NotOnRegister,
    StaleDraft,
    Unavailable,
    Unprintable,
    Withheld,
    applications,
)
from madang.web.journeys.path import Path
from madang.web.links import link, step_link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.preferring import as_asked
from madang.web.questions import household_of, today
from madang.web.render import render
from madang.web.views import versions
from madang.web.views.apply import applicable
from madang.web.views.cards import Elsewhere, ServiceCard, elsewhere, service_card


@dataclass(frozen=True, slots=True)
class CheckPage(Page):
    template: ClassVar[str] = "apply/check.html"
    bundle: ClassVar[str] = "task"
    sensitive: ClassVar[bool] = True
    service: Public[str]
    title: Public[Text]
    card: Public[ServiceCard]
    draft: Private[str]
    rows: Private[tuple[SummaryRow, ...]]
    immediate: Public[bool]
    last_step: Public[str]
    holder: Public[Text | None]
    """The authority that will look something up when this is submitted, if any does."""
    problem: Public[str]
    """"" or why it could not be submitted: "unprintable", "not-on-register", "withheld", "unavailable", "changed"."""
    form: Public[FormDefinition]
    faults: Private[tuple[tuple[str, FieldError], ...]]
    """(page, mistake) of each answer that no longer keeps the form's rules."""
    characters: Private[str]
    """The characters that no font of the documents has."""
    reason: Private[Text | None]
    """What the register has that rules the document out, e.g. unpaid tax, and what to do."""
    elsewhere: Public[Elsewhere]
    kept_here: Public[bool]
    late: Private[tuple[Text, ...]]
    """What is said of a time limit that has passed."""
    reads: Public[bool]
    """It is only read on the screen: nothing is issued."""
    registers: Public[bool]
    """A clerk writes it into a register: nothing is issued."""
    thing: Public[bool]
    """It is about a thing (a building, a lot), not about the person."""


async def show(request: Request) -> Response:
    """GET /{lang}/apply/{service}/{draft}/check"""
    return await _page(request)


async def submit(request: Request) -> Response:
    """POST of the same address. However often it is sent, one application comes of it."""
    p, session = portal(request), await signed_in(request)
    locale = locale_of(request)
    applicable(request)
    held = await p.drafts.get(session, request.path_params["draft"])
    draft = held.draft
    if draft.state != "open":
        return RedirectResponse(link(locale, "application", number=draft.application), 303)
    form = _form_of(request, draft)
    if (choice := await versions.choose(request, held, form)) is not None:
        return choice
    if Path(form, draft.answers).first_incomplete is not None:
        return await _page(request)
    try:
        visible = drop_hidden(form, draft.answers)
        kept = await p.drafts.deliver(session, draft, visible, locale)
        message = Submission(version=kept.version, idempotency_key=kept.idempotency_key, locale=locale)
        application = await applications.submit(p.backend, session, kept.id, message)
        await p.drafts.submitted(session, kept.id)
    except AlreadySubmitted as done:
        return RedirectResponse(link(locale, "application", number=done.number), 303)
    except StaleDraft:
        return await _page(request, problem="changed", status=409)
    except Invalid as refused:
        return await _page(request, problem="changed", refused=refused.fields, status=409)
    except Unprintable as refused:
        return await _page(request, problem="unprintable", characters=readable(refused.characters), status=422)
    except Forbidden:
        to = link(locale, "check", service=draft.service, draft=draft.id)
        return await p.sign_in.begin(request, to, assurance=applicable(request)[0].assurance)
    except NotOnRegister:
        return await _page(request, problem="not-on-register", status=422)
    except Withheld as refused:
        return await _page(request, problem="withheld", reason=refused.reason, status=422)
    except Unavailable:
        return await _page(request, problem="unavailable", status=503)
    return RedirectResponse(link(locale, "application", number=application.number), 303)


def _form_of(request: Request, draft: Draft) -> FormDefinition:
    form = portal(request).shelf.form(draft.form)
    if form is None or draft.service != request.path_params["service"]:
        raise HTTPException(404)
    return as_asked(request, form)


async def _page(
    request: Request,
    *,
    problem: str = "",
    characters: str = "",
    reason: Text | None = None,
    refused: Sequence[FieldProblem] = (),
    status: int = 200,
) -> Response:
    p, session = portal(request), await signed_in(request)
    locale = locale_of(request)
    service, _ = applicable(request)
    kept = await p.drafts.get(session, request.path_params["draft"])
    draft = kept.draft
    form = _form_of(request, draft)
    if draft.state != "open":
        return RedirectResponse(link(locale, "application", number=draft.application), 303)
    if request.method == "GET" and (choice := await versions.choose(request, kept, form)) is not None:
        return choice
    path = Path(form, draft.answers)
    if path.first_incomplete is not None:
        return RedirectResponse(step_link(locale, draft.service, draft.id, path.first_incomplete), 303)
    shared = next((item.holder for item in service.inputs if item.source == "shared"), None)
    page = CheckPage(
        service=service.identifier,
        title=service.title,
        card=service_card(service),
        draft=draft.id,
        rows=summary(
            form,
            drop_hidden(form, draft.answers),
            await household_of(request),
            {file.id: file.name for file in draft.files},
        ),
        immediate=service.processing_time.rule == "immediate" and draft.answers.get("consent") != "no",
        last_step=path.pages[-1],
        holder=p.shelf.authority(shared).name if shared and draft.answers.get("consent") != "no" else None,
        problem=problem,
        form=form,
        faults=await _faults(request, form, draft, refused) if problem == "changed" else (),
        characters=characters,
        reason=reason,
        elsewhere=elsewhere(p.shelf, service.identifier),
        kept_here=kept.kept_here,
        late=late(form, drop_hidden(form, draft.answers), today(p)),
        reads=draft.answers.get("how") == "read",
        registers=not service.outputs,
        thing=any(item.by for item in service.inputs) and bool(service.outputs),
    )
    return await render(request, page, status=status)


async def _faults(
    request: Request, form: FormDefinition, draft: Draft, refused: Sequence[FieldProblem]
) -> tuple[tuple[str, FieldError], ...]:
    """What the rules say now: a day may have passed, or another device changed an answer. What only the backend could
    see wrong (``refused``) is said, too."""
    found = validate_answers(
        form,
        drop_hidden(form, draft.answers),
        today(portal(request)),
        await household_of(request),
        {file.id for file in draft.files},
        locale_of(request),
    )
    named = {error.field for error in found}
    more = (
        FieldError(each.field, each.field, code)
        for each in refused
        for code in CODES
        if code == each.code and each.field not in named
    )
    placed = ((page_asking(form, error.field), error) for error in (*found, *more))
    return tuple((page, error) for page, error in placed if page is not None)


def readable(characters: str) -> str:
    """Each character apart; one that cannot be seen, and might turn the sentence round, by its number."""
    return " ".join(each if each.isprintable() else f"U+{ord(each):04X}" for each in characters)
