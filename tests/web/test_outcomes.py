"""What can come of an application beside a certificate: refused kindly, kept, revoked by a clerk, issued again."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from portal_kit import Visitor

import madang.web
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import Catalogues

pytestmark = pytest.mark.anyio
CATALOGUES = Catalogues(Path(madang.web.__file__).parent / "locales")
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
    for missing, control in (({"reason": " "}, "#code"), ({"code": "other", "reason": " "}, "#reason")):
        refused = await clerk.post(f"/ko/documents/{number}/revoke", missing)
        assert refused.status_code == 422
        assert f'href="{control}"' in refused.text
    words = "체류자격이 바뀌었으니 새로 발급받으세요"
    response = await clerk.post(f"/ko/documents/{number}/revoke", {"code": "changed", "reason": words})
    assert 'data-result="revoked"' in response.text
    assert "이 문서를 취소했습니다" in response.text
    seen = await bank.post("/en/verify", {"number": number})
    assert 'data-result="revoked"' in seen.text
    assert "Revoked by the issuing agency" in seen.text
    assert "What it says is no longer true" in seen.text
    assert words not in seen.text
    assert "You have revoked" not in seen.text
    again = await clerk.post(f"/ko/documents/{number}/revoke", {"code": "lost"})
    assert "이 문서를 취소했습니다" not in again.text, "said once, and only when it was done"
    assert "기재된 내용이 지금 사실과 다릅니다" in again.text
    own = await holder.get(f"/vi/documents/{number}")
    assert "/revoke" not in own.text.split("</header>")[1]
    assert "Bạn đã thu hồi" not in own.text
    assert words in own.text, "the holder is told what the clerk wrote"


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_holder_revokes_and_is_told_so_once(visitors: Callable[[], Visitor], locale: Locale) -> None:
    holder, bank = visitors(), visitors()
    await holder.sign_in("takasaki-rin", f"/{locale}/")
    found = NUMBER.search((await holder.post(await at_check(holder, locale))).text)
    assert found
    done, reason = told(locale, "You have revoked this document"), told(locale, "The holder asked for it")
    page = await holder.post(f"/{locale}/documents/{found[1]}/revoke")
    assert done in page.text
    assert done not in (await holder.get(f"/{locale}/documents/{found[1]}")).text
    seen = await bank.post(f"/{locale}/verify", {"number": found[1]})
    assert told(locale, "Revoked by the holder") in shown(seen.text)
    assert reason in seen.text


def told(locale: Locale, message: str) -> str:
    """One of our messages in a language."""
    return CATALOGUES.translations(locale).gettext(message)


def shown(html: str) -> str:
    """What is read: without the marks that keep groups of a heading together."""
    return re.sub(r"<[^>]+>|\u2060|\u200b", "", html)


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


@pytest.mark.parametrize("locale", LOCALES)
async def test_after_a_result_one_way_leads_on(visitors: Callable[[], Visitor], locale: Locale) -> None:
    """Not all three again; only a number that was typed stays in its box when nothing was found by it."""
    holder, bank = visitors(), visitors()
    await holder.sign_in("siriphanwadi", f"/{locale}/")
    found = NUMBER.search((await holder.post(await at_check(holder, locale))).text)
    assert found
    onward = f'href="/{locale}/verify" data-ref="verify-another"'
    page = await bank.post(f"/{locale}/verify", {"number": found[1]})
    assert (page.text.count(onward), 'id="number"' in page.text, 'id="file"' in page.text) == (1, False, False)
    page = await bank.post(f"/{locale}/verify/file", files={"file": ("x.pdf", b"%PDF-1.7 nothing")})
    assert (page.text.count(onward), 'id="number"' in page.text, 'id="file"' in page.text) == (1, False, False)
    page = await bank.post(f"/{locale}/verify", {"number": found[1][:-1]})
    assert (page.text.count(onward), f'value="{found[1][:-1]}"' in page.text, 'id="file"' in page.text) == (
        1,
        True,
        False,
    )
    page = await bank.get(f"/{locale}/verify")
    assert (page.text.count(onward), 'id="number"' in page.text, 'id="file"' in page.text) == (0, True, True)


async def test_what_is_heard_is_a_sentence(visitor: Visitor) -> None:
    """Links to change an answer, and lists in Japanese and Chinese."""
    await visitor.sign_in("osullivan-brooks", "/en/")
    check = await at_check(visitor, "en")
    page = await visitor.get(check)
    assert "Change purpose" in page.text
    assert "Change Purpose" not in page.text
    for locale in ("ja", "zh"):
        page = await visitor.get(f"/{locale}/applications")
        hidden = re.findall(r'<span class="vh">([^<]*)', page.text)
        assert any("：" in text for text in hidden)
        assert not any(": " in text for text in hidden)
    page = await visitor.get("/en/help")
    assert page.text.split("<main")[1].split("</main>")[0].count(">110<") == 1
    assert "dial 110" not in page.text.split("<main")[1].split("</main>")[0]
