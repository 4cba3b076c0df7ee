"""What a catalogue lacks is counted text by text, in six languages and in easy language."""

import datetime as dt
from typing import Any

import msgspec

from madang.contract.completeness import LAYERS, Counted, completeness
from madang.contract.messages.catalogue import (
    Area,
    Audience,
    Authority,
    Catalogue,
    Category,
    Change,
    Faq,
    HelpLine,
    LifeKind,
    LifeSentences,
    Office,
    Package,
    ProcessingTime,
    Service,
)
from madang.forms.model import Field, FormDefinition, FormPage
from madang.i18n.text import Text

FULL = Text("ㄱ", "a", "あ", "一", "ก", "ă")
KOREAN = Text("ㄱ")


def service(identifier: str = "one", **changes: Any) -> Service:
    plain = Service(
        identifier, FULL, FULL, FULL, FULL, FULL, "a", ("c",), ProcessingTime("immediate"), (), (), dt.date(2026, 1, 1)
    )
    return msgspec.structs.replace(plain, **changes)


def catalogue(*services: Service, **changes: Any) -> Catalogue:
    return msgspec.structs.replace(Catalogue("v", services, (), (), (), (), ()), **changes)


def test_a_whole_service_lacks_nothing() -> None:
    report = completeness(catalogue(service(easy=(FULL, FULL))))
    assert report.version == "v"
    assert report.worst() == []
    entry = report.entries[0]
    assert (entry.kind, entry.id) == ("own", "one")
    assert entry.layers == {**dict.fromkeys(LAYERS[:-1], Counted(5, 5)), "easy": Counted(12, 12)}
    assert entry.missing == {}


def test_each_missing_text_is_named_with_its_place() -> None:
    faq = (Faq(FULL, msgspec.structs.replace(FULL, th="")),)
    entry = completeness(catalogue(service(easy=(FULL,), faq=faq, legal=(FULL, KOREAN)))).entries[0]
    assert entry.missing == {
        "en": ("legal.1",),
        "ja": ("legal.1",),
        "zh": ("legal.1",),
        "th": ("legal.1", "faq.0.answer"),
        "vi": ("legal.1",),
    }
    assert entry.layers["th"] == Counted(7, 9)
    assert entry.layers["ko"] == Counted(9, 9)
    assert entry.lacking == 6


def test_easy_language_is_a_layer_of_its_own() -> None:
    none, half = completeness(catalogue(service(), service("two", easy=(FULL, KOREAN)))).entries
    assert none.missing == {"easy": ("easy.ko", "easy.en", "easy.ja", "easy.zh", "easy.th", "easy.vi")}
    assert half.missing == {"easy": tuple(f"easy.1.{locale}" for locale in ("en", "ja", "zh", "th", "vi"))}
    assert half.layers["easy"] == Counted(7, 12)
    assert half.layers["vi"] == Counted(5, 5)
    other = completeness(catalogue(service(kind="external"))).entries[0]
    assert other.layers["easy"] == Counted(0, 0), "only a guide of our own is told again in easy language"


def test_a_kind_of_the_national_tables_is_explained_in_korean_alone() -> None:
    texts = {"description": KOREAN, "legal": (KOREAN,)}
    assert completeness(catalogue(service(kind="listed", **texts))).worst() == []
    assert completeness(catalogue(service(kind="listed", **texts, who=KOREAN))).worst()
    entry = completeness(catalogue(service(kind="listed", **texts, title=KOREAN))).entries[0]
    assert entry.missing == dict.fromkeys(("en", "ja", "zh", "th", "vi"), ("title",))
    assert completeness(catalogue(service(kind="external", **texts))).worst()


def test_everyday_words_count_as_one_text() -> None:
    entry = completeness(catalogue(service(kind="external", keywords={"ko": ("ㄱ", "ㄴ"), "ja": ("あ",)}))).entries[0]
    assert entry.missing == dict.fromkeys(("en", "zh", "th", "vi"), ("keywords",))
    assert entry.layers["ko"] == Counted(6, 6)


def test_everything_that_a_citizen_reads_is_counted() -> None:
    one = catalogue(
        service(easy=(FULL,), title=KOREAN),
        forms=(FormDefinition("f", 1, {"x": Field(type="text", label=KOREAN)}, (FormPage("p", ("x",)),)),),
        categories=(Category("c", KOREAN),),
        authorities=(Authority("a", KOREAN),),
        offices=(Office("o", "counter", KOREAN, FULL, FULL),),
        help_lines=(HelpLine("h", KOREAN, "110", FULL, ("ko",)),),
        faq=(Faq(KOREAN, FULL),),
        areas=(Area("s", "province", KOREAN, 0, 0),),
        packages=(Package("p", KOREAN, FULL, FULL, ()),),
        audiences=(Audience("u", KOREAN, FULL),),
        life_information=(LifeKind("l", KOREAN, FULL, "a", "c", LifeSentences(FULL, FULL)),),
        changes=(Change(dt.date(2026, 1, 1), KOREAN),),
    )
    report = completeness(one)
    held = {
        name for name in Catalogue.__struct_fields__ if isinstance(getattr(one, name), tuple) and getattr(one, name)
    }
    assert held == {name for name in Catalogue.__struct_fields__ if isinstance(getattr(one, name), tuple)} - {
        "variants"
    }
    assert len(report.entries) == len(held)
    assert all(len(entry.missing["vi"]) == 1 for entry in report.entries), "each lacks one text of each language"
    kinds = report.by_kind()
    assert [count for count, _ in kinds.values()] == [1] * len(held)
    totals = report.totals()
    assert totals["vi"].missing == len(held)
    assert totals["ko"].missing == 0
    for layer in LAYERS:
        assert totals[layer] == Counted(
            sum(layers[layer].there for _, layers in kinds.values()),
            sum(layers[layer].wanted for _, layers in kinds.values()),
        )


def test_the_worst_stands_first_and_nothing_is_rounded_up() -> None:
    report = completeness(catalogue(service("a", title=KOREAN), service("b"), service("c", easy=(FULL,))))
    assert [entry.id for entry in report.worst()] == ["a", "b"]
    assert Counted(999, 1000).percent == 99
    assert Counted(0, 0).percent == 100
    assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report
