"""Calls are looked up alike in memory and in databases."""

from datetime import UTC, datetime

from conversations.language.words import InLanguages
from conversations.model.calls import Call, CallStanding, OwnQuestion, Unsaid, WholeCall, as_json
from conversations.model.outcomes import CallChanged, CallStarted, LibraryRemembered, ReportSubmitted
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, draft, later

DEADLINE = datetime(2026, 11, 30, 23, tzinfo=UTC)


async def start(kept: Kept, slug: str, status: str = "draft", deadline: datetime | None = None, **when: float) -> None:
    at = None if deadline is None else deadline.isoformat()
    await kept.keep(CallStarted(slug, "da", slug.title(), "UTC"), who=CY, now=later(**when))
    if status != "draft":
        changes = (CallChanged(slug, "status", status), CallChanged(slug, "deadline", {"at": at, "timezone": "UTC"}))
        await kept.keep(*changes, who=CY, now=later(**when))


async def test_a_call_and_its_changes(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.calls.whole("autumn")) is None
    await start(kept, "autumn")
    begun = WholeCall("autumn", "da", titles={"da": "Autumn"}, timezone="UTC", since=NOW)
    assert await kept.ask(lambda find: find.calls.whole("autumn")) == begun
    question = OwnQuestion("own_1", "text", {"da": "Hvordan?"})
    await kept.keep(
        CallChanged("autumn", "titles", {"da": "Efterår", "en": "Autumn"}),
        CallChanged("autumn", "questions", [as_json(question)]),
        CallChanged("autumn", "invited", {"countries": ["DK"], "municipalities": []}),
        CallChanged("autumn", "variant", "short"),
        who=CY,
        now=later(hours=1),
    )
    opening = CallChanged("autumn", "status", "open")
    until = CallChanged("autumn", "deadline", {"at": DEADLINE.isoformat(), "timezone": "Europe/Copenhagen"})
    await kept.keep(opening, until, who=CY, now=later(hours=2))
    assert await kept.ask(lambda find: find.calls.whole("autumn")) == WholeCall(
        "autumn",
        "da",
        "open",
        titles={"da": "Efterår", "en": "Autumn"},
        deadline_at=DEADLINE,
        timezone="Europe/Copenhagen",
        countries=("DK",),
        variant="short",
        questions=(question,),
        since=later(hours=2),
    )


async def test_calls_in_their_order(kept: Kept) -> None:
    await start(kept, "closed", "closed")
    await start(kept, "first draft", hours=1)
    await start(kept, "second draft", hours=2)
    await start(kept, "endless", "open", hours=3)
    await start(kept, "late", "open", later(days=9), hours=4)
    await start(kept, "soon", "open", later(days=3), hours=5)
    order = ["soon", "late", "endless", "second draft", "first draft", "closed"]
    assert await kept.ask(lambda find: [each.slug for each in find.calls.all()]) == order
    now = later(hours=6)
    opened = [Call(slug, InLanguages({"da": slug.title()}, "da")) for slug in ("soon", "late", "endless")]
    assert await kept.ask(lambda find: list(find.calls.open()), now=now) == opened
    assert await kept.ask(lambda find: list(find.calls.open()), now=later(days=3)) == opened[1:]


async def test_how_far_a_call_has_come(kept: Kept) -> None:
    await start(kept, "autumn", "open")
    only_odense = CallChanged("autumn", "invited", {"countries": [], "municipalities": ["DK-0461"]})
    await kept.keep(only_odense, who=CY)
    await kept.keep(LibraryRemembered(ODENSE), who=BO)
    await kept.given("calls.to_remind", lambda memory: setattr(memory.calls, "reminded", [ODENSE["name"]]))
    assert await kept.ask(lambda find: list(find.calls.to_remind("autumn"))) == [ODENSE["name"]]
    assert await kept.ask(lambda find: list(find.calls.to_remind("none"))) == []
    assert await kept.ask(lambda find: find.calls.standing("none")) == CallStanding(0, 0, (), (), ())
    await draft(kept, "r1", campaign="autumn", library=ODENSE, title="Sprogcafé")
    await kept.keep(ReportSubmitted("r1"))
    standing = CallStanding(1, 0, ["Odense"], [], [])
    await kept.given("calls.standing", lambda memory: setattr(memory.calls, "standings", {"autumn": standing}))
    assert await kept.ask(lambda find: find.calls.standing("autumn")) == standing
    unsaid = Unsaid(ANA, "r1", "Sprogcafé", 1)
    await kept.given("calls.unsaid", lambda memory: setattr(memory.calls, "unasked", [unsaid]))
    assert await kept.ask(lambda find: list(find.calls.unsaid("autumn"))) == [unsaid]
    assert await kept.ask(lambda find: list(find.calls.unsaid("none"))) == []
