"""Words that are nobody else's business: numbers that look like a person's are covered, chat that holds one, or leads
out of the session, is refused.

Covers rather too much: nine digits in a row, however they are grouped, are somebody's number, unless they are plainly a
date, a time, an amount, a public service's number or an application's. Digits of every script count, also circled,
spelt out one by one in the six languages, or with letters that look like them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

from madang.contract.numbers import fold as document_fold
from madang.contract.numbers import is_application_number, is_document_number
from madang.remote_support import outward, shadow
from madang.remote_support.shadow import Shadow

MASK: Final = "•••"
"""In place of what is covered, whatever its length."""
_LEAST: Final = 9
"""Digits that are covered whatever they are."""
_FEWEST: Final = 5
"""Digits of the shortest number that is covered: of a passport of mixed signs."""
_LISTED: Final = 2
"""Digits that the members of a list may have: 1, 2, 3 and not 010, 1234, 5678."""
_MOST: Final = 19
"""Digits of the longest card."""

_SEPARATOR: Final = r"[\s\-./_()\[\]·,*~|+=:;#'\\]"
_RUN: Final = re.compile(rf"\+?\d(?:{_SEPARATOR}{{0,4}}\d)*", re.ASCII)
_WEAK: Final = re.compile(r"[^\d]*(?:[,;~|]\s|\s/\s|\n)[^\d]*", re.ASCII)
"""Between the members of a list, rather than between the groups of one number."""
_LEFT: Final = r"(?<!\d)(?<!\d[-./_,:])"
_RIGHT: Final = r"(?![-./_,:]?\d)"
_YEAR: Final = r"(?:1[89]|2[014-6])\d\d"  # of the common era, and of the Buddhist era that Thai dates count by
_MONTH_DAY: Final = r"(?:0?[1-9]|1[0-2])([-./]) ?(?:0?[1-9]|[12]\d|3[01])"
_BEGUN: Final = re.compile(rf"[\W_]*(?:\d[\W_]{{0,4}}){{{_FEWEST},}}")
"""A number at the end of a text that is read backwards."""
_HARMLESS: Final = tuple(
    re.compile(_LEFT + pattern + _RIGHT, re.ASCII)
    for pattern in (
        rf"{_YEAR}[-./] ?{_MONTH_DAY}\.?(?!\s{{0,3}}\d{{7}}(?!\d))",  # a birthday before seven digits is an identity
        rf"(?:0?[1-9]|[12]\d|3[01])[-./] ?(?:0?[1-9]|1[0-2])[-./] ?{_YEAR}(?!\s{{0,3}}\d{{7}}(?!\d))",
        r"(?:[01]?\d|2[0-4]):[0-5]\d(?:(?::[0-5]\d)?|\s?[-~]\s?(?:[01]?\d|2[0-4]):[0-5]\d)",
        r"(?<!\d{6} )[1-9]\d{0,2}(?:,\d{3}){1,3}(?:\.\d{1,2})?",
        r"(?<!\d{6} )[1-9]\d{0,2}(?:\.\d{3}){1,2}",
        r"(?<!\d )[1-9]\d{8,11}(?=\s?(?:원|won\b|KRW\b|ウォン|韩元|วอน|円|元|đồng\b))",
        r"(?<!\d )(?:1[568]\d\d-\d{4}|080-\d{3,4}-\d{4})(?!\s?\d)",  # shared-cost and free numbers are public services'
        rf"{_YEAR}[-–]{_YEAR}",
        r"(?<!\d, )1[0-4]\d\d?(?:, 1[0-4]\d\d?)+(?!,? ?\d)",  # 110, 112, 119, 1345: whom to call
    )
)
_APPLICATION: Final = re.compile(
    _LEFT + r"20\d\d-?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:-?\d{4}){2}" + _RIGHT, re.ASCII
)
"""Begins with its day; its check digits alone would let one card in a hundred pass."""
_DOCUMENT: Final = re.compile(
    r"(?<![A-Z0-9])[A-Z0-9]{4}([-\s.]{0,3})[A-Z0-9]{4}\1[A-Z0-9]{4}\1[A-Z0-9]{4}(?![A-Z0-9])", re.I | re.ASCII
)
_SHAPES: Final = (
    # A birthday and one more digit tell age and sex; also as others cover the rest.
    re.compile(r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-–]\s?(?:\d?[*•●○xX#_]{2,}|\d(?!\d))"),
    re.compile(r"(?<![\d-])\d{3,4}-\d{4}(?![\d-])"),  # a telephone number without its area
    re.compile(r"\+\d(?:[\s\-.()]{0,3}\d){6,}"),
    # Passports: a letter or two and seven or eight digits; Korea's since 2021; nine mixed characters elsewhere.
    re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,2}-?|[A-Z]{1,2}[ -]{1,2})\d(?:[\s\-.]{0,2}\d){6,8}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9])[A-Za-z][ -]?\d{3}[ -]?[A-Za-z][ -]?\d{4}(?![A-Za-z0-9])"),
    re.compile(r"(?<![A-Za-z0-9])(?=(?:[A-Z]*\d){5})(?=\d*[A-Z])[A-Z0-9]{8,9}(?![A-Za-z0-9])"),
)
_PERSON: Final = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{7}", re.ASCII)
_PHONE: Final = re.compile(r"(?:82)?0\d{8,11}", re.ASCII)
_CARD: Final = re.compile(r"(?:[3-69]|2[2-7])\d{12,18}", re.ASCII)

Span = tuple[int, int]


def cover(text: str) -> str:
    """The text with ``•••`` in place of every number that looks like an identity (resident, alien, passport), a card,
    an account, a telephone or a document's number. The same object when there is none; else composed (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    spans = sorted(_found(composed))
    if not spans:
        return text
    parts: list[str] = []
    end = 0
    for start, stop in spans:
        if start > end or not parts:
            parts += [composed[end:start], MASK]
        end = max(end, stop)
    return "".join(parts) + composed[end:]


def cover_begun(text: str) -> str:
    """``cover`` for what is being written at this moment: a number at its end may be the beginning of a person's, and
    a sign at a time the whole of it would be told."""
    begun = _BEGUN.match(text[::-1])
    return cover(text if begun is None else text[: len(text) - begun.end()] + MASK)


def links(text: str) -> bool:
    """Whether the text holds an address of the web, of mail or of a messenger, in whatever disguise is common."""
    return outward.leads_out(text)


def unsafe(text: str) -> Literal["", "identity", "link"]:
    """Why a chat message is not passed on; empty: it is."""
    if cover(text) is not text:
        return "identity"
    return "link" if links(text) else ""


def _found(text: str) -> Iterator[Span]:
    """Where something of the text is to be covered."""
    if shadow.count(text) >= _FEWEST or _DOCUMENT.search(text):
        yield from _of(shadow.plain(text))
    spelt = shadow.spelt(text, _LEAST)
    if spelt is not None:
        yield from _of(spelt)


def _of(seen: Shadow) -> Iterator[Span]:
    for start, stop in _spans(seen.text):
        wordy = sum(seen.wordy[start:stop])
        # Syllables of many languages are also digits: one or two beside a number are grammar.
        if wordy == 0 or wordy >= 3:
            yield seen.origin(start, stop)


def _spans(text: str) -> Iterator[Span]:
    for match in _DOCUMENT.finditer(text):
        # One in 32 of anything fits: of sixteen digits (an application's number), of four words of four letters.
        mixed = any(map(str.isalpha, match[0])) and (any(map(str.isdigit, match[0])) or match[1] == "-")
        if mixed and is_document_number(document_fold(match[0])):
            yield match.span()
    for match in _APPLICATION.finditer(text):
        if is_application_number(match[0].replace("-", "")):
            text = _blanked(text, match.span())
    for pattern in _HARMLESS:
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    for shape in _SHAPES:
        yield from (match.span() for match in shape.finditer(text))
    for match in _RUN.finditer(text):
        yield from _numbers(match[0], match.start())


def _blanked(text: str, span: Span) -> str:
    return text[: span[0]] + "\0" * (span[1] - span[0]) + text[span[1] :]


def _numbers(run: str, offset: int) -> Iterator[Span]:
    """Of digits with separators: all of them; of a list of small numbers, neighbours that make a person's number."""
    members: list[Span] = []
    start = 0
    for gap in _WEAK.finditer(run):
        members.append((start, gap.start()))
        start = gap.end()
    members.append((start, len(run)))
    if _count(run) >= _LEAST and any(_count(run[begin:end]) > _LISTED for begin, end in members):
        yield offset, offset + len(run)
        return
    held = ["".join(filter(str.isdigit, run[begin:end])) for begin, end in members]
    for first, (begin, _) in enumerate(members):
        digits, counted = "", True
        for place in range(first, min(first + _MOST, len(held))):
            counted = counted and (place == first or int(held[place]) == int(held[place - 1]) + 1)
            digits += held[place]
            if len(digits) > _MOST:
                break
            if len(digits) >= _LEAST and not counted and _personal(digits):
                yield offset + begin, offset + members[place][1]


def _count(text: str) -> int:
    return sum(map(str.isdigit, text))


def _personal(digits: str) -> bool:
    return bool(_PERSON.fullmatch(digits) or _PHONE.fullmatch(digits) or (_CARD.fullmatch(digits) and luhn(digits)))


def luhn(digits: str) -> bool:
    """Whether the last of ASCII digits is Luhn's check digit of the others, as on payment cards."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
