"""Buildings and lots that a register about things holds: found by what people type, named by a key."""

from typing import Annotated

import msgspec

from madang.i18n.text import Text


class Place(msgspec.Struct, frozen=True):
    """``key``: what the answer holds, e.g. ``경기도 수원시 팔달구 시연로 12``; ``name``: how it is written."""

    key: str
    name: Text


class Places(msgspec.Struct, frozen=True):
    """What was typed, as the register understands it. ``exact`` is the key when it names one of its things and no
    other; ``items`` are all it may mean, at most ten."""

    items: tuple[Place, ...]
    exact: str = ""


class PlaceQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``evidence``: the register that is asked; ``words``: an address or a lot as typed, in any script."""

    evidence: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
