"""Everything stored about one person, table by table, for that person."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from storage.models import audit, invitations, nominations, pairings, people, reports
from storage.privacy.personal_columns import HELD, Held, Subject, hanging_on

Row: TypeAlias = dict[str, Any]

SECRET: Mapping[Table, frozenset[str]] = {
    invitations: frozenset({"code_hash"}),
    nominations: frozenset({"code_hash", "named_by", "person_id"}),
}
"""Columns that hold secrets, or who somebody else is, not data about the person."""

OF_REPORTS = tuple(
    (table, column) for table, column in hanging_on(reports) if table not in {each.table for each in HELD}
)
"""Tables whose rows belong to a person's reports only, and the column that refers to the report."""


class MyData:
    """The data stored about a person, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subject(self, person: int) -> Subject:
        """Returns the person, with all their ids."""
        numbers = select(people.c.telegram_id, people.c.chat_id).where(people.c.id == person)
        telegram, chat = self._connection.execute(numbers).one()
        return Subject(person, telegram, chat)

    def held(self, held: Held, subject: Subject) -> list[Row]:
        """Returns the rows of `held` about `subject`; for the audit trail also entries about their reports."""
        these = held.of(subject)
        if held.table is audit:
            own = select(reports.c.id).where(reports.c.person_id == subject.person)
            these = or_(these, audit.c.report_id.in_(own))
        rows = self._rows(held.table, these)
        return [_without_the_others(row, subject) for row in rows] if held.table is pairings else rows

    def of_reports(self, table: Table, column: ColumnElement[Any], subject: Subject) -> list[Row]:
        """Returns the rows of `table` that refer to the person's reports by `column`."""
        own = select(reports.c.id).where(reports.c.person_id == subject.person)
        return self._rows(table, column.in_(own))

    def _rows(self, table: Table, these: ColumnElement[bool]) -> list[Row]:
        found = self._connection.execute(select(table).where(these).order_by(*table.primary_key)).mappings()
        hidden = SECRET.get(table, frozenset())
        return [{name: value for name, value in row.items() if name not in hidden} for row in found]


def _without_the_others(row: Row, subject: Subject) -> Row:
    """Returns a proposal without the answer of the other person, which is never shown."""
    other = "second" if row["first_id"] == subject.person else "first"
    return {name: value for name, value in row.items() if name not in (f"{other}_said", "state")}
