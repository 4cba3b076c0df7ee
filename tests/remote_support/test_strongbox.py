"""How a recording is sealed: nothing opens but what was sealed, in its own place, with its own key, for its time."""

import datetime as dt
import random

import pytest

from madang.remote_support.messages import Blanked, FieldValue, Fragment, Kept, Missed, Page, Seen, Status
from madang.remote_support.strongbox import Key, Step, Strongbox, Unreadable

AT = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
UNTIL = AT + dt.timedelta(days=30)
OLD, NEW = "0f" * 32, "a5" * 32
KEPT: tuple[Kept, ...] = (
    Page(3, "guide", "안내", "ko", "<main>안내 Zrqpage</main>", "/s.css"),
    Fragment(3, "list", "<p>Zrqpart</p>"),
    Seen(3, FieldValue("purpose", "bank")),
    Blanked(),
    Missed(),
    Status("ended", "view", 3),
)
STEPS = [Step(AT + dt.timedelta(seconds=n), what) for n, what in enumerate(KEPT)]


def made(name: str = "r-1") -> tuple[Key, bytes]:
    return Strongbox([OLD]).new(name, UNTIL)


def test_what_was_sealed_is_opened_again() -> None:
    key, wrapped = made()
    sealed = key.seal(1, STEPS)
    again = Strongbox([OLD]).open("r-1", UNTIL, wrapped)
    assert again.open(1, sealed) == STEPS
    again.whole(1, key.end(1))
    Key("r-1", bytes(32)).whole(0, b"")


def test_nothing_can_be_read_of_what_is_sealed() -> None:
    key, wrapped = made()
    sealed = key.seal(1, STEPS)
    assert not any(word in sealed + wrapped + key.end(1) for word in (b"Zrq", b"main", b"bank", "안내".encode()))
    assert key.seal(1, STEPS) != sealed, "a nonce is used once"


def test_every_recording_has_a_key_of_its_own() -> None:
    (one, wrapped), (other, _) = made(), made()
    assert wrapped != made()[1]
    with pytest.raises(Unreadable):
        other.open(1, one.seal(1, STEPS))


def test_every_changed_byte_is_found() -> None:
    chance = random.Random(4)
    key, wrapped = made()
    sealed = key.seal(7, STEPS)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Unreadable) as found:
            key.open(7, bytes(changed))
        assert found.value.number == 7
    for place in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Unreadable):
            Strongbox([OLD]).open("r-1", UNTIL, bytes(changed))
    for short in (b"", sealed[:12], sealed[:27], sealed[:-1]):
        with pytest.raises(Unreadable):
            key.open(7, short)


def test_nothing_opens_in_another_place() -> None:
    key, wrapped = made()
    for number in (1, 3, 12, 21, 0):
        with pytest.raises(Unreadable):
            key.open(number, key.seal(2, STEPS))
    for count in (1, 3, 0):
        with pytest.raises(Unreadable):
            key.whole(count, key.end(2))
    with pytest.raises(Unreadable):
        key.open(2, key.end(2))
    with pytest.raises(Unreadable):
        key.whole(2, key.seal(2, STEPS))
    with pytest.raises(Unreadable):
        key.whole(2, b"")
    box = Strongbox([OLD])
    for name, until in (("r-2", UNTIL), ("r-1", UNTIL + dt.timedelta(seconds=1))):
        with pytest.raises(Unreadable):
            box.open(name, until, wrapped)
    secret = bytes(32)
    with pytest.raises(Unreadable):
        Key("r-2", secret).open(1, Key("r-1", secret).seal(1, STEPS))


def test_keys_of_keys_are_changed() -> None:
    key, wrapped = made()
    sealed = key.seal(1, STEPS)
    assert Strongbox([NEW, OLD]).open("r-1", UNTIL, wrapped).open(1, sealed) == STEPS
    with pytest.raises(Unreadable):
        Strongbox([NEW]).open("r-1", UNTIL, wrapped)
    _, newest = Strongbox([NEW, OLD]).new("r-1", UNTIL)
    Strongbox([NEW]).open("r-1", UNTIL, newest)
