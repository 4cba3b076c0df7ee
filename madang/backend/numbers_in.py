"""Which document number a PDF claims to be, however it was saved again since: found without trusting the file's
structure."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from madang.contract import numbers

_NUMBER: Final = re.compile(rb"(?<![0-9A-Za-z])(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}(?![0-9A-Za-z])")
_STREAM: Final = re.compile(rb"stream\r?\n")
_EACH: Final = 1024 * 1024
_ALL: Final = 16 * 1024 * 1024
"""Bounds of what is inflated: a small file can unpack to gigabytes."""


def number_in(pdf: bytes) -> str:
    """The first well-formed document number in the metadata of ``pdf``, in groups; empty when there is none."""
    for part in _parts(pdf):
        # Text strings may be UTF-16, whose Latin characters are the same bytes with zeros between.
        for match in _NUMBER.finditer(part.replace(b"\0", b"")):
            number = match[0].decode()
            if numbers.is_document_number(number.replace("-", "")):
                return number
    return ""


def _parts(pdf: bytes) -> Iterator[bytes]:
    """The file as it is, then its compressed streams, within bounds."""
    yield pdf
    left = _ALL
    for start in _STREAM.finditer(pdf):
        if left <= 0:
            return
        try:
            inflated = zlib.decompressobj().decompress(pdf[start.end() : start.end() + _EACH], min(_EACH, left))
        except zlib.error:
            continue
        left -= len(inflated)
        yield inflated
