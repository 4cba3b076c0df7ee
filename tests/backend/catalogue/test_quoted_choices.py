"""What a guide puts in quotation marks, because one has to choose it, is what the form offers, in every language."""

import re
from collections.abc import Iterator

from madang.backend.catalogue.loader import Holdings, load
from madang.backend.config import CATALOGUE
from madang.contract.messages.catalogue import Service
from madang.forms.model import FormDefinition
from madang.i18n.locales import LOCALES
from madang.i18n.text import Text

QUOTED = re.compile(r"[“「‘『]([^“”「」‘’『』]+)[”」’』]")


def offered(form: FormDefinition) -> Iterator[Text]:
    for field in form.fields.values():
        yield from (option.label for option in field.options)


def sentences(service: Service) -> Iterator[Text]:
    yield from service.good_to_know
    yield from (step.text for step in service.how)
    yield from (item.answer for item in service.faq)


def amiss(holdings: Holdings) -> Iterator[str]:
    for service in holdings.services.values():
        labels = list(offered(holdings.forms[service.form])) if service.form else []
        for text in sentences(service) if labels else ():
            for label in labels:
                if label.en.casefold() not in {quote.casefold() for quote in QUOTED.findall(text.en)}:
                    continue
                for locale in LOCALES:
                    quotes = {quote.casefold() for quote in QUOTED.findall(getattr(text, locale))}
                    if getattr(label, locale).casefold() not in quotes:
                        yield f"{service.identifier} {locale}: {getattr(label, locale)!r} is not among {quotes}"


def test_quoted_choices_are_those_of_the_form() -> None:
    holdings = load(CATALOGUE)
    assert list(amiss(holdings)) == []
    quoted = {
        label.en
        for service in holdings.services.values()
        if service.form
        for label in offered(holdings.forms[service.form])
        for text in sentences(service)
        if label.en.casefold() in {quote.casefold() for quote in QUOTED.findall(text.en)}
    }
    assert quoted >= {"Someone I employ", "Past residences"}, "the sentences that name a choice are still there"
