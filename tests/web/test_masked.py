"""Every page of whole journeys, with nothing private left, in another language: what a support agent is shown."""

import dataclasses
import re
from typing import Any

import html5lib
import pytest
from invariants import FOCUSABLE, problems
from portal_kit import BASE, KIOSK_KEY, Visitor
from starlette.requests import Request
from support_kit import code_on

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.messages import Chat
from madang.remote_support.states import Agent
from madang.web.page import Page, mask
from madang.web.portal import Portal
from madang.web.render import shell
from madang.web.views.check import CheckPage
from madang.web.views.desk_parts import DeskPage
from madang.web.views.styleguide import StyleguidePage
from madang.web.views.versions import VersionsPage
from tests.web.test_every_question import GOOD, app  # noqa: F401  (a portal whose form asks everything)

pytestmark = pytest.mark.anyio
PERSON = "nguyen-van-an"
SECRETS = {
    "text": {"text": "Zrqtext"},
    "textarea": {"textarea": "Zrqlong\nZrqsecond"},
    "day": {"day-year": "1977", "day-month": "7", "day-day": "17"},
    "numbers": {"number": "733", "money": "73737"},
    "person": {"person-family": "", "person-given": "", "person-has-single": "true", "person-single": "Zrqsingle"},
    "passport": {"passport-family": "ZRQFAMILY", "passport-given": "ZRQGIVEN"},
    "address": {
        "address-country": "KR",
        "address-postcode": "07377",
        "address-line1": "Zrqstreet 73",
        "address-line2": "Zrqflat",
    },
    "contact": {"phone": "010 7373 7737", "email": "zrq@zrq.example"},
    "card": {"card": "m 7373 7373"},
    "children": {
        "children-1-called": "Zrqchild",
        "children-1-born-year": "2017",
        "children-1-born-month": "7",
        "children-1-born-day": "7",
    },
}
PRIVATE = re.compile(r"zrq|73737|7373|7737|1977|m73|nguyễn|nguyen|văn an", re.IGNORECASE)
"""What was typed above, and who is signed in."""
PRIVATE_REFS = re.compile(
    r"(account(-desk)?|applications|sign-out|sign-in|my-.*|session.*|stay|leave|end"  # who is signed in
    r"|carry-on|delete|again|start|application|appointment(-.*)?|document|view|download|print|copy|revoke|withdraw|verify-.*|result.*"
    r"|life-.*|change:.*|use-other|keep-mine|[a-z]+-remove.*|[a-z]+-file.*|children-.*|back|errors?.*|card-.*|onward|provider-out|issued|earlier-.*|refresh|find|document-number:copy|support-.*|rate-.*|kiosk-.*"
    r")(:.*)?"
)
"""Controls that stand there only because of something private: a list's entries, an account, a result."""


PATHS = (
    "/",
    "/services",
    "/services?q=nichts",
    "/services?q=등본",
    "/services/results?q=nichts",
    "/help",
    "/help/life-information",
    "/verify",
    "/verify?number=zrq73737",
    "/verify?number=",
    "/services/a-z",
    "/services/alien-registration",
    "/services/alien-registration/easy",
    "/services/hometax/leaving",
    "/services/bulky-waste/areas",
    "/life-events",
    "/life-events/relocation",
    "/for-you",
    "/for-you/newcomer",
    "/site-map",
    "/changes",
    "/completeness",
    "/offices",
    "/offices?near=Suwon",
    "/help/holidays",
    "/status",
    "/status/systems",
    "/report?page=/services/entry-exit",
    "/report?page=/&sent=1",
    "/report?page=/accessibility&wrong=accessibility",
    "/report/answer",
    "/report/answer?reference=zrq",
    "/accessibility",
    "/preferences",
    "/accessibility/criteria",
    "/signed-out",
    "/signed-out?why=time",
    "/sign-in/problem?kind=cancelled",
    "/nothing",
    "/styleguide",
)


@dataclasses.dataclass
class Seen:
    page: Page
    path: str
    html: str
    status: int


class Album:
    """The portal, and the page object behind each answer of it."""

    def __init__(self, inner: Any) -> None:
        self.app = inner
        self.seen: list[Seen] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body, status = b"", 0

        async def watched(message: Any) -> None:
            nonlocal body, status
            body += message.get("body", b"")
            status = message.get("status", status)
            await send(message)

        await self.app(scope, receive, watched)
        self.portal: Portal = scope["app"].state.portal if "app" in scope else self.portal
        if "madang.page" in scope:
            self.seen.append(Seen(scope["madang.page"], scope["path"], body.decode(), status))

    def drawn(self, seen: Seen, page: Page, locale: Locale) -> str:
        """``page`` in ``locale`` at the same address, for nobody in particular."""
        path = f"/{locale}/" + seen.path.partition("/")[2].partition("/")[2]
        headers = [(b"host", BASE.removeprefix("https://").encode())]
        scope = {
            "type": "http",
            "method": "GET",
            "scheme": "https",
            "path": path,
            "query_string": b"",
            "headers": headers,
        }
        request = Request({**scope, "madang.locale": locale})
        frame = mask(shell(request, self.portal, page, None))
        template = self.portal.environments[locale].get_template(f"pages/{page.template}")
        return template.render(page=page, shell=frame)


def refs(html: str) -> list[str]:
    """Sorted: years stand before days in some languages, family names before given names."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return sorted(str(e.get("data-ref")) for e in root.iter() if isinstance(e.tag, str) and e.get("data-ref"))


def focusable(html: str) -> set[str]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return {str(e.get("data-ref")) for e in root.iter() if e.tag in FOCUSABLE and e.get("data-ref")}


async def everything(inner: Any, locale: Locale) -> Album:
    """A journey through every kind of page; each page of it once."""
    album = Album(inner)
    visitor = Visitor(album, **{"Accept-Encoding": "identity"})
    begun = f"/{locale}"
    for path in PATHS:
        await visitor.get(f"{begun}{path}{'&' if '?' in path else '?'}x=1")
    await visitor.post(f"{begun}/help")
    await visitor.sign_in(PERSON, f"{begun}/")
    for service in ("everything", "alien-registration"):
        await visitor.get(f"{begun}/apply/{service}")
    response = await visitor.post(f"{begun}/apply/everything", {"new": "1"})
    for step, good in GOOD.items():
        path = response.url.path
        hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
        await visitor.post(path, {**hidden, **dict.fromkeys(SECRETS.get(step, {}), "Zrq" + "y" * 600)})
        await visitor.get(path)
        response = await visitor.post(path, {**hidden, **good, **SECRETS.get(step, {})})
        if response.url.path == path:
            raise AssertionError(f"{step}: {response.text}")
        await visitor.get(path)
        await visitor.get(f"{path}?from=check")
        response = await visitor.get(path.rsplit("/", 1)[0] + "/check")
    await visitor.get(f"{begun}/apply/everything")
    await visitor.get(response.url.path.replace("/check", "/delete"))
    response = await visitor.post(f"{begun}/apply/alien-registration", {"new": "1"})
    for answers in ({"purpose": "other"}, {"other": "Zrqother"}, {"recipient": "Zrqrecipient"}, {"consent": "no"}):
        hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
        response = await visitor.post(response.url.path, {**hidden, **answers})
    card = {"card-upload": ("zrqcard.exe", b"MZ" * 50, "image/png")}  # refused by its name
    await visitor.post(response.url.path, {**hidden, "card-add": "1"}, card)
    response = await visitor.get(response.url.path.replace("/card", "/consent"))
    hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
    response = await visitor.post(response.url.path, {**hidden, "consent": "yes"})
    response = await visitor.post(response.url.path)
    number = re.search(r"/documents/([0-9A-Z-]{19})", response.text)
    assert number
    await visitor.get(f"{begun}/documents/{number[1]}")
    await visitor.get(f"{begun}/documents/{number[1]}/revoke")
    await visitor.get(f"{begun}/verify?number={number[1]}")
    await booked(visitor, begun)
    for path in (
        "/",
        "/applications",
        "/my-information",
        "/my-information/accesses",
        "/my-information/stay-expiry",
        "/session",
        "/apply/alien-registration",
        "/services/alien-registration",
        "/nothing",
        "/demo-phone",
    ):
        await visitor.get(begun + path)
    await visitor.get(f"{begun}/my-information/stay-expiry", **{"HX-Request": "true"})
    await supported(album, visitor, begun)
    await visitor.get(f"{begun}/kiosk/device")
    await visitor.post(f"{begun}/kiosk/device", {"key": KIOSK_KEY})
    await visitor.post(f"{begun}/kiosk/device", {"key": KIOSK_KEY, "act": "end"})
    await visitor.post(f"{begun}/sign-out")
    await visitor.post(f"{begun}/applications/1/withdraw", {"x": "zrq"})
    return album


async def booked(visitor: Visitor, begun: str) -> None:
    """An appointment from the choice of its day to the question whether to cancel it."""
    place = f"{begun}/help/support/appointments"
    await visitor.get(place)
    days = await visitor.get(f"{place}/days")
    # A day for each language: nobody is at two appointments at one time, and the house may be the same.
    on = re.findall(r"times\?day=([0-9-]{10})", days.text)[-1 - LOCALES.index(begun[1:])]
    times = await visitor.get(f"{place}/times?day={on}")
    hidden = next(fields for action, fields in visitor.forms() if action.endswith("/times"))
    typed = {**hidden, "topic": "Zrqtopic", "phone": "010-7373-7737"}
    await visitor.post(f"{place}/times", {**typed, "phone": "73737"})
    start = re.search(r'name="start" value="([^"]+)"', times.text)
    assert start
    made = await visitor.post(f"{place}/times", {**typed, "start": start[1]})
    await visitor.get(place)
    await visitor.get(made.url.path)
    await visitor.get(f"{place}/times?day={on}&move={made.url.path.rpartition('/')[2]}")
    await visitor.get(f"{made.url.path}/cancel")


async def supported(album: Album, visitor: Visitor, begun: str) -> None:
    """Remote support from the first page of it to the receipt."""
    await visitor.get(f"{begun}/help/support?from={begun}/services/entry-exit")
    waiting = await visitor.post(f"{begun}/help/support", {"way": "code", "from": f"{begun}/services/entry-exit"})
    relay = album.portal.support
    assert relay is not None
    session = await relay.enter_code(Agent("zrq-agent", "Zrqagent", "Zrqagency"), code_on(waiting.text))
    await visitor.get(f"{begun}/help/support/agree")
    await visitor.post(f"{begun}/help/support/agree", {"answer": "yes", "level": "suggest"})
    await relay.up(session.id, "agent", Chat("Zrqchat"), session.agent)
    await visitor.get(f"{begun}/services/alien-registration")
    await visitor.get(f"{begun}/help/support/talk")
    await visitor.post(f"{begun}/help/support/say", {"text": "zrq@zrq.example"})
    invited = code_on((await visitor.post(f"{begun}/help/support/invite", {"do": "invite"})).text)
    await visitor.post(f"{begun}/help/support/guardian", {"do": "code", "code": invited})
    await visitor.post(f"{begun}/help/support/guardian", {"do": "yes"})
    await visitor.post(f"{begun}/help/support/invite", {"do": "yes"})
    await visitor.get(f"{begun}/help/support/guardian")
    await visitor.post(f"{begun}/help/support/stop")


@pytest.fixture(scope="module", params=["ko", *(pytest.param(each, marks=pytest.mark.full) for each in LOCALES[1:])])
async def album(request: pytest.FixtureRequest, app: Any) -> Album:  # noqa: F811
    made = await everything(app, request.param)
    check = next(seen for seen in made.seen if isinstance(seen.page, CheckPage) and seen.page.rows)
    assert isinstance(check.page, CheckPage)
    # Two versions of a draft need an outage (see ``test_versions``): the page is made from the answers of this one.
    rows = check.page.rows
    page = VersionsPage(check.page.service, check.page.title, check.page.draft, mine=rows, theirs=rows[1:])
    versions = Seen(page, check.path, "", 409)
    versions.html = made.drawn(versions, page, request.param)
    made.seen.append(versions)
    return made


async def test_a_journey_shows_every_kind_of_page(album: Album) -> None:
    def kinds(kind: type[Page]) -> set[str]:
        return {name for child in kind.__subclasses__() for name in (child.__name__, *kinds(child))}

    # The desk's own pages are an agent's, who is shown to nobody.
    wanted = kinds(Page) - kinds(DeskPage) - {"DeskPage", "Careless"}
    missing = wanted - {type(seen.page).__name__ for seen in album.seen}
    assert not missing


def secrets_in(html: str, path: str) -> set[str]:
    """What is private and can be read in a page; its own address is not searched."""
    text = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL).replace(path, "")
    return {secret[0].lower() for secret in PRIVATE.finditer(text)}


async def test_masked_pages_render_without_secrets(album: Album) -> None:
    """In every other language; sound by all invariants; and whatever can be focused is there in each alike."""
    found = []
    assert any(PRIVATE.search(seen.html) for seen in album.seen), "there is something to hide"
    for seen in album.seen:
        if isinstance(seen.page, StyleguidePage):
            continue  # shows components, each in the language that it was asked for in
        name, masked, told = f"{type(seen.page).__name__} {seen.path}", mask(seen.page), []
        for locale in LOCALES:
            try:
                html = album.drawn(seen, masked, locale)
            except Exception as error:
                found.append(f"{name}: does not render in {locale}: {error!r}")
                break
            fragment = not html.lstrip().lower().startswith("<!doctype")
            found += [f"{name} in {locale}: {fault}" for fault in problems(html, locale, fragment=fragment)]
            if "demo-sign-in" not in seen.path and (shown := secrets_in(html, seen.path)):
                shown &= secrets_in(album.drawn(seen, masked, locale), seen.path)  # a random token held it by chance
                found += [f"{name} in {locale}: shows {secret!r}" for secret in sorted(shown)]
            told.append(refs(html))
        if told and any(each != told[0] for each in told):
            found.append(f"{name}: other data-refs in other languages")
    assert not found, "\n".join(found[:60])


async def test_masked_pages_have_the_same_controls(album: Album) -> None:
    """But for those that stand there only because of something private."""
    found = []
    for seen in album.seen:
        masked = focusable(album.drawn(seen, mask(seen.page), "th"))
        gone = {ref for ref in focusable(seen.html) - masked if not PRIVATE_REFS.fullmatch(ref)}
        new = {ref for ref in masked - focusable(seen.html) if not PRIVATE_REFS.fullmatch(ref)}
        if gone or new:
            found.append(f"{type(seen.page).__name__} {seen.path}: without {gone}, with {new}")
    assert not found, "\n".join(found)


async def test_pages_have_the_same_controls_in_every_language(album: Album) -> None:
    for seen in album.seen:
        told = [refs(album.drawn(seen, seen.page, locale)) for locale in LOCALES]
        assert all(each == told[0] for each in told), f"{type(seen.page).__name__} {seen.path}"


async def test_the_check_would_see_a_secret(album: Album) -> None:
    """Unmasked, the same pages are full of them."""
    shown = [seen for seen in album.seen if PRIVATE.search(album.drawn(seen, seen.page, "en"))]
    assert len(shown) > 10
