"""How one setting is declared: a dataclass field that says which variable it is and what it means."""

from collections.abc import Callable
from dataclasses import field
from typing import Any


def setting(default: Any, variable: str, meaning: str, read: Callable[[str, str], Any], **more: Any) -> Any:
    """One setting. ``secret``: never shown, and ``<variable>_FILE`` may name a file that holds it.

    ``shown``: its default in words."""
    metadata = {
        "variable": f"MADANG_{variable}",
        "meaning": meaning,
        "read": read,
        "secret": False,
        "shown": None,
        **more,
    }
    return field(default_factory=lambda: default, metadata=metadata, repr=not metadata["secret"])
