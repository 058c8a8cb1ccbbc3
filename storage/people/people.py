"""The people who have written to the bot, and their sessions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from conversations.context.session import Cut, Session, pack, unpack
from conversations.model.people.person import Person
from storage.engine.clock import utc_now
from storage.engine.inserting import insert_unless_there
from storage.engine.prepared import Prepared
from storage.models import people, privacy_notices, sessions

_STANDING = Prepared(
    select(
        people.c.id,
        people.c.language,
        people.c.library,
        people.c.privacy_version,
        people.c.chat_id,
        people.c.stopped_at,
        people.c.roles,
        people.c.name,
        people.c.timezone,
        people.c.reminders,
        people.c.proposals,
        people.c.tables,
        sessions.c.step,
        sessions.c.position,
        sessions.c.active_at,
        sessions.c.cut,
    )
    .join(sessions, sessions.c.person_id == people.c.id)
    .where(people.c.telegram_id == bindparam("telegram_id"))
    .with_for_update(of=people, key_share=True)  # other transactions may still refer to the person, e.g. in a notice
)

# If two workers meet a newcomer at once, one of them finds the row already there.
_COME = Prepared(insert_unless_there(people, "telegram_id", returning=(people.c.id,)))
_BEGIN_SESSION = Prepared(insert(sessions))

_STAND_AT = Prepared(
    update(sessions)
    .where(sessions.c.person_id == bindparam("this"))
    .values(
        step=bindparam("new_step"),
        position=bindparam("new_position"),
        active_at=bindparam("now"),
        cut=bindparam("new_cut"),
    )
)

_SET_LIBRARY = Prepared(update(people).where(people.c.id == bindparam("this")).values(library=bindparam("new_library")))
_SET_PRIVACY_SEEN = Prepared(
    update(people).where(people.c.id == bindparam("this")).values(privacy_version=bindparam("new_version"))
)
_NOTICE_SHOWN = Prepared(
    insert_unless_there(privacy_notices, "person_id", "version", returning=(privacy_notices.c.version,))
)
_CALLED = update(people).where(people.c.id == bindparam("this")).values(name=bindparam("new_name"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A person and their session."""

    person: Person
    session: Session


class People:
    """Everybody who has ever written to the bot, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def arrive(self, telegram_id: int, chat_id: int, language: str, now: datetime, name: str = "") -> Standing:
        """Returns the person with that Telegram id and their session, locked until the transaction ends.

        A newcomer is added, with `language` until they choose another. A person who had stopped the bot is marked as
        back. The `name` that Telegram shows is stored only for people with roles.
        """
        if standing := self._standing(telegram_id, chat_id, name):
            return standing
        self._enter(telegram_id, chat_id, language, now)
        return self.arrive(telegram_id, chat_id, language, now, name)

    def known(self, telegram_id: int) -> int | None:
        """Returns the id of the person with that Telegram id; None: they have never written to the bot."""
        return self._connection.scalar(select(people.c.id).where(people.c.telegram_id == telegram_id))

    def stopped(self, telegram_id: int) -> None:
        """Mark the person as gone, or as having blocked the bot: nothing more is sent to them."""
        self._connection.execute(
            update(people)
            .where(people.c.telegram_id == telegram_id, people.c.stopped_at.is_(None))
            .values(stopped_at=utc_now())
        )

    def revived(self, telegram_id: int) -> None:
        """Mark that the person has unblocked the bot."""
        self._connection.execute(update(people).where(people.c.telegram_id == telegram_id).values(stopped_at=None))

    def set_session(self, person: int, session: Session, now: datetime) -> None:
        """Store the person's session."""
        _STAND_AT.run(
            self._connection,
            {
                "this": person,
                "new_step": session.step,
                "new_position": pack(session.at),
                "now": now,
                "new_cut": asdict(session.cut) if session.cut else None,
            },
        )

    def set_language(self, person: int, language: str) -> None:
        """Store the language that the person chose."""
        self._connection.execute(
            update(people).where(people.c.id == person).values(language=language, language_chosen=True)
        )

    def set_library(self, person: int, library: Mapping[str, Any] | None) -> None:
        """Store the library that the person writes for; None: no longer known."""
        _SET_LIBRARY.run(self._connection, {"this": person, "new_library": library})

    def set_privacy_seen(self, person: int, version: str, language: str, now: datetime) -> None:
        """Store that the person was shown this version of the privacy notice in `language`; the first time stays."""
        _SET_PRIVACY_SEEN.run(self._connection, {"this": person, "new_version": version})
        told = {"person_id": person, "version": version, "language": language, "at": now}
        _NOTICE_SHOWN.run(self._connection, told)

    def set_name(self, person: int, name: str) -> None:
        """Store the name that Telegram shows for the person, who has a role."""
        self._connection.execute(_CALLED, {"this": person, "new_name": name})

    def set_timezone(self, person: int, timezone: str) -> None:
        """Store the person's time zone."""
        self._connection.execute(update(people).where(people.c.id == person).values(timezone=timezone))

    def set_reminders(self, person: int, wanted: bool) -> None:
        """Store whether the person wants reminders."""
        self._connection.execute(update(people).where(people.c.id == person).values(reminders=wanted))

    def set_proposals(self, person: int, wanted: bool) -> None:
        """Store whether the person wants match proposals."""
        self._connection.execute(update(people).where(people.c.id == person).values(proposals=wanted))

    def set_tables(self, person: int, wanted: bool) -> None:
        """Store whether the person wants messages with tables."""
        self._connection.execute(update(people).where(people.c.id == person).values(tables=wanted))

    def _standing(self, telegram_id: int, chat_id: int, name: str) -> Standing | None:
        for row in _STANDING.rows(self._connection, {"telegram_id": telegram_id}):
            this, language, library, privacy_version, known_chat_id, stopped_at, *more = row
            *more, step, position, active_at, cut = more
            roles, known_name, timezone, *wanted = more
            if stopped_at is not None or known_chat_id != chat_id:
                self._connection.execute(
                    update(people).where(people.c.id == this).values(chat_id=chat_id, stopped_at=None)
                )
            if roles and name and name != known_name:
                self._connection.execute(_CALLED, {"this": this, "new_name": name})
            return Standing(
                Person(this, language, library, privacy_version, frozenset(roles), timezone, *wanted),
                Session(step, unpack(position), active_at, Cut(**cut) if cut else None),
            )
        return None

    def _enter(self, telegram_id: int, chat_id: int, language: str, now: datetime) -> None:
        entered = _COME.scalar(
            self._connection,
            {
                "telegram_id": telegram_id,
                "chat_id": chat_id,
                "language": language,
                "language_chosen": False,
                "library": None,
                "privacy_version": "",
                "created_at": now,
                "stopped_at": None,
                "roles": [],
                "name": "",
                "timezone": "",
                "reminders": True,
                "proposals": True,
                "tables": True,
            },
        )
        if entered is not None:
            _BEGIN_SESSION.run(
                self._connection, {"person_id": entered, "step": 0, "position": None, "active_at": None, "cut": None}
            )
