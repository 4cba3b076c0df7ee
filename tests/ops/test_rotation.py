"""Keys change while people are in the middle of something and documents are about: the old ones are told apart."""

from pathlib import Path

import pytest
from portal_kit import Visitor, portal

from madang.backend.issuance.identity import ensure_identity
from tests.web.test_journey import answer, issued

pytestmark = pytest.mark.anyio
OLD = "8f2b6c1d9e0a4753b1c8d2e6f7a90b3c"
NEW = "c3b09a7f6e2d8c1b3574a0e9d1c6b2f8"


async def test_secret_keys_change_while_somebody_answers(tmp_path: Path) -> None:
    """With the old key behind the new one nothing is noticed; when it is gone, what it sealed is, and nothing fails."""
    async with portal(tmp_path, MADANG_SECRET_KEYS=OLD) as app:
        before = Visitor(app)
        await before.sign_in("nguyen-van-an", "/vi/")
        await before.post("/vi/apply/alien-registration", {"new": "1"})
        await before.post(before.page.url.path, {**before.forms()[-1][1], "purpose": "other"})  # type: ignore[union-attr]
        here = str(before.page.url)  # type: ignore[union-attr]
    async with portal(tmp_path, MADANG_SECRET_KEYS=f"{NEW},{OLD}") as app:
        after = Visitor(app)
        after.http.cookies = before.http.cookies
        assert str((await after.get(here)).url) == here
        await answer(after, {"other": "điện thoại", "recipient": "", "consent": "yes"})
        number = await issued(after)
        response = await after.post("/vi/apply/alien-registration", {"new": "1"})
    async with portal(tmp_path, MADANG_SECRET_KEYS=NEW) as app:
        late = Visitor(app)
        late.http.cookies = after.http.cookies
        assert (await late.get(str(response.url))).status_code == 200
        assert number in (await late.get(f"/vi/documents/{number}")).text


async def test_the_signing_key_changes_and_earlier_documents_stay_genuine(tmp_path: Path) -> None:
    keys = {name: (tmp_path / f"{name}.pem", tmp_path / f"{name}-chain.pem") for name in ("old", "new")}
    for pair in keys.values():
        ensure_identity(*pair)

    def signing(name: str) -> dict[str, str]:
        key, chain = keys[name]
        return {"MADANG_SIGNING_KEY": str(key), "MADANG_SIGNING_CERTIFICATE": str(chain), "MADANG_SECRET_KEYS": OLD}

    data = tmp_path / "var"
    async with portal(data, **signing("old")) as app:
        citizen = Visitor(app)
        await citizen.sign_in("han-garam", "/ko/")
        await citizen.post("/ko/apply/resident-register", {"new": "1"})
        await answer(citizen, {"kind": "full", "purpose": "school"})
        pdf = (await citizen.get(f"/ko/documents/{await issued(citizen)}/pdf")).content
    file = {"file": ("a.pdf", pdf, "application/pdf")}
    former = {"MADANG_FORMER_CERTIFICATES": str(keys["old"][1])}
    for more, said in ((former, "Valid"), ({}, "Not valid")):  # the register knows it in any case
        async with portal(data, **signing("new"), **more) as app:
            page = (await Visitor(app).post("/en/verify/file", files=file)).text
            assert 'data-result="genuine"' in page
            assert f"<dt>Digital signature</dt><dd>{said}</dd>" in page
