"""Every document that the demonstration's services issue, as an applicant gets it; and reading one back whole."""

import datetime as dt
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
import outloud
from form_kit import ISSUING, answered, holder, records
from outloud.model import Document as Tagged

from madang.backend.catalogue.loader import Holdings, load
from madang.backend.config import CATALOGUE
from madang.backend.content import Sources, compose
from madang.backend.issuance import words
from madang.backend.issuance.normal import normal
from madang.contract.messages.documents import DocumentContent, Pair
from madang.forms.conditions import holds
from madang.i18n.locales import NATIVE_NAME, Locale
from madang.i18n.text import Text
from tests.backend.issuance.reader import spoken
from tests.backend.issuance.reading import unspaced

NOW: Final = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
LONG: Final = (
    "Bartholomäus-Maximilian Ngô Đình Phạm Thị Ánh-Nguyệt Wijesinghe-Papadopoulos สมชาย โรจนประดิษฐ์ กิตติวงศ์ไพศาล 홍길동"
)
"""A name that fills lines, with letters of four scripts, and marks above marks."""
SEVERE: Final = ("error", "warning")


@dataclass(frozen=True)
class Issued:
    """``document``: the id of its template."""

    document: str
    content: DocumentContent


def documents(holdings: Holdings) -> list[str]:
    """The ids of all templates by which something is issued."""
    return [output.document for name in ISSUING for output in holdings.services[name].outputs]


def holdings() -> Holdings:
    return load(CATALOGUE)


def issued(held: Holdings, document: str, locale: Locale, *, long: bool = False) -> Issued:
    """``document`` for somebody who reads ``locale``, with all that may be asked for. ``long``: under a long name."""
    service = next(each for each in held.services.values() if document in [o.document for o in each.outputs])
    person, form = holder(held, service, locale), held.forms[service.form]
    template = held.templates[document]
    for answers in _answers(form):
        if holds(template.when, answers):
            break
    else:
        raise AssertionError(f"no answers lead to {document}")
    sources = Sources(records(held, service, person, answers), answers, msgspec.to_builtins(person), form, held.codes)
    content = compose(template, sources, locale, NOW, True)
    return Issued(document, _long(content) if long else content)


def _answers(form: Any) -> Iterator[dict[str, Any]]:
    yield answered(form, most=True)
    yield answered(form)
    for name, field in form.fields.items():
        for option in field.options if field.type in ("radios", "select") else ():
            yield answered(form, most=True, chosen={name: option.value})


def _long(content: DocumentContent) -> DocumentContent:
    first, *rest = content.sections
    row = msgspec.structs.replace(first.rows[0], value=Pair(LONG, LONG if content.locale != "ko" else ""))
    section = msgspec.structs.replace(first, rows=(row, *first.rows[1:]))
    return msgspec.structs.replace(content, sections=(section, *rest))


def expected(content: DocumentContent, number: str) -> list[str]:
    """All that is written, in the order in which it is read: nothing more and nothing less."""
    translated = content.locale != "ko"

    def pair(given: Pair) -> list[str]:
        return [text for text in (normal(given.ko), normal(given.translation)) if text]

    def word(text: Text) -> list[str]:
        return pair(Pair(text.ko, getattr(text, content.locale) if translated else ""))

    said = pair(content.title)
    if content.demonstration:
        said += pair(content.demonstration)
    if translated:
        said.append(getattr(words.REFERENCE, content.locale))
    said += [*word(words.NUMBER), number]
    for section in content.sections:
        said += pair(section.heading)
        if section.rows:
            said += word(words.ITEM)
            said += [NATIVE_NAME["ko"], NATIVE_NAME[content.locale]] if translated else [words.CONTENT.ko]
            for row in section.rows:
                said += [*pair(row.label), *pair(row.value)]
        if section.table:
            if section.table.caption != section.heading:
                said += pair(section.table.caption)
            for column in section.table.columns:
                said += pair(column)
            for cells in section.table.rows:
                for cell in cells:
                    said += pair(cell)
            if not section.table.rows:
                said += pair(section.table.empty)
    for note in content.notes:
        said += pair(note)
    said += [*pair(content.statement), *pair(content.issued_on)]
    if content.valid_until:
        label, value = content.valid_until.label, content.valid_until.value
        said += [normal(label.ko), normal(value.ko)]
        if label.translation:
            said += [normal(label.translation), normal(value.translation or value.ko)]
    said += pair(content.issuer)
    return [*said, *word(words.VERIFY), *word(words.SIGNED)]


def problems(pdf: bytes, content: DocumentContent, number: str, folder: Path) -> tuple[list[str], Any]:
    """What is wrong with a signed document, and what the validator says of each criterion."""
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    result = outloud.check(str(path))
    found = [f"{each.rule}: {each.message}" for each in result.findings if each.severity in SEVERE]
    if result.error:
        found.append(str(result.error))
    said, wanted = spoken(path), expected(content, number)
    if (got := unspaced("".join(text for _, _, text in said))) != (want := unspaced("".join(wanted))):
        at = next((i for i, (a, b) in enumerate(zip(got, want, strict=False)) if a != b), min(len(got), len(want)))
        found.append(f"reads {got[max(0, at - 20) : at + 40]!r} where {want[max(0, at - 20) : at + 40]!r} is written")
    copied = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    text = unspaced(copied.stdout.decode("utf-8").replace("\f", ""))
    found += [f"does not hold {part!r}" for part in wanted if unspaced(part) not in text]
    return found + list(_shape(path)), result


def _shape(path: Path) -> Iterator[str]:
    document = Tagged(str(path))
    try:
        kinds = [each.type for each in document.elements]
        headings = [kind for kind in kinds if kind.startswith("H") and kind[1:].isdigit()]
        if headings[:1] != ["H1"] or set(headings[1:]) - {"H2"}:
            yield f"headings are {headings}"
        for table in document.elements_of("Table"):
            if not any(each.type == "TH" for each in table.descendants()):
                yield "a table without a header"
        if not document.title or not document.lang or not document.display_doc_title:
            yield "no title, no language, or the title is not shown"
        if any(not each.alt for each in document.elements_of("Figure")):
            yield "a figure without an alternative"
        for page in range(len(document.pages)):
            if document.content(page).untagged_runs():
                yield f"page {page + 1} shows what is neither read nor marked as decoration"
    finally:
        document.close()
