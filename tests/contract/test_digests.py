"""What is known of all reports together is looked up alike in memory and in databases."""

from datetime import UTC, date, datetime
from typing import Any

from conversations.model.digests.answered import ToCall
from conversations.model.digests.digest import Digest, Left, Waiting
from conversations.model.digests.figures import Figures
from conversations.model.digests.looking import Known, Place, Weekly
from conversations.model.digests.periods import days
from conversations.model.happenings import Happening, ReportSummary
from conversations.model.outcomes import (
    Answered,
    CallStarted,
    DigestMade,
    DigestUnwanted,
    DigestWanted,
    LineageTold,
    ReportDeclined,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.reports import ReportStatus
from tests.contract.kept import ANA, BO, CY, ODENSE, Kept, draft, initiative, publish

NOVEMBER = days(date(2026, 11, 1), date(2026, 11, 30), UTC)
OCTOBER = days(date(2026, 10, 1), date(2026, 10, 31), UTC)
SAID = {
    "status": "running",
    "title": "Sprogcafé",
    "summary": "Vi taler dansk.",
    "themes": ["language_cafe"],
    "target_groups": ["refugees"],
    "library": ODENSE,
    "sharing": "public",
}
OUTCOME = {"outcome": "They speak more.", "evidence_types": ["statistics"]}


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 12, tzinfo=UTC)


def summary(
    report: str, when: datetime, status: ReportStatus = "submitted", call: str = "", **more: Any
) -> ReportSummary:
    told: dict[str, Any] = {"themes": ("language_cafe",), "evidence": (), "outcome": False, **more}
    return ReportSummary(
        report,
        status,
        when,
        "Sprogcafé",
        "Vi taler dansk.",
        ODENSE["name"],
        "DK-0461",
        "Odense",
        "Syddanmark",
        "DK",
        "running",
        groups=("refugees",),
        sharing="public",
        call=call,
        language="da",
        **told,
    )


async def sent(kept: Kept, report: str, when: datetime, who: int = ANA, **answers: object) -> None:
    await draft(kept, report, who, when, **{**SAID, **answers})
    await kept.keep(ReportSubmitted(report), who=who, now=when)


PLAIN = summary("r1", at(2))
TELLS = summary("r2", at(3), call="autumn", themes=("reading",), evidence=("statistics",), outcome=True)


async def two_reports(kept: Kept) -> None:
    """One, and one that answers a call and tells what has changed."""
    await kept.keep(CallStarted("autumn", "da", "Efterår", "UTC"), who=CY, now=at(1))
    await sent(kept, "r1", at(2))
    await sent(kept, "r2", at(3), BO, campaign="autumn", themes=["reading"], own_1="Ja", **OUTCOME)


HAPPENED = [
    (PLAIN, Happening("new", at(2))),
    (TELLS, Happening("new", at(3))),
    (TELLS, Happening("outcome", at(3))),
]


async def test_what_happened(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.digests.since()) is None
    await two_reports(kept)
    await kept.given("digests.happened", lambda memory: setattr(memory.digests, "all", HAPPENED))
    await kept.given("digests.new_by_theme", lambda memory: setattr(memory.digests, "all", HAPPENED))
    await kept.given("digests.since", lambda memory: setattr(memory.digests, "all", HAPPENED))
    assert await kept.ask(lambda find: list(find.digests.happened(NOVEMBER))) == HAPPENED
    assert await kept.ask(lambda find: list(find.digests.happened(OCTOBER))) == []
    assert await kept.ask(lambda find: list(find.digests.happened(NOVEMBER, "autumn"))) == HAPPENED[1:]
    themes = {"language_cafe": 1, "reading": 1}
    assert await kept.ask(lambda find: dict(find.digests.new_by_theme(NOVEMBER))) == themes
    assert await kept.ask(lambda find: dict(find.digests.new_by_theme(NOVEMBER, "autumn"))) == {"reading": 1}
    assert await kept.ask(lambda find: dict(find.digests.new_by_theme(OCTOBER))) == {}
    assert await kept.ask(lambda find: find.digests.since()) == at(2)
    assert await kept.ask(lambda find: find.digests.since("autumn")) == at(3)
    assert await kept.ask(lambda find: find.digests.since("none")) is None


async def test_how_many_were_inspired_by_another(kept: Kept) -> None:
    await publish(kept, initiative("r9", "Sprogcafé", when=at(1)))
    await two_reports(kept)
    assert await kept.ask(lambda find: find.digests.inspired(NOVEMBER)) == 0
    await kept.keep(LineageTold(PLAIN.id, "r9", "inspired"))
    await kept.given("digests.inspired", lambda memory: setattr(memory.digests, "spread", 1))
    assert await kept.ask(lambda find: find.digests.inspired(NOVEMBER)) == 1
    assert await kept.ask(lambda find: find.digests.inspired(NOVEMBER, "autumn")) == 0


async def test_what_waits_and_one_report(kept: Kept) -> None:
    await two_reports(kept)
    waits = [Waiting(PLAIN, at(2)), Waiting(TELLS, at(3))]
    await kept.given("digests.waiting", lambda memory: memory.digests.queue.extend(waits))
    await kept.given("digests.summary", lambda memory: memory.digests.all.extend(HAPPENED))
    assert await kept.ask(lambda find: list(find.digests.waiting())) == waits
    assert await kept.ask(lambda find: find.digests.summary("r2")) == TELLS
    assert await kept.ask(lambda find: find.digests.summary("r9")) is None


async def test_what_counts_no_more(kept: Kept) -> None:
    await two_reports(kept)
    await kept.keep(ReportDeclined("r1", 1, {"chosen": "topic"}), who=CY, now=at(4))
    await kept.keep(ReportWithdrawn("r2"), who=BO, now=at(5))
    gone = [
        Left("r1", "declined", ODENSE["name"], at(2), at(4)),
        Left("r2", "withdrawn", ODENSE["name"], at(3), at(5)),
    ]
    await kept.given("digests.left", lambda memory: memory.digests.gone.extend(gone))
    await kept.given("digests.left", lambda memory: memory.digests.gone_from.update(r2="autumn"))
    assert await kept.ask(lambda find: list(find.digests.left(NOVEMBER))) == gone
    assert await kept.ask(lambda find: list(find.digests.left(NOVEMBER, "autumn"))) == gone[1:]
    assert await kept.ask(lambda find: list(find.digests.left(OCTOBER))) == []


async def test_reports_to_a_call(kept: Kept) -> None:
    await two_reports(kept)
    answered = ToCall(TELLS, late=False, answers={"own_1": "Ja"})
    await kept.given("digests.to_call", lambda memory: memory.digests.answered.append(answered))
    assert await kept.ask(lambda find: list(find.digests.to_call("autumn"))) == [answered]
    assert await kept.ask(lambda find: list(find.digests.to_call("none"))) == []


async def test_reports_that_tell_what_changed(kept: Kept) -> None:
    await two_reports(kept)
    await kept.keep(Answered("r2", "contact", {"name": "Bo"}, personal=True), who=BO, now=at(3))
    said = {**SAID, "campaign": "autumn", "themes": ["reading"], "own_1": "Ja", **OUTCOME}
    known = Known(TELLS, said)
    await kept.given("digests.known", lambda memory: setattr(memory.digests, "results", [known]))
    await kept.given("digests.answers", lambda memory: setattr(memory.digests, "results", [known]))
    assert await kept.ask(lambda find: list(find.digests.known("", ""))) == [known]
    assert await kept.ask(lambda find: list(find.digests.known("reading", "refugees"))) == [known]
    assert await kept.ask(lambda find: list(find.digests.known("language_cafe", ""))) == []
    assert await kept.ask(lambda find: list(find.digests.known("", "children"))) == []
    assert await kept.ask(lambda find: dict(find.digests.answers("r2"))) == said
    assert await kept.ask(lambda find: dict(find.digests.answers("r9"))) == {}


async def test_figures_and_coverage(kept: Kept) -> None:
    await two_reports(kept)
    figures = Figures(
        total=2,
        libraries=1,
        outcomes=1,
        months={"2026-11": 2},
        themes={"language_cafe": 1, "reading": 1},
        groups={"refugees": 2},
        progress={"running": 2},
        evidence={"statistics": 1},
        countries={"DK": 2},
        regions={("DK", "Syddanmark"): 2},
        calls={"autumn": (1, 1)},
    )
    await kept.given("digests.figures", lambda memory: setattr(memory.digests, "counted", figures))
    assert await kept.ask(lambda find: find.digests.figures()) == figures
    odense = Place("DK-0461", "Odense", "Syddanmark", "reported", 2)
    await kept.given("digests.coverage", lambda memory: memory.digests.places.append(odense))
    assert odense in await kept.ask(lambda find: find.digests.coverage("DK"))
    assert odense not in await kept.ask(lambda find: find.digests.coverage("SI"))


async def test_digests_that_were_made(kept: Kept) -> None:
    digest = Digest(NOVEMBER, "UTC", at(20), (), ({"reading": 1},), (), ())
    assert await kept.ask(lambda find: find.digests.kept("d1")) is None
    await kept.keep(DigestMade("d1", digest), now=at(20))
    assert await kept.ask(lambda find: find.digests.kept("d1")) == digest


async def test_weekly_digests(kept: Kept) -> None:
    await kept.keep(DigestWanted(0, 0, 8, "UTC"))
    await kept.keep(DigestWanted(-7, 4, 16, "Europe/Copenhagen"))
    own, group = Weekly(1, 0, 0, 8, "UTC"), Weekly(2, -7, 4, 16, "Europe/Copenhagen")
    assert await kept.ask(lambda find: list(find.digests.weekly())) == [own, group]
    assert await kept.ask(lambda find: list(find.digests.weekly()), who=BO) == []
    await kept.keep(DigestWanted(0, 2, 9, "UTC"))
    changed = Weekly(1, 0, 2, 9, "UTC")
    assert await kept.ask(lambda find: list(find.digests.weekly())) == [changed, group]
    await kept.keep(DigestUnwanted(0))
    assert await kept.ask(lambda find: list(find.digests.weekly())) == [group]
    await kept.keep(DigestWanted(0, 2, 9, "UTC"))
    assert await kept.ask(lambda find: list(find.digests.weekly())) == [changed, group]
