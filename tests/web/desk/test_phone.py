"""The phone-only way, as the agent does it in a browser without JavaScript, and the citizen with a telephone alone."""

import html
import re
from typing import Any

import pytest
from portal_kit import Visitor

from madang.contract.demonstration import FILE, shown
from madang.i18n.locales import LOCALES, Locale
from tests.web.desk.desk_kit import AGENT, CITIZEN, COLLEAGUE, SUPERVISOR, at_the_desk, portal_of

pytestmark = pytest.mark.anyio
SUNRYE = {"phone": "010-0000-1003", "born-year": "1948", "born-month": "2", "born-day": "3"}
CALLED = "+821000001003"
PAGES = {
    "kind": {"kind": "full"},
    "items": {"items": "relation"},
    "purpose": {"purpose": "bank"},
}


def texts(app: Any) -> list[str]:
    """What that phone was sent, the newest first."""
    return [each.text for each in shown(portal_of(app).settings.data / FILE, 1000) if each.to == CALLED]


def code_of(app: Any) -> str:
    match = re.search(r"\d{6}", texts(app)[0])
    assert match
    return match[0]


async def filled_in(app: Any, visitor: Visitor, locale: Locale = "ko") -> str:
    """The address of an errand whose questions are all answered."""
    response = await visitor.post(f"/{locale}/desk/phone", SUNRYE)
    address = response.url.path
    assert re.fullmatch(rf"/{locale}/desk/phone/[a-z2-7]{{26}}", address), response.text[:300]
    assert "오••••" in response.text
    assert "순례" not in response.text
    response = await visitor.post(address, {"service": "resident-register"})
    for _ in range(10):
        if response.url.path.endswith("/check"):
            break
        response = await visitor.post(response.url.path, answer_of(response.text))
    assert response.url.path == f"{address}/check"
    assert "순례" not in response.text
    return address


def answer_of(page: str) -> dict[str, str]:
    """The first choice of every question on a page."""
    found: dict[str, str] = {}
    for tag in re.findall(r'<input[^>]*type="(?:radio|checkbox)"[^>]*>', page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found.setdefault(html.unescape(name[1]), html.unescape(value[1]))
    for select in re.findall(r'<select[^>]*name="([^"]*)".*?<option value="([^"]+)"', page, re.DOTALL):
        found.setdefault(*select)
    return found


@pytest.mark.parametrize("locale", LOCALES)
async def test_an_errand_in_every_language(app: Any, locale: Locale) -> None:
    visitor = await at_the_desk(app, (AGENT, COLLEAGUE, SUPERVISOR)[LOCALES.index(locale) % 3], locale)
    assert f"/{locale}/desk/phone" in (await visitor.get(f"/{locale}/desk")).text
    await visitor.get(f"/{locale}/desk/phone")
    address = await filled_in(app, visitor, locale)
    response = await visitor.get(f"{address}/check")
    assert 'data-ref="change:' in response.text
    before = len(texts(app))
    response = await visitor.post(f"{address}/check")
    assert response.url.path == f"{address}/code"
    assert len(texts(app)) == before + 1
    assert code_of(app) not in response.text
    assert (await visitor.get(f"/{locale}/demo-phone")).text.count(code_of(app)) == 1
    typed = f"{code_of(app)[:3]} {code_of(app)[3:]}"
    response = await visitor.post(f"{address}/code", {"code": typed})
    match = re.search(r"\d{4}-\d{4}-\d{4}-\d{4}", response.text)
    assert match
    assert match[0] in texts(app)[0]
    again = await visitor.post(f"{address}/code", {"code": typed})
    assert match[0] in again.text
    assert (await visitor.post(f"{address}/check")).status_code == 409
    citizen = Visitor(app)
    await citizen.sign_in("oh-sunrye", f"/{locale}/applications")
    assert match[0] in (await citizen.get(f"/{locale}/applications")).text


async def test_without_the_code_nothing_is_submitted(app: Any) -> None:
    visitor = await at_the_desk(app)
    address = await filled_in(app, visitor)
    response = await visitor.post(f"{address}/code", {"code": "123456"})
    assert response.status_code == 422
    await visitor.post(f"{address}/check")
    wrong = f"{(int(code_of(app)) + 1) % 10**6:06}"
    for typed in (wrong, "12", "<b>", wrong, wrong, code_of(app)):
        response = await visitor.post(f"{address}/code", {"code": typed})
        assert response.status_code == 422
        assert 'id="code-error"' in response.text
    response = await visitor.post(f"{address}/check")
    assert 'id="code-error"' not in response.text


async def test_the_forms_rules_hold(app: Any) -> None:
    visitor = await at_the_desk(app)
    response = await visitor.post("/en/desk/phone", {"phone": "nothing"})
    assert response.status_code == 422
    assert 'data-ref="errors:phone"' in response.text
    assert 'data-ref="errors:born' in response.text
    address = (await visitor.post("/en/desk/phone", SUNRYE)).url.path
    assert (await visitor.post(address, {"service": "move-in"})).status_code == 422
    response = await visitor.post(address, {"service": "resident-register"})
    step = response.url.path
    assert (await visitor.post(step, {})).status_code == 422
    assert (await visitor.get(f"{address}/check")).url.path == step
    assert (await visitor.post(f"{address}/check")).url.path == step
    assert (await visitor.get(f"{address}/questions/none")).url.path == step


async def test_nobody_is_told_which_was_wrong_and_attempts_are_limited(app: Any) -> None:
    visitor = await at_the_desk(app, COLLEAGUE)
    seen = set()
    for wrong in ({"phone": "010-0000-1999"}, {"born-day": "4"}) * 2:
        response = await visitor.post("/ko/desk/phone", SUNRYE | wrong)
        assert response.status_code == 422
        seen.add(re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.text))
    assert len(seen) == 1
    await visitor.post("/ko/desk/phone", SUNRYE | {"born-day": "5"})
    assert (await visitor.post("/ko/desk/phone", SUNRYE)).status_code == 429


async def test_an_errand_is_its_agents(app: Any) -> None:
    visitor = await at_the_desk(app)
    address = await filled_in(app, visitor)
    other = await at_the_desk(app, SUPERVISOR)
    for path in ("", "/check", "/code", "/questions/purpose"):
        assert (await other.get(address + path)).status_code == 404
        assert (await other.post(address + path, {"code": "123456"})).status_code == 404
    citizen = await at_the_desk(app, CITIZEN)
    assert (await citizen.get("/ko/desk/phone")).status_code == 403
    assert (await citizen.post(f"{address}/code", {"code": "123456"})).status_code == 403


async def test_another_language_keeps_what_was_typed_and_the_errors_that_stood(app: Any) -> None:
    visitor = await at_the_desk(app)
    page = await visitor.get("/ko/desk/phone")
    assert 'form="errand" name="switch" value="vi"' in page.text
    page = await visitor.post("/ko/desk/phone", {"phone": "010-0000", "born-year": "1948", "switch": "vi"})
    assert page.url.path == "/vi/desk/phone"
    assert 'value="010-0000"' in page.text
    assert 'value="1948"' in page.text
    assert 'data-ref="errors:' not in page.text
    page = await visitor.post("/vi/desk/phone", {"phone": "010-0000", "judged": "1", "switch": "en"})
    assert 'data-ref="errors:phone"' in page.text
    assert 'name="judged"' in page.text
    assert 'value="010-0000"' not in (await visitor.get("/en/desk/phone")).text
    address = (await visitor.post("/en/desk/phone", SUNRYE)).url.path
    page = await visitor.post(address, {"service": "resident-register", "switch": "ko"})
    assert page.url.path == address.replace("/en/", "/ko/")
    assert re.search(r'value="resident-register"[^>]*checked', page.text)
    page = await visitor.post(page.url.path, {"service": "resident-register"})
    step, answers = page.url.path, answer_of(page.text)
    page = await visitor.post(f"{step}?from=check", answers | {"switch": "th"})
    assert (page.url.path, page.url.query) == (step.replace("/ko/", "/th/"), b"from=check")
    assert " checked" in page.text
    assert " checked" not in (await visitor.get(step)).text
    assert (await visitor.post(step, answers | {"switch": "xx"})).status_code == 400
