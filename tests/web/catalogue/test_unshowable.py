"""Characters that no page may hold, or that turn round what stands behind them, never come out of a catalogue."""

import msgspec
import pytest
from catalogue_samples import THREE, catalogue, encoded

from madang.i18n.text import Text
from madang.web.catalogue import snapshot
from madang.web.views.check import readable

GOOD = encoded(catalogue())
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0)))).translate(dict.fromkeys(map(ord, "\t\n\r")))


def title_of(written: bytes) -> str:
    """What becomes of a title that stands so in the JSON of a backend."""
    given = msgspec.structs.replace(THREE[0], title=Text("MARK"))
    content = encoded(catalogue((given, *THREE[1:])))
    version = msgspec.json.decode(content)["version"].encode()
    changed = content.replace(b"MARK", written)
    blank = changed.replace(b'"%s"' % version, b'""', 1)
    changed = changed.replace(version, snapshot.version_of(blank)[:32].encode(), 1)
    return next(s for s in snapshot.decode(changed).services if s.identifier == given.identifier).title.ko


@pytest.mark.parametrize("character", [*TURNING, *CONTROLS], ids=lambda each: f"U+{ord(each):04X}")
def test_they_are_left_out_however_they_are_written(character: str) -> None:
    forms = [b"\\u%04x" % ord(character), b"\\u%04X" % ord(character)]
    if ord(character) >= 0x20:
        forms.append(character.encode())
    for written in forms:
        assert title_of(b"a" + written + b"b") == "ab", written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"\\\\u202e", "\\u202e"),
        (b"\\\\\\u202e", "\\"),
        (b"\\\\\\\\u202e", "\\\\u202e"),
        (b"\\\\b", "\\b"),
        (b"a\\bc\\f", "ac"),
        (b'\\t\\n\\r\\/\\"', '\t\n\r/"'),
        (b"\\u2025\\u202f\\u2065\\u206a\\u00a0", "\u2025\u202f\u2065\u206a\u00a0"),
        ("\u2025\u202f\u200b가à¡\u00a0ủ".encode(), "\u2025\u202f\u200b가à¡\u00a0ủ"),
    ],
)
def test_everything_else_stays(written: bytes, read: str) -> None:
    assert title_of(written) == read


def test_the_good_catalogue_is_untouched() -> None:
    assert snapshot.decode(GOOD) == msgspec.json.decode(GOOD, type=type(catalogue()))


def test_what_cannot_be_seen_is_named() -> None:
    assert readable("\u202e한\x07") == "U+202E 한 U+0007"
