"""Groups and channels to which new initiatives come: who added the bot there, and whether they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.models import deliveries, people, subscribed_chats, subscriptions

_ADD = insert(subscribed_chats)
_ONE = select(subscribed_chats.c.person_id).where(subscribed_chats.c.chat_id == bindparam("chat"))
_ASKED = (
    select(
        subscribed_chats.c.chat_id,
        subscribed_chats.c.title,
        subscribed_chats.c.person_id,
        people.c.telegram_id,
    )
    .join(people, people.c.id == subscribed_chats.c.person_id)
    .where(subscribed_chats.c.state == "asked")
    .order_by(subscribed_chats.c.added_at, subscribed_chats.c.chat_id)
)
_OPEN = (
    update(subscribed_chats)
    .where(subscribed_chats.c.chat_id == bindparam("chat"), subscribed_chats.c.state == "asked")
    .values(state="open")
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
    """A chat of which it is not known yet whether `person`, who added the bot, is an administrator there."""

    chat: int
    title: str
    person: int
    telegram_id: int | None


class SubscribedChats:
    """Those groups and channels, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, chat: int, title: str, language: str, person: int, now: datetime) -> None:
        """The person added the bot to have initiatives come there; one that is known is theirs from now on."""
        self._connection.execute(_FORGET, {"chat": chat})
        new = {"chat_id": chat, "person_id": person, "title": title, "language": language}
        self._connection.execute(_ADD, {**new, "state": "asked", "added_at": now})

    def added_by(self, chat: int) -> int | None:
        """Who added the bot there; None: nobody, for this."""
        return self._connection.scalar(_ONE, {"chat": chat})

    def asked(self) -> Sequence[AskedChat]:
        """Those of which it is not known yet, the longest waiting first."""
        return [AskedChat(*row) for row in self._connection.execute(_ASKED)]

    def open(self, chat: int) -> bool:
        """Initiatives may come there from now on; False: they may already, or the bot is not there any more."""
        return bool(self._connection.execute(_OPEN, {"chat": chat}).rowcount)

    def forget(self, chat: int, now: datetime) -> None:
        """The bot is no longer there, or is not wanted: what was to come there ends."""
        self._connection.execute(_FORGET, {"chat": chat})
        self._connection.execute(_END, {"chat": chat, "now": now})

    def moved(self, chat: int, new: int) -> None:
        """The group has become the supergroup `new`; a second telling changes nothing."""
        if self.added_by(new) is None:
            for statement in _MOVE:
                self._connection.execute(statement, {"chat": chat, "new_chat": new})
