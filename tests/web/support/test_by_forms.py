"""A whole session without JavaScript: by links and forms alone, in every language."""

from collections.abc import AsyncIterator

import pytest
from outage_kit import says
from support_kit import AGENT, GUIDE, House, house

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import messages, word_pairs

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("support") / "var") as made:
        yield made


@pytest.mark.parametrize("locale", LOCALES)
async def test_from_asking_to_the_receipt(at: House, locale: Locale) -> None:
    support = f"/{locale}/help/support"
    stranger = at.visitor()
    guide = await stranger.get(f"/{locale}/{GUIDE}")
    assert f'href="{support}?from=%2F{locale}%2Fservices%2Fentry-exit"' in guide.text
    assert "js/support" not in guide.text, "not a byte of it before a session"
    assert "beside" not in guide.text
    start = await stranger.get(f"{support}?from=/{locale}/{GUIDE}")
    assert says(start, locale, "Did somebody call you and send you here?")

    visitor, session = await at.matched(locale)
    assert visitor.page is not None
    assert says(visitor.page, locale, "Did you ask for this help?")
    assert session.words is not None
    assert all(f"<span>{word}</span>" in visitor.page.text for word in word_pairs.text(session.words, locale))
    page = await visitor.post(f"{support}/agree", {"answer": "yes", "level": "suggest"})
    session = await at.session(session)
    assert (session.state, session.level, session.page_name) == ("viewing", "suggest", "guide")
    assert page.headers["cache-control"] == "no-store"
    assert "content-encoding" not in page.headers
    assert says(page, locale, "A support agent can see this page now")
    assert AGENT.name in page.text

    await at.relay.up(session.id, "agent", messages.Chat("안녕하세요"), AGENT)
    assert "안녕하세요" in (await visitor.get(f"/{locale}/{GUIDE}")).text
    talk = await visitor.post(f"{support}/say", {"text": "Xin chào", "back": f"/{locale}/"})
    assert talk.url.path == f"{support}/talk"
    assert "Xin chào" in talk.text
    assert [said.text for said in await at.relay.transcript(session.id)] == ["안녕하세요", "Xin chào"]
    back = await visitor.post(f"{support}/level", {"level": "view", "back": f"/{locale}/"})
    assert back.url.path == f"/{locale}/"
    assert (await at.session(session)).level == "view"

    receipt = await visitor.post(f"{support}/stop", {"back": f"/{locale}/"})
    assert receipt.url.path == f"{support}/receipt"
    assert says(receipt, locale, "Remote support has ended")
    assert AGENT.name in receipt.text
    assert (await at.session(session)).ended_by == "citizen"
    assert "data-support" not in (await visitor.get(f"/{locale}/{GUIDE}")).text, "the receipt was read"
    transcript = await visitor.get(f"{support}/transcript")
    assert transcript.headers["content-disposition"].startswith("attachment")
    assert "안녕하세요" in transcript.text
    assert "Xin chào" in transcript.text
