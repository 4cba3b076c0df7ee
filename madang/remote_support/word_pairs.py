"""Two words that agent and citizen both see, each in their own language: whoever hears the other say them knows that
they look at the same session."""

import random
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import yaml

from madang.i18n.locales import Locale
from madang.i18n.text import Text

COUNT: Final = 64
_FILE: Final = Path(__file__).parent / "data" / "words.yaml"


@cache
def words() -> tuple[Text, ...]:
    """The list, in its order. Raises ValueError when it does not hold 64 words in six languages."""
    listed = msgspec.convert(yaml.safe_load(_FILE.read_text(encoding="utf-8")), tuple[Text, ...])
    if len(listed) != COUNT or any(word.missing() for word in listed):
        raise ValueError(f"{_FILE.name}: {COUNT} words are wanted, each in six languages")
    return listed


def pick(rng: random.Random) -> tuple[int, int]:
    """Places of two different words. ``rng``: ``random.SystemRandom()``, so that nobody foresees them."""
    first, second = rng.sample(range(COUNT), 2)
    return first, second


def text(pair: tuple[int, int], locale: Locale) -> tuple[str, str]:
    """The two words in a language. Raises IndexError on places that no list of ours has had."""
    first, second = (words()[place] for place in pair)
    return first.resolve(locale).text, second.resolve(locale).text
