"""What templates say about offices and telephones, in one language: languages, distances, addresses, open or closed."""

import gettext
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from madang.contract.messages.catalogue import Office
from madang.i18n import formats
from madang.i18n.languages import language_name
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import N_
from madang.web.calendar_kr import NAMES, Holiday
from madang.web.links import link
from madang.web.paging import PageLinks, page_links
from madang.web.views.offices import OfficesPage

SUBSTITUTE = N_("Substitute holiday for %(holiday)s")
LESS_THAN = N_("less than %(distance)s")


class OfficeWords:
    """Globals of one locale's environment."""

    def __init__(self, locale: Locale, translations: gettext.NullTranslations) -> None:
        self._locale = locale
        self._gettext = translations.gettext

    def globals(self) -> Mapping[str, Callable[..., Any]]:
        return {
            "language_list": self.language_list,
            "language_options": self.language_options,
            "distance": self.distance,
            "geo_address": geo_address,
            "offices_address": self.address,
            "office_pages": self.pages,
            "holiday_name": self.holiday_name,
            "holiday_is_known": lambda holiday: holiday.korean in NAMES,
            "year_name": lambda year: formats.year(year, self._locale, named=True),
        }

    def language_list(self, languages: Sequence[Locale]) -> str:
        """``Korean, English and Vietnamese``"""
        return formats.listing([language_name(language, self._locale) for language in languages], self._locale)

    def language_options(self) -> Sequence[tuple[Locale, str]]:
        return [(language, language_name(language, self._locale)) for language in LOCALES]

    def distance(self, kilometres: float) -> str:
        if kilometres < 1:
            return self._gettext(LESS_THAN) % {"distance": formats.distance(1, self._locale)}
        return formats.distance(kilometres, self._locale)

    def address(self, page: OfficesPage, area: str = "", number: int = 1, *, near: bool = False) -> str:
        """The page for another area with the same filters. ``near``: with what was typed, too."""
        given = {"near": page.near if near else "", "area": area, **page.filters.query()}
        given["page"] = str(number) if number > 1 else ""
        return link(self._locale, "offices", {name: value for name, value in given.items() if value})

    def pages(self, page: OfficesPage) -> PageLinks:
        return page_links(page.page, page.pages, lambda number: self.address(page, page.area, number, near=True))

    def holiday_name(self, holiday: Holiday) -> str:
        """In Korean where the holiday is too new to have a name here."""
        name = self._gettext(NAMES[holiday.korean]) if holiday.korean in NAMES else holiday.korean
        return self._gettext(SUBSTITUTE) % {"holiday": name} if holiday.substitute else name


def geo_address(office: Office) -> str:
    """``geo:`` (RFC 5870), which opens the map of a phone, with the Korean address as its label."""
    place = f"{office.latitude:.4f},{office.longitude:.4f}"
    return f"geo:{place}?q={place}({quote(office.name.ko)})"
