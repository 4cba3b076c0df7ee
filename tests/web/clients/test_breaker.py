"""The breaker and the retry budget, with time in the test's hand."""

import datetime as dt

from cable import Time

from madang.web.clients.breaker import Breaker, BreakerRules, RetryBudget

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def made(time: Time, **rules: float) -> Breaker:
    return Breaker(BreakerRules(**rules), time, lambda: NOON + dt.timedelta(seconds=time.seconds), lambda: 0.5)  # type: ignore[arg-type]


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        permit = breaker.allow()
        assert permit is not None
        breaker.fail(permit)


def succeed(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        permit = breaker.allow()
        assert permit is not None
        breaker.succeed(permit)


def test_opens_after_failures_in_a_row_and_a_success_starts_the_count_again() -> None:
    breaker = made(Time())
    fail(breaker, 4)
    succeed(breaker)
    fail(breaker, 4)
    assert breaker.state == "closed"
    fail(breaker)
    assert breaker.state == "open"
    assert breaker.allow() is None


def test_opens_by_rate_once_the_window_is_full() -> None:
    breaker = made(Time(), consecutive=100, window=10, rate=0.5)
    for _ in range(4):
        fail(breaker)
        succeed(breaker)
    fail(breaker)
    assert breaker.state == "closed"
    fail(breaker)
    assert breaker.state == "open"


def test_half_open_lets_one_through_and_its_success_closes() -> None:
    time = Time()
    breaker = made(time, consecutive=1, rest=2.0)
    fail(breaker)
    time.seconds += 1.9
    assert breaker.allow() is None
    time.seconds += 0.2
    assert breaker.state == "half-open"
    trial = breaker.allow()
    assert trial is not None
    assert breaker.allow() is None
    breaker.succeed(trial)
    assert breaker.state == "closed"
    assert breaker.since is None
    succeed(breaker, 3)


def test_a_failed_trial_opens_again_for_twice_as_long_up_to_the_longest() -> None:
    time = Time()
    breaker = made(time, consecutive=1, rest=2.0, longest_rest=10.0)
    for rest in (2.0, 4.0, 8.0, 10.0, 10.0):
        fail(breaker)
        time.seconds += rest - 0.1
        assert breaker.state == "open"
        time.seconds += 0.2
        assert breaker.state == "half-open"


def test_a_cancelled_trial_gives_its_place_to_another() -> None:
    time = Time()
    breaker = made(time, consecutive=1)
    fail(breaker)
    time.seconds += 60
    trial = breaker.allow()
    assert trial is not None
    breaker.abandon(trial)
    assert breaker.allow() is not None


def test_since_is_the_first_failure_of_the_outage() -> None:
    time = Time()
    breaker = made(time, consecutive=2)
    fail(breaker)
    first = breaker.since
    time.seconds += 30
    fail(breaker)
    time.seconds += 60
    fail(breaker)
    assert breaker.since == first
    assert first == NOON + dt.timedelta(seconds=1000)


def test_news_from_before_a_change_of_state_is_ignored() -> None:
    """Calls that were under way when the breaker opened must not close it, nor open it anew once it has closed."""
    time = Time()
    breaker = made(time, consecutive=1)
    old, older = breaker.allow(), breaker.allow()
    assert old is not None
    assert older is not None
    fail(breaker)
    breaker.succeed(old)
    assert breaker.state == "open"
    assert breaker.since is not None
    time.seconds += 60
    succeed(breaker)
    breaker.fail(older)
    assert breaker.state == "closed"


def test_the_budget_lets_a_tenth_be_retries() -> None:
    budget = RetryBudget(share=0.1, most=2.0)
    spent = 0
    for _ in range(1000):
        budget.earn()
        spent += budget.spend()
    assert 95 <= spent <= 105
