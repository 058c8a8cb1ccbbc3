"""What comes of a turn and must be kept. Named in the past: once the turn is committed, it has happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from conversations.contacting import Note, NoteState
from conversations.digests.digest import Digest
from conversations.events import File
from conversations.organisations import Organisation
from conversations.pairing import Said
from conversations.subscriptions import Subscription

Value: TypeAlias = Any
"""An answer as JSON. None: the person skipped the question."""

Parts: TypeAlias = tuple[tuple[int, str], ...]
"""The messages that a text came in, each with its number, in order."""


@dataclass(frozen=True, slots=True)
class DraftStarted:
    """A new draft, `report`, exists."""

    report: str
    copied_from: str = ""
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """`question` of `report` now has `value`; `said` is what the person wrote, in message number `message`.

    A text that came in several messages has them in `parts`, so that each of them can still be changed.
    On a report already sent this is a correction: a new revision beside the old one, with who and when.
    `personal` values (names, addresses) are kept apart from the rest.
    """

    report: str
    question: str
    value: Value
    said: str = ""
    message: int = 0
    personal: bool = False
    parts: Parts = ()


@dataclass(frozen=True, slots=True)
class FileReceived:
    """`file` belongs to the answer to `question`; `attachment` is its id in the answer's value."""

    report: str
    question: str
    attachment: str
    file: File


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """The person turned to something else; `place` is where in the draft they stood, with what was gathered."""

    report: str
    place: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    """The person threw a draft away."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """A draft was sent and is now a report."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The author took a report back."""

    report: str


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose to read `language`; `chosen` is false where it was only guessed."""

    language: str


@dataclass(frozen=True, slots=True)
class LibraryRemembered:
    """The library the person writes for, as an answer to `library`; None forgets it."""

    library: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PrivacyShown:
    """The person was shown the privacy notice of this version."""

    version: str


@dataclass(frozen=True, slots=True)
class ControllerNamed:
    """The owner wrote who answers for what is kept."""

    words: str


@dataclass(frozen=True, slots=True)
class ContactsErased:
    """The author deleted the answers to `questions` of a report, which name people, with all earlier ones."""

    report: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """All that is kept about the person goes; their reports too, or they stay as their library's."""

    with_reports: bool


@dataclass(frozen=True, slots=True)
class RemindersChosen:
    """The person wants reminders, or never any."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class TimezoneChosen:
    """The person lives by this time zone (an IANA name)."""

    name: str


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """An invitation to be `role`, for so many people, exists; what opens it is `code`, which is not kept itself."""

    invitation: str
    code: str
    role: str
    uses: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """An invitation can no longer be used."""

    invitation: str


@dataclass(frozen=True, slots=True)
class CodeTried:
    """The person tried a code that opens nothing."""


@dataclass(frozen=True, slots=True)
class InvitationUsed:
    """The person followed an invitation and has its role from now on."""

    invitation: str
    role: str


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """`person` has exactly these roles from now on."""

    person: int
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    """The person says that they are from this organisation; an earlier one of theirs counts no more."""

    organisation: Organisation


@dataclass(frozen=True, slots=True)
class OrganisationDecided:
    """A coordinator confirmed a registration, or declined it."""

    registration: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class NoteSent:
    """The person wrote to whoever reported an initiative; `contact` is how they can be reached, if both say yes."""

    note: Note
    contact: str


@dataclass(frozen=True, slots=True)
class NoteMoved:
    """A note that was in the state `before` is as `note` now; `contact`: how the one who said yes can be reached."""

    note: Note
    before: NoteState
    contact: str = ""


@dataclass(frozen=True, slots=True)
class PairingAnswered:
    """One of two who were proposed to each other said yes or no; `contact` is how they can be reached, if both do."""

    pairing: int
    said: Said
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ProposalsChosen:
    """The person wants others to be proposed to them, or never."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A coordinator began a call, which nobody sees before it is opened."""

    slug: str
    language: str
    title: str
    timezone: str


@dataclass(frozen=True, slots=True)
class CallChanged:
    """`what` (one of calls.CHANGEABLE) of a call is `value` from now on."""

    slug: str
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class CallReminded:
    """A coordinator had everybody reminded who has not answered the call."""

    slug: str


@dataclass(frozen=True, slots=True)
class ReminderPutOff:
    """The person wants to hear of this, but not now."""

    occasion: int


@dataclass(frozen=True, slots=True)
class AuditExported:
    """The audit trail left as a file."""


@dataclass(frozen=True, slots=True)
class ReportSentAgain:
    """The author has changed what was asked for, and the report waits to be reviewed again."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportClaimed:
    """A coordinator began to read a report; others leave it to them for a while."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportReleased:
    """A coordinator leaves a report that they had begun to read to the others."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportPublished:
    """A coordinator published this revision of a report."""

    report: str
    revision: int


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """A coordinator sent this revision back to be changed; `reason` is {"said": …} or {"chosen": a key}."""

    report: str
    revision: int
    reason: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportDeclined:
    """A coordinator declined this revision; `reason` as in ReportReturned."""

    report: str
    revision: int
    reason: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A coordinator asked `text` about one answer, to `question`, of this revision of a report."""

    report: str
    question: str
    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class ContactsRead:
    """A coordinator read the names and addresses in a report."""

    report: str


@dataclass(frozen=True, slots=True)
class BroadcastSent:
    """A coordinator sent `text`, written in `language`, to so many reporters of an audience."""

    broadcast: str
    text: str
    language: str
    audience: Mapping[str, str | None]
    recipients: int


@dataclass(frozen=True, slots=True)
class DigestMade:
    """A digest was made and shown; its files say the same for as long as it is kept as `this`."""

    this: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class DigestWanted:
    """A digest comes every week on `weekday` (0: Monday) at `hour` in `timezone`, to `chat` (0: to this person)."""

    chat: int
    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True)
class DigestUnwanted:
    """No digest comes to `chat` any more."""

    chat: int


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """The person asked for every report in a file, of which `this` is the id while it is made."""

    this: str
    form: str
    with_contacts: bool


@dataclass(frozen=True, slots=True)
class ExportCancelled:
    """The person no longer wants that file."""

    this: str


@dataclass(frozen=True, slots=True)
class SubscriptionKept:
    """The person has this subscription from now on, new or changed."""

    subscription: Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionsEnded:
    """The person ended these of their subscriptions."""

    these: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionsRevived:
    """The person took back that they had ended these."""

    these: tuple[str, ...]


Outcome: TypeAlias = (
    DraftStarted
    | Answered
    | FileReceived
    | DraftLeft
    | DraftDiscarded
    | ReportSubmitted
    | ReportWithdrawn
    | LanguageChosen
    | LibraryRemembered
    | PrivacyShown
    | ControllerNamed
    | ContactsErased
    | PersonForgotten
    | RemindersChosen
    | TimezoneChosen
    | InvitationMade
    | InvitationRevoked
    | CodeTried
    | InvitationUsed
    | RolesChanged
    | OrganisationRegistered
    | OrganisationDecided
    | NoteSent
    | NoteMoved
    | PairingAnswered
    | ProposalsChosen
    | CallStarted
    | CallChanged
    | CallReminded
    | ReminderPutOff
    | AuditExported
    | ReportSentAgain
    | ReportClaimed
    | ReportReleased
    | ReportPublished
    | ReportReturned
    | ReportDeclined
    | QuestionAsked
    | ContactsRead
    | BroadcastSent
    | DigestMade
    | DigestWanted
    | DigestUnwanted
    | ExportAsked
    | ExportCancelled
    | SubscriptionKept
    | SubscriptionsEnded
    | SubscriptionsRevived
)
