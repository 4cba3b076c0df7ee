"""The main job in a real browser: home, search, guide, Apply, sign in, answer, check, submit, PDF, verify."""

import itertools
from pathlib import Path

import pytest
from citizen import Citizen, seconds
from playwright.sync_api import Browser
from portal_server import Server

LOCALES = ("ko", "en", "ja", "zh", "th", "vi")
WORDS = {
    "ko": "외국인등록",
    "en": "alien registration",
    "ja": "外国人登録",
    "zh": "外国人登记",
    "th": "คนต่างด้าว",
    "vi": "đăng ký người nước ngoài",
}
PEOPLE = ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu", "siriphanwadi", "nguyen-van-an")
WAYS = {
    "pointer": {},
    "keyboard": {"hand": "keyboard"},
    "no-script": {"script": False},
    "phone": {"width": 320},
}
DAILY = {
    ("ko", "keyboard"),
    ("en", "no-script"),
    ("ja", "phone"),
    ("zh", "keyboard"),
    ("th", "phone"),
    ("vi", "pointer"),
}
CASES = [
    pytest.param(locale, way, marks=() if (locale, way) in DAILY else pytest.mark.full)
    for locale, way in itertools.product(LOCALES, WAYS)
]


def certificate(citizen: Citizen, person: str) -> str:
    """From the guide of alien-registration to the issued document; its number."""
    citizen.press("apply")
    if citizen.page.locator("[data-ref^='person:']").count():
        citizen.sign_in(person)
    if citizen.ref("start").count():
        citizen.press("start")
    citizen.choose("purpose")
    citizen.press("continue")
    citizen.press("continue")
    citizen.choose("consent")
    citizen.press("continue")
    assert citizen.page.url.endswith("/check")
    citizen.press("submit")
    number: str = citizen.page.locator("#document-number").inner_text()
    return number


@pytest.mark.parametrize(("locale", "way"), CASES)
def test_from_home_to_a_verified_document(
    server: Server, browser: Browser, tmp_path: Path, locale: str, way: str
) -> None:
    options = WAYS[way]
    person = PEOPLE[LOCALES.index(locale)]
    with Citizen(browser, server.base, locale, **options) as citizen:  # type: ignore[arg-type]
        citizen.go(f"/{locale}/")
        citizen.type("search", WORDS[locale], enter=True)
        assert citizen.sideways() <= 0
        citizen.press("service:alien-registration")
        assert citizen.sideways() <= 0
        number = certificate(citizen, person)
        assert citizen.sideways() <= 0
        pdf = citizen.download("download", tmp_path)
        assert pdf.read_bytes().startswith(b"%PDF-")
        citizen.press("view")
        assert citizen.page.locator("article.certificate").count() == 1
        assert citizen.sideways() <= 0
        assert not citizen.problems

    with Citizen(browser, server.base, locale, **options) as bank:  # type: ignore[arg-type]
        bank.go(f"/{locale}/verify")
        bank.type("number", number.lower())
        bank.press("verify-number")
        assert bank.page.locator("[data-result=genuine]").count() == 1
        assert bank.sideways() <= 0
        bank.press("verify-another")
        bank.ref("file").set_input_files(pdf)
        bank.press("verify-file")
        assert bank.page.locator("[data-result=genuine]").count() == 1
        assert not bank.problems


def test_a_returning_person_needs_fifteen_seconds(server: Server, browser: Browser) -> None:
    """Keystroke-level time from home to the certificate, signed in, with answers remembered: at most 15 s."""
    with Citizen(browser, server.base, "ko") as citizen:
        citizen.go("/ko/services/resident-register")
        citizen.press("apply")
        citizen.sign_in("oh-sunrye")
        citizen.choose("kind")
        citizen.press("continue")
        citizen.press("continue")
        citizen.choose("purpose")
        citizen.press("continue")
        citizen.press("submit")
        citizen.go("/ko/")
        citizen.operators.clear()
        citizen.press("again:1")
        citizen.press("submit")
        citizen.ref("download").wait_for()
        assert seconds(citizen.operators) <= 15
        assert seconds(citizen.operators, 1.8) <= 30


def test_language_switched_in_the_middle(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "vi") as citizen:
        citizen.go("/vi/services/alien-registration")
        citizen.press("apply")
        citizen.sign_in("nguyen-van-an")
        if citizen.ref("start").count():
            citizen.press("start")
        citizen.press("continue")
        assert citizen.page.evaluate("document.activeElement.id") == "errors"
        assert citizen.page.title().split(":")[0]
        citizen.press("language")
        citizen.press("language:ko")
        assert "/ko/" in citizen.page.url
        assert citizen.page.locator("html").get_attribute("lang") == "ko"
        assert citizen.page.locator("#errors").count() == 1
        citizen.choose("purpose-school")
        citizen.press("language")
        citizen.press("language:th")
        assert citizen.ref("purpose-school").is_checked()


def test_enter_in_a_field_continues(server: Server, browser: Browser) -> None:
    """The language buttons belong to the same form and stand before it; Enter must not press one of them."""
    with Citizen(browser, server.base, "ja") as citizen:
        citizen.go("/ja/services/alien-registration")
        citizen.press("apply")
        citizen.sign_in("chen-xiaoyu")
        if citizen.ref("start").count():
            citizen.press("start")
        citizen.choose("purpose-other")
        citizen.press("continue")
        citizen.type("other", "留学", enter=True)
        assert citizen.page.url.endswith("/recipient")
        assert "/ja/" in citizen.page.url


def test_refresh_back_double_click_and_two_tabs(server: Server, browser: Browser) -> None:
    """However impatient, one application and one number."""
    with Citizen(browser, server.base, "en") as citizen:
        citizen.go("/en/services/entry-exit")
        citizen.press("apply")
        citizen.sign_in("seonu-daon")
        for part, value in (("day", "1"), ("month", "1"), ("year", "2020")):
            citizen.type(f"from-{part}", value)
        for part, value in (("day", "1"), ("month", "11"), ("year", "2026")):
            citizen.type(f"to-{part}", value)
        citizen.press("continue")
        citizen.page.reload()
        citizen.choose("purpose")
        citizen.press("continue")
        check = citizen.page.url
        other = citizen.context.new_page()
        other.goto(check)
        citizen.ref("submit").dblclick()
        citizen.page.wait_for_url("**/applications/*")
        first = citizen.page.url
        citizen.page.reload()
        other.locator("[data-ref=submit]").click()
        other.wait_for_url("**/applications/*")
        assert other.url == first == citizen.page.url
        citizen.page.go_back()
        citizen.page.wait_for_load_state()
        citizen.go("/en/applications")
        assert citizen.page.locator("[data-ref^='application:']").count() == 1


def test_a_draft_resumed_in_a_second_browser(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "th", width=320) as phone:
        phone.go("/th/services/alien-registration")
        phone.press("apply")
        phone.sign_in("jung-haneul")
        phone.press("start")  # told first that the register holds nothing: it may be begun all the same
        phone.choose("purpose-visa")
        phone.press("continue")
    with Citizen(browser, server.base, "en") as laptop:
        laptop.go("/en/applications")
        laptop.sign_in("jung-haneul")
        laptop.press("carry-on:1")
        assert laptop.page.url.endswith("/recipient")
        laptop.press("back")
        assert laptop.ref("purpose-visa").is_checked()
