"""The receipt is whole for who comes at once, and a rating that cannot be kept is not pretended to be."""

from collections.abc import AsyncIterator

import pytest
from outage_kit import says
from support_kit import House, house, silenced

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.states import Stopped
from madang.web.support import trail

pytestmark = pytest.mark.anyio
LATER = "It could not be written down just now. Try again in a moment."


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("support") / "var") as made:
        yield made


async def test_who_rates_at_once_is_heard(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's records are still being gathered: nobody waits for that."""
    monkeypatch.setattr(trail, "GATHER", 3600.0)
    visitor, session = await at.helped("ko")
    await at.relay.apply(session.id, Stopped("agent"))
    rated = await visitor.post("/ko/help/support/rating", {"rating": "good"})
    assert says(rated, "ko", "Thank you.")
    assert not says(rated, "ko", LATER)
    assert 'data-ref="rate-good"' not in rated.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_rating_that_cannot_be_kept_says_so(at: House, locale: Locale) -> None:
    visitor, session = await at.helped(locale)
    await at.relay.apply(session.id, Stopped("citizen"))
    with silenced(at.portal.backend):
        answer = await visitor.post(f"/{locale}/help/support/rating", {"rating": "good"})
    assert answer.status_code == 200
    assert says(answer, locale, LATER)
    assert 'data-ref="rate-good"' in answer.text, "it can be pressed again"
