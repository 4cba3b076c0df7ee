"""Information for life in words: the sentences of cards, how near a day is, and how cards are grouped on the page."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from markupsafe import Markup

from madang.contract.messages.catalogue import LifeKind
from madang.contract.messages.identity import PersonName
from madang.contract.messages.life import LifeItem, LifeState
from madang.i18n import formats, names
from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.messages import N_, Gettext, NGettext
from madang.i18n.text import Text
from madang.web.page import PLACEHOLDER
from madang.web.views.my_information import LifeCard, MyInformationPage

CardState = Literal["hidden", "down", "nothing", "open", "due", "soon", "overdue"]
"""``hidden``: of a masked page."""
OVERDUE: Final = N_("Overdue")
TODAY: Final = N_("Today")
TOMORROW: Final = N_("Tomorrow")
POSSIBLE: Final = N_("You can do this now")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_UNKNOWN: Final = "–"


@dataclass(frozen=True, slots=True)
class LifeTag:
    """``kind`` is that of components/status_tag."""

    text: str
    kind: Literal["bad", "wait", "good"]


@dataclass(frozen=True, slots=True)
class LifeLine:
    """A thing of a card, as said; ``tag`` is None when nothing presses."""

    text: Markup
    tag: LifeTag | None


@dataclass(frozen=True, slots=True)
class LifeGroup:
    """Cards under one heading: of a category, or, with ``category`` None, what presses."""

    category: Text | None
    id: str
    cards: Sequence[LifeCard]


@dataclass(frozen=True, slots=True)
class Board:
    """A page's cards by what is to be done about them."""

    now: Sequence[LifeCard]
    down: Sequence[LifeCard]
    groups: Sequence[LifeGroup]
    nothing: Sequence[LifeCard]
    dated: bool
    """There is a day to put into a calendar."""


def card_state(card: LifeCard) -> CardState:
    if card.answer is None:
        return "down" if card.down else "hidden"
    return card.answer.state if card.answer.items else "nothing"


def board(cards: Sequence[LifeCard]) -> Board:
    """What presses comes first, the nearest day first; what does not concern the person last; the rest by category,
    in the catalogue's order."""
    by: dict[CardState, list[LifeCard]] = {}
    for card in cards:
        by.setdefault(card_state(card), []).append(card)
    groups: dict[str, list[LifeCard]] = {}
    for card in cards:
        if card_state(card) in ("hidden", "open", "due"):
            groups.setdefault(card.category.id, []).append(card)
    return Board(
        now=[*sorted(by.get("overdue", ()), key=_first_day), *sorted(by.get("soon", ()), key=_first_day)],
        down=by.get("down", ()),
        groups=[LifeGroup(found[0].category.title, name, found) for name, found in groups.items()],
        nothing=by.get("nothing", ()),
        dated=any(dated(card) for card in cards),
    )


def _first_day(card: LifeCard) -> dt.date:
    return min((item.day for item in (card.answer.items if card.answer else ()) if item.day), default=dt.date.max)


class LifeWords:
    """Globals of one locale's environment; ``life_words`` is this object itself, for the calendar."""

    def __init__(self, locale: Locale, gettext: Gettext, ngettext: NGettext, t: Callable[[Text], Markup]) -> None:
        self._locale = locale
        self.gettext = gettext
        self.ngettext = ngettext
        self._t = t

    def globals(self) -> Mapping[str, Any]:
        return {
            "life_words": self,
            "life_board": self.board,
            "life_state": card_state,
            "life_lines": self.lines,
            "life_dated": dated,
        }

    def board(self, page: MyInformationPage) -> Board:
        return board(page.cards)

    def lines(self, card: LifeCard) -> Sequence[LifeLine]:
        """What the card says, a line a thing; the sentence for nothing when there is none."""
        if card.answer is None:
            return [LifeLine(Markup.escape(PLACEHOLDER), None)]
        if not card.answer.items:
            return [LifeLine(self._t(card.kind.sentences.nothing), None)]
        return [LifeLine(self.sentence(card, item), self.tag(card, item)) for item in card.answer.items]

    def sentence(self, card: LifeCard, item: LifeItem) -> Markup:
        """The sentence of the item's state, its placeholders filled as the language writes days, money and names.

        Not by ``str.format``: a catalogue's text must not reach into our objects."""
        kind = card.kind
        values: dict[str, Markup | str | None] = {
            "date": self._day(item.day, card.today),
            "starts": self._day(item.starts, card.today),
            "amount": formats.money(item.amount, self._locale) if item.amount is not None else None,
            "count": formats.number(item.count, self._locale) if item.count is not None else None,
            "what": self._t(kind.codes[item.what]) if item.what in kind.codes else None,
            "who": self._name(item.who) if item.who else None,
        }
        template = str(self._t(template_of(kind, item.state)))  # escaped, and marked where it fell back to Korean
        filled = _PLACEHOLDER.sub(lambda found: Markup.escape(values.get(found[1]) or _UNKNOWN), template)
        return Markup(filled)  # noqa: S704 -- template and values are escaped above

    def tag(self, card: LifeCard, item: LifeItem) -> LifeTag | None:
        if item.state == "overdue":
            return LifeTag(self.gettext(OVERDUE), "bad")
        if item.state == "open":
            return LifeTag(self.gettext(POSSIBLE), "good")
        if item.state != "soon" or item.day is None:
            return None
        days = (item.day - card.today).days
        if days <= 0:
            return LifeTag(self.gettext(TODAY), "wait")
        if days == 1:
            return LifeTag(self.gettext(TOMORROW), "wait")
        return LifeTag(self.ngettext("In %(num)s day", "In %(num)s days", days) % {"num": days}, "wait")

    def _day(self, day: dt.date | None, today: dt.date) -> str | None:
        if day is None:
            return None
        return formats.date(day, self._locale, "weekday" if abs(day - today) < NEAR else "long")

    def _name(self, name: PersonName) -> Markup:
        lang = name.lang or names.script_lang(name.full, self._locale) or HTML_LANG[self._locale]
        here = HTML_LANG[self._locale]
        attribute = Markup(' lang="{}"').format(lang) if lang != here else ""
        return Markup('<span translate="no"{}>{}</span>').format(attribute, name.full)


NEAR: Final = dt.timedelta(days=15)
"""A day that is so near is named with its day of the week."""


def template_of(kind: LifeKind, state: LifeState) -> Text:
    """The sentence for a state; that of ``due`` where the state has none of its own."""
    sentences = kind.sentences
    if state == "nothing":
        return sentences.nothing
    return getattr(sentences, state) or sentences.due


def dated(card: LifeCard) -> bool:
    return card.answer is not None and any(item.day for item in card.answer.items)
