"""Lookups about people and calls that already know what this turn has changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.model.calls import CallsLookup, CallStanding, MunicipalityFound, Unsaid, WholeCall, changed
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import (
    CallChanged,
    CallStarted,
    InvitationRevoked,
    Outcome,
    RolesChanged,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
)
from conversations.model.people.members import Done, Invitation, Member, PeopleLookup
from conversations.model.people.permissions import Role
from conversations.model.subscriptions import Chat, Subscription, SubscriptionsLookup


@dataclass(frozen=True, slots=True)
class PeopleOverlay:
    """A `PeopleLookup` after `outcomes`."""

    look: PeopleLookup
    outcomes: tuple[Outcome, ...]

    def invitation(self, code: str) -> Invitation | None:
        """As `PeopleLookup.invitation`."""
        return self.look.invitation(code)

    def followed(self, code: str) -> str | None:
        """As `PeopleLookup.followed`."""
        return self.look.followed(code)

    def tries(self, now: datetime) -> int:
        """As `PeopleLookup.tries`."""
        return self.look.tries(now)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """As `PeopleLookup.invitations`, without those taken back in this turn."""
        gone = {outcome.invitation for outcome in self.outcomes if isinstance(outcome, InvitationRevoked)}
        return [each for each in self.look.invitations(now) if each.id not in gone]

    def members(self, role: Role) -> Sequence[Member]:
        """As `PeopleLookup.members`, with this turn's changes to those who had the role."""
        return [now for each in self.look.members(role) if role in (now := self._after(each)).roles]

    def awaits_owner(self) -> bool:
        """As `PeopleLookup.awaits_owner`."""
        return self.look.awaits_owner()

    def member(self, person: int) -> Member | None:
        """As `PeopleLookup.member`, with this turn's changes."""
        found = self.look.member(person)
        return found and self._after(found)

    def _after(self, member: Member) -> Member:
        for outcome in self.outcomes:
            if isinstance(outcome, RolesChanged) and outcome.person == member.id:
                member = replace(member, roles=outcome.roles)
        return member

    def done(self, page: int, size: int) -> Sequence[Done]:
        """As `PeopleLookup.done`."""
        return self.look.done(page, size)


@dataclass(frozen=True, slots=True)
class CallsOverlay:
    """A `CallsLookup` after `outcomes`."""

    look: CallsLookup
    outcomes: tuple[Outcome, ...]

    def whole(self, slug: str) -> WholeCall | None:
        """As `CallsLookup.whole`, with this turn's changes."""
        return after(self.look.whole(slug), slug, self.outcomes)

    def all(self) -> Sequence[WholeCall]:
        """As `CallsLookup.all`, with this turn's changes to those that were there."""
        return [found for each in self.look.all() if (found := after(each, each.slug, self.outcomes))]

    def standing(self, slug: str) -> CallStanding:
        """As `CallsLookup.standing`."""
        return self.look.standing(slug)

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """As `CallsLookup.unsaid`."""
        return self.look.unsaid(slug)

    def to_remind(self, slug: str) -> Sequence[str]:
        """As `CallsLookup.to_remind`."""
        return self.look.to_remind(slug)

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """As `CallsLookup.municipality`."""
        return self.look.municipality(typed)

    def municipality_name(self, key: str) -> str:
        """As `CallsLookup.municipality_name`."""
        return self.look.municipality_name(key)


@dataclass(frozen=True, slots=True)
class SubscriptionsOverlay:
    """A `SubscriptionsLookup` after `outcomes`."""

    look: SubscriptionsLookup
    outcomes: tuple[Outcome, ...]

    def own(self) -> Sequence[Subscription]:
        """As `SubscriptionsLookup.own`, with this turn's changes."""
        known = {each.id: each for each in self.look.own()}
        for outcome in self.outcomes:
            match outcome:
                case SubscriptionKept(subscription):
                    known[subscription.id] = subscription
                case SubscriptionsEnded(these):
                    known = {this: each for this, each in known.items() if this not in these}
                case SubscriptionsRevived(these):
                    found = (self.look.one(this) for this in these)
                    known.update({each.id: each for each in found if each})
                case _:
                    pass
        return list(known.values())

    def one(self, this: str) -> Subscription | None:
        """As `SubscriptionsLookup.one`, with this turn's changes."""
        kept = [each.subscription for each in self.outcomes if isinstance(each, SubscriptionKept)]
        changed = [each for each in kept if each.id == this]
        return changed[-1] if changed else self.look.one(this)

    def told(self, report: str) -> Sequence[Subscription]:
        """As `SubscriptionsLookup.told`."""
        return self.look.told(report)

    def recent(self, since: datetime) -> Sequence[Initiative]:
        """As `SubscriptionsLookup.recent`."""
        return self.look.recent(since)

    def chats(self) -> Sequence[Chat]:
        """As `SubscriptionsLookup.chats`."""
        return self.look.chats()

    def home(self) -> str:
        """As `SubscriptionsLookup.home`."""
        return self.look.home()

    def regions(self, country: str) -> Sequence[str]:
        """As `SubscriptionsLookup.regions`."""
        return self.look.regions(country)

    def served_from(self, municipality: str) -> str:
        """As `SubscriptionsLookup.served_from`."""
        return self.look.served_from(municipality)


def after(call: WholeCall | None, slug: str, outcomes: Sequence[Outcome]) -> WholeCall | None:
    """The call of that slug (None: not there yet) once `outcomes` have happened."""
    for outcome in outcomes:
        match outcome:
            case CallStarted(started, language, title, timezone) if started == slug:
                call = WholeCall(slug, language, titles={language: title}, timezone=timezone)
            case CallChanged(of, what, value) if of == slug and call:
                call = changed(call, what, value)
            case _:
                pass
    return call
