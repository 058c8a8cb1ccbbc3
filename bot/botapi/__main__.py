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
from bot.botapi.specification.description import NEWEST, checked_version


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.botapi", description="A local Telegram Bot API server.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--token", help="the token to let in, such as 7000000000:LOCAL-x; made up unless given")
    parser.add_argument("--seed", type=int, default=0, help="decides everything that is left to chance")
    parser.add_argument("--flood-limits", action="store_true", help="answer 429 to a bot that sends too much")
    parser.add_argument(
        "--api-version",
        type=checked_version,
        default=NEWEST,
        metavar="VERSION",
        help=f"speak an older Bot API, such as 10.0; {NEWEST} unless given",
    )
    given = parser.parse_args()
    server = BotApiServer(port=given.port, token=given.token, seed=given.seed, api_version=given.api_version)
    server.cloud.flood.on = given.flood_limits
    asyncio.run(serve(server))


async def serve(server: BotApiServer) -> None:
    """Serve until SIGINT or SIGTERM."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    async with server:
        where = {
            "version": f"Bot API {server.api_version}",
            "url": server.url,
            "token": server.token,
            "control": f"{server.url}/control/",
        }
        sys.stdout.write(json.dumps(where) + "\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    main()
