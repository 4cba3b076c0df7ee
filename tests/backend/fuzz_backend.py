"""The fuzzer itself, run by test_fuzz.py in a process of its own (its file name keeps pytest from collecting it)."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import (
    ChecksConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from madang.backend.app import create_backend
from madang.backend.config import BackendConfig
from madang.backend.issuance.pool import IssuingPool
from madang.contract import assertion, examples, openapi

KEY = "the fuzzer's secret, thirty-two characters"
keys = Path(os.environ["FUZZ_KEY"]), Path(os.environ["FUZZ_CERTIFICATE"])
backend = create_backend(
    BackendConfig(os.environ["FUZZ_URL"], Path(os.environ["FUZZ_DATA"]), (KEY,), "https://portal.example", *keys),
    press=IssuingPool(*keys),
)
described = Starlette(routes=[Route("/openapi.json", lambda _: JSONResponse(openapi.document()))])


async def app(scope: Any, receive: Any, send: Any) -> None:
    """The document beside the backend. The fuzzer would run the lifespan anew for each call; the pool lives on."""
    served = backend if scope["type"] == "http" and scope["path"] != "/openapi.json" else described
    await served(scope, receive, send)


# Valid by its schema is not valid by the rules that no schema can say: magic numbers, check characters, known services.
accepted = PositiveDataAcceptanceConfig(expected_statuses=["2xx", "401", "403", "404", "409", "413", "415", "422"])
checks = ChecksConfig(positive_data_acceptance=accepted)
# What is too large is refused as that, before anybody looks at what else is wrong with it.
rejection = checks.negative_data_rejection
rejection.expected_statuses = [*rejection.expected_statuses, "413"]
project = ProjectConfig(checks=checks)
schema = schemathesis.openapi.from_asgi(
    "/openapi.json", app, config=SchemathesisConfig(projects=ProjectsConfig(default=project))
)


@schemathesis.serializer("application/pdf", "image/heic")
def as_bytes(context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode(errors="surrogatepass")


@schemathesis.auth(refresh_interval=None)
class Statement:
    """A fresh statement for each call: it lives for a minute only."""

    def get(self, case: Any, context: Any) -> str:
        roles = ("citizen", "clerk", "agent", "supervisor", "portal")
        return assertion.make("han-garam", "high", roles, KEY, dt.datetime.now(dt.UTC))

    def set(self, case: Any, data: str, context: Any) -> None:
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


def living(case: Any) -> None:
    """Half of what is valid is about something that exists, so that more is reached than "not found"."""
    meta = case.meta
    if case.path_parameters and meta is not None and meta.generation.mode.is_positive:
        for name in case.path_parameters.keys() & LIVING.keys():
            if len(str(case.path_parameters[name])) % 2 == 0:
                case.path_parameters[name] = LIVING[name]


LIVING = {name: examples.PARAMETERS[name] for name in ("draft", "session", "appointment")}


@schema.parametrize()
@settings(
    max_examples=int(os.environ["FUZZ_EXAMPLES"]),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_operation(case: Any) -> None:
    living(case)
    case.call_and_validate()
