"""The privacy notice, and erasing data."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class PrivacyShown:
    """The person was shown this version of the privacy notice."""

    version: str


@dataclass(frozen=True, slots=True)
class ControllerNamed:
    """The owner wrote who is responsible for the data."""

    words: str


@dataclass(frozen=True, slots=True)
class ContactsErased:
    """The author deleted the answers to `questions` of a report, which name people, with their history."""

    report: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """The person erased all their data; their reports are erased too, or stay as their library's."""

    with_reports: bool


@dataclass(frozen=True, slots=True)
class PersonalTakenOut:
    """The author took `said`, which is about a person, out of the texts of a report. What was said before in a draft,
    and the messages in which it stood, are not kept either.
    """

    report: str
    said: str


AboutPrivacy: TypeAlias = PrivacyShown | ControllerNamed | ContactsErased | PersonForgotten | PersonalTakenOut
