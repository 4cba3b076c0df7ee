"""Answers to any form of the catalogue, so that a new service is walked by the tests without a word written in them."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import yaml

from madang.backend.catalogue.loader import Holdings
from madang.backend.catalogue.templates import DemonstrationPerson
from madang.backend.config import CATALOGUE
from madang.backend.content import withheld
from madang.contract.messages.catalogue import Service
from madang.forms.conditions import visible_fields
from madang.forms.model import Answers, Field, FormDefinition

_SAMPLES: Final[dict[str, Any]] = {
    "text": "휴대전화 가입",
    "textarea": "휴대전화 가입",
    "yes-no": "yes",
    "date": "2020-01-01",
    "number": "1",
    "money": 1000,
    "name": {"family": "NGUYEN", "given": "VAN AN"},
    "address": {"country": "KR", "postcode": "00101", "line1": "경기도 수원시 팔달구 시연로 12", "line2": ""},
    "phone": "+821000001001",
    "email": "an@example.com",
    "declaration": True,
}
ANSWERS: Final[dict[str, Answers]] = {
    "entry-exit": {"to": "2026-10-01"},
    "building-register": {"how": "issue"},
    "land-register": {"how": "issue"},
}
"""What must be said of one service: its rules allow less than any answer of that type, or the document comes of one."""


ISSUING: Final = tuple(
    path.stem
    for path in sorted((CATALOGUE / "services").glob("*.yaml"))
    if all(f"\n{key}:" in path.read_text(encoding="utf-8") for key in ("form", "outputs"))
)
"""The services that are applied for here and issue a document: those whose files name a form and an output."""


def records(holdings: Holdings, service: Service, person: DemonstrationPerson, answers: Answers) -> dict[str, Any]:
    """What the registers that ``service`` shares hold: about ``person``, or about the thing that is asked for."""
    fields = holdings.forms[service.form].fields
    things = {field.register: answers.get(name) for name, field in fields.items() if field.register}
    record: dict[str, Any] = {}
    for needed in service.inputs:
        if needed.source == "shared":
            key = things.get(needed.evidence, person.subject)
            record = {**holdings.registers.get(needed.evidence, {}).get(str(key), {}), **record}
    return record


def answered(form: FormDefinition, *, most: bool = False, chosen: Mapping[str, Any] | None = None) -> Answers:
    """Answers to every question that is asked: as little as possible, or all that may be ticked and written. ``chosen``
    answers come first; those to questions that are not asked then are left out. A form that needs a file has none."""
    wanted = {**ANSWERS.get(form.id, {}), **(chosen or {})}
    given: Answers = {}
    while missing := [name for name in visible_fields(form, given) if name not in given]:
        given[missing[0]] = wanted.get(missing[0], _answer(form.fields[missing[0]], most))
    return given


def variations(form: FormDefinition) -> Iterator[Answers]:
    """The least and the most, once for each option of each question with one answer."""
    for most in (False, True):
        yield answered(form, most=most)
    for name, field in form.fields.items():
        for option in field.options if field.type in ("radios", "select") else ():
            for most in (False, True):
                given = answered(form, most=most, chosen={name: option.value})
                if given.get(name) == option.value and not any(
                    form.fields[asked].type == "files" and form.fields[asked].required for asked in given
                ):
                    yield given


def typed(answers: Answers, form: FormDefinition) -> dict[str, str | list[str]]:
    """The same answers as a browser sends them."""
    sent: dict[str, str | list[str]] = {}
    for name, value in answers.items():
        if value is None or value == []:
            continue
        match form.fields[name].type:
            case "date":
                sent |= dict(zip((f"{name}-year", f"{name}-month", f"{name}-day"), value.split("-"), strict=True))
            case "name" | "address":
                sent |= {f"{name}-{part}": text for part, text in value.items()}
            case "declaration":
                sent[name] = "true"
            case _:
                sent[name] = value if isinstance(value, list) else str(value)
    return sent


def holder(holdings: Holdings, service: Service, locale: str = "") -> DemonstrationPerson:
    """Someone to whom ``service`` issues its documents; one who reads ``locale`` if there is one."""
    form = holdings.forms[service.form]
    things = {field.register for field in form.fields.values()}
    subjects = {person.subject for person in holdings.people}
    things |= {name for name, records in holdings.registers.items() if not subjects & records.keys()}
    needed = {item.evidence for item in service.inputs if item.source == "shared"} - things
    templates = [holdings.templates[output.document] for output in service.outputs]
    fit = [
        person
        for person in holdings.people
        if needed <= set(person.holds)
        and not any(withheld(each, records(holdings, service, person, answered(form))) for each in templates)
    ]
    assert fit, f"people.yaml has nobody for {service.identifier}"
    return next((person for person in fit if person.locale == locale), fit[0])


@cache
def _things(register: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CATALOGUE / "registers" / f"{register}.yaml").read_text(encoding="utf-8"))
    return found


def _answer(field: Field, most: bool) -> Any:
    if not field.required and not most:
        return None
    if field.options_from:
        return "self"
    if field.register:
        return next(iter(_things(field.register)))
    values = [option.value for option in field.options if not option.exclusive]
    match field.type:
        case "radios" | "select":
            return values[0]
        case "checkboxes":
            return values if most else values[: max(1, field.min or 1)]
        case "files" | "repeat":
            return []
    return _SAMPLES[field.type]
