"""Groups: one that a coordinator added the bot to can be where cards of reports come; every other is left."""

from datetime import datetime

from bot.catalogues import Catalogues
from bot.notices import notify
from bot.rendering import render
from bot.updates import NotPrivate
from conversations.commands import COMMANDS
from conversations.flows.cards import card
from conversations.flows.telling import card_key
from conversations.here import Here, Person
from conversations.links import chat_with
from conversations.people import Member
from conversations.rights import can
from conversations.screen import Button, Line, Screen, Style, heading
from conversations.session import Notice
from conversations.words import _, counted
from storage.audit import Entry
from storage.outbox import OutboxRow, Outgoing
from storage.work import Work

USE = "use_group"
"""What the button does that makes a group the place for cards."""

CARDS = 5
"""Cards of waiting reports that are shown in a group at once."""


def reviews(member: Member | None) -> bool:
    """Whether somebody may review, by their stored roles."""
    return member is not None and can(Person(member.id, member.language, roles=member.roles), "review")


def stays(work: Work, met: NotPrivate, member: Member | None, now: datetime) -> bool:
    """Whether the bot stays in a group that it was added to, or spoken to in."""
    if work.groups.of(met.chat) is not None:
        return True
    if member is None or not reviews(member) or not (met.added or met.command == "review"):
        return False
    work.groups.add(met.chat, member.language, member.id, now)
    return True


def offered(work: Work, chat: int, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """Ask whether cards are to come to the group."""
    lines = (
        heading(_("Shall the cards of new reports come to this group?")),
        Line(_("Only coordinators can use their buttons. /review does the same as the button."), Style.HELP),
    )
    return _said(work, chat, Screen(lines, ((Button(_("Show the cards here"), USE),),)), catalogues, now)


def used(work: Work, chat: int, here: Here, catalogues: Catalogues) -> list[OutboxRow]:
    """Cards come to the group from now on; those that wait longest are shown at once."""
    if work.groups.use(chat, here.now):
        work.audit.add(Entry(here.now, here.person.id, "group used"), subject=str(chat))
    waiting = here.look.review.waiting()
    lines = (
        heading(_("The cards of new reports come to this group.")),
        Line(counted("One report waits now.", "{n} reports wait now.", len(waiting))),
    )
    shown = (here.look.review.report(each.id) for each in waiting[:CARDS])
    notices = [
        Notice(chat, card(review, here), card_key(review.id), "anew", in_group=True) for review in shown if review
    ]
    return [*_said(work, chat, Screen(lines), catalogues, here.now), *notify(work, notices, catalogues, here.now)]


def privately(
    work: Work, met: NotPrivate, member: Member | None, bot: str, catalogues: Catalogues, now: datetime
) -> list[OutboxRow]:
    """Say where a command belongs that somebody with a role wrote in a group; nothing to everybody else."""
    ours = met.to.lower() in ("", bot.lower()) and met.command in {command.name for command in COMMANDS}
    if not ours or member is None or not member.roles:
        return []
    rows = ((Button(_("Open our chat"), "", link=chat_with(bot)),),) if bot else ()
    group = work.groups.of(met.chat)
    language = group.language if group else member.language
    return _sent(
        work, met.chat, Screen((Line(_("For that, please write to me privately.")),), rows), language, catalogues, now
    )


def gone(work: Work, chat: int, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """The bot was thrown out: nothing more is sent there, and the coordinators are told."""
    work.outbox.cancel_for(chat)
    work.subscribed_chats.forget(chat, now)
    if not work.groups.forget(chat):
        return []
    work.audit.add(Entry(now, None, "group gone"), subject=str(chat))
    lines = (
        heading(_("I was removed from the coordinators’ group.")),
        Line(_("The cards still come to each of you. Add me to a group again to have them there too."), Style.HELP),
    )
    members = {member.id for role in ("coordinator", "owner") for member in work.members.with_role(role)}
    notices = [Notice(member, Screen(lines), f"group gone:{chat}", "anew") for member in sorted(members)]
    return notify(work, notices, catalogues, now)


def moved(work: Work, chat: int, new: int, now: datetime) -> None:
    """The group has another number now, as a supergroup; what waits for it goes there."""
    if work.groups.of(chat) is not None:
        work.audit.add(Entry(now, None, "group moved", old=chat, new=new), subject=str(new))
    work.groups.moved(chat, new)
    work.subscribed_chats.moved(chat, new)


def _said(work: Work, chat: int, screen: Screen, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    group = work.groups.of(chat)
    return [] if group is None else _sent(work, chat, screen, group.language, catalogues, now)


def _sent(
    work: Work, chat: int, screen: Screen, language: str, catalogues: Catalogues, now: datetime
) -> list[OutboxRow]:
    # Buttons in a group belong to nobody's step.
    shown = Screen(screen.lines, screen.rows, revision=0)
    return [
        work.outbox.add(Outgoing(chat_id=chat, method="sendMessage", payload=payload, kind="reply", due_at=now))
        for payload in render(shown, catalogues[language])
    ]
