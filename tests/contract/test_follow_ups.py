"""What authors are asked later is looked up alike in memory and in databases."""

from dataclasses import replace
from datetime import datetime

from conversations.model.followups.looking import AskedFollowUp, Colleague, FollowUpFigures, Stage
from conversations.model.followups.questions import FollowUp
from conversations.model.outcomes import (
    Answered,
    FollowUpAnswered,
    FollowUpPutOff,
    LibraryRemembered,
    ReportConfirmed,
    ReportHandedOver,
)
from storage.calls.reminders import DueReminder
from storage.session.unit_of_work import UnitOfWork
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, initiative, later, publish

CAFE = AskedFollowUp(1, "r1", FollowUp.YEARLY, ANA, NOW, title="Sprogcafé", occasion=1)


async def asked(kept: Kept, question: AskedFollowUp, who: int = ANA) -> None:
    """The timed job has asked that person."""

    def stored(work: UnitOfWork) -> None:
        until = later(days=1)
        key = f"{question.kind}:{question.report}:{question.id}"
        work.reminders.add(key, question.kind, question.person, question.report, question.asked_at, until)
        row = DueReminder(
            question.id, question.kind, question.person, question.report, question.asked_at, until, "", "da", 0, True
        )
        work.followups.ask(row, key, question.asked_at)

    await kept.given(
        "followups.asked", lambda memory: memory.followups.questions.update({question.id: question}), stored, who
    )


async def test_a_question_and_its_answer(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    await asked(kept, CAFE)
    assert await kept.ask(lambda find: find.followups.asked(1)) == CAFE
    assert await kept.ask(lambda find: find.followups.asked(2)) is None
    assert await kept.ask(lambda find: find.followups.asked(1), who=BO) is None
    assert await kept.ask(lambda find: list(find.followups.open(NOW))) == [CAFE]
    assert await kept.ask(lambda find: list(find.followups.open(later(days=1)))) == []
    assert await kept.ask(lambda find: list(find.followups.open(NOW)), who=BO) == []
    await kept.keep(FollowUpAnswered(1, "r1", "running"), now=later(days=1))
    answered = replace(CAFE, answer="running", answered_at=later(days=1))
    assert await kept.ask(lambda find: find.followups.asked(1)) == answered
    assert await kept.ask(lambda find: list(find.followups.open(NOW))) == []
    await kept.keep(FollowUpAnswered(1, "r1", "ended"), now=later(days=2))  # from another phone
    assert await kept.ask(lambda find: find.followups.asked(1)) == answered


async def test_a_question_that_is_put_off(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    await asked(kept, CAFE)
    await kept.keep(FollowUpPutOff(1), now=later(hours=1))
    found = await kept.ask(lambda find: find.followups.asked(1))
    assert found is not None
    assert (found.answer, found.is_open) == ("later", True)
    assert await kept.ask(lambda find: list(find.followups.open(NOW))) == []
    await kept.keep(FollowUpAnswered(1, "r1", "running"), now=later(hours=2))
    found = await kept.ask(lambda find: find.followups.asked(1))
    assert found is not None
    assert (found.answer, found.is_open) == ("running", False)


async def test_pages_of_questions(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    questions = [replace(CAFE, id=this, asked_at=later(days=this), occasion=this) for this in (1, 2, 3)]
    for question in questions:
        await asked(kept, question)
    newest = questions[::-1]
    assert await kept.ask(lambda find: list(find.followups.page(0, 3)), who=ANA) == newest
    assert await kept.ask(lambda find: list(find.followups.page(0, 2)), who=ANA) == newest
    assert await kept.ask(lambda find: list(find.followups.page(1, 2)), who=ANA) == newest[2:]


async def test_figures(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    await asked(kept, CAFE)
    await asked(kept, replace(CAFE, id=2, asked_at=later(days=1), occasion=2))
    await kept.keep(FollowUpAnswered(1, "r1", "changed"), now=later(days=1))

    async def counted(since: datetime, now: datetime, figures: FollowUpFigures) -> None:
        def given(memory: object) -> None:
            memory.followups.counted = figures  # type: ignore[attr-defined]

        await kept.given("followups.figures", given)
        assert await kept.ask(lambda find: find.followups.figures(since, now)) == figures

    await counted(NOW, later(days=2), FollowUpFigures(2, {"changed": 1}, 0))
    await counted(later(hours=1), later(days=2), FollowUpFigures(1, {}, 0))
    await counted(NOW, datetime(2028, 5, 22, tzinfo=NOW.tzinfo), FollowUpFigures(2, {"changed": 1}, 0))
    await counted(NOW, datetime(2028, 5, 23, tzinfo=NOW.tzinfo), FollowUpFigures(2, {"changed": 1}, 1))


async def test_when_reports_were_confirmed(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    await kept.given("followups.confirmed", lambda memory: memory.followups.said.update(r1=NOW))
    assert await kept.ask(lambda find: dict(find.followups.confirmed())) == {"r1": NOW}
    await kept.keep(ReportConfirmed("r1"), now=later(days=3))
    assert await kept.ask(lambda find: dict(find.followups.confirmed())) == {"r1": later(days=3)}
    assert await kept.ask(lambda find: dict(find.followups.confirmed()), who=BO) == {}


async def test_the_stages_of_an_initiative_are_one_history(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé", status="planned"))
    stages = [Stage("planned", NOW)]
    for days, status in enumerate(("running", "running", "paused", "running", "finished"), 1):
        await kept.keep(Answered("r1", "status", status), now=later(days=days))
        if stages[-1].status != status:
            stages.append(Stage(status, later(days=days)))

    def given(memory: object) -> None:
        memory.followups.reached = {"r1": stages}  # type: ignore[attr-defined]

    await kept.given("followups.stages", given)
    assert await kept.ask(lambda find: list(find.followups.stages("r1"))) == stages
    assert await kept.ask(lambda find: list(find.followups.stages("r9"))) == []


async def test_who_may_take_a_report_over(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    await publish(kept, initiative("r2", "Læseklub"), who=BO)
    await kept.keep(LibraryRemembered(ODENSE), who=CY)
    near = [Colleague(BO, "", "da", 1, "Læseklub"), Colleague(CY, "", "da")]

    def given(memory: object) -> None:
        memory.followups.near = {"r1": near}  # type: ignore[attr-defined]

    await kept.given("followups.colleagues", given, who=CY)
    assert await kept.ask(lambda find: list(find.followups.colleagues("r1")), who=CY) == near
    assert await kept.ask(lambda find: list(find.followups.colleagues("r9")), who=CY) == []


async def test_a_report_that_was_handed_over_is_its_new_authors(kept: Kept) -> None:
    await publish(kept, initiative("r1", "Sprogcafé"))
    await asked(kept, CAFE)
    await kept.keep(ReportHandedOver("r1", BO), who=CY, now=later(days=1))
    found = await kept.ask(lambda find: find.followups.asked(1), who=ANA)
    assert found == CAFE  # who was asked may still see that it is another's now
