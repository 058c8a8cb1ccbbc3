"""The person who speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """Who speaks. `library` is the answer remembered for the question `library`; `roles` are rights.Role.

    `timezone` is the one they chose, "" that of the settings; without `reminders` they are never reminded of anything,
    without `proposals` nobody is proposed to them.
    """

    id: int
    language: str
    library: Mapping[str, Any] | None = None
    privacy_seen: str = ""
    roles: frozenset[str] = frozenset()
    timezone: str = ""
    reminders: bool = True
    proposals: bool = True
