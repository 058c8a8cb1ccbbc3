"""Published initiatives as other people meet them: what they say, and who may see which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, TypeAlias

from conversations.language.events import File
from conversations.model.happenings import texts

Sharing: TypeAlias = Literal["public", "network", "coordinators"]
"""Who may see a report, as its author chose: anyone, libraries and registered partners, or coordinators only."""


def sharing_of(answers: Mapping[str, Any]) -> Sharing:
    """Who may see a report with these answers; coordinators only, where that was never said."""
    said = answers.get("sharing")
    return said if said in ("public", "network") else "coordinators"


@dataclass(frozen=True, slots=True)
class Initiative:
    """A published report as others than its author see it.

    `answers` are the current ones that its form still asks for, by question key, with nothing personal among them.
    `municipality` is the country and code of its library's (`DK-0461`); it and `place`, `region`, `country` are ""
    where the register does not know the library. `library_key` is the library's key in the register, "" for one that is
    not there. `changed_at` is when its author last changed it.
    """

    id: str
    revision: int
    language: str
    published_at: datetime
    changed_at: datetime
    call: str
    library_key: str
    library: str
    municipality: str
    place: str
    region: str
    country: str
    answers: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.answers.get("title") or "")

    @property
    def summary(self) -> str:
        """The story in two or three sentences."""
        return str(self.answers.get("summary") or "")

    @property
    def progress(self) -> str:
        """How far it has come: planned, running, paused or finished."""
        return str(self.answers.get("status") or "")

    @property
    def themes(self) -> tuple[str, ...]:
        """Its themes, the most important first."""
        return self.chosen("themes")

    @property
    def groups(self) -> tuple[str, ...]:
        """The target groups."""
        return self.chosen("target_groups")

    @property
    def roles(self) -> tuple[str, ...]:
        """Which sides of the library it shows."""
        return self.chosen("roles")

    @property
    def sharing(self) -> Sharing:
        """Who may see it; coordinators only, where that was never said."""
        return sharing_of(self.answers)

    @property
    def photos(self) -> tuple[str, ...]:
        """The ids of its pictures, if whoever is on them agreed to be shown."""
        return self.chosen("photo") if self.answers.get("photo_consent") is True else ()

    def chosen(self, question: str) -> tuple[str, ...]:
        """The keys chosen in answer to a question that lists some."""
        return texts(self.answers.get(question))


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a turn changed for readers of one initiative: how it was `before` and is `after`.

    Without `before` it was just published; without `after` it is no longer to be seen.
    """

    id: str
    before: Initiative | None
    after: Initiative | None


class InitiativesLookup(Protocol):
    """What one person may look up about published initiatives: only what they may see."""

    def initiative(self, report: str) -> Initiative | None:
        """Returns the published initiative with this id; None also if this person may not see it."""
        ...

    def picture(self, initiative: Initiative) -> File | None:
        """Its first picture; None where there is none, or not everybody on it agreed to be shown.

        The `reference` of a photo is Telegram's; that of a document, in which the place may stand, is the SHA-256 of
        what is kept.
        """
        ...

    def sees(self) -> frozenset[Sharing]:
        """Returns which initiatives this person may see."""
        ...
