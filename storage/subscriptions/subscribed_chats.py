"""Groups and channels that new initiatives are sent to, and the person who added the bot to each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, delete, insert, or_, select, update

from storage.models import deliveries, people, subscribed_chats, subscriptions

ASKED_EVERY = timedelta(days=1)
"""How often Telegram is asked whether the person is still an administrator, even if nothing changes."""


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
        self._connection.execute(delete(subscribed_chats).where(subscribed_chats.c.chat_id == chat))
        new = {"chat_id": chat, "person_id": person, "title": title, "language": language}
        self._connection.execute(insert(subscribed_chats), {**new, "state": "asked", "added_at": now, "known_at": None})

    def added_by(self, chat: int) -> int | None:
        """Returns the person who added the bot there for initiatives; None: nobody did."""
        return self._connection.scalar(select(subscribed_chats.c.person_id).where(subscribed_chats.c.chat_id == chat))

    def asked(self, now: datetime) -> Sequence[AskedChat]:
        """Returns the chats to ask about: not yet asked, or not for a day; oldest first."""
        query = (
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
                    & or_(subscribed_chats.c.known_at.is_(None), subscribed_chats.c.known_at < now - ASKED_EVERY),
                )
            )
            .order_by(subscribed_chats.c.added_at, subscribed_chats.c.chat_id)
        )
        return [AskedChat(*row) for row in self._connection.execute(query)]

    def open(self, chat: int, now: datetime) -> bool:
        """Open the chat for initiatives; False: it is already open, or the bot is no longer there."""
        change = (
            update(subscribed_chats)
            .where(subscribed_chats.c.chat_id == chat, subscribed_chats.c.state == "asked")
            .values(state="open", known_at=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def doubt(self, chat: int, person: int) -> None:
        """Ask about the chat again at once, before that person changes its subscriptions."""
        self._connection.execute(_open_of(chat, person).values(known_at=None))

    def sure(self, chat: int, person: int, now: datetime) -> None:
        """Store that the person is still an administrator there."""
        self._connection.execute(_open_of(chat, person).values(known_at=now))

    def orphan(self, chat: int, person: int) -> bool:
        """Store that the person is not an administrator any more. They cannot change it; False: already known."""
        return bool(self._connection.execute(_open_of(chat, person).values(state="orphaned")).rowcount)

    def mute(self, chat: int) -> tuple[int, str] | None:
        """Store that the bot may not write there; returns who added it, and the title. None: already known."""
        change = (
            update(subscribed_chats)
            .where(subscribed_chats.c.chat_id == chat, subscribed_chats.c.state.in_(("open", "orphaned")))
            .values(state="muted")
        )
        return self._changed(change)

    def unmute(self, chat: int) -> tuple[int, str] | None:
        """Store that the bot may write there again; returns who added it, and the title. None: it was not muted."""
        change = (
            update(subscribed_chats)
            .where(subscribed_chats.c.chat_id == chat, subscribed_chats.c.state == "muted")
            .values(state="open", known_at=None)
        )
        return self._changed(change)

    def _changed(self, change: Update) -> tuple[int, str] | None:
        """Change a chat; returns who added the bot there, and its title. None: nothing was changed."""
        query = change.returning(subscribed_chats.c.person_id, subscribed_chats.c.title)
        for person, title in self._connection.execute(query):
            return int(person), str(title)
        return None

    def forget(self, chat: int, now: datetime) -> None:
        """Delete the chat and end its subscriptions, because the bot is no longer there or not wanted."""
        self._connection.execute(delete(subscribed_chats).where(subscribed_chats.c.chat_id == chat))
        self._connection.execute(
            update(subscriptions)
            .where(subscriptions.c.chat_id == chat, subscriptions.c.ended_at.is_(None))
            .values(ended_at=now)
        )

    def moved(self, chat: int, new: int) -> None:
        """Replace the group by its supergroup `new`; a second call changes nothing."""
        if self.added_by(new) is None:
            for table in (subscribed_chats, subscriptions, deliveries):
                self._connection.execute(update(table).where(table.c.chat_id == chat).values(chat_id=new))


def _open_of(chat: int, person: int) -> Update:
    """Returns a change of the chat if it is open and that person's, still without values."""
    return update(subscribed_chats).where(
        subscribed_chats.c.chat_id == chat,
        subscribed_chats.c.person_id == person,
        subscribed_chats.c.state == "open",
    )
