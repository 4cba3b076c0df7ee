"""Counting in parallel for a whole catalogue at once: sets of services as Python ints, one bit per service.

Python's big ints are the vector unit here: adding a weight to 5,000 scores is a handful of operations on 625 bytes.
Scores are bit-sliced: plane ``k`` holds bit ``k`` of every service's score.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final


class Scores:
    """Sums of weighted sets. ``add`` all first, then ask."""

    def __init__(self) -> None:
        self._levels: list[list[int]] = [[]]
        self._planes: list[int] | None = None

    def add(self, members: int, weight: int) -> None:
        """``weight`` (1 or more) more for each member."""
        level = 0
        while weight:
            if len(self._levels) <= level:
                self._levels.append([])
            if weight & 1:
                self._levels[level].append(members)
            weight >>= 1
            level += 1

    @property
    def planes(self) -> list[int]:
        """Lowest bit first. Carry-save addition: three sets of one level become one there and one above."""
        if self._planes is None:
            planes, carried = [], list[int]()
            level = 0
            while level < len(self._levels) or carried:
                rows = carried + (self._levels[level] if level < len(self._levels) else [])
                carried = []
                while len(rows) > 2:
                    a, b, c = rows.pop(), rows.pop(), rows.pop()
                    odd = a ^ b
                    rows.append(odd ^ c)
                    carried.append(a & b | odd & c)
                if len(rows) == 2:
                    a, b = rows
                    rows = [a ^ b]
                    carried.append(a & b)
                carried = [row for row in carried if row]
                planes.append(rows[0] if rows else 0)
                level += 1
            self._planes = planes
        return self._planes

    def at_least(self, threshold: int) -> int:
        """The members whose score is ``threshold`` (1 or more) or higher."""
        planes = self.planes
        if threshold >> len(planes):
            return 0
        above, level = 0, -1  # -1: all members
        for position in range(len(planes) - 1, -1, -1):
            plane = planes[position]
            if threshold >> position & 1:
                level &= plane
            else:
                above |= level & plane
                level &= ~plane
        return above | level

    def best(self, among: int, count: int) -> int:
        """The ``count`` highest of ``among`` as a set: more when the last ones tie, fewer when there are no more."""
        sure, level = 0, among
        for plane in reversed(self.planes):
            higher = level & plane
            if (sure | higher).bit_count() >= count:
                level = higher
            else:
                sure |= higher
                level &= ~plane
        return sure | level

    def of(self, wanted: Sequence[int]) -> list[int]:
        """The scores of some members."""
        width = max((plane.bit_length() for plane in self.planes), default=0) + 7 >> 3
        values = [0] * len(wanted)
        for position, plane in enumerate(self.planes):
            content = plane.to_bytes(width, "little")
            for place, member in enumerate(wanted):
                if member >> 3 < width and content[member >> 3] >> (member & 7) & 1:
                    values[place] += 1 << position
        return values


_NOT_EMPTY: Final = re.compile(rb"[^\0]")


def members(bits: int) -> Iterator[int]:
    """The members of a set, lowest first."""
    # Nearly all bytes of a small set are zero; the regular expression skips them faster than any loop of ours.
    for match in _NOT_EMPTY.finditer(bits.to_bytes(bits.bit_length() + 7 >> 3, "little")):
        byte, start = match.group()[0], match.start() << 3
        while byte:
            lowest = byte & -byte
            yield start + lowest.bit_length() - 1
            byte ^= lowest


def bits_of(ids: Iterable[int], size: int) -> int:
    """The set of ``ids``, all below ``size``."""
    buffer = bytearray(size + 7 >> 3)
    for member in ids:
        buffer[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(buffer, "little")
