"""How complete a catalogue is: of the texts that citizens read, how many are there, in each language and in easy
language, the seventh layer. Pure; both the backend's check and the portal's page count by it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, get_args

import msgspec

from madang.contract.messages.catalogue import Catalogue, Service
from madang.i18n.locales import LOCALES, SOURCE_LOCALE
from madang.i18n.text import Text

Layer = Literal["ko", "en", "ja", "zh", "th", "vi", "easy"]
LAYERS: Final[tuple[Layer, ...]] = get_args(Layer)
Kind = Literal[
    "own", "external", "listed", "package", "audience", "life-information", "form", "faq", "office", "help-line",
    "authority", "category", "area", "change",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
KOREAN_ONLY: Final[Mapping[Kind, frozenset[str]]] = {"listed": frozenset({"description", "legal"})}
"""Texts that are wanted in Korean alone: a kind of the national tables is explained in short in the other languages."""


class Counted(msgspec.Struct, frozen=True):
    """Texts that are there, of those that are wanted."""

    there: int = 0
    wanted: int = 0

    @property
    def missing(self) -> int:
        return self.wanted - self.there

    @property
    def percent(self) -> int:
        """Rounded down: 100 is said of nothing that lacks a text."""
        return 100 * self.there // self.wanted if self.wanted else 100

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.there + other.there, self.wanted + other.wanted)


class Entry(msgspec.Struct, frozen=True):
    """One entry of the catalogue. ``missing``: which texts a layer lacks, as paths (``faq.2.answer``); in the layer of
    easy language each ends with its language (``easy.3.th``)."""

    kind: Kind
    id: str
    title: Text
    layers: dict[Layer, Counted]
    missing: dict[Layer, tuple[str, ...]]

    @property
    def lacking(self) -> int:
        """Texts that are missing, in all layers together."""
        return sum(counted.missing for counted in self.layers.values())


class Report(msgspec.Struct, frozen=True):
    """``version``: of the catalogue that was counted; ``entries`` in its order, kind by kind."""

    version: str
    entries: tuple[Entry, ...]

    def totals(self) -> dict[Layer, Counted]:
        """All entries together."""
        return _summed(self.entries)

    def by_kind(self) -> dict[Kind, tuple[int, dict[Layer, Counted]]]:
        """Kind of entry -> how many there are, and their texts together."""
        groups: dict[Kind, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.kind, []).append(entry)
        return {kind: (len(groups[kind]), _summed(groups[kind])) for kind in KINDS if kind in groups}

    def worst(self) -> list[Entry]:
        """The entries that lack something, those that lack most first."""
        lacking = (entry for entry in self.entries if entry.lacking)
        return sorted(lacking, key=lambda entry: (-entry.lacking, KINDS.index(entry.kind)))


def completeness(catalogue: Catalogue) -> Report:
    """Counts everything. A text is wanted in six languages where it is given in any, and in Korean where it must be
    there; everyday words count as one text of a service."""
    entries = [_entry(service.kind, service.identifier, service.title, service) for service in catalogue.services]
    entries += [_entry("package", package.id, package.title, package) for package in catalogue.packages]
    entries += [_entry("audience", audience.id, audience.title, audience) for audience in catalogue.audiences]
    entries += [_entry("life-information", kind.id, kind.title, kind) for kind in catalogue.life_information]
    entries += [_entry("form", form.key, Text(ko=form.key), form) for form in catalogue.forms]
    entries += [_entry("faq", str(place), item.question, item) for place, item in enumerate(catalogue.faq, start=1)]
    entries += [_entry("office", office.id, office.name, office) for office in catalogue.offices]
    entries += [_entry("help-line", line.id, line.name, line) for line in catalogue.help_lines]
    entries += [_entry("authority", authority.id, authority.name, authority) for authority in catalogue.authorities]
    entries += [_entry("category", category.id, category.title, category) for category in catalogue.categories]
    entries += [_entry("area", area.id, area.name, area) for area in catalogue.areas]
    entries += [_entry("change", str(place), item.text, item) for place, item in enumerate(catalogue.changes, start=1)]
    return Report(catalogue.version, tuple(sorted(entries, key=lambda entry: KINDS.index(entry.kind))))


def texts(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Every six-language text in a structure, and where it stands."""
    if isinstance(value, Text):
        yield steps, value
        if value.easy is not None:
            yield (*steps, "easy"), value.easy
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name), (*steps, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, (*steps, str(key)))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from texts(item, (*steps, index))


def _entry(kind: Kind, identifier: str, title: Text, value: Any) -> Entry:
    wanted: dict[Layer, int] = dict.fromkeys(LAYERS, 0)
    missing: dict[Layer, list[str]] = {layer: [] for layer in LAYERS}

    def count(layer: Layer, name: str, there: bool) -> None:
        wanted[layer] += 1
        if not there:
            missing[layer].append(name)

    korean = KOREAN_ONLY.get(kind, frozenset())
    for steps, text in texts(value):
        name, easy = ".".join(map(str, steps)), "easy" in (steps[0], steps[-1])
        for locale in LOCALES:
            if locale == SOURCE_LOCALE or steps[0] not in korean:
                there = bool(getattr(text, locale))
                if easy:
                    count("easy", f"{name}.{locale}", there)
                else:
                    count(locale, name, there)
    if kind == "own" and isinstance(value, Service) and not value.easy:
        for locale in LOCALES:
            count("easy", f"easy.{locale}", False)
    if keywords := getattr(value, "keywords", None):
        for locale in LOCALES:
            count(locale, "keywords", bool(keywords.get(locale)))
    layers = {layer: Counted(wanted[layer] - len(missing[layer]), wanted[layer]) for layer in LAYERS}
    return Entry(kind, identifier, title, layers, {layer: tuple(names) for layer, names in missing.items() if names})


def _summed(entries: Any) -> dict[Layer, Counted]:
    found: dict[Layer, Counted] = dict.fromkeys(LAYERS, Counted())
    for entry in entries:
        for layer, counted in entry.layers.items():
            found[layer] += counted
    return found
