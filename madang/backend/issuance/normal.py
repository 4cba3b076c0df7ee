"""The one form in which a text is checked for glyphs and printed."""

import re
import unicodedata
from typing import Final

_COMPATIBILITY: Final = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
"""Ideographs that NFC would replace by another shape: a name must keep the one it is registered with."""
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Break and join hints: they draw nothing, and a copied text should not carry them."""


def normal(text: str) -> str:
    """``text`` in NFC (compatibility ideographs kept as they are), without invisible hints, line ends as ``\\n``."""
    if text.isascii() and "\r" not in text:
        return text
    parts = _COMPATIBILITY.split(_INVISIBLE.sub("", text))
    joined = "".join(part if index % 2 else unicodedata.normalize("NFC", part) for index, part in enumerate(parts))
    return joined.replace("\r\n", "\n").replace("\r", "\n")
