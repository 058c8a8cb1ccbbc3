"""What people choose for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person reads `language`; `chosen` is false if the bot guessed it."""

    language: str


@dataclass(frozen=True, slots=True)
class LibraryRemembered:
    """The person writes for this library, an answer to `library`; None forgets it."""

    library: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class RemindersChosen:
    """The person turned reminders on or off."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class TimezoneChosen:
    """The person chose this time zone (an IANA name)."""

    name: str


@dataclass(frozen=True, slots=True)
class ProposalsChosen:
    """The person turned proposals on or off."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class TablesChosen:
    """The person chose messages with tables and sections that fold, or only text."""

    wanted: bool


AboutPeople: TypeAlias = (
    LanguageChosen | LibraryRemembered | RemindersChosen | TimezoneChosen | ProposalsChosen | TablesChosen
)
