"""Notices: messages for people other than the one who acted, and the earlier messages that they replace."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, bindparam, select

from storage.messages.outbox import Outbox, OutboxRow, Outgoing
from storage.models import PENDING, outbox, people
from storage.people.members import Address

_THESE: BindParameter[int] = bindparam("these", expanding=True)
_REACHED = select(people.c.id, people.c.chat_id, people.c.language).where(
    people.c.id.in_(_THESE), people.c.stopped_at.is_(None)
)
_AT_ONCE = 500

_SHOWN = (
    select(outbox.c.message_id)
    .where(outbox.c.key == bindparam("this"), outbox.c.key.is_not(None), outbox.c.message_id.is_not(None))
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_UNSENT = select(outbox.c.method).where(outbox.c.key == bindparam("this"), outbox.c.state == PENDING)


class Notices:
    """The notices in the outbox, in one transaction."""

    def __init__(self, connection: Connection, outbox: Outbox) -> None:
        self._connection = connection
        self._outbox = outbox

    def addresses(self, these: Collection[int]) -> Mapping[int, Address]:
        """Returns the addresses of these people, without those who stopped the bot."""
        found: dict[int, Address] = {}
        for some in _in_parts(sorted(these)):
            for person, chat, language in self._connection.execute(_REACHED, {"these": some}):
                found[person] = Address(person, chat, language, stopped=False)
        return found

    def put(
        self,
        payload: Mapping[str, Any],
        *,
        chat: int,
        person: int | None,
        key: str,
        how: Literal["show", "anew", "update"],
        due_at: datetime,
    ) -> OutboxRow | None:
        """Queue a message for the chat. None: `how` is "update", and there is no earlier message to update.

        A message that replaces an earlier one is an `editMessageText` without a message id. The id is filled in when it
        is sent (see `shown`), because the earlier one may still be on its way.
        """
        unsent = self._connection.scalar(_UNSENT, {"this": key})
        known = unsent is not None or self.shown(key) is not None
        if how == "update" and not known:
            return None
        method = "sendMessage" if how == "anew" or not known or unsent == "sendMessage" else "editMessageText"
        outgoing = Outgoing(
            chat_id=chat, method=method, payload=payload, kind="notice", due_at=due_at, key=key, person_id=person
        )
        return self._outbox.add(outgoing)

    def known(self, key: str) -> bool:
        """Returns whether a message with this key was sent or is waiting."""
        return self.unsent(key) or self.shown(key) is not None

    def unsent(self, key: str) -> bool:
        """Returns whether a message with this key is waiting to be sent."""
        return self._connection.scalar(_UNSENT, {"this": key}) is not None

    def shown(self, key: str) -> int | None:
        """Returns the Telegram message id of the newest message sent with this key."""
        return self._connection.scalar(_SHOWN, {"this": key})


def _in_parts(these: list[int]) -> Iterable[list[int]]:
    return (these[start : start + _AT_ONCE] for start in range(0, len(these), _AT_ONCE))
