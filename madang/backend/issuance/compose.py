"""Typesets a document's content as a tagged PDF/UA-1, not yet signed.

Texts reach the typesetter as JSON data, never as markup, so that nothing a person wrote is ever interpreted.
"""

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import typst

from madang.backend.issuance import words
from madang.backend.issuance.normal import normal
from madang.backend.issuance.qr import qr_svg
from madang.contract.messages.documents import DocumentContent, Pair, Row, Section, Table
from madang.i18n.locales import NATIVE_NAME, Locale
from madang.i18n.text import Text

_HERE: Final = Path(__file__).parent
_LANGUAGE: Final[dict[Locale, tuple[str, str]]] = {
    "ko": ("ko", "KR"),
    "en": ("en", "GB"),
    "ja": ("ja", "JP"),
    "zh": ("zh", "CN"),
    "th": ("th", "TH"),
    "vi": ("vi", "VN"),
}
_LINE: Final = 98.0
"""Half-width letters of a table's text in one line of the page."""
_GUTTER: Final = 2.0
_SMALLER: Final = 0.85
"""The size of a translation against the Korean above it."""
_SHORT: Final = 18.0
"""Texts up to this breadth, such as dates, are not broken if it can be helped."""
_REGION_OF_SCRIPT: Final = {"hans": "CN", "hant": "TW"}


@cache
def _compiler() -> typst.Compiler:
    """One per process: it keeps the fonts and the parsed template."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")])
    return typst.Compiler(input=str(_HERE / "template.typ"), root=str(_HERE), font_paths=fonts)


def compose(content: DocumentContent, number: str, verify_url: str) -> bytes:
    """The unsigned PDF of ``content``. ``number`` is printed as it is (XXXX-XXXX-XXXX-XXXX); ``verify_url`` goes into
    the QR code. Raises ``typst.TypstError`` when the result would not be PDF/UA-1."""
    data = json.dumps(_data(content, number, verify_url), ensure_ascii=False)
    pdf = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"])
    return cast(bytes, pdf)


def _data(content: DocumentContent, number: str, verify_url: str) -> dict[str, Any]:
    def word(text: Text) -> list[str]:
        return _pair(Pair(text.ko, "" if content.locale == "ko" else getattr(text, content.locale)))

    title = _pair(content.title)
    return {
        "language": _LANGUAGE[content.locale],
        "translated": content.locale != "ko",
        "name": f"{title[0]} ({title[1]})" if title[1] else title[0],
        "title": title,
        "sections": [_section(section) for section in content.sections],
        "statement": _pair(content.statement),
        "issued": _pair(content.issued_on),
        "valid": _row(content.valid_until) if content.valid_until else None,
        "issuer": _pair(content.issuer),
        "notes": [_pair(note) for note in content.notes],
        "demonstration": _pair(content.demonstration) if content.demonstration else None,
        "number": number,
        "qr": qr_svg(verify_url),
        "alt": getattr(words.QR, content.locale),
        "reference": getattr(words.REFERENCE, content.locale),
        "korean": NATIVE_NAME["ko"],
        "reader": NATIVE_NAME[content.locale],
        "item": word(words.ITEM),
        "content": word(words.CONTENT),
        "label": word(words.NUMBER),
        "verify": word(words.VERIFY),
        "signed": word(words.SIGNED),
    }


def _pair(pair: Pair) -> list[str]:
    return [normal(pair.ko), normal(pair.translation)]


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": _pair(section.heading),
        "rows": [_row(row) for row in section.rows],
        "table": _table(section.table) if section.table else None,
    }


def _row(row: Row) -> list[Any]:
    return [_pair(row.label), _pair(row.value), _language(row.lang) if row.lang else None]


def _table(table: Table) -> dict[str, Any]:
    rows = [[_pair(cell) for cell in row] for row in table.rows]
    columns = [_pair(column) for column in table.columns]
    return {
        "caption": _pair(table.caption),
        "columns": columns,
        "rows": rows,
        "empty": _pair(table.empty),
        "widths": _widths([columns, *rows]),
    }


def _widths(rows: list[list[list[str]]]) -> list[float]:
    """Shares of the page's width per column. Every column first gets what its longest word needs, then the rest is
    given to those whose texts are longer than a line."""
    columns = list(zip(*rows, strict=True))
    least = [max(max(_unbroken(cell[0]), _unbroken(cell[1]) * _SMALLER) for cell in column) for column in columns]
    wanted = [max(max(_breadth(cell[0]), _breadth(cell[1]) * _SMALLER) for cell in column) for column in columns]
    room = _LINE - _GUTTER * len(columns)
    spare, missing = room - sum(least), sum(wanted) - sum(least)
    if spare <= 0:
        return [round(width + _GUTTER, 1) for width in least]
    if missing <= spare:
        return [round(width + _GUTTER + (spare - missing) / len(columns), 1) for width in wanted]
    return [round(low + _GUTTER + (high - low) * spare / missing, 1) for low, high in zip(least, wanted, strict=True)]


def _unbroken(text: str) -> float:
    """The breadth that ``text`` cannot do without: all of it when it is short, its longest word when it is not."""
    whole = _breadth(text)
    return whole if whole <= _SHORT else min(max(map(_breadth, text.split()), default=0.0), _SHORT)


def _breadth(text: str) -> float:
    """Rough width of ``text`` in half ems: Hangul and ideographs are wide, capitals and tabular digits wider than small
    letters; Thai's marks take no room."""
    return sum(
        1.85
        if character >= "\u1100"
        else 1.25
        if character.isdigit() or character.isupper()
        else 0.0
        if unicodedata.combining(character)
        else 1.0
        for character in text
    )


def _language(tag: str) -> tuple[str, str] | None:
    """(language, region) of a BCP 47 tag, as typst takes them; None when it is no such tag."""
    language, *rest = tag.replace("_", "-").split("-")
    if not (language.isascii() and language.isalpha() and 2 <= len(language) <= 3):
        return None
    for part in rest:
        if part.lower() in _REGION_OF_SCRIPT:
            return language.lower(), _REGION_OF_SCRIPT[part.lower()]
        if len(part) == 2 and part.isascii() and part.isalpha():
            return language.lower(), part.upper()
    return language.lower(), {"zh": "CN"}.get(language.lower(), "")
