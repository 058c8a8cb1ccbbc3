"""The local Bot API server in a process of its own: `python -m bot.botapi --port 0`.

Prints one line of JSON when it answers (`version` of the Bot API, `url` for TELEGRAM_API_URL, `token` for BOT_TOKEN,
`control`) and serves until it is interrupted or terminated.
"""

import argparse
import asyncio
import json
import signal
import sys

from bot.botapi.server.server import BotApiServer
from bot.botapi.specification.description import VERSION


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.botapi", description="A local Telegram Bot API server.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--token", help="the token to let in, such as 7000000000:LOCAL-x; made up unless given")
    parser.add_argument("--seed", type=int, default=0, help="decides everything that is left to chance")
    parser.add_argument("--flood-limits", action="store_true", help="answer 429 to a bot that sends too much")
    given = parser.parse_args()
    asyncio.run(serve(given.port, given.token, given.seed, flood_limits=given.flood_limits))


async def serve(port: int, token: str | None, seed: int, *, flood_limits: bool) -> None:
    """Serve until SIGINT or SIGTERM."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    async with BotApiServer(port=port, token=token, seed=seed) as server:
        server.cloud.flood.on = flood_limits
        where = {
            "version": VERSION,
            "url": server.url,
            "token": server.token,
            "control": f"{server.url}/control/",
        }
        sys.stdout.write(json.dumps(where) + "\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    main()
