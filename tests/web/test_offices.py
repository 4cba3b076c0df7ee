"""Counters and kiosks near a place, in six languages: typed, chosen, unclear, unknown; without a script."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from portal_kit import BASE, Visitor

from madang.contract.messages.catalogue import Catalogue
from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.shelf import Shelf
from madang.web.office_words import OfficeWords
from madang.web.views.office_filters import Filters
from madang.web.views.offices import _found, kilometres
from tests.backend.catalogue.test_local_offices import areas, offices

pytestmark = pytest.mark.anyio
JONGNO: dict[Locale, tuple[str, str]] = {
    "ko": ("종로", "서울특별시 종로구"),
    "en": ("Jongno", "Jongno-gu, Seoul"),
    "ja": ("鍾路", "ソウル特別市鍾路区"),
    "zh": ("钟路", "首尔特别市钟路区"),
    "th": ("จงโน", "เขตจงโน กรุงโซล"),
    "vi": ("quận Jongno", "quận Jongno, thành phố Seoul"),
}
KOREAN: dict[Locale, str] = {
    "ko": "한국어",
    "en": "Korean",
    "ja": "韓国語",
    "zh": "韩语",
    "th": "เกาหลี",
    "vi": "Tiếng Hàn",
}


def found(html: str) -> list[str]:
    """Each office of the list as plain words."""
    parts = re.findall(r'<article class="card office">(.*?)</article>', html, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split()) for part in parts]


def links(html: str, ref: str) -> dict[str, str]:
    """Address of each link whose data-ref begins so, by the rest of it."""
    pairs = re.findall(rf'href="([^"]*)"[^>]*data-ref="{ref}:([^"]*)"', html)
    return {name: unescape(address) for address, name in pairs}


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_nearest_stand_first(visitor: Visitor, locale: Locale) -> None:
    typed, place = JONGNO[locale]
    response = await visitor.get(f"/{locale}/offices?near={quote(typed)}")
    assert response.status_code == 200
    assert place in response.text
    assert f'value="{typed}"' in response.text
    first = found(response.text)[0]
    assert "시연로" in first, "the Korean address, to show to a driver"
    assert KOREAN[locale] in first
    distances = [float(km) for km in re.findall(r"· (\d+(?:[.,]\d)?)", response.text.replace(",", "."))]
    assert distances == sorted(distances)


@pytest.mark.parametrize("locale", LOCALES)
async def test_one_place_in_six_languages_is_one_place(visitor: Visitor, locale: Locale) -> None:
    lists = {
        tuple(found((await visitor.get(f"/{locale}/offices?near={quote(typed)}")).text)) for typed, _ in JONGNO.values()
    }
    assert len(lists) == 1


@pytest.mark.parametrize("locale", LOCALES)
async def test_an_unknown_place_is_said_in_place_and_nothing_is_lost(visitor: Visitor, locale: Locale) -> None:
    response = await visitor.get(f"/{locale}/offices?near=Atlantis&kind=kiosk&step_free=yes&language=en")
    html = response.text
    assert response.status_code == 200
    assert 'value="Atlantis"' in html
    assert re.search(r'id="near"[^>]*aria-invalid="true"', html)
    assert 'id="near-error"' in html
    assert 'href="#near"' in html
    assert not found(html)
    assert '<option value="kiosk" selected>' in html
    assert '<option value="en" selected>' in html
    assert re.search(r'id="step_free"[^>]* checked', html)
    provinces = links(html, "province")
    assert len(provinces) == 17
    assert "kind=kiosk" in provinces["seoul"]
    assert "Atlantis" not in provinces["seoul"]
    there = await visitor.get(provinces["seoul"])
    assert found(there.text)
    assert 'id="near-error"' not in there.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_name_of_several_places_asks_which(visitor: Visitor, locale: Locale) -> None:
    unclear = {"ko": "중구", "en": "Jung-gu", "ja": "中区", "zh": "中区", "th": "เขตชุง", "vi": "quận Jung"}[locale]
    response = await visitor.get(f"/{locale}/offices?near={quote(unclear)}&hearing_loop=yes")
    which = links(response.text, "which")
    assert set(which) == {f"{city}-jung" for city in ("seoul", "busan", "daegu", "incheon", "daejeon", "ulsan")}
    chosen = await visitor.get(which["busan-jung"])
    assert found(chosen.text)
    assert f'value="{unclear}"' in chosen.text
    assert re.search(r'id="hearing_loop"[^>]* checked', chosen.text)
    assert links(chosen.text, "which") == {}


async def test_what_is_typed_counts_before_what_was_chosen(visitor: Visitor) -> None:
    response = await visitor.get("/en/offices?near=Suwon&area=busan-jung")
    assert "Suwon-si, Gyeonggi-do" in response.text
    response = await visitor.get("/en/offices?near=Jung-gu&area=busan-jung")
    assert "Nearest to Jung-gu, Busan" in response.text
    response = await visitor.get("/en/offices?area=nowhere")
    assert "in the whole country" in response.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_province_offers_its_towns_and_only_its_offices(visitor: Visitor, locale: Locale) -> None:
    response = await visitor.get(f"/{locale}/offices?area=gyeonggi")
    within = links(response.text, "within")
    assert len(within) == 31
    assert all("경기도" in office for office in found(response.text))
    town = await visitor.get(within["gyeonggi-suwon"])
    assert "수원시" in found(town.text)[0]


async def test_filters_leave_what_one_can_use(visitor: Visitor) -> None:
    kiosks = found((await visitor.get("/en/offices?kind=kiosk")).text)
    assert kiosks
    assert all("Self-service certificate kiosk ·" in k or "Self-service certificate kiosk Address" in k for k in kiosks)
    thai = found((await visitor.get("/en/offices?language=th")).text)
    assert thai
    assert all(re.search(r"Languages [^·]*Thai", office) for office in thai)
    looped = found((await visitor.get("/en/offices?hearing_loop=yes&step_free=yes")).text)
    assert looped
    assert all("Hearing loop" in office for office in looped)
    assert not any("There are steps" in office for office in looped)
    everything = found((await visitor.get("/en/offices?kind=palace&language=xx&step_free=maybe&service=none")).text)
    assert everything == found((await visitor.get("/en/offices")).text)


@pytest.mark.parametrize("locale", LOCALES)
async def test_nothing_that_fits_is_not_the_end(visitor: Visitor, locale: Locale) -> None:
    response = await visitor.get(f"/{locale}/offices?kind=kiosk&hearing_loop=yes")
    assert not found(response.text)
    assert 'data-ref="all-offices"' in response.text
    assert 'href="tel:1345"' in response.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_guide_leads_to_the_offices_of_its_service(visitor: Visitor, locale: Locale) -> None:
    guide = await visitor.get(f"/{locale}/services/alien-registration")
    address = re.search(r'href="([^"]*)" data-ref="offices-near"', guide.text)
    assert address
    response = await visitor.get(unescape(address[1]))
    assert found(response.text)
    assert 'name="service" value="alien-registration"' in response.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_page_asks_nobody_else(visitor: Visitor, locale: Locale) -> None:
    """No map of others, no position from the browser; the phone's own map opens by its address scheme."""
    html = (await visitor.get(f"/{locale}/offices?near=Suwon")).text
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', html):
        parts = urlsplit(unescape(address))
        assert parts.scheme in ("", "tel", "geo") or unescape(address).startswith(BASE), address
    assert re.search(r'href="geo:37\.\d+,127\.\d+\?q=37\.\d+,127\.\d+\(%', html)
    assert "geolocation" not in html


@pytest.mark.parametrize("typed", ['"><img src=x onerror=alert(1)>', "{{7*7}}", "종로\u202e", "a" * 1000, "%", "‮"])
async def test_hostile_words_are_words(visitor: Visitor, typed: str) -> None:
    response = await visitor.get(f"/ko/offices?near={quote(typed)}")
    assert response.status_code == 200
    assert "<img src=x" not in response.text


async def test_only_the_page_without_a_question_is_kept(visitor: Visitor) -> None:
    plain = await visitor.get("/en/offices")
    assert "etag" in plain.headers
    asked = await visitor.get("/en/offices?near=Suwon")
    assert "etag" not in asked.headers


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """All municipalities with their demonstration offices."""
    return Shelf.of(Catalogue("1", (), (), (), (), offices(), (), areas=areas()))


def test_near_a_municipality_all_by_distance(shelf: Shelf) -> None:
    jongno = shelf.local.areas["seoul-jongno"]
    near = _found(shelf, jongno, Filters())
    assert len(near) == 456
    assert near[0].office.id == "seoul-jongno-counter"
    assert near[0].kilometres == pytest.approx(0.0)
    assert [item.kilometres for item in near] == sorted(item.kilometres or 0 for item in near)
    busan = next(item for item in near if item.office.id == "busan-jung-counter")
    assert busan.kilometres == pytest.approx(329, abs=4)


def test_of_a_province_only_its_own(shelf: Shelf) -> None:
    there = _found(shelf, shelf.local.areas["gyeonggi"], Filters(kind="counter"))
    assert len(there) == 31
    assert {item.kilometres for item in there} == {None}
    jeju = _found(shelf, shelf.local.areas["jeju"], Filters())
    assert jeju[0].office.area == "jeju", "a province without municipalities is a place itself"


def test_an_office_without_a_place_has_no_distance(shelf: Shelf) -> None:
    from msgspec.structs import replace

    lost = replace(offices()[0], latitude=None, longitude=None)
    assert kilometres(shelf.local.areas["seoul"], lost) is None


@pytest.mark.parametrize(
    ("number", "shown"), [(1, [1, 2, 22, 23]), (12, [1, 10, 11, 12, 13, 22, 23]), (23, [1, 21, 22, 23])]
)
def test_pages_lead_on_with_what_was_asked(number: int, shown: list[int]) -> None:
    import gettext
    from types import SimpleNamespace

    page: Any = SimpleNamespace(near="종로", area="seoul-jongno", filters=Filters(kind="kiosk"), page=number, pages=23)
    pages = OfficeWords("en", gettext.NullTranslations()).pages(page)
    assert [link.number for link in pages.links] == shown
    assert [link.number for link in pages.links if link.current] == [number]
    assert (f"page={number + 1}" in pages.next) if number < 23 else pages.next == ""
    assert bool(pages.previous) == (number > 1)
    last = pages.links[-1].url
    assert "page=23" in last
    assert "kind=kiosk" in last
    assert "area=seoul-jongno" in last
    assert "near=%EC" in last
