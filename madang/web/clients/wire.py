"""From an endpoint of the contract and its arguments to a request, and from an answer to a message or an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from madang.contract.endpoints import PDF, Endpoint
from madang.contract.messages.problems import Problem
from madang.web.clients.errors import Malformed, NotFound, Refused, refused

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
LONGEST_PARAMETER: Final = 200


class ContractBroken(Exception):
    """The answer is none that the contract knows. Its text names the fault, never the content."""


class Reported(Exception):
    """The backend itself says that it (or ``authority``'s register) cannot answer now."""

    def __init__(self, authority: str) -> None:
        super().__init__(authority)
        self.authority = authority


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came. ``headers`` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def target(endpoint: Endpoint, params: Mapping[str, str], query: Mapping[str, str]) -> str:
    """Path and query. A parameter that cannot name anything (empty, a dot segment, endless, not encodable) raises
    NotFound: it came from an address that somebody typed."""
    path = endpoint.path
    for name, value in params.items():
        if not value or value in {".", ".."} or len(value) > LONGEST_PARAMETER or not _encodable(value):
            raise NotFound.of("not-found", 404)
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    if "{" in path or set(query) - set(endpoint.query):
        raise TypeError(f"{endpoint.name}: wrong parameters {sorted(params)} or query {sorted(query)}")
    if not all(map(_encodable, query.values())):
        raise Malformed.of("malformed", 400)
    return f"{path}?{urlencode(query)}" if query else path


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def encode(endpoint: Endpoint, body: msgspec.Struct | bytes | None) -> tuple[bytes, str]:
    """The body and its media type (empty: none, or the caller names it).

    Raises Malformed for text that is not Unicode."""
    if body is None:
        return b"", ""
    if isinstance(body, bytes):
        return body, PDF if endpoint.request == PDF else ""
    try:
        return msgspec.json.encode(body), JSON
    except UnicodeEncodeError:
        raise Malformed.of("malformed", 400) from None


def decode(endpoint: Endpoint, reply: Reply) -> Any:
    """The message that a successful ``reply`` holds: the endpoint's struct, the bytes of a PDF or of
    a file, or None."""
    if endpoint.response is None:
        return None
    if endpoint.response == "file":
        return reply.content
    wanted = PDF if endpoint.response == PDF else JSON
    _expect(reply, wanted)
    if wanted == PDF:
        if not reply.content.startswith(b"%PDF-"):
            raise ContractBroken("not a PDF")
        return reply.content
    return _read(reply.content, endpoint.response)


def judge(endpoint: Endpoint, reply: Reply) -> Refused | None:
    """None for success, the error for a refusal.

    Raises Reported for ``unavailable``, ContractBroken for what is neither."""
    if reply.status in (endpoint.status, 200) or (reply.status == 304 and endpoint.method == "GET"):
        return None  # a repeated creation may be answered by 200
    if not 400 <= reply.status < 600:
        raise ContractBroken(f"status {reply.status}")
    if reply.status >= 500 and _media_type(reply) != PROBLEM:
        raise ContractBroken(f"status {reply.status}")  # a proxy's or a server's own page
    _expect(reply, PROBLEM)
    problem: Problem = _read(reply.content, Problem)
    if problem.type == "unavailable":
        raise Reported(problem.authority)
    if reply.status >= 500:
        raise ContractBroken(f"status {reply.status}")
    try:
        return refused(problem)
    except ValueError:
        raise ContractBroken(f"incomplete problem {problem.type}") from None


def _media_type(reply: Reply) -> str:
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower()


def _expect(reply: Reply, wanted: str) -> None:
    if _media_type(reply) != wanted:
        raise ContractBroken("wrong content type")


def _read(content: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError:
        raise ContractBroken("wrong schema") from None  # the message would quote what was sent
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ContractBroken("malformed JSON") from None
