"""A third, consenting party: somebody whom the citizen trusts looks, too, after two have agreed, and no longer."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator

import httpx
import pytest
from outage_kit import says
from portal_kit import Visitor
from support_kit import AGENT, GUIDE, House, code_on, house

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import messages, word_pairs
from madang.remote_support.states import Agent, Session, Stopped

pytestmark = pytest.mark.anyio
SUPPORT, GUARDIAN = "/en/help/support", "/en/help/support/guardian"
COOKIE = "__Host-madang-guardian"
OTHER = Agent("agent-2", "김해솔", "정부민원안내콜센터", "ja")


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("guardian") / "var") as made:
        yield made


async def invited(citizen: Visitor, locale: Locale = "en") -> str:
    """The second code."""
    return code_on((await citizen.post(f"/{locale}/help/support/invite", {"do": "invite"})).text)


async def asking(at: House, citizen: Visitor, locale: Locale = "en", reads: Locale = "en") -> Visitor:
    """Somebody on their own device who has entered the code, and agreed."""
    guardian, own = at.visitor(), f"/{reads}/help/support/guardian"
    await guardian.post(own, {"do": "code", "code": await invited(citizen, locale)})
    page = await guardian.post(own, {"do": "yes"})
    assert says(page, reads, "As soon as they have said yes, you see their page.")
    return guardian


async def together(at: House, reads: Locale = "en") -> tuple[Visitor, Session, Visitor]:
    """A citizen in English, helped in Korean, and a guardian whom they have let in."""
    citizen, session = await at.helped("en")
    guardian = await asking(at, citizen, reads=reads)
    await citizen.post(f"{SUPPORT}/invite", {"do": "yes", "back": f"/en/{GUIDE}"})
    session = await at.session(session)
    assert session.guardian
    return citizen, session, guardian


async def written(citizen: Visitor, locale: Locale) -> httpx.Response:
    """The receipt, once the end of the session has been written down, too: records are, a moment later."""
    async with asyncio.timeout(10):
        while not says(
            receipt := await citizen.get(f"/{locale}/help/support/receipt"), locale, "Remote support ended."
        ):
            await asyncio.sleep(0.05)
    return receipt


async def sees(guardian: Visitor, locale: Locale = "en") -> str:
    """What stands in the frame, which is text alone."""
    frame = await guardian.http.get(f"/{locale}/help/support/guardian/frame")
    assert frame.headers["cache-control"] == "no-store"
    assert "script-src" not in frame.headers["content-security-policy"]
    assert "default-src 'none'" in frame.headers["content-security-policy"]
    return frame.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_from_the_second_code_to_the_receipt(at: House, locale: Locale) -> None:
    """Each party in a language of their own: the citizen's, the agent's Korean, the guardian's."""
    reads: Locale = "vi" if locale != "vi" else "zh"
    support, own = f"/{locale}/help/support", f"/{reads}/help/support/guardian"
    citizen, session = await at.helped(locale)
    talk = await citizen.get(f"{support}/talk")
    assert f'href="{support}/invite"' in talk.text
    page = await citizen.get(f"{support}/invite")
    assert says(page, locale, "You can send them away at any moment.")
    code = await invited(citizen, locale)
    assert code != at.relay.code(session), "derived apart from the first"
    assert (await citizen.get(f"{support}/invite")).text.count(f"<span>{code[:3]}</span>"), "the same at each reload"

    guardian = at.visitor()
    assert says(await guardian.get(own), reads, "Nine digits, like 123 456 789")
    page = await guardian.post(own, {"do": "code", "code": f"{code[:3]} {code[3:6]}-{code[6:]}"})
    assert guardian.http.cookies.get(COOKIE)
    assert says(page, reads, "What you will see")
    session = await at.session(session)
    assert session.words is not None
    assert AGENT.name in page.text
    assert all(f"<span>{word}</span>" in page.text for word in word_pairs.text(session.words, reads))
    assert page.headers["cache-control"] == "no-store"
    assert not session.guardian_asks, "not before they have read it and agreed"

    page = await guardian.post(own, {"do": "yes"})
    assert says(page, reads, "The citizen is being asked")
    assert (await guardian.http.post(f"{own}/ticket", headers={"Sec-Fetch-Site": "same-origin"})).status_code == 409
    page = await citizen.get(f"/{locale}/{GUIDE}")
    assert says(page, locale, "Somebody with your second code would like to look, too.")
    assert 'href="' + f"{support}/invite?back=" in page.text
    question = await citizen.get(f"{support}/invite?back=/{locale}/{GUIDE}")
    assert says(question, locale, "Let this person look, too?")
    assert all(f"<span>{word}</span>" in question.text for word in word_pairs.text(session.words, locale))
    assert "<main><h1>" in await sees(guardian, reads), "nothing before the citizen has said yes"

    page = await citizen.post(f"{support}/invite", {"do": "yes", "back": f"/{locale}/{GUIDE}"})
    assert page.url.path == f"/{locale}/{GUIDE}"
    assert says(page, locale, "The person whom you invited is looking, too.")
    session = await at.session(session)
    assert at.relay.status(session).guardian, "the agent is told"
    page = await guardian.get(own)
    assert says(page, reads, "You can see the page, as the agent does")
    twin = (await at.relay.store.standing(session.id)).twins  # type: ignore[union-attr]
    assert set(twin) == {locale, "ko", reads}
    frame = await sees(guardian, reads)
    assert twin[reads].html in frame
    assert not re.search(r"<(a href|form|input|script)", frame), "it is a picture: there is nothing to press"

    await at.relay.up(session.id, "agent", messages.Chat("안녕하세요"), AGENT)
    page = await guardian.post(own, {"do": "chat", "text": "Con đây mẹ"})
    assert "안녕하세요" in page.text
    assert "Con đây mẹ" in page.text
    assert [said.text for said in await at.relay.transcript(session.id)] == ["안녕하세요", "Con đây mẹ"]
    assert "Con đây mẹ" in (await citizen.get(f"{support}/talk")).text

    page = await citizen.post(f"{support}/invite", {"do": "away"})
    assert says(page, locale, "You can send them away at any moment."), "and could invite somebody again"
    assert twin[reads].html not in await sees(guardian, reads)
    assert says(await guardian.get(own), reads, "You can no longer see the page")
    assert not guardian.http.cookies.get(COOKIE)
    await citizen.post(f"{support}/stop")
    receipt = await written(citizen, locale)
    for line in ("You invited somebody you trust", "asked to look, too.", "helps you joined.", "helps you left."):
        assert says(receipt, locale, line), line


async def test_the_page_is_covered_as_it_is_for_the_agent(at: House) -> None:
    citizen, session, guardian = await together(at, "ja")
    await citizen.get("/en/services?q=900101-1234567")
    frame = await sees(guardian, "ja")
    assert "1234567" not in frame
    standing = await at.relay.store.standing(session.id)
    assert standing is not None
    assert standing.twins["ja"].html in frame
    await citizen.get(f"{SUPPORT}/receipt")
    await citizen.get(f"{SUPPORT}/invite")
    assert (await at.session(session)).state == "paused"
    assert standing.twins["ja"].html not in await sees(guardian, "ja"), "a private page is nobody's but theirs"
    page = await guardian.get("/ja/help/support/guardian")
    assert says(page, "ja", "Private page: nobody but them can see it")
    refused = await guardian.post("/ja/help/support/guardian", {"do": "chat", "text": "900101-1234567"})
    assert refused.status_code == 422
    assert says(refused, "ja", "Please do not write identity, card, account or telephone numbers here.")
    assert not await at.relay.transcript(session.id)


async def test_without_the_citizens_yes_nothing_is_seen(at: House) -> None:
    citizen, session = await at.helped("en")
    guardian = await asking(at, citizen)
    for do in ("chat", "stop", "code", "yes", "nonsense", ""):
        await guardian.post(GUARDIAN, {"do": do, "text": "hello", "code": "1"})
    after = await at.session(session)
    assert (after.state, after.guardian, after.guardian_asks) == ("paused", False, True), (
        "the page of the code is private"
    )
    assert not await at.relay.transcript(session.id)
    page = await citizen.post(f"{SUPPORT}/invite", {"do": "no"})
    assert page.url.path == f"{SUPPORT}/talk"
    after = await at.session(session)
    assert (after.state, after.guardian, after.guardian_asks) == ("viewing", False, False)
    assert says(await guardian.get(GUARDIAN), "en", "You can no longer see the page")
    await citizen.post(f"{SUPPORT}/stop")
    receipt = await written(citizen, "en")
    assert says(receipt, "en", "You did not let them look.")
    assert not says(receipt, "en", "helps you joined.")


async def test_a_yes_to_nobody_lets_nobody_in(at: House) -> None:
    """Forged, early and late answers; and whoever only entered the code has not agreed."""
    citizen, session = await at.helped("en")
    await citizen.post(f"{SUPPORT}/invite", {"do": "yes"})
    guardian = at.visitor()
    await guardian.post(GUARDIAN, {"do": "code", "code": await invited(citizen)})
    await citizen.post(f"{SUPPORT}/invite", {"do": "yes"})
    assert not (await at.session(session)).guardian
    await guardian.post(GUARDIAN, {"do": "yes"})
    await guardian.post(GUARDIAN, {"do": "leave"})
    await citizen.post(f"{SUPPORT}/invite", {"do": "yes"})
    after = await at.session(session)
    assert (after.guardian, after.guardian_asks) == (False, False)


async def test_another_code_puts_the_first_one_out(at: House) -> None:
    citizen, session = await at.helped("en")
    guardian, late = at.visitor(), at.visitor()
    first = await invited(citizen)
    second = await invited(citizen)
    assert first != second
    page = await late.post(GUARDIAN, {"do": "code", "code": first})
    assert page.status_code == 422
    await guardian.post(GUARDIAN, {"do": "code", "code": second})
    again = await late.post(GUARDIAN, {"do": "code", "code": second})
    assert again.status_code == 422, "used up"
    await invited(citizen)
    page = await guardian.post(GUARDIAN, {"do": "yes"})
    assert says(page, "en", "another code was made")
    assert not (await at.session(session)).guardian_asks


async def test_wrong_codes_lock_the_client_out(at: House) -> None:
    citizen, session = await at.helped("en")
    right = await invited(citizen)
    guesser = at.visitor()
    for _ in range(4):
        page = await guesser.post(GUARDIAN, {"do": "code", "code": "123456789"})
        assert page.status_code == 422
        assert 'value="123456789"' in page.text
    for code in ("123456789", right, right):
        page = await guesser.post(GUARDIAN, {"do": "code", "code": code})
        assert page.status_code == 429
    assert not guesser.http.cookies.get(COOKIE)
    other = await at.visitor().post(GUARDIAN, {"do": "code", "code": right})
    assert says(other, "en", "What you will see"), "nobody else is locked out, and the code still waits"
    assert not (await at.session(session)).guardian_asks


async def test_the_codes_open_only_their_own_door(at: House) -> None:
    _, session = await at.asked("en")
    stranger = at.visitor()
    page = await stranger.post(GUARDIAN, {"do": "code", "code": at.relay.code(session)})
    assert page.status_code == 422
    citizen, _ = await at.helped("en")
    with pytest.raises(Exception, match="wrong code"):
        await at.relay.enter_code(OTHER, await invited(citizen))


async def test_only_in_a_session_that_lives(at: House) -> None:
    stranger = at.visitor()
    assert (await stranger.get(f"{SUPPORT}/invite")).url.path == SUPPORT
    assert (await stranger.post(f"{SUPPORT}/invite", {"do": "invite"})).url.path == SUPPORT
    waiting, _ = await at.asked("en")
    assert (await waiting.post(f"{SUPPORT}/invite", {"do": "invite"})).url.path == f"{SUPPORT}/waiting"
    matched, _ = await at.matched("en")
    assert (await matched.post(f"{SUPPORT}/invite", {"do": "invite"})).url.path == f"{SUPPORT}/agree"
    citizen, session = await at.helped("en")
    code = await invited(citizen)
    await at.relay.apply(session.id, Stopped("agent"))
    late = await at.visitor().post(GUARDIAN, {"do": "code", "code": code})
    assert late.status_code == 422


async def test_nobody_looks_with_another_cookie(at: House) -> None:
    citizen, session, guardian = await together(at)
    held = guardian.http.cookies[COOKIE]
    here = await sees(guardian)
    stranger = at.visitor()
    for token in ("", "x", secrets.token_urlsafe(32), session.id, citizen.http.cookies["__Host-madang-support"]):
        stranger.http.cookies.clear()
        stranger.http.cookies.set(COOKIE, token)
        assert await sees(stranger) != here
        assert (await stranger.post(f"{GUARDIAN}/ticket")).status_code == 404
        for do in ("chat", "stop", "leave", "yes"):
            await stranger.post(GUARDIAN, {"do": do, "text": "hello"})
    after = await at.session(session)
    assert (after.state, after.guardian) == ("viewing", True)
    stranger.http.cookies.clear()
    stranger.http.cookies.set("__Host-madang-support", held)
    assert (await stranger.get(f"{SUPPORT}/talk")).url.path == SUPPORT, "a guardian is no citizen"
    assert not await at.relay.transcript(session.id)


@pytest.mark.parametrize("do", ["stop", "leave"])
async def test_a_guardian_stops_it_or_goes(at: House, do: str) -> None:
    citizen, session, guardian = await together(at)
    await guardian.post(GUARDIAN, {"do": do})
    after = await at.session(session)
    if do == "leave":
        assert (after.state, after.guardian) == ("viewing", False)
        assert not guardian.http.cookies.get(COOKIE)
        return
    assert (after.state, after.ended_by, after.guardian) == ("ended", "guardian", False)
    assert says(await citizen.get(f"/en/{GUIDE}"), "en", "Remote support has ended. Nobody sees your pages.")
    receipt = await citizen.get(f"{SUPPORT}/receipt")
    assert says(receipt, "en", "The person whom you invited")


async def test_a_guardian_goes_with_the_session(at: House) -> None:
    citizen, session, guardian = await together(at)
    here = await sees(guardian)
    await citizen.post(f"{SUPPORT}/stop")
    assert await sees(guardian) != here
    assert says(await guardian.get(GUARDIAN), "en", "Nobody sees the page any more.")
    assert not guardian.http.cookies.get(COOKIE)
    assert await at.relay.store.standing(session.id) is None


async def test_what_was_said_before_is_not_told(at: House) -> None:
    """A guardian is let in to what is said from then on, in their own language where the house has words for it."""
    citizen, session = await at.helped("en")
    await at.relay.up(session.id, "agent", messages.Chat("zebra"), AGENT)
    guardian = await asking(at, citizen, reads="th")
    await citizen.post(f"{SUPPORT}/invite", {"do": "yes", "back": f"/en/{GUIDE}"})
    assert await at.relay.up(session.id, "agent", messages.Phrase("greeting-hello"), AGENT) in ("", "form")
    await citizen.get("/en/services")
    assert await at.relay.up(session.id, "agent", messages.Highlight("search"), AGENT) == ""
    page = await guardian.get("/th/help/support/guardian")
    assert "zebra" not in page.text
    said = await at.relay.transcript(session.id, "guardian")
    assert {each.lang for each in said} == {"th"}
    assert said[-1].text in page.text
