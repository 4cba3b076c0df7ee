"""Pages that everybody may read, and what they say when something is wrong."""

from accessibility.album import Album
from portal_kit import KIOSK_KEY, Visitor

PAGES = {
    "home": "/",
    "services": "/services",
    "services, found": "/services?q=%EB%93%B1%EB%B3%B8",
    "services, not found": "/services?q=qqqqqqqq",
    "services, category": "/services?category=identity",
    "services, facet chosen": "/services?category=foreign",
    "services, narrowed": "/services?q=%EB%93%B1%EB%B3%B8&fee=free",
    "services, second page": "/services?page=2",
    "guide": "/services/alien-registration",
    "guide, register": "/services/resident-register",
    "guide, entry and exit": "/services/entry-exit",
    "guide, listed": "/services/marriage-report",
    "guide, of another system": "/services/hometax",
    "guide, of one area": "/services/bulky-waste-seoul-jongno",
    "guide, areas": "/services/bulky-waste/areas",
    "guide, leaving": "/services/hometax/leaving",
    "guide, easy": "/services/resident-register/easy",
    "A to Z": "/services/a-z",
    "life events": "/life-events",
    "life event": "/life-events/relocation",
    "for you": "/for-you",
    "for you, one situation": "/for-you/newcomer",
    "site map": "/site-map",
    "offices": "/offices",
    "offices, found": "/offices?area=seoul&kind=kiosk",
    "offices, place unknown": "/offices?near=qqqqqq",
    "offices, which place": "/offices?near=%EC%A4%91%EA%B5%AC",
    "help": "/help",
    "help, holidays": "/help/holidays",
    "life information, kinds": "/help/life-information",
    "status": "/status",
    "what is new": "/changes",
    "completeness": "/completeness",
    "preferences": "/preferences",
    "verify": "/verify",
    "verify, mistyped": "/verify?number=7K3M-92QF-4XTA-C8WE",
    "signed out": "/signed-out",
    "signed out, time": "/signed-out?why=time",
    "support": "/help/support",
    "demonstration telephone": "/demo-phone",
    "style guide": "/styleguide",
}


async def public(album: Album) -> None:
    visitor = album.visitor()
    await visitor.get(f"/{album.locale}/")
    await album.portal.monitor.ask()  # it would by itself, in a moment: the page of the systems says what it found
    for name, path in PAGES.items():
        try:
            await album.go(visitor, name, path)
        except AssertionError as gap:
            album.gaps.append(str(gap))
    page = await visitor.get(f"/{album.locale}/accessibility")
    if page.status_code == 200:
        album.take("accessibility statement", page)
        if (barrier := await visitor.get(f"/{album.locale}/accessibility/report")).status_code == 200:
            album.take("accessibility report", barrier)
    await album.go(visitor, "verify, empty", "/verify?number=", 422)
    await album.go(visitor, "no such page", "/nothing-here", 404)
    await album.go(visitor, "who is asked to sign in", "/sign-in/needed?to=/applications")


async def sign_in_problems(album: Album) -> None:
    from madang.web.sign_in.problems import PROBLEM_KINDS

    for kind in PROBLEM_KINDS:
        page = await album.visitor().get(f"/{album.locale}/sign-in/problem?kind={kind}")
        album.take(f"sign-in problem, {kind}", page)


async def people(album: Album) -> None:
    visitor = album.visitor()
    page = await visitor.http.get(f"/{album.locale}/sign-in", params={"to": f"/{album.locale}/"})
    album.take("people to sign in as", page)


async def reported(album: Album) -> None:
    visitor, path = album.visitor(), f"/{album.locale}/report"
    await album.go(visitor, "report", "/report?page=/services/hometax")
    page = "/services/hometax"
    album.take("report, error", await visitor.post(path, {"page": page, "text": "수수료"}))
    album.take("report, too long", await visitor.post(path, {"page": page, "wrong": "fact", "text": "가" * 1001}))
    album.take("report, sent", await visitor.post(path, {"page": page, "wrong": "fact", "text": "수수료"}))


async def preferred(album: Album) -> None:
    visitor, path = album.visitor(), f"/{album.locale}/preferences"
    await visitor.get(path)
    album.take("preferences, saved", await visitor.post(path, {"size": "150", "theme": "yellow"}))


async def kiosk(album: Album) -> None:
    """A device in a public place: how it becomes one, and what is another there."""
    visitor, path = album.visitor(), f"/{album.locale}/kiosk"
    await album.go(visitor, "kiosk, set up", "/kiosk/device")
    album.take("kiosk, wrong key", await visitor.post(f"{path}/device", {"key": "nothing like it"}))
    album.take("kiosk", await visitor.post(f"{path}/device", {"key": KIOSK_KEY}))
    album.take("kiosk, one comfort", await visitor.post(path, {"act": "aloud"}))
    await album.go(visitor, "kiosk, home", "/")
    await album.go(visitor, "kiosk, leaving", "/services/hometax/leaving")
    await visitor.sign_in("nguyen-van-an", f"/{album.locale}/")
    album.take("kiosk, low", await visitor.post(path, {"act": "low"}))
    await album.go(visitor, "kiosk, applications", "/applications")
    await album.go(visitor, "kiosk, end of it", "/kiosk/device")


async def refused(album: Album) -> None:
    """What is asked of the wrong person, or of nobody in particular."""
    visitor: Visitor = album.visitor()
    await visitor.sign_in("han-garam", f"/{album.locale}/")
    album.take("not for you", await visitor.get(f"/{album.locale}/desk"))
    album.take("no such document", await visitor.get(f"/{album.locale}/documents/7K3M-92QF-4XTA-C8WD"))


async def outage(album: Album) -> None:
    """The backend is away: what needs it says so."""
    from accessibility.walk_apply import begun, hidden

    citizen = album.visitor()
    await citizen.sign_in("nguyen-van-an", f"/{album.locale}/")
    page = await begun(citizen, album.locale, "alien-registration")
    step = page.url.path
    album.backend.away = True
    try:
        album.take("outage, home", await album.visitor().get(f"/{album.locale}/"))
        album.take(
            "outage, verify", await album.visitor().post(f"/{album.locale}/verify", {"number": "7K3M-92QF-4XTA-C8WD"})
        )
        album.take("outage, question", await citizen.get(step))
        album.take("outage, answered", await citizen.post(step, {**hidden(citizen), "purpose": "bank"}))
        album.take("outage, applications", await citizen.get(f"/{album.locale}/applications"))
        album.take("outage, my information", await citizen.get(f"/{album.locale}/my-information"))
        await album.portal.monitor.ask()  # it would find out by itself, in a moment
        album.take("outage, status", await album.visitor().get(f"/{album.locale}/status"))
    finally:
        album.backend.away = False
        album.portal.backend._lanes.clear()  # no breaker remembers it
