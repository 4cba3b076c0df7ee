"""What can come of an application beside a certificate: refused kindly, kept, revoked by a clerk, issued again."""

import re
from collections.abc import Callable

import pytest
from portal_kit import Visitor

from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
NUMBER = re.compile(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")


async def at_check(visitor: Visitor, locale: str, other: str = "") -> str:
    """A draft of alien-registration whose check page stands there; its path."""
    response = await visitor.post(f"/{locale}/apply/alien-registration", {"new": "1"})
    answers = {"purpose": "other" if other else "bank", "other": other, "recipient": "", "consent": "yes"}
    while not response.url.path.endswith("/check"):
        step = response.url.path.rsplit("/", 1)[1]
        base = next(fields for _, fields in visitor.forms() if "base" in fields)
        response = await visitor.post(response.url.path, {**base, step: answers[step]})
        assert response.status_code == 200
    return response.url.path


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_character_that_cannot_be_printed_is_never_a_blank_box(visitor: Visitor, locale: Locale) -> None:
    """Nothing is submitted, the draft is kept, and the counter is offered."""
    await visitor.sign_in("osullivan-brooks", f"/{locale}/")
    check = await at_check(visitor, locale, other="𓀀 club")
    response = await visitor.post(check)
    assert response.status_code == 422
    assert 'id="errors"' in response.text
    assert "𓀀" in response.text
    assert 'href="tel:1345"' in response.text
    step = check.replace("/check", "/other")
    await visitor.get(step)
    base = next(fields for _, fields in visitor.forms() if "base" in fields)
    await visitor.post(step, {**base, "other": "club", "from": "check"})
    response = await visitor.post(check)
    assert NUMBER.search(response.text), "changed, it is issued"


async def test_somebody_who_is_not_on_the_register_is_told(visitor: Visitor) -> None:
    await visitor.sign_in("oh-sunrye", "/ko/")
    check = await at_check(visitor, "ko")
    response = await visitor.post(check)
    assert response.status_code == 422
    assert 'href="tel:1345"' in response.text
    assert (await visitor.get(check)).status_code == 200, "the draft is kept"


async def test_a_clerk_revokes_with_a_reason(visitors: Callable[[], Visitor]) -> None:
    holder, clerk, bank = visitors(), visitors(), visitors()
    await holder.sign_in("nguyen-van-an", "/vi/")
    response = await holder.post(await at_check(holder, "vi"))
    found = NUMBER.search(response.text)
    assert found
    number = found[1]
    await clerk.sign_in("seo-iseul", "/ko/verify")
    response = await clerk.post("/ko/verify", {"number": number})
    assert f"/ko/documents/{number}/revoke" in response.text
    assert (await clerk.get(f"/ko/documents/{number}")).status_code == 404, "a clerk revokes, but does not read"
    await clerk.get(f"/ko/documents/{number}/revoke")
    assert (await clerk.post(f"/ko/documents/{number}/revoke", {"reason": " "})).status_code == 422
    response = await clerk.post(f"/ko/documents/{number}/revoke", {"reason": "등록 사항이 바뀌었습니다"})
    assert 'data-result="revoked"' in response.text
    assert 'data-result="revoked"' in (await bank.post("/en/verify", {"number": number})).text
    own = await holder.get(f"/vi/documents/{number}")
    assert "/revoke" not in own.text.split("</header>")[1]


async def test_a_stranger_cannot_revoke(visitors: Callable[[], Visitor]) -> None:
    holder, stranger = visitors(), visitors()
    await holder.sign_in("chen-xiaoyu", "/zh/")
    response = await holder.post(await at_check(holder, "zh"))
    found = NUMBER.search(response.text)
    assert found
    await stranger.sign_in("nguyen-van-an", "/vi/")
    assert (await stranger.post(f"/vi/documents/{found[1]}/revoke")).status_code == 404
    assert 'data-result="genuine"' in (await stranger.post("/vi/verify", {"number": found[1]})).text


async def test_issue_again_leads_to_the_check_page_with_the_same_answers(visitor: Visitor) -> None:
    await visitor.sign_in("takasaki-rin", "/ja/")
    response = await visitor.post(await at_check(visitor, "ja"))
    application = response.url.path.rsplit("/", 1)[1]
    response = await visitor.post(f"/ja/applications/{application}/again")
    assert response.url.path.endswith("/check")
    response = await visitor.post(response.url.path)
    assert NUMBER.search(response.text)


async def test_the_qr_code_leads_to_the_result_in_the_readers_language(visitors: Callable[[], Visitor]) -> None:
    holder, bank = visitors(), visitors()
    await holder.sign_in("suryaningsih", "/en/")
    response = await holder.post(await at_check(holder, "en"))
    found = NUMBER.search(response.text)
    assert found
    page = await holder.get(f"/en/documents/{found[1]}")
    code = re.search(r"/verify/([0-9A-Z]{20,})", page.text)
    assert code
    assert len(code[1]) * 5 >= 128
    response = await bank.get(f"/verify/{code[1]}", **{"Accept-Language": "th"})
    assert response.url.path == f"/th/verify/{code[1]}"
    assert 'data-result="genuine"' in response.text
