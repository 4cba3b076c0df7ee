"""The search index as one block of bytes: built once per catalogue version, kept beside the snapshot, mapped in memory.

After a JSON header (format, version, number of services, sections) come flat little-endian arrays, and at the end a
BLAKE2b digest of all that. For each of the two fields, strong (titles and keywords) and weak (summary,
description and agency):

- ``keys``: the grams, ascending, 64 bits each; ``counts``: in how many services each occurs; ``places``: where its
  services stand, in ``ids`` (32 bits each) when they are few, else as a row of ``rows`` (one bit per service)
- ``phrase_keys``: hashes of whole titles and keywords, ascending; ``phrases``: service * 16 + kind * 8 + locale;
  ``phrase_filter``: one bit for each, at the hash's lowest bits, so that most of what is none is seen at once
- ``titles``: for each service and locale a Bloom filter of the title's grams, 256 bits

Services are numbered by falling rank, so that what ties is ordered by how often it is asked for.
"""

import hashlib
import sys
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from madang.contract.messages.catalogue import Authority, Service
from madang.i18n.locales import LOCALES
from madang.web.catalogue.bits import bits_of
from madang.web.catalogue.folding import LONGEST, fold, grams

FORMAT: Final = 3
"""To be raised with every change of folding, grams or layout: an index of another format is built anew."""
MAGIC: Final = b"madang search index\n"
SPARSE_SHARE: Final = 64
"""A gram in more than one of so many services is kept as a row of bits."""
FILTER: Final = 32
"""Bytes of a Bloom filter."""
DIGEST: Final = 16
TITLE: Final = 0
KEYWORD: Final = 1


class IndexBroken(Exception):
    """The bytes are no index of this format and version."""


class Header(msgspec.Struct, frozen=True):
    """``sections``: name -> (type code of the array, offset after the header, bytes)."""

    format: int
    version: str
    size: int
    sections: dict[str, tuple[str, int, int]]


def by_rank(services: Iterable[Service]) -> list[Service]:
    """In the order of their numbers in the index."""
    return sorted(services, key=lambda service: (-service.rank, service.identifier))


_PRIME: Final = (1 << 61) - 1
_BASE: Final = 0x2545F4914F6CDD1D % _PRIME
_POWERS: Final = [pow(_BASE, exponent, _PRIME) for exponent in range(LONGEST + 1)]


def prefixes(plain: str) -> list[int]:
    """Hashes of all beginnings of a text, the empty one first: see ``piece_key``."""
    value, found = 0, [0]
    for character in plain:
        value = (value * _BASE + ord(character)) % _PRIME
        found.append(value)
    return found


def piece_key(of: Sequence[int], start: int, end: int) -> int:
    """Hash of the piece from ``start`` to ``end``, at most LONGEST apart, of the text whose ``prefixes`` are given."""
    return (of[end] - of[start] * _POWERS[end - start]) % _PRIME


def phrase_key(plain: str) -> int:
    """Hash, 61 bits, of a folded phrase without blanks."""
    return prefixes(plain)[-1]


def bloom(found: Iterable[int]) -> int:
    """The Bloom filter of some grams: one of 256 bits for each."""
    value = 0
    for gram in found:
        value |= 1 << (gram * 0x9E3779B97F4A7C15 >> 40 & 0xFF)
    return value


def build(version: str, services: Sequence[Service], authorities: Mapping[str, Authority]) -> bytes:
    """The index of ``services``, which must be in the order of ``by_rank``."""
    strong: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    weak: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    phrases: set[tuple[int, int]] = set()
    titles = bytearray()
    agencies = {key: _grams_of(_texts(authority.name)) for key, authority in authorities.items()}
    for number, service in enumerate(services):
        first: set[int] = set()
        for place, locale in enumerate(LOCALES):
            named = fold(getattr(service.title, locale))
            found = grams(named)
            first |= found
            titles += bloom(found).to_bytes(FILTER, "little")
            if named:
                phrases.add((phrase_key(named.replace(" ", "")), number << 4 | TITLE << 3 | place))
            for keyword in map(fold, service.keywords.get(locale, ())):
                first |= grams(keyword)
                if keyword:
                    phrases.add((phrase_key(keyword.replace(" ", "")), number << 4 | KEYWORD << 3 | place))
        second = _grams_of((*_texts(service.summary), *_texts(service.description))) | agencies.get(
            service.authority, set()
        )
        for gram in first:
            strong[gram].append(number)
        for gram in second - first:
            weak[gram].append(number)
    ordered = sorted(phrases)
    sections: dict[str, Any] = {
        "phrase_keys": array("Q", [key for key, _ in ordered]),
        "phrases": array("I", [value for _, value in ordered]),
        "phrase_filter": _filter([key for key, _ in ordered]),
        "titles": array("B", bytes(titles)),
    }
    for name, postings in (("strong", strong), ("weak", weak)):
        sections.update(_packed(name, postings, len(services)))
    return _joined(version, len(services), sections)


def _texts(text: Any) -> list[str]:
    return [getattr(text, locale) for locale in LOCALES]


def _grams_of(texts: Iterable[str]) -> set[int]:
    return set().union(*(grams(fold(text)) for text in texts))


def _filter(keys: Sequence[int]) -> "array[int]":
    """A power of two of bits, sixteen or more for each key."""
    size = 1 << max(6, (16 * len(keys)).bit_length())
    bits = bytearray(size >> 3)
    for key in keys:
        bits[(key & size - 1) >> 3] |= 1 << (key & 7)
    return array("B", bytes(bits))


def _packed(name: str, postings: Mapping[int, "array[int]"], size: int) -> dict[str, Any]:
    counts, places, ids, rows = array("I"), array("I"), array("I"), bytearray()
    width = size + 7 >> 3
    keys = array("Q", sorted(postings))
    for key in keys:
        found = postings[key]
        counts.append(len(found))
        if len(found) * SPARSE_SHARE > size:
            places.append(len(rows) // width)
            rows += bits_of(found, size).to_bytes(width, "little")
        else:
            places.append(len(ids))
            ids.extend(found)
    parts = {"keys": keys, "counts": counts, "places": places, "ids": ids, "rows": array("B", bytes(rows))}
    return {f"{name}_{part}": value for part, value in parts.items()}


def _joined(version: str, size: int, sections: Mapping[str, Any]) -> bytes:
    listed: dict[str, tuple[str, int, int]] = {}
    body = bytearray()
    for name, values in sections.items():
        if sys.byteorder == "big":
            values.byteswap()
        body += bytes(-len(body) % 8)
        content = values.tobytes()
        listed[name] = (values.typecode, len(body), len(content))
        body += content
    header = msgspec.json.encode(Header(FORMAT, version, size, listed))
    header += b" " * (-(len(MAGIC) + len(header) + 1) % 8)
    whole = b"".join((MAGIC, header, b"\n", body))
    return whole + hashlib.blake2b(whole, digest_size=DIGEST).digest()


class Postings:
    """One field of the index: gram -> set of services."""

    def __init__(self, name: str, sections: Mapping[str, Any], size: int) -> None:
        self._keys, self._counts = sections[f"{name}_keys"], sections[f"{name}_counts"]
        self._places, self._ids, self._rows = (sections[f"{name}_{part}"] for part in ("places", "ids", "rows"))
        self._size = size
        self._width = size + 7 >> 3

    def find(self, gram: int) -> tuple[int, int]:
        """Position of a gram and the number of its services; (-1, 0) when it has none."""
        position = bisect_left(self._keys, gram)
        if position == len(self._keys) or self._keys[position] != gram:
            return -1, 0
        return position, self._counts[position]

    def members(self, position: int) -> int:
        """The services of the gram at ``position`` as a set."""
        place, count = self._places[position], self._counts[position]
        if count * SPARSE_SHARE > self._size:
            return int.from_bytes(self._rows[place * self._width : (place + 1) * self._width], "little")
        return bits_of(self._ids[place : place + count], self._size)


class Index:
    """An index ready to be asked. ``block`` is what ``build`` made, in memory or mapped from its file."""

    def __init__(self, block: Any, version: str) -> None:
        view = memoryview(block)
        end = bytes(view[: 1 << 16]).find(b"\n", len(MAGIC))
        try:
            if bytes(view[: len(MAGIC)]) != MAGIC:
                raise IndexBroken("no index")
            header = msgspec.json.decode(bytes(view[len(MAGIC) : end]), type=Header)
        except msgspec.MsgspecError:
            raise IndexBroken("no header") from None
        if (header.format, header.version) != (FORMAT, version):
            raise IndexBroken("another format or version")
        if hashlib.blake2b(view[:-DIGEST], digest_size=DIGEST).digest() != bytes(view[-DIGEST:]):
            raise IndexBroken("damaged")
        body = view[end + 1 : -DIGEST]
        sections = {name: _section(body, *place) for name, place in header.sections.items()}
        self.size = header.size
        self.strong = Postings("strong", sections, header.size)
        self.weak = Postings("weak", sections, header.size)
        self._phrase_keys, self._phrases = sections["phrase_keys"], sections["phrases"]
        self._filter = sections["phrase_filter"]
        self._mask = len(self._filter) * 8 - 1
        self._titles = sections["titles"]

    def phrases(self, key: int, most: int = 0) -> list[tuple[int, int, int]]:
        """(service, TITLE or KEYWORD, number of the locale) of each title or keyword of this ``phrase_key``; none where
        they are more than ``most``, if that is given."""
        keys = self._phrase_keys
        position = bisect_left(keys, key)
        found: list[tuple[int, int, int]] = []
        if most and position + most < len(keys) and keys[position + most] == key:
            return found
        while position < len(keys) and keys[position] == key:
            value = self._phrases[position]
            found.append((value >> 4, value >> 3 & 1, value & 7))
            position += 1
        return found

    def likely(self, pieces: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """Of (start, end, ``phrase_key``) those that are probably phrases; all that are, are among them."""
        bits, mask = self._filter, self._mask
        return [piece for piece in pieces if bits[(piece[2] & mask) >> 3] >> (piece[2] & 7) & 1]

    def title(self, service: int, locale: int) -> int:
        """The Bloom filter of a title's grams."""
        start = (service * len(LOCALES) + locale) * FILTER
        return int.from_bytes(self._titles[start : start + FILTER], "little")


def _section(body: memoryview, code: str, start: int, length: int) -> Any:
    if sys.byteorder == "little":
        return body[start : start + length].cast(code)  # type: ignore[call-overload]  # one of the codes we wrote
    values: array[int] = array(code, bytes(body[start : start + length]))
    values.byteswap()
    return values
