"""Reads a catalogue directory into what the backend serves, or says everything that is wrong with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from madang.backend.catalogue import national
from madang.backend.catalogue.checks import check
from madang.backend.catalogue.local_offices import local_offices
from madang.backend.catalogue.reading import CatalogueInvalid, Mistake, Reader
from madang.backend.catalogue.templates import Codes, DemonstrationPerson, DocumentTemplate, Register
from madang.contract.messages.catalogue import (
    Audience,
    Authority,
    Catalogue,
    Category,
    Change,
    Faq,
    HelpLine,
    LifeKind,
    Office,
    Package,
    Service,
)
from madang.forms.model import FormDefinition

T = TypeVar("T")

CODES: Final = "codes.yaml"
PEOPLE: Final = "people.yaml"


@dataclass(frozen=True, slots=True)
class Holdings:
    """A catalogue that was read and checked. ``encoded`` is the contract's Catalogue as JSON."""

    catalogue: Catalogue
    encoded: bytes
    services: Mapping[str, Service]
    forms: Mapping[str, FormDefinition]
    """By ``id@version``."""
    authorities: Mapping[str, Authority]
    templates: Mapping[str, DocumentTemplate]
    codes: Codes
    people: tuple[DemonstrationPerson, ...]
    registers: Mapping[str, Register]
    lines: Mapping[str, int]
    """Service -> its line in the national tables."""


def read(root: Path, demonstration: bool = True) -> tuple[Holdings | None, list[Mistake]]:
    """The catalogue below ``root`` and all mistakes found; None when a file could not be read at all."""
    reader = Reader(root)
    services = _folder(reader, "services", Service)
    forms = _folder(reader, "forms", FormDefinition)
    templates = _folder(reader, "documents", DocumentTemplate, but=CODES)
    registers: dict[str, Register] = _folder(reader, "registers", Register)
    packages = _folder(reader, "packages", Package)
    country = national.read(reader)
    every = [*services.values(), *country.services]
    catalogue = Catalogue(
        version="",
        services=tuple(sorted(every, key=lambda service: (-service.rank, service.identifier))),
        forms=tuple(forms[name] for name in sorted(forms)),
        categories=_list(reader, "categories.yaml", Category),
        authorities=_list(reader, "authorities.yaml", Authority),
        offices=(*_list(reader, "offices.yaml", Office), *local_offices(country.areas if not reader.mistakes else ())),
        help_lines=_list(reader, "help_lines.yaml", HelpLine),
        faq=_list(reader, "faq.yaml", Faq),
        areas=country.areas,
        variants=country.variants,
        packages=tuple(sorted(packages.values(), key=lambda package: (-package.rank, package.id))),
        audiences=_list(reader, "audiences.yaml", Audience, optional=True),
        life_information=_list(reader, "life_information.yaml", LifeKind, optional=True),
        changes=_list(reader, "changes.yaml", Change, optional=True),
        demonstration=demonstration,
    )
    codes: Codes = reader.read(root / "documents" / CODES, Codes) or {}
    cast = _list(reader, PEOPLE, DemonstrationPerson, optional=True)
    if reader.mistakes:
        return None, reader.mistakes
    version = hashlib.sha256(msgspec.json.encode(catalogue)).hexdigest()[:32]
    catalogue = msgspec.structs.replace(catalogue, version=version)
    holdings = Holdings(
        catalogue=catalogue,
        encoded=msgspec.json.encode(catalogue),
        services={service.identifier: service for service in catalogue.services},
        forms={form.key: form for form in catalogue.forms},
        authorities={authority.id: authority for authority in catalogue.authorities},
        templates={template.id: template for template in templates.values()},
        codes=codes,
        people=cast,
        registers=registers,
        lines=country.lines,
    )
    check(holdings, reader)
    return holdings, reader.mistakes


def load(root: Path, demonstration: bool = True) -> Holdings:
    """The catalogue below ``root``. Raises CatalogueInvalid with every mistake."""
    holdings, mistakes = read(root, demonstration)
    if holdings is None or mistakes:
        raise CatalogueInvalid(mistakes)
    return holdings


def people(root: Path) -> tuple[DemonstrationPerson, ...]:
    """The demonstration's people alone: with thousands of services the whole catalogue takes seconds. Raises
    CatalogueInvalid."""
    reader = Reader(root)
    found = _list(reader, PEOPLE, DemonstrationPerson, optional=True)
    if reader.mistakes:
        raise CatalogueInvalid(reader.mistakes)
    return found


def _folder(reader: Reader, folder: str, kind: type[T], but: str = "") -> dict[str, T]:
    """Every ``*.yaml`` in a folder, by its name without the ending."""
    found: dict[str, T] = {}
    for path in sorted((reader.root / folder).glob("*.yaml")):
        if path.name != but and (content := reader.read(path, kind)) is not None:
            found[path.stem] = content
    return found


def _list(reader: Reader, name: str, kind: type[T], optional: bool = False) -> tuple[T, ...]:
    if optional and not (reader.root / name).exists():
        return ()
    many: Any = tuple[kind, ...]  # type: ignore[valid-type]
    result: tuple[T, ...] | None = reader.read(reader.root / name, many)
    return result or ()
