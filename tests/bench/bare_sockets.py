"""The bare limit of WebSockets: `python -m tests.bench.bare_sockets PORT SIZE`, the library `websockets` alone.

Everybody who connects gets a message of SIZE bytes; a message from anyone is sent on, filled up to SIZE, to everybody.
"""

import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main(port: int, size: int) -> None:
    """Serve until ended."""
    here: set[ServerConnection] = set()

    async def follower(line: ServerConnection) -> None:
        await line.send("-" * size)
        here.add(line)
        try:
            async for message in line:
                broadcast(here, str(message).ljust(size))
        finally:
            here.discard(line)

    async with serve(follower, "127.0.0.1", port, compression=None) as server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2])))
