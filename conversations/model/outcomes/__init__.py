"""The outcomes of a turn, which are stored. Their names are in the past: once the turn is committed, they have
happened.

There is one file for each subject; `keeper.py` of that subject in `storage/` stores its outcomes.
"""

from typing import TypeAlias

from conversations.model.outcomes.calls import AboutCalls, CallChanged, CallReminded, CallStarted, ReminderPutOff
from conversations.model.outcomes.contacts import AboutContacts, NoteMoved, NoteSent, PairingAnswered
from conversations.model.outcomes.digests import (
    AboutDigests,
    AuditExported,
    DigestMade,
    DigestUnwanted,
    DigestWanted,
    ExportAsked,
    ExportCancelled,
)
from conversations.model.outcomes.people import (
    AboutPeople,
    LanguageChosen,
    LibraryRemembered,
    ProposalsChosen,
    RemindersChosen,
    TimezoneChosen,
)
from conversations.model.outcomes.privacy import (
    AboutPrivacy,
    ContactsErased,
    ControllerNamed,
    PersonForgotten,
    PrivacyShown,
)
from conversations.model.outcomes.reports import (
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
from conversations.model.outcomes.reviews import (
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
from conversations.model.outcomes.roles import (
    AboutRoles,
    CodeTried,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    OrganisationDecided,
    OrganisationRegistered,
    RolesChanged,
)
from conversations.model.outcomes.subscriptions import (
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
