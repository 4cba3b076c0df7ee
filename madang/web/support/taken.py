"""Suggestions that were accepted without a script: kept until the citizen's page is next shown, and typed into it.
They are not saved by that: the citizen looks at them and presses Continue."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.forms.controls import entry_numbers, option_id
from madang.forms.model import Field
from madang.remote_support.messages import Answer, Suggestion
from madang.web.links import link
from madang.web.portal import locale_of, portal
from madang.web.questions import FieldView
from madang.web.support.request import support_of
from madang.web.support.sharing import shared_in

SECONDS: Final = 900
ANSWER: Final = "support-answer"
"""Name of the buttons of a suggestion that post the question page's own form: "yes:ID" or "no:ID"."""
GO: Final = "support-go"
"""Name of the banner's buttons that do the same on their way to a page of the support: "talk", "agree" and so on."""
FORM: Final = "question"
"""Id of that form."""
QUESTION: Final = "apply/question/"
"""Begins the names of the pages that accepted suggestions are typed into."""
Typed = Mapping[str, Sequence[str]]
_WAYS: Final[Mapping[str, str]] = {
    "talk": "support_talk",
    "invite": "support_invite",
    "agree": "support_agree",
    "waiting": "support_waiting",
}


def leave(request: Request, where: str, stay: Response) -> Response:
    """The way to a page of the support, with the way back to the question whose form was posted. ``stay``: the answer
    that would lead to the question itself; also for a ``where`` that no button has."""
    back = stay.headers["location"]
    if (name := _WAYS.get(where)) is None:
        return stay
    query = {"back": back} if where in ("talk", "invite") else None
    return RedirectResponse(link(locale_of(request), name, query), 303)


async def answer(request: Request, given: str) -> Suggestion | None:
    """The citizen's answer to a suggestion ("yes:ID", "no:ID"). Returns one that was accepted; where it is
    for a question it is kept for it."""
    relay, session = portal(request).support, await support_of(request).get()
    if relay is None or session is None:
        return None
    word, _, name = given.partition(":")
    known = next((item for item in await relay.suggestions(session.id) if item.id == name), None)
    if known is None or await relay.up(session.id, "citizen", Answer(known.id, word == "yes")) or word != "yes":
        return None
    if known.page.startswith(QUESTION):
        stash, owner = portal(request).stash, _owner(session.id)
        kept = await stash.take(owner, known.page) or {"given": []}
        kept["given"].append({"ref": known.ref, "value": known.value, "checked": known.checked})
        await stash.keep(owner, known.page, kept, SECONDS)
    return known


async def typed(request: Request, step: str, views: tuple[FieldView, ...]) -> tuple[FieldView, ...]:
    """The fields of the question ``step`` with what was accepted for them in place of what stood there."""
    named = support_of(request)
    session = await named.get() if named.named else None
    if session is None or request.method != "GET":
        return views
    kept = await portal(request).stash.take(_owner(session.id), QUESTION + step)
    for given in kept["given"] if kept else ():
        views = tuple(with_suggestion(view, **given) for view in views)
    return views


def with_suggestion(view: FieldView, ref: str, value: str, checked: bool | None) -> FieldView:
    """The field with a value in the control that ``ref`` names; the same field when it has no such control, or one that
    is not shared."""
    shared = shared_in(view.id, view.field, view.raw)
    for control, field in _controls(view.id, view.field, view.raw):
        if control not in shared:
            continue
        options = _options(control, field)
        if ref in options and checked is not None:
            given = _ticked(field, view.raw.get(control, ()), options[ref], checked)
        elif ref == control and checked is None:
            given = (value,)
        else:
            continue
        return dataclasses.replace(view, raw={**view.raw, control: given}, known=False)
    return view


def _ticked(field: Field, before: Iterable[str], value: str, checked: bool) -> tuple[str, ...]:
    if field.type != "checkboxes":
        return (value,) if checked else ()
    others = tuple(each for each in before if each != value)
    return (*others, value) if checked else others


def _options(control: str, field: Field) -> dict[str, str]:
    """What names a choice -> its value."""
    if field.type == "yes-no":
        return {option_id(control, value, index): value for index, value in enumerate(("yes", "no"))}
    return {option_id(control, option.value, index): option.value for index, option in enumerate(field.options)}


def _controls(name: str, field: Field, raw: Typed) -> Iterator[tuple[str, Field]]:
    if field.type != "repeat":
        for control in shared_in(name, field, raw):
            yield control, field
        return
    for number in entry_numbers(name, raw) or (1,):
        for nested, inner in field.fields.items():
            yield from _controls(f"{name}-{number}-{nested}", inner, raw)


def _owner(session: str) -> str:
    return f"support:{session}"
