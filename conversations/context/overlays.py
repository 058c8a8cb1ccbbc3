"""How the outcomes of a turn change the look-ups of each subject: only the methods that then answer differently."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from conversations.model.calls import CallsLookup, WholeCall, changed
from conversations.model.collections.collection import CollectionsLookup, InitiativeCollection
from conversations.model.collections.collection import changed as changed_collection
from conversations.model.followups.looking import FollowUpsLookup
from conversations.model.initiatives import InitiativesLookup
from conversations.model.outcomes import (
    AboutCalls,
    AboutRoles,
    AboutSubscriptions,
    AdministratorAsked,
    Answered,
    CallChanged,
    CallReminded,
    CallStarted,
    CodeTried,
    CollectionChanged,
    CollectionFollowed,
    CollectionStarted,
    FollowUpAnswered,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    LineageTold,
    OrganisationDecided,
    OrganisationRegistered,
    Outcome,
    ReminderPutOff,
    ReportConfirmed,
    RolesChanged,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
    WebhookChanged,
    WebhookRemoved,
)
from conversations.model.people.members import Invitation, Member, PeopleLookup
from conversations.model.people.permissions import Role
from conversations.model.reviews import Related, ReviewLookup
from conversations.model.subscriptions import Subscription, SubscriptionsLookup
from conversations.model.webhooks.webhook import Webhook, WebhooksLookup
from conversations.model.webhooks.webhook import changed as changed_webhook


@dataclass(frozen=True, slots=True)
class PeopleOverlay:
    """What changes in a `PeopleLookup` after the outcomes."""

    _find: PeopleLookup
    _outcomes: tuple[Outcome, ...]

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """The invitations that still work, without those that this turn takes back."""
        gone = {outcome.invitation for outcome in self._outcomes if isinstance(outcome, InvitationRevoked)}
        return [each for each in self._find.invitations(now) if each.id not in gone]

    def members(self, role: Role) -> Sequence[Member]:
        """The people with `role`, with this turn's changes. A person who gets the role in this turn is not added."""
        return [now for each in self._find.members(role) if role in (now := self._after(each)).roles]

    def member(self, person: int) -> Member | None:
        """The person with this id, with this turn's changes."""
        found = self._find.member(person)
        return found and self._after(found)

    def _after(self, member: Member) -> Member:
        for outcome in self._outcomes:
            if isinstance(outcome, AboutRoles):
                member = _with_role(member, outcome)
        return member


@dataclass(frozen=True, slots=True)
class CallsOverlay:
    """What changes in a `CallsLookup` after the outcomes."""

    _find: CallsLookup
    _outcomes: tuple[Outcome, ...]

    def whole(self, slug: str) -> WholeCall | None:
        """The call with this slug, with this turn's changes."""
        return call_after(self._find.whole(slug), slug, self._outcomes)

    def all(self) -> Sequence[WholeCall]:
        """Every stored call, with this turn's changes."""
        return [found for each in self._find.all() if (found := call_after(each, each.slug, self._outcomes))]


@dataclass(frozen=True, slots=True)
class FollowUpsOverlay:
    """What changes in a `FollowUpsLookup` after the outcomes."""

    _find: FollowUpsLookup
    _outcomes: tuple[Outcome, ...]

    def confirmed(self) -> Mapping[str, datetime]:
        """When the person last said how each report is, without those of which they say it in this turn."""
        said = {
            each.report for each in self._outcomes if isinstance(each, ReportConfirmed | FollowUpAnswered | Answered)
        }
        return {report: at for report, at in self._find.confirmed().items() if report not in said}


@dataclass(frozen=True, slots=True)
class ReviewOverlay:
    """What changes in a `ReviewLookup` after the outcomes."""

    _find: ReviewLookup
    _initiatives: InitiativesLookup
    _outcomes: tuple[Outcome, ...]

    def related(self, report: str) -> Sequence[Related]:
        """What the author said of this report beside others, with what they said in this turn."""
        told = [each for each in self._outcomes if isinstance(each, LineageTold) and each.report == report]
        titles = ((each, self._initiatives.initiative(each.other)) for each in told)
        new = (Related(each.relation, each.other, other.title) for each, other in titles if other)
        return (*self._find.related(report), *new)


@dataclass(frozen=True, slots=True)
class CollectionsOverlay:
    """What changes in a `CollectionsLookup` after the outcomes."""

    _find: CollectionsLookup
    _outcomes: tuple[Outcome, ...]

    def whole(self, slug: str) -> InitiativeCollection | None:
        """The collection with this slug, with this turn's changes."""
        return collection_after(self._find.whole(slug), slug, self._outcomes)

    def all(self) -> Sequence[InitiativeCollection]:
        """Every stored collection, with this turn's changes; one that was started in this turn is not added."""
        return [after for each in self._find.all() if (after := collection_after(each, each.slug, self._outcomes))]

    def follows(self, slug: str) -> bool:
        """Whether this person follows the collection, with this turn's changes."""
        said = [each.follows for each in self._outcomes if isinstance(each, CollectionFollowed) and each.slug == slug]
        return said[-1] if said else self._find.follows(slug)


@dataclass(frozen=True, slots=True)
class SubscriptionsOverlay:
    """What changes in a `SubscriptionsLookup` after the outcomes."""

    _find: SubscriptionsLookup
    _outcomes: tuple[Outcome, ...]

    def own(self) -> Sequence[Subscription]:
        """The person's subscriptions that have not ended, with this turn's changes."""
        known = {each.id: each for each in self._find.own()}
        for outcome in self._outcomes:
            if isinstance(outcome, AboutSubscriptions):
                known = self._after(known, outcome)
        return list(known.values())

    def one(self, this: str) -> Subscription | None:
        """The subscription with this id, with this turn's changes."""
        kept = [each.subscription for each in self._outcomes if isinstance(each, SubscriptionKept)]
        changed = [each for each in kept if each.id == this]
        return changed[-1] if changed else self._find.one(this)

    def _after(self, known: Mapping[str, Subscription], outcome: AboutSubscriptions) -> dict[str, Subscription]:
        match outcome:
            case SubscriptionKept(subscription):
                return {**known, subscription.id: subscription}
            case SubscriptionsEnded(these):
                return {this: each for this, each in known.items() if this not in these}
            case SubscriptionsRevived(these):
                found = (self._find.one(this) for this in these)
                return {**known, **{each.id: each for each in found if each}}
            case AdministratorAsked():
                return dict(known)
            case _:
                assert_never(outcome)


@dataclass(frozen=True, slots=True)
class WebhooksOverlay:
    """What changes in a `WebhooksLookup` after the outcomes; one that was added in this turn is not there yet."""

    _find: WebhooksLookup
    _outcomes: tuple[Outcome, ...]

    def all(self) -> Sequence[Webhook]:
        """Every stored webhook, with this turn's changes."""
        return [after for each in self._find.all() if (after := self._after(each))]

    def one(self, this: str) -> Webhook | None:
        """The webhook with this id, with this turn's changes."""
        found = self._find.one(this)
        return found and self._after(found)

    def _after(self, webhook: Webhook) -> Webhook | None:
        for outcome in self._outcomes:
            if isinstance(outcome, WebhookRemoved) and outcome.webhook == webhook.id:
                return None
            if isinstance(outcome, WebhookChanged) and outcome.webhook == webhook.id:
                webhook = changed_webhook(webhook, outcome.what, outcome.value)
        return webhook


def call_after(call: WholeCall | None, slug: str, outcomes: Sequence[Outcome]) -> WholeCall | None:
    """Returns the call with this slug after `outcomes`; `call` is None if it did not exist before."""
    for outcome in outcomes:
        if isinstance(outcome, AboutCalls):
            call = _call_after(call, slug, outcome)
    return call


def _call_after(call: WholeCall | None, slug: str, outcome: AboutCalls) -> WholeCall | None:
    match outcome:
        case CallStarted(started, language, title, timezone):
            return WholeCall(slug, language, titles={language: title}, timezone=timezone) if started == slug else call
        case CallChanged(of, what, value):
            return changed(call, what, value) if of == slug and call else call
        case CallReminded() | ReminderPutOff():
            return call
        case _:
            assert_never(outcome)


def collection_after(
    collection: InitiativeCollection | None, slug: str, outcomes: Sequence[Outcome], by: int = 0
) -> InitiativeCollection | None:
    """Returns the collection with this slug after `outcomes` of the person `by`; None: it did not exist before."""
    for outcome in outcomes:
        if isinstance(outcome, CollectionStarted) and outcome.slug == slug:
            collection = InitiativeCollection(slug, outcome.language, by, titles={outcome.language: outcome.title})
        elif isinstance(outcome, CollectionChanged) and outcome.slug == slug and collection:
            collection = changed_collection(collection, outcome.what, outcome.value)
    return collection


def _with_role(member: Member, outcome: AboutRoles) -> Member:
    match outcome:
        case RolesChanged(person, roles):
            return replace(member, roles=roles) if person == member.id else member
        case InvitationMade() | InvitationRevoked() | CodeTried() | InvitationUsed():
            return member  # the person who follows an invitation looks at nobody's roles in the same turn
        case OrganisationRegistered() | OrganisationDecided():
            return member
        case _:
            assert_never(outcome)
