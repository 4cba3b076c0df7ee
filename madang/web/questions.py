"""A form's fields as a page holds them: definition, raw values to show, what is known, stored files."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from madang.contract.messages.drafts import Draft, StoredFile
from madang.contract.messages.identity import HouseholdMember, Person
from madang.forms.errors import FieldError
from madang.forms.fields.choice import members_offered
from madang.forms.model import Field, FormDefinition
from madang.forms.parse import page_of
from madang.forms.prefill import offered
from madang.forms.raw import raw_of
from madang.i18n.korea import day_in_korea
from madang.web.clients import BackendError, identity
from madang.web.page import Private, Public, mask
from madang.web.portal import Portal, locale_of, portal, signed_in
from madang.web.support.sharing import shared_in

Raw = Mapping[str, Sequence[str]]
"""Control name -> what was typed or chosen, verbatim."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field on a question page. Its values are private unless the form's definition shares them."""

    id: Public[str]
    field: Public[Field]
    raw: Private[Raw]
    known: Private[bool]
    """The value comes from a register: the person is asked whether it is right."""
    errors: Public[tuple[FieldError, ...]]
    members: Private[tuple[HouseholdMember, ...]]
    """For options that are the members of the person's household."""
    files: Private[tuple[StoredFile, ...]]
    alone: Public[bool]
    """The page asks nothing else: its label is the page's heading (but a declaration's stands beside its box)."""

    def masked(self) -> "FieldView":
        """The copy for a support agent: shared controls keep their values, every other loses them."""
        shared = shared_in(self.id, self.field, self.raw)
        raw = {name: self.raw[name] for name in shared if name in self.raw}
        return dataclasses.replace(self, errors=mask(self.errors), raw=raw, known=False, members=(), files=())


def today(p: Portal) -> dt.date:
    """The day it is in Korea, where deadlines and dates count."""
    return day_in_korea(p.now())


async def person_of(request: Request) -> Person | None:
    """What the state knows about the signed-in person; None when it cannot be asked now. Asked once a request."""
    cached: Person | None
    if not hasattr(request.state, "person"):
        p, session = portal(request), await signed_in(request)
        try:
            cached = await identity.person(p.backend, session)
        except BackendError:
            cached = None
        request.state.person = cached
    cached = request.state.person
    return cached


async def household_of(request: Request) -> tuple[HouseholdMember, ...]:
    person = await person_of(request)
    return person.household if person else ()


async def field_views(
    request: Request, form: FormDefinition, step: str, draft: Draft, raw: Raw | None, errors: Sequence[FieldError]
) -> tuple[FieldView, ...]:
    """The fields of one page: as typed where something was, else as answered, else as known, else the default."""
    person = await person_of(request)
    page = page_of(form, step)
    facts, household = (person.facts, person.household) if person else ({}, ())
    shown = offered(form, step, draft.answers, facts)
    locale, day = locale_of(request), today(portal(request))
    views = []
    for name in page.ask:
        field = form.fields[name]
        values: Raw = raw if raw is not None else {}
        if raw is None and name in shown.answers:
            values = raw_of(name, field, shown.answers[name], locale)
        views.append(
            FieldView(
                id=name,
                field=field,
                raw=values,
                known=raw is None and name in shown.known,
                errors=tuple(e for e in errors if e.field == name or e.field.startswith(f"{name}-")),
                members=members_offered(field, household, day),
                files=tuple(f for f in draft.files if f.id in values.get(name, ())) if field.type == "files" else (),
                alone=len(page.ask) == 1 and field.type != "declaration",
            )
        )
    return tuple(views)
