"""The main job by HTTP alone, as a browser without JavaScript does it: from home to a verified document."""

import io
import re
from collections.abc import Callable

import pytest
from portal_kit import Visitor
from pypdf import PdfReader

from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
PERSON = {
    "ko": "suryaningsih",
    "en": "osullivan-brooks",
    "ja": "takasaki-rin",
    "zh": "chen-xiaoyu",
    "th": "siriphanwadi",
    "vi": "nguyen-van-an",
}
NUMBER = re.compile(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")


async def answer(visitor: Visitor, answers: dict[str, str | list[str]]) -> None:
    """Answers question after question until the check page stands there."""
    for _ in range(12):
        assert visitor.page is not None
        here = visitor.page.url.path
        step = here.rsplit("/", 1)[1]
        if step == "check":
            return
        hidden = next(fields for action, fields in visitor.forms() if "base" in fields)
        given = {name: value for name, value in answers.items() if name == step}
        response = await visitor.post(here, {**hidden, **(given or answers)})
        assert response.status_code == 200, response.text
        assert response.url.path != here, f"{step} was not accepted"
    raise AssertionError("the form has no end")


async def issued(visitor: Visitor) -> str:
    """Submits the draft whose check page stands there; the number of the document."""
    assert visitor.page is not None
    response = await visitor.post(visitor.page.url.path)
    found = NUMBER.search(response.text)
    assert found, response.url
    return found[1]


@pytest.mark.parametrize("locale", LOCALES)
async def test_alien_registration(visitors: Callable[[], Visitor], locale: Locale) -> None:
    citizen, bank = visitors(), visitors()
    await citizen.get(f"/{locale}/")
    await citizen.get(f"/{locale}/services?q=alien")
    await citizen.get(f"/{locale}/services/alien-registration")
    response = await citizen.post(f"/{locale}/apply/alien-registration")
    response = await citizen.choose(PERSON[locale], response)
    assert response.url.path.endswith("/purpose"), "Apply leads through sign-in straight to the first question"
    await answer(citizen, {"purpose": "bank", "recipient": "", "consent": "yes"})
    number = await issued(citizen)
    pdf = (await citizen.get(f"/{locale}/documents/{number}/pdf")).content
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert number in text
    await citizen.get(f"/{locale}/documents/{number}")

    typed = number.lower().replace("-", " ")
    assert 'data-result="genuine"' in (await bank.post(f"/{locale}/verify", {"number": typed})).text
    file = {"file": ("certificate.pdf", pdf, "application/pdf")}
    assert 'data-result="genuine"' in (await bank.post(f"/{locale}/verify/file", files=file)).text
    altered = bytearray(pdf)
    altered[len(altered) // 2] ^= 1
    file = {"file": ("certificate.pdf", bytes(altered), "application/pdf")}
    response = await bank.post(f"/{locale}/verify/file", files=file)
    assert 'data-result="genuine"' not in response.text
    other = ("A" if number[0] != "A" else "B") + number[1:]
    assert 'data-result="mistyped"' in (await bank.post(f"/{locale}/verify", {"number": other})).text

    await citizen.post(f"/{locale}/documents/{number}/revoke")
    assert 'data-result="revoked"' in (await bank.post(f"/{locale}/verify", {"number": typed})).text


@pytest.mark.parametrize("locale", LOCALES)
async def test_resident_register(visitors: Callable[[], Visitor], locale: Locale) -> None:
    """The citizen chooses which items it shows; nothing chosen is the least."""
    citizen = visitors()
    await citizen.sign_in("han-garam", f"/{locale}/services/resident-register")
    response = await citizen.post(f"/{locale}/apply/resident-register", {"new": "1"})
    assert response.url.path.endswith("/kind")
    await answer(citizen, {"kind": "full", "purpose": "school"})
    least = await citizen.get(f"/{locale}/documents/{await issued(citizen)}")
    response = await citizen.post(f"/{locale}/apply/resident-register", {"new": "1"})
    await answer(citizen, {"kind": "full", "items": ["relation", "addresses", "moved-in"], "purpose": "bank"})
    most = await citizen.get(f"/{locale}/documents/{await issued(citizen)}")
    assert least.text.count("<dd>") + least.text.count("<td>") <= most.text.count("<dd>") + most.text.count("<td>")


@pytest.mark.parametrize("locale", LOCALES)
async def test_entry_exit(visitors: Callable[[], Visitor], locale: Locale) -> None:
    citizen = visitors()
    await citizen.sign_in("seonu-daon", f"/{locale}/")
    await citizen.post(f"/{locale}/apply/entry-exit", {"new": "1"})
    dates = {
        "from-year": "2569" if locale == "th" else "２０２０",
        "from-month": "1",
        "from-day": "1",
        "to-year": "2026",
        "to-month": "11",
        "to-day": "20",
    }
    if locale == "th":
        dates["from-year"], dates["to-year"] = "๒๕๖๓", "2569"
    await answer(citizen, {**dates, "purpose": "visa"})
    response = await citizen.get(f"/{locale}/documents/{await issued(citizen)}")
    assert "2020" in response.text
