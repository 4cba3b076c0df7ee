"""What a document says: template + register record + answers + language -> the contract's DocumentContent, pure.

Everything is written twice: in Korean, which counts, and in the citizen's language, for reference.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import msgspec

from madang.backend.catalogue.templates import (
    Codes,
    DocumentTemplate,
    RowTemplate,
    SectionTemplate,
    TableTemplate,
    Within,
)
from madang.contract.messages.documents import DocumentContent, Pair, Row, Section, Table
from madang.forms.conditions import holds
from madang.forms.fields.dates import bound
from madang.forms.model import Answers, FormDefinition
from madang.i18n import formats
from madang.i18n.countries import country
from madang.i18n.korea import day_in_korea
from madang.i18n.locales import Locale
from madang.i18n.names import masked_identity
from madang.i18n.text import Text

_EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
DEMONSTRATION: Final = Text(
    ko="시연용",
    en="Demonstration",
    ja="デモ用",
    zh="仅供演示",
    th="ตัวอย่างสาธิต",
    vi="Bản minh họa",
)
VALID_UNTIL: Final = Text(
    ko="유효기간 만료일",
    en="Valid until",
    ja="有効期限",
    zh="有效期至",
    th="ใช้ได้ถึงวันที่",
    vi="Có giá trị đến ngày",
)


class CannotCompose(Exception):
    """The record does not have the shape that the template expects; the message says where."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the paths of a template lead. ``person`` is the contract's Person as plain data."""

    record: Mapping[str, Any]
    answers: Answers
    person: Mapping[str, Any]
    form: FormDefinition
    codes: Codes


def compose(
    template: DocumentTemplate, sources: Sources, locale: Locale, now: dt.datetime, demonstration: bool
) -> DocumentContent:
    """The document, dated ``now`` (its day in Korea). Raises CannotCompose."""
    return _Writer(template, sources, locale, now).document(now, demonstration)


def issued_on(now: dt.datetime, locale: Locale) -> Pair:
    """The day of issue, in both languages."""
    return _pair(formats.date(now, "ko"), formats.date(now, locale, era=locale == "th"))


def valid_until(now: dt.datetime, days: int, locale: Locale) -> Row | None:
    """The last day of a validity of ``days`` that begins ``now``; None when the law gives none."""
    if not days:
        return None
    return Row(
        _pair(VALID_UNTIL.ko, VALID_UNTIL.resolve(locale).text), issued_on(now + dt.timedelta(days=days), locale)
    )


def withheld(template: DocumentTemplate, record: Mapping[str, Any]) -> Text | None:
    """Why ``template`` may not be issued on this record; None when it may."""
    root = {"record": record}
    for reason in template.withheld:
        present = bool(reason.present) and look_up(root, reason.present) not in _EMPTY
        if present or (reason.absent and look_up(root, reason.absent) in _EMPTY):
            return reason.reason
    return None


def select(template: DocumentTemplate, record: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The record with the entry that the template selects, e.g. the household member the extract is about."""
    if template.select is None:
        return record
    roots = {"record": record, "answers": answers}
    wanted = look_up(roots, template.select.id) or "self"
    entries = look_up(roots, template.select.source) or []
    for entry in entries:
        if entry.get("id") == wanted:
            return {**record, template.select.name: entry}
    raise CannotCompose(f"{template.id}: no entry {wanted!r} in {template.select.source}")


def look_up(root: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, None where it leads nowhere."""
    value: Any = root
    for step in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def _pair(ko: str, translation: str) -> Pair:
    return Pair(ko, "" if translation == ko else translation)


class _Writer:
    def __init__(self, template: DocumentTemplate, sources: Sources, locale: Locale, now: dt.datetime) -> None:
        self.day = day_in_korea(now)
        self.template = template
        self.sources = sources
        self.locale: Locale = locale
        self.roots = {
            "record": select(template, sources.record, sources.answers),
            "answers": sources.answers,
            "person": sources.person,
        }

    def document(self, now: dt.datetime, demonstration: bool) -> DocumentContent:
        template = self.template
        sections = (self.section(section) for section in template.sections if holds(section.when, self.sources.answers))
        return DocumentContent(
            locale=self.locale,
            title=self.text(template.title),
            sections=tuple(section for section in sections if section is not None),
            statement=self.text(template.statement),
            issued_on=issued_on(now, self.locale),
            issuer=self.text(template.issuer),
            valid_until=valid_until(now, template.valid_days, self.locale),
            notes=tuple(self.text(note) for note in template.notes),
            demonstration=self.text(DEMONSTRATION) if demonstration else None,
        )

    def section(self, section: SectionTemplate) -> Section | None:
        rows = tuple(
            self.row(row, value)
            for row in section.rows
            if holds(row.when, self.sources.answers) and (value := look_up(self.roots, row.value)) not in _EMPTY
        )
        table = self.table(section.table) if section.table else None
        return Section(self.text(section.heading), rows, table) if rows or table else None

    def row(self, row: RowTemplate, value: Any) -> Row:
        lang = value.get("lang", "") if row.format == "name" and isinstance(value, dict) else ""
        return Row(self.text(row.label), self.value(row, value), "" if lang == "ko" else lang)

    def table(self, table: TableTemplate) -> Table:
        columns = [column for column in table.columns if holds(column.when, self.sources.answers)]
        entries = [entry for entry in look_up(self.roots, table.source) or [] if self.within(table.where, entry)]
        return Table(
            caption=self.text(table.caption),
            columns=tuple(self.text(column.label) for column in columns),
            rows=tuple(tuple(self.cell(column, entry) for column in columns) for entry in entries),
            empty=self.text(table.empty) if table.empty else Pair(""),
        )

    def cell(self, column: RowTemplate, entry: Any) -> Pair:
        value = look_up(entry, column.value)
        return Pair("") if value in _EMPTY else self.value(column, value)

    def within(self, where: Within | None, entry: Any) -> bool:
        if where is None:
            return True
        day = look_up(entry, where.on)
        if where.among:
            return str(day) in map(str, look_up(self.roots, where.among) or ())
        start, end = self.bound(where.start), self.bound(where.end)
        return bool(day) and (not start or start <= day) and (not end or day <= end)

    def bound(self, path: str) -> str | None:
        """The day that an answer sets as a limit, "today-5y" counted from the day of issue; None when it sets none."""
        day = bound(str(look_up(self.roots, path)), self.day, {}) if path else None
        return day.isoformat() if day else None

    def text(self, text: Text) -> Pair:
        return _pair(text.ko, text.resolve(self.locale).text)

    def value(self, row: RowTemplate, value: Any) -> Pair:
        """One value in both languages. Raises CannotCompose when it has another shape than the format says."""
        try:
            return self.formatted(row, value)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise CannotCompose(f"{self.template.id}: {row.value} is no {row.format}") from error

    def formatted(self, row: RowTemplate, value: Any) -> Pair:
        match row.format:
            case "text" if isinstance(value, dict):
                return self.text(msgspec.convert(value, Text))
            case "text":
                return Pair(str(value))
            case "name":
                return Pair(value if isinstance(value, str) else value["full"])
            case "date":
                return self.dates(value, value, lambda start, _end: start)
            case "period":
                return self.dates(value["from"], value.get("to") or "", lambda start, end: f"{start} – {end}".rstrip())
            case "code":
                return self.text(self.code(row.codes, value))
            case "code-list":
                names = [self.code(row.codes, code) for code in value]
                return _pair(
                    formats.listing([name.ko for name in names], "ko"),
                    formats.listing([name.resolve(self.locale).text for name in names], self.locale),
                )
            case "masked-number":
                return Pair(masked_identity(str(value)))
            case "money":
                return self.numbers(value, formats.money)
            case "year":
                return self.numbers(value, partial(formats.year, named=True))
            case "address":
                return self.address(value)
            case "answer":
                return self.answer(row.value, value)

    def dates(self, start: str, end: str, write: Any) -> Pair:
        def in_language(locale: Locale) -> str:
            first, last = (
                formats.date(dt.date.fromisoformat(day), locale, era=locale == "th") if day else ""
                for day in (start, end)
            )
            return str(write(first, last))

        return _pair(in_language("ko"), in_language(self.locale))

    def numbers(self, value: int, write: Callable[[int, Locale], str]) -> Pair:
        return _pair(write(int(value), "ko"), write(int(value), self.locale))

    def code(self, codes: str, value: str) -> Text:
        return self.sources.codes[codes][value]

    def address(self, value: Any) -> Pair:
        if isinstance(value, str):
            return Pair(value)
        if "ko" in value:
            return self.text(msgspec.convert(value, Text))
        lines = " ".join(value[line] for line in ("line1", "line2") if value.get(line))
        abroad = value.get("country", "KR") != "KR"
        code = f" ({value['postcode']})" if value.get("postcode") else ""
        ko = lines + code + (f", {country(value['country'], 'ko')}" if abroad else "")
        translated = value.get("roman") or lines
        translated += code + (f", {country(value['country'], self.locale)}" if abroad else "")
        return _pair(ko, translated if self.locale != "ko" else ko)

    def answer(self, path: str, value: Any) -> Pair:
        field = self.sources.form.fields[path.removeprefix("answers.")]
        chosen = value if isinstance(value, list) else [value]
        labels = [option.label for option in field.options if option.value in chosen]
        if len(labels) != len(chosen):
            raise KeyError(path)
        return _pair(
            formats.listing([label.ko for label in labels], "ko"),
            formats.listing([label.resolve(self.locale).text for label in labels], self.locale),
        )
