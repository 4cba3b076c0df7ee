"""For machines and operators: probes, metrics, security contact."""

from starlette.requests import Request
from starlette.responses import Response

from madang.web import health


async def livez(request: Request) -> Response:
    return await health.livez(request)


async def readyz(request: Request) -> Response:
    return await health.readyz(request)


async def metrics(request: Request) -> Response:
    return await health.metrics(request)


async def security_txt(request: Request) -> Response:
    return await health.security_txt(request)
