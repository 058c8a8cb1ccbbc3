"""What comes of a turn and must be kept. Named in the past: once the turn is committed, it has happened.

One file for each area; what keeps an area is the `storage/keeping_….py` of that name, or storage/session/keeper.py itself.
"""

from typing import TypeAlias

from conversations.outcomes.calls import AboutCalls, CallChanged, CallReminded, CallStarted, ReminderPutOff
from conversations.outcomes.contacts import AboutContacts, NoteMoved, NoteSent, PairingAnswered
from conversations.outcomes.digests import (
    AboutDigests,
    AuditExported,
    DigestMade,
    DigestUnwanted,
    DigestWanted,
    ExportAsked,
    ExportCancelled,
)
from conversations.outcomes.people import (
    AboutPeople,
    LanguageChosen,
    LibraryRemembered,
    ProposalsChosen,
    RemindersChosen,
    TimezoneChosen,
)
from conversations.outcomes.privacy import AboutPrivacy, ContactsErased, ControllerNamed, PersonForgotten, PrivacyShown
from conversations.outcomes.reports import (
    AboutReports,
    Answered,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    Parts,
    ReportSubmitted,
    ReportWithdrawn,
    Value,
)
from conversations.outcomes.reviews import (
    AboutReviews,
    BroadcastSent,
    ContactsRead,
    QuestionAsked,
    ReportClaimed,
    ReportCorrected,
    ReportDeclined,
    ReportPublished,
    ReportReleased,
    ReportReturned,
    ReportSentAgain,
    RequestTakenBack,
)
from conversations.outcomes.roles import (
    AboutRoles,
    CodeTried,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    OrganisationDecided,
    OrganisationRegistered,
    RolesChanged,
)
from conversations.outcomes.subscriptions import (
    AboutSubscriptions,
    AdministratorAsked,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
)

Outcome: TypeAlias = (
    AboutReports
    | AboutReviews
    | AboutPeople
    | AboutPrivacy
    | AboutRoles
    | AboutContacts
    | AboutCalls
    | AboutDigests
    | AboutSubscriptions
)
