"""Numbers that a page writes together with letters are numbers all the same: the second layer covers them."""

import pytest

from madang.remote_support.mirror import reflect
from madang.web.support.cover import Cover

WRITTEN = ("M123A4567", "M-1234-5678", "tel:010-1234-5678", "card-1234-5678-9012-3456", "rrn:9012-3112-3456-7")


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_behind_a_letter_is_covered(written: str) -> None:
    field = f'<input data-ref="q" name="q" value="{written}">'
    page = f"<!doctype html><html><head><title>x</title></head><body><p>{written}</p>{field}</body></html>"
    seen = reflect(page, Cover([]), {"q": True})
    assert sum(map(str.isdigit, seen.html + seen.elements["q"].value)) == 0


@pytest.mark.parametrize("name", ["pages:12", "days:1234", "whose-1-family", "beside-acts", "day:2026-11-23"])
def test_the_name_of_an_element_stays(name: str) -> None:
    assert Cover([])(name) == name
