"""Groups and channels that new initiatives are sent to, and the person who added the bot to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Executable, bindparam, delete, insert, or_, select, update

from storage.models import deliveries, people, subscribed_chats, subscriptions

ASKED_EVERY = timedelta(days=1)
"""How often Telegram is asked whether the person is still an administrator, even if nothing changes."""

_ADD = insert(subscribed_chats)
_ONE = select(subscribed_chats.c.person_id).where(subscribed_chats.c.chat_id == bindparam("chat"))
_ASKED = (
    select(
        subscribed_chats.c.chat_id,
        subscribed_chats.c.title,
        subscribed_chats.c.person_id,
        people.c.telegram_id,
        subscribed_chats.c.state == "open",
    )
    .join(people, people.c.id == subscribed_chats.c.person_id)
    .where(
        or_(
            subscribed_chats.c.state == "asked",
            (subscribed_chats.c.state == "open")
            & or_(subscribed_chats.c.known_at.is_(None), subscribed_chats.c.known_at < bindparam("before")),
        )
    )
    .order_by(subscribed_chats.c.added_at, subscribed_chats.c.chat_id)
)
_OPEN = (
    update(subscribed_chats)
    .where(subscribed_chats.c.chat_id == bindparam("chat"), subscribed_chats.c.state == "asked")
    .values(state="open", known_at=bindparam("now"))
)
_OPEN_ONE = update(subscribed_chats).where(
    subscribed_chats.c.chat_id == bindparam("chat"),
    subscribed_chats.c.person_id == bindparam("person"),
    subscribed_chats.c.state == "open",
)
_DOUBT = _OPEN_ONE.values(known_at=None)
_SURE = _OPEN_ONE.values(known_at=bindparam("now"))
_ORPHAN = _OPEN_ONE.values(state="orphaned")
_MUTE = (
    update(subscribed_chats)
    .where(subscribed_chats.c.chat_id == bindparam("chat"), subscribed_chats.c.state.in_(("open", "orphaned")))
    .values(state="muted")
    .returning(subscribed_chats.c.person_id, subscribed_chats.c.title)
)
_UNMUTE = (
    update(subscribed_chats)
    .where(subscribed_chats.c.chat_id == bindparam("chat"), subscribed_chats.c.state == "muted")
    .values(state="open", known_at=None)
    .returning(subscribed_chats.c.person_id, subscribed_chats.c.title)
)
_FORGET = delete(subscribed_chats).where(subscribed_chats.c.chat_id == bindparam("chat"))
_END = (
    update(subscriptions)
    .where(subscriptions.c.chat_id == bindparam("chat"), subscriptions.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_MOVE = tuple(
    update(table).where(table.c.chat_id == bindparam("chat")).values(chat_id=bindparam("new_chat"))
    for table in (subscribed_chats, subscriptions, deliveries)
)


@dataclass(frozen=True, slots=True)
class AskedChat:
    """A chat for which Telegram is to be asked whether `person`, who added the bot, is an administrator.

    `again`: they were one when it was last asked.
    """

    chat: int
    title: str
    person: int
    telegram_id: int | None
    again: bool


class SubscribedChats:
    """Those groups and channels, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, chat: int, title: str, language: str, person: int, now: datetime) -> None:
        """Store a chat that the person added the bot to for initiatives; a known one becomes theirs."""
        self._connection.execute(_FORGET, {"chat": chat})
        new = {"chat_id": chat, "person_id": person, "title": title, "language": language}
        self._connection.execute(_ADD, {**new, "state": "asked", "added_at": now, "known_at": None})

    def added_by(self, chat: int) -> int | None:
        """Returns the person who added the bot there for initiatives; None: nobody did."""
        return self._connection.scalar(_ONE, {"chat": chat})

    def asked(self, now: datetime) -> Sequence[AskedChat]:
        """Returns the chats to ask about: not yet asked, or not for a day; oldest first."""
        return [AskedChat(*row) for row in self._connection.execute(_ASKED, {"before": now - ASKED_EVERY})]

    def open(self, chat: int, now: datetime) -> bool:
        """Open the chat for initiatives; False: it is already open, or the bot is no longer there."""
        return bool(self._connection.execute(_OPEN, {"chat": chat, "now": now}).rowcount)

    def doubt(self, chat: int, person: int) -> None:
        """Ask about the chat again at once, before that person changes its subscriptions."""
        self._connection.execute(_DOUBT, {"chat": chat, "person": person})

    def sure(self, chat: int, person: int, now: datetime) -> None:
        """Store that the person is still an administrator there."""
        self._connection.execute(_SURE, {"chat": chat, "person": person, "now": now})

    def orphan(self, chat: int, person: int) -> bool:
        """Store that the person is not an administrator any more. They cannot change it; False: already known."""
        return bool(self._connection.execute(_ORPHAN, {"chat": chat, "person": person}).rowcount)

    def mute(self, chat: int) -> tuple[int, str] | None:
        """Store that the bot may not write there; returns who added it, and the title. None: already known."""
        return self._told(_MUTE, chat)

    def unmute(self, chat: int) -> tuple[int, str] | None:
        """Store that the bot may write there again; returns who added it, and the title. None: it was not muted."""
        return self._told(_UNMUTE, chat)

    def _told(self, statement: Executable, chat: int) -> tuple[int, str] | None:
        for person, title in self._connection.execute(statement, {"chat": chat}):
            return int(person), str(title)
        return None

    def forget(self, chat: int, now: datetime) -> None:
        """Delete the chat and end its subscriptions, because the bot is no longer there or not wanted."""
        self._connection.execute(_FORGET, {"chat": chat})
        self._connection.execute(_END, {"chat": chat, "now": now})

    def moved(self, chat: int, new: int) -> None:
        """Replace the group by its supergroup `new`; a second call changes nothing."""
        if self.added_by(new) is None:
            for statement in _MOVE:
                self._connection.execute(statement, {"chat": chat, "new_chat": new})
