"""The page where an application starts: what is known before any question is asked."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import anyio
import html5lib
import msgspec
import pytest
import yaml
from outage_kit import says
from portal_kit import Visitor, portal

import madang.backend
from madang.forms.summary import SummaryRow
from madang.forms.values import Plain
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text
from madang.web.views.draft_cards import telling
from tests.web.test_outcomes import at_check

pytestmark = pytest.mark.anyio
FORM = Path(madang.backend.__file__).parent / "data/forms/alien-registration@1.yaml"
OPTIONS = {
    option["value"]: Text(**option["label"])
    for option in yaml.safe_load(FORM.read_text())["fields"]["purpose"]["options"]
    if option["value"] in ("bank", "school")
}
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


@pytest.mark.parametrize("locale", LOCALES)
async def test_drafts_of_one_service_are_told_apart(visitor: Visitor, locale: Locale) -> None:
    """By what was answered differently, how far each is, and when it was saved; so is each link."""
    await visitor.sign_in("siriphanwadi", f"/{locale}/")
    for purpose in ("bank", "school"):
        page = await visitor.post(f"/{locale}/apply/alien-registration", {"new": "1"})
        base = next(fields for _, fields in visitor.forms() if "base" in fields)
        await visitor.post(page.url.path, {**base, "purpose": purpose})
    for path in (f"/{locale}/applications", f"/{locale}/apply/alien-registration", f"/{locale}/"):
        page = await visitor.get(path)
        root = html5lib.parse(page.text, namespaceHTMLElements=False)
        items = [
            item for item in root.iter("li") if any("carry-on" in (a.get("data-ref") or "") for a in item.iter("a"))
        ]
        texts = ["".join(item.itertext()) for item in items]
        assert sum(OPTIONS["bank"].resolve(locale).text in text for text in texts) == 1, path
        assert sum(OPTIONS["school"].resolve(locale).text in text for text in texts) == 1, path
        links = ["".join(a.itertext()) for item in items for a in item.iter("a")]
        assert len(set(links)) == len(links), path
    page = await visitor.get(f"/{locale}/apply/alien-registration")
    for action in re.findall(r'href="([^"]+/delete)"', page.text):
        asked = await visitor.get(action)
        assert sum(text.resolve(locale).text in asked.text for text in OPTIONS.values()) == 1, "it is said which"
        await visitor.post(action)


def test_what_tells_drafts_apart() -> None:
    def rows(**answers: str) -> tuple[SummaryRow, ...]:
        return tuple(SummaryRow(name, "p", Text(ko=name), Plain(value)) for name, value in answers.items())

    first, second, third = rows(a="1", b="2", c="3", d="4"), rows(a="1", b="0"), rows(a="1")
    everyone = (first, second, third)
    assert [row.field for row in telling(first, everyone)] == ["b", "c"]
    assert [row.field for row in telling(second, everyone)] == ["b"]
    assert [row.field for row in telling(third, everyone)] == ["a"]
    assert telling((), (first, ())) == ()


def form_at(visitor: Visitor, action: str) -> dict[str, str]:
    return next(fields for target, fields in visitor.forms() if target.endswith(action))


async def open_drafts(visitor: Visitor) -> int:
    return len(re.findall(r'data-ref="carry-on:\d+"', (await visitor.get("/en/applications")).text))


async def test_a_start_sent_twice_is_one_draft(visitors: Callable[[], Visitor]) -> None:
    """Pressed twice at once, and again after an answer that never came; another page makes another draft."""
    visitor = visitors()
    await visitor.sign_in("takasaki-rin", "/en/")
    path = "/en/apply/entry-exit"
    await visitor.get(path)
    form = {**form_at(visitor, path), "new": "1"}
    pages: list[str] = []

    async def press() -> None:
        pages.append((await visitor.post(path, form)).url.path)

    async with anyio.create_task_group() as together:
        for _ in range(3):
            together.start_soon(press)
    await press()
    assert len(set(pages)) == 1
    assert await open_drafts(visitor) == 1
    await visitor.get(path)
    await visitor.post(path, {**form_at(visitor, path), "new": "1"})
    assert await open_drafts(visitor) == 2, "who wants a second draft gets one"


async def test_apply_pressed_twice_on_a_guide_is_one_draft(visitors: Callable[[], Visitor]) -> None:
    visitor = visitors()
    await visitor.sign_in("han-garam", "/en/")
    async with anyio.create_task_group() as together:
        for _ in range(3):
            together.start_soon(visitor.post, "/en/apply/resident-register")
    assert await open_drafts(visitor) == 1


async def test_the_same_as_last_time_pressed_twice_is_one_draft(visitors: Callable[[], Visitor]) -> None:
    visitor = visitors()
    await visitor.sign_in("chen-xiaoyu", "/en/")
    done = await visitor.post(await at_check(visitor, "en"))
    again = f"{done.url.path}/again"
    form = form_at(visitor, again)
    first = await visitor.post(again, form)
    assert (await visitor.post(again, form)).url.path == first.url.path
    assert await open_drafts(visitor) == 1
    submitted = await visitor.post(first.url.path)
    assert submitted.url.path != done.url.path
    later = await visitor.post(again, form)
    assert later.url.path not in (first.url.path, submitted.url.path), "what is submitted is not begun again"
    assert later.url.path.endswith("/check")
