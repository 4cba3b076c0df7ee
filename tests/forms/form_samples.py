"""A form with every field type, and answers that its rules accept."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from madang.forms.model import Field, FieldType, FormDefinition, FormPage, Option
from madang.i18n.text import Text

TODAY = dt.date(2026, 11, 22)


def text(word: str) -> Text:
    """The same word in all six languages, told apart."""
    return Text(ko=f"{word} ko", en=f"{word} en", ja=f"{word} ja", zh=f"{word} zh", th=f"{word} th", vi=f"{word} vi")


def options(*values: str, exclusive: str = "") -> tuple[Option, ...]:
    return tuple(Option(value, text(value), exclusive=value == exclusive) for value in values)


def field(of: FieldType, word: str = "Thing", /, **rules: Any) -> Field:
    return Field(type=of, label=text(word), **rules)


@dataclass(frozen=True)
class MemberName:
    full: str
    lang: str = ""


@dataclass(frozen=True)
class Member:
    id: str
    name: MemberName
    relation: str = "other"
    date_of_birth: dt.date = dt.date(1990, 1, 1)


HOUSEHOLD = (Member("m1", MemberName("김민준", "ko")), Member("m2", MemberName("Nguyễn Thị Hoa", "vi")))

EVERY_TYPE: dict[str, Field] = {
    "text": field("text", max=20),
    "textarea": field("textarea", max=100),
    "radios": field("radios", options=options("bank", "school", "other")),
    "select": field("select", options=options("a", "b")),
    "member": field("radios", options_from="household"),
    "members": field("checkboxes", options_from="household"),
    "checkboxes": field("checkboxes", options=options("x", "y", "none", exclusive="none"), max=2),
    "yesno": field("yes-no"),
    "date": field("date", earliest="1900-01-01", latest="today+10y"),
    "number": field("number"),
    "money": field("money"),
    "name": field("name", kind="registry"),
    "passname": field("name", kind="passport"),
    "address": field("address"),
    "phone": field("phone"),
    "email": field("email"),
    "resident": field("identity-number", kind="resident"),
    "alien": field("identity-number", kind="alien"),
    "passport": field("identity-number", kind="passport"),
    "business": field("identity-number", kind="business"),
    "files": field("files", max=3),
    "declaration": field("declaration"),
    "repeat": field(
        "repeat",
        max=4,
        fields={
            "who": field("name", kind="registry"),
            "born": field("date", latest="today"),
            "home": field("address", required=False),
            "likes": field("checkboxes", options=options("x", "y"), required=False),
            "sum": field("number", required=False),
        },
    ),
}

FORM = FormDefinition(
    id="everything",
    version=1,
    fields=EVERY_TYPE,
    pages=tuple(FormPage(id=f"p-{name}", ask=(name,)) for name in EVERY_TYPE),
)

ANSWERS: dict[str, Any] = {
    "text": "은행 제출용",
    "textarea": "첫째 줄\n둘째 줄",
    "radios": "bank",
    "select": "b",
    "member": "m2",
    "members": ["m1", "m2"],
    "checkboxes": ["x", "y"],
    "yesno": "no",
    "date": "2026-11-22",
    "number": "1234.5",
    "money": 50000,
    "name": {"family": "Nguyễn", "given": "Văn An"},
    "passname": {"family": "NGUYEN", "given": "VAN AN"},
    "address": {"country": "KR", "postcode": "03045", "line1": "서울특별시 종로구 사직로 161", "line2": "2층"},
    "phone": "+821012345678",
    "email": "an@example.com",
    "resident": "9012311234567",
    "alien": "9012315234567",
    "passport": "M12345678",
    "business": "1234567891",
    "files": ["f1", "f2"],
    "declaration": True,
    "repeat": [
        {"who": {"single": "Suharto"}, "born": "2019-04-30"},
        {
            "who": {"family": "김", "given": "민준"},
            "born": "1926-12-25",
            "home": {"country": "VN", "postcode": "", "line1": "12 Phố Huế, Hà Nội", "line2": ""},
            "likes": ["y"],
            "sum": "-0.25",
        },
    ],
}
