"""How the outcomes of a turn change the look-ups of each subject: only the methods that then answer differently."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.model.calls import CallsLookup, WholeCall, changed
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
from conversations.model.people.members import Invitation, Member, PeopleLookup
from conversations.model.people.permissions import Role
from conversations.model.subscriptions import Subscription, SubscriptionsLookup


@dataclass(frozen=True, slots=True)
class PeopleOverlay:
    """What changes in a `PeopleLookup` after `outcomes`."""

    find: PeopleLookup
    outcomes: tuple[Outcome, ...]

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """The invitations that still work, without those that this turn takes back."""
        gone = {outcome.invitation for outcome in self.outcomes if isinstance(outcome, InvitationRevoked)}
        return [each for each in self.find.invitations(now) if each.id not in gone]

    def members(self, role: Role) -> Sequence[Member]:
        """The people with `role`, with this turn's changes. A person who gets the role in this turn is not added."""
        return [now for each in self.find.members(role) if role in (now := self._after(each)).roles]

    def member(self, person: int) -> Member | None:
        """The person with this id, with this turn's changes."""
        found = self.find.member(person)
        return found and self._after(found)

    def _after(self, member: Member) -> Member:
        for outcome in self.outcomes:
            if isinstance(outcome, RolesChanged) and outcome.person == member.id:
                member = replace(member, roles=outcome.roles)
        return member


@dataclass(frozen=True, slots=True)
class CallsOverlay:
    """What changes in a `CallsLookup` after `outcomes`."""

    find: CallsLookup
    outcomes: tuple[Outcome, ...]

    def whole(self, slug: str) -> WholeCall | None:
        """The call with this slug, with this turn's changes."""
        return call_after(self.find.whole(slug), slug, self.outcomes)

    def all(self) -> Sequence[WholeCall]:
        """Every stored call, with this turn's changes."""
        return [found for each in self.find.all() if (found := call_after(each, each.slug, self.outcomes))]


@dataclass(frozen=True, slots=True)
class SubscriptionsOverlay:
    """What changes in a `SubscriptionsLookup` after `outcomes`."""

    find: SubscriptionsLookup
    outcomes: tuple[Outcome, ...]

    def own(self) -> Sequence[Subscription]:
        """The person's subscriptions that have not ended, with this turn's changes."""
        known = {each.id: each for each in self.find.own()}
        for outcome in self.outcomes:
            match outcome:
                case SubscriptionKept(subscription):
                    known[subscription.id] = subscription
                case SubscriptionsEnded(these):
                    known = {this: each for this, each in known.items() if this not in these}
                case SubscriptionsRevived(these):
                    found = (self.find.one(this) for this in these)
                    known.update({each.id: each for each in found if each})
                case _:
                    pass
        return list(known.values())

    def one(self, this: str) -> Subscription | None:
        """The subscription with this id, with this turn's changes."""
        kept = [each.subscription for each in self.outcomes if isinstance(each, SubscriptionKept)]
        changed = [each for each in kept if each.id == this]
        return changed[-1] if changed else self.find.one(this)


def call_after(call: WholeCall | None, slug: str, outcomes: Sequence[Outcome]) -> WholeCall | None:
    """Returns the call with this slug after `outcomes`; `call` is None if it did not exist before."""
    for outcome in outcomes:
        match outcome:
            case CallStarted(started, language, title, timezone) if started == slug:
                call = WholeCall(slug, language, titles={language: title}, timezone=timezone)
            case CallChanged(of, what, value) if of == slug and call:
                call = changed(call, what, value)
            case _:
                pass
    return call
