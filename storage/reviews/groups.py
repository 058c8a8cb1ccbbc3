"""The groups of coordinators that review cards are sent to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.engine.prepared import Prepared
from storage.models import PENDING, digest_subscriptions, outbox, review_groups

_ADD = insert(review_groups)
_ONE = select(
    review_groups.c.chat_id, review_groups.c.language, review_groups.c.used_since, review_groups.c.topic
).where(review_groups.c.chat_id == bindparam("this"))
_USED = Prepared(
    select(review_groups.c.chat_id).where(review_groups.c.used_since.is_not(None)).order_by(review_groups.c.chat_id)
)
_USE = (
    update(review_groups)
    .where(review_groups.c.chat_id == bindparam("this"), review_groups.c.used_since.is_(None))
    .values(used_since=bindparam("now"))
)
_STOP_USING = (
    update(review_groups)
    .where(review_groups.c.chat_id == bindparam("this"), review_groups.c.used_since.is_not(None))
    .values(used_since=None)
)
_IN_TOPIC = (
    update(review_groups).where(review_groups.c.chat_id == bindparam("this")).values(topic=bindparam("new_topic"))
)
_MOVE = update(review_groups).where(review_groups.c.chat_id == bindparam("this")).values(chat_id=bindparam("new_chat"))
_MOVE_UNSENT = (
    update(outbox)
    .where(outbox.c.chat_id == bindparam("this"), outbox.c.state == PENDING)
    .values(chat_id=bindparam("new_chat"))
)
_MOVE_DIGESTS = (
    update(digest_subscriptions)
    .where(digest_subscriptions.c.chat_id == bindparam("this"))
    .values(chat_id=bindparam("new_chat"))
)
_FORGET = delete(review_groups).where(review_groups.c.chat_id == bindparam("this"))


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
                _ADD,
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
        for this, language, used_since, topic in self._connection.execute(_ONE, {"this": chat}):
            return Group(this, language, used_since is not None, topic)
        return None

    def used(self) -> list[int]:
        """Returns the chats that cards are sent to."""
        return [chat for (chat,) in _USED.rows(self._connection, {})]

    def use(self, chat: int, topic: int | None, now: datetime) -> bool:
        """Send cards to that topic of the group from now on; False: this was already so, or the group is unknown."""
        self._connection.execute(_IN_TOPIC, {"this": chat, "new_topic": topic})
        return bool(self._connection.execute(_USE, {"this": chat, "now": now}).rowcount)

    def stop_using(self, chat: int) -> bool:
        """Send no more cards to the group; False: none were sent there."""
        return bool(self._connection.execute(_STOP_USING, {"this": chat}).rowcount)

    def moved(self, chat: int, new: int) -> None:
        """Replace the group by its supergroup `new`, also in waiting messages. A second call changes nothing."""
        if self.of(new) is None:
            self._connection.execute(_MOVE, {"this": chat, "new_chat": new})
        self._connection.execute(_MOVE_UNSENT, {"this": chat, "new_chat": new})
        self._connection.execute(_MOVE_DIGESTS, {"this": chat, "new_chat": new})

    def forget(self, chat: int) -> bool:
        """Delete the group, because the bot is no longer there; False: it was unknown."""
        return bool(self._connection.execute(_FORGET, {"this": chat}).rowcount)
