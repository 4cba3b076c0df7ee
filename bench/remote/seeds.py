"""The page that ours and rrweb's recorders are both put on: 26 places, each with three secrets of its own.

A place is where a page keeps something that is nobody's business: texts, controls, attributes, the address, the title,
and what a script does to the page later. The secrets are a word, a number like a person's, and an address of mail.
"""

import random
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar

from bench.houses import ROOT
from madang.web.page import Page, Private, Public

PAGES = Path(__file__).resolve().parent / "pages"
assert ROOT


@dataclass(frozen=True, slots=True)
class Secrets:
    """One secret for each place."""

    text: Private[str]
    cell: Private[str]
    unseen: Private[str]
    folded: Private[str]
    within_label: Private[str]
    option_label: Private[str]
    option_value: Private[str]
    text_value: Private[str]
    hidden_value: Private[str]
    textarea: Private[str]
    tel_value: Private[str]
    email_value: Private[str]
    radio_value: Private[str]
    button_value: Private[str]
    title_attribute: Private[str]
    alt: Private[str]
    aria_label: Private[str]
    placeholder: Private[str]
    data_attribute: Private[str]
    link: Private[str]
    title: Private[str]
    # Not rendered: typed, moved or written by a script once the page stands; the address is asked for.
    address: Private[str]
    typed: Private[str]
    password_shown: Private[str]
    moved: Private[str]
    written: Private[str]


PLACES = tuple(field.name for field in fields(Secrets))


@dataclass(frozen=True, slots=True)
class SeededPage(Page):
    """``number``: tells one navigation from the next."""

    template: ClassVar[str] = "bench_seeded.html"
    shares: ClassVar[frozenset[str]] = frozenset({"zqx"})
    number: Public[int]
    recorder: Public[str]
    """"", or the configuration of rrweb's recorder that the page loads: "default", "tight"."""
    secrets: Private[tuple[Secrets, ...]]


@dataclass(frozen=True, slots=True)
class Seeded:
    kinds: tuple[Secrets, ...]

    @property
    def all(self) -> dict[str, str]:
        """Secret -> its place."""
        return {getattr(secrets, place): place for secrets in self.kinds for place in PLACES}


def seeded() -> Seeded:
    """The same 78 in every process."""
    chance = random.Random(78)
    letters = "bcdfghklmnprstvz"

    def word() -> str:
        return "".join(chance.choice(letters) for _ in range(11))

    def number() -> str:
        born = f"{chance.randrange(40, 100)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        return f"{born}-{chance.randrange(10**6, 3 * 10**6)}"

    def mail() -> str:
        return f"{word()}@{word()}.kr"

    return Seeded(tuple(Secrets(**{place: make() for place in PLACES}) for make in (word, number, mail)))


def told(stream: str, seeds: Seeded) -> dict[str, str]:
    """The secrets that are in what was sent, and their places."""
    return {secret: place for secret, place in seeds.all.items() if secret in stream}


def from_json(values: list[Any]) -> str:
    """Everything in decoded messages that can be read: no escape hides a secret."""
    found: list[str] = []
    left: list[Any] = list(values)
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += [*value.values(), *value.keys()]
        elif isinstance(value, list):
            left += value
        else:
            found.append(str(value))
    return "\n".join(found)
