"""The gateway by HTTP, in six languages: figures, facets, places, life events, for you, A to Z, what is not found."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from outage_kit import says
from portal_kit import Visitor, portal

from madang.backend.config import CATALOGUE
from madang.i18n import formats
from madang.i18n.locales import LOCALES, Locale
from madang.web.state.unanswered import Unanswered

pytestmark = pytest.mark.anyio
EVENTS = {"ko": "이사", "en": "moving home", "ja": "引っ越し", "zh": "搬家", "th": "ย้ายบ้าน", "vi": "chuyển nhà"}
SUWON = {"ko": "수원", "en": "Suwon", "ja": "水原", "zh": "水原", "th": "ซูวอน", "vi": "Suwon"}
WASTE = {
    "ko": "대형폐기물",
    "en": "bulky waste",
    "ja": "粗大ごみ",
    "zh": "大件垃圾",
    "th": "ขยะชิ้นใหญ่",
    "vi": "rác cồng kềnh",
}
STATES = {"paused": "This service is paused", "seasonal": "This service is not open now"}


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Any]:
    async with portal(tmp_path_factory.mktemp("gateway") / "var") as running:
        yield running


def refs(html: str, kind: str) -> list[str]:
    return re.findall(rf'data-ref="{kind}:([^"]+)"', html)


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_figures_are_shown(app: Any, locale: Locale) -> None:
    page = (await Visitor(app).get(f"/{locale}/services")).text
    for figure in (5000, 3020, 1208):
        assert f"<b>{formats.number(figure, locale)}</b>" in page


@pytest.mark.parametrize("locale", LOCALES)
async def test_facets_narrow_and_are_let_go(app: Any, locale: Locale) -> None:
    visitor = Visitor(app)
    page = (await visitor.get(f"/{locale}/services?category=foreign&fee=free")).text
    found = refs(page, "service")
    assert "alien-registration" in found
    assert "resident-register" not in found
    assert {"category", "fee", "all"} <= set(refs(page, "let-go"))
    count = re.search(r'data-ref="narrow:agency:moj">.*?<span class="soft">(\d+)', page)
    assert count
    fewer = (await visitor.get(f"/{locale}/services?category=foreign&fee=free&agency=moj")).text
    assert re.search(rf'role="status"><h2[^>]*>[^<]*\b{count[1]}\b|role="status"><h2[^>]*>[^<]*{count[1]}', fewer), (
        "the count was true"
    )
    none = await visitor.get(f"/{locale}/services?category=foreign&who=veteran&agency=kdca")
    assert none.status_code == 200
    assert "let-go:all" in none.text, "a dead end has a way out"
    assert (await visitor.get(f"/{locale}/services?category=nothing&fee=%00")).status_code in (200, 400)


@pytest.mark.parametrize("locale", LOCALES)
async def test_everyday_words_find_the_life_event_and_a_place_leads_to_its_own(app: Any, locale: Locale) -> None:
    visitor = Visitor(app)
    page = await visitor.get(f"/{locale}/services?q={EVENTS[locale]}")
    assert f'href="/{locale}/life-events/relocation"' in page.text
    here = await visitor.get(f"/{locale}/services?q={SUWON[locale]} {WASTE[locale]}")
    assert f'href="/{locale}/services/bulky-waste-gyeonggi-suwon"' in here.text
    guide = await visitor.get(f"/{locale}/services/bulky-waste-gyeonggi-suwon")
    assert guide.status_code == 200
    assert f'href="/{locale}/services/bulky-waste/areas"' in guide.text
    areas = await visitor.get(f"/{locale}/services/bulky-waste/areas")
    assert len(refs(areas.text, "place")) == 226


@pytest.mark.parametrize("locale", LOCALES)
async def test_nothing_found_is_no_dead_end_and_is_counted_once(app: Any, locale: Locale) -> None:
    visitor = Visitor(app)
    page = await visitor.get(f"/{locale}/services?q=zqxjk")
    assert says(page, locale, "We found nothing for these words")
    assert 'href="tel:110"' in page.text
    assert len(refs(page.text, "event")) >= 4, "the nearest life events"
    typing = {"HX-Request": "true"}
    await visitor.get(f"/{locale}/services?q=zqxjkw", **typing)
    counter = Unanswered(page_state(app))
    counted = {entry.words: entry.count for entry in await counter.listed() if entry.locale == locale}
    assert counted == {"zqxjk": 1}, "what is typed on the way to a word is no question"


def page_state(app: Any) -> Any:
    inner = app
    while not hasattr(inner, "state"):
        inner = inner.__dict__.get("_app") or inner.__dict__.get("app")
    return inner.state.portal.state


@pytest.mark.parametrize("locale", LOCALES)
async def test_life_events_and_audiences_lead_to_services(app: Any, locale: Locale) -> None:
    visitor = Visitor(app)
    events = refs((await visitor.get(f"/{locale}/life-events")).text, "event")
    assert len(events) == 20
    for event in events:
        page = await visitor.get(f"/{locale}/life-events/{event}")
        steps = refs(page.text, "step")
        assert steps, event
        for step in steps[:1]:
            assert (await visitor.get(f"/{locale}/services/{step}")).status_code == 200
    audiences = refs((await visitor.get(f"/{locale}/for-you")).text, "audience")
    assert set(audiences) == {"newcomer", "overseas-korean", "senior", "disabled", "parent", "business"}
    for audience in audiences:
        page = await visitor.get(f"/{locale}/for-you/{audience}")
        assert refs(page.text, "service")
    for path in ("life-events/nothing", "for-you/nothing", "for-you/farmer", "services/hometax/easy"):
        assert (await visitor.get(f"/{locale}/{path}")).status_code == 404


LETTERS = {"ko": "ㄱㅅㅈ", "en": "ACP", "ja": "あかさ", "zh": "BJS", "th": "ขทบ", "vi": "BGT"}


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_to_z_is_in_the_script_of_the_language(app: Any, locale: Locale) -> None:
    page = (await Visitor(app).get(f"/{locale}/services/a-z")).text
    heads = re.findall(r'<h2 id="letter-\d+">([^<]+)</h2>', page)
    assert set(LETTERS[locale]) <= set(heads)
    assert len(refs(page, "service")) == len(set(refs(page, "service"))) > 380


@pytest.mark.parametrize("locale", LOCALES)
async def test_leaving_says_where_to_and_only_there(app: Any, locale: Locale) -> None:
    visitor = Visitor(app)
    guide = await visitor.get(f"/{locale}/services/hometax")
    assert f'href="/{locale}/services/hometax/leaving"' in guide.text
    page = await visitor.get(f"/{locale}/services/hometax/leaving")
    assert 'href="https://www.hometax.go.kr' in page.text
    assert "noopener" in page.text
    assert (await visitor.get(f"/{locale}/services/resident-register/leaving")).status_code == 404


@pytest.mark.parametrize("locale", LOCALES)
async def test_easy_language_is_short(app: Any, locale: Locale) -> None:
    page = await Visitor(app).get(f"/{locale}/services/move-in/easy")
    sentences = re.findall(r"<p>(.*?)</p>", page.text.partition('<div class="easy">')[2].partition("</div>")[0])
    assert len(sentences) >= 8


async def test_paused_seasonal_and_abolished_services_say_so(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    note = dict.fromkeys(LOCALES, "한동안")
    for name, status in (
        ("income", {"state": "paused", "note": note, "until": "2027-01-31"}),
        ("move-in", {"state": "seasonal", "note": note, "until": "2027-02-28"}),
        ("land-register", {"state": "abolished", "replaced_by": "building-register"}),
    ):
        path = folder / "services" / f"{name}.yaml"
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        written["reviewed"] = str(written["reviewed"])
        path.write_text(yaml.safe_dump(written | {"status": status}, allow_unicode=True), encoding="utf-8")
    async with portal(tmp_path / "var", MADANG_CATALOGUE=str(folder)) as app:
        for locale in LOCALES:
            visitor = Visitor(app)
            for name, sentence in (("income", STATES["paused"]), ("move-in", STATES["seasonal"])):
                page = await visitor.get(f"/{locale}/services/{name}")
                assert says(page, locale, sentence)
                assert 'data-ref="apply"' not in page.text
                assert "한동안" in page.text
            moved = await visitor.get(f"/{locale}/services/land-register")
            assert moved.url.path == f"/{locale}/services/building-register"
