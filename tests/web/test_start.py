"""The page where an application starts: what is known before any question is asked."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from outage_kit import says
from portal_kit import Visitor, portal

from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
NOTHING = "If you think there should be an entry"
UPLOAD = "You can still apply"


@pytest.mark.parametrize("locale", LOCALES)
async def test_an_empty_register_is_told_before_any_question(visitor: Visitor, locale: Locale) -> None:
    """Pressed on the guide: where to go is said, no draft is begun, and beginning stays possible."""
    await visitor.sign_in("oh-sunrye", f"/{locale}/")
    page = await visitor.post(f"/{locale}/apply/alien-registration")
    assert page.url.path == f"/{locale}/apply/alien-registration"
    assert says(page, locale, NOTHING)
    assert says(page, locale, UPLOAD), "the card may be uploaded instead"
    assert 'href="tel:1345"' in page.text
    assert 'data-ref="offices"' in page.text
    page = await visitor.post(f"/{locale}/apply/alien-registration", {"new": "1"})
    assert page.url.path.endswith("/purpose")


async def test_where_nothing_can_be_uploaded_the_counter_is_left(visitor: Visitor) -> None:
    await visitor.sign_in("nguyen-van-an", "/vi/")
    page = await visitor.get("/vi/apply/resident-register")
    assert says(page, "vi", NOTHING)
    assert not says(page, "vi", UPLOAD)
    assert 'data-ref="offices"' in page.text
    assert 'data-ref="start"' in page.text, "nobody is kept from it: the register may have changed"


async def test_who_is_on_the_register_hears_nothing_of_it(visitor: Visitor) -> None:
    await visitor.sign_in("nguyen-van-an", "/vi/")
    page = await visitor.get("/vi/apply/alien-registration")
    assert not says(page, "vi", NOTHING)
    page = await visitor.post("/vi/apply/alien-registration")
    assert page.url.path.endswith("/purpose")


async def test_what_is_not_known_is_not_said(tmp_path: Path, visitors: Callable[[], Visitor]) -> None:
    """A backend that does not say what its registers hold, and one that knows nobody."""
    async with portal(tmp_path) as app:
        database = sqlite3.connect(tmp_path / "madang.sqlite")
        find = "SELECT person FROM people WHERE subject = 'oh-sunrye'"
        person = msgspec.json.decode(database.execute(find).fetchone()[0])
        del person["holds"]
        with database:
            text = msgspec.json.encode(person).decode()
            database.execute("UPDATE people SET person = ? WHERE subject = 'oh-sunrye'", (text,))
        visitor = Visitor(app)
        await visitor.sign_in("oh-sunrye", "/ko/")
        assert not says(await visitor.get("/ko/apply/alien-registration"), "ko", NOTHING)
        with database:
            database.execute("DELETE FROM people WHERE subject = 'oh-sunrye'")
        database.close()
        page = await visitor.post("/ko/apply/alien-registration")
        assert page.url.path.endswith("/purpose")
