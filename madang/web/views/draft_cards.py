"""A draft in one look: which service, what was answered that tells it from others, how far it is, when it was saved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from madang.forms import values
from madang.forms.conditions import drop_hidden
from madang.forms.summary import SummaryRow, summary
from madang.i18n.text import Text
from madang.web.journeys.path import Path
from madang.web.page import Private, Public
from madang.web.portal import portal
from madang.web.questions import household_of
from madang.web.state.held import Held

SHOWN: Final = 2
"""Answers that stand beside a draft."""
_TELLING: Final = (values.Choice, values.YesNo, values.DateValue, values.Number, values.Money, values.Plain)
"""Kinds of answers that name a draft; no addresses, telephone numbers and the like, which a bystander need not read."""


@dataclass(frozen=True, slots=True)
class DraftCard:
    draft: Private[str]
    service: Public[str]
    title: Public[Text]
    updated: Private[dt.datetime]
    expires: Private[dt.datetime]
    answered: Private[int]
    asked: Private[int]
    """Questions answered and asked; 0 of 0 when the form is known no more."""
    telling: Private[tuple[SummaryRow, ...]]
    """The answers that tell it from the person's other drafts of this service, at most two."""


async def draft_cards(request: Request, drafts: Iterable[Held]) -> tuple[DraftCard, ...]:
    """Cards of open drafts, in their order."""
    shelf = portal(request).shelf
    kept = list(drafts)
    rows: dict[str, tuple[SummaryRow, ...]] = {}
    paths: dict[str, Path] = {}
    for held in kept:
        form = shelf.form(held.form)
        if form is None:
            continue
        chosen = any(form.fields[name].options_from for name in held.answers if name in form.fields)
        household = await household_of(request) if chosen else ()
        answers = drop_hidden(form, held.answers)
        rows[held.id] = tuple(row for row in summary(form, answers, household) if _tells(row))
        paths[held.id] = Path(form, held.answers)
    alike: dict[str, list[tuple[SummaryRow, ...]]] = defaultdict(list)
    for held in kept:
        alike[held.service].append(rows.get(held.id, ()))
    return tuple(
        DraftCard(
            draft=held.id,
            service=held.service,
            title=shelf.title(held.service),
            updated=held.updated,
            expires=held.expires,
            answered=len(paths[held.id].completed) if held.id in paths else 0,
            asked=len(paths[held.id].pages) if held.id in paths else 0,
            telling=telling(rows.get(held.id, ()), alike[held.service]),
        )
        for held in kept
    )


def telling(own: Sequence[SummaryRow], alike: Sequence[Sequence[SummaryRow]]) -> tuple[SummaryRow, ...]:
    """Of a draft's answers those that not all drafts of its service (``alike``, itself among them) share; where nothing
    differs, the first."""
    seen: dict[str, list[values.Display]] = defaultdict(list)
    for rows in alike:
        for row in rows:
            seen[row.field].append(row.value)
    different = [row for row in own if seen[row.field].count(row.value) < len(alike)]
    return tuple((different or list(own))[: SHOWN if different else 1])


def _tells(row: SummaryRow) -> bool:
    return isinstance(row.value, _TELLING) and row.value != values.Choice(())
