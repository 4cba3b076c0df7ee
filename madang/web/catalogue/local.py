"""Services as areas offer them: a variant and its national service make a service, when it is asked for."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

import msgspec

from madang.contract.messages.catalogue import Area, Catalogue, Service, Variant
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text

TITLES: Final[Mapping[Locale, str]] = {
    "ko": "{area} {title}",
    "en": "{title} ({area})",
    "ja": "{title}（{area}）",
    "zh": "{title}（{area}）",
    "th": "{title} ({area})",
    "vi": "{title} ({area})",
}
PLACES: Final[Mapping[Locale, str]] = {
    "ko": "{province} {area}",
    "en": "{area}, {province}",
    "ja": "{province}{area}",
    "zh": "{province}{area}",
    "th": "{area} {province}",
    "vi": "{area}, {province}",
}


class Local:
    """The areas and variants of a catalogue. Nothing is composed before it is asked for: thousands of variants cost no
    more than their rows."""

    def __init__(self, catalogue: Catalogue, services: Mapping[str, Service]) -> None:
        self._services = services
        self.areas: Mapping[str, Area] = {area.id: area for area in catalogue.areas}
        self._variants: Mapping[str, Variant] = {variant.identifier: variant for variant in catalogue.variants}
        self._given = catalogue.variants

    @property
    def variants(self) -> Sequence[Variant]:
        return self._given

    def variant(self, identifier: str) -> Variant | None:
        return self._variants.get(identifier)

    def of(self, service: str) -> Sequence[Variant]:
        """The variants of a national service, in the catalogue's order of areas."""
        return self._of.get(service, ())

    def at(self, service: str, area: str) -> Variant | None:
        """The variant of a national service that an area offers."""
        return next((variant for variant in self.of(service) if variant.area == area), None)

    def place(self, area: str) -> Text:
        """The area with its province: 서울특별시 종로구."""
        found = self.areas[area]
        return (
            self._composed(PLACES, found.name, province=self.areas[found.parent].name) if found.parent else found.name
        )

    def service(self, identifier: str) -> Service | None:
        """The variant as a service: the national one's texts, its own title, address and online channel."""
        variant = self._variants.get(identifier)
        national = self._services.get(variant.of) if variant else None
        if variant is None or national is None:
            return None
        channels = national.channels
        if variant.online is not None:
            channels = tuple(
                msgspec.structs.replace(channel, does=variant.online) if channel.id == "online" else channel
                for channel in channels
                if channel.id != "online" or variant.online
            )
        offered = {channel.id for channel in channels}
        return msgspec.structs.replace(
            national,
            identifier=identifier,
            title=self._composed(TITLES, self.place(variant.area), title=national.title),
            channels=channels,
            costs=tuple(cost for cost in national.costs if cost.channel in offered),
        )

    def _composed(self, patterns: Mapping[Locale, str], area: Text, **other: Text) -> Text:
        """A language that one of the parts lacks stays empty: then the whole is Korean, not half of it."""
        parts = {"area": area, **other}

        def written(locale: Locale) -> str:
            given = {name: str(getattr(text, locale)) for name, text in parts.items()}
            return patterns[locale].format(**given) if all(given.values()) else ""

        return Text.of({locale: written(locale) for locale in LOCALES})

    @cached_property
    def _of(self) -> Mapping[str, Sequence[Variant]]:
        groups: dict[str, list[Variant]] = {}
        for variant in self._given:
            groups.setdefault(variant.of, []).append(variant)
        return groups
