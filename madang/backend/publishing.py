"""The catalogue group: everything public in one piece, and whether the house is well."""

from typing import Final, Literal

from starlette.responses import Response

from madang.backend.routing import Call, Handler
from madang.contract.endpoints import ENDPOINTS
from madang.contract.messages.problems import Health


async def catalogue(call: Call) -> Response:
    """The catalogue; 304 without a body for one who names its version in ``If-None-Match``."""
    holdings = call.house.holdings
    tag = f'"{holdings.catalogue.version}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = {part.strip().removeprefix("W/") for part in call.request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(holdings.encoded, 200, headers, "application/json")


async def health(call: Call) -> Health:
    """Per API group; what needs the database is down with it, the catalogue is not."""
    database = await call.house.database.alive()
    groups: dict[str, Literal["ok", "down"]] = {}
    for endpoint in ENDPOINTS:
        up = database or endpoint.group == "catalogue"
        if endpoint.group == "issuance":
            up = up and call.house.desk.well
        groups[endpoint.group] = "ok" if up else "down"
    return Health("ok" if all(state == "ok" for state in groups.values()) else "degraded", groups)


HANDLERS: Final[dict[str, Handler]] = {"catalogue": catalogue, "health": health}
