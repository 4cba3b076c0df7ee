"""The cookie of preferences: what is written is read again, and whatever else a browser sends is one of our looks."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.accessibility.preferences import CHOICES, DEFAULT, LONGEST, Preferences, chosen, read
from madang.contract.messages.preferences import AccountPreferences
from madang.web.middleware.pages import Pages
from madang.web.preferring import COOKIE, USUAL, preferences_in, variant

LOOKS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()}).map(chosen)
EVERYTHING = chosen({name: values[-1] for name, values in CHOICES.items()})


@given(LOOKS)
def test_what_is_written_is_read_again(look: Preferences) -> None:
    assert read(look.written()) == look
    assert len(look.written()) <= LONGEST
    assert preferences_in(f"a=1; {COOKIE}={look.written() or USUAL}; b=2".encode()) == look
    AccountPreferences(look.written())


def test_everything_at_once_fits_where_it_is_kept() -> None:
    """The longest value of each, into the cookie, the contract and the table."""
    from madang.backend.tables import preferences

    longest = max(
        (chosen(dict(zip(CHOICES, values, strict=True))).written() for values in itertools.product(*CHOICES.values())),
        key=len,
    )
    assert len(longest) <= LONGEST == preferences.c.written.type.length  # type: ignore[attr-defined]
    assert read(longest).written() == longest


@given(st.binary(max_size=400))
def test_no_cookie_raises_or_makes_a_look_of_its_own(sent: bytes) -> None:
    for cookies in (sent, COOKIE.encode() + b"=" + sent, b"x=1;" + COOKIE.encode() + b"=" + sent + b"; y=2"):
        found = preferences_in(cookies)
        assert found == read(found.written())
        assert variant(cookies) in (None, found.written())


@pytest.mark.parametrize(
    "value",
    [
        "size-999", "size-150" * 40, "theme-yellow.theme-<script>", "size", "-", ".", "..", "theme-", "SIZE-150", "%00",
        "usual", "constructor-1", "__class__-x", "size-150;theme-dark", "\xff",
    ],
)  # fmt: skip
def test_hostile_values_are_the_usual_look_or_a_part_that_is_known(value: str) -> None:
    found = preferences_in(f"{COOKIE}={value}".encode("latin-1"))
    assert found in (DEFAULT, Preferences(size="150"), Preferences(theme="yellow"))


def test_names_that_only_look_like_ours_are_none() -> None:
    for cookies in (f"x{COOKIE}=size-150", f"{COOKIE}s=size-150", f'a="{COOKIE}=size-150"', f"a=b {COOKIE}=size-150"):
        assert preferences_in(cookies.encode()) == DEFAULT, cookies
    assert preferences_in(f"{COOKIE}=size-150; {COOKIE}=size-200".encode()).size == "150"


def test_pages_are_kept_by_look_and_never_by_what_was_sent() -> None:
    pages = Pages(version=lambda: "1", variant=variant)

    def key(cookies: str) -> str:
        found = pages.key("/ko/", "ko", {b"cookie": cookies.encode()}, b"")
        assert found is not None
        return found[2]

    assert key("") == key(f"{COOKIE}=usual") == key(f"{COOKIE}=nonsense-{'x' * 90}") == key("theme=dark")
    assert key(f"{COOKIE}=size-150.x-1") == key(f"{COOKIE}=x-2.size-150") == "size-150"
    assert len({key(f"{COOKIE}=junk-{number}") for number in range(500)}) == 1
    assert pages.key("/ko/", "ko", {b"cookie": f"{COOKIE}=size-150; __Host-madang=x".encode()}, b"") is None


def test_looks_cannot_push_out_the_pages_of_everybody_else() -> None:
    from madang.web.middleware.kept import Kept

    pages = Pages(version=lambda: "1", variant=variant, mib=1)
    usual = pages.key("/ko/", "ko", {}, b"")
    assert usual is not None
    pages.put(usual, Kept([], b"usual", until=1e12))
    for values in itertools.islice(itertools.product(*CHOICES.values()), 0, 30000, 100):
        look = chosen(dict(zip(CHOICES, values, strict=True))).written()
        mine = pages.key("/ko/", "ko", {b"cookie": f"{COOKIE}={look}".encode()}, b"")
        if look and mine is not None:
            pages.put(mine, Kept([], b"x" * 4000, until=1e12))
    assert pages.page(usual) is not None
