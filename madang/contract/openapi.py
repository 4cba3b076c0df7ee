"""``openapi.json`` from the table of endpoints and the messages: ``python -m madang.contract.openapi`` writes it anew.

An operator who puts another backend behind the portal implements this document; a test holds it to the code.
"""

from pathlib import Path
from typing import Any, Final

import msgspec

from madang.contract.endpoints import ENDPOINTS, PDF, Endpoint
from madang.contract.examples import EXAMPLES, PARAMETERS
from madang.contract.messages.problems import Problem, ProblemType

FILE: Final = Path(__file__).with_name("openapi.json")
STATUS: Final[dict[ProblemType, int]] = {
    "malformed": 400,
    "unauthenticated": 401,
    "forbidden": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "stale-draft": 409,
    "already-submitted": 409,
    "not-possible": 409,
    "too-large": 413,
    "unsupported-media-type": 415,
    "invalid": 422,
    "unprintable": 422,
    "not-on-register": 422,
    "withheld": 422,
    "too-many-requests": 429,
    "unavailable": 503,
}
UPLOADS: Final = (PDF, "image/jpeg", "image/png", "image/heic", "image/webp")
_REF: Final = "#/components/schemas/{name}"
_OPAQUE: Final = {"type": "string", "pattern": "^[a-z2-7]{26}$", "description": "130 random bits in lower-case base32."}
_PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "draft": _OPAQUE,
    "file": _OPAQUE,
    "number": {
        "type": "string",
        "maxLength": 100,
        "description": "In groups of four, XXXX-XXXX-XXXX-XXXX; other separators and look-alike letters are forgiven.",
    },
    "reference": {
        "type": "string",
        "maxLength": 100,
        "description": "In groups of four, XXXX-XXXX-XXXX; other separators and look-alike letters are forgiven.",
    },
    "kind": {"type": "string", "maxLength": 80, "description": "A kind of the catalogue's `life_information`."},
    "service": {"type": "string", "maxLength": 200, "description": "Only drafts of this service."},
    "session": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,64}$", "description": "Of remote support."},
    "appointment": _OPAQUE,
    "errand": _OPAQUE,
    "after": {
        "type": "string",
        "pattern": "^[0-9]{1,15}$",
        "description": "Only what is behind this number.",
    },
    "before": {"type": "string", "format": "date-time", "description": "Only sessions asked for earlier."},
    "agent": {"type": "string", "maxLength": 200, "description": "Only sessions in which this agent helped last."},
    "first": {"type": "string", "format": "date", "description": "Without it, 30 days before the last."},
    "last": {"type": "string", "format": "date", "description": "Without it, today."},
    "day": {"type": "string", "format": "date", "description": "Without it, today."},
}
_CALLERS: Final = {
    "anyone": "For anyone.",
    "person": "For the signed-in person.",
    "clerk": "For a clerk: `roles` contains `clerk`.",
    "agent": "For a support agent: `roles` contains `agent` or `supervisor`, `acr` is `high`.",
    "supervisor": "For a supervisor of support: `roles` contains `supervisor`, `acr` is `high`.",
    "portal": "For the portal itself, on behalf of nobody: `roles` contains `portal`.",
}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    structs = {value for endpoint in ENDPOINTS for value in (endpoint.request, endpoint.response) if _is_struct(value)}
    _, schemas = msgspec.json.schema_components(
        [*sorted(structs, key=lambda struct: struct.__name__), Problem], ref_template=_REF
    )
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Madang backend",
            "version": "1",
            "description": "What the portal Madang asks of the systems behind it. Times are UTC (RFC 3339).",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "caller": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "HS256; claims sub, acr, roles, aud=madang-backend, iat, exp (a minute). "
                    "The key is HKDF-SHA256 of the shared secret, without salt, "
                    "info `madang backend assertion v1`, 32 bytes.",
                }
            },
        },
    }


def encoded() -> bytes:
    """The file's bytes: sorted as written here, indented, one line end at the end."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=1) + b"\n"


def _is_struct(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, msgspec.Struct)


def _summary(endpoint: Endpoint) -> str:
    words = endpoint.name.replace("_", " ")
    return words[0].upper() + words[1:]


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [endpoint.group],
        "summary": _summary(endpoint),
        "description": _CALLERS[endpoint.caller]
        + (" May be repeated safely." if endpoint.retry else " A repetition is done again."),
        "responses": _responses(endpoint),
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": _PARAMETERS[name], "example": PARAMETERS[name]}
        for name in _names(endpoint.path)
    ]
    parameters += [
        {"name": name, "in": "query", "schema": _PARAMETERS[name], "example": PARAMETERS[name]}
        for name in endpoint.query
    ]
    if endpoint.request == "file":
        name = {"type": "string", "maxLength": 1000, "description": "The file's name, percent-encoded UTF-8."}
        parameters.append({"name": "X-File-Name", "in": "header", "schema": name})
    if parameters:
        operation["parameters"] = parameters
    if endpoint.request is not None:
        operation["requestBody"] = {"required": True, "content": _body(endpoint)}
    if endpoint.caller != "anyone":
        operation["security"] = [{"caller": []}]
    return operation


def _names(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _body(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.request == "file":
        return {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in UPLOADS}
    if endpoint.request == PDF:
        return {PDF: {"schema": {"type": "string", "format": "binary"}}}
    return _json(endpoint.request)


def _json(struct: type[msgspec.Struct]) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=struct.__name__)}}
    if struct in EXAMPLES:
        content["example"] = msgspec.to_builtins(EXAMPLES[struct])
    return {"application/json": content}


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done."}
    if endpoint.response in (PDF, "file"):
        binary = {"schema": {"type": "string", "format": "binary"}}
        good["content"] = dict.fromkeys((PDF,) if endpoint.response == PDF else UPLOADS, binary)
    elif endpoint.response is not None:
        good["content"] = _json(endpoint.response)
    responses = {str(endpoint.status): good}
    if endpoint.name == "catalogue":
        good["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "The version, for If-None-Match."}}
        responses["304"] = {"description": "The caller has this version."}
    by_status: dict[int, list[str]] = {}
    for kind in _errors(endpoint):
        by_status.setdefault(STATUS[kind], []).append(kind)
    for status, kinds in sorted(by_status.items()):
        responses[str(status)] = {
            "description": ", ".join(kinds),
            "content": {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}},
        }
    return responses


def _errors(endpoint: Endpoint) -> list[ProblemType]:
    kinds: list[ProblemType] = ["malformed", "unavailable", *endpoint.errors]
    if endpoint.caller != "anyone":
        kinds.append("unauthenticated")
    if endpoint.caller not in ("anyone", "person"):
        kinds.append("forbidden")
    if endpoint.request is not None:
        kinds += ["too-large", "unsupported-media-type"]
    if endpoint.query:
        kinds.append("invalid")
    return list(dict.fromkeys(kinds))


if __name__ == "__main__":
    FILE.write_bytes(encoded())
