"""Published initiatives as readers see them: their content, and who may see which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, Protocol, TypeAlias

from conversations.language.events import File
from conversations.model.happenings import texts
from conversations.vocabulary.mentions import keys_in

Sharing: TypeAlias = Literal["public", "network", "coordinators"]
"""Who may see a report, as its author chose: anyone, libraries and registered partners, or coordinators only."""


def sharing_of(answers: Mapping[str, Any]) -> Sharing:
    """Returns who may see a report with these answers; coordinators only, if it was never decided."""
    said = answers.get("sharing")
    return said if said in ("public", "network") else "coordinators"


@dataclass(frozen=True, slots=True)
class Initiative:
    """A published report as people other than its author see it.

    `answers` are the current answers to questions that apply, by key, without personal ones. `municipality` is that of
    its library (country and code: `DK-0461`); it and `place`, `region`, `country` are "" if the register does not have
    the library. `library_key` is the library's key in the register, or "". `changed_at` is when its author last changed
    it, and `confirmed_at` when they last said how it is (None: when it was changed).
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
    confirmed_at: datetime | None = None

    @property
    def confirmed(self) -> datetime:
        """When its author last said how it is."""
        return self.confirmed_at or self.changed_at

    @property
    def title(self) -> str:
        """The title."""
        return str(self.answers.get("title") or "")

    @property
    def summary(self) -> str:
        """The description, in two or three sentences."""
        return str(self.answers.get("summary") or "")

    @property
    def progress(self) -> str:
        """The status: planned, running, paused or finished."""
        return str(self.answers.get("status") or "")

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes, the most important first."""
        return self.chosen("themes")

    @property
    def groups(self) -> tuple[str, ...]:
        """The target groups."""
        return self.chosen("target_groups")

    @property
    def told_themes(self) -> tuple[str, ...]:
        """The themes, or, if none were chosen (as in old reports), those that its own words surely speak of."""
        return self.themes or self._spoken_of("themes")

    @property
    def told_groups(self) -> tuple[str, ...]:
        """The target groups, or, if none were chosen, those that its own words surely speak of."""
        return self.groups or self._spoken_of("target_groups")

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of the library that it shows."""
        return self.chosen("roles")

    @property
    def sharing(self) -> Sharing:
        """Who may see it; coordinators only, if it was never decided."""
        return sharing_of(self.answers)

    @property
    def photos(self) -> tuple[str, ...]:
        """The ids of its pictures, if the people in them agreed to be shown."""
        return self.chosen("photo") if self.answers.get("photo_consent") is True else ()

    def _spoken_of(self, section: str) -> tuple[str, ...]:
        return _keys_in(f"{self.title}. {self.summary}"[:_BEGINNING], section, self.language)

    def chosen(self, question: str) -> tuple[str, ...]:
        """Returns the keys that were chosen for a question with a list."""
        return texts(self.answers.get(question))


_BEGINNING = 400
"""Characters of a text that are read for themes and groups; what comes later is seldom what it is about."""

_keys_in = lru_cache(maxsize=1_024)(keys_in)  # the same results are counted for each filter


MOST_IN_LINEAGE = 300
"""Most initiatives inspired by one that are counted and shown."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an initiative was inspired by, and what it has inspired, the newest first; only what its reader may see."""

    inspired_by: Sequence[Initiative] = ()
    inspired: Sequence[Initiative] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a turn changed one initiative for its readers: from `before` to `after`.

    `before` is None if it was just published; `after` is None if it can no longer be seen.
    """

    id: str
    before: Initiative | None
    after: Initiative | None


class InitiativesLookup(Protocol):
    """What one person may look up about published initiatives: only those they may see."""

    def initiative(self, report: str) -> Initiative | None:
        """Returns the published initiative with this id; None also if this person may not see it."""
        ...

    def these(self, reports: Sequence[str]) -> Sequence[Initiative]:
        """Returns the published initiatives with these ids that this person may see, in the same order."""
        ...

    def lineage(self, report: str) -> Lineage:
        """Returns what this initiative was inspired by and has inspired, as far as this person may see it."""
        ...

    def picture(self, initiative: Initiative) -> File | None:
        """Returns its first picture; None if it has none, or if not everybody in it agreed to be shown.

        The `reference` of a photo is Telegram's. That of a document, which may contain the place, is the SHA-256 of the
        stored copy without metadata.
        """
        ...

    def sees(self) -> frozenset[Sharing]:
        """Returns which initiatives this person may see."""
        ...
