"""Checks of what surrounds the services: packages, audiences, information for life, changes, national tables."""

from pathlib import Path
from typing import Final

from madang.backend.catalogue.national import FOLDER, KINDS
from madang.backend.catalogue.reporting import Reporting
from madang.contract.messages.catalogue import Service

IDENTIFIER_LENGTH: Final = 80
"""Of a service: it stands in addresses."""
EASY: Final = range(8, 15)
"""How many sentences a guide in easy language has: enough to say it all, few enough to be read to the end."""


class GatewayChecks(Reporting):
    """Runs after the services of the files were checked."""

    def all(self) -> None:
        catalogue = self.holdings.catalogue
        self.audience_ids = {audience.id for audience in catalogue.audiences}
        for service in catalogue.services:
            if service.identifier in self.holdings.lines:
                self.listed(service)
            else:
                self.described(self.root / "services" / f"{service.identifier}.yaml", service)
        for variant in catalogue.variants:
            if len(variant.identifier) > IDENTIFIER_LENGTH:
                self.row(
                    variant.of, f"{variant.identifier!r} is longer than {IDENTIFIER_LENGTH}: shorten the kind's id"
                )
        self.packages()
        self.audiences()
        self.life_information()
        for index, change in enumerate(catalogue.changes):
            path = self.root / "changes.yaml"
            self.languages(path, change)
            if change.service:
                self.known(path, change.service, self.holdings.services, "service", index, "service")

    def row(self, identifier: str, text: str) -> None:
        """Reports a mistake in a row of the national tables."""
        self.reader.report(self.root / FOLDER / KINDS, text, self.holdings.lines[identifier])

    def listed(self, service: Service) -> None:
        """A kind of the national tables: its names lead somewhere."""
        name, catalogue = service.identifier, self.holdings.catalogue
        path = self.root / "services" / f"{name}.yaml"
        if path.exists():
            self.row(name, f"{name!r} is described in services/{path.name}, too: remove one")
        if service.authority not in self.holdings.authorities:
            self.row(name, f"There is no authority {service.authority!r}: add it or correct the name")
        for category in service.categories:
            if category not in {entry.id for entry in catalogue.categories}:
                self.row(name, f"There is no category {category!r}: add it or correct the name")
        for audience in service.audience:
            if audience not in self.audience_ids:
                self.row(name, f"There is no audience {audience!r}: add it or correct the name")
        for column, text in (("title", service.title), ("summary", service.summary)):
            for locale in text.missing():
                self.row(name, f"Write the {column} of {name!r} in texts.{locale}.tsv, too")

    def described(self, path: Path, service: Service) -> None:
        """A service with a file of its own."""
        for index, audience in enumerate(service.audience):
            self.known(path, audience, self.audience_ids, "audience", "audience", index)
        if service.website and not service.website.startswith("https://"):
            self.report(path, "A website begins with https://", "website")
        if service.kind == "external" and service.form:
            self.report(path, "An external service has no form here: remove it, or make the kind own", "form")
        if service.kind == "own" and not (service.how and service.faq and service.legal):
            self.report(path, "A service of our own says how, answers questions and names its law", "identifier")
        if service.kind == "own" and len(service.easy) not in EASY:
            few, many = EASY.start, EASY.stop - 1
            self.report(path, f"Say it all in easy language, too (easy): {few} to {many} short sentences", "easy")
        status = service.status
        if status.state in ("paused", "seasonal") and (status.note is None or status.until is None):
            self.report(path, f"Say why it is {status.state} (note) and until when (until)", "status")
        if status.state == "abolished" and not status.replaced_by:
            self.report(path, "Say what replaced it (replaced_by)", "status")

    def packages(self) -> None:
        for package in self.holdings.catalogue.packages:
            path = self.root / "packages" / f"{package.id}.yaml"
            if not path.exists():
                self.reader.report(self.root / "packages", f"Name the file of {package.id!r} {path.name}")
                continue
            self.languages(path, package)
            if not package.members:
                self.report(path, "A package has services: name them as members", "id")
            for index, member in enumerate(package.members):
                self.known(path, member.service, self.holdings.services, "service", "members", index, "service")

    def audiences(self) -> None:
        catalogue, path = self.holdings.catalogue, self.root / "audiences.yaml"
        packages = {package.id for package in catalogue.packages}
        self.languages(path, catalogue.audiences)
        self.unique(path, [audience.id for audience in catalogue.audiences])
        for index, audience in enumerate(catalogue.audiences):
            for place, name in enumerate(audience.services):
                self.known(path, name, self.holdings.services, "service", index, "services", place)
            for place, name in enumerate(audience.packages):
                self.known(path, name, packages, "package", index, "packages", place)

    def life_information(self) -> None:
        catalogue, path = self.holdings.catalogue, self.root / "life_information.yaml"
        self.languages(path, catalogue.life_information)
        self.unique(path, [kind.id for kind in catalogue.life_information])
        categories = {category.id for category in catalogue.categories}
        for index, kind in enumerate(catalogue.life_information):
            self.known(path, kind.authority, self.holdings.authorities, "authority", index, "authority")
            self.known(path, kind.category, categories, "category", index, "category")
            if kind.service:
                self.known(path, kind.service, self.holdings.services, "service", index, "service")
