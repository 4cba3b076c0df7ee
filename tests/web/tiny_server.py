"""``python -m tests.web.tiny_server PORT WORKERS [fail]``: a tiny application under the portal's own supervisor."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from madang.web import protocol
from madang.web.middleware.ready import Header, Ready
from madang.web.serve import bind, end_with_parent, run


class Tiny:
    """The application, which answers one address at once, as the portal does from its page cache."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._app(scope, receive, send)

    def immediate(self, method: str, path: str, headers: Sequence[Header]) -> tuple[int, Ready, bytes] | None:
        if path != "/cached":
            return None
        return 200, Ready([(b"x-kept", b"1")], 4), b"" if method == "HEAD" else b"kept"


def create() -> Any:
    end_with_parent()
    protocol.HEAD_SECONDS = 0.6  # type: ignore[misc]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": message["type"] + ".complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        answer = f"{os.getpid()} {len(body)} {scope['path']!a}".encode()
        headers = [(b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return Tiny(app)


def fail() -> Any:
    raise SystemExit(3)


if __name__ == "__main__":
    factory = "tests.web.tiny_server:" + ("fail" if "fail" in sys.argv else "create")
    listening = bind("127.0.0.1", int(sys.argv[1]))
    sys.exit(run(factory, listening, workers=int(sys.argv[2]), ready=lambda: print("ready", flush=True)))
