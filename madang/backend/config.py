"""What the reference backend needs to be told, decided once by whoever starts it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

CATALOGUE: Final = Path(__file__).parent / "data"
"""The demonstration's catalogue, registers and people."""


@dataclass(frozen=True, slots=True)
class BackendConfig:
    """``database_url``: ``sqlite:////absolute/path`` or ``postgresql://...``. ``data``: a directory of our own to
    write to. ``assertion_keys``: secrets shared with the portal, any of which may have signed a call. ``base_url``: the
    portal's, for the QR code. ``signing_key`` and ``signing_certificate``: PEM files, made there at first when
    missing. ``former_certificates``: chains of earlier keys, whose documents stay genuine. ``issuers``: processes that
    typeset. ``lease_seconds``: how long a document may take before another worker tries, ``look_seconds``: how often it
    looks. ``demonstration``: True when the registers are not real; every page and document then says so.
    ``messages_url`` and ``messages_key``: the gateway that sends text messages to phones; empty: there is none."""

    database_url: str
    data: Path
    assertion_keys: tuple[str, ...]
    base_url: str
    signing_key: Path
    signing_certificate: Path
    former_certificates: tuple[Path, ...] = ()
    catalogue: Path = CATALOGUE
    issuers: int = 1
    lease_seconds: float = 30.0
    look_seconds: float = 2.0
    demonstration: bool = True
    messages_url: str = ""
    messages_key: str = ""
