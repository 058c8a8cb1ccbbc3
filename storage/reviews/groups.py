"""The groups of coordinators that review cards are sent to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.engine.prepared import Prepared
from storage.models import PENDING, digest_subscriptions, outbox, review_groups

_USED = Prepared(
    select(review_groups.c.chat_id).where(review_groups.c.used_since.is_not(None)).order_by(review_groups.c.chat_id)
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group that a coordinator added the bot to. If `used`, review cards are sent there, to that topic."""

    chat: int
    language: str
    used: bool
    topic: int | None = None


class Groups:
    """The groups, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, chat: int, language: str, person: int, now: datetime) -> None:
        """Store a group that a coordinator added the bot to; a known one stays unchanged."""
        if self.of(chat) is None:
            self._connection.execute(
                insert(review_groups),
                {
                    "chat_id": chat,
                    "language": language,
                    "added_by": person,
                    "added_at": now,
                    "used_since": None,
                    "topic": None,
                },
            )

    def of(self, chat: int) -> Group | None:
        """Returns the group with that chat id; None: no coordinator added the bot there."""
        query = select(
            review_groups.c.chat_id, review_groups.c.language, review_groups.c.used_since, review_groups.c.topic
        ).where(review_groups.c.chat_id == chat)
        for this, language, used_since, topic in self._connection.execute(query):
            return Group(this, language, used_since is not None, topic)
        return None

    def used(self) -> list[int]:
        """Returns the chats that cards are sent to."""
        return [chat for (chat,) in _USED.rows(self._connection, {})]

    def use(self, chat: int, topic: int | None, now: datetime) -> bool:
        """Send cards to that topic of the group from now on; False: this was already so, or the group is unknown."""
        self._connection.execute(update(review_groups).where(review_groups.c.chat_id == chat).values(topic=topic))
        change = (
            update(review_groups)
            .where(review_groups.c.chat_id == chat, review_groups.c.used_since.is_(None))
            .values(used_since=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def stop_using(self, chat: int) -> bool:
        """Send no more cards to the group; False: none were sent there."""
        change = (
            update(review_groups)
            .where(review_groups.c.chat_id == chat, review_groups.c.used_since.is_not(None))
            .values(used_since=None)
        )
        return bool(self._connection.execute(change).rowcount)

    def moved(self, chat: int, new: int) -> None:
        """Replace the group by its supergroup `new`, also in waiting messages. A second call changes nothing."""
        if self.of(new) is None:
            self._connection.execute(update(review_groups).where(review_groups.c.chat_id == chat).values(chat_id=new))
        self._connection.execute(
            update(outbox).where(outbox.c.chat_id == chat, outbox.c.state == PENDING).values(chat_id=new)
        )
        self._connection.execute(
            update(digest_subscriptions).where(digest_subscriptions.c.chat_id == chat).values(chat_id=new)
        )

    def forget(self, chat: int) -> bool:
        """Delete the group, because the bot is no longer there; False: it was unknown."""
        deletion = delete(review_groups).where(review_groups.c.chat_id == chat)
        return bool(self._connection.execute(deletion).rowcount)
