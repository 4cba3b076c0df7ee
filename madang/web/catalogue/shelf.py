"""The catalogue as views read it: everything by its key, and the search. Frozen: a new catalogue is a new shelf."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import Final

from madang.contract.messages.catalogue import (
    Audience,
    Authority,
    Catalogue,
    Category,
    Faq,
    HelpLine,
    Office,
    Package,
    Service,
)
from madang.forms.model import FormDefinition
from madang.i18n.locales import Locale
from madang.i18n.text import Text
from madang.web.catalogue import snapshot
from madang.web.catalogue.areas import Places
from madang.web.catalogue.building import index_of, searchable
from madang.web.catalogue.facets import Facet
from madang.web.catalogue.figures import Figures, figures
from madang.web.catalogue.index import Index, by_rank
from madang.web.catalogue.letters import letter
from madang.web.catalogue.local import Local
from madang.web.catalogue.search import Hits, Search

EMPTY: Final = Catalogue("", (), (), (), (), (), ())


@dataclass(frozen=True, eq=False)
class Shelf:
    """One version of the catalogue. ``fetched_at``: when the backend last said that it is the current one (UTC);
    None for the empty shelf of a portal that never reached a backend."""

    catalogue: Catalogue
    index: Index
    fetched_at: dt.datetime | None = None
    _by_id: Mapping[str, Service] = field(init=False, repr=False)
    _forms: Mapping[str, FormDefinition] = field(init=False, repr=False)
    _categories: Mapping[str, Category] = field(init=False, repr=False)
    _authorities: Mapping[str, Authority] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        given = self.catalogue
        for name, value in (
            ("_by_id", {service.identifier: service for service in given.services}),
            ("_forms", {form.key: form for form in given.forms}),
            ("_categories", {category.id: category for category in given.categories}),
            ("_authorities", {authority.id: authority for authority in given.authorities}),
        ):
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, catalogue: Catalogue, fetched_at: dt.datetime | None = None) -> "Shelf":
        """A shelf whose index is built on the spot."""
        return cls(catalogue, Index(index_of(catalogue), catalogue.version), fetched_at)

    @property
    def version(self) -> str:
        return self.catalogue.version

    @property
    def demonstration(self) -> bool:
        return self.catalogue.demonstration

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """All, most used first."""
        return tuple(by_rank(self.catalogue.services))

    @property
    def categories(self) -> tuple[Category, ...]:
        return self.catalogue.categories

    @property
    def authorities(self) -> tuple[Authority, ...]:
        return self.catalogue.authorities

    @property
    def offices(self) -> tuple[Office, ...]:
        return self.catalogue.offices

    @property
    def help_lines(self) -> tuple[HelpLine, ...]:
        return self.catalogue.help_lines

    @property
    def faq(self) -> tuple[Faq, ...]:
        return self.catalogue.faq

    @property
    def packages(self) -> tuple[Package, ...]:
        return self.catalogue.packages

    def package(self, identifier: str) -> Package | None:
        return next((package for package in self.packages if package.id == identifier), None)

    def packages_with(self, service: str) -> tuple[Package, ...]:
        """The life events that a service belongs to."""
        return tuple(p for p in self.packages if any(member.service == service for member in p.members))

    @property
    def audiences(self) -> tuple[Audience, ...]:
        return self.catalogue.audiences

    @cached_property
    def local(self) -> Local:
        """Areas, and services as areas offer them."""
        return Local(self.catalogue, self._by_id)

    @cached_property
    def places(self) -> Places:
        """The areas by whatever people call them."""
        return Places(self.catalogue.areas)

    @cached_property
    def figures(self) -> Figures:
        """How many services there are, those of areas included."""
        return figures(self.catalogue)

    def service(self, identifier: str) -> Service | None:
        """A service of the whole country, or one as an area offers it."""
        return self._by_id.get(identifier) or self.local.service(identifier)

    def title(self, identifier: str) -> Text:
        """Title of a service; of one that is no longer in the catalogue, its identifier."""
        service = self.service(identifier)
        return service.title if service else Text(ko=identifier)

    def form(self, key: str) -> FormDefinition | None:
        """By ``id@version``."""
        return self._forms.get(key)

    def category(self, identifier: str) -> Category:
        """Raises KeyError for one that the catalogue does not have."""
        return self._categories[identifier]

    def authority(self, identifier: str) -> Authority:
        """Raises KeyError for one that the catalogue does not have."""
        return self._authorities[identifier]

    def services_in(self, category: str) -> tuple[Service, ...]:
        """Most used first."""
        return self._by_category.get(category, ())

    def most_used(self, count: int) -> tuple[Service, ...]:
        """Those that can be applied for here and now, by rank."""
        active = (service for service in self.services if service.form and service.status.state == "active")
        return tuple(islice(active, count))

    def offices_for(self, service: str) -> tuple[Office, ...]:
        """Counters and kiosks where the service is done: those that name it, and those that name none if it is a
        service of our own, or an area's, that has their channel for every counter."""
        variant = self.local.variant(service)
        found = self._by_id.get(variant.of if variant else service)
        if found is None:
            return ()
        known = variant is not None or found.kind == "own"
        anywhere = {channel.id for channel in found.channels if known and not channel.named_only}
        return tuple(
            office
            for office in self.offices
            if (found.identifier in office.services if office.services else office.kind in anywhere)
            and (variant is None or office.area == variant.area)
        )

    def by_letter(self, locale: Locale) -> Mapping[str, tuple[Service, ...]]:
        """All services under the letters of a language (see ``letters``), sorted by title; ``#`` last."""
        groups: dict[str, list[tuple[str, Service]]] = {}
        for service in self.services:
            text = service.title.resolve(locale)
            groups.setdefault(letter(text.text, locale), []).append((text.text.casefold(), service))
        return {
            name: tuple(service for _, service in sorted(groups[name], key=lambda pair: pair[0]))
            for name in sorted(groups, key=lambda name: (name == "#", name.replace("Đ", "D\uffff")))
        }

    def search(
        self,
        query: str,
        locale: Locale,
        limit: int = 20,
        *,
        offset: int = 0,
        narrow: Mapping[Facet, str] = MappingProxyType({}),
    ) -> Hits:
        """See ``search.Search.search``. What is found are services and packages of the whole country; what areas offer
        stands under them."""
        return self._search.search(query, locale, limit, offset=offset, narrow=narrow)

    def counts(self, hits: Hits, narrow: Mapping[Facet, str]) -> Mapping[Facet, Mapping[str, int]]:
        """See ``search.Search.counts``."""
        return self._search.counts(hits, narrow)

    def missing_languages(self) -> Mapping[Locale, int]:
        """How many texts each language lacks, for operators."""
        return snapshot.missing_languages(self.catalogue)

    @cached_property
    def _search(self) -> Search:
        return Search(by_rank(searchable(self.catalogue)), self.index, self.catalogue.packages)

    @cached_property
    def _by_category(self) -> Mapping[str, tuple[Service, ...]]:
        return _grouped((category, service) for service in self.services for category in service.categories)


def _grouped(pairs: Iterable[tuple[str, Service]]) -> Mapping[str, tuple[Service, ...]]:
    groups: dict[str, list[Service]] = {}
    for name, service in pairs:
        groups.setdefault(name, []).append(service)
    return {name: tuple(services) for name, services in groups.items()}
