"""One day's free times: an appointment is booked there, or moved to one of them."""

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import HelpLine
from madang.contract.messages.support import Appointment, AppointmentWish, NewAppointment
from madang.i18n.korea import day_in_korea
from madang.web.appointment_times import Wish, day, days_of, wished
from madang.web.clients import Impossible, Invalid, Unavailable, support
from madang.web.display import new_key
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.state.sessions import Session
from madang.web.views.appointments import drawn, found

A_DAY: Final = 3
"""As many a day and person as the contract allows."""


@dataclass(frozen=True, slots=True)
class AppointmentTimesPage(Page):
    template: ClassVar[str] = "appointments/times.html"
    bundle: ClassVar[str] = "task"
    day: Public[dt.date]
    times: Public[tuple[dt.datetime, ...]]
    chosen: Private[dt.datetime | None]
    topic: Private[str]
    phone: Private[str]
    service: Private[str]
    moving: Private[str]
    key: Private[str]
    """Of the form: sent twice, it books once."""
    error: Public[str]
    """"", "time", "phone", "topic", "taken", "yours", "three" or "unavailable"."""
    help_lines: Public[tuple[HelpLine, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/appointments/times?day=&service=&move="""
    query = request.query_params
    on, moving = day(query.get("day", "")), query.get("move", "")
    if on is None:
        return _days(request, query.get("service", ""), moving)
    if moving:
        known = await found(request, moving)
        wish = Wish(known.start, known.topic, known.phone, known.phone, known.service)
    else:
        wish = Wish(None, "", "", "", query.get("service", ""))
    return await _page(request, on, wish, moving, new_key())


async def book(request: Request) -> Response:
    """POST of the same address."""
    form = await request.form(max_files=0, max_fields=10)
    posted = {name: value for name, value in form.items() if isinstance(value, str)}
    wish, key, moving = wished(posted), posted.get("key", "")[:60] or new_key(), posted.get("move", "")
    on = day(posted.get("day", "")) or (day_in_korea(wish.start) if wish.start else None)
    if on is None:
        return _days(request, wish.service, moving)
    if wish.error or wish.start is None or wish.number is None:
        return await _page(request, on, wish, moving, key, wish.error, 422)
    p, session = portal(request), await signed_in(request)
    try:
        if moving:
            made = await support.change(p.backend, session, moving, _message(request, wish, wish.start, wish.number))
        else:
            made = await support.book(p.backend, session, _new(request, wish, session, key))
    except Impossible:
        if moving and (await found(request, moving)).start <= p.now():
            query = {"done": "late"}
            return RedirectResponse(link(locale_of(request), "appointment", query, appointment=moving), 303)
        return await _page(request, on, wish, moving, key, await _why(request, session, wish.start, moving), 409)
    except Invalid:  # too late for it by now, or no time of ours
        return await _page(request, on, wish, moving, key, "taken", 409)
    except Unavailable:
        return await _page(request, on, wish, moving, key, "unavailable", 503)
    query = {"done": "changed" if moving else "booked"}
    return RedirectResponse(link(locale_of(request), "appointment", query, appointment=made.id), 303)


def _message(request: Request, wish: Wish, start: dt.datetime, number: str) -> AppointmentWish:
    known = portal(request).shelf.service(wish.service) if wish.service else None
    return AppointmentWish(start, locale_of(request), known.identifier if known else "", wish.topic, number)


def _new(request: Request, wish: Wish, session: Session, key: str) -> NewAppointment:
    """The id follows from person and form, so that a form sent twice books once."""
    if wish.start is None or wish.number is None:
        raise ValueError("an unfinished wish is not booked")
    message = _message(request, wish, wish.start, wish.number)
    digest = hashlib.sha256(f"appointment\0{session.subject}\0{key}".encode()).digest()
    return NewAppointment(
        message.start,
        message.locale,
        message.service,
        message.topic,
        message.phone,
        id=base64.b32encode(digest)[:26].decode().lower(),
    )


async def _why(request: Request, session: Session, start: dt.datetime, moving: str) -> str:
    """Why a time cannot be had: one has another at that time, or three on that day, or others were faster."""
    items = (await support.appointments(portal(request).backend, session)).items
    others: list[Appointment] = [item for item in items if item.id != moving]
    if any(item.start == start for item in others):
        return "yours"
    same_day = [item for item in others if day_in_korea(item.start) == day_in_korea(start)]
    return "three" if len(same_day) >= A_DAY else "taken"


def _days(request: Request, service: str, moving: str) -> Response:
    query = {name: value for name, value in (("service", service), ("move", moving)) if value}
    return RedirectResponse(link(locale_of(request), "appointment_days", query), 303)


async def _page(
    request: Request, on: dt.date, wish: Wish, moving: str, key: str, error: str = "", status: int = 200
) -> Response:
    p = portal(request)
    try:
        free = days_of((await support.slots(p.backend)).items)
    except Unavailable:
        if error != "unavailable":
            raise
        free = ()
    times = next((each.times for each in free if each.day == on), ())
    if wish.start is not None and wish.start not in times and (moving or not free):
        times = tuple(sorted({*times, wish.start}))  # one's own time, or the one that was chosen, stays to be seen
    page = AppointmentTimesPage(
        day=on,
        times=times,
        chosen=wish.start,
        topic=wish.topic,
        phone=wish.phone,
        service=wish.service,
        moving=moving,
        key=key,
        error=error,
        help_lines=p.shelf.help_lines,
    )
    return await drawn(request, page, status)
