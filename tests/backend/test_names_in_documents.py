"""Names in documents are marked with the language they are read in."""

import datetime as dt

import msgspec
import pytest
from form_kit import answered, records

from madang.backend.catalogue.loader import load
from madang.backend.config import CATALOGUE
from madang.backend.content import Sources, compose
from madang.i18n.locales import LOCALES, Locale

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
HOLDINGS = load(CATALOGUE)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_is_marked_in_its_readers_language_too(locale: Locale) -> None:
    """Else it is read aloud as Korean, and its Chinese characters are printed in Korean shapes."""
    service = HOLDINGS.services["alien-registration"]
    form, template = HOLDINGS.forms[service.form], HOLDINGS.templates["alien-registration"]
    marked = set()
    for person in (each for each in HOLDINGS.people if "alien-register" in each.holds):
        answers = answered(form)
        record = records(HOLDINGS, service, person, answers)
        sources = Sources(record, answers, msgspec.to_builtins(person), form, HOLDINGS.codes)
        row = compose(template, sources, locale, NOW, True).sections[0].rows[0]
        assert (row.value.ko, row.lang) == (person.name.full, person.name.lang)
        marked.add(row.lang)
    assert marked >= {"vi", "th", "zh-Hans", "ja", "en"}
