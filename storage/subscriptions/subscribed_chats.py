"""Groups and channels to which new initiatives come: who added the bot there, and whether they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Executable, bindparam, delete, insert, or_, select, update

from storage.models import deliveries, people, subscribed_chats, subscriptions

ASKED_EVERY = timedelta(days=1)
"""How often it is asked whether somebody is still an administrator, also where nobody changes anything."""

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
    """A chat of which it is not known whether `person`, who added the bot, is an administrator there.

    `again`: they were when it was last asked.
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
        """The person added the bot to have initiatives come there; one that is known is theirs from now on."""
        self._connection.execute(_FORGET, {"chat": chat})
        new = {"chat_id": chat, "person_id": person, "title": title, "language": language}
        self._connection.execute(_ADD, {**new, "state": "asked", "added_at": now, "known_at": None})

    def added_by(self, chat: int) -> int | None:
        """Who added the bot there; None: nobody, for this."""
        return self._connection.scalar(_ONE, {"chat": chat})

    def asked(self, now: datetime) -> Sequence[AskedChat]:
        """Those of which it is not known, or was not asked for a day, the longest there first."""
        return [AskedChat(*row) for row in self._connection.execute(_ASKED, {"before": now - ASKED_EVERY})]

    def open(self, chat: int, now: datetime) -> bool:
        """Initiatives may come there from now on; False: they may already, or the bot is not there any more."""
        return bool(self._connection.execute(_OPEN, {"chat": chat, "now": now}).rowcount)

    def doubt(self, chat: int, person: int) -> None:
        """It is to be asked again at once, before that person changes what comes there."""
        self._connection.execute(_DOUBT, {"chat": chat, "person": person})

    def sure(self, chat: int, person: int, now: datetime) -> None:
        """That person is still an administrator there."""
        self._connection.execute(_SURE, {"chat": chat, "person": person, "now": now})

    def orphan(self, chat: int, person: int) -> bool:
        """That person is no longer: what comes there goes on, and is not theirs to change. False: it was known."""
        return bool(self._connection.execute(_ORPHAN, {"chat": chat, "person": person}).rowcount)

    def mute(self, chat: int) -> tuple[int, str] | None:
        """The bot may not write there: nothing comes there. Who added it, and the title; None: it was known."""
        return self._told(_MUTE, chat)

    def unmute(self, chat: int) -> tuple[int, str] | None:
        """The bot may write there again. Who added it, and the title; None: it could all the time."""
        return self._told(_UNMUTE, chat)

    def _told(self, statement: Executable, chat: int) -> tuple[int, str] | None:
        for person, title in self._connection.execute(statement, {"chat": chat}):
            return int(person), str(title)
        return None

    def forget(self, chat: int, now: datetime) -> None:
        """The bot is no longer there, or is not wanted: what was to come there ends."""
        self._connection.execute(_FORGET, {"chat": chat})
        self._connection.execute(_END, {"chat": chat, "now": now})

    def moved(self, chat: int, new: int) -> None:
        """The group has become the supergroup `new`; a second telling changes nothing."""
        if self.added_by(new) is None:
            for statement in _MOVE:
                self._connection.execute(statement, {"chat": chat, "new_chat": new})
