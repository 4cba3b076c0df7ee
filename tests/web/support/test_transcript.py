"""The text of what was said: whose words, when, in one's own language, and nobody speaks in another's name."""

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import Catalogues
from madang.remote_support.messages import Said
from madang.remote_support.states import Agent, Session
from madang.web.support.transcript import BYTE_ORDER_MARK, text

CATALOGUES: Final = Catalogues(Path(__file__).parents[3] / "madang/web/locales")
NOON: Final = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
"""In Korea."""
AGENT: Final = Agent("a1", "김상담", "정부민원안내콜센터")


def written(locale: Locale, *said: Said, agent: Agent | None = AGENT) -> list[str]:
    session = Session("s1", locale, NOON, agent=agent, agreed=NOON)
    whole = text(locale, CATALOGUES.translations(locale).gettext, session, said)
    assert whole.startswith(BYTE_ORDER_MARK)
    assert whole.endswith("\r\n")
    return whole.removeprefix(BYTE_ORDER_MARK).split("\r\n")[:-1]


def said(who: str, words: str, **more: str) -> Said:
    return Said("1", who, "chat", words, "en", at="2026-11-22T03:05:00+00:00", **more)  # type: ignore[arg-type]


def test_who_said_what_and_when() -> None:
    lines = written("en", said("agent", "Hello"), said("citizen", "Hi"), said("guardian", "I am her son"))
    assert lines == [
        "Remote support on 22 November 2026, 12:00",
        "Support agent: 김상담, 정부민원안내콜센터",
        "",
        "12:05 Support agent: Hello",
        "12:05 You: Hi",
        "12:05 The person whom you invited: I am her son",
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_around_the_words_is_in_ones_language(locale: Locale) -> None:
    lines = written(locale, said("agent", "A"), said("citizen", "B"), said("guardian", "C"))
    assert len(lines) == 6
    assert len({line.partition(":")[0] for line in lines[3:]}) >= 1
    heads = [line.rsplit(": ", 1)[0] for line in lines[3:]]
    assert len(set(heads)) == 3
    others = [written(other, said("agent", "A")) for other in LOCALES if other != locale]
    assert all(lines[0] != other[0] and lines[3] != other[3] for other in others)


def test_what_was_translated_has_its_source_beside_it() -> None:
    assert written("en", said("agent", "Hello", source="안녕하세요", source_lang="ko"))[-1].endswith(
        "Hello [안녕하세요]"
    )


def test_nobody_writes_a_line_of_somebody_elses() -> None:
    lines = written("en", said("agent", "Fine\r\n12:06 You: I agree", source="a\n12:07 You: b"))
    assert len(lines) == 4
    assert lines[-1] == "12:05 Support agent: Fine 12:06 You: I agree [a 12:07 You: b]"


def test_without_an_agent_or_words_it_is_still_a_text() -> None:
    assert len(written("ko", agent=None)) == 2
    assert len(written("th")) == 3
