"""Queries that found nothing are counted by the week, on every store, and never what may name a person."""

import datetime as dt

import pytest

from madang.web.state import State
from madang.web.state.unanswered import Entry, Unanswered

pytestmark = pytest.mark.anyio
MONDAY = dt.datetime(2026, 11, 16, 9, tzinfo=dt.UTC)


async def test_words_are_counted_together_however_they_are_written(state: State) -> None:
    counter = Unanswered(state, lambda: MONDAY)
    for query in ("Cấp  thẻ", "cap the", "CẤP THẺ"):
        await counter.count(query, "vi")
    await counter.count("cap the", "en")
    await counter.count("무지개 증명서", "ko")
    assert await counter.listed() == [
        Entry("cap the", "vi", 3),
        Entry("cap the", "en", 1),
        Entry("무지개 증명서", "ko", 1),
    ]


@pytest.mark.parametrize(
    "query", ["900101-1234567", "010 1234 5678", "minh@example.org", "번호 ９００１０１", "", "   ", "x" * 61, "!?"]
)
async def test_what_may_name_a_person_is_not_kept(state: State, query: str) -> None:
    counter = Unanswered(state, lambda: MONDAY)
    await counter.count(query, "ko")
    assert await counter.listed() == []


async def test_weeks_are_added_up_and_old_ones_left_out(state: State) -> None:
    now = [MONDAY]
    counter = Unanswered(state, lambda: now[0])
    for week in range(6):
        now[0] = MONDAY - dt.timedelta(weeks=week)
        await counter.count("무지개", "ko")
    now[0] = MONDAY
    assert await counter.listed(weeks=4) == [Entry("무지개", "ko", 4)]
