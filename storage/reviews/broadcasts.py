"""Broadcasts: messages to many reporters, and the people whom they reach."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from conversations.model.outcomes import BroadcastSent
from conversations.model.reviews import Audience, Reporter
from storage.models import answers, broadcasts, people, reports
from storage.registers.written_for import written_for


class Broadcasts:
    """The broadcasts, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sent: BroadcastSent, person: int, now: datetime) -> None:
        """Store the broadcast that the person sent. The database refuses a second one with the same id."""
        self._connection.execute(
            insert(broadcasts),
            {
                "id": sent.broadcast,
                "person_id": person,
                "language": sent.language,
                "words": sent.text,
                "audience": dict(sent.audience),
                "recipients": sent.recipients,
                "sent_at": now,
            },
        )

    def reporters(self, audience: Audience) -> Sequence[Reporter]:
        """Returns everybody who sent a report of that kind and has not stopped the bot, in the order they came."""
        found = {person: Reporter(person, language) for person, language in self._of_kind(audience)}
        return list(found.values())

    def _of_kind(self, audience: Audience) -> Iterator[tuple[int, str]]:
        libraries = self._current("library") if audience.country else {}
        themes = self._current("themes") if audience.theme else {}
        query = (
            select(reports.c.id, reports.c.person_id, people.c.language, reports.c.call_slug, reports.c.status)
            .join(people, people.c.id == reports.c.person_id)
            .where(reports.c.status != "draft", reports.c.discarded_at.is_(None), people.c.stopped_at.is_(None))
            .order_by(people.c.id, reports.c.id)
        )
        for report, person, language, call, status in self._connection.execute(query):
            if (
                person is not None
                and audience.call in (None, call)
                and audience.status in (None, status)
                and audience.country in (None, _country(libraries.get(report)))
                and (audience.theme is None or audience.theme in (themes.get(report) or ()))
            ):
                yield person, language

    def _current(self, question: str) -> dict[str, Any]:
        """Returns the current answers to `question`, by report."""
        query = (
            select(answers.c.report_id, answers.c.value)
            .join(reports, reports.c.id == answers.c.report_id)
            .where(reports.c.status != "draft", answers.c.question == question)
            .order_by(answers.c.id)
        )
        return {row.report_id: row.value for row in self._connection.execute(query)}


def _country(library: Any) -> str | None:
    return written_for(library).country or None
