"""Appointments for remote support: a day, a time, a few words; one's own, each with a file for the calendar."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.support import Appointment
from madang.i18n.text import Text
from madang.remote_support.ports import StoreUnavailable
from madang.web.appointment_times import DayOfSlots, days_of
from madang.web.clients import Impossible, support
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import Portal, locale_of, portal, signed_in
from madang.web.preferring import times_of
from madang.web.render import render
from madang.web.support.request import keep, support_of
from madang.web.views.support import place

EARLY: Final = dt.timedelta(minutes=10)
"""So long before its time an appointment can begin, and until it is over."""
PERSONAL: Final = {"Cache-Control": "no-store"}
_IDENTIFIER: Final = re.compile(r"[a-z2-7]{26}")


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """``service``: its title, when the catalogue still has it. ``ahead``: it can be changed; ``open``: it is time."""

    appointment: Private[Appointment]
    service: Private[Text | None]
    ahead: Private[bool]
    open: Private[bool]


@dataclass(frozen=True, slots=True)
class AppointmentsPage(Page):
    template: ClassVar[str] = "appointments/index.html"
    bundle: ClassVar[str] = "record"
    items: Private[tuple[AppointmentView, ...]]


@dataclass(frozen=True, slots=True)
class AppointmentPage(Page):
    template: ClassVar[str] = "appointments/show.html"
    bundle: ClassVar[str] = "record"
    item: Public[AppointmentView]
    done: Private[str]
    """What has just been done: "", "booked", "changed" or "late" (it was too late)."""
    can_start: Public[bool]
    """Remote support is offered here, and not only by telephone."""


@dataclass(frozen=True, slots=True)
class AppointmentDaysPage(Page):
    template: ClassVar[str] = "appointments/days.html"
    bundle: ClassVar[str] = "record"
    days: Public[tuple[DayOfSlots, ...]]
    service: Private[str]
    moving: Private[str]
    """Id of the appointment that is to be moved; empty for a new one."""


@dataclass(frozen=True, slots=True)
class CancelAppointmentPage(Page):
    template: ClassVar[str] = "appointments/cancel.html"
    bundle: ClassVar[str] = "task"
    item: Public[AppointmentView]


def viewed(p: Portal, appointment: Appointment) -> AppointmentView:
    """An appointment as pages show it."""
    now, start = p.now(), appointment.start
    service = p.shelf.service(appointment.service) if appointment.service else None
    return AppointmentView(
        appointment=appointment,
        service=service.title if service else None,
        ahead=start > now,
        open=start - EARLY <= now < start + dt.timedelta(minutes=appointment.minutes),
    )


async def ahead(request: Request) -> tuple[AppointmentView, ...]:
    """What this person has booked and is not over. Raises BackendError."""
    p, session = portal(request), await signed_in(request)
    found = (viewed(p, item) for item in (await support.appointments(p.backend, session)).items)
    return tuple(item for item in found if item.ahead or item.open)


async def listed(request: Request) -> Response:
    """GET /{lang}/help/support/appointments"""
    return await drawn(request, AppointmentsPage(items=await ahead(request)))


async def days(request: Request) -> Response:
    """GET /{lang}/help/support/appointments/days?service=&move=: the days that have a free time."""
    p = portal(request)
    wanted, moving = request.query_params.get("service", ""), request.query_params.get("move", "")
    page = AppointmentDaysPage(
        days=days_of((await support.slots(p.backend)).items),
        service=wanted if p.shelf.service(wanted) else "",
        moving=(await found(request, moving)).id if moving else "",
    )
    return await drawn(request, page)


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/appointments/{appointment}"""
    p, appointment = portal(request), await found(request, request.path_params["appointment"])
    done = request.query_params.get("done", "")
    page = AppointmentPage(
        item=viewed(p, appointment),
        done=done if done in ("booked", "changed", "late") else "",
        can_start=p.support is not None,
    )
    return await drawn(request, page)


async def ask_cancel(request: Request) -> Response:
    """GET /{lang}/help/support/appointments/{appointment}/cancel"""
    item = viewed(portal(request), await found(request, request.path_params["appointment"]))
    if not item.ahead:
        return _to(request, item.appointment.id, "late")
    return await drawn(request, CancelAppointmentPage(item=item))


async def cancel(request: Request) -> Response:
    """POST of the same address. One that is cancelled already is cancelled; what can be none is not found."""
    p, session = portal(request), await signed_in(request)
    identifier = request.path_params["appointment"]
    if not _IDENTIFIER.fullmatch(identifier):
        raise HTTPException(404)
    try:
        await support.cancel(p.backend, session, identifier)
    except Impossible:
        return _to(request, identifier, "late")
    return RedirectResponse(link(locale_of(request), "appointments"), 303)


async def calendar(request: Request) -> Response:
    """GET /{lang}/help/support/appointments/{appointment}/calendar.ics"""
    from madang.web.appointment_calendar import write  # the library takes a tenth of a second to import

    p, appointment = portal(request), await found(request, request.path_params["appointment"])
    headers = {**PERSONAL, "Content-Disposition": 'attachment; filename="madang-appointment.ics"'}
    content = write(viewed(p, appointment), locale_of(request), p)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


async def start(request: Request) -> Response:
    """POST /{lang}/help/support/appointments/{appointment}/start: it is time; the agents see who waits."""
    p, locale = portal(request), locale_of(request)
    item = viewed(p, await found(request, request.path_params["appointment"]))
    running = await support_of(request).get()
    if running is not None and not running.over:
        return RedirectResponse(place(running, locale), 303, headers=PERSONAL)
    if not item.open or p.support is None:
        return _to(request, item.appointment.id, "late" if not item.ahead else "")
    here = link(locale, "appointment", appointment=item.appointment.id)
    need = item.appointment.service if item.service else "appointments"
    try:
        more = times_of(request)
        asked, token = await p.support.ask(locale, way="appointment", need=need, back=here, times=more)
    except StoreUnavailable:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    response = RedirectResponse(place(asked, locale), 303, headers=PERSONAL)
    keep(response, token)
    return response


async def found(request: Request, identifier: str) -> Appointment:
    """This person's appointment. Raises NotFound."""
    return await support.appointment(portal(request).backend, await signed_in(request), identifier)


async def drawn(request: Request, page: Page, status: int = 200) -> Response:
    """A page about one person's appointments, which nobody keeps."""
    response = await render(request, page, status=status)
    response.headers.update(PERSONAL)
    return response


def _to(request: Request, identifier: str, done: str) -> Response:
    query = {"done": done} if done else None
    return RedirectResponse(link(locale_of(request), "appointment", query, appointment=identifier), 303)
