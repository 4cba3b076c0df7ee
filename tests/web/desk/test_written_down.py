"""What an agent writes down of a session is kept for long: nobody's number is in it. Who waits is not followed."""

from typing import Any

import pytest

from tests.web.desk.desk_kit import Helped, at_the_desk

pytestmark = pytest.mark.anyio


async def test_no_number_is_kept_in_a_note(app: Any) -> None:
    visitor = await at_the_desk(app)
    helped = await Helped.asking(app)
    page = await visitor.post("/ko/desk/code", {"code": helped.code})
    await visitor.post(f"{page.url.path}/act", {"do": "stop"})
    told = {"outcome": "solved", "note": "번호 901231-1234567 확인. " + "가" * 1000}
    page = await visitor.post(f"{page.url.path}/outcome", told)
    assert page.status_code == 422
    assert "확인" in page.text
    assert "1234567" not in page.text


async def test_nobody_follows_who_only_waits(app: Any) -> None:
    helped = await Helped.asking(app, way="text", need="home")
    await helped.opens("documents/index")
    page = await (await at_the_desk(app, locale="en")).get("/en/desk")
    assert f'data-ref="take:{helped.id}"' in page.text
    assert "Home page" in page.text
    assert "Your document" not in page.text
