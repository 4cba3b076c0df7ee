"""Services as areas offer them, the figures that count them, and the facets that narrow a list: a small catalogue."""

from typing import Final

import msgspec
import pytest
from catalogue_samples import CATEGORIES, THREE, catalogue, service, text

from madang.contract.messages.catalogue import Area, Channel, Cost, Member, Package, Variant
from madang.i18n.locales import LOCALES
from madang.i18n.text import Text
from madang.web.catalogue.bits import members
from madang.web.catalogue.facets import Facet, Facets, fee
from madang.web.catalogue.figures import Figures, figures
from madang.web.catalogue.shelf import Shelf

AREAS: Final = (
    Area("north", "province", Text("북도", "North", "北道", "北道", "เหนือ", "Bắc"), 38.0, 127.0),
    Area("mill", "county", Text("물레군", "Mill", "水車郡", "水车郡", "โรงสี", "Xay"), 38.1, 127.1, "north"),
    Area("port", "city", Text("포구시", en="Port"), 38.2, 127.2, "north"),
)
WASTE: Final = service(
    "waste",
    Text("대형폐기물 배출", "Bulky Waste", "粗大ごみ", "大件垃圾", "ขยะชิ้นใหญ่", "Rác cồng kềnh"),
    channels=(Channel("online", ("apply", "issue")), Channel("counter")),
    categories=("identity",),
    rank=50,
)
WASTE_PAID: Final = msgspec.structs.replace(
    WASTE, costs=(Cost("online", 1000), Cost("counter", 2000)), audience=("owner",), kind="listed"
)
OTHER: Final = msgspec.structs.replace(
    service("elsewhere", text("Elsewhere"), channels=(Channel("online", ("apply",)),), rank=1),
    kind="external",
    website="https://example.kr/",
)
FREE: Final = msgspec.structs.replace(THREE[1], costs=(Cost("online", 0), Cost("counter", 2000)))
SERVICES: Final = (THREE[0], FREE, THREE[2], WASTE_PAID, OTHER)
VARIANTS: Final = (
    Variant("waste-mill", "waste", "mill"),
    Variant("waste-port", "waste", "port", ()),
    Variant("waste-north", "waste", "north", ("apply",)),
)
MOVING: Final = Package(
    "moving",
    text("Moving"),
    text("All of it"),
    text("All of it"),
    (Member("waste", text("")), Member("resident-register", text("")), Member("gone", text(""))),
)
GIVEN: Final = msgspec.structs.replace(catalogue(SERVICES), areas=AREAS, variants=VARIANTS, packages=(MOVING,))


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf.of(GIVEN)


def test_a_variant_is_a_service_with_the_areas_name(shelf: Shelf) -> None:
    mill = shelf.service("waste-mill")
    assert mill is not None
    assert mill.title.ko == "북도 물레군 대형폐기물 배출"
    assert mill.title.en == "Bulky Waste (Mill, North)"
    assert mill.title.ja == "粗大ごみ（北道水車郡）"
    assert mill.title.th == "ขยะชิ้นใหญ่ (โรงสี เหนือ)"
    assert (mill.identifier, mill.summary, mill.channels) == ("waste-mill", WASTE.summary, WASTE.channels)
    assert shelf.service("waste-nowhere") is None


def test_a_language_that_an_area_lacks_stays_empty(shelf: Shelf) -> None:
    port = shelf.service("waste-port")
    assert port is not None
    assert port.title.ko
    assert port.title.en
    assert [getattr(port.title, locale) for locale in LOCALES if locale not in ("ko", "en")] == [""] * 4


def test_an_area_without_the_online_way_has_neither_channel_nor_fee_of_it(shelf: Shelf) -> None:
    port, north = shelf.service("waste-port"), shelf.service("waste-north")
    assert port is not None
    assert north is not None
    assert [channel.id for channel in port.channels] == ["counter"]
    assert [cost.channel for cost in port.costs] == ["counter"]
    assert (north.channels[0].id, tuple(north.channels[0].does)) == ("online", ("apply",))
    assert [cost.channel for cost in north.costs] == ["online", "counter"]


def test_variants_are_found_by_service_and_area(shelf: Shelf) -> None:
    assert [variant.area for variant in shelf.local.of("waste")] == ["mill", "port", "north"]
    assert shelf.local.of("entry-exit") == ()
    at = shelf.local.at("waste", "port")
    assert at is not None
    assert at.identifier == "waste-port"
    assert shelf.local.at("entry-exit", "port") is None
    assert len(shelf.local.variants) == 3
    assert shelf.local.place("mill").ko == "북도 물레군"
    assert shelf.local.place("north").ko == "북도"


def test_figures_count_areas_each_and_other_systems_never_as_online(shelf: Shelf) -> None:
    """Online: three of ours, the national waste service, and two of its areas; one area does it at the counter only."""
    assert shelf.figures == figures(GIVEN)
    assert shelf.figures == Figures(services=8, apply_online=6, issue_online=2)


def test_search_shows_an_areas_service_under_the_national_one(shelf: Shelf) -> None:
    assert [hit.service for hit in shelf.search("대형폐기물", "ko").items] == ["waste"]


FACETS: Final = Facets(SERVICES, (MOVING,))


def picked(found: int) -> list[str]:
    return [SERVICES[number].identifier for number in members(found)]


def test_each_facet_narrows() -> None:
    assert picked(FACETS.everything) == [service.identifier for service in SERVICES]
    assert picked(FACETS.among({"event": "moving"})) == ["resident-register", "waste"]
    assert picked(FACETS.among({"category": "foreign"})) == ["alien-registration", "entry-exit"]
    assert picked(FACETS.among({"agency": "mois"})) == ["resident-register"]
    assert picked(FACETS.among({"channel": "kiosk"})) == ["entry-exit"]
    assert picked(FACETS.among({"fee": "free"})) == ["alien-registration"]
    assert picked(FACETS.among({"fee": "paid"})) == ["waste"]
    assert picked(FACETS.among({"who": "owner"})) == ["waste"]
    assert picked(FACETS.among({"who": "no-such"})) == []
    assert picked(FACETS.among({"who": ""})) == picked(FACETS.everything)
    assert picked(FACETS.among({"category": "foreign", "channel": "kiosk"})) == ["entry-exit"]
    assert picked(FACETS.among({"category": "foreign", "channel": "kiosk"}, but="category")) == ["entry-exit"]
    assert picked(FACETS.among({"category": "foreign", "who": "owner"}, but="who")) == [
        "alien-registration",
        "entry-exit",
    ]


def test_counts_are_what_a_choice_would_leave() -> None:
    """Brute force over every value: the others stay chosen, the facet's own choice gives way."""
    narrow: dict[Facet, str] = {"category": "foreign", "channel": "online"}
    for found in (FACETS.everything, 0b00111, 0b11000, 0):
        counts = FACETS.counts(found, narrow)
        for facet, values in counts.items():
            assert 0 not in values.values()
            assert list(values.values()) == sorted(values.values(), reverse=True)
            for value, number in values.items():
                chosen: dict[Facet, str] = {**narrow, facet: value}
                assert number == len(picked(FACETS.among(chosen) & found)), (facet, value)
    assert FACETS.counts(FACETS.everything, narrow)["category"] == {"identity": 4, "foreign": 2}
    assert FACETS.counts(FACETS.everything, narrow)["who"] == {}


def test_the_fee_is_that_of_the_cheapest_way() -> None:
    assert fee(FREE) == ("free",)
    assert fee(WASTE_PAID) == ("paid",)
    assert fee(THREE[0]) == ()


def test_counts_of_a_search_are_of_what_its_words_find(shelf: Shelf) -> None:
    hits = shelf.search("사실증명", "ko", 1, narrow={"category": "foreign"})
    counts = shelf.counts(hits, {"category": "foreign"})
    assert counts["category"]["foreign"] == hits.total == 2
    assert counts["channel"] == {"online": 2, "counter": 2, "kiosk": 1}
    assert len(CATEGORIES) == 2
