"""What is cleared away at night, on a simulated calendar: what is old enough and nothing else, in portions, once."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text, update

from bot.jobs import housekeeping
from bot.jobs.housekeeping import Housekeeping
from bot.jobs.nightly import Nightly
from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from bot.receiving.inline import EVERYBODY
from bot.runtime import journal
from conversations.context.session import Filling, Session, Turn
from conversations.model.outcomes import (
    Answered,
    DraftDiscarded,
    DraftStarted,
    Outcome,
    RemindersChosen,
    ReportSubmitted,
    TimezoneChosen,
)
from conversations.model.privacy import KINDS
from conversations.model.retention import (
    CONTACTS,
    DRAFT_WARNING,
    DRAFTS,
    INBOX,
    OUTBOX,
    QUARANTINE,
    ended_on,
    last_night,
)
from conversations.model.search import Wanted
from storage.messages.outbox import Outgoing
from storage.models import contacts_given, erasures, last_done, notes, outbox, reminders
from storage.privacy import retention
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.publishing import publish

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Nights:
    """Housekeeping whose clock is set by the test."""

    def __init__(self, storage: Storage, folder: Path) -> None:
        self.storage = storage
        self.now = NOW
        self.nightly = Nightly(storage, COPENHAGEN, clock=lambda: self.now)
        self.keeper = Housekeeping(storage, folder, self.nightly, clock=lambda: self.now)

    async def come(self, **days: float) -> None:
        """Some time passes, and it is looked again."""
        self.now = NOW + timedelta(**days)
        await self.keeper.look()

    async def done(self) -> list[object]:
        """What the audit trail says was cleared away, the first first."""
        found = await self.storage.read(lambda work: work.audit.page(0, 99))
        return [each.new for each in reversed(found) if each.action == "cleared away"]


@pytest.fixture
def nights(storage: Storage, tmp_path: Path) -> Nights:
    return Nights(storage, tmp_path)


async def turn(storage: Storage, who: int, *outcomes: Outcome, now: datetime = NOW, at: Filling | None = None) -> None:
    def keep(work: UnitOfWork) -> None:
        person = work.people.arrive(who, who, "en", now).person
        work.keep(person, Turn(Session(1, at), (), outcomes), now)

    await storage.write(keep)


async def rows(storage: Storage, statement: str) -> list[tuple[object, ...]]:
    return await storage.read(lambda work: [tuple(row) for row in work._connection.execute(text(statement))])


async def test_updates_are_known_for_seven_days_and_what_was_set_aside_for_thirty(
    nights: Nights, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TOGETHER", 3)

    def receive(work: UnitOfWork) -> None:
        for day in range(40):
            at = NOW - timedelta(days=40 - day)
            work.inbox.quarantine(1, 1000 + day, "{}", "not an update", at)
            for each in work.inbox.receive_many(1, [(day, 7, "{}")], at):
                if day != 5:
                    work.inbox.done(each)

    await storage.write(receive)
    await nights.come()
    left = await rows(storage, "SELECT update_id, state FROM inbox ORDER BY update_id")
    assert [this for this, state in left if state == "done"] == [33, 34, 35, 36, 37, 38, 39]
    assert [this for this, state in left if state == "pending"] == [5]
    assert [this for this, state in left if state == "quarantined"] == list(range(1010, 1040))
    assert await nights.done() == [{"inbox": 32 + 10}]


async def test_what_was_sent_is_forgotten_after_ninety_days_and_how_it_ended_is_not(
    nights: Nights, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TOGETHER", 2)

    def send(work: UnitOfWork) -> None:
        for days in (200, 100, 91, 89, 1):
            row = work.outbox.add(Outgoing(7, "sendMessage", {"text": f"{days}"}, "reply", NOW))
            at = {"created_at": NOW - timedelta(days=days), "state": "pending" if days == 100 else "sent"}
            work._connection.execute(update(outbox).where(outbox.c.id == row.id).values(at))

    await storage.write(send)
    await nights.come()
    left = await rows(storage, "SELECT payload, state FROM outbox ORDER BY id")
    assert left == [
        ("{}", "sent"),
        ('{"text":"100"}', "pending"),
        ("{}", "sent"),
        ('{"text":"89"}', "sent"),
        ('{"text":"1"}', "sent"),
    ]
    await nights.come(days=1)
    await nights.come(days=2)
    assert await nights.done() == [{"outbox": 2}, {"outbox": 1}]


async def test_a_draft_goes_after_sixty_days_and_its_author_is_warned_in_waking_hours(
    nights: Nights, storage: Storage, tmp_path: Path
) -> None:
    begun = (DraftStarted("r1"), Answered("r1", "title", "Story time"), RemindersChosen(False))
    await turn(storage, 7, *begun, at=Filling("r1", "summary", {"parts": [[1, "gathered"]]}))
    await turn(storage, 8, DraftStarted("r2"), Answered("r2", "title", "Reading"), now=NOW + timedelta(days=35))
    reminders = Reminders(Catalogues(COPENHAGEN), COPENHAGEN)
    for days in range(70):
        for hour in (2, 12):
            now = NOW + timedelta(days=days, hours=hour - 9)
            await nights.come(days=days, hours=hour - 9)
            await storage.write(partial(_tell, reminders, now))
        if days == 59:
            assert await storage.read(lambda work: work.reports.own(1, "r1")) is not None
    said = await rows(storage, "SELECT payload, person_id, created_at FROM outbox WHERE payload LIKE '%deleted on%'")
    assert len(said) == 2
    assert "Your draft “Story time” will be deleted on 21 January 2027." in str(said[0][0])
    told = await rows(storage, "SELECT subject, settled_at FROM occasions WHERE kind = 'draft-30'")
    assert [subject for subject, _at in told] == ["r2"]
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is None
    assert await storage.read(lambda work: work.reports.own(2, "r2")) is not None
    assert await rows(storage, "SELECT count(*) FROM answers WHERE report_id = 'r1'") == [(0,)]
    standing = await rows(storage, "SELECT position FROM sessions ORDER BY person_id")
    assert standing[0] == (None,)
    assert [done for done in await nights.done() if "drafts" in done] == [{"drafts": 1}]  # type: ignore[operator]


def _tell(reminders: Reminders, now: datetime, work: UnitOfWork) -> None:
    reminders.tell(work, now)


async def test_a_warning_that_came_late_puts_the_end_off(nights: Nights, storage: Storage) -> None:
    """The bot was away for months: nobody's draft goes the night it is back."""
    await turn(storage, 7, DraftStarted("r1"))
    await turn(storage, 8, DraftStarted("r2"))
    await storage.write(lambda work: work.people.stopped(8))
    reminders = Reminders(Catalogues(COPENHAGEN), COPENHAGEN)
    await nights.come(days=100)
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is not None
    assert await storage.read(lambda work: work.reports.own(2, "r2")) is None  # who cannot be told is not waited for
    await storage.write(lambda work: reminders.tell(work, NOW + timedelta(days=100, hours=1)))
    await nights.come(days=106)
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is not None
    await nights.come(days=108)
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is None


async def test_a_draft_thrown_away_goes_after_a_week(nights: Nights, storage: Storage) -> None:
    await turn(storage, 7, DraftStarted("r1"), Answered("r1", "title", "Story time"), DraftDiscarded("r1"))
    await nights.come(days=6)
    assert await rows(storage, "SELECT count(*) FROM answers") == [(1,)]
    await nights.come(days=8)
    assert await rows(storage, "SELECT count(*) FROM answers") == [(0,)]
    assert await rows(storage, "SELECT count(*) FROM reports") == [(0,)]


async def test_contacts_go_a_year_after_the_initiative_ended(
    nights: Nights, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "TOGETHER", 2)
    for number, (status, end) in enumerate(
        [
            ("finished", "2025-11-21"),
            ("finished", "2025-11-23"),
            ("running", None),
            ("finished", None),
            ("paused", None),
        ]
    ):
        this = f"r{number}"
        said = (Answered(this, "status", status), *((Answered(this, "period_end", end),) if end else ()))
        named = Answered(this, "contact", {"name": "Ida"}, personal=True)
        await turn(storage, 7, DraftStarted(this), *said, named, ReportSubmitted(this))
    await nights.come()
    left = "SELECT report_id FROM personal_answers ORDER BY 1"
    assert await rows(storage, left) == [("r1",), ("r2",), ("r3",), ("r4",)]
    await nights.come(days=367)
    assert await rows(storage, left) == [("r2",), ("r4",)]


async def test_a_night_is_done_once_and_made_up_for_if_it_was_missed(
    nights: Nights, storage: Storage, tmp_path: Path
) -> None:
    other = Nights(storage, tmp_path)
    await nights.come()

    async def done_at() -> object:
        return await storage.read(lambda work: work._connection.scalar(select(last_done.c.done_at)))

    assert await done_at() == NOW
    await other.come(hours=16, minutes=59)  # 03:00 in Copenhagen is 02:00 in UTC, and it is not yet that
    assert await done_at() == NOW
    await other.come(hours=17, minutes=1)
    assert await done_at() == NOW + timedelta(hours=17, minutes=1)
    await nights.come(days=30)
    assert await done_at() == NOW + timedelta(days=30)


async def test_of_two_workers_one_clears_away(nights: Nights, storage: Storage) -> None:
    since = last_night(NOW, COPENHAGEN)

    def take(work: UnitOfWork) -> bool:
        return work.last_done.take("retention", since, NOW)

    assert [await storage.write(take) for _worker in range(2)] == [True, False]
    later = NOW + timedelta(hours=1, seconds=1)  # the first one has died
    assert await storage.write(lambda work: work.last_done.take("retention", since, later))


async def test_digests_exports_and_codes_tried_go_too(nights: Nights, storage: Storage) -> None:
    await turn(storage, 7)

    def fill(work: UnitOfWork) -> None:
        work.exports.ask("e1", 1, "csv", False, "en", NOW - timedelta(days=91))
        work.exports.ask("e2", 1, "csv", False, "en", NOW - timedelta(days=89))
        work.invitations.tried(1, NOW - timedelta(days=2))

    await storage.write(fill)
    await nights.come()
    assert await rows(storage, "SELECT id FROM exports") == [("e2",)]
    assert await rows(storage, "SELECT count(*) FROM redemption_tries") == [(0,)]


@pytest.mark.parametrize(
    ("status", "answers", "ended"),
    [
        ("published", {"status": "running"}, None),
        ("published", {"status": "finished"}, date(2026, 5, 1)),
        ("published", {"status": "finished", "period_end": "2025"}, date(2025, 12, 31)),
        ("published", {"status": "running", "period_end": "2003/.."}, None),
        ("published", {"status": "finished", "period_end": "undecided"}, date(2026, 5, 1)),
        ("withdrawn", {"status": "running"}, date(2026, 6, 1)),
        ("declined", {}, date(2026, 6, 1)),
    ],
)
def test_when_an_initiative_ended(status: str, answers: dict[str, str], ended: date | None) -> None:
    said, changed = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    assert ended_on(status, answers, said, changed) == ended


def test_what_the_notice_says_is_what_is_done() -> None:
    told = {kind.key: kind.how_long.text for kind in KINDS}
    for days in (INBOX, QUARANTINE, OUTBOX):
        assert f"{days.days} days" in told["messages"]
    assert f"{DRAFTS.days} days" in told["reports"]
    assert f"after {DRAFT_WARNING.days}" in told["reports"]
    assert "12 months" in told["contacts"]
    assert CONTACTS.days == 365


def test_the_night_begins_at_three_whatever_the_clocks_do() -> None:
    assert last_night(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), COPENHAGEN) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert last_night(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), COPENHAGEN) == datetime(2026, 10, 24, 1, tzinfo=UTC)


async def test_every_worker_writes_down_who_was_forgotten_whichever_of_them_did_it(
    storage: Storage, tmp_path: Path
) -> None:
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()

    def forgets(work: UnitOfWork) -> None:
        person = work.people.arrive(7, 7, "da", NOW).person.id
        work.forgetting.person(person, NOW, reports_too=True)

    for _somebody in range(2):
        await storage.write(forgets)
        for folder in folders:
            await Nights(storage, folder).come()
    assert len(journal.read(folders[0])) == 2
    assert journal.read(folders[0]) == journal.read(folders[1])


async def test_who_was_forgotten_is_written_down_once_and_read_only_while_it_is_new(
    nights: Nights, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "OUT_OF_ORDER", 3)
    monkeypatch.setattr(housekeeping, "READ_TOGETHER", 4)

    async def forgotten(*numbers: int) -> int:
        """Erasures of these numbers, and a look; how many it read."""
        told = {"at": NOW, "kind": "contacts", "reports": False, "last_row": 0, "settled_at": NOW}
        rows = [{**told, "id": number, "subject": f"r{number}"} for number in numbers]
        await storage.write(lambda work: work._connection.execute(insert(erasures), rows).rowcount)
        await nights.come()
        return len(nights.keeper._written)

    assert await forgotten(*range(1, 10)) == 9
    assert await forgotten(12) == 4
    assert await forgotten(11) == 2  # of another worker, which had taken its number before and committed after
    subjects = [each.subject for each in journal.read(tmp_path)]
    assert subjects == [*(f"r{number}" for number in range(1, 10)), "r12", "r11"]
    (tmp_path / journal.NAME).unlink()
    assert await forgotten(13) == 12
    assert len(journal.read(tmp_path)) == 12


async def test_the_index_of_the_search_is_of_one_piece_every_morning(nights: Nights, storage: Storage) -> None:
    for number in range(12):
        await publish(storage, f"r{number}", number, title=f"Sprogcafé {number}")

    def pieces(work: UnitOfWork) -> int:
        """At most so many that every word is asked of; one on PostgreSQL, which has no pieces."""
        if work._connection.dialect.name != "sqlite":
            return 1
        counts = (f"SELECT count(DISTINCT segid) FROM {name}_index_idx" for name in ("findable", "known_words"))
        return max(work._connection.scalar(text(count)) or 0 for count in counts)

    def found(work: UnitOfWork) -> list[int]:
        return list(work.search.find(Wanted("sprogcafé"), EVERYBODY, 100).numbers)

    before = await storage.read(found)
    await nights.come()
    assert await storage.read(pieces) == 1
    assert await storage.read(found) == before
    assert len(before) == 12
    await publish(storage, "another", 99, title="Sprogcafé")
    await nights.come(days=1)
    assert await storage.read(pieces) == 1
    assert len(await storage.read(found)) == 13


async def test_a_draft_that_is_gone_on_with_and_left_again_is_warned_of_again(nights: Nights, storage: Storage) -> None:
    reminders = Reminders(Catalogues(COPENHAGEN), COPENHAGEN)
    warnings = "SELECT count(*) FROM occasions WHERE kind = 'draft-30'"
    await turn(storage, 7, DraftStarted("r1"), Answered("r1", "title", "Story time"))
    await nights.come(days=31)
    await storage.write(lambda work: reminders.tell(work, NOW + timedelta(days=31, hours=1)))
    assert await rows(storage, warnings) == [(1,)]
    await turn(storage, 7, Answered("r1", "title", "Story time in the park"), now=NOW + timedelta(days=40))
    await nights.come(days=62)
    assert await rows(storage, warnings) == [(1,)]
    await nights.come(days=71)
    assert await rows(storage, warnings) == [(2,)]
    await nights.come(days=101)  # of the second end nobody was told yet
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is not None
    await storage.write(lambda work: reminders.tell(work, NOW + timedelta(days=101, hours=1)))
    await nights.come(days=107)
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is not None
    await nights.come(days=109)
    assert await storage.read(lambda work: work.reports.own(1, "r1")) is None


async def test_a_draft_is_warned_of_in_the_waking_hours_of_its_author(nights: Nights, storage: Storage) -> None:
    await turn(storage, 7, TimezoneChosen("America/Nuuk"), DraftStarted("r1"))
    await turn(storage, 8, DraftStarted("r2"))
    await nights.come(days=31)  # at ten in Copenhagen, at seven in Nuuk
    asked = select(reminders.c.subject, reminders.c.due_at)
    due = await storage.read(lambda work: dict(work._connection.execute(asked).all()))
    assert due == {"r1": datetime(2026, 12, 23, 11, tzinfo=UTC), "r2": NOW + timedelta(days=31)}


async def test_what_people_gave_each_other_goes_after_a_year_with_the_note(nights: Nights, storage: Storage) -> None:
    for who in (7, 8):
        await turn(storage, who)
    await publish(storage, "r1", 1, title="Story time")

    def fill(work: UnitOfWork) -> None:
        for this, days in (("old", 366), ("young", 364)):
            at = NOW - timedelta(days=days)
            said = {"words": {"said": "?"}, "state": "connected", "question": "", "answer": "", "report_id": "r1"}
            note = {"id": this, "sender_id": 1, "recipient_id": 2, "sent_at": at, "moved_at": at, **said}
            work._connection.execute(insert(notes), note)
            for person in (1, 2):
                for about in (this, f"pairing:{this}"):
                    given = {"about": about, "person_id": person, "said": "ida@example.org", "at": at}
                    work._connection.execute(insert(contacts_given), given)
        late = {"about": "old", "person_id": 3, "said": "said later", "at": NOW}
        work._connection.execute(insert(contacts_given), late)

    await storage.write(fill)
    await nights.come()
    assert await rows(storage, "SELECT id FROM notes") == [("young",)]
    assert await rows(storage, "SELECT about, count(*) FROM contacts_given GROUP BY about ORDER BY about") == [
        ("pairing:young", 2),
        ("young", 2),
    ]


async def test_contacts_go_a_year_after_the_status_that_was_said_last(nights: Nights, storage: Storage) -> None:
    later = NOW + timedelta(days=100)
    for this, first, last in (("again", "finished", "running"), ("over", "running", "finished")):
        named = Answered(this, "contact", {"name": "Ida"}, personal=True)
        await turn(storage, 7, DraftStarted(this), Answered(this, "status", first), named, ReportSubmitted(this))
        await turn(storage, 7, Answered(this, "status", last), now=later)
    left = "SELECT report_id FROM personal_answers ORDER BY 1"
    await nights.come(days=464)
    assert await rows(storage, left) == [("again",), ("over",)]
    await nights.come(days=467)
    assert await rows(storage, left) == [("again",)]
