"""What an agent does, in words: one whole sentence for the act, one for the element's error, one for the next step.

Through the gettext catalogues, so that the sentences are translated and tested like those of every page. Implements
``remote_support.ports.Words``.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from madang.i18n import formats
from madang.i18n.korea import KOREA
from madang.i18n.locales import Locale
from madang.i18n.messages import N_, Catalogues
from madang.remote_support.messages import Element
from madang.remote_support.phrasebook import Phrase

LONGEST_NAME: Final = 120
"""Characters of an element's name in a sentence: a whole paragraph can be highlighted, too."""

_SHOWN: Final[Mapping[str, str]] = {
    "highlight": N_("The support agent has highlighted “%(label)s”."),
    "point": N_("The support agent is pointing at “%(label)s”."),
    "scroll-to": N_("The support agent has moved the page to “%(label)s”."),
    "move-focus": N_("The support agent has taken you to “%(label)s”."),
    "open": N_("The support agent is opening “%(label)s” for you."),
}
_NAMELESS: Final[Mapping[str, str]] = {
    "highlight": N_("The support agent has highlighted a part of the page."),
    "point": N_("The support agent is pointing at a part of the page."),
    "scroll-to": N_("The support agent has moved the page to another part."),
    "move-focus": N_("The support agent has taken you to another part of the page."),
    "open": N_("The support agent is opening a page for you."),
    "suggest": N_("The support agent suggests an answer."),
    "fill": N_("The support agent has filled in an answer."),
}
_ANSWERED: Final[Mapping[tuple[str, str], str]] = {
    ("suggest", "write"): N_("The support agent suggests writing “%(value)s” for “%(label)s”."),
    ("suggest", "pick"): N_("The support agent suggests choosing “%(value)s” for “%(label)s”."),
    ("suggest", "empty"): N_("The support agent suggests leaving “%(label)s” empty."),
    ("suggest", "tick"): N_("The support agent suggests choosing “%(label)s”."),
    ("suggest", "untick"): N_("The support agent suggests not choosing “%(label)s”."),
    ("fill", "write"): N_("The support agent has written “%(value)s” for “%(label)s”."),
    ("fill", "pick"): N_("The support agent has chosen “%(value)s” for “%(label)s”."),
    ("fill", "empty"): N_("The support agent has emptied “%(label)s”."),
    ("fill", "tick"): N_("The support agent has chosen “%(label)s”."),
    ("fill", "untick"): N_("The support agent has taken back the choice “%(label)s”."),
}
_ERROR: Final = N_("Something needs to be corrected here: “%(error)s”.")
_NEXT: Final[Mapping[str, str]] = {
    "button": N_("Press it yourself when you are ready."),
    "link": N_("Press it if you want to open that page."),
    "opener": N_("Press it to open it; press it again to close it."),
    "write": N_("Please write your answer there."),
    "pick": N_("Please choose from the list there."),
    "radio": N_("Choose it if it is right for you."),
    "tick": N_("Choose it if it applies to you."),
    "group": N_("Please answer what is asked there."),
    "file": N_("Please choose your photo or file there."),
    "read": N_("Please read this part."),
}
_CORRECT: Final = N_("Please correct your answer there.")
_DECIDE: Final = N_("You decide: press “%(use)s” or “%(refuse)s”.")
_USE_IT: Final = N_("Use it")
_REFUSE: Final = N_("Refuse")
"""The two buttons of a suggestion, as the banner names them."""
_CHECK: Final = N_("Please check that it is right. You can change it.")
_NOTHING_SENT: Final = N_("Nothing is submitted by this.")

_USE: Final[Mapping[str, str]] = {
    "button": "button",
    "link": "link",
    "outward": "link",
    "disclosure": "opener",
    "textbox": "write",
    "searchbox": "write",
    "combobox": "pick",
    "radio": "radio",
    "checkbox": "tick",
    "group": "group",
    "form": "group",
    "file": "file",
}
"""Role, as the registry names it (``remote_support.accessible``) -> what one does with it; any other is there to be
read."""
_FIELDS: Final = frozenset({"write", "pick", "radio", "tick", "group", "file"})
_TICKED: Final = frozenset({"radio", "tick"})
_UNSPACED: Final = frozenset({"ja", "zh"})
"""Between two sentences no space is written."""


class HouseWords:
    """``catalogues``: the portal's own. ``phrases``: ``phrasebook.load()``."""

    def __init__(self, catalogues: Catalogues, phrases: Mapping[str, Phrase]) -> None:
        self._catalogues, self._phrases = catalogues, phrases

    def act(
        self, locale: Locale, kind: str, element: Element | None, value: str = "", *, checked: bool | None = None
    ) -> str:
        """Two or three whole sentences. ``element``: in ``locale``. ``value``: of a list one of its options, or its
        label; empty where an answer is to be left empty. ``checked`` False: a box is to be left unticked."""
        translate = self._catalogues.translations(locale).gettext
        label = _short(element.name) if element is not None else ""
        use = _use(element)
        if kind in ("suggest", "fill"):
            first = _ANSWERED[kind, _answer(use, value, checked)] if label else _NAMELESS[kind]
            after = [_DECIDE if kind == "suggest" else _CHECK]
        else:
            first = (_SHOWN if label else _NAMELESS).get(kind) or _NAMELESS["highlight"]
            after = [_NOTHING_SENT if kind == "open" else _NEXT[use]]
            if element is not None and element.error and kind != "open":
                after = [_ERROR, _CORRECT if use in _FIELDS else _NEXT[use]]
        error = _unstopped(element.error) if element is not None else ""
        values = {"label": label, "value": _short(_read(element, value)), "error": _short(error)}
        values |= {"use": translate(_USE_IT), "refuse": translate(_REFUSE)}
        said = [translate(sentence) % values for sentence in (first, *after)]
        return ("" if locale in _UNSPACED else " ").join(said)

    def phrase(self, locale: Locale, phrase: str, element: Element | None, words: dict[str, str]) -> str | None:
        """A sentence of the phrasebook. None where there is none of that name, where a placeholder has nothing to fill
        it (no element, no error, no figure), and where a word is given that it does not ask for."""
        found = self._phrases.get(phrase)
        if found is None or set(words) != set(found.asks):
            return None
        filled: dict[str, str | None] = {name: self._figure(locale, name, words[name]) for name in found.asks}
        if found.of_element:
            filled["element"] = _short(element.name) if element is not None else ""
            filled["error"] = _short(_unstopped(element.error)) if element is not None else ""
        if not all(filled.get(name) for name in found.placeholders):
            return None
        # One pass: what an element's name or error holds in braces is only text.
        return re.sub(r"\{(\w+)\}", lambda at: filled[at[1]] or "", found.text.resolve(locale).text)

    def _figure(self, locale: Locale, name: str, value: str) -> str | None:
        """A figure that the agent entered, as ``locale`` writes it; None when it is none."""
        if name == "time":
            return _time(locale, value)
        if not re.fullmatch(r"[0-9]{1,7}", value) or int(value) == 0:
            return None
        amount = int(value)
        read: Mapping[str, Callable[[], str]] = {
            "minutes": lambda: formats.duration(amount, "minute", locale),
            "days": lambda: formats.working_time(amount, "days", self._catalogues.translations(locale).ngettext),
            "amount": lambda: formats.money(amount, locale),
        }
        return read[name]()


def _time(locale: Locale, value: str) -> str | None:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value)
    if match is None:
        return None
    moment = dt.datetime(2000, 1, 1, int(match[1]), int(match[2]), tzinfo=KOREA)
    return formats.time(moment, locale)


def _use(element: Element | None) -> str:
    return "read" if element is None else _USE.get(element.role, "read")


def _read(element: Element | None, value: str) -> str:
    """How a value reads: an option's label."""
    if element is None or value not in element.options:
        return value
    at = element.options.index(value)
    return element.labels[at] if at < len(element.labels) else value


def _answer(use: str, value: str, checked: bool | None) -> str:
    if use in _TICKED or checked is not None:
        return "untick" if checked is False else "tick"
    if not value:
        return "empty"
    return "pick" if use == "pick" else "write"


def _unstopped(error: str) -> str:
    """An error stands within quotes in a sentence that has a full stop of its own."""
    return error.strip().rstrip(".。")


def _short(text: str) -> str:
    """On one line; what is too long ends in an ellipsis, never inside a letter with its marks."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_NAME:
        return line
    end = LONGEST_NAME - 1
    while end and unicodedata.category(line[end]).startswith("M"):
        end -= 1
    return line[:end].rstrip() + "…"
