"""The shell: Telegram, the clock, the network and the command line around the conversation."""

import sys

if "rich" not in sys.modules:
    # structlog would load all of it, for tracebacks in colour that nobody here asks for: 7 MB, and 60 ms of a start.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog.dev  # noqa: F401

    del sys.modules["rich"]
