"""The backend as uvicorn's workers run it in test_sturdy.py, and the control whose keys do not count."""

import os
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, UniqueConstraint
from starlette.applications import Starlette

from madang.backend import submission
from madang.backend.app import create_backend
from madang.backend.config import BackendConfig
from madang.backend.database import engine_for
from madang.backend.tables import metadata

KEY = "the soak's secret, thirty-two characters"


def without_unique_rules(url: str) -> None:
    """Makes the tables of the control: the same, but any number of applications a draft and a key."""
    loose = MetaData()
    for table in metadata.tables.values():
        table.to_metadata(loose)
    applications = loose.tables["applications"]
    for constraint in list(applications.constraints):
        if isinstance(constraint, UniqueConstraint):
            applications.constraints.remove(constraint)
    engine = engine_for(url)
    loose.create_all(engine)
    engine.dispose()


def forget_keys() -> None:
    """Makes this process's backend the control: each request is a new one."""
    own = submission.own

    def forgetful(connection: Connection, *arguments: Any, **options: Any) -> dict[str, Any]:
        """The draft is open and the key was never seen."""
        row = dict(own(connection, *arguments, **options))
        return row | {"state": "open", "id": row["id"]}

    submission.own = forgetful  # type: ignore[assignment]
    keep = submission._keep

    def with_new_key(connection: Connection, draft: Any, *arguments: Any) -> None:
        keep(connection, dict(draft) | {"idempotency_key": secrets.token_urlsafe(24)}, *arguments)

    submission._keep = with_new_key


def create() -> Starlette:
    data = Path(os.environ["STURDY_DATA"])
    if os.environ.get("STURDY_WITHOUT_KEY"):
        forget_keys()
    config = BackendConfig(
        database_url=os.environ["STURDY_URL"],
        data=data,
        assertion_keys=(KEY,),
        base_url="https://portal.example",
        signing_key=data / "key.pem",
        signing_certificate=data / "certificate.pem",
        lease_seconds=4.0,
        look_seconds=0.5,
    )
    return create_backend(config)
