"""Cuts the documents' fonts from their sources; run by a developer, never at run time (it needs fontTools).

    python -m madang.backend.issuance.fonts.cut SOURCES

``SOURCES`` is a folder that holds the files named in ``README.md`` beside this one. Written beside this file: one font
per family and weight, and ``coverage.json``, the characters that at least one of them draws.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
COVERAGE: Final = HERE / "coverage.json"


def _ranges(*bounds: tuple[int, int]) -> set[int]:
    return {point for first, last in bounds for point in range(first, last + 1)}


LATIN: Final = _ranges(
    (0x20, 0x7E), (0xA0, 0x36F), (0x1E00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF),
    (0x2000, 0x206F), (0x20A0, 0x20CF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2212, 0x2212), (0xFB00, 0xFB06),
)  # fmt: skip
GREEK_AND_CYRILLIC: Final = _ranges((0x370, 0x3FF), (0x400, 0x52F))
HANGUL: Final = _ranges((0xAC00, 0xD7A3), (0x3130, 0x318F))
THAI: Final = _ranges((0xE00, 0xE7F))
PUNCTUATION: Final = set(map(ord, "·–—‘’“”‥…‧"))
"""Marks that Japanese and Chinese set full width, Korean and Latin not."""
UNIFIED: Final = _ranges((0x4E00, 0x9FFF))
BEYOND: Final = _ranges((0x20000, 0x3FFFF))
"""The font's ideographs past the first plane: those of Japan's third and fourth level and of China's list of 8,105."""


def _pairs(lead: Iterable[int], trail: Iterable[int]) -> Iterator[bytes]:
    trail = tuple(trail)
    return (bytes((first, second)) for first in lead for second in trail)


def national(encoding: str, codes: Iterable[bytes]) -> set[int]:
    """The code points of a national standard, read from Python's own codec of it."""
    found: set[int] = set()
    for code in codes:
        try:
            found.update(map(ord, code.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return found


def ideographs() -> set[int]:
    """Han characters, kana and symbols of KS X 1001, JIS X 0213 (levels 1 to 4), GB 2312, Big5 and the names list."""
    upper = range(0xA1, 0xFF)
    names = (HERE / "names.txt").read_text(encoding="utf-8")
    return (
        national("euc_kr", _pairs(upper, upper))
        | national("gb2312", _pairs(upper, upper))
        | national("euc_jis_2004", _pairs(upper, upper))
        | national("euc_jis_2004", (b"\x8f" + code for code in _pairs(upper, upper)))
        | national("big5", _pairs(range(0xA1, 0xFA), (*range(0x40, 0x7F), *upper)))
        | {ord(character) for character in names if not character.isspace()}
        | UNIFIED
        | BEYOND
    )


@dataclass(frozen=True)
class Cut:
    """One font to make. ``keep`` are layout features; the others (alternates, vertical forms) stay behind."""

    source: str
    target: str
    family: str
    weight: int
    points: frozenset[int]
    keep: tuple[str, ...]
    number: int = -1
    scripts: tuple[str, ...] = ("*",)


_LANGUAGES: Final = ("dflt", "JAN ", "KOR ", "ZHS ")
_TEXT: Final = ("ccmp", "locl", "kern", "mark", "mkmk", "tnum")
_LATIN_AND_HANGUL: Final = frozenset(LATIN | GREEK_AND_CYRILLIC | HANGUL)


def cuts() -> tuple[Cut, ...]:
    """The five fonts. A style's weight 400 is Regular, 600 SemiBold."""
    han = frozenset((ideographs() - HANGUL - LATIN - GREEK_AND_CYRILLIC) | PUNCTUATION)
    scripts = tuple(f"{script}.{language}" for script in ("DFLT", "hani", "kana") for language in _LANGUAGES)
    return (
        Cut("Pretendard-Regular.otf", "MadangSans-Regular.otf", "Madang Sans", 400, _LATIN_AND_HANGUL, _TEXT),
        Cut("Pretendard-SemiBold.otf", "MadangSans-SemiBold.otf", "Madang Sans", 600, _LATIN_AND_HANGUL, _TEXT),
        Cut("NotoSansCJK-Regular.ttc", "MadangHan-Regular.otf", "Madang Han", 400, han, ("locl",), 1, scripts),
        Cut("Sarabun_400Regular.ttf", "MadangThai-Regular.ttf", "Madang Thai", 400, frozenset(THAI | {0x20}), _TEXT),
        Cut("NotoSans-Regular.ttf", "MadangLatin-Regular.ttf", "Madang Latin", 400,
            frozenset(LATIN | GREEK_AND_CYRILLIC), _TEXT),
    )  # fmt: skip


def make(cut: Cut, sources: Path) -> set[int]:
    """Writes one font and returns the code points it draws."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    font: Any = TTFont(sources / cut.source, fontNumber=cut.number)
    options: Any = subset.Options()
    options.layout_features = list(cut.keep)
    options.layout_scripts = list(cut.scripts)
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=cut.points)
    cutter.subset(font)
    if cut.family == "Madang Thai":
        level_marks(font)
    _rename(font, cut)
    font.save(HERE / cut.target)
    return set(font.getBestCmap())


def level_marks(font: Any) -> None:
    """Anchors marks without a vertical shift; the font has a raised form of each tone mark for where it is needed.

    typst starts a new run of text at a glyph that is shifted up or down, and then gives that run the text of the whole
    cluster: readers of the PDF would find every tone mark over a vowel twice (``ตั้`` as ``ตั้ตั้``)."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            subtable = table.ExtSubTable if table.LookupType == 9 else table
            if subtable.LookupType == 4:
                rows, marks = [r.BaseAnchor for r in subtable.BaseArray.BaseRecord], subtable.MarkArray.MarkRecord
            elif subtable.LookupType == 6:
                rows, marks = [r.Mark2Anchor for r in subtable.Mark2Array.Mark2Record], subtable.Mark1Array.MarkRecord
            else:
                continue
            for kind in {mark.Class for mark in marks}:
                heights = Counter(mark.MarkAnchor.YCoordinate for mark in marks if mark.Class == kind)
                level = heights.most_common(1)[0][0]
                anchors = [row[kind] for row in rows] + [mark.MarkAnchor for mark in marks if mark.Class == kind]
                for anchor in anchors:
                    if anchor is not None:
                        anchor.YCoordinate = level


def _rename(font: Any, cut: Cut) -> None:
    """The sources' names are reserved by their licence: what is cut carries ours."""
    style = {400: "Regular", 600: "SemiBold"}[cut.weight]
    postscript = f"{cut.family.replace(' ', '')}-{style}"
    names = {1: cut.family, 2: style, 3: postscript, 4: f"{cut.family} {style}", 6: postscript}
    for name, value in names.items():
        font["name"].removeNames(nameID=name)
        font["name"].setName(value, name, 3, 1, 0x409)
    font["OS/2"].usWeightClass = cut.weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b100001 | 0b1000000
    font["head"].macStyle = 0
    if "CFF " in font:
        outlines = font["CFF "].cff
        outlines.fontNames = [postscript]
        top = outlines.topDictIndex[0]
        top.FullName, top.FamilyName = names[4], cut.family
        top.rawDict.pop("Notice", None)
        top.rawDict.pop("Copyright", None)


def in_runs(points: Iterable[int]) -> list[list[int]]:
    """[[first, last], ...] of code points, ascending."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return runs


def main(sources: Path) -> None:
    covered: set[int] = set()
    for cut in cuts():
        covered |= make(cut, sources)
    # Spaces and joiners draw nothing by design; controls have no business in a document.
    covered -= _ranges((0x00, 0x1F), (0x7F, 0x9F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F))
    COVERAGE.write_text(json.dumps(in_runs(covered), separators=(",", ":")) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
