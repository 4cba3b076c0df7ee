"""A kiosk: made with a key, comfortable with one press, and empty of the last person when the next one comes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outage_kit import says
from portal_kit import KIOSK_KEY, SAME_ORIGIN, Visitor, portal

from madang.accessibility.preferences import DEFAULT, Preferences
from madang.i18n.locales import LOCALES, Locale
from madang.web import kiosk, preferring
from madang.web.kiosk import COOKIE, USUAL, Kiosk, kiosk_in
from madang.web.preferring import preferences_in, variant
from madang.web.state import StateUnavailable
from madang.web.state.sessions import Sessions
from madang.web.views.kiosk import COMFORTS, MOST
from tests.web.test_preferences import portal_of

pytestmark = pytest.mark.anyio
Visitors = Callable[[], Visitor]


def root(html: str) -> str:
    found = re.search(r"<html[^>]*>", html)
    assert found
    return found[0]


async def at_kiosk(visitor: Visitor, locale: Locale = "ko") -> httpx.Response:
    """Makes the visitor's device a kiosk."""
    page = await visitor.post(f"/{locale}/kiosk/device", {"key": KIOSK_KEY, "act": "begin"})
    assert page.url.path == f"/{locale}/kiosk"
    return page


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_key_makes_a_kiosk_and_ends_it(visitor: Visitor, locale: Locale) -> None:
    page = await visitor.get(f"/{locale}/kiosk")
    assert page.url.path == f"/{locale}/kiosk/device", "who sets it up begins here"
    page = await visitor.post(f"/{locale}/kiosk/device", {"key": "something else", "act": "begin"})
    assert page.status_code == 422
    assert says(page, locale, "This is not the kiosk key")
    assert 'aria-describedby="key-hint key-error"' in page.text
    assert COOKIE not in visitor.http.cookies
    page = await at_kiosk(visitor, locale)
    assert 'data-kiosk="high"' in root(page.text)
    assert says(page, locale, "Choose your language to begin")
    assert re.findall(r'data-ref="begin:(\w+)"', page.text) == list(LOCALES)
    page = await visitor.get(f"/{locale}/kiosk/device")
    assert says(page, locale, "This device is a kiosk.")
    page = await visitor.post(f"/{locale}/kiosk/device", {"key": KIOSK_KEY, "act": "end"})
    assert says(page, locale, "This device is no longer a kiosk.")
    assert "data-kiosk" not in (await visitor.get(f"/{locale}/help")).text


async def test_the_key_cannot_be_guessed(app: object) -> None:
    visitor = Visitor(app, "198.51.100.77")
    for turn in range(MOST):
        page = await visitor.post("/en/kiosk/device", {"key": f"guess {turn}"})
        assert page.status_code == 422
    page = await visitor.post("/en/kiosk/device", {"key": KIOSK_KEY})
    assert page.status_code == 429
    assert int(page.headers["retry-after"]) > 0
    assert "A wrong key was typed too many times" in page.text
    assert COOKIE not in visitor.http.cookies


async def test_without_a_key_there_are_no_kiosks(tmp_path: Path) -> None:
    async with portal(tmp_path / "var", MADANG_KIOSK_KEY="") as app:
        visitor = Visitor(app)
        assert (await visitor.get("/en/kiosk/device")).status_code == 404
        for key in ("", "x"):
            assert (await visitor.post("/en/kiosk/device", {"key": key})).status_code == 404
        assert COOKIE not in visitor.http.cookies


@pytest.mark.parametrize("locale", LOCALES)
async def test_each_comfort_is_one_press_and_another_press_takes_it_back(visitor: Visitor, locale: Locale) -> None:
    before = root((await at_kiosk(visitor, locale)).text)
    assert 'data-size="125" data-targets="large"' in before
    for name, (value, *_) in COMFORTS.items():
        page = await visitor.post(f"/{locale}/kiosk", {"act": name})
        assert f'data-{name}="{value}"' in root(page.text)
        assert f'value="{name}" aria-pressed="true" autofocus' in page.text, "the focus stays where it was"
        assert f'data-{name}="{value}"' in root((await visitor.get(f"/{locale}/help")).text)
        page = await visitor.post(f"/{locale}/kiosk", {"act": name})
        assert root(page.text) == before
    page = await visitor.post(f"/{locale}/kiosk", {"act": "low"})
    assert 'data-kiosk="low"' in root(page.text)
    assert 'data-kiosk="low"' in root((await visitor.get(f"/{locale}/")).text)
    assert root((await visitor.post(f"/{locale}/kiosk", {"act": "low"})).text) == before
    page = await visitor.post(f"/{locale}/kiosk", {"act": "nothing of ours"})
    assert page.status_code == 200
    assert root(page.text) == before


async def test_nothing_of_a_visit_stays(visitors: Visitors) -> None:
    at_home = visitors()
    await at_home.sign_in("nguyen-van-an", "/vi/")
    await at_home.post("/vi/preferences", {"theme": "dark", "time": "off", "everywhere": "yes", "act": "save"})
    device = visitors()
    await at_kiosk(device, "ko")
    await device.get("/vi/")
    await device.sign_in("nguyen-van-an", "/vi/applications")
    page = await device.get("/vi/applications")
    assert page.url.path == "/vi/applications"
    assert 'data-theme="dark"' in root(page.text), "as the account has it"
    assert 'data-kiosk="900"' in page.text, "no limit is ten times the time here"
    assert 'data-ref="kiosk-finish"' in page.text
    assert 'data-ref="sign-out"' not in page.text, "one way out"
    assert 'value="off"' not in (await device.get("/vi/preferences")).text.partition('name="time"')[2]
    await device.post("/vi/preferences", {"size": "300", "act": "save"})
    await device.post("/vi/kiosk", {"act": "low"})
    finished = await device.http.post(
        "/vi/kiosk/finish", headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False
    )
    assert finished.headers["clear-site-data"] == '"cache", "storage"'
    assert finished.headers["location"] == "/ko/signed-out", "on the way out of the provider, in the device's language"
    there = await device.get("/ko/signed-out")
    while refresh := there.headers.get("refresh"):
        there = await device.get(refresh.partition("url=")[2])
    assert there.url.path == "/ko/kiosk"
    assert 'data-kiosk="high"' in root(there.text)
    assert {cookie.name for cookie in device.http.cookies.jar} == {COOKIE}
    assert device.http.cookies[COOKIE] == "ko"
    page = await device.http.get("/vi/applications", follow_redirects=False)
    assert page.status_code in (302, 303)
    page = await device.http.get("/ko/sign-in", params={"to": "/ko/"})
    assert "/demo-sign-in/" in page.url.path, "the provider asks again who it is"


async def test_who_never_signed_in_leaves_nothing_either(visitor: Visitor) -> None:
    await at_kiosk(visitor, "ja")
    await visitor.post("/th/kiosk", {"act": "theme"})
    page = await visitor.post("/th/kiosk/finish")
    assert page.url.path == "/ja/kiosk"
    assert {cookie.name for cookie in visitor.http.cookies.jar} == {COOKIE}
    assert 'data-theme="yellow"' not in root(page.text)


async def test_the_provider_asks_again_who_it_is(visitors: Visitors) -> None:
    """The last person may still be signed in there: it was not reached, or the session had ended by itself."""
    device, at_home = visitors(), visitors()
    await at_kiosk(device)
    for visitor, asked in ((device, "login"), (at_home, None)):
        page = await visitor.http.get("/ko/sign-in", params={"to": "/ko/"})
        assert page.url.params.get("prompt") == asked


async def test_the_browser_forgets_who_it_was_also_when_the_store_does_not_answer(
    visitor: Visitor, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await at_kiosk(visitor)
    await visitor.sign_in("han-garam", "/ko/")

    async def gone(*_: object) -> None:
        raise StateUnavailable(OSError("gone"))

    with monkeypatch.context() as patched:
        for name in ("find", "end"):
            patched.setattr(Sessions, name, gone)
        page = await visitor.http.post("/ko/kiosk/finish", headers=SAME_ORIGIN, follow_redirects=False)
    assert page.status_code == 303
    assert page.headers["location"] == "/ko/kiosk"
    assert page.headers["clear-site-data"]
    assert {cookie.name for cookie in visitor.http.cookies.jar} == {COOKIE}


async def test_help_that_was_asked_for_is_not_the_next_persons(visitor: Visitor, app: Any) -> None:
    await at_kiosk(visitor)
    page = await visitor.post("/ko/help/support", {"way": "queue"})
    assert page.url.path == "/ko/help/support/waiting"
    assert (page := await visitor.get("/ko/kiosk")).text.count("data-wait") == 1, "something is under way"
    relay = portal_of(app).support
    assert relay is not None
    assert len(await relay.queue()) == 1
    await visitor.post("/ko/kiosk/finish")
    assert not await relay.queue()


async def test_a_document_is_not_left_among_the_downloads(visitor: Visitor) -> None:
    await at_kiosk(visitor)
    await visitor.sign_in("han-garam", "/ko/")
    page = await visitor.http.get("/ko/documents/7K3M-92QF-4XTA-C8WD/pdf", follow_redirects=False)
    assert page.status_code == 303
    assert page.headers["location"] == "/ko/documents/7K3M-92QF-4XTA-C8WD"


async def test_finishing_elsewhere_signs_out(visitor: Visitor) -> None:
    await visitor.sign_in("han-garam", "/en/")
    page = await visitor.post("/en/kiosk/finish")
    assert page.url.path == "/en/signed-out"
    assert "clear-site-data" not in page.headers


@pytest.mark.parametrize("path", ["/", "/services/hometax/leaving", "/help", "/nothing-here", "/sign-in/needed"])
async def test_every_page_can_be_finished_and_watches(visitors: Visitors, path: str) -> None:
    """Also those that are kept for everybody: a kiosk is another look than a stranger's."""
    device, stranger = visitors(), visitors()
    await at_kiosk(device, "en")
    for _ in range(3):
        page, other = await device.get(f"/en{path}"), await stranger.get(f"/en{path}")
        assert 'data-ref="kiosk-finish"' in page.text
        assert 'data-kiosk="90" data-wait="30"' in page.text
        assert "js/kiosk" in page.text
        for words in ("kiosk-finish", "data-kiosk", "js/kiosk"):
            assert words not in other.text
    await device.post("/en/kiosk", {"act": "time"})
    assert 'data-kiosk="900" data-wait="300"' in (await device.get(f"/en{path}")).text, "ten times as long"


async def test_the_first_page_asks_nobody_whether_they_are_there(visitor: Visitor) -> None:
    page = await at_kiosk(visitor, "en")
    assert "data-wait" not in page.text
    page = await visitor.post("/en/kiosk", {"act": "size"})
    assert "data-wait" in page.text, "somebody was here"


LOOKS = st.sampled_from(["", "usual", "size-150", "theme-dark.time-ten", "nonsense"])


@given(st.sampled_from(LOCALES), st.booleans(), LOOKS)
def test_kept_pages_of_kiosks_and_of_others_are_apart(locale: Locale, low: bool, look: str) -> None:
    own = f"{preferring.COOKIE}={look}" if look else "a=b"
    both = f"{own}; {COOKIE}={Kiosk(locale, low).written()}".encode()
    assert kiosk_in(both) == Kiosk(locale, low)
    assert kiosk_in(own.encode()) is None
    assert variant(both) != variant(own.encode())
    assert variant(both) != variant(f"{own}; {COOKIE}={Kiosk(locale, not low).written()}".encode())
    assert preferences_in(both) == (preferences_in(own.encode()) if look else USUAL)


@pytest.mark.parametrize("value", ["", "xx", "ko-", "ko-lower", "KO", "ko-low-low", "<script>", "ko\xff", "-low"])
def test_what_is_no_kiosk_is_anybodys_device(value: str) -> None:
    cookies = f"{COOKIE}={value}; x={COOKIE}; y{COOKIE}=ko".encode("latin-1")
    assert kiosk_in(cookies) is None
    assert variant(cookies) == ""
    assert preferences_in(cookies) == DEFAULT


def test_the_usual_look_of_a_kiosk_is_larger() -> None:
    assert Preferences(size="125", targets="large") == USUAL
    assert kiosk.COOKIE.startswith("madang-")
