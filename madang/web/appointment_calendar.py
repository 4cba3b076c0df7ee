"""An appointment as iCalendar (RFC 5545), with an alarm the day before and half an hour before."""

import datetime as dt
from typing import Final
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vText

from madang.i18n.locales import HTML_LANG, Locale
from madang.web.links import link
from madang.web.portal import Portal
from madang.web.views.appointments import AppointmentView

ALARMS: Final = (dt.timedelta(days=-1), dt.timedelta(minutes=-30))
PRODUCT: Final = "-//Madang//Appointments//EN"


def write(item: AppointmentView, locale: Locale, portal: Portal) -> bytes:
    """The calendar of one appointment. Its name stays the same when it moves, so that programs move their entry."""
    gettext = portal.environments[locale].translations.gettext
    base, appointment = portal.settings.base_url, item.appointment
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(name, value)
    title = gettext("Appointment for remote support")
    about = item.service.resolve(locale).text if item.service else ""
    how = gettext("Sign in a few minutes before, open your appointment and press “Begin”.")
    event = Event()
    event.add("uid", f"appointment-{appointment.id}@{urlsplit(base).hostname}")
    event.add("dtstamp", portal.now())
    event.add("last-modified", appointment.changed)
    event.add("sequence", int((appointment.changed - appointment.created).total_seconds()))
    event.add("dtstart", appointment.start.astimezone(dt.UTC))
    event.add("dtend", (appointment.start + dt.timedelta(minutes=appointment.minutes)).astimezone(dt.UTC))
    event.add("summary", _said(title, locale))
    event.add("description", _said("\n".join(filter(None, (about, how))), locale))
    event.add("url", base + link(locale, "appointment", appointment=appointment.id))
    event.add("class", "PRIVATE")
    for before in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", before)
        alarm.add("description", _said(title, locale))
        event.add_component(alarm)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _said(text: str, locale: Locale) -> vText:
    said = vText(text)
    said.params["LANGUAGE"] = HTML_LANG[locale]
    return said
