"""The kinds of data about people: what is stored, why, and for how long."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeAlias

from conversations.language.screen import Line, Style, note
from conversations.language.words import Place, Words, _, labelled

VERSION = "2026-11-22"
"""The version of the privacy notice, a day; a new version is shown once to everybody who saw an earlier one."""

KindKey: TypeAlias = Literal["profile", "reports", "contacts", "touch", "experts", "messages", "notices", "trail"]


@dataclass(frozen=True, slots=True)
class HeldKind:
    """One kind of data about a person."""

    key: KindKey
    title: Words
    what: Words
    why: Words
    how_long: Words


KINDS = (
    HeldKind(
        key="profile",
        title=labelled("kept", "You and your settings"),
        what=_(
            "Your Telegram ID, language, time zone and library; whether you want reminders; where you are "
            "in the conversation; and which privacy notice you have seen. If you have a role: the role, "
            "and the name Telegram shows for you."
        ),
        why=_("To answer you in your language and let you continue where you stopped."),
        how_long=_("Until you delete your data with /forget."),
    ),
    HeldKind(
        key="reports",
        title=labelled("kept", "Drafts and reports"),
        what=_("Your answers, with each change and its time, and the photos and files you send."),
        why=_(
            "So that libraries can learn from each other and coordinators can show what libraries do. You "
            "choose who can see a report."
        ),
        how_long=_(
            "Drafts: 60 days after the last change; we warn you after 30. Reports stay, as your library’s "
            "work; you can have them deleted with /forget."
        ),
    ),
    HeldKind(
        key="contacts",
        title=labelled("kept", "Contact details"),
        what=_(
            "Names, email addresses and phone numbers of people others may contact. They are stored apart "
            "from the answers."
        ),
        why=_(
            "So that other libraries can contact them. Coordinators can read them, and we record who did. "
            "They are never in a digest, and in an export only if someone asks for them."
        ),
        how_long=_(
            "12 months after the initiative ended. You can delete them at any time: /myreports, then the report."
        ),
    ),
    HeldKind(
        key="touch",
        title=labelled("kept", "Getting in touch"),
        what=_(
            "Your organisation, messages you sent or received, contacts suggested to you and what you "
            "answered, the contact details you gave, and your sign-ups for events and wishes for study visits."
        ),
        why=_(
            "So that libraries and partners can find each other. Your contact details are only passed on "
            "when both of you have said yes."
        ),
        how_long=_(
            "Messages and contact details: 12 months. Sign-ups: 90 days after the event. The rest: until /forget."
        ),
    ),
    HeldKind(
        key="experts",
        title=labelled("kept", "Contact person"),
        what=_(
            "If you agreed to be asked by others: the name, themes, languages, library and contact details you "
            "gave, and what for. If you named somebody: the name, until they answer."
        ),
        why=_("So that others can find you for what you agreed to. Nobody is shown before their own yes."),
        how_long=_(
            "Until you remove it in /experts. We ask you once a year; without an answer nobody finds you, and a year "
            "later it is deleted. Names without an answer: 30 days."
        ),
    ),
    HeldKind(
        key="messages",
        title=labelled("kept", "Messages"),
        what=_("What you send to the bot, and what the bot writes to you."),
        why=_("So that nothing is lost if something fails, and nothing is sent twice."),
        how_long=_("Received: 7 days. Received but not handled: 30 days. Sent: 90 days."),
    ),
    HeldKind(
        key="notices",
        title=labelled("kept", "Reminders, subscriptions"),
        what=_("What you want notifications about, and which reminders you have had."),
        why=_("So that you are told once, and only about what you asked for."),
        how_long=_("Until you stop it, or use /forget."),
    ),
    HeldKind(
        key="trail",
        title=labelled("kept", "Activity log"),
        what=_("Who sent, changed, decided, invited or exported something, and when. It contains numbers, not names."),
        why=_("So that every change can be explained later."),
        how_long=_("It stays. After /forget your number is not linked to anyone."),
    ),
)
"""Every kind, in the order of the notice; storage/privacy/personal_columns.py says which tables contain each."""


def about(kind: HeldKind) -> tuple[Words, Words, Words]:
    """Returns what the data is, why it is stored, and for how long."""
    return kind.what, _("Why: {why}", why=kind.why), _("How long: {time}", time=kind.how_long)


def responsible(controller: str) -> Place:
    """Returns who is responsible for the data, as the owner wrote it."""
    return controller.rstrip(".") or _("the library organisation that runs this bot")


def notice(controller: str, seen: str) -> tuple[Line, ...]:
    """Returns the short notice for a person who was last shown the version `seen` ("": none)."""
    changed = (note(_("The privacy notice has changed. This is the new one.")),) if seen else ()
    told = _(
        "Your data: {who} is responsible for it. Your answers, language, library and Telegram ID are stored so that "
        "libraries can learn from each other. Drafts are deleted after 60 days, messages after 90 days at most. A "
        "report you send stays, as your library’s work. You can see, correct or delete your data: /privacy. Do not "
        "name people who take part. (Privacy notice of {version})",
        who=responsible(controller),
        version=dated(),
    )
    return (*changed, Line(told, Style.FOLDED))


def dated() -> date:
    """Returns the date of this version."""
    return date.fromisoformat(VERSION)


class PrivacyLookup(Protocol):
    """What may be looked up about privacy."""

    def controller(self) -> str:
        """Returns who is responsible for the data, in the owner's words; "" until the owner has written it."""
        ...
