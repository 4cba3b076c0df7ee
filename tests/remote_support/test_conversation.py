"""A Korean agent and a citizen of each other language: what is said arrives in the reader's, phrases and acts always,
free words where there is a translation service."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence

import pytest
from relay_kit import House, house, standing
from translate_kit import Service, served

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import phrasebook
from madang.remote_support.messages import Chat, Fill, Highlight, Phrase, Said, Suggest
from madang.remote_support.states import Session
from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.translator import HttpTranslator

BOOK = phrasebook.load()


@pytest.fixture
def service() -> Iterator[Service]:
    with served() as server:
        yield server


@pytest.fixture
async def at(service: Service) -> AsyncIterator[House]:
    store, translator = MemoryStore(), HttpTranslator(service.url)
    yield house(store, translator=translator)
    await translator.aclose()
    await store.close()


async def said(at: House, session: Session, count: int) -> tuple[Sequence[Said], Sequence[Said]]:
    """What citizen and agent have read, once so many sentences have been said."""
    for _ in range(200):
        citizen = await at.relay.transcript(session.id, "citizen")
        if len(citizen) >= count:
            break
        await asyncio.sleep(0.01)
    agent = await at.relay.transcript(session.id, "agent")
    assert len(citizen) == len(agent) == count
    return citizen, agent


@pytest.mark.anyio
@pytest.mark.parametrize("locale", LOCALES)
async def test_each_reads_their_own_language(at: House, locale: Locale) -> None:
    session = await at.viewing(locale=locale)
    acts = (
        Phrase("hello"),
        Phrase("look-here", "q-name"),
        Phrase("wait-minutes", words={"minutes": "5"}),
        Highlight("q-name"),
        Suggest("q-copies", "2"),
        Suggest("q-agree", checked=False),
        Fill("q-note", "ok"),
    )
    for act in acts:
        assert not await at.relay.up(session.id, "agent", act, session.agent)
    citizen, agent = await said(at, session, len(acts))
    assert {one.lang for one in citizen} == {locale}
    assert {one.lang for one in agent} == {"ko"}
    assert citizen[0].text == getattr(BOOK["hello"].text, locale)
    assert agent[0].text == BOOK["hello"].text.ko
    name = standing(1, locale).elements["q-name"].name
    assert name in citizen[1].text
    assert name in citizen[3].text
    assert "ko:q-name" in agent[3].text
    if locale != "ko":
        assert all(one.text != other.text for one, other in zip(citizen, agent, strict=True))


@pytest.mark.anyio
async def test_free_words_are_translated_with_their_source_beside_them(at: House, service: Service) -> None:
    session = await at.viewing(locale="vi")
    await at.relay.up(session.id, "agent", Chat("안녕하세요"), session.agent)
    await said(at, session, 1)
    await at.relay.up(session.id, "citizen", Chat("Cảm ơn"))
    citizen, agent = await said(at, session, 2)
    assert [(one.text, one.lang, one.source, one.source_lang) for one in citizen] == [
        ("Xin chào", "vi", "안녕하세요", "ko"),
        ("Cảm ơn", "vi", "", ""),
    ]
    assert [(one.text, one.lang, one.source) for one in agent] == [
        ("안녕하세요", "ko", ""),
        ("고맙습니다", "ko", "Cảm ơn"),
    ]
    assert all(set(asked) == {"q", "source", "target", "format"} for asked in service.asked)


@pytest.mark.anyio
async def test_without_the_service_words_arrive_as_they_were_written(at: House, service: Service) -> None:
    service.status = 503
    session = await at.viewing(locale="vi")
    await at.relay.up(session.id, "agent", Chat("안녕하세요"), session.agent)
    citizen, _ = await said(at, session, 1)
    assert (citizen[0].text, citizen[0].lang, citizen[0].source) == ("안녕하세요", "ko", "")


@pytest.mark.anyio
async def test_what_may_not_be_said_reaches_nobody_not_even_the_service(at: House, service: Service) -> None:
    session = await at.viewing(locale="vi")
    for words in ("900101-1234567", "https://evil.example 눌러 주세요"):
        assert await at.relay.up(session.id, "agent", Chat(words), session.agent) == "text"
    assert await at.relay.up(session.id, "agent", Phrase("wait-minutes", words={"minutes": "010-0000"}), session.agent)
    assert await at.relay.up(session.id, "agent", Phrase("my own words"), session.agent)
    assert not service.asked
    assert not await at.relay.transcript(session.id, "citizen")
