"""How the outcomes of a turn change what is looked up about events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.model.events.event import LibraryEvent, changed, content_of, with_content
from conversations.model.events.looking import EventsLookup
from conversations.model.events.visits import VisitWish
from conversations.model.outcomes import (
    EventCancelled,
    EventChanged,
    EventDropped,
    EventPublished,
    EventStarted,
    Outcome,
    VisitWished,
    VisitWishEnded,
)


@dataclass(frozen=True, slots=True)
class EventsOverlay:
    """What changes in an `EventsLookup` after the outcomes."""

    _find: EventsLookup
    _outcomes: tuple[Outcome, ...]

    def one(self, event: str) -> LibraryEvent | None:
        """The event as readers see it, with this turn's changes."""
        found = self._find.one(event)
        for outcome in self._outcomes:
            match outcome:
                case EventPublished(this) if this == event and (draft := self.draft(event)):
                    found = replace(with_content(found or draft, content_of(draft)), status="published")
                case EventCancelled(this) if this == event and found:
                    found = replace(found, status="cancelled")
                case _:
                    pass
        return found

    def draft(self, event: str) -> LibraryEvent | None:
        """The event as its organiser has it before them, with this turn's changes."""
        found = self._find.draft(event)
        for outcome in self._outcomes:
            match outcome:
                case EventStarted(draft) if draft.id == event:
                    found = draft
                case EventChanged(this, what, value) if this == event and found:
                    found = changed(found, what, value)
                case EventDropped(this) if this == event:
                    seen = self._find.one(event)
                    found = with_content(found, content_of(seen)) if found and seen else None
                case EventPublished(this) if this == event and found:
                    found = replace(found, status="published")
                case EventCancelled(this) if this == event and found:
                    found = replace(found, status="cancelled")
                case _:
                    pass
        return found

    def held(self, event: str) -> bool:
        """Whether the draft has changes that readers do not see, with this turn's changes."""
        seen, draft = self.one(event), self.draft(event)
        return seen is not None and draft is not None and content_of(seen) != content_of(draft)

    def wishes(self) -> Sequence[VisitWish]:
        """The person's wishes for study visits, with this turn's changes."""
        known = {each.role: each for each in self._find.wishes()}
        for outcome in self._outcomes:
            match outcome:
                case VisitWished(wish):
                    known[wish.role] = wish
                case VisitWishEnded(role):
                    known.pop(role, None)
                case _:
                    pass
        return [known[role] for role in ("host", "guest") if role in known]
