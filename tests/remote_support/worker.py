"""``python -m tests.remote_support.worker URL PREFIX PORT``: one worker of several that share their sessions in Redis.

Prints ``ready`` once it serves, and is ended by being killed.
"""

import asyncio
import socket
import sys

import uvicorn

from madang.remote_support.endpoint import Endpoint
from madang.remote_support.stores.redis import RedisStore

sys.path.insert(0, "tests/remote_support")
from relay_kit import house
from socket_kit import Portal, by_cookie, configured


async def main(url: str, prefix: str, port: int) -> None:
    at = house(RedisStore(url, prefix))
    app = Portal(at, Endpoint(at.relay, by_cookie), f"127.0.0.1:{port}")
    server = uvicorn.Server(configured(app))
    task = asyncio.create_task(server.serve([socket.create_server(("127.0.0.1", port))]))
    while not server.started:
        await asyncio.sleep(0.01)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await task


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
