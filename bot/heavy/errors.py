"""How a heavy job can end without a result."""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught

from collections.abc import Mapping


class Gone(Exception):
    """The content to make a file from is no longer stored."""


class HeavyFailed(Exception):
    """The function raised, took too long, or made too much; `why` is for the log, without anything a person wrote."""

    def __init__(self, why: Mapping[str, str]) -> None:
        super().__init__(why.get("error", "failed"))
        self.why = why


class TooLarge(HeavyFailed):
    """The result is larger than was allowed."""


class HeavyDied(HeavyFailed):
    """The process ended in the middle of the job: it was killed, or ran out of memory."""


class Unwanted(Exception):
    """Somebody changed their mind while the job was done."""
