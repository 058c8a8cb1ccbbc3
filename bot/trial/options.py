"""What a trial may be started with."""

from dataclasses import dataclass

PORT = 8477
"""Where the page is unless told otherwise: always the same, so that the browser knows it again."""


@dataclass(frozen=True, slots=True)
class Options:
    """`port` None: PORT, or a free one where that is taken. `reset` forgets earlier trials, `empty` has no demo."""

    port: int | None = None
    empty: bool = False
    reset: bool = False
    browser: bool = True

    def for_child(self) -> list[str]:
        """Those that the bot's process has to know."""
        return [f"--{name}" for name in ("empty", "reset") if getattr(self, name)]

    @classmethod
    def of_child(cls, given: list[str]) -> "Options":
        """What `for_child` said."""
        return cls(empty="--empty" in given, reset="--reset" in given)
