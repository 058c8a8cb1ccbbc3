"""The kinds of data about people: what is stored, why, and for how long."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeAlias

from conversations.language.screen import Line, Style, note
from conversations.language.words import Place, Words, _, labelled

VERSION = "2026-11-22"
"""The version of the privacy notice, a day; a new version is shown once to everybody who saw an earlier one."""

KindKey: TypeAlias = Literal["profile", "reports", "contacts", "touch", "messages", "notices", "trail"]


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
            "Your Telegram id, language, time zone and library, whether you want reminders, where you are in the "
            "conversation, and which privacy notice you have seen. Of people with a role, the role and the name that "
            "Telegram shows."
        ),
        why=_("So that the bot can answer you in your language and go on where you were."),
        how_long=_("Until you have yourself forgotten with /forget."),
    ),
    HeldKind(
        key="reports",
        title=labelled("kept", "Drafts and reports"),
        what=_("Your answers with every change and its time, and the pictures and files you send."),
        why=_(
            "So that libraries can learn from each other, and coordinators can show what libraries do. "
            "Who sees a report is your choice."
        ),
        how_long=_(
            "A draft: 60 days after its last change; you are warned after 30. "
            "A report stays as the work of its library. /forget can take it with you."
        ),
    ),
    HeldKind(
        key="contacts",
        title=labelled("kept", "Contact details"),
        what=_("Names, e-mail addresses and telephone numbers of those who may be asked, apart from the answers."),
        why=_(
            "So that other libraries can ask. Coordinators can read them, and it is noted who did. "
            "They are in no digest, and in an export only on purpose."
        ),
        how_long=_("12 months after the initiative ended. You can delete them at once: /myreports, then the report."),
    ),
    HeldKind(
        key="touch",
        title=labelled("kept", "Getting in touch"),
        what=_(
            "The organisation you are from, notes you sent or got, who was proposed to you and what you answered, and "
            "how you said you can be reached."
        ),
        why=_(
            "So that libraries and partners find each other. How you can be reached is given to the other only when "
            "both of you have said yes."
        ),
        how_long=_("Notes, and how you can be reached: 12 months. The rest: until /forget."),
    ),
    HeldKind(
        key="messages",
        title=labelled("kept", "Messages"),
        what=_("What you send to the bot, as it came, and what the bot wrote to you."),
        why=_("So that nothing is lost when something fails, and nothing is sent twice."),
        how_long=_("What came in: 7 days; what could not be handled: 30 days. What went out: 90 days."),
    ),
    HeldKind(
        key="notices",
        title=labelled("kept", "Reminders, subscriptions"),
        what=_("What you want to be told of, and of what you were reminded."),
        why=_("So that you hear of it once, and only of what you wish."),
        how_long=_("Until you end it, or /forget."),
    ),
    HeldKind(
        key="trail",
        title=labelled("kept", "Activity log"),
        what=_("Who sent, changed, decided, invited or exported something, and when. It holds numbers, not names."),
        why=_("So that every change can be explained afterwards."),
        how_long=_("It stays. After /forget your number in it belongs to nobody."),
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
