"""Messages: the document's list is the code's, and what is not on it is not read."""

import json
import random
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from madang.remote_support.messages import LARGEST, SUBPROTOCOL, Act, AgentUp, CitizenUp, Down, GuardianUp, Small

DOCUMENT = (Path(__file__).parents[2] / "docs" / "support-protocol.md").read_text(encoding="utf-8")
SIDES = {"citizen": CitizenUp, "agent": AgentUp, "guardian": GuardianUp}
DECODERS = {side: msgspec.json.Decoder(union) for side, union in SIDES.items()}
SAMPLES: dict[str, dict[str, Any]] = {
    "hello": {"page": 3},
    "pong": {},
    "chat": {"text": "안녕하세요"},
    "stop": {},
    "focus": {"ref": "name"},
    "scroll": {"ref": "name", "past": 0.5, "zoom": 2.0},
    "value": {"ref": "name", "value": "x", "checked": True},
    "toggle": {"ref": "name", "open": True},
    "invalid": {"ref": "name", "invalid": False},
    "dialog": {"ref": "name", "open": True},
    "answer": {"suggestion": "s-1", "accepted": True},
    "level": {"level": "assist"},
    "highlight": {"ref": "name"},
    "point": {"ref": "name"},
    "scroll-to": {"ref": "name"},
    "suggest": {"ref": "name", "value": "x"},
    "phrase": {"phrase": "greeting", "ref": "name", "words": {"a": "b"}},
    "move-focus": {"ref": "name"},
    "fill": {"ref": "name", "value": "x"},
    "open": {"ref": "next"},
    "language": {"whose": "agent"},
}


def tags(union: object) -> set[str]:
    return {str(kind.__struct_config__.tag) for kind in get_args(union)}


def listed(direction: str) -> set[str]:
    row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| {direction} |"))
    names = row.split("|")[2].split("(")
    plain = names[0] + "".join(part.partition(")")[2] for part in names[1:])
    return {name.strip() for name in plain.split(",")}


def test_the_document_lists_every_message() -> None:
    assert listed("citizen up") == tags(CitizenUp)
    assert listed("agent up") == tags(AgentUp)
    assert listed("agent down") | listed("citizen down") == tags(Down)


def test_the_document_names_the_protocol_and_its_limits() -> None:
    assert f"`{SUBPROTOCOL}`" in DOCUMENT
    assert f"at most {LARGEST // 1024} KiB upwards" in DOCUMENT


def test_no_side_may_say_what_is_another_s() -> None:
    both = {"hello", "pong", "chat", "stop"}
    assert tags(CitizenUp) & tags(AgentUp) == both == tags(GuardianUp)
    assert tags(Small) <= tags(CitizenUp)
    assert tags(Act) <= tags(AgentUp)


@pytest.mark.parametrize("side", SIDES)
def test_what_is_on_the_list_is_read_and_nothing_else(side: str) -> None:
    for tag, fields in SAMPLES.items():
        text = json.dumps({"type": tag, **fields})
        if tag in tags(SIDES[side]):
            assert msgspec.to_builtins(DECODERS[side].decode(text))["type"] == tag
        else:
            with pytest.raises(msgspec.ValidationError):
                DECODERS[side].decode(text)


@pytest.mark.parametrize("tag", SAMPLES)
def test_no_unknown_field_and_no_missing_one(tag: str) -> None:
    side = "citizen" if tag in tags(CitizenUp) else "agent"
    for extra in ("html", "session", "side", "subject", "__class__", "value2"):
        with pytest.raises(msgspec.ValidationError):
            DECODERS[side].decode(json.dumps({"type": tag, **SAMPLES[tag], extra: "x"}))
    needed = {"ref"} if tag not in ("focus", "phrase") else set()
    for name in needed & SAMPLES[tag].keys():
        less = {key: value for key, value in SAMPLES[tag].items() if key != name}
        with pytest.raises(msgspec.ValidationError):
            DECODERS[side].decode(json.dumps({"type": tag, **less}))


@pytest.mark.parametrize(
    ("side", "text"),
    [
        ("citizen", '{"type": "focus", "ref": ""}'),
        ("citizen", json.dumps({"type": "focus", "ref": "x" * 121})),
        ("citizen", json.dumps({"type": "value", "ref": "name", "value": "x" * 2001})),
        ("citizen", '{"type": "chat", "text": ""}'),
        ("citizen", json.dumps({"type": "chat", "text": "x" * 1001})),
        ("citizen", '{"type": "scroll", "ref": "x", "zoom": 0}'),
        ("citizen", '{"type": "scroll", "ref": "x", "past": 1e308}'),
        ("citizen", '{"type": "scroll", "ref": "x", "past": NaN}'),
        ("citizen", '{"type": "scroll", "ref": "x", "past": 1e999}'),
        ("citizen", '{"type": "hello", "page": -1}'),
        ("citizen", '{"type": "hello", "page": "1"}'),
        ("citizen", '{"type": "toggle", "ref": "x", "open": 1}'),
        ("citizen", '{"type": "level", "level": "admin"}'),
        ("citizen", '{"type": ["focus"]}'),
        ("citizen", '{"ref": "x"}'),
        ("citizen", "null"),
        ("citizen", "[]"),
        ("citizen", ""),
        ("citizen", '{"type": "focus", "ref": "\\ud800"}'),
        ("citizen", '{"type": "focus", "ref": "\\ud800abcdefgh"}'),
        ("citizen", '{"type": "focus", "ref": "\\udc00\\ud800abcdefgh"}'),
        ("citizen", "[" * 100_000),
        ("agent", json.dumps({"type": "phrase", "phrase": "x", "words": {"a": "x" * 201}})),
        ("agent", '{"type": "phrase", "phrase": "x", "words": {"a": {"b": "c"}}}'),
        ("agent", '{"type": "language", "whose": "everybody"}'),
        ("agent", '{"type": "submit", "ref": "send"}'),
    ],
)
def test_what_is_malformed_is_refused_and_nothing_worse(side: str, text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        DECODERS[side].decode(text)


def test_ten_thousand_spoilt_messages_are_read_or_refused() -> None:
    chance = random.Random(3)
    originals = [json.dumps({"type": tag, **fields}).encode() for tag, fields in SAMPLES.items()]
    read = 0
    for _ in range(10_000):
        spoilt = bytearray(chance.choice(originals))
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(spoilt))
            if chance.random() < 0.5:
                spoilt[place] = chance.randrange(256)
            else:
                spoilt[place:place] = chance.choice((b'"', b"{", b"}", b"\\u0000", b",", b"null", b"\xff", b"-1"))
        text = bytes(spoilt).decode("utf-8", "replace")  # a text frame that is no UTF-8 ends its connection
        for decoder in DECODERS.values():
            try:
                message = decoder.decode(text)
            except msgspec.DecodeError:
                continue
            read += 1
            assert type(message) in get_args(CitizenUp) + get_args(AgentUp)
    assert 0 < read < 20_000
