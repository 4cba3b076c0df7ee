"""A page for machines: schema.org as JSON-LD, the one inline script there is. ``structured`` makes the nodes."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.text import Text
from madang.web.links import link

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What nodes are written with: the language of the page, and where the portal stands. ``say`` translates a message
    of the interface."""

    base_url: str
    locale: Locale
    say: Callable[[str], str]

    @property
    def html_lang(self) -> str:
        return HTML_LANG[self.locale]

    def text(self, text: Text) -> str:
        return text.resolve(self.locale).text

    def url(self, name: str, query: dict[str, str] | None = None, /, **parts: str) -> str:
        return self.base_url + link(self.locale, name, query, **parts)


Describe = Callable[[Words], Sequence[Node]]
"""Makes the nodes of one page."""


@dataclass(frozen=True, slots=True)
class Script:
    """``markup`` goes between the script tags; ``csp_hash`` admits exactly it."""

    markup: Markup
    csp_hash: str


def script(nodes: Sequence[Node]) -> Script:
    """The nodes as one graph."""
    data = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # "<" could end the script element or open a comment in it; the escape means the same to a JSON reader. U+2028 and
    # U+2029 end a line for an old reader of scripts, and a lone surrogate cannot be written at all.
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    text = text.encode("utf-8", "backslashreplace").decode()
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Script(Markup(text), f"'sha256-{digest}'")  # noqa: S704 -- escaped above
