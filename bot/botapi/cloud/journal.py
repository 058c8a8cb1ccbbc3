"""The journal of the bot's calls, with their parameters, timing and violations of the specification."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.botapi.cloud.world import Json
from bot.botapi.specification.values import Upload

KEPT = 20_000  # calls; older ones are dropped


@dataclass(frozen=True, slots=True)
class Violation:
    """A call that violates the specification or a limit, and the reason."""

    method: str
    problem: str
    params: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.method}: {self.problem}"

    def as_json(self) -> Json:
        """Returns the JSON for the control interface."""
        return {"method": self.method, "problem": self.problem, "params": showable(self.params)}


@dataclass(slots=True)
class Entry:
    """One call. `at` is Unix time, `took` milliseconds, `status` the status of the answer (0: none)."""

    number: int
    method: str
    params: Mapping[str, Any]
    chat_id: int | None
    at: float
    took: float = 0.0
    status: int = 0
    error: str | None = None
    violations: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def as_json(self) -> Json:
        """Returns the JSON for the control interface."""
        return {
            "number": self.number,
            "method": self.method,
            "params": showable(self.params),
            "chat_id": self.chat_id,
            "at": self.at,
            "took_ms": round(self.took, 3),
            "status": self.status,
            "error": self.error,
            "violations": self.violations,
            "faults": self.faults,
        }


@dataclass(slots=True)
class Journal:
    """The calls so far, newest last, and all violations."""

    entries: "deque[Entry]" = field(default_factory=lambda: deque(maxlen=KEPT))
    violations: list[Violation] = field(default_factory=list)
    listeners: list[Callable[[Entry], None]] = field(default_factory=list)
    count: int = 0

    def begin(self, method: str, at: float) -> Entry:
        """Returns a new entry; it appears in the journal when it is ended."""
        self.count += 1
        return Entry(self.count, method, {}, None, at)

    def end(self, entry: Entry) -> None:
        """Add `entry` with its violations, and notify the listeners."""
        self.entries.append(entry)
        self.violations += (Violation(entry.method, problem, entry.params) for problem in entry.violations)
        for listener in self.listeners:
            listener(entry)


def showable(params: Mapping[str, Any]) -> Json:
    """`params` with files as their name and size."""
    return {
        name: f"file {value.name} ({len(value.content)} bytes)" if isinstance(value, Upload) else value
        for name, value in params.items()
    }
