"""Every component in all its states, in the reader's language: what designers look at and auditors audit."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.i18n.calendars import date_order
from madang.i18n.locales import Locale
from madang.i18n.text import Text
from madang.web.control import Choice, Control, Entry, Item
from madang.web.page import Page, Public
from madang.web.render import render
from madang.web.support.banner import Banner, Line, Offer
from madang.web.views import styleguide_fields as fields
from madang.web.views import styleguide_texts as texts


@dataclass(frozen=True, slots=True)
class Example:
    """One field in one state; ``state`` is a key of STATES."""

    state: Public[str]
    control: Public[Control]


@dataclass(frozen=True, slots=True)
class StyleguidePage(Page):
    template: ClassVar[str] = "styleguide/index.html"
    bundle: ClassVar[str] = "styleguide"
    locale: Public[Locale]

    def text(self, name: str) -> Text:
        """The example called ``name`` in styleguide_texts."""
        found: Text = getattr(texts, name, None) or getattr(fields, name)
        return found

    def state(self, name: str) -> Text:
        return texts.STATES[name]

    def banner(self) -> Banner:
        """Remote support, while an agent looks on and suggests something."""
        return banner(self.locale)

    def examples(self) -> dict[str, tuple[Example, ...]]:
        """Component -> its states."""
        return examples(self.locale)


async def show(request: Request) -> Response:
    """GET /{lang}/styleguide"""
    page = StyleguidePage(locale=request.scope["madang.locale"])
    return await render(request, page, cacheable=True)


def banner(locale: Locale) -> Banner:
    """The banner as it stands on a page; the words are an agent's, in Korean."""
    label = fields.PHONE.resolve(locale).text
    return Banner(
        state="viewing",
        level="suggest",
        way="code",
        agent="백노을",
        agency="정부민원안내콜센터",
        here="/",
        own=False,
        number=1,
        lines=(Line("agent", "전화번호를 다시 한번 확인해 주세요.", "ko", "", ""),),
        offers=(Offer("sg", "sg-text", label, "010-1234-5678", "010-1234-5678", None),),
        shared=(),
        guardian="",
        recording=True,
        css="",
        scripts=(),
    )


def examples(locale: Locale) -> dict[str, tuple[Example, ...]]:
    """The fields of the style guide in one language, as question pages hand them to their macros."""

    def say(text: Text) -> str:
        return text.resolve(locale).text

    def choices(name: str, chosen: str = "") -> tuple[Choice, ...]:
        found = (
            ("bank", fields.BANK, fields.BANK_HINT),
            ("school", fields.SCHOOL, None),
            ("other", fields.OTHER, None),
        )
        return tuple(
            Choice(
                value, say(label), name if i == 0 else f"{name}-{value}", say(hint) if hint else None, value == chosen
            )
            for i, (value, label, hint) in enumerate(found)
        )

    def states(control: Control, *others: tuple[str, dict[str, Any]]) -> tuple[Example, ...]:
        made = [Example("normal", control)]
        for state, changes in others:
            name = f"{control.id}-{state}"
            options: tuple[Choice, ...] = changes.pop("options", control.options)
            moved = tuple(replace(o, id=o.id.replace(control.id, name, 1)) for o in options)
            # No two groups of one page bear the same name: whoever hears the page would not know which one it is.
            label = f"{changes.pop('label', control.label)} ({say(texts.STATES[state])})"
            moves = changes | {"id": name, "name": name, "data_ref": name, "options": moved, "label": label}
            made.append(Example(state, replace(control, **moves)))
        return tuple(made)

    text = Control(
        "text",
        "sg-text",
        say(fields.PHONE),
        hint=say(fields.PHONE_HINT),
        autocomplete="tel",
        input_type="tel",
        width="medium",
    )
    money = Control(
        "money", "sg-money", say(fields.AMOUNT), inputmode="numeric", width="medium", suffix=say(fields.WON)
    )
    area = Control("textarea", "sg-area", say(fields.OTHER), max=100)
    radios = Control(
        "radios", "sg-radios", say(fields.QUESTION), hint=say(fields.QUESTION_HINT), options=choices("sg-radios")
    )
    boxes = Control("checkboxes", "sg-boxes", say(fields.PURPOSE), options=choices("sg-boxes"))
    countries = (Choice("KR", say(fields.KOREA), "sg-kr"), Choice("VN", say(fields.VIET_NAM), "sg-vn"))
    select = Control("select", "sg-select", say(fields.COUNTRY), options=countries)
    part = {"year": fields.YEAR, "month": fields.MONTH, "day": fields.DAY}
    date = Control("date", "sg-date", say(fields.BIRTH), labels={key: say(part[key]) for key in date_order(locale)})
    named = {"family": fields.FAMILY, "given": fields.GIVEN, "has-single": fields.HAS_SINGLE, "single": fields.SINGLE}
    name = Control(
        "name", "sg-name", say(fields.NAME), labels={key: say(label) for key, label in named.items()}, verbatim=True
    )
    lines = {"country": fields.COUNTRY, "postcode": fields.POSTCODE, "line1": fields.STREET, "line2": fields.DETAIL}
    address = Control(
        "address",
        "sg-address",
        say(fields.ADDRESS),
        labels={key: say(label) for key, label in lines.items()},
        options=countries,
    )
    files = Control(
        "files", "sg-files", say(fields.FILES), hint=say(fields.FILES_HINT), accept="application/pdf,image/*"
    )
    declared = Control("declaration", "sg-declared", say(fields.DECLARATION), hint=say(texts.NOTE))
    nested = Control("text", "sg-repeat-1-given", say(fields.GIVEN), width="medium")
    entries = (Entry("1", say(fields.CHILD), (nested,)),)
    chosen = say(fields.QUESTION_ERROR)
    born = {"year": "1994", "month": "13", "day": "2"}
    return {
        "field_text": states(
            text,
            ("filled", {"value": "010-1234-5678"}),
            ("error", {"error": say(fields.PHONE_ERROR), "value": "010-12"}),
            ("optional", {"required": False}),
            ("disabled", {"disabled": True, "value": "010-1234-5678"}),
            ("long", {"label": say(texts.LONG)}),
        )
        + states(money, ("filled", {"value": "12,000"})),
        "field_textarea": states(area, ("error", {"error": say(fields.PHONE_ERROR)})),
        "field_radios": states(
            radios,
            ("filled", {"options": choices("sg-radios", "bank")}),
            ("error", {"error": chosen}),
            ("disabled", {"disabled": True, "hint": None}),
        ),
        "field_checkboxes": states(
            replace(boxes, options=(*boxes.options[:-1], replace(boxes.options[-1], divider=True))),
            ("filled", {"options": choices("sg-boxes", "school")}),
            ("error", {"error": chosen}),
        ),
        "field_select": states(select, ("error", {"error": chosen}), ("disabled", {"disabled": True})),
        "field_date": states(
            date,
            ("filled", {"values": born | {"month": "3"}}),
            ("error", {"error": say(fields.BIRTH_ERROR), "values": born, "wrong": frozenset({"month"})}),
        ),
        "field_name": states(name, ("filled", {"values": {"family": "NGUYEN", "given": "THI MINH CHAU"}})),
        "field_address": states(
            address, ("filled", {"values": {"postcode": "04524", "line1": "서울특별시 중구 세종대로 110"}})
        ),
        "field_files": states(
            files,
            ("filled", {"files": (Item("f1", "contract-2026-11.pdf", "1.2 MB"), Item("f2", "passport.jpg", "3.4 MB"))}),
            ("error", {"error": say(fields.FILES_HINT)}),
        ),
        "declaration": states(declared, ("filled", {"value": "true"}), ("error", {"error": chosen})),
        "repeat": states(
            Control("repeat", "sg-repeat", say(fields.CHILDREN), entries=entries), ("empty", {"entries": ()})
        ),
    }
