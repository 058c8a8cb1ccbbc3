"""Databases that have seen years of use."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Table, create_engine, insert, inspect

from storage.engine.urls import normalise_url
from storage.models import answers, people, reports, sessions
from storage.session.storage import Storage

EACH = 5
"""Reports of one person."""

TOGETHER = 2_000

ANSWERS: dict[str, Any] = {
    "library": {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"},
    "status": "running",
    "title": "Homework café on Wednesdays",
    "summary": "Every Wednesday volunteers help children with their homework while parents meet over coffee.",
    "themes": ["homework_help"],
    "target_groups": ["children"],
    "period_start": "2026-03",
    "partners": {"types": ["none"], "names": []},
    "sharing": "public",
}

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

FIRST_PERSON = 10_000_000
"""Telegram's number of the first author: none of these people is on a phone here."""


def fill(url: str, how_many: int) -> None:
    """Put so many submitted reports, with their authors, into the migrated, empty database at `url`."""
    put_in(url, how_many)
    # What a bot reads once of reports that came before it could is no part of what an answer costs.
    storage = Storage.open(url)
    storage.write_now(lambda work: work.summaries.refresh())
    while not storage.write_now(lambda work: work.initiatives.catch_up()):
        pass
    storage.close_now()


def put_in(url: str, how_many: int) -> None:
    """Put the same rows into an empty database of this or an earlier version."""
    chance = Random(0)
    engine = create_engine(normalise_url(url))
    with engine.begin() as connection:

        def add(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
            there = {column["name"] for column in inspect(connection).get_columns(table.name)}
            connection.execute(insert(table), [{key: row[key] for key in row if key in there} for row in rows])

        for first in range(0, how_many, TOGETHER):
            numbers = range(first, min(first + TOGETHER, how_many))
            authors = [number // EACH + 1 for number in numbers if number % EACH == 0]
            its = {number: "".join(chance.choices("23456789abcdefghjkmnpqrstuvwxyz", k=10)) for number in numbers}
            add(people, [_person(author) for author in authors])
            add(sessions, [{"person_id": author, "step": 1} for author in authors])
            add(reports, [_report(this, number) for number, this in its.items()])
            add(
                answers,
                [
                    {"report_id": this, "question": key, "value": value, **_of(number), "at": _when(number)}
                    for number, this in its.items()
                    for key, value in ANSWERS.items()
                ],
            )
    engine.dispose()


def _person(author: int) -> dict[str, Any]:
    return {
        "telegram_id": FIRST_PERSON + author,
        "chat_id": FIRST_PERSON + author,
        "language": "da",
        "language_chosen": True,
        "library": ANSWERS["library"],
        "privacy_version": "1",
        "created_at": BEGINNING,
    }


def _report(this: str, number: int) -> dict[str, Any]:
    when = _when(number)
    return {
        "id": this,
        "person_id": number // EACH + 1,
        "form": "initiative",
        "status": "submitted",
        "language": "da",
        "revision": 1,
        "place": {},
        "forwarded": False,
        "created_at": when,
        "changed_at": when,
        "submitted_at": when,
    }


def _of(number: int) -> dict[str, Any]:
    return {"said": "", "message_id": number, "revision": 0, "person_id": number // EACH + 1}


def _when(number: int) -> datetime:
    return BEGINNING + timedelta(minutes=30 * number)
