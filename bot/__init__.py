"""The shell: Telegram, the clock, the network and the command line around the conversation."""

import sys

# structlog, httpx and typer load all of rich where they find it, for colours that nobody asks for: 7 MB, and 60 ms of a
# start. With this they do not find it, and write plain text.
sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
