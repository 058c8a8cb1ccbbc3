"""Who was told what is kept, and what is kept no longer."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PrivacyShown:
    """The person was shown the privacy notice of this version."""

    version: str


@dataclass(frozen=True, slots=True)
class ControllerNamed:
    """The owner wrote who answers for what is kept."""

    words: str


@dataclass(frozen=True, slots=True)
class ContactsErased:
    """The author deleted the answers to `questions` of a report, which name people, with all earlier ones."""

    report: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """All that is kept about the person goes; their reports too, or they stay as their library's."""

    with_reports: bool


AboutPrivacy: TypeAlias = PrivacyShown | ControllerNamed | ContactsErased | PersonForgotten
