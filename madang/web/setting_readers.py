"""How the value of one setting is read: each reader takes the variable's name and its text, and gives the typed value.

A value that is wrong raises ``SettingsError``: one sentence that says how to mend it.
"""

import ipaddress
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
MINIMUM_KEY: Final = 32
"""Characters in a secret key; ``openssl rand -hex 32`` gives 64."""
PASSPHRASE: Final = 12
"""Characters in what is typed by hand."""
MINIMUM_VARIETY: Final = 10
"""Different characters in a secret key: fewer is a word or a row of one letter, not a key."""


class SettingsError(ValueError):
    """A setting is wrong. Its text is one sentence for the operator: what is wrong and how to mend it."""


def text(name: str, value: str) -> str:
    if any(ord(letter) < 32 for letter in value):
        raise SettingsError(f"{name} holds a control character; write it on one line.")
    return value


def number(low: int, high: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise SettingsError(f"{name} is {value!r}; set it to a whole number from {low} to {high}.")
        return int(value)

    return read


def flag(name: str, value: str) -> bool:
    if value.lower() not in {"yes", "no", "true", "false", "1", "0"}:
        raise SettingsError(f"{name} is {value!r}; set it to yes or no.")
    return value.lower() in {"yes", "true", "1"}


def choice(*choices: str) -> Callable[[str, str], str]:
    def read(name: str, value: str) -> str:
        if value.lower() not in choices:
            raise SettingsError(f"{name} is {value!r}; set it to one of {', '.join(choices)}.")
        return value.lower()

    return read


def path(name: str, value: str) -> Path:
    return Path(text(name, value)).expanduser().absolute()


def existing(name: str, value: str) -> Path:
    found = path(name, value)
    if not os.access(found, os.R_OK):
        raise SettingsError(f"{name} names {found}, which cannot be read; correct the path or its permissions.")
    return found


def program(name: str, value: str) -> str:
    """The path of a program, or ``off``."""
    if value.lower() == "off":
        return "off"
    found = path(name, value)
    if not found.is_file() or not os.access(found, os.X_OK):
        raise SettingsError(f"{name} names {found}, which is no program; correct the path, or set it to off.")
    return str(found)


def existing_all(name: str, value: str) -> tuple[Path, ...]:
    """Several, separated by commas."""
    return tuple(existing(name, part.strip()) for part in value.split(",") if part.strip())


def words(name: str, value: str) -> tuple[str, ...]:
    return tuple(text(name, word) for word in re.split(r"[\s,]+", value) if word)


def claim(name: str, value: str) -> str:
    """A claim's name, or a dotted path of names."""
    if not all(value.split(".")) or re.search(r"\s", text(name, value)):
        raise SettingsError(f"{name} is {value!r}; name a claim, such as roles or realm_access.roles.")
    return value


def address(*schemes: str) -> Callable[[str, str], str]:
    def read(name: str, value: str) -> str:
        try:
            parts = urlsplit(text(name, value))
            valid = parts.scheme in schemes and (parts.port is None or parts.port > 0)
        except ValueError:
            valid = False
        if not valid:  # the value may hold a password, so it is not repeated
            raise SettingsError(f"{name} is not an address that begins with {' or '.join(f'{s}://' for s in schemes)}.")
        return value.rstrip("/") if parts.scheme.startswith("http") else value

    return read


def database(name: str, value: str) -> str:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", value):
        raise SettingsError(
            f"{name} must begin with sqlite:// or postgresql://; leave it empty to keep the data in MADANG_DATA."
        )
    return value


def keys(name: str, value: str) -> tuple[str, ...]:
    found = words(name, value)
    for position, secret in enumerate(found, 1):
        if len(secret) < MINIMUM_KEY or len(set(secret)) < MINIMUM_VARIETY:
            raise SettingsError(f"{name}: key {position} can be guessed; make one with `openssl rand -hex 32`.")
    return found


def key(name: str, value: str) -> str:
    return keys(name, value)[0]


def passphrase(name: str, value: str) -> str:
    """What people type by hand, a few times an hour at most: twelve characters are enough where guesses are counted."""
    if len(value) < PASSPHRASE or len(set(value)) < PASSPHRASE // 2:
        raise SettingsError(f"{name} can be guessed; write {PASSPHRASE} characters or more, such as four words.")
    return value


def networks(name: str, value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(word) for word in words(name, value))
    except ValueError as error:
        raise SettingsError(f"{name} must list addresses or networks such as 10.0.0.0/8 ({error}).") from None


def hosts(name: str, value: str) -> tuple[str, ...]:
    found = tuple(word.lower() for word in words(name, value))
    for host in found:
        if not re.fullmatch(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", host):
            raise SettingsError(
                f"{name}: {host!r} is not a host name; write names such as www.example.org, without https:// or *."
            )
    return found


def is_loopback(host: str) -> bool:
    """Whether ``host`` (a name or an address, without port) is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_own_network(host: str) -> bool:
    """Whether ``host`` is a private address, or a name without a dot, as containers have among themselves."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or is_loopback(host)
