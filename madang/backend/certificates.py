"""From an application to what its document will say, checked before anything is promised."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, insert

from madang.backend.catalogue.loader import Holdings
from madang.backend.catalogue.templates import DocumentTemplate
from madang.backend.content import CannotCompose, Sources, compose, withheld
from madang.backend.issuance.coverage import unprintable
from madang.backend.problems import Refusal
from madang.backend.tables import jobs
from madang.contract import numbers
from madang.contract.messages.catalogue import Service
from madang.contract.messages.documents import DocumentContent, Pair
from madang.contract.messages.identity import Person
from madang.forms.conditions import holds
from madang.forms.model import Answers, FormDefinition
from madang.i18n.locales import Locale
from madang.i18n.text import Text


@dataclass(frozen=True, slots=True)
class Request:
    """One application for a document, whole. ``about``: the household member's id, or "self"."""

    service: Service
    form: FormDefinition
    answers: Answers
    person: Person
    about: str
    locale: Locale


@dataclass(frozen=True, slots=True)
class Certificate:
    """What will be printed, about whom, and for what purpose (None when the form asks for none)."""

    document: str
    content: DocumentContent
    holder: str
    purpose: Text | None


def template_of(holdings: Holdings, service: Service, answers: Answers) -> DocumentTemplate | None:
    """Which of the service's outputs these answers ask for; None when the service issues nothing."""
    templates = (holdings.templates[output.document] for output in service.outputs)
    return next((template for template in templates if holds(template.when, answers)), None)


def certificate(
    holdings: Holdings, template: DocumentTemplate, request: Request, record: dict[str, Any], now: dt.datetime
) -> Certificate:
    """What ``template`` says for this request. Raises Refusal: not-on-register when the record lacks what the template
    needs, withheld with the template's reason, unprintable with the characters that no font has."""
    if reason := withheld(template, record):
        raise Refusal("withheld", authority=template.authority, reason=reason)
    sources = Sources(record, request.answers, msgspec.to_builtins(request.person), request.form, holdings.codes)
    try:
        content = compose(template, sources, request.locale, now, holdings.catalogue.demonstration)
    except CannotCompose:
        raise Refusal("not-on-register", authority=template.authority) from None
    if characters := unprintable(texts(content), request.locale):
        raise Refusal("unprintable", characters=characters)
    return Certificate(template.id, content, _holder(request), _purpose(request))


def owe(connection: Connection, application: str, wanted: Certificate, now: dt.datetime, lease: dt.timedelta) -> None:
    """Makes the issuing job of ``application``, leased to this worker. Its number and secret are chosen here, once."""
    connection.execute(
        insert(jobs).values(
            application=application,
            state="waiting",
            document=wanted.document,
            number=numbers.new_document_number(),
            secret=numbers.new_secret(),
            holder=wanted.holder,
            purpose=wanted.purpose,
            content=wanted.content,
            created=now,
            attempts=1,
            not_before=now + lease,
        )
    )


def texts(value: Any) -> Iterator[str]:
    """Every text that a document prints."""
    if isinstance(value, Pair):
        yield value.ko
        yield value.translation
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def _holder(request: Request) -> str:
    for member in request.person.household:
        if member.id == request.about:
            return member.name.full
    return request.person.name.full


def _purpose(request: Request) -> Text | None:
    field = request.form.fields.get("purpose")
    chosen = request.answers.get("purpose")
    return next((option.label for option in field.options if option.value == chosen), None) if field else None
