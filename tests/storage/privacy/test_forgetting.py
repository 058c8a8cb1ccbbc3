"""Forgetting: nothing is left of a person in any table but what `storage/privacy/personal_columns.py` explains."""

import re
from collections.abc import Iterator, Mapping
from json import dumps
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Table, insert, select, update

from conversations.model.contacts import Note
from conversations.model.outcomes import (
    Answered,
    ContactsErased,
    DraftLeft,
    PersonalTakenOut,
    PersonForgotten,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.engine.columns import Json, SafeText, Tokens, UtcTime
from storage.engine.database import make_engine
from storage.engine.errors import NoSuchReport
from storage.engine.urls import normalise_url
from storage.messages.outbox import Outgoing
from storage.models import answers, audit, metadata, outbox, people, reports
from storage.privacy.forgetting import Erasure, Forgetting
from storage.privacy.my_data import MyData
from storage.privacy.personal_columns import HELD, STAYS
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, own

PERSONS = re.compile(r"person|telegram|chat_id|lane|_by$|author|member$|recipient$")
"""How columns are called that may name a person."""

MARK = "MARKED"
TELEGRAM = 7_000_000_001

LEFT: Mapping[str, tuple[str, str]] = {
    "followups": ("kind key answer", "keys: what was asked about a report that stays, and what was tapped"),
    "audit": ("action report_id question old new subject", "who did what to what, by numbers"),
    "broadcasts": ("id language words audience", "written in the organisation's name"),
    "calls": ("*", "written by coordinators about a call, not about a person"),
    "events": ("*", "announced in an organisation's name, about an event and not about a person"),
    "chores": ("*", "what is done every night"),
    "collected": ("slug", "in which collection it is"),
    "collections": ("*", "written by coordinators about initiatives, not about a person"),
    "controllers": ("words", "the organisation that is responsible"),
    "digest_issues": ("week digest_id", "which week had a digest"),
    "digests": ("id content", "titles and counts, for 90 days; those of a report that goes, go with it"),
    "erasures": ("*", "numbers of what was forgotten"),
    "inbox": ("state reason", "that an update came, without what it said"),
    "invitations": ("id code_hash role", "a code that opens nothing any more"),
    "known_words": ("*", "words that are findable, and not who wrote them"),
    "leases": ("*", "which worker sends"),
    "workers": ("*", "which workers there are"),
    "announced_calls": ("*", "which calls are open"),
    "webhooks": ("*", "addresses of other systems, which owners have set up for the organisation"),
    "webhook_deliveries": ("webhook_id message type subject state trouble", "what they were told of, by its id"),
    "nominations": ("id code_hash state", "that somebody was named, without who it was"),
    "outbox": ("kind method state", "how a delivery ended, without what it said"),
    "people": ("language", "the number that is left, and in which language it was read to"),
    "review_groups": ("language chat_id", "a group of coordinators"),
    # a report that stays as its library's
    "answers": ("question value", "what the report says"),
    "attachments": ("id question kind reference name mime sha256 state error", "One draft, with its photos."),
    "findable": ("words", "the same, as search finds it"),
    "glances": ("*", "the same, as digests read it"),
    "happenings": ("kind old new", "what happened to it"),
    "initiatives": ("*", "the same, as readers see it"),
    "heavy_jobs": ("id name queue state error open_key", "what kind of file was made, and how that ended"),
    "lineage": ("relation", "what it has to do with another report"),
    "reports": ("form language call_slug", "its language and its call"),
    "reviews": ("reason asked_question asked_text", "what was decided"),
}
"""In which columns something of a marked person may stay, and why. Everywhere else nothing does."""


def person_columns() -> Iterator[Column[Any]]:
    """Every column that names a person, by its foreign key or by what it is called."""
    for table in metadata.sorted_tables:
        keys = [each for each in table.constraints if isinstance(each, ForeignKeyConstraint)]
        pointing = {column.name for key in keys if key.referred_table is people for column in key.columns}
        for column in table.c:
            if column.name in pointing or PERSONS.search(column.name):
                yield column


def test_every_column_that_names_a_person_is_held_or_explained() -> None:
    held = {f"{each.table.name}.{name}" for each in HELD for name in each.columns}
    unknown = [f"{each.table.name}.{each.name}" for each in person_columns()]
    missing = [name for name in unknown if name not in held and name not in STAYS]
    assert not missing, f"storage/privacy/personal_columns.py does not say whose these are: {missing}"


def test_whatever_is_held_and_neither_goes_nor_is_emptied_is_explained() -> None:
    for each in HELD:
        for name in each.columns:
            if not each.goes and name not in each.emptied:
                assert f"{each.table.name}.{name}" in STAYS, f"{each.table.name}.{name}"


def test_nothing_is_explained_that_is_not_there() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c}
    assert set(STAYS) <= columns
    assert set(LEFT) <= set(metadata.tables)


def fill(url: str, status: str) -> None:
    """A row of every table that is the marked person's, person 1, and one that is of person 2."""
    with make_engine(normalise_url(url)).begin() as connection:
        for table in metadata.sorted_tables:
            for number in (1, 2):
                row = {column.name: _value(column, number) for column in table.c}
                row |= {"id": f"r{number}", "status": status, "discarded_at": None} if table is reports else {}
                row |= {"forgotten_at": None, "telegram_id": TELEGRAM * number} if table is people else {}
                row |= {"state": "done"} if table.name in ("inbox", "outbox", "occasions") else {}
                row |= {"id": number + 100, "kind": "contacts", "subject": "none"} if table.name == "erasures" else {}
                connection.execute(insert(table), row)


def _value(column: Column[Any], number: int) -> Any:
    marked = MARK if number == 1 else "other"
    if column.name == "report_id":
        return f"r{number}"
    for key in column.foreign_keys:
        if key.column.table is reports:
            return f"r{number}"
        if isinstance(key.column.type, SafeText):
            return _value(key.column, number)
    match column.type:
        case UtcTime():
            return NOW
        case Json() if column.table.name == "digests":
            return {marked: [f"r{number}"]}
        case Json():
            return {marked: [marked]}
        case Tokens():
            return [marked]
        case SafeText():
            return f"{marked} {column.table.name}.{column.name} {number}"
        case _ if column.name in ("telegram_id", "chat_id", "lane"):
            return TELEGRAM * number
        case kind if str(kind) == "BOOLEAN":
            return False
        case _:
            return number


def left(url: str, table: Table, number: int = 1) -> list[str]:
    """What is in the rows of a table that still speaks of the marked person."""
    with make_engine(normalise_url(url)).connect() as connection:
        found = connection.execute(select(table)).mappings().all()
    mark = MARK if number == 1 else "other"
    return [name for row in found for name, value in row.items() if mark in str(value) or value == TELEGRAM * number]


@pytest.mark.parametrize("with_reports", [False, True])
@pytest.mark.parametrize("status", ["draft", "submitted", "published"])
def test_nothing_is_left_in_any_table_but_what_is_explained(url: str, status: str, with_reports: bool) -> None:
    fill(url, status)
    others = {table.name: left(url, table, 2) for table in metadata.sorted_tables}
    assert left(url, people)
    with make_engine(normalise_url(url)).begin() as connection:
        assert Forgetting(connection).again([Erasure(later(days=1), "person", "1", with_reports)]) == 1
    for table in metadata.sorted_tables:
        columns, _why = LEFT.get(table.name, ("", ""))
        found = [name for name in left(url, table) if columns != "*" and name not in columns.split()]
        assert not found, f"{table.name} still knows the person: {found}"
        assert left(url, table, 2) == others[table.name], f"{table.name} of somebody else"
    if status == "draft" or with_reports:
        for name in ("answers", "attachments", "glances", "happenings", "initiatives", "findable", "digests"):
            assert not left(url, metadata.tables[name]), name
        assert not {"old", "new"} & set(left(url, audit))
    assert not left(url, metadata.tables["personal_answers"])


async def test_a_report_stays_as_the_librarys_and_the_person_comes_back_as_somebody_new(storage: Storage) -> None:
    await draft(storage, title="Story time", library={"key": "dk-0461", "name": "Odense"})
    await keep(storage, ReportSubmitted("r1"), Answered("r1", "contact", {"name": "Ida"}, "Ida", 7, personal=True))
    await draft(storage, "r2", title="Only begun")
    await keep(storage, PersonForgotten(False), now=later(days=1))
    returned = await storage.write(lambda work: arrive(work))
    assert returned.id != 1
    assert (returned.library, returned.privacy_seen) == (None, "")
    stays, goes, own_now = await storage.read(
        lambda work: (work.reports.own(1, "r1"), work.reports.own(1, "r2"), work.reports.of(returned.id))
    )
    assert stays is not None
    assert stays.answers == {"title": "Story time", "library": {"key": "dk-0461", "name": "Odense"}}
    assert goes is None
    assert own_now == []
    trail = await storage.read(lambda work: work.audit.page(0, 9))
    assert (trail[0].action, trail[0].name) == ("forgotten", "#1")


async def test_reports_that_go_too_are_withdrawn_and_empty(storage: Storage) -> None:
    await draft(storage, title="Story time")
    await keep(storage, ReportSubmitted("r1"))
    await keep(storage, Answered("r1", "title", "Story time in the park"))
    await keep(storage, ReportWithdrawn("r1"), PersonForgotten(True), now=later(days=1))
    found = await storage.read(lambda work: work.reports.own(1, "r1"))
    assert found is not None
    assert (found.status, found.answers) == ("withdrawn", {})
    entries = await storage.read(lambda work: work.audit.of_report("r1"))
    assert [(each.action, each.old, each.new) for each in entries] == [
        ("submitted", None, None),
        ("corrected", None, None),
        ("withdrawn", None, None),
    ]
    await storage.write(lambda work: work.summaries.refresh())


async def test_contacts_go_alone_and_only_the_authors(storage: Storage) -> None:
    await draft(storage, title="Story time")
    for email in ("old@example.org", "new@example.org"):
        await keep(storage, Answered("r1", "contact", {"email": email}, email, 7, personal=True))
    with pytest.raises(NoSuchReport):
        await keep(storage, ContactsErased("r1", ("contact",)), who=BO)
    assert "contact" in (await own(storage)).answers
    await keep(storage, ContactsErased("r1", ("contact",)))
    assert (await own(storage)).answers == {"title": "Story time"}
    assert await storage.read(lambda work: [each.subject for each in work.forgetting.journal()]) == ["r1"]


async def test_what_is_known_to_be_forgotten_is_forgotten_again(storage: Storage) -> None:
    """As after the restoration of a backup that was made before."""
    await draft(storage, title="Story time")
    await draft(storage, "r9", who=BO, title="Another")
    await keep(storage, Answered("r9", "contact", {"name": "Ida"}, personal=True), who=BO)
    known = [Erasure(later(days=1), "person", "1"), Erasure(later(days=2), "contacts", "r9")]
    assert await storage.write(lambda work: work.forgetting.again(known)) == 2
    assert await storage.write(lambda work: work.forgetting.again(known)) == 0
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is None
    assert (await own(storage, "r9", BO)).answers == {"title": "Another"}
    assert (await storage.write(lambda work: arrive(work))).id != 1


async def test_whoever_has_the_number_since_then_is_not_forgotten(storage: Storage) -> None:
    """A person who came after the erasure, into a database that had not yet given the number away."""
    await draft(storage, title="Story time")
    await storage.write(lambda work: work.forgetting.again([Erasure(later(days=-1), "person", "1")]))
    assert (await own(storage)).answers == {"title": "Story time"}
    assert (await storage.write(lambda work: arrive(work, ANA))).id == 1


def test_nobody_learns_from_their_own_data_what_another_answered_to_a_proposal(url: str) -> None:
    fill(url, "published")
    with make_engine(normalise_url(url)).begin() as connection:
        collecting = MyData(connection)
        held = next(each for each in HELD if each.table.name == "pairings")
        (row,) = collecting.held(held, collecting.subject(1))
    assert "first_said" in row
    assert not {"second_said", "state"} & set(row)


@pytest.mark.parametrize("with_reports", [False, True])
async def test_what_the_other_side_let_them_know_goes_too(storage: Storage, with_reports: bool) -> None:
    """In a note and in a proposal; what the other has given to somebody else stays."""
    await draft(storage, title="Story time")
    await keep(storage, ReportSubmitted("r1"))
    ana, bo = (
        (await storage.write(lambda work: arrive(work))).id,
        (await storage.write(lambda work: arrive(work, BO))).id,
    )

    def fill(work: UnitOfWork) -> None:
        note = Note("n1", "r1", bo, ana, {"said": "May we come along?"}, "connected")
        work.notes.send(note, NOW)
        pairing = {"key": f"{ana}:{bo}", "first_id": bo, "second_id": ana, "reason": "sparring", "state": "told"}
        pairing |= {"second_report": "r1"}
        times = {"made_at": NOW, "told_at": NOW, "until": NOW, "first_said": "yes", "second_said": "yes"}
        work._connection.execute(insert(metadata.tables["pairings"]), {"id": 7, **pairing, **times})
        for about in ("n1", "pairing:7", "n2", "pairing:77"):
            work.notes.give(about, bo, "bo@example.org", NOW)

    await storage.write(fill)
    await keep(storage, PersonForgotten(with_reports), now=later(days=1))
    given = metadata.tables["contacts_given"]
    left_over = await storage.read(
        lambda work: work._connection.scalars(select(given.c.about).order_by(given.c.about)).all()
    )
    assert left_over == ["n2", "pairing:77"]


async def test_what_was_taken_out_of_a_draft_is_in_no_byte_of_the_file(
    sqlite_url: str, sqlite_storage: Storage
) -> None:
    """The words came in two messages, are kept beside the draft, and stand in the update and on a screen."""
    storage = sqlite_storage
    said, text = "Čarna “Zoe” Hassan", "Each week we read in the park. The participant is Čarna “Zoe” Hassan."
    told = {"told": {"parts": [[1, text]], "read": [], "at": "", "listed": True}}
    await draft(storage, title="Reading")
    for value in (text, f"{text} Yes, {said}."):
        answered = Answered("r1", "summary", value, value, parts=((1, text), (2, value)))
        await keep(storage, answered, DraftLeft("r1", {"aside": told}))
    await storage.write(lambda work: written(work, text))
    assert with_bytes(sqlite_url, b"Hassan")
    clean = text.replace(said, "[…]")
    await keep(
        storage, Answered("r1", "summary", clean, clean), PersonalTakenOut("r1", said), DraftLeft("r1", {"aside": {}})
    )
    assert (await own(storage)).answers == {"title": "Reading", "summary": clean}
    assert await storage.empty_journal()
    assert with_bytes(sqlite_url, b"[")
    assert with_bytes(sqlite_url, b"Hassan") == []


async def test_nothing_is_taken_out_of_what_was_sent_or_is_somebody_elses(storage: Storage) -> None:
    await draft(storage, title="Reading with Zoe Hassan")
    await keep(storage, ReportSubmitted("r1"))
    await keep(storage, Answered("r1", "title", "Reading", "Reading"), PersonalTakenOut("r1", "Zoe Hassan"))
    with pytest.raises(NoSuchReport):
        await keep(storage, PersonalTakenOut("r1", "Reading"), who=BO)
    history = await storage.read(
        lambda work: work._connection.scalars(select(answers.c.value).order_by(answers.c.id)).all()
    )
    assert history == ["Reading with Zoe Hassan", "Reading"], "corrections of a report keep who changed what"


def with_bytes(url: str, wanted: bytes) -> list[str]:
    """The files of the database that contain `wanted`."""
    database = Path(url.removeprefix("sqlite:///"))
    return [each.name for each in database.parent.glob(f"{database.name}*") if wanted in each.read_bytes()]


def written(work: UnitOfWork, text: str) -> None:
    """An update with this text that was handled, as Telegram escapes it, and the screen that repeated it."""
    work.inbox.receive_many(1, [(7, ANA, dumps({"text": text}))], NOW)
    received = work.inbox.next_for(ANA)
    assert received is not None
    work.inbox.done(received)
    shown = Outgoing(
        chat_id=ANA, method="sendMessage", payload={"text": text}, kind="reply", due_at=NOW, key=None, person_id=None
    )
    work.outbox.add(shown)
    work._connection.execute(update(outbox).values(state="sent"))
