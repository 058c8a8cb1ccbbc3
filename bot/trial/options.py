"""The options of a trial."""

from dataclasses import dataclass

PORT = 8477
"""The default port of the page: always the same, so that the browser recognises it."""


@dataclass(frozen=True, slots=True)
class Options:
    """`port` None: PORT, or a free one if that is taken. `reset` deletes earlier trials, `empty` adds no demo data."""

    port: int | None = None
    empty: bool = False
    reset: bool = False
    browser: bool = True

    def for_child(self) -> list[str]:
        """Returns the arguments for the bot's process."""
        return [f"--{name}" for name in ("empty", "reset") if getattr(self, name)]

    @classmethod
    def of_child(cls, given: list[str]) -> "Options":
        """Returns the options from the arguments of `for_child`."""
        return cls(empty="--empty" in given, reset="--reset" in given)
