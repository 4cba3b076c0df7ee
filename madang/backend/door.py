"""What comes in: bodies within limits, JSON that every part behind can hold, the caller's statement.

NUL breaks PostgreSQL, lone surrogates break SQLite, huge integers and deep nesting break parsers: all stop here.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NoReturn, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from madang.backend.problems import Refusal, invalid
from madang.contract import assertion

S = TypeVar("S", bound=msgspec.Struct)

JSON_BYTES: Final = 128 * 1024
FILE_BYTES: Final = 10 * 1024 * 1024
_DEEPEST: Final = 12
_LARGEST: Final = 2**53
"""Beyond it JSON's integers are no longer the same number everywhere."""
_DECODERS: Final[dict[type[msgspec.Struct], msgspec.json.Decoder[Any]]] = {}


async def body(request: Request, limit: int) -> bytes:
    """The whole body. Raises Refusal too-large as soon as it is longer than ``limit`` bytes."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and (len(declared) > 12 or int(declared) > limit):
        raise Refusal("too-large")
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise Refusal("too-large")
            parts.append(part)
    except ClientDisconnect:
        raise Refusal("malformed") from None
    return b"".join(parts)


def media_type(request: Request) -> str:
    """The content type without its parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def message(request: Request, kind: type[S]) -> S:
    """The body as a struct of the contract. Raises Refusal: unsupported-media-type, too-large, malformed, invalid."""
    if media_type(request) != "application/json":
        raise Refusal("unsupported-media-type")
    return decode(await body(request, JSON_BYTES), kind)


def decode(content: bytes, kind: type[S]) -> S:
    """``content`` as ``kind``; what is no JSON is ``malformed``, what breaks a rule of ``kind`` is ``invalid``."""
    decoder = _DECODERS.setdefault(kind, msgspec.json.Decoder(kind))
    try:
        content.decode()
        decoded: S = decoder.decode(content)
    except msgspec.ValidationError as error:
        refuse_path(str(error))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refusal("malformed") from None
    for name in kind.__struct_fields__:
        check_value(getattr(decoded, name), name)
    return decoded


def refuse_path(error: str) -> NoReturn:
    """Turns msgspec's sentence into the field it is about; the value itself is never repeated."""
    _, found, path = error.rpartition(" - at `$.")
    if found:
        raise invalid((path.rstrip("`"), "wrong"))
    _, found, name = error.rpartition("field `")
    raise invalid((name.rstrip("`") if found else "", "missing" if "required" in error else "wrong"))


def check_value(value: Any, field: str, depth: int = 0) -> None:
    """Refuses text that cannot be stored, numbers that are not the same everywhere, and depth. Raises Refusal
    invalid."""
    if isinstance(value, str):
        check_text(value, field)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        if not -_LARGEST < value < _LARGEST:
            raise invalid((field, "too-large"))
    elif isinstance(value, dict | list | tuple | msgspec.Struct):
        if depth >= _DEEPEST:
            raise invalid((field, "too-deep"))
        if isinstance(value, dict):
            for key, item in value.items():
                check_text(key, field)
                check_value(item, field, depth + 1)
        else:
            for item in msgspec.structs.astuple(value) if isinstance(value, msgspec.Struct) else value:
                check_value(item, field, depth + 1)


def check_text(value: str, field: str) -> None:
    """Refuses NUL and lone surrogates. Raises Refusal invalid."""
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise invalid((field, "characters"))


def caller(request: Request, keys: Iterable[str], now: dt.datetime) -> assertion.Claims:
    """Who calls. Raises Refusal unauthenticated."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Refusal("unauthenticated")
    try:
        claims = assertion.check(token.strip(), keys, now)
        check_text(claims.sub, "")
    except (assertion.AssertionRefused, Refusal):
        raise Refusal("unauthenticated") from None
    if len(claims.sub) > 200:
        raise Refusal("unauthenticated")
    return claims
