"""Remote support: the citizen's pages with the banner, the desk, the telephone, the guardian, appointments."""

import re

import anyio
from accessibility.album import Album
from portal_kit import Visitor
from support_kit import AGENT, GUIDE, code_on

from madang.contract.demonstration import FILE, shown
from madang.remote_support import messages as m
from tests.web.desk.desk_kit import AGENT as DESK_AGENT
from tests.web.desk.desk_kit import SUPERVISOR
from tests.web.desk.test_phone import SUNRYE, answer_of


async def helped(album: Album) -> None:
    """A citizen from asking to the receipt."""
    house, locale = album.house, album.locale
    support = f"/{locale}/help/support"
    visitor = album.visitor()
    waiting = await visitor.post(support, {"way": "code", "from": f"/{locale}/{GUIDE}"})
    album.take("support, code", waiting)
    live = await house.relay.enter_code(AGENT, code_on(waiting.text))
    agree = await visitor.get(f"{support}/waiting")
    album.take("support, agree", agree)
    album.take("support, agree, error", await visitor.post(f"{support}/agree", {"answer": "yes"}))
    beside = await visitor.post(f"{support}/agree", {"answer": "yes", "level": "assist"})
    album.take("live session, guide", beside)
    await house.relay.up(live.id, "agent", m.Chat("안녕하세요"), AGENT)
    await album.go(visitor, "live session, told", f"/{GUIDE}")
    await album.go(visitor, "live session, home", "/")
    await album.go(visitor, "live session, talk", "/help/support/talk")
    await house.relay.up(live.id, "agent", m.Suggest("search", "여권"), AGENT)
    await album.go(visitor, "live session, suggestion", "/services")
    album.take("live session, said", await visitor.post(f"{support}/say", {"text": "네", "back": f"/{locale}/"}))
    await album.go(visitor, "live session, level", "/help/support/agree")
    await album.go(visitor, "live session, invite", "/help/support/invite")
    invited = await visitor.post(f"{support}/invite", {"do": "invite"})
    album.take("live session, invited", invited)
    guardian = album.visitor()
    own = f"/{locale}/help/support/guardian"
    await album.go(guardian, "guardian", "/help/support/guardian")
    album.take("guardian, wrong code", await guardian.post(own, {"do": "code", "code": "1"}))
    album.take("guardian, asked", await guardian.post(own, {"do": "code", "code": code_on(invited.text)}))
    album.take("guardian, waits", await guardian.post(own, {"do": "yes"}))
    await album.go(visitor, "live session, guardian asks", "/help/support/invite")
    await visitor.post(f"{support}/invite", {"do": "yes", "back": f"/{locale}/{GUIDE}"})
    await album.go(guardian, "guardian, beside", "/help/support/guardian")
    await anyio.sleep(1.1)  # a receipt says how long it took from one second on
    album.take("receipt", await visitor.post(f"{support}/stop", {"back": f"/{locale}/"}))


async def asking(album: Album) -> None:
    locale = album.locale
    visitor = album.visitor()
    page = await visitor.post(f"/{locale}/help/support", {"way": "text", "from": f"/{locale}/"})
    album.take("support, waiting", page)
    await visitor.post(f"/{locale}/help/support/stop", {"back": f"/{locale}/"})


async def desk(album: Album) -> None:
    """An agent's desk, from the code to the outcome."""
    locale = album.locale
    agent = album.visitor()
    await agent.sign_in(DESK_AGENT, f"/{locale}/desk")
    await album.go(agent, "desk", "/desk")
    album.take("desk, wrong code", await agent.post(f"/{locale}/desk/code", {"code": "12"}))
    citizen = album.visitor()
    waiting = await citizen.post(f"/{locale}/help/support", {"way": "code", "from": f"/{locale}/{GUIDE}"})
    page = await agent.post(f"/{locale}/desk/code", {"code": code_on(waiting.text)})
    album.take("desk, session before consent", page)
    here = page.url.path
    await citizen.post(f"/{locale}/help/support/agree", {"answer": "yes", "level": "assist"})
    await album.settled(agent, "desk, session", here)
    album.take("desk, frame", await agent.http.get(f"{here}/frame"))
    await citizen.post(f"/{locale}/help/support/say", {"text": "안녕하세요", "back": f"/{locale}/"})
    await album.settled(agent, "desk, session told", here)
    await citizen.post(f"/{locale}/help/support/stop", {"back": f"/{locale}/"})
    await album.settled(agent, "desk, session ended", here)


async def supervision(album: Album) -> None:
    locale = album.locale
    visitor = album.visitor()
    await visitor.sign_in(SUPERVISOR, f"/{locale}/desk")
    trails = await album.go(visitor, "desk, trails", "/desk/trails")
    await album.go(visitor, "desk, statistics", "/desk/statistics")
    found = re.search(r'/desk/trails/([^"/?]+)', trails.text)
    if found:
        await album.go(visitor, "desk, trail", f"/desk/trails/{found[1]}")


async def telephone(album: Album) -> None:
    """An errand by telephone, as the agent does it."""
    locale = album.locale
    agent = album.visitor()
    await agent.sign_in(DESK_AGENT, f"/{locale}/desk")
    await album.go(agent, "phone", "/desk/phone")
    album.take("phone, error", await agent.post(f"/{locale}/desk/phone", {"phone": "nothing"}))
    page = await agent.post(f"/{locale}/desk/phone", SUNRYE)
    address = page.url.path
    album.take("phone, service", page)
    album.take("phone, service, error", await agent.post(address, {}))
    page = await agent.post(address, {"service": "resident-register"})
    for number in range(10):
        if page.url.path.endswith("/check"):
            break
        album.take(f"phone, question {number + 1}", page)
        if number == 0:
            album.take("phone, question, error", await agent.post(page.url.path, {}))
        page = await agent.post(page.url.path, answer_of(page.text))
    album.take("phone, check", page)
    album.take("phone, code", await agent.post(f"{address}/check"))
    album.take("phone, code, error", await agent.post(f"{address}/code", {"code": "12"}))
    await album.go(agent, "demonstration telephone, called", "/demo-phone")
    sent = [each.text for each in shown(album.portal.settings.data / FILE, 1000) if each.to == "+821000001003"]
    code = re.search(r"\d{6}", sent[0])
    assert code
    album.take("phone, done", await agent.post(f"{address}/code", {"code": code[0]}))


async def appointments(album: Album) -> None:
    locale, base = album.locale, "/help/support/appointments"
    visitor: Visitor = album.visitor()
    await visitor.sign_in("nguyen-van-an", f"/{locale}{base}")
    await album.go(visitor, "appointments, none", base)
    days = await album.go(visitor, "appointment, days", f"{base}/days")
    hrefs = [each.replace("&amp;", "&") for each in re.findall(r'href="([^"]*appointments/times[^"]*)"', days.text)]
    times = await visitor.get(hrefs[-1])
    album.take("appointment, times", times)
    _, fields = next(form for form in visitor.forms() if form[0].endswith("/times"))
    album.take("appointment, error", await visitor.post(f"/{locale}{base}/times", fields))
    starts = re.findall(r'name="start" value="([^"]+)"', times.text)
    booked = await visitor.post(f"/{locale}{base}/times", {**fields, "start": starts[0], "phone": "010-0000-1004"})
    album.take("appointment, booked", booked)
    await album.go(visitor, "home, with an appointment", "/")
    await album.go(visitor, "appointments", base)
    album.take("appointment, cancel", await visitor.get(booked.url.path + "/cancel"))
    album.take("appointment, cancelled", await visitor.post(booked.url.path + "/cancel"))
