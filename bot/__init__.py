"""The shell: Telegram, the clock, the network and the command line around the conversation."""

import sys

# These modules are only for coloured terminals, which the bot does not need: structlog and typer load rich if they
# find it, and httpx its command line with pygments. That takes 10 MB and 80 ms of a start. With these entries the
# libraries do not find them and work without.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
