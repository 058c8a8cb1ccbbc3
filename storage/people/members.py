"""People with roles, and how anybody is reached."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from conversations.model.people.members import Member
from storage.engine.prepared import Prepared
from storage.models import HAS_A_ROLE, people

_COLUMNS = (people.c.id, people.c.name, people.c.roles, people.c.library, people.c.language)

# The first condition says nothing new; by it the databases find the few with roles among all people.
HAS_ROLE = HAS_A_ROLE & people.c.roles.like(bindparam("like", type_=people.c.name.type))
_WITH_ROLE = Prepared(select(*_COLUMNS).where(HAS_ROLE).order_by(people.c.id))
_TELEGRAM = select(*_COLUMNS).where(people.c.telegram_id == bindparam("this"))
_ONE = select(*_COLUMNS).where(people.c.id == bindparam("this"))

# Whoever changes an owner's roles waits for whoever else does: so two owners cannot both take the other's away.
_OWNERS = select(people.c.id).where(HAS_ROLE).with_for_update()

_BECOME = update(people).where(people.c.id == bindparam("this")).values(roles=bindparam("new_roles"))

_ADDRESS = select(people.c.id, people.c.chat_id, people.c.language, people.c.stopped_at).where(
    people.c.id == bindparam("this")
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where and in which language somebody is written to; `stopped`: they do not want to be."""

    person: int
    chat: int
    language: str
    stopped: bool


class Members:
    """People with roles, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def with_role(self, role: str) -> list[Member]:
        """Everybody with that role, those who came first first."""
        return [_member(*row) for row in _WITH_ROLE.rows(self._connection, {"like": f'%"{role}"%'})]

    def member(self, person: int) -> Member | None:
        """The person of that id, whether or not they have a role."""
        for row in self._connection.execute(_ONE, {"this": person}):
            return _member(*row)
        return None

    def of_telegram(self, telegram_id: int) -> Member | None:
        """The person of that Telegram id; None: they never wrote to the bot."""
        for row in self._connection.execute(_TELEGRAM, {"this": telegram_id}):
            return _member(*row)
        return None

    def become(self, person: int, roles: frozenset[str]) -> frozenset[str] | None:
        """The person has exactly these roles from now on; those before, None if that would leave nobody as owner."""
        owners = set(self._connection.scalars(_OWNERS, {"like": '%"owner"%'}))
        before = self.member(person)
        if before is None or (owners == {person} and "owner" not in roles):
            return None
        self._connection.execute(_BECOME, {"this": person, "new_roles": sorted(roles)})
        return before.roles

    def has_owner(self) -> bool:
        """Whether anybody is an owner."""
        return bool(self.with_role("owner"))

    def address(self, person: int) -> Address | None:
        """How the person is reached."""
        for this, chat, language, stopped_at in self._connection.execute(_ADDRESS, {"this": person}):
            return Address(this, chat, language, stopped_at is not None)
        return None


def _member(this: int, name: str, roles: list[str], library: object, language: str) -> Member:
    return Member(this, name, frozenset(roles), library, language)  # type: ignore[arg-type]  # JSON, as it was kept
