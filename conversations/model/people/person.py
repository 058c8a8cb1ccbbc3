"""The person who speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """The person who speaks. `library` is their remembered answer to the question `library`.

    `timezone` is the one they chose, "" for that of the settings. Without `reminders` they get no reminders, and
    without `proposals` nobody is proposed to them. Without `tables` their messages are text only:
    their app shows no tables.
    """

    id: int
    language: str
    library: Mapping[str, Any] | None = None
    privacy_seen: str = ""
    roles: frozenset[str] = frozenset()
    timezone: str = ""
    reminders: bool = True
    proposals: bool = True
    tables: bool = True
