"""The preferences group: how pages look and read for a person, wherever they sign in. Why is nobody's business."""

from typing import Annotated

import msgspec


class AccountPreferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """``written``: names and values as the portal writes them, e.g. ``size-150.theme-yellow``; empty for the usual
    look. A backend keeps the text and need not understand it: the portal leaves out what it does not know."""

    written: Annotated[str, msgspec.Meta(max_length=160, pattern=r"^([a-z]+-[a-z0-9]+(\.[a-z]+-[a-z0-9]+)*)?$")] = ""
