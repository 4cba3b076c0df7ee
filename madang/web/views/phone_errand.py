"""What the pages of an errand on the telephone share: what was filled in so far, and the caller as far as known."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from madang.contract.messages.catalogue import Service
from madang.contract.messages.drafts import Draft
from madang.contract.messages.identity import HouseholdMember, Person, PersonName
from madang.contract.messages.phone import Errand
from madang.contract.telephone import by_telephone
from madang.forms.errors import FieldError
from madang.forms.fields.dates import iso_date
from madang.forms.model import Answers, FormDefinition
from madang.forms.validate import PageResult, validate_page
from madang.web.journeys.path import Path
from madang.web.portal import locale_of, portal, signed_in
from madang.web.questions import FieldView, Raw, field_views, household_of, today

SECONDS: Final = 3600
LETTERS: Final = "••••"
"""Stands for the rest of the name, whatever its length."""


@dataclass(frozen=True, slots=True)
class Filled:
    """An errand of this agent's, kept sealed for an hour. ``form`` is None until the service is chosen."""

    errand: Errand
    born: str
    service: Service | None
    form: FormDefinition | None
    answers: Answers

    @property
    def letters(self) -> str:
        return self.errand.initial + LETTERS

    @property
    def chosen(self) -> tuple[Service, FormDefinition]:
        """Raises 404 where nothing is chosen yet."""
        if self.service is None or self.form is None:
            raise HTTPException(404)
        return self.service, self.form


def services(request: Request) -> list[Service]:
    """Those that can be applied for by somebody who has only a telephone."""
    shelf = portal(request).shelf
    with_form = [(service, shelf.form(service.form)) for service in shelf.services if service.form]
    return [service for service, form in with_form if form is not None and by_telephone(service, form)]


async def filled(request: Request) -> Filled:
    """What the address names. Raises 404 for another agent's, for one that is over and for none."""
    who, name = await signed_in(request), request.path_params["errand"]
    kept = await portal(request).stash.peek(who.subject, _key(name))
    if kept is None:
        raise HTTPException(404)
    errand = msgspec.convert(kept["errand"], Errand)
    if errand.ends <= portal(request).now():
        raise HTTPException(404)
    service = next((each for each in services(request) if each.identifier == kept["service"]), None)
    form = portal(request).shelf.form(service.form) if service is not None else None
    _stand_in(request, errand, kept["born"])
    return Filled(errand, kept["born"], service, form, kept["answers"])


async def keep(request: Request, errand: Errand, born: str, service: str = "", answers: Answers | None = None) -> None:
    """In place of what was kept of this errand."""
    who = await signed_in(request)
    data: dict[str, Any] = {
        "errand": msgspec.to_builtins(errand), "born": born, "service": service, "answers": answers or {},
    }  # fmt: skip
    await portal(request).stash.keep(who.subject, _key(errand.id), data, ttl=SECONDS)


def path_of(at: Filled) -> Path:
    return Path(at.chosen[1], at.answers)


async def judged(
    request: Request, form: FormDefinition, step: str, posted: dict[str, list[str]], answers: Answers
) -> PageResult:
    """What the form's rules say of a posted page."""
    return validate_page(
        form, step, posted, answers=answers, today=today(portal(request)), household=await household_of(request),
        locale=locale_of(request),
    )  # fmt: skip


async def views(
    request: Request, form: FormDefinition, step: str, answers: Answers, raw: Raw | None, errors: tuple[FieldError, ...]
) -> tuple[FieldView, ...]:
    """The fields of one page. Nothing of the register is offered: the caller says everything."""
    now = portal(request).now()
    draft = Draft("", form.id, form.key, 1, answers, locale_of(request), now, now, now, "")
    return await field_views(request, form, step, draft, raw, errors)


def stranger(request: Request) -> None:
    """Before anybody was found: no field is filled in with what is known of the agent."""
    request.state.person = None


def strings(form: FormData) -> dict[str, list[str]]:
    """The text controls of a posted form."""
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(value)
    return found


def _stand_in(request: Request, errand: Errand, born: str) -> None:
    """For this request forms are about the caller, not about the agent who is signed in. Of the caller no more is known
    here than what they said: they can apply for themselves alone."""
    name, day = PersonName(errand.initial + LETTERS), iso_date(born)
    household = (HouseholdMember("self", name, "self", day),) if day is not None else ()
    request.state.person = Person(errand.id, name, "korean", errand.locale, household=household)


def _key(name: str) -> str:
    return f"errand/{name}"
