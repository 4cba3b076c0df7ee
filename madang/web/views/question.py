"""One question page of a draft: show it, take its answers, keep what was typed whatever happens."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.drafts import Draft
from madang.contract.messages.places import Place
from madang.forms.errors import FieldError
from madang.forms.model import Answers, Field, FormDefinition
from madang.forms.parse import page_fields, page_of
from madang.forms.raw import raw_from
from madang.forms.validate import PageResult, validate_page
from madang.i18n.locales import is_locale
from madang.i18n.text import Text
from madang.web.clients import StaleDraft
from madang.web.journeys.path import Path
from madang.web.journeys.single import whole
from madang.web.links import link, step_link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.preferring import as_asked
from madang.web.questions import FieldView, Raw, field_views, household_of, today
from madang.web.render import render
from madang.web.support import taken
from madang.web.views import cards, named_places, repeats, uploads, versions
from madang.web.views.apply import applicable
from madang.web.views.cards import Elsewhere

CONSENT: Final = "consent"
"""The field of every form that asks whether an agency may look something up."""


@dataclass(frozen=True, slots=True)
class QuestionPage(Page):
    template: ClassVar[str] = "apply/question.html"
    bundle: ClassVar[str] = "task"
    service: Public[str]
    title: Public[Text]
    draft: Private[str]
    form: Public[FormDefinition]
    step: Public[str]
    position: Public[int]
    total: Public[int]
    previous: Public[str | None]
    """The page before this one; None when this is the first."""
    from_check: Public[bool]
    fields: Public[tuple[FieldView, ...]]
    errors: Public[tuple[FieldError, ...]]
    base: Private[str]
    """Digest of the stored answers that this page was shown with: tells whether another device changed them."""
    elsewhere: Private[Answers | None]
    """Answers given on another device meanwhile, when they differ from what is typed here."""
    kept_here: Public[bool]
    """The agency's system cannot be reached: answers are kept by the portal until it can."""
    places: Private[tuple[Place, ...]] = ()
    """What the typed words may mean, to choose from."""
    elsewhere_to_go: Public[Elsewhere | None] = None
    """Counters and telephones, when what was typed is not on the register."""

    @property
    def sensitive(self) -> bool:  # type: ignore[override]  # of this page it hangs on what it asks
        """Asks for an identity number, for a consent or for a declaration."""
        return any(asks_alone(view.id, view.field) for view in self.fields)


def asks_alone(name: str, field: Field) -> bool:
    """Whether nobody may look while a field is answered. A consent is asked under that name in every form."""
    own = field.type in ("identity-number", "declaration") or name == CONSENT
    return own or any(asks_alone(nested, inner) for nested, inner in field.fields.items())


@dataclass(frozen=True, slots=True)
class _Step:
    """What every view of a question needs."""

    draft: Draft
    form: FormDefinition
    path: Path
    step: str
    kept_here: bool

    @property
    def fields(self) -> Sequence[str]:
        return next(page.ask for page in self.form.pages if page.id == self.step)


async def _step(request: Request) -> _Step | Response:
    """The draft and the page asked for; or a redirect to where the person can be."""
    p, session, parts = portal(request), await signed_in(request), request.path_params
    applicable(request)
    kept = await p.drafts.get(session, parts["draft"])
    draft = kept.draft
    form = p.shelf.form(draft.form)
    if form is None or draft.service != parts["service"]:
        raise HTTPException(404)
    if (choice := await versions.choose(request, kept, form)) is not None:
        return choice
    locale = locale_of(request)
    if draft.state != "open":
        return RedirectResponse(link(locale, "application", number=draft.application), 303)
    grouped, form = form, as_asked(request, form)
    path, step = Path(form, draft.answers), parts["step"]
    if step not in {page.id for page in form.pages}:
        if (there := whole(step, grouped)) is None:
            raise HTTPException(404)
        return RedirectResponse(step_link(locale, draft.service, draft.id, there), 303)
    if not path.may_visit(step):
        return RedirectResponse(step_link(locale, draft.service, draft.id, path.first_incomplete), 303)
    return _Step(draft, form, path, step, kept.kept_here)


async def show(request: Request) -> Response:
    """GET /{lang}/apply/{service}/{draft}/{step}"""
    at = await _step(request)
    if isinstance(at, Response):
        return at
    p, session = portal(request), await signed_in(request)
    typed = await p.stash.take(session.subject, _place(at))
    if typed is None and (waited := await p.sign_in.take_stash(request)) is not None:
        typed = {"posted": waited, "judged": False}
    raw: Raw | None = None
    errors: tuple[FieldError, ...] = ()
    if typed is not None:
        raw = raw_from(page_fields(at.form, page_of(at.form, at.step)), typed["posted"])
        if typed["judged"]:
            judged = await _judge(request, at, typed["posted"])
            raw, errors = judged.raw, judged.errors
    return await _render(request, at, raw=raw, errors=errors, from_check=request.query_params.get("from") == "check")


async def submit(request: Request) -> Response:
    """POST of the same address: Continue, a file added or removed, or another language chosen."""
    at = await _step(request)
    if isinstance(at, Response):
        return at
    form_data = await request.form(max_fields=500, max_files=10)
    posted = _strings(form_data)
    from_check = posted.get("from") == ["check"] or request.query_params.get("from") == "check"
    held = await uploads.store(request, at.draft, at.form, at.fields, form_data, posted)
    if held.changed and isinstance(at := await _step(request), Response):
        return at
    if switch := posted.get("switch"):
        return await _switch(request, at, held.posted, switch[0])
    if given := held.posted.pop(taken.ANSWER, None):
        await taken.answer(request, given[0])
        return await _stay(request, at, held.posted)
    if where := held.posted.pop(taken.GO, None):
        return taken.leave(request, where[0], await _stay(request, at, held.posted))
    if (changed := repeats.edited(at.form, at.fields, held.posted)) is not None:
        return await _stay(request, at, changed)
    posted = named_places.picked(at.form, at.fields, held.posted)
    result = await _judge(request, at, posted)
    errors = (*held.errors, *(e for e in result.errors if e.field not in {h.field for h in held.errors}))
    if held.stay and not held.errors:
        return await _stay(request, at, held.posted)
    if errors:
        return await _render(request, at, raw=result.raw, errors=errors, from_check=from_check, status=422)
    meant = await named_places.named(request, at.form, at.fields, result.answers)
    if meant.errors:
        return await _render(
            request, at, raw=result.raw, errors=meant.errors, from_check=from_check, places=meant.places, status=422
        )
    fresh = meant.answers
    base = (posted.get("base") or [""])[0]
    current, conflict = at.draft, False
    if base != digest(current.answers, at.fields):
        conflict = _differs(current.answers, fresh, at.fields)
    if not conflict:
        try:
            current = await _save(request, current, at, fresh)
        except StaleDraft as stale:
            newer = stale.draft
            conflict = base != digest(newer.answers, at.fields) and _differs(newer.answers, fresh, at.fields)
            current = newer if conflict else await _save(request, newer, at, fresh)
    if conflict:
        again = _Step(current, at.form, Path(at.form, current.answers), at.step, at.kept_here)
        theirs = {name: current.answers[name] for name in at.fields if name in current.answers}
        return await _render(request, again, raw=result.raw, from_check=from_check, elsewhere=theirs, status=409)
    return RedirectResponse(_onward(request, current, at, from_check), 303)


async def _judge(request: Request, at: _Step, posted: Mapping[str, Sequence[str]]) -> PageResult:
    """What the form's rules say of a posted page."""
    return validate_page(
        at.form,
        at.step,
        posted,
        answers=at.draft.answers,
        today=today(portal(request)),
        household=await household_of(request),
        files={file.id for file in at.draft.files},
        locale=locale_of(request),
    )


def _onward(request: Request, draft: Draft, at: _Step, from_check: bool) -> str:
    following = Path(at.form, draft.answers).next(at.step, returning=from_check)
    query = {"from": "check"} if from_check else None
    return step_link(locale_of(request), draft.service, draft.id, following, query)


async def _save(request: Request, draft: Draft, at: _Step, fresh: Answers) -> Draft:
    """One save of this page's answers over the draft's others."""
    session = await signed_in(request)
    answers = {name: value for name, value in draft.answers.items() if name not in at.fields} | fresh
    kept = await portal(request).drafts.save(session, draft, answers, locale_of(request))
    return kept.draft


async def _switch(request: Request, at: _Step, posted: dict[str, list[str]], wanted: str) -> Response:
    """The same page in another language, with what was typed and the errors that stood."""
    if not is_locale(wanted):
        raise HTTPException(400)
    p, session = portal(request), await signed_in(request)
    judged = "judged" in posted
    await p.stash.keep(session.subject, _place(at), {"posted": posted, "judged": judged})
    query = {"from": "check"} if posted.get("from") == ["check"] else None
    parts = {"service": at.draft.service, "draft": at.draft.id, "step": at.step}
    return RedirectResponse(link(wanted, "question", query, **parts), 303)


async def _stay(request: Request, at: _Step, posted: dict[str, list[str]]) -> Response:
    """Back to this page after a file was added or removed, or a suggestion was answered; what else was typed on it
    stays typed."""
    p, session = portal(request), await signed_in(request)
    await p.stash.keep(session.subject, _place(at), {"posted": posted, "judged": False})
    query = {"from": "check"} if posted.get("from") == ["check"] else None
    parts = {"service": at.draft.service, "draft": at.draft.id, "step": at.step}
    return RedirectResponse(link(locale_of(request), "question", query, **parts), 303)


async def _render(
    request: Request,
    at: _Step,
    *,
    raw: Raw | None = None,
    errors: tuple[FieldError, ...] = (),
    from_check: bool = False,
    elsewhere: Answers | None = None,
    places: tuple[Place, ...] = (),
    status: int = 200,
) -> Response:
    service, _ = applicable(request)
    lost = any(error.code == "no-place" for error in errors)
    page = QuestionPage(
        service=service.identifier,
        title=service.title,
        draft=at.draft.id,
        form=at.form,
        step=at.step,
        position=at.path.position(at.step),
        total=at.path.at_most(at.step),
        previous=at.path.previous(at.step),
        from_check=from_check,
        fields=await taken.typed(request, at.step, await field_views(request, at.form, at.step, at.draft, raw, errors)),
        errors=errors,
        base=digest(at.draft.answers, at.fields),
        elsewhere=elsewhere,
        kept_here=at.kept_here,
        places=places,
        elsewhere_to_go=cards.elsewhere(portal(request).shelf, service.identifier) if lost else None,
    )
    return await render(request, page, status=status)


def digest(answers: Answers, fields: Sequence[str]) -> str:
    """Tells two states of a page's stored answers apart, without holding them."""
    shown = {name: answers[name] for name in fields if name in answers}
    return hashlib.sha256(msgspec.json.encode(shown, order="deterministic")).hexdigest()[:24]


def _differs(stored: Answers, typed: Answers, fields: Sequence[str]) -> bool:
    return any(name in stored and stored[name] != typed.get(name) for name in fields)


def _place(at: _Step) -> str:
    return f"{at.draft.id}/{at.step}"


def _strings(form: FormData) -> dict[str, list[str]]:
    """The text controls of a posted form; files are left out."""
    result: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            result.setdefault(name, []).append(value)
    return result
