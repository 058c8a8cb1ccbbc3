"""What a week has brought, read from both databases as the librarians wrote it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conversations.model.digests.digest import Digest
from conversations.model.digests.looking import gather
from conversations.model.digests.packing import pack, unpack
from conversations.model.digests.periods import Period, past_week, read_period, week_of
from conversations.model.outcomes import (
    Answered,
    CallChanged,
    CallStarted,
    ExportAsked,
    ExportCancelled,
    ReportDeclined,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, arrive, draft, keep

ZONE = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=ZONE)
ODENSE = {"key": "dk-0461", "name": "Odense Bibliotekerne"}


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE).astimezone(UTC)


async def sent(storage: Storage, report: str, when: datetime, who: int = ANA, **answers: object) -> None:
    told = {"title": f"Café {report}", "status": "running", "themes": ["language_cafe"], "library": ODENSE, **answers}
    await draft(storage, report, who, when, **told)
    await keep(storage, ReportSubmitted(report), who=who, now=when)


async def digest(storage: Storage, period: Period | None = None) -> Digest:
    asked = period or past_week(MONDAY, ZONE)
    return await storage.write(lambda work: gather(work.lookup(arrive(work), MONDAY), asked, ZONE, MONDAY))


def kinds(found: Digest) -> list[tuple[str, str]]:
    return [(row.report.id, row.happening.kind) for row in found.rows]


async def test_each_thing_stands_in_the_week_it_happened(storage: Storage) -> None:
    await sent(storage, "last", at(15, 23))
    await sent(storage, "new", at(16, 0), contribute=["resource_person", "study_visit"])
    await sent(storage, "told", at(17), outcome="They speak more.", evidence_types=["statistics"])
    await draft(storage, "draft", now=at(18))
    await keep(storage, Answered("last", "status", "finished"), now=at(18))
    await keep(storage, Answered("last", "outcome", "They found work."), now=at(22, 23))
    await keep(storage, Answered("new", "outcome", "They found friends."), now=at(23, 0))
    found = await digest(storage)
    assert kinds(found) == [
        ("new", "new"),
        ("new", "offer"),
        ("told", "new"),
        ("told", "outcome"),
        ("last", "progress"),
        ("last", "outcome"),
    ]
    assert found.libraries == 1
    assert found.earlier[0] == {"language_cafe": 1}
    assert [waiting.report.id for waiting in found.waiting] == ["last", "new", "told"]
    assert unpack(pack(found)) == found


async def test_what_was_taken_back_is_not_told(storage: Storage) -> None:
    await sent(storage, "kept", at(17))
    await sent(storage, "gone", at(18), BO)
    await keep(storage, ReportWithdrawn("gone"), who=BO, now=at(19))
    assert kinds(await digest(storage)) == [("kept", "new")]


async def test_the_week_in_which_a_report_is_withdrawn_or_declined_knows_of_it(storage: Storage) -> None:
    for report, who in (("old", BO), ("new", BO), ("bad", ANA), ("kept", ANA)):
        await sent(storage, report, at(9) if report != "new" else at(17), who)
    for report in ("old", "new"):
        await keep(storage, ReportWithdrawn(report), who=BO, now=at(19))
    await keep(storage, ReportDeclined("bad", 1, {"chosen": "topic"}), who=BO, now=at(18))
    found = await digest(storage)
    assert [(each.report, each.status, each.submitted_at, each.at) for each in found.left] == [
        ("bad", "declined", at(9), at(18)),
        ("old", "withdrawn", at(9), at(19)),
    ]
    assert unpack(pack(found)) == found
    first = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.since())
    assert first == at(9)
    await keep(storage, ReportWithdrawn("kept"), now=at(20))
    assert await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.since()) is None


async def test_a_correction_is_seen_at_once(storage: Storage) -> None:
    await sent(storage, "r", at(17))
    await digest(storage)
    await keep(storage, Answered("r", "title", "A better name"), now=at(18))
    (row,) = (await digest(storage)).rows
    assert row.report.title == "A better name"


async def test_a_digest_of_some_days(storage: Storage) -> None:
    await sent(storage, "in", at(3))
    await sent(storage, "out", at(16))
    some_days = read_period("1.11.-15.11.", MONDAY.date(), ZONE)
    assert kinds(await digest(storage, some_days)) == [("in", "new")]


async def test_all_is_counted(storage: Storage) -> None:
    await sent(storage, "a", at(3), themes=["language_cafe", "outreach"], target_groups=["refugees"])
    await sent(storage, "b", at(4), status="planned", outcome="Not asked of plans", library={"key": None, "name": "X"})
    await sent(storage, "c", at(5), BO, outcome="More words", evidence_types=["interviews"])
    figures = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.figures())
    assert (figures.total, figures.libraries, figures.outcomes) == (3, 2, 1)
    assert figures.months == {"2026-11": 3}
    assert figures.themes == {"language_cafe": 3, "outreach": 1}
    assert figures.progress == {"running": 2, "planned": 1}
    assert figures.evidence == {"interviews": 1}
    assert figures.regions == {("DK", "Syddanmark"): 2, ("", ""): 1}


async def test_an_organisation_outside_the_register_counts_where_it_is(storage: Storage) -> None:
    library = {"key": None, "name": "Foreningen Æblet", "municipality": "DK-0751"}
    await sent(storage, "a", at(3), library=library)
    figures = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.figures())
    assert figures.regions == {("DK", "Midtjylland"): 1}
    places = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.coverage("DK"))
    assert [place.name for place in places if place.state == "reported"] == ["Aarhus"]


@pytest.mark.parametrize("country", ["DK", "SI"])
async def test_every_municipality_is_somewhere(storage: Storage, country: str) -> None:
    await sent(storage, "a", at(3), status="planned")
    places = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.coverage(country))
    assert len(places) == {"DK": 98, "SI": 212}[country]
    assert [place.name for place in places if place.state == "planned"] == (["Odense"] if country == "DK" else [])


async def test_only_what_is_known_counts_as_known(storage: Storage) -> None:
    told: dict[str, Any] = {"outcome": "They speak more.", "target_groups": ["refugees"]}
    await sent(storage, "measured", at(3), **told, evidence_types=["statistics"])
    await sent(storage, "felt", at(4), BO, **told, evidence_types=["none_yet"])
    await sent(storage, "silent", at(5), BO, **told)
    await sent(storage, "elsewhere", at(5), **{**told, "themes": ["outreach"]}, evidence_types=["interviews"])

    async def known(theme: str, group: str) -> list[str]:
        found = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.known(theme, group))
        return [each.summary.id for each in found]

    assert await known("", "refugees") == ["elsewhere", "measured"]
    assert await known("language_cafe", "") == ["measured"]
    assert await known("language_cafe", "women") == []


async def test_a_file_is_made_by_one_and_not_when_it_is_unwanted(storage: Storage) -> None:
    for this in ("first", "second"):
        await keep(storage, ExportAsked(this, "csv", with_contacts=True))
    await keep(storage, ExportCancelled("first"))
    found = [await storage.write(lambda work: work.exports.next(MONDAY)) for _worker in range(2)]
    assert [asked and (asked.id, asked.with_contacts) for asked in found] == [("second", True), None]
    again = await storage.write(lambda work: work.exports.next(MONDAY + timedelta(minutes=5)))
    assert again is not None  # whoever made it gave no sign
    clock_put_back = await storage.write(lambda work: work.exports.next(MONDAY))
    assert clock_put_back is not None  # whoever made it five minutes from now, is gone
    noted = await storage.read(lambda work: [entry for entry in work.audit.lines() if entry["action"] == "exported"])
    assert [entry["new"] for entry in noted] == [{"format": "csv", "with_contacts": True}] * 2


async def test_what_was_sent_to_a_call_comes_with_its_own_answers(storage: Storage) -> None:
    def begun(work: UnitOfWork) -> None:
        work.calls.start(CallStarted("rooms", "da", "Rum", "UTC"), at(1))
        work.calls.change(CallChanged("rooms", "deadline", {"at": at(10).isoformat(), "timezone": "UTC"}), at(1))

    await storage.write(begun)
    await sent(storage, "late", at(11), campaign="rooms", own_1="2", own_3=None)
    await sent(storage, "early", at(9), BO, campaign="rooms", own_1="1", own_2="Alle kom.")
    await sent(storage, "declined", at(9, 13), BO, campaign="rooms")
    await sent(storage, "gone", at(9), BO, campaign="rooms", own_1="1")
    await sent(storage, "other", at(9))
    await keep(storage, ReportDeclined("declined", 1, {"chosen": "topic"}), who=BO, now=at(12))
    await keep(storage, ReportWithdrawn("gone"), who=BO, now=at(12))
    found = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.to_call("rooms"))
    assert [(each.report.id, each.report.status, each.late, each.answers) for each in found] == [
        ("early", "submitted", False, {"own_1": "1", "own_2": "Alle kom."}),
        ("declined", "declined", False, {}),
        ("late", "submitted", True, {"own_1": "2"}),
    ]


async def test_a_municipality_without_a_library_counts_with_the_one_that_serves_it(storage: Storage) -> None:
    kamnik = {"key": "si-043", "name": "Matična knjižnica Kamnik"}
    await sent(storage, "a", at(3), library=kamnik)
    places = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.coverage("SI"))
    heard = {place.name: place.reports for place in places if place.state == "reported"}
    assert heard["Kamnik"] == 1
    assert heard["Komenda"] == 0


async def test_it_says_how_many_nobody_has_confirmed_for_long(storage: Storage) -> None:
    long_ago = MONDAY - timedelta(days=560)
    for report, status in (("going-on", "running"), ("over", "finished")):
        await sent(storage, report, long_ago, status=status, sharing="public")
        await keep(storage, ReportPublished(report, 1), who=BO, now=long_ago)
    await sent(storage, "new", at(17))
    found = await digest(storage)
    assert found.unconfirmed == 1
    assert unpack(pack(found)) == found
    earlier = week_of(MONDAY.date() - timedelta(days=60), ZONE)
    assert (await digest(storage, earlier)).unconfirmed == 0  # it tells of what is open now
