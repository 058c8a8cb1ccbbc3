"""Groups: one that a coordinator added the bot to can receive review cards; the bot leaves others."""

from collections.abc import Callable
from datetime import datetime

from bot.language.catalogues import Catalogues
from bot.sending.notices import for_asker, in_topic, notify
from bot.telegram.rendering import render
from bot.telegram.updates import Incoming, NotPrivate, PressedInGroup
from conversations.context.context import Context
from conversations.context.links import chat_with
from conversations.context.session import InFlow, Notice
from conversations.engine.commands import COMMANDS
from conversations.flows.reviews.cards import card
from conversations.flows.reviews.review_notices import card_key
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.subscriptions.editor_chats import muted as muted_words
from conversations.flows.subscriptions.editor_chats import unmuted as unmuted_words
from conversations.language.languages import guess
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import _, counted
from conversations.model.people.members import Member
from conversations.model.people.permissions import can
from conversations.model.people.person import Person
from storage.messages.outbox import OutboxRow, Outgoing
from storage.people.audit import Entry
from storage.session.unit_of_work import UnitOfWork

USE = "use_group"
"""The action of the button that makes a group receive cards."""

CARDS = 5
"""The most cards of waiting reports shown in a group at once."""

WRITE_PRIVATELY = _(
    "Write to me privately: reports do not belong in a group. To have new initiatives sent here, "
    "write me /subscribe there."
)


class Groups:
    """A coordinators' group gets cards if they want it, the bot stays in subscribed groups, and leaves others.

    `language` is that of people who have none, `context` makes the context of a person, and `bot_name` is for links.
    """

    def __init__(
        self,
        catalogues: Catalogues,
        language: str,
        clock: Callable[[], datetime],
        context: Callable[[UnitOfWork, Person, datetime], Context],
        bot_name: Callable[[], str],
    ) -> None:
        self._catalogues = catalogues
        self._language = language
        self._clock = clock
        self._here = context
        self._bot_name = bot_name
        self._leaving: set[int] = set()

    def met(self, work: UnitOfWork, met: NotPrivate) -> list[OutboxRow]:
        """Handle that the bot was added to a group, or that a person wrote in one; returns the rows to send."""
        now = self._clock()
        if met.added:
            self._leaving.discard(met.chat)  # the bot left it before, which the person who adds it again may not know
        if met.may_write and (told := work.subscribed_chats.unmute(met.chat)):
            return notify(work, [_about(met.chat, told[0], unmuted_words(told[1]))], self._catalogues, now)
        member = None if met.person is None else work.members.of_telegram(met.person)
        if met.added and met.person and member and self._asked_for_it(work, met.person, met.language_tag):
            work.subscribed_chats.ask(met.chat, met.title, member.language, member.id, now)
            return []
        if work.subscribed_chats.added_by(met.chat) is not None and work.groups.of(met.chat) is None:
            return _privately(work, met, member, self._bot_name(), self._catalogues, now)
        if not _stays(work, met, member, now):
            return self._take_leave(work, met.chat, met.language_tag)
        if met.person and _reviews(member):
            if met.added:
                return _offered(work, met.chat, self._catalogues, now)
            if met.command == "review":
                return self.use(work, met.chat, met.topic, met.person, met.language_tag)
        return _privately(work, met, member, self._bot_name(), self._catalogues, now)

    def refusal(self, work: UnitOfWork, pressed: PressedInGroup) -> str | None:
        """Returns the refusal of a press that the person's stored roles do not allow; None: they allow it."""
        member = work.members.of_telegram(pressed.person)
        if _reviews(member) and work.groups.of(pressed.chat) is not None:
            return None
        language = member.language if member else guess(pressed.language_tag, self._language)
        return self._catalogues.say(NOT_ALLOWED, language)

    def use(self, work: UnitOfWork, chat: int, topic: int | None, person: int, tag: str | None) -> list[OutboxRow]:
        """Send cards to that topic of the group from now on, because `person` wants it."""
        now = self._clock()
        standing = work.people.arrive(person, person, guess(tag, self._language), now)
        return _used(work, chat, topic, self._here(work, standing.person, now), self._catalogues)

    def _asked_for_it(self, work: UnitOfWork, person: int, tag: str | None) -> bool:
        """Returns whether the person was just told to add the bot to a chat for new initiatives."""
        standing = work.people.arrive(person, person, guess(tag, self._language), self._clock())
        at = standing.session.at
        return isinstance(at, InFlow) and (at.flow, at.view) == ("subscribing", "chat")

    def _take_leave(self, work: UnitOfWork, chat: int, tag: str | None) -> list[OutboxRow]:
        """Say once where people can talk with the bot, and leave."""
        if chat in self._leaving:
            return []
        self._leaving.add(chat)
        now = self._clock()
        language = guess(tag, self._language)
        text = self._catalogues.say(WRITE_PRIVATELY, language)
        steps: tuple[tuple[str, dict[str, str]], ...] = (("sendMessage", {"text": text}), ("leaveChat", {}))
        return [
            work.outbox.add(
                Outgoing(chat_id=chat, method=method, payload=payload, kind="reply", due_at=now, key=f"{method}:{chat}")
            )
            for method, payload in steps
        ]


def in_private(pressed: PressedInGroup) -> Incoming:
    """Returns the press as if in the person's own chat, where the answer is sent."""
    return Incoming(
        person=pressed.person,
        chat=pressed.person,  # a private chat has the Telegram id of its person
        language_tag=pressed.language_tag,
        event=pressed.event,
        press=pressed.press,
        from_group=True,
        name=pressed.name,
    )


def gone(work: UnitOfWork, chat: int, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """Handle that the bot was removed: cancel what waits for the group, and notify the coordinators."""
    work.outbox.cancel_for(chat)
    work.subscribed_chats.forget(chat, now)
    if not work.groups.forget(chat):
        return []
    work.audit.add(Entry(now, None, "group gone"), subject=str(chat))
    lines = (
        heading(_("I was removed from the coordinators’ group.")),
        Line(_("Reports are still sent to each of you. Add me to a group again to get them there too."), Style.HELP),
    )
    notices = [Notice(member, Screen(lines), f"group gone:{chat}", "anew") for member in _coordinators(work)]
    return notify(work, notices, catalogues, now)


def muted(work: UnitOfWork, chat: int, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """Handle that the bot may not write there: cancel what waits for the chat, and notify the people who subscribed it,
    once.
    """
    notices = []
    if told := work.subscribed_chats.mute(chat):
        notices.append(_about(chat, told[0], muted_words(told[1])))
    if work.groups.stop_using(chat):
        work.audit.add(Entry(now, None, "group muted"), subject=str(chat))
        lines = (
            heading(_("I can no longer write in the coordinators’ group.")),
            Line(
                _("Reports are still sent to each of you. Let me write there again, and send /review there."),
                Style.HELP,
            ),
        )
        notices += [Notice(member, Screen(lines), f"group muted:{chat}", "anew") for member in _coordinators(work)]
    return notify(work, notices, catalogues, now)


def _about(chat: int, person: int, screen: Screen) -> Notice:
    """Returns the notice about the chat to the person who subscribed it."""
    return Notice(person, screen, f"subscribed chat:{chat}", "anew")


def _coordinators(work: UnitOfWork) -> list[int]:
    return sorted({member.id for role in ("coordinator", "owner") for member in work.members.with_role(role)})


def moved(work: UnitOfWork, chat: int, new: int, now: datetime) -> None:
    """Replace the id of a group that became a supergroup, also in waiting messages."""
    if work.groups.of(chat) is not None:
        work.audit.add(Entry(now, None, "group moved", old=chat, new=new), subject=str(new))
    work.groups.moved(chat, new)
    work.subscribed_chats.moved(chat, new)


def _reviews(member: Member | None) -> bool:
    """Returns whether the stored roles of a member allow reviews."""
    return member is not None and can(Person(member.id, member.language, roles=member.roles), "review")


def _stays(work: UnitOfWork, met: NotPrivate, member: Member | None, now: datetime) -> bool:
    """Returns whether the bot stays in a group that it was added to or addressed in."""
    if work.groups.of(met.chat) is not None:
        return True
    if member is None or not _reviews(member) or not (met.added or met.command == "review"):
        return False
    work.groups.add(met.chat, member.language, member.id, now)
    return True


def _offered(work: UnitOfWork, chat: int, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """Ask whether cards should be sent to the group."""
    lines = (
        heading(_("Should new reports be shown in this group?")),
        Line(_("Only coordinators can use their buttons. /review does the same as the button."), Style.HELP),
    )
    return _said(work, chat, Screen(lines, ((Button(_("Show reports here"), USE),),)), catalogues, now)


def _used(work: UnitOfWork, chat: int, topic: int | None, context: Context, catalogues: Catalogues) -> list[OutboxRow]:
    """Send cards to that topic of the group from now on; the longest waiting ones are shown at once."""
    if work.groups.use(chat, topic, context.now):
        work.audit.add(Entry(context.now, context.person.id, "group used"), subject=str(chat))
    waiting = context.find.review.waiting()
    lines = (
        heading(_("New reports will be shown in this group.")),
        Line(counted("One report is waiting now.", "{n} reports are waiting now.", len(waiting))),
    )
    shown = (context.find.review.report(each.id) for each in waiting[:CARDS])
    notices = [
        Notice(chat, card(review, context), card_key(review.id), "anew", in_group=True) for review in shown if review
    ]
    return [*_said(work, chat, Screen(lines), catalogues, context.now), *notify(work, notices, catalogues, context.now)]


def _privately(
    work: UnitOfWork, met: NotPrivate, member: Member | None, bot: str, catalogues: Catalogues, now: datetime
) -> list[OutboxRow]:
    """Tell a person with a role where the command belongs that they wrote in a group; others get, and see, nothing."""
    ours = met.to.lower() in ("", bot.lower()) and met.command in {command.name for command in COMMANDS}
    if not ours or member is None or not member.roles:
        return []
    rows = ((Button(_("Open our chat"), "", link=chat_with(bot)),),) if bot else ()
    group = work.groups.of(met.chat)
    language = group.language if group else member.language
    screen = Screen((Line(_("For that, write to me privately.")),), rows)
    return _sent(work, met.chat, met.topic, screen, language, catalogues, now, asker=met.person)


def _said(work: UnitOfWork, chat: int, screen: Screen, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    group = work.groups.of(chat)
    return [] if group is None else _sent(work, chat, group.topic, screen, group.language, catalogues, now)


def _sent(
    work: UnitOfWork,
    chat: int,
    topic: int | None,
    screen: Screen,
    language: str,
    catalogues: Catalogues,
    now: datetime,
    asker: int | None = None,
) -> list[OutboxRow]:
    # Buttons in a group belong to no step.
    shown = Screen(screen.lines, screen.rows, revision=0)
    messages = [in_topic(each, topic) for each in render(shown, catalogues[language])]
    if asker is not None:
        messages = [for_asker(each, asker) for each in messages]
    return [
        work.outbox.add(Outgoing(chat_id=chat, method="sendMessage", payload=each, kind="reply", due_at=now))
        for each in messages
    ]
