"""Pairings: one row for each two people, who are proposed to each other once and never again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, or_, select, update

from conversations.model.matchmaking import STANDS, WAITS, Pairing, Reason, Said, Seeker
from storage.engine.inserting import insert_unless_there
from storage.models import WAITING, pairings, people

_ADD = insert_unless_there(pairings, "key", returning=(pairings.c.id,))

_COLUMNS = (
    pairings.c.id,
    pairings.c.first_id,
    pairings.c.second_id,
    pairings.c.first_report,
    pairings.c.second_report,
    pairings.c.reason,
    pairings.c.until,
    pairings.c.first_said,
    pairings.c.second_said,
)

_ANSWER_FIRST, _ANSWER_SECOND = (
    update(pairings)
    .where(pairings.c.id == bindparam("this"), of == bindparam("person"), pairings.c.state == "told")
    .values({said: bindparam("new_said")})
    for of, said in ((pairings.c.first_id, "first_said"), (pairings.c.second_id, "second_said"))
)

_FIRST, _SECOND, _TOLD = people.alias("first"), people.alias("second"), pairings.alias("told_lately")
_BOTH = (_FIRST, _SECOND)


@dataclass(frozen=True, slots=True)
class Free:
    """A pairing that both people can be told of now, and their time zones ("": that of the settings)."""

    pairing: Pairing
    timezones: tuple[str, str]


class Pairings:
    """The pairings, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Seeker, found: Iterable[tuple[Seeker, Reason]], now: datetime) -> None:
        """Store proposals between `new` and each of `found`, except pairs that were ever proposed."""
        for other, reason in found:
            key = f"{min(new.person, other.person)}:{max(new.person, other.person)}"
            values = {
                "key": key,
                "first_id": new.person,
                "second_id": other.person,
                "first_report": new.report or None,
                "second_report": other.report or None,
                "reason": reason,
                "state": "waiting",
                "made_at": now,
                "told_at": None,
                "until": now + WAITS,
                "first_said": "",
                "second_said": "",
            }
            self._connection.execute(_ADD[self._connection.dialect.name], values)

    def told(self, this: int) -> Pairing | None:
        """Returns the pairing with that id, locked until the transaction ends; None if the two were not told of
        it yet.
        """
        # Locked: if both say yes at once, the second sees what the first has said.
        query = select(*_COLUMNS).where(pairings.c.id == this, pairings.c.state == "told").with_for_update()
        for row in self._connection.execute(query):
            return _pairing(row)
        return None

    def answer(self, this: int, person: int, said: Said) -> bool:
        """Store the answer of one of the two; False: the person is neither of them."""
        answered = {"this": this, "person": person, "new_said": said}
        return any(self._connection.execute(each, answered).rowcount for each in (_ANSWER_FIRST, _ANSWER_SECOND))

    def free(self, since: datetime, most: int) -> Iterator[Free]:
        """Yields up to `most` waiting pairings, oldest first, of people who both want proposals and got none after
        `since`.
        """
        query = (
            select(*_COLUMNS, _FIRST.c.timezone, _SECOND.c.timezone)
            .join(_FIRST, _FIRST.c.id == pairings.c.first_id)
            .join(_SECOND, _SECOND.c.id == pairings.c.second_id)
            .where(
                pairings.c.state == WAITING,
                *(each.c.proposals for each in _BOTH),
                *(each.c.stopped_at.is_(None) for each in _BOTH),
                ~exists().where(
                    _TOLD.c.told_at > since,
                    or_(
                        _TOLD.c.first_id.in_((pairings.c.first_id, pairings.c.second_id)),
                        _TOLD.c.second_id.in_((pairings.c.first_id, pairings.c.second_id)),
                    ),
                ),
            )
            .order_by(pairings.c.made_at, pairings.c.id)
            .limit(most)
        )
        rows = self._connection.execute(query).all()
        for *row, first_zone, second_zone in rows:
            yield Free(_pairing(row), (first_zone, second_zone))

    def tell(self, pairing: Pairing, since: datetime, now: datetime) -> bool:
        """Mark both as told now; False: this was told already, or one of them was told of another after `since`."""
        both = (pairing.first, pairing.second)
        # Locked in one order: two workers never notify the same person at once.
        lock = select(people.c.id).where(people.c.id.in_(both)).order_by(people.c.id).with_for_update(key_share=True)
        self._connection.execute(lock).all()
        told_lately = (
            select(pairings.c.id)
            .where(pairings.c.told_at > since, or_(pairings.c.first_id.in_(both), pairings.c.second_id.in_(both)))
            .limit(1)
        )
        if self._connection.scalar(told_lately) is not None:
            return False
        change = (
            update(pairings)
            .where(pairings.c.id == pairing.id, pairings.c.state == WAITING)
            .values(state="told", told_at=now, until=now + STANDS)
        )
        return bool(self._connection.execute(change).rowcount)

    def end(self, pairing: Pairing) -> None:
        """End the pairing, because its reason is gone."""
        self._connection.execute(update(pairings).where(pairings.c.id == pairing.id).values(state="ended"))

    def end_old(self, now: datetime) -> None:
        """End pairings that have waited for too long."""
        self._connection.execute(
            update(pairings).where(pairings.c.state == WAITING, pairings.c.until <= now).values(state="ended")
        )


def _pairing(row: Any) -> Pairing:
    this, first, second, first_report, second_report, *more = row
    return Pairing(this, first, second, first_report or "", second_report or "", *more)
