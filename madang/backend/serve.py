"""The reference backend alone over HTTP: ``uvicorn --factory madang.backend.serve:create_backend_from_environment``."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.applications import Starlette

from madang.backend.app import create_backend
from madang.backend.config import CATALOGUE, BackendConfig

SHORTEST_SECRET: Final = 32


class BackendSettingsError(ValueError):
    """A setting is wrong; the message says which and how to mend it."""


def config_from(environ: Mapping[str, str]) -> BackendConfig:
    """The configuration that the environment describes. Raises BackendSettingsError.

    MADANG_BACKEND_SECRET (shared with the portal; several, separated by commas, while it is changed), MADANG_DATA,
    MADANG_DATABASE_URL, MADANG_BASE_URL (the portal's), MADANG_CATALOGUE, MADANG_ISSUERS, MADANG_SIGNING_KEY,
    MADANG_SIGNING_CERTIFICATE, MADANG_FORMER_CERTIFICATES (several, separated by commas), MADANG_DEMONSTRATION (no:
    the registers are real), MADANG_SMS_URL and MADANG_SMS_KEY (the gateway of text messages)."""
    secrets = tuple(part.strip() for part in environ.get("MADANG_BACKEND_SECRET", "").split(",") if part.strip())
    if not secrets or any(len(secret) < SHORTEST_SECRET for secret in secrets):
        raise BackendSettingsError(
            f"Set MADANG_BACKEND_SECRET to {SHORTEST_SECRET} characters or more, the same as the portal's."
        )
    data = Path(environ.get("MADANG_DATA") or "var").resolve()
    issuers = environ.get("MADANG_ISSUERS") or "1"
    if not (issuers.isascii() and issuers.isdigit() and 1 <= int(issuers) <= 64):
        raise BackendSettingsError(f"Set MADANG_ISSUERS to a number of processes from 1 to 64, not {issuers!r}.")
    return BackendConfig(
        database_url=environ.get("MADANG_DATABASE_URL") or f"sqlite:///{data / 'madang.sqlite'}",
        data=data,
        assertion_keys=secrets,
        base_url=environ.get("MADANG_BASE_URL") or "http://127.0.0.1:8000",
        signing_key=Path(environ.get("MADANG_SIGNING_KEY") or data / "signing" / "key.pem"),
        signing_certificate=Path(environ.get("MADANG_SIGNING_CERTIFICATE") or data / "signing" / "certificate.pem"),
        former_certificates=tuple(
            Path(part.strip()) for part in environ.get("MADANG_FORMER_CERTIFICATES", "").split(",") if part.strip()
        ),
        catalogue=Path(environ.get("MADANG_CATALOGUE") or CATALOGUE),
        issuers=int(issuers),
        demonstration=environ.get("MADANG_DEMONSTRATION", "yes").lower() not in ("no", "0", "false"),
        messages_url=environ.get("MADANG_SMS_URL", ""),
        messages_key=environ.get("MADANG_SMS_KEY", ""),
    )


def create_backend_from_environment() -> Starlette:
    """The backend as the environment describes it, on a prepared database."""
    config = config_from(os.environ)
    config.data.mkdir(parents=True, exist_ok=True)
    return create_backend(config)
