"""Files with every report that were asked for in the chat and are being made."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from storage.messages.wakeups import Wakeups
from storage.models import exports, people

_ASK = insert(exports)
_SILENT_FOR = timedelta(minutes=2)
"""A file whose maker gave no sign for so long is taken up by another."""

_UNMADE = (
    exports.c.state == "asked",
    or_(exports.c.seen_at.is_(None), exports.c.seen_at < bindparam("long_ago")),
)
_NEXT = (
    select(
        exports.c.id,
        exports.c.person_id,
        people.c.chat_id,
        exports.c.form,
        exports.c.with_contacts,
        exports.c.language,
        exports.c.tries + 1,
    )
    .join(people, people.c.id == exports.c.person_id)
    .where(*_UNMADE)
    .order_by(exports.c.asked_at, exports.c.id)
    .limit(1)
    .with_for_update(of=exports, skip_locked=True)
)
_WAITS = select(exports.c.id).where(*_UNMADE).limit(1)
_SEEN = (
    update(exports)
    .where(exports.c.id == bindparam("this"), exports.c.state == "asked")
    .values(seen_at=bindparam("now"))
)
_TAKE = (
    update(exports).where(exports.c.id == bindparam("this")).values(seen_at=bindparam("now"), tries=exports.c.tries + 1)
)
_PUT_BACK = update(exports).where(exports.c.id == bindparam("this"), exports.c.state == "asked").values(seen_at=None)
_END = (
    update(exports)
    .where(exports.c.id == bindparam("this"), exports.c.state == "asked")
    .values(state=bindparam("new_state"))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is to be made; `tries` counts those who began, this time too."""

    id: str
    person: int
    chat: int
    form: str
    with_contacts: bool
    language: str
    tries: int


class Exports:
    """The files asked for, in one transaction."""

    def __init__(self, connection: Connection, worker: int | None = None) -> None:
        self._connection = connection
        self._bell = Wakeups(connection, worker)

    def ask(self, this: str, person: int, form: str, with_contacts: bool, language: str, now: datetime) -> None:
        """The person wants every report in a file."""
        self._bell.ring("exports")
        self._connection.execute(
            _ASK,
            {
                "id": this,
                "person_id": person,
                "form": form,
                "with_contacts": with_contacts,
                "language": language,
                "state": "asked",
                "asked_at": now,
                "seen_at": None,
                "tries": 0,
            },
        )

    def waits(self, now: datetime) -> bool:
        """Whether there is a file that nobody is making."""
        return self._connection.scalar(_WAITS, {"long_ago": now - _SILENT_FOR}) is not None

    def next(self, now: datetime) -> Asked | None:
        """The next file that nobody is making, which is the caller's from now on."""
        for row in self._connection.execute(_NEXT, {"long_ago": now - _SILENT_FOR}):
            found = Asked(*row)
            self._connection.execute(_TAKE, {"this": found.id, "now": now})
            return found
        return None

    def put_back(self, this: str) -> None:
        """Whoever made it has not, and anybody may try again."""
        self._connection.execute(_PUT_BACK, {"this": this})

    def still_wanted(self, this: str, now: datetime) -> bool:
        """Give a sign that it is being made; False: it is no longer wanted."""
        return bool(self._connection.execute(_SEEN, {"this": this, "now": now}).rowcount)

    def end(self, this: str, state: str) -> bool:
        """It is `done`, `cancelled` or `failed`; False: it had ended before."""
        return bool(self._connection.execute(_END, {"this": this, "new_state": state}).rowcount)
