"""An event: what an organiser posts, and what people are told of when it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Literal, TypeAlias

from conversations.language.words import InLanguages
from conversations.model.calls import zone_of

EventKind: TypeAlias = Literal["theme_day", "study_visit", "joint_application", "national_project"]
"""The kinds of event. Each is also the key of the offer in a report whose authors are told of it."""

EventStatus: TypeAlias = Literal["draft", "published", "cancelled"]

MOST_PLACES = 10_000
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """The days of an event, both included, and its hours on the first and the last of them, in its time zone.

    Without hours it takes whole days; `begins` may stand alone.
    """

    first: date
    last: date
    begins: time | None = None
    ends: time | None = None

    @property
    def is_in_order(self) -> bool:
        """Whether it does not end before it begins."""
        if self.first == self.last and self.begins and self.ends:
            return self.begins < self.ends
        return self.first <= self.last

    def starts_at(self, zone: tzinfo) -> datetime:
        """Returns the moment of its start; of whole days, midnight."""
        return datetime.combine(self.first, self.begins or time(), zone).astimezone(UTC)

    def ends_at(self, zone: tzinfo) -> datetime:
        """Returns the moment of its end; without an hour, the end of the last day."""
        if self.ends is None:
            return datetime.combine(self.last + A_DAY, time(), zone).astimezone(UTC)
        return datetime.combine(self.last, self.ends, zone).astimezone(UTC)

    @property
    def edtf(self) -> str:
        """Its days in EDTF."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class LibraryEvent:
    """An event. `language` is the one in which it was first written; `host` is who invites, in the organiser's words.

    `country` "" and no `themes` mean all; `places` None means as many as come. `sequence` grows with each published
    change that people who signed up are told of, and `changes` has, for each field, the sequence that changed it last.
    `came_of` is what the organiser told afterwards. An `online` event may also have a `place`.
    """

    id: str
    organiser: int
    kind: EventKind
    language: str
    status: EventStatus = "draft"
    titles: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    when: When | None = None
    timezone: str = "UTC"
    place: str = ""
    online: bool = False
    themes: Sequence[str] = ()
    country: str = ""
    places: int | None = None
    link: str = ""
    host: str = ""
    sequence: int = 0
    changes: Mapping[str, int] = field(default_factory=dict)
    came_of: str = ""
    published_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def title(self) -> InLanguages:
        """The title, in the reader's language if it exists."""
        return InLanguages(self.titles, self.language)

    @property
    def text(self) -> InLanguages:
        """What it is about, in the reader's language if it exists."""
        return InLanguages(self.texts, self.language)

    @property
    def zone(self) -> tzinfo:
        """The time zone of its hours."""
        return zone_of(self.timezone)

    def has_begun(self, now: datetime) -> bool:
        """Returns whether it has begun, so that nobody can sign up any more."""
        return self.when is not None and now >= self.when.starts_at(self.zone)

    def is_over(self, now: datetime) -> bool:
        """Returns whether it has ended."""
        return self.when is not None and now >= self.when.ends_at(self.zone)

    def takes(self, now: datetime) -> bool:
        """Returns whether people can sign up."""
        return self.status == "published" and not self.has_begun(now)

    @property
    def is_complete(self) -> bool:
        """Whether it can be published: its days are known, and where it is."""
        return bool(self.titles) and self.when is not None and bool(self.place or self.online)


CHANGEABLE = ("titles", "texts", "when", "place", "themes", "country", "places", "link", "host")
"""The fields that an organiser sets; `place` also says whether the event is online."""

TOLD_OF = ("titles", "when", "place", "link")
"""The fields whose change people are told of who signed up."""


def changed(event: LibraryEvent, what: str, value: Any) -> LibraryEvent:
    """Returns `event` with its field `what` set to `value`, as JSON."""
    match what:
        case "when":
            return replace(event, when=_when(value))
        case "place":
            return replace(event, place=value["place"], online=value["online"])
        case "themes":
            return replace(event, themes=tuple(value))
        case _:
            return replace(event, **{what: value})


def value_of(event: LibraryEvent, what: str) -> Any:
    """Returns the value that `changed` takes to make `event` as it is."""
    match what:
        case "when":
            return event.when and as_json(event.when)
        case "place":
            return {"place": event.place, "online": event.online}
        case "titles" | "texts":
            return dict(getattr(event, what))
        case "themes":
            return list(event.themes)
        case _:
            return getattr(event, what)


def as_json(when: When) -> dict[str, str | None]:
    """Returns the days and hours as JSON."""
    return {part.name: _text(getattr(when, part.name)) for part in fields(When)}


def _text(moment: date | time | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _when(kept: Mapping[str, Any] | None) -> When | None:
    if kept is None:
        return None
    first, last = date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])
    begins, ends = (None if kept[part] is None else time.fromisoformat(kept[part]) for part in ("begins", "ends"))
    return When(first, last, begins, ends)


def content_of(event: LibraryEvent) -> dict[str, Any]:
    """Returns all that an organiser sets, as JSON."""
    return {what: value_of(event, what) for what in CHANGEABLE}


def with_content(event: LibraryEvent, content: Mapping[str, Any]) -> LibraryEvent:
    """Returns `event` with what `content_of` returned for another version of it."""
    for what, value in content.items():
        event = changed(event, what, value) if what in CHANGEABLE else event
    return event


def published(before: LibraryEvent | None, draft: LibraryEvent, now: datetime) -> LibraryEvent:
    """Returns `draft` as it is published; `before` is what readers saw until now, None if nothing.

    The sequence grows only if there is a change to tell of.
    """
    if before is None:
        return replace(draft, status="published", published_at=now, changed_at=now)
    told = [what for what in TOLD_OF if value_of(before, what) != value_of(draft, what)]
    sequence = before.sequence + bool(told)
    changes = {**before.changes, **dict.fromkeys(told, sequence)}
    return replace(
        draft,
        status="published",
        sequence=sequence,
        changes=changes,
        came_of=before.came_of,
        published_at=before.published_at,
        changed_at=now,
    )


def changed_since(event: LibraryEvent, sequence: int) -> tuple[str, ...]:
    """Returns the fields that changed after `sequence`, in their order."""
    return tuple(what for what in TOLD_OF if event.changes.get(what, 0) > sequence)
