"""A draft in the hands of people: errors in place, languages switched half-way, two devices, impatience."""

import re
from collections.abc import Callable

import pytest
from markupsafe import escape
from portal_kit import Visitor

from madang.forms import values
from madang.forms.summary import SummaryRow
from madang.i18n.locales import Locale
from madang.i18n.messages import Catalogues
from madang.i18n.text import Text
from madang.web.app import LOCALES
from madang.web.presenters import Presenters

pytestmark = pytest.mark.anyio
ALIEN = "/en/apply/alien-registration"


async def begun(visitor: Visitor, person: str = "chen-xiaoyu") -> str:
    """A new draft of ``person``; the path of its first question."""
    await visitor.sign_in(person, "/en/")
    response = await visitor.post(ALIEN, {"new": "1"})
    assert response.url.path.endswith("/purpose")
    return response.url.path


def base(visitor: Visitor) -> dict[str, str]:
    return next(fields for _, fields in visitor.forms() if "base" in fields)


async def test_an_error_names_the_field_and_keeps_what_was_typed(visitor: Visitor) -> None:
    path = await begun(visitor)
    response = await visitor.post(path, {**base(visitor), "purpose": "other"})
    path = response.url.path
    assert path.endswith("/other")
    long = "가" * 101
    response = await visitor.post(path, {**base(visitor), "other": long})
    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert 'href="#other"' in response.text
    assert response.text.count("100 characters or fewer") == 2, "the same sentence in the summary and at the field"
    assert long in response.text


async def test_language_switch_keeps_what_was_typed_and_the_errors(visitor: Visitor) -> None:
    path = await begun(visitor)
    await visitor.post(path, {**base(visitor), "purpose": "other"})
    assert visitor.page is not None
    path = visitor.page.url.path
    await visitor.post(path, {**base(visitor), "other": "x" * 120})
    response = await visitor.post(path, {**base(visitor), "other": "x" * 120, "switch": "vi"})
    assert response.url.path == path.replace("/en/", "/vi/")
    assert "x" * 120 in response.text
    assert 'id="errors"' in response.text, "the errors that stood, in the new language"
    again = await visitor.get(response.url.path)
    assert 'id="errors"' not in again.text, "shown once; a reload starts from what is stored"


async def test_language_switch_before_continue_shows_no_errors(visitor: Visitor) -> None:
    path = await begun(visitor)
    response = await visitor.post(path, {**base(visitor), "purpose": "school", "switch": "th"})
    assert response.url.path == path.replace("/en/", "/th/")
    assert 'id="errors"' not in response.text
    assert 'value="school" checked' in response.text


async def test_a_draft_goes_on_on_another_device(visitors: Callable[[], Visitor]) -> None:
    phone, laptop = visitors(), visitors()
    path = await begun(phone)
    await phone.post(path, {**base(phone), "purpose": "visa"})
    await laptop.sign_in("chen-xiaoyu", "/zh/")
    response = await laptop.get(path.replace("/en/", "/zh/").replace("/purpose", "/check"))
    assert response.url.path.endswith("/recipient"), "taken up where it stopped, in another language"
    response = await laptop.get(path)
    assert 'value="visa" checked' in response.text


async def test_two_devices_that_disagree_are_shown_both_answers(visitors: Callable[[], Visitor]) -> None:
    first, second = visitors(), visitors()
    path = await begun(first)
    await second.sign_in("chen-xiaoyu", "/en/")
    await second.get(path)
    before = base(second)
    await first.post(path, {**base(first), "purpose": "bank"})
    response = await second.post(path, {**before, "purpose": "school"})
    assert response.status_code == 409
    assert "Bank" in response.text
    assert 'value="school" checked' in response.text
    response = await second.post(path, {**base(second), "purpose": "school"})
    assert response.status_code == 200, "pressing Continue again keeps one's own"
    response = await first.get(path)
    assert 'value="school" checked' in response.text


async def test_two_devices_that_agree_are_not_bothered(visitors: Callable[[], Visitor]) -> None:
    first, second = visitors(), visitors()
    path = await begun(first)
    await second.sign_in("chen-xiaoyu", "/en/")
    await second.get(path)
    before = base(second)
    await first.post(path, {**base(first), "purpose": "bank"})
    assert (await second.post(path, {**before, "purpose": "bank"})).status_code == 200


async def test_changing_an_answer_returns_to_check(visitor: Visitor) -> None:
    path = await begun(visitor)
    await visitor.post(path, {**base(visitor), "purpose": "bank"})
    await visitor.post(path.replace("/purpose", "/recipient"), {**base(visitor), "recipient": ""})
    response = await visitor.post(path.replace("/purpose", "/consent"), {**base(visitor), "consent": "yes"})
    assert response.url.path.endswith("/check")
    await visitor.get(path + "?from=check")
    response = await visitor.post(path, {**base(visitor), "purpose": "visa"})
    assert response.url.path.endswith("/check")
    await visitor.get(path + "?from=check")
    response = await visitor.post(path, {**base(visitor), "purpose": "other"})
    assert response.url.path.endswith("/other"), "by way of the question that the change has opened"
    response = await visitor.post(response.url.path, {**base(visitor), "other": "a club"})
    assert response.url.path.endswith("/check")


async def test_submitting_again_gives_the_same_application(visitors: Callable[[], Visitor]) -> None:
    visitor, other_tab = visitors(), visitors()
    path = await begun(visitor)
    await visitor.post(path, {**base(visitor), "purpose": "bank"})
    await visitor.post(path.replace("/purpose", "/recipient"), {**base(visitor), "recipient": "한국은행"})
    response = await visitor.post(path.replace("/purpose", "/consent"), {**base(visitor), "consent": "yes"})
    check = response.url.path
    await other_tab.sign_in("chen-xiaoyu", check)
    first = await visitor.post(check)
    again = await other_tab.post(check)
    assert "/applications/" in first.url.path
    assert again.url.path == first.url.path
    back = await visitor.get(path)
    assert back.url.path == first.url.path, "Back leads to the application, not into a closed draft"


async def test_somebody_else_never_sees_a_draft(visitors: Callable[[], Visitor]) -> None:
    owner, stranger = visitors(), visitors()
    path = await begun(owner)
    await stranger.sign_in("nguyen-van-an", "/en/")
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.post(path, {"purpose": "bank"})).status_code == 404


async def test_signing_in_keeps_what_was_typed(visitors: Callable[[], Visitor]) -> None:
    """The session ended while somebody was typing; pressing Continue leads through sign-in back to the typed page."""
    visitor = visitors()
    path = await begun(visitor)
    await visitor.post("/en/sign-out")
    response = await visitor.post(path, {"purpose": "visa"})
    response = await visitor.http.get(onward(response.text))
    response = await visitor.choose("chen-xiaoyu", response)
    assert response.url.path == path
    assert 'value="visa" checked' in response.text


async def test_what_one_person_typed_is_not_shown_to_the_next(visitor: Visitor) -> None:
    path = await begun(visitor)
    await visitor.post("/en/sign-out")
    response = await visitor.post(path, {"purpose": "visa"})
    response = await visitor.http.get(onward(response.text))
    response = await visitor.choose("nguyen-van-an", response)
    assert 'value="visa" checked' not in response.text


async def test_a_deleted_draft_is_gone(visitor: Visitor) -> None:
    path = await begun(visitor)
    response = await visitor.get(path.replace("/purpose", "/delete"))
    await visitor.post(response.url.path)
    assert (await visitor.get(path)).status_code == 404


async def test_without_consent_a_clerk_reads_the_uploaded_card(visitor: Visitor) -> None:
    path = await begun(visitor, "siriphanwadi")
    await visitor.post(path, {**base(visitor), "purpose": "bank"})
    await visitor.post(path.replace("/purpose", "/recipient"), {**base(visitor), "recipient": ""})
    response = await visitor.post(path.replace("/purpose", "/consent"), {**base(visitor), "consent": "no"})
    card = response.url.path
    assert card.endswith("/card")
    response = await visitor.post(card, base(visitor))
    assert response.status_code == 422
    wrong = {"card-upload": ("virus.exe", b"MZ\x90\x00" * 50, "image/png")}
    response = await visitor.post(card, {**base(visitor), "card-add": "1"}, wrong)
    assert response.status_code == 422
    assert "virus.exe" in response.text
    photo = {"card-upload": ("card.png", PNG, "image/png")}
    response = await visitor.post(card, {**base(visitor), "card-add": "1"}, photo)
    assert response.url.path == card
    assert "card.png" in response.text
    stored = next(fields for _, fields in visitor.forms() if "base" in fields)
    response = await visitor.post(card, stored)
    assert response.url.path.endswith("/check"), response.text[-3000:]
    response = await visitor.post(response.url.path)
    assert "A clerk is reading it" in response.text
    assert "card.png" in response.text, "the file is called by its name, not by its id"
    number = response.url.path.rsplit("/", 1)[1]
    response = await visitor.post(f"/en/applications/{number}/withdraw")
    assert "Withdrawn" in response.text


def onward(html: str) -> str:
    """The way on from the page that says that one must sign in first."""
    found = re.search(r'href="([^"]*/sign-in\?[^"]*kept=[^"]*)"', html)
    assert found, html[-2000:]
    return found[1].replace("&amp;", "&")


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.mark.parametrize(
    ("locale", "shown"),
    [("ko", "별명: 하나 &lt;b&gt;"), ("th", 'ชื่อเล่น: <span lang="ko">하나 &lt;b&gt;</span>')],
)
def test_an_entry_has_its_question_in_one_language_and_its_answer_in_another(locale: Locale, shown: str) -> None:
    """A voice that reads Korean cannot say a Thai question, nor the other way round."""
    asked = Text(ko="별명", th="ชื่อเล่น")
    row = SummaryRow("children", "children", asked, values.Entries((((asked, values.Plain("하나 <b>")),),)))
    words = Catalogues(LOCALES).translations(locale)
    (line,) = Presenters(locale, words, lambda text: escape(text.resolve(locale).text)).version_rows([row])
    assert [str(value) for value in line.values] == [shown]
