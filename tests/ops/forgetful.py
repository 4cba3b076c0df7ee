"""The control of the soak: ``madang serve`` over the backend whose keys do not count (see tests/backend/sturdy_app.py).

python -m tests.ops.forgetful       with the same environment, on tables that are made already
"""

import os
import sys

from starlette.types import ASGIApp
from sturdy_app import forget_keys

from madang.web.serve import bind, create_worker, run
from madang.web.settings import Settings


def create_forgetful_worker() -> ASGIApp:
    forget_keys()
    return create_worker()


if __name__ == "__main__":
    settings = Settings.from_environment(os.environ)
    listening = bind(settings.host, settings.port)
    factory = "tests.ops.forgetful:create_forgetful_worker"
    sys.exit(run(factory, listening, workers=settings.workers, ready=lambda: None))
