"""What people choose for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose to read `language`; `chosen` is false where it was only guessed."""

    language: str


@dataclass(frozen=True, slots=True)
class LibraryRemembered:
    """The library the person writes for, as an answer to `library`; None forgets it."""

    library: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class RemindersChosen:
    """The person wants reminders, or never any."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class TimezoneChosen:
    """The person lives by this time zone (an IANA name)."""

    name: str


@dataclass(frozen=True, slots=True)
class ProposalsChosen:
    """The person wants others to be proposed to them, or never."""

    wanted: bool


AboutPeople: TypeAlias = LanguageChosen | LibraryRemembered | RemindersChosen | TimezoneChosen | ProposalsChosen
