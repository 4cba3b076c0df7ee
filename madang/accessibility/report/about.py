"""What a report says of the thing that it is about."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final


def _version() -> str:
    try:
        return version("madang")
    except PackageNotFoundError:
        return ""


EXAMPLE: Final = "https://madang.example"
NOBODY: Final = "Demonstration: no agency stands behind this report yet"
NOBODYS_EMAIL: Final = "accessibility@madang.example"


@dataclass(frozen=True, slots=True)
class About:
    """``url``: of the site, without a slash at its end. ``email``: of who answers for the report, as OpenACR asks."""

    name: str = "Madang"
    version: str = ""
    description: str = "The citizen's front of a country's e-services, and the certificates that it issues."
    url: str = EXAMPLE
    author: str = NOBODY
    email: str = NOBODYS_EMAIL

    @classmethod
    def portal(cls, url: str = EXAMPLE, author: str = "", email: str = "") -> "About":
        """Of this portal at ``url``, run by ``author``; empty where nobody has said who that is."""
        return cls(version=_version(), url=url.rstrip("/"), author=author or NOBODY, email=email or NOBODYS_EMAIL)
