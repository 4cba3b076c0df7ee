"""The desk without JavaScript: every page that is fetched is sound, every post goes through the one gate."""

import re
from typing import Any

import html5lib
import pytest
from portal_kit import SAME_ORIGIN, Visitor

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.messages import Chat, Element, Fragment
from madang.remote_support.states import Stopped
from madang.web.clerk_desk import Clerk
from madang.web.clients import support
from tests.web.desk.desk_kit import AGENT, CITIZEN, COLLEAGUE, SUPERVISOR, Helped, at_the_desk, portal_of, relay_of

pytestmark = pytest.mark.anyio


async def matched(app: Any, visitor: Visitor, level: Any = "assist") -> tuple[Helped, str]:
    """A citizen whose code has been entered, who has agreed and opened a page; and the session's address."""
    helped = await Helped.asking(app)
    response = await visitor.post("/ko/desk/code", {"code": helped.code})
    assert response.url.path == f"/ko/desk/sessions/{helped.id}"
    await helped.agrees(level)
    await helped.opens()
    return helped, response.url.path


def disabled(html: str) -> set[str]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return {str(e.get("data-ref")) for e in root.iter("button") if e.get("disabled") is not None}


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_desk_in_every_language(app: Any, locale: Locale) -> None:
    helped = await Helped.asking(app, way="text")
    visitor = await at_the_desk(app, AGENT, locale)
    response = await visitor.get(f"/{locale}/desk")
    assert response.status_code == 200
    assert f'data-ref="take:{helped.id}"' in response.text
    response = await visitor.post(f"/{locale}/desk/take", {"session": helped.id})
    await helped.agrees()
    await helped.opens()
    response = await visitor.get(response.url.path)
    assert (response.status_code, response.text.count("<option value=") > 5) == (200, True)
    await relay_of(app).apply(helped.id, Stopped("citizen"))
    response = await visitor.get(response.url.path)
    assert 'data-ref="outcome:solved"' in response.text


async def test_only_agents_enter(app: Any) -> None:
    helped = await Helped.asking(app)
    visitor = await at_the_desk(app, CITIZEN)
    assert visitor.page is not None
    assert visitor.page.status_code == 403
    for path in (f"/ko/desk/sessions/{helped.id}", f"/ko/desk/sessions/{helped.id}/frame", "/ko/desk/trails"):
        assert (await visitor.get(path)).status_code == 403
    assert (await visitor.post("/ko/desk/code", {"code": helped.code})).status_code == 403
    assert (await helped.now()).state == "waiting"
    agent = await at_the_desk(app)
    assert (await agent.get("/ko/desk/trails")).status_code == 403


async def test_a_code_opens_a_session_and_wrong_ones_lock_out(app: Any) -> None:
    visitor = await at_the_desk(app, SUPERVISOR)
    helped = await Helped.asking(app)
    code = helped.code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for left in (4, 3, 2, 1):
        response = await visitor.post("/ko/desk/code", {"code": wrong})
        assert response.status_code == 422
        assert f"{left}번" in response.text or str(left) in response.text
        assert 'id="code-error"' in response.text
    response = await visitor.post("/ko/desk/code", {"code": wrong})
    assert response.status_code == 429
    assert (await visitor.post("/ko/desk/code", {"code": code})).status_code == 429
    other = await at_the_desk(app)
    response = await other.post("/ko/desk/code", {"code": f"{code[:3]} {code[3:6]} {code[6:]}"})
    assert response.url.path == f"/ko/desk/sessions/{helped.id}"
    assert (await helped.now()).state == "matched"


async def test_nothing_is_seen_before_the_citizen_agrees(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped = await Helped.asking(app)
    await helped.opens(marker="Zrq")
    response = await visitor.post("/ko/desk/code", {"code": helped.code})
    frame = await visitor.http.get(f"{response.url.path}/frame")
    assert "Zrq" not in response.text + frame.text
    await helped.agrees("view")
    frame = await visitor.http.get(f"{response.url.path}/frame")
    assert "Zrq" in frame.text
    await helped.opens("documents/show", sensitive=True, marker="Zrq")
    frame = await visitor.http.get(f"{response.url.path}/frame")
    assert "Zrq" not in frame.text + (await visitor.get(response.url.path)).text


async def test_the_frame_can_do_nothing(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    frame = await visitor.http.get(f"{path}/frame")
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; ")
    assert "script-src" not in policy
    assert "sandbox allow-same-origin" in policy
    assert "frame-ancestors 'self'" in policy
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert frame.headers["cache-control"] == "no-store"
    assert 'data-ref="continue"' in frame.text
    around = await visitor.get(path)
    assert "frame-src 'self'" in around.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in around.headers["content-security-policy"]
    assert 'sandbox="allow-same-origin"' in around.text
    other = await visitor.get("/ko/desk")
    assert "frame-src" not in other.headers["content-security-policy"]
    citizens = await visitor.http.get(f"{path}/frame?whose=citizen")
    assert '<html lang="vi">' in citizens.text
    assert helped.id not in citizens.text


async def test_a_part_fetched_anew_stands_in_the_frame(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    number = (await helped.now()).page
    new = {"found": Element("link", "새 결과")}
    html = '<a role="link" data-ref="found">새 결과 &amp; &lt;b&gt;</a>'
    parts: dict[Locale, Fragment] = {"ko": Fragment(number, "list", html, new), "vi": Fragment(number, "list", "x")}
    await relay_of(app).fragment(helped.id, parts)
    frame = await visitor.http.get(f"{path}/frame")
    assert '<div data-ref="list"><a role="link" data-ref="found">새 결과 &amp; &lt;b&gt;</a></div>' in frame.text
    assert "old result" not in frame.text
    assert '<option value="found"' in (await visitor.get(path)).text


async def test_each_tool_reaches_the_citizen(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    page = await visitor.get(f"{path}?ref=purpose")
    assert not {"do:highlight", "do:suggest", "do:fill", "do:open"} & disabled(page.text)
    for form in (
        {"do": "highlight", "ref": "continue"},
        {"do": "point", "ref": "continue"},
        {"do": "scroll-to", "ref": "purpose"},
        {"do": "suggest", "ref": "purpose", "value": "bank"},
        {"do": "chat", "text": "안녕하세요"},
    ):
        response = await visitor.post(f"{path}/act", form)
        assert (response.status_code, response.url.path) == (200, path), form
    said = await relay_of(app).transcript(helped.id, "citizen")
    assert [line.kind for line in said] == ["highlight", "point", "scroll-to", "suggest", "chat"]
    assert "Tiếp tục" in said[0].text
    assert [suggestion.value for suggestion in await relay_of(app).pending(helped.id)] == ["bank"]
    assert "안녕하세요" in response.text


async def test_a_phrase_is_read_in_the_citizens_language(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    page = await visitor.get(f"{path}?q=누르&ref=continue")
    found = re.findall(r'name="phrase" value="([a-z0-9-]+)"', page.text)
    whole = re.findall(r'name="phrase" value="([a-z0-9-]+)"', (await visitor.get(path)).text)
    assert 0 < len(found) < len(whole)
    assert len(whole) >= 120
    phrase = next(name for name in found if f'data-of-element data-ref="say:{name}"' in page.text)
    await visitor.post(f"{path}/act", {"do": "phrase", "phrase": phrase, "ref": "continue"})
    said = await relay_of(app).transcript(helped.id, "citizen")
    assert "Tiếp tục" in said[-1].text
    own = await relay_of(app).transcript(helped.id, "agent")
    assert "계속" in own[-1].text


async def test_what_is_not_allowed_is_refused_and_said(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor, "view")
    page = await visitor.get(f"{path}?ref=purpose")
    assert {"do:highlight", "do:point", "do:scroll-to", "do:suggest", "do:fill"} <= disabled(page.text)
    for form, status in (
        ({"do": "highlight", "ref": "continue"}, 409),
        ({"do": "submit", "ref": "continue"}, 409),
        ({"do": "chat", "text": "900101-9234567"}, 409),
        ({"do": "chat", "text": ""}, 409),
        ({"do": "highlight"}, 409),
        ({}, 409),
    ):
        response = await visitor.post(f"{path}/act", form)
        assert response.status_code == status, form
        assert 'class="note warn"' in response.text
    assert not await relay_of(app).transcript(helped.id, "citizen")
    response = await visitor.post(f"{path}/act", {"do": "chat", "text": "http://x.example"})
    assert "http://x.example</textarea>" in response.text, "what was typed is not lost"


async def test_another_agents_session_is_not_there(app: Any) -> None:
    visitor, other = await at_the_desk(app), await at_the_desk(app, COLLEAGUE)
    helped, path = await matched(app, visitor)
    for end in ("", "/frame"):
        assert (await other.get(path + end)).status_code == 404
    for end in ("/act", "/ticket", "/notes", "/offer", "/outcome"):
        assert (await other.post(path + end, {"do": "stop"})).status_code == 404
    assert (await helped.now()).state == "viewing"
    assert (await visitor.get("/ko/desk/sessions/nobody-of-that-name")).status_code == 404


async def test_a_session_is_handed_over_and_the_citizen_asked_again(app: Any) -> None:
    visitor, other = await at_the_desk(app), await at_the_desk(app, COLLEAGUE)
    helped, path = await matched(app, visitor)
    assert (await other.post("/ko/desk/take", {"session": helped.id, "offered": "yes"})).status_code == 409
    await visitor.post(f"{path}/offer", {"offer": "yes"})
    assert f'data-ref="take-over:{helped.id}"' in (await other.get("/ko/desk")).text
    response = await other.post("/ko/desk/take", {"session": helped.id, "offered": "yes"})
    assert (response.status_code, response.url.path) == (200, path)
    session = await helped.now()
    assert (session.state, session.level, session.agent and session.agent.id) == ("matched", "view", COLLEAGUE)
    assert (await visitor.get(path)).status_code == 404


async def test_offers_and_notes_are_in_the_trail_and_not_what_they_say(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    for given in ("yes", "yes", "no", "no"):
        await visitor.post(f"{path}/offer", {"offer": given})
    for notes in ("여권을 찾는 중", "여권을 찾았음"):
        await visitor.post(f"{path}/notes", {"notes": notes})
    trail = relay_of(app)._trail
    await trail.flush()  # type: ignore[attr-defined]
    written = await support.trail(portal_of(app).backend, Clerk(SUPERVISOR, roles=("supervisor",)), helped.id)
    kinds = [act.kind for act in written.acts]
    assert [kind for kind in kinds if kind in ("offered", "offer-withdrawn", "notes")] == [
        "offered",
        "offer-withdrawn",
        "notes",
    ]
    assert "여권" not in repr(written)


async def test_notes_are_ones_own_and_gone_with_the_outcome(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    response = await visitor.post(f"{path}/notes", {"notes": "여권을 찾는 중"})
    assert "여권을 찾는 중</textarea>" in response.text
    response = await visitor.post(f"{path}/act", {"do": "stop"})
    assert (await helped.now()).ended_by == "agent"
    assert 'data-ref="outcome:solved"' in response.text
    assert "여권을 찾는 중" not in response.text
    response = await visitor.post(f"{path}/outcome", {"note": "x"})
    assert response.status_code == 422
    assert "errors-title" in response.text
    response = await visitor.post(f"{path}/act", {"do": "highlight", "ref": "continue"})
    assert response.status_code == 409


async def test_a_ticket_is_the_agents(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    response = await visitor.http.post(f"{path}/ticket", headers=SAME_ORIGIN)
    admitted = await relay_of(app).admit(response.json()["ticket"])
    assert admitted is not None
    assert (admitted.session, admitted.side, admitted.subject) == (helped.id, "agent", AGENT)


async def test_what_the_citizen_says_is_read_in_its_language(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped, path = await matched(app, visitor)
    await relay_of(app).up(helped.id, "citizen", Chat("Xin chào"))
    page = await visitor.get(path)
    assert re.search(r'class="from-citizen"><b>[^<]+</b> <span lang="vi">Xin chào', page.text)


async def test_the_guide_is_that_of_the_page(app: Any) -> None:
    visitor = await at_the_desk(app)
    _, path = await matched(app, visitor)
    page = await visitor.get(path)
    assert re.search(r'id="guide-title">[^<]*외국인등록', page.text)
    page = await visitor.get(f"{path}?find=운전경력")
    assert 'data-ref="hit:driving-record"' in page.text
    page = await visitor.get(f"{path}?guide=driving-record")
    assert re.search(r'id="guide-title">[^<]*운전경력', page.text)


async def test_supervisors_see_acts_and_figures(app: Any) -> None:
    visitor = await at_the_desk(app, SUPERVISOR)
    for path in ("/ko/desk/trails", "/ko/desk/statistics", "/ko/desk/statistics?days=1"):
        assert (await visitor.get(path)).status_code == 200
    assert (await visitor.get("/ko/desk/trails/nobody-of-that-name")).status_code == 404


async def test_the_queue_can_renew_itself_and_is_reached_from_the_menu(app: Any) -> None:
    visitor, citizen = await at_the_desk(app), Visitor(app)
    helped = await Helped.asking(app, "text")
    page = (await visitor.get("/ko/desk")).text
    for part in ("by-code", "mine", "waiting", "offered"):
        assert page.count(f'data-renews="{part}"') == 1
    assert f'data-waits="{helped.id}"' in page
    assert "시민이 기다리고 있습니다: {who}" in page
    assert 'data-ref="again"' in page, "the link of those who have no script"
    await citizen.sign_in(CITIZEN, "/ko/")
    for _ in range(2):  # the second answer may come from what is kept of the first
        assert 'data-ref="account-desk"' in (await visitor.get("/ko/")).text
        assert 'data-ref="account-desk"' not in (await citizen.get("/ko/")).text
