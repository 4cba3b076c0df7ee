"""What must be true of a catalogue beyond the shape of its files: references lead somewhere, no language is missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from madang.backend.catalogue.gateway_checks import GatewayChecks
from madang.backend.catalogue.reading import Reader
from madang.backend.catalogue.reporting import Reporting
from madang.backend.catalogue.templates import DocumentTemplate, RowTemplate
from madang.backend.content import look_up
from madang.contract.messages.catalogue import Service
from madang.forms.model import Field, FormDefinition

if TYPE_CHECKING:
    from madang.backend.catalogue.loader import Holdings

KNOWN_FACTS: Final = frozenset({"full_name", "passport_name", "date_of_birth", "address", "phone", "email"})
"""What a field's ``prefill`` may name: the keys of the contract's Person.facts."""


def check(holdings: "Holdings", reader: Reader) -> None:
    """Reports every mistake to ``reader``."""
    _Checks(holdings, reader).all()


class _Checks(Reporting):
    def all(self) -> None:
        catalogue = self.holdings.catalogue
        for service in catalogue.services:
            if service.identifier not in self.holdings.lines:
                self.service(self.root / "services" / f"{service.identifier}.yaml", service)
        for form in catalogue.forms:
            self.form(self.root / "forms" / f"{form.key}.yaml", form)
        for template in self.holdings.templates.values():
            self.template(self.root / "documents" / f"{template.id}.yaml", template)
        for name in ("categories", "authorities", "offices", "help_lines", "faq"):
            path, entries = self.root / f"{name}.yaml", getattr(catalogue, name)
            self.languages(path, entries)
            if name != "faq":
                self.unique(path, [entry.id for entry in entries])
        for index, office in enumerate(catalogue.offices):
            for service_id in office.services:
                self.known(self.root / "offices.yaml", service_id, self.holdings.services, "service", index, "services")
        self.languages(self.root / "documents" / "codes.yaml", self.holdings.codes)
        GatewayChecks(self.holdings, self.reader).all()
        self.people()

    def service(self, path: Path, service: Service) -> None:
        holdings = self.holdings
        if not path.exists():
            self.reader.report(self.root / "services", f"Name the file of {service.identifier!r} {path.name}")
            return
        self.languages(path, service)
        authorities, channels = holdings.authorities, [channel.id for channel in service.channels]
        self.known(path, service.authority, authorities, "authority", "authority")
        for index, category in enumerate(service.categories):
            known = [entry.id for entry in holdings.catalogue.categories]
            self.known(path, category, known, "category", "categories", index)
        for index, cost in enumerate(service.costs):
            self.known(path, cost.channel, channels, "channel of this service", "costs", index)
        for index, needed in enumerate(service.inputs):
            self.known(path, needed.holder, authorities, "authority", "inputs", index)
            if needed.fallback == "upload" and not service.processing_time.manual_days:
                self.report(
                    path, "An upload is looked at by a clerk: give processing_time.manual_days", "processing_time"
                )
        for index, output in enumerate(service.outputs):
            self.known(path, output.document, holdings.templates, "document template", "outputs", index)
            template = holdings.templates.get(output.document)
            for days in ("verify_days", "valid_days") if template else ():
                if getattr(template, days) != getattr(output, days):
                    self.report(path, f"{days} differs from documents/{output.document}.yaml", "outputs", index)
        if service.form:
            self.known(path, service.form, holdings.forms, "form", "form")
        if service.status.replaced_by:
            self.known(path, service.status.replaced_by, holdings.services, "service", "status")
        form = holdings.forms.get(service.form)
        for index, needed in enumerate(service.inputs):
            if form and needed.by:
                self.known(path, needed.by, form.fields, f"field in {form.key}", "inputs", index, "by")
        for output in service.outputs:
            if form and (template := holdings.templates.get(output.document)):
                self.answers_asked(template, form)

    def form(self, path: Path, form: FormDefinition) -> None:
        if not path.exists():
            self.reader.report(self.root / "forms", f"Name the file of {form.key!r} {path.name}")
            return
        self.languages(path, form)
        for name, field in form.fields.items():
            self.prefill(path, field, "fields", name)
        from madang.forms.check import check as check_form

        for mistake in check_form(form):
            self.reader.report(path, str(mistake), self.reader.line_at(path, mistake.path))

    def prefill(self, path: Path, field: Field, *steps: str) -> None:
        if field.prefill is not None:
            self.known(path, field.prefill, KNOWN_FACTS, "known fact", *steps, "prefill")
        for name, nested in field.fields.items():
            self.prefill(path, nested, *steps, "fields", name)

    def template(self, path: Path, template: DocumentTemplate) -> None:
        if not path.exists():
            self.reader.report(self.root / "documents", f"Name the file of {template.id!r} {path.name}")
            return
        self.languages(path, template)
        self.known(path, template.authority, self.holdings.authorities, "authority", "authority")
        for steps, row, column in _rows(template):
            if row.codes or row.format in ("code", "code-list"):
                self.known(path, row.codes, self.holdings.codes, "list in codes.yaml", *steps)
            if not column and row.value.partition(".")[0] not in ("record", "answers", "person"):
                self.report(path, f"{row.value!r} must begin with record., answers. or person.", *steps)
        for index, why in enumerate(template.withheld):
            if bool(why.present) == bool(why.absent) or not (why.present or why.absent).startswith("record."):
                self.report(path, "Give either present or absent, a path that begins with record.", "withheld", index)

    def answers_asked(self, template: DocumentTemplate, form: FormDefinition) -> None:
        """Every answer that the template names is a field of the form of the service that issues it."""
        path = self.root / "documents" / f"{template.id}.yaml"
        for name in template.when or {}:
            self.known(path, name, form.fields, f"field in {form.key}", "when")
        for index, section in enumerate(template.sections):
            named = set(section.when or {})
            where = section.table.where if section.table else None
            for answer in (where.start, where.end, where.among) if where else ():
                named |= {answer.removeprefix("answers.")} if answer else set()
            for name in sorted(named):
                self.known(path, name, form.fields, f"field in {form.key}", "sections", index)
        for steps, row, _column in _rows(template):
            named = set(row.when or {})
            if row.value.startswith("answers."):
                named.add(row.value.split(".")[1])
            for name in sorted(named):
                self.known(path, name, form.fields, f"field in {form.key}", *steps)

    def people(self) -> None:
        holdings, path = self.holdings, self.root / "people.yaml"
        if not path.exists():
            return
        self.unique(path, [person.subject for person in holdings.people])
        subjects = {person.subject for person in holdings.people}
        for index, person in enumerate(holdings.people):
            self.languages(path, person)
            held = {name for name, register in holdings.registers.items() if person.subject in register}
            for name in sorted(held ^ set(person.holds)):
                self.report(path, f"holds and registers/{name}.yaml differ about {person.subject!r}", index)
        services = holdings.catalogue.services
        things = {needed.evidence for service in services for needed in service.inputs if needed.by}
        for name, register in holdings.registers.items():
            for subject in register if name not in things else ():
                self.known(self.root / "registers" / f"{name}.yaml", subject, subjects, "person", subject)
        for template in holdings.templates.values():
            self.records(template)

    def records(self, template: DocumentTemplate) -> None:
        """Every ``record.`` path is found in at least one record of the evidence that the service shares."""
        selected = f"record.{template.select.name}." if template.select else "\0"
        for service in holdings_of(self.holdings, template):
            records = [
                record
                for needed in service.inputs
                for record in self.holdings.registers.get(needed.evidence, {}).values()
            ]
            for steps, row, column in _rows(template):
                lost = not column and row.value.startswith("record.") and not row.value.startswith(selected)
                if (
                    lost
                    and records
                    and not any(look_up({"record": record}, row.value) is not None for record in records)
                ):
                    self.report(
                        self.root / "documents" / f"{template.id}.yaml", f"No register has {row.value!r}", *steps
                    )


def holdings_of(holdings: "Holdings", template: DocumentTemplate) -> list[Service]:
    """The services that issue ``template``."""
    return [
        service
        for service in holdings.catalogue.services
        if any(output.document == template.id for output in service.outputs)
    ]


def _rows(template: DocumentTemplate) -> Iterator[tuple[tuple[str | int, ...], RowTemplate, bool]]:
    """Every row and column of a template, where it stands, and whether it is a column."""
    for index, section in enumerate(template.sections):
        for number, row in enumerate(section.rows):
            yield ("sections", index, "rows", number), row, False
        for number, column in enumerate(section.table.columns if section.table else ()):
            yield ("sections", index, "table", "columns", number), column, True
