"""The shell: Telegram, the clock, the network and the command line around the conversation."""

import sys

# What these bring is for people at a terminal, and nobody asked for it: structlog and typer load all of rich where they
# find it, for colours, and httpx its own command line with pygments. It is 10 MB, and 80 ms of a start. With this they
# do not find it, and do without.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
