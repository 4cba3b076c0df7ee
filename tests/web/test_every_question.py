"""Every type of question, in six languages: shown, refused with a reason, understood in any script, shown again."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from portal_kit import Visitor, portal

from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
GOOD: dict[str, dict[str, Any]] = {
    "text": {"text": "O’Brien & 김 <b>"},
    "textarea": {"textarea": ""},
    "select": {"select": "b"},
    "checkboxes": {"checkboxes": ["x", "y"]},
    "day": {"day-year": "２０２０", "day-month": "๒", "day-day": "29"},
    "numbers": {"number": "１２.5", "money": "12,000"},
    "person": {"person-family": "", "person-given": "", "person-has-single": "true", "person-single": "Suryaningsih"},
    "passport": {"passport-family": "nguyen", "passport-given": "van an"},
    "address": {
        "address-country": "KR",
        "address-postcode": "０３０４５",
        "address-line1": "서울특별시 종로구 사직로 161",
        "address-line2": "",
    },
    "contact": {"phone": "010 1234-5678", "email": "an@Example.COM"},
    "card": {"card": "m 1234 5678"},
    "children": {
        "children-1-called": "하나",
        "children-1-born-year": "2019",
        "children-1-born-month": "3",
        "children-1-born-day": "1",
    },
    "declared": {"declared": "true"},
}
BAD: dict[str, dict[str, Any]] = {
    "text": {"text": "\x07"},
    "select": {"select": "nothing"},
    "checkboxes": {"checkboxes": ["x", "none"]},
    "day": {"day-year": "2021", "day-month": "2", "day-day": "29"},
    "numbers": {"number": "many", "money": "1.5"},
    "person": {"person-family": "", "person-given": "안", "person-single": ""},
    "passport": {"passport-family": "응우옌", "passport-given": ""},
    "address": {"address-country": "KR", "address-postcode": "12", "address-line1": "", "address-line2": ""},
    "contact": {"phone": "call me", "email": "nobody"},
    "card": {"card": "!!"},
    "children": {
        "children-1-called": "",
        "children-1-born-year": "2019",
        "children-1-born-month": "13",
        "children-1-born-day": "1",
    },
    "declared": {},
}


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Any]:
    """A portal whose catalogue has one more service, with a form that asks everything."""
    folder = tmp_path_factory.mktemp("catalogue") / "data"
    shutil.copytree(CATALOGUE, folder)
    shutil.copy(Path(__file__).parent / "samples/everything@1.yaml", folder / "forms")
    service = yaml.safe_load((folder / "services/alien-registration.yaml").read_text(encoding="utf-8"))
    service |= {"identifier": "everything", "form": "everything@1"}
    service["outputs"][0]["document"] = "everything"
    document = yaml.safe_load((folder / "documents/alien-registration.yaml").read_text(encoding="utf-8"))
    document["id"] = "everything"
    document["sections"] = [part for part in document["sections"] if "answers." not in str(part)]
    for kind, content in (("services", service), ("documents", document)):
        written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / kind / "everything.yaml").write_text(written, encoding="utf-8")
    async with portal(tmp_path_factory.mktemp("portal"), MADANG_CATALOGUE=str(folder)) as made:
        yield made


def base(visitor: Visitor) -> dict[str, str]:
    return next(fields for _, fields in visitor.forms() if "base" in fields)


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_type(visitors: Callable[[], Visitor], locale: Locale) -> None:
    visitor = visitors()
    await visitor.sign_in("nguyen-van-an", f"/{locale}/")
    response = await visitor.post(f"/{locale}/apply/everything", {"new": "1"})
    for step, good in GOOD.items():
        path = response.url.path
        assert path.endswith(f"/{step}"), f"{step} was expected, not {path}"
        if step in BAD:
            refused = await visitor.post(path, {**base(visitor), **BAD[step]})
            assert refused.status_code == 422, step
            assert 'id="errors"' in refused.text
        response = await visitor.post(path, {**base(visitor), **good})
        assert response.status_code == 200, f"{step}: {response.text[-4000:]}"
        again = await visitor.get(path)
        assert "2020" in again.text or "2563" in again.text or step != "day"
        response = await visitor.get(path.rsplit("/", 1)[0] + "/check")
    assert response.url.path.endswith("/check")
    for shown in ("O’Brien &amp; 김 &lt;b&gt;", "Suryaningsih", "NGUYEN", "03045", "an@example.com", "하나"):
        assert shown in response.text, shown
    assert "M12345678" not in response.text, "a passport number is masked on the check page"


async def test_what_is_known_is_offered(visitors: Callable[[], Visitor]) -> None:
    """Prefilled answers are shown as such, and can be changed."""
    visitor = visitors()
    await visitor.sign_in("nguyen-van-an", "/en/")
    response = await visitor.post("/en/apply/everything", {"new": "1"})
    for step, good in GOOD.items():
        if step == "passport":
            assert 'value="NGUYEN"' in response.text
            known = response.text.index("We know this from the register")
            assert response.text.index("<h1>") < known < response.text.index('value="NGUYEN"')
            assert re.search(r'aria-describedby="[^"]*passport-note', response.text), "heard with the question"
            return
        response = await visitor.post(response.url.path, {**base(visitor), **good})


async def test_entries_are_added_and_removed(visitors: Callable[[], Visitor]) -> None:
    visitor = visitors()
    await visitor.sign_in("nguyen-van-an", "/en/")
    response = await visitor.post("/en/apply/everything", {"new": "1"})
    for step, good in GOOD.items():
        if step == "children":
            break
        response = await visitor.post(response.url.path, {**base(visitor), **good})
    path = response.url.path
    response = await visitor.post(path, {**base(visitor), **GOOD["children"], "children-add": "1"})
    assert 'name="children-2-called"' in response.text
    assert 'value="하나"' in response.text
    two = {**GOOD["children"], "children-2-called": "둘", "children-2-born-year": ""}
    response = await visitor.post(path, {**base(visitor), **two, "children-remove": "1"})
    assert 'value="둘"' in response.text
    assert 'value="하나"' not in response.text
