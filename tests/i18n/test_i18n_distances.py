"""Distances and names of languages as each language writes them."""

import pytest

from madang.i18n.formats import distance
from madang.i18n.languages import language_name
from madang.i18n.locales import LOCALES, Locale

WRITTEN: dict[Locale, tuple[str, str]] = {
    "ko": ("3.4km", "1,234km"),
    "en": ("3.4 km", "1,234 km"),
    "ja": ("3.4 km", "1,234 km"),
    "zh": ("3.4公里", "1,234公里"),
    "th": ("3.4 กม.", "1,234 กม."),
    "vi": ("3,4 km", "1.234 km"),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_distances(locale: Locale) -> None:
    assert (distance(3.44, locale), distance(1234.4, locale)) == tuple(
        t.replace(" ", "\u00a0") for t in WRITTEN[locale]
    )


def test_distances_lose_their_decimal_at_ten_kilometres() -> None:
    assert distance(9.94, "en") == "9.9\u00a0km"
    assert distance(9.96, "en") == "10\u00a0km"
    assert distance(0.0, "en") == "0.1\u00a0km"


def test_languages_by_their_readers() -> None:
    assert language_name("vi", "ko") == "베트남어"
    assert language_name("zh", "ja") == "中国語"
    assert {language_name(one, other) for one in LOCALES for other in LOCALES}.isdisjoint({"", None})
