"""People with roles, and the address of any person."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from conversations.model.people.members import Member
from storage.engine.prepared import Prepared
from storage.models import HAS_A_ROLE, people

_COLUMNS = (people.c.id, people.c.name, people.c.roles, people.c.library, people.c.language)

# The first condition follows from the second; it lets the databases use the index of people with roles.
HAS_ROLE = HAS_A_ROLE & people.c.roles.like(bindparam("like", type_=people.c.name.type))
_WITH_ROLE = Prepared(select(*_COLUMNS).where(HAS_ROLE).order_by(people.c.id))


@dataclass(frozen=True, slots=True)
class Address:
    """The chat and language for messages to a person; `stopped`: they have stopped the bot."""

    person: int
    chat: int
    language: str
    stopped: bool


class Members:
    """People with roles, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def with_role(self, role: str) -> list[Member]:
        """Returns everybody with that role, in the order in which they came."""
        return [_member(*row) for row in _WITH_ROLE.rows(self._connection, {"like": f'%"{role}"%'})]

    def member(self, person: int) -> Member | None:
        """Returns the person with that id, with or without a role; None: there is none."""
        for row in self._connection.execute(select(*_COLUMNS).where(people.c.id == person)):
            return _member(*row)
        return None

    def of_telegram(self, telegram_id: int) -> Member | None:
        """Returns the person with that Telegram id; None: they have never written to the bot."""
        query = select(*_COLUMNS).where(people.c.telegram_id == telegram_id)
        for row in self._connection.execute(query):
            return _member(*row)
        return None

    def become(self, person: int, roles: frozenset[str]) -> frozenset[str] | None:
        """Set the person's roles; returns the previous ones, or None (no change) if no owner would be left."""
        # Locked: changes of an owner's roles wait for each other, so that two owners cannot both remove the other.
        query = select(people.c.id).where(HAS_ROLE).with_for_update()
        owners = set(self._connection.scalars(query, {"like": '%"owner"%'}))
        before = self.member(person)
        if before is None or (owners == {person} and "owner" not in roles):
            return None
        self._connection.execute(update(people).where(people.c.id == person).values(roles=sorted(roles)))
        return before.roles

    def has_owner(self) -> bool:
        """Returns whether the bot has an owner."""
        return bool(self.with_role("owner"))

    def address(self, person: int) -> Address | None:
        """Returns the person's address; None: there is no such person."""
        query = select(people.c.id, people.c.chat_id, people.c.language, people.c.stopped_at).where(
            people.c.id == person
        )
        for this, chat, language, stopped_at in self._connection.execute(query):
            return Address(this, chat, language, stopped_at is not None)
        return None


def _member(this: int, name: str, roles: list[str], library: object, language: str) -> Member:
    return Member(this, name, frozenset(roles), library, language)  # type: ignore[arg-type]  # JSON, as it was kept
