"""Resource persons are looked up alike in memory and in databases."""

from dataclasses import replace

from conversations.model.experts import (
    LINK_HOLDS,
    Expert,
    ExpertCounts,
    Nomination,
    Sought,
)
from conversations.model.outcomes import (
    Answered,
    CallStarted,
    ExpertConfirmed,
    ExpertDescribed,
    ExpertNamed,
    ExpertRemoved,
    NominationAnswered,
    NominationTakenBack,
)
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, draft, later

NAMED = Nomination("n1", "r1", ANA, "The one who knows", NOW + LINK_HOLDS)

HERE = Expert(
    "e1",
    BO,
    "Bo",
    ("advice", "theme_day"),
    ("language_cafe",),
    ("refugees",),
    ("da", "en"),
    ODENSE,
    ODENSE["name"],
    "DK-0461",
    "Syddanmark",
    "DK",
)
THERE = Expert(
    "e2", CY, "Ana Cy", ("national_project",), ("homework_help",), (), ("sl",), None, country="SI", contact="c@x"
)


async def found(kept: Kept, sought: Sought, who: int = ANA) -> list[str]:
    return [each.id for each in await kept.ask(lambda find: find.experts.found(sought), who)]


async def test_nobody_is_found_before_their_own_yes(kept: Kept) -> None:
    await draft(kept, "r1", title="Sprogcafé")
    await kept.keep(ExpertNamed(NAMED, "secret"))
    for who in (ANA, BO):
        assert await found(kept, Sought(), who) == []
        assert await kept.ask(lambda find: find.experts.one("n1"), who) is None
    assert await kept.ask(lambda find: find.experts.counts()) == ExpertCounts(0, 1)
    assert await kept.ask(lambda find: find.experts.counts(), now=later(days=30)) == ExpertCounts(0, 0)
    assert await kept.ask(lambda find: find.experts.nominated("secret"), BO) == NAMED
    assert await kept.ask(lambda find: find.experts.nominated("another"), BO) is None
    assert await kept.ask(lambda find: list(find.experts.named_in("r1"))) == [NAMED]
    assert await kept.ask(lambda find: list(find.experts.named_in("r1")), BO) == []
    await kept.keep(NominationAnswered("n1", True), ExpertDescribed(HERE), who=BO)
    assert await found(kept, Sought()) == ["e1"]
    answered = replace(NAMED, name="", state="agreed", person=BO)
    assert await kept.ask(lambda find: find.experts.nomination("n1")) == answered
    assert await kept.ask(lambda find: find.experts.counts()) == ExpertCounts(1, 0)


async def test_a_no_leaves_neither_the_name_nor_who_said_it(kept: Kept) -> None:
    await draft(kept, "r1")
    await draft(kept, "r2")
    await kept.keep(ExpertNamed(NAMED, "secret"))
    await kept.keep(ExpertNamed(replace(NAMED, id="n2", report="r2"), "other"), now=later(hours=1))
    await kept.keep(NominationAnswered("n1", False), who=BO)
    await kept.keep(NominationTakenBack("n2"))
    declined = replace(NAMED, name="", state="declined")
    assert await kept.ask(lambda find: find.experts.nomination("n1")) == declined
    assert await kept.ask(lambda find: [each.state for each in find.experts.named_in("r2")]) == ["taken_back"]
    assert await kept.ask(lambda find: find.experts.own(), BO) is None


async def test_they_are_found_by_theme_place_language_use_and_name(kept: Kept) -> None:
    await kept.keep(ExpertDescribed(HERE), who=BO)
    await kept.keep(ExpertDescribed(THERE), who=CY)
    assert await found(kept, Sought()) == ["e2", "e1"]
    assert await kept.ask(lambda find: list(find.experts.found(Sought(places=("DK",))))) == [HERE]
    for sought, these in (
        (Sought(themes=("language_cafe", "outreach")), ["e1"]),
        (Sought(groups=("refugees",)), ["e1"]),
        (Sought(places=("DK:Syddanmark",)), ["e1"]),
        (Sought(places=("DK-0461", "SI")), ["e2", "e1"]),
        (Sought(languages=("sl",)), ["e2"]),
        (Sought(uses=("theme_day",)), ["e1"]),
        (Sought(themes=("language_cafe",), languages=("sl",)), []),
        (Sought(words=("Odense",)), ["e1"]),
        (Sought(words=("cy",)), ["e2"]),
        (Sought(words=("strik",)), []),
        (Sought(words=("strik",), hinted=("homework_help",)), ["e2"]),
    ):
        assert await found(kept, sought) == these, sought


async def test_only_those_named_in_a_report_to_the_call(kept: Kept) -> None:
    await draft(kept, "r1")
    await kept.keep(CallStarted("flugt", "da", "Flugt", "Europe/Copenhagen"), who=CY)
    await kept.keep(Answered("r1", "campaign", "flugt"))
    await kept.given("experts.found", lambda memory: memory.experts.calls.update(r1="flugt"))
    await kept.keep(ExpertNamed(NAMED, "secret"))
    await kept.keep(NominationAnswered("n1", True), ExpertDescribed(HERE), who=BO)
    await kept.keep(ExpertDescribed(THERE), who=CY)
    assert await found(kept, Sought(call="flugt")) == ["e1"]
    assert await found(kept, Sought(call="another")) == []
    assert await found(kept, Sought(report="r1")) == ["e1"]
    assert await found(kept, Sought(report="r2")) == []


async def test_the_own_entry_is_changed_confirmed_and_removed(kept: Kept) -> None:
    await kept.keep(ExpertDescribed(HERE), who=BO)
    shorter = replace(HERE, uses=("advice",), contact="bo@example.org")
    await kept.keep(ExpertDescribed(shorter), who=BO, now=later(days=2))
    assert await kept.ask(lambda find: find.experts.own(), BO) == shorter
    assert await kept.ask(lambda find: find.experts.own()) is None
    await kept.keep(ExpertConfirmed("e1"), who=BO, now=later(days=365))
    assert await kept.ask(lambda find: find.experts.one("e1"), now=later(days=365)) == shorter
    await kept.keep(ExpertRemoved("e1"), who=BO, now=later(days=366))
    assert await kept.ask(lambda find: find.experts.one("e1"), BO) is None
    assert await found(kept, Sought()) == []
