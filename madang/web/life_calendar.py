"""Information for life as iCalendar (RFC 5545): whole days, so that no time zone can move them, each with an alarm."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Final, cast
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vText

from madang.contract.messages.life import LifeItem
from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.text import Text
from madang.web.life_words import LifeWords
from madang.web.links import link
from madang.web.portal import Portal
from madang.web.views.my_information import LifeCard

ALARMS: Final = (dt.timedelta(days=-7, hours=9), dt.timedelta(days=-1, hours=9))
"""At nine in the morning a week before and the day before; alarms count from the midnight that begins the day."""
WEEKLY_ALARMS: Final = (dt.timedelta(hours=-6),)
"""The evening before."""
PRODUCT: Final = "-//Madang//Information for life//EN"


def write(cards: Sequence[LifeCard], locale: Locale, subject: str, portal: Portal) -> bytes:
    """The calendar of all days in ``cards``. Kinds whose agency did not answer are named in its description."""
    words = cast(LifeWords, portal.environments[locale].globals["life_words"])
    gettext = words.gettext
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = gettext("Madang: my everyday life information")
    for key in ("name", "x-wr-calname"):  # RFC 7986, and what programs read before it
        calendar.add(key, _said(name, locale))
    if absent := [_title(card.kind.title, locale) for card in cards if card.down]:
        missing = gettext("Not in this calendar, because the agency did not answer: %(names)s") % {
            "names": ", ".join(absent)
        }
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, _said(missing, locale))
    for card in cards:
        for item in card.answer.items if card.answer else ():
            if item.day is not None:
                calendar.add_component(_event(card, item, item.day, locale, words, subject, portal))
    content: bytes = calendar.to_ical()
    return content


def _event(
    card: LifeCard, item: LifeItem, day: dt.date, locale: Locale, words: LifeWords, subject: str, portal: Portal
) -> Event:
    base = portal.settings.base_url
    title = _title(card.kind.title, locale)
    address = base + link(locale, "life_card", kind=card.kind.id)
    said = words.sentence(card, item).striptags()
    agency = _title(card.authority.name, locale)
    contact = f"{agency} ({card.authority.phone})" if card.authority.phone else agency
    event = Event()
    event.add("uid", f"{_name(subject, card.kind.id, item.key)}@{urlsplit(base).hostname}")
    event.add("dtstamp", portal.now())
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    what = card.kind.codes.get(item.what)
    event.add("summary", _said(f"{title}: {_title(what, locale)}" if what else title, locale))
    event.add("description", _said(f"{said}\n{contact}", locale))
    event.add("url", address)
    event.add("categories", [_title(card.category.title, locale)])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if item.weekly:
        event.add("rrule", {"freq": "weekly"})
    for before in WEEKLY_ALARMS if item.weekly else ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", before)
        alarm.add("description", _said(title, locale))
        event.add_component(alarm)
    return event


def _name(subject: str, kind: str, key: str) -> str:
    """The same for the same thing, whenever and in whichever language it is fetched: programs then replace the entry
    that they have. It says nothing to who reads it."""
    return hashlib.sha256("\0".join(("madang life", subject, kind, key)).encode()).hexdigest()[:32]


def _title(text: Text, locale: Locale) -> str:
    return text.resolve(locale).text


def _said(text: str, locale: Locale) -> vText:
    said = vText(text)
    said.params["LANGUAGE"] = HTML_LANG[locale]
    return said
