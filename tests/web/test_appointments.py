"""Appointments for remote support, as a citizen books, moves and cancels them without JavaScript."""

import datetime as dt
import re
import sqlite3
from typing import Any

import pytest
from icalendar import Calendar
from portal_kit import Visitor

from madang.i18n.korea import KOREA
from madang.i18n.locales import LOCALES
from tests.web.test_versions import app_portal

pytestmark = pytest.mark.anyio
BASE = "/help/support/appointments"
SECOND = 1
"""Of the days with free times: never today."""


def hrefs(page: Any, part: str) -> list[str]:
    return [href.replace("&amp;", "&") for href in re.findall(rf'href="([^"]*{part}[^"]*)"', page.text)]


async def times(visitor: Visitor, locale: str = "en", day: int = -1) -> dict[str, str]:
    """The form of one day with free times: its hidden fields, and the first free time as chosen. The first day may be
    today, whose first time may be gone a moment later."""
    page = await visitor.get(f"/{locale}{BASE}/days")
    page = await visitor.get(hrefs(page, "appointments/times")[day])
    assert page.status_code == 200
    _, fields = next(form for form in visitor.forms() if form[0].endswith("/times"))
    starts = re.findall(r'name="start" value="([^"]+)"', page.text)
    return {**fields, "start": starts[0]}


async def test_booked_moved_and_cancelled(visitor: Visitor) -> None:
    await visitor.sign_in("nguyen-van-an", f"/vi{BASE}")
    assert visitor.page is not None
    fields = await times(visitor, "vi")
    booked = await visitor.post(f"/vi{BASE}/times", {**fields, "phone": "010-0000-1004", "topic": "Câu hỏi <b>2</b>"})
    assert booked.status_code == 200
    assert "done=booked" in str(booked.url)
    start = dt.datetime.fromisoformat(fields["start"])
    assert f"{start.astimezone(KOREA):%H:%M}" in booked.text
    assert "Câu hỏi &lt;b&gt;2&lt;/b&gt;" in booked.text
    home = await visitor.get("/vi/")
    assert hrefs(home, BASE + "/[a-z2-7]{26}"), "the home page reminds"
    path = booked.url.path
    listed = await visitor.get(f"/vi{BASE}")
    assert hrefs(listed, path) == [path]
    moving = await visitor.get(hrefs(await visitor.get(path), "days\\?move=")[0])
    await visitor.get(hrefs(moving, "appointments/times")[SECOND])
    _, fields = next(form for form in visitor.forms() if form[0].endswith("/times"))
    assert visitor.page is not None
    assert "Câu hỏi &lt;b&gt;2" in visitor.page.text, "what was written is kept"
    other = re.findall(r'name="start" value="([^"]+)"', visitor.page.text)[-1]
    moved = await visitor.post(f"/vi{BASE}/times", {**fields, "start": other, "topic": "x", "phone": ""})
    assert "done=changed" in str(moved.url)
    assert moved.url.path == path
    asked = await visitor.get(path + "/cancel")
    assert asked.status_code == 200
    gone = await visitor.post(path + "/cancel")
    assert gone.url.path == f"/vi{BASE}"
    assert (await visitor.get(path)).status_code == 404
    assert (await visitor.post(path + "/cancel")).status_code == 200, "cancelled twice is cancelled"
    assert not hrefs(await visitor.get("/vi/"), BASE + "/[a-z2-7]{26}")


async def test_sent_twice_is_booked_once(visitor: Visitor) -> None:
    await visitor.sign_in("takasaki-rin", f"/ja{BASE}")
    fields = await times(visitor, "ja")
    first = await visitor.post(f"/ja{BASE}/times", fields)
    second = await visitor.post(f"/ja{BASE}/times", fields)
    assert first.url.path == second.url.path
    await visitor.post(first.url.path + "/cancel")


@pytest.mark.parametrize(
    ("change", "control"), [({"start": ""}, "time-1"), ({"phone": "12"}, "phone"), ({"topic": "x" * 301}, "topic")]
)
async def test_what_is_wrong_is_said_and_kept(visitor: Visitor, change: dict[str, str], control: str) -> None:
    await visitor.sign_in("han-garam", f"/en{BASE}")
    fields = await times(visitor)
    page = await visitor.post(f"/en{BASE}/times", {**fields, "topic": "kept words", **change})
    assert page.status_code == 422
    assert f'href="#{control}"' in page.text
    assert "<title>Error: " in page.text
    if control != "topic":
        assert "kept words" in page.text


async def test_a_fourth_on_one_day_and_the_same_time_are_refused_with_the_reason(visitor: Visitor) -> None:
    await visitor.sign_in("suryaningsih", f"/en{BASE}")
    fields = await times(visitor)
    assert visitor.page is not None
    starts = re.findall(r'name="start" value="([^"]+)"', visitor.page.text)
    made = []
    for index, start in enumerate(starts[:3]):
        done = await visitor.post(f"/en{BASE}/times", {**fields, "start": start, "key": f"{fields['key']}{index}"})
        assert "done=booked" in str(done.url)
        made.append(done.url.path)
    page = await visitor.post(f"/en{BASE}/times", {**fields, "start": starts[0], "key": "another"})
    assert (page.status_code, "already have an appointment at this time" in page.text) == (409, True)
    page = await visitor.post(f"/en{BASE}/times", {**fields, "start": starts[5], "key": "another"})
    assert (page.status_code, "three appointments on this day" in page.text) == (409, True)
    for path in made:
        await visitor.post(path + "/cancel")


async def test_the_calendar_file(visitor: Visitor) -> None:
    await visitor.sign_in("siriphanwadi", f"/th{BASE}")
    booked = await visitor.post(f"/th{BASE}/times", await times(visitor, "th"))
    file = await visitor.get(booked.url.path + "/calendar.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert file.headers["cache-control"] == "no-store"
    calendar = Calendar.from_ical(file.content)
    event = calendar.walk("VEVENT")[0]
    assert (event["DTEND"].dt - event["DTSTART"].dt) == dt.timedelta(minutes=30)
    assert event["SUMMARY"].params["LANGUAGE"] == "th"
    assert len(calendar.walk("VALARM")) == 2
    assert "siriphan" not in file.text.lower()
    await visitor.post(booked.url.path + "/cancel")


async def test_somebody_elses_is_not_there(visitor: Visitor, app: Any) -> None:
    await visitor.sign_in("chen-xiaoyu", f"/zh{BASE}")
    booked = await visitor.post(f"/zh{BASE}/times", await times(visitor, "zh"))
    other = Visitor(app)
    await other.sign_in("oh-sunrye", "/ko/")
    for method, path in (("get", ""), ("get", "/cancel"), ("post", "/start"), ("get", "/calendar.ics")):
        assert (await getattr(other, method)(booked.url.path + path)).status_code == 404
    await other.post(booked.url.path + "/cancel")
    assert (await visitor.get(booked.url.path)).status_code == 200, "it was not cancelled by a stranger"
    assert (await other.get(f"/ko{BASE}/days?move={booked.url.path.rpartition('/')[2]}")).status_code == 404
    await visitor.post(booked.url.path + "/cancel")


async def test_signed_out_it_asks_to_sign_in(visitor: Visitor) -> None:
    page = await visitor.get(f"/ko{BASE}")
    assert "/demo-sign-in" in page.url.path or "/sign-in" in page.url.path


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_page_in_every_language(visitor: Visitor, locale: str) -> None:
    await visitor.sign_in("do-ran", f"/{locale}{BASE}")
    fields = await times(visitor, locale, SECOND)
    booked = await visitor.post(f"/{locale}{BASE}/times", fields)
    path = booked.url.path
    for page in (f"/{locale}{BASE}", path, path + "/cancel", f"/{locale}{BASE}/days?move={path.rpartition('/')[2]}"):
        assert (await visitor.get(page)).status_code == 200
    await visitor.post(path + "/cancel")


async def test_at_its_time_it_begins(visitor: Visitor, app: Any) -> None:
    """The agents see who waits, and the citizen waits without a code."""
    portal = app_portal(app)
    if portal.support is None:
        pytest.skip("remote support is off")
    await visitor.sign_in("jung-haneul", f"/en{BASE}")
    booked = await visitor.post(f"/en{BASE}/times", await times(visitor, "en", SECOND))
    identifier = booked.url.path.rpartition("/")[2]
    early = await visitor.post(booked.url.path + "/start")
    assert early.url.path == booked.url.path, "it is not time yet"
    assert [session for session in await portal.support.queue() if session.way == "appointment"] == []
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None) + dt.timedelta(minutes=5)
    day = now.replace(tzinfo=dt.UTC).astimezone(KOREA).date().isoformat()
    with sqlite3.connect(portal.settings.data / "madang.sqlite") as database:
        values = (now.isoformat(" "), day, identifier)
        database.execute("UPDATE appointments SET start = ?, day = ? WHERE id = ?", values)
    assert "/start" in (await visitor.get(booked.url.path)).text
    waiting = await visitor.post(booked.url.path + "/start")
    assert waiting.url.path == "/en/help/support/waiting"
    queue = [session for session in await portal.support.queue() if session.way == "appointment"]
    assert [session.need for session in queue] == ["appointments"]
    again = await visitor.post(booked.url.path + "/start")
    assert again.url.path == "/en/help/support/waiting"
    assert len(await portal.support.queue()) == 1, "begun twice is begun once"
