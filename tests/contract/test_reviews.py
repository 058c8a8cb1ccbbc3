"""Reviews are looked up alike in memory and in databases."""

from dataclasses import replace

import pytest

from conversations.model.outcomes import (
    AboutReviews,
    Answered,
    ContactsErased,
    DraftDiscarded,
    LineageTold,
    QuestionAsked,
    ReportClaimed,
    ReportDeclined,
    ReportPublished,
    ReportReleased,
    ReportReturned,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
    RequestTakenBack,
)
from conversations.model.reviews import (
    AskedQuestion,
    Audience,
    Claim,
    Compared,
    Earlier,
    Related,
    Reporter,
    UnderReview,
    WaitingReport,
)
from conversations.reading.alike.traits import Described
from storage.session.unit_of_work import UnitOfWork
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, draft, later

TOLD = {"title": "Sprogcafé", "themes": ["reading"], "library": ODENSE}
REASON = {"said": "Who came?"}
SENT = UnderReview("r1", "submitted", 1, TOLD, "da", ANA, since=later(hours=1))


async def send(kept: Kept, report: str = "r1", who: int = ANA, hours: float = 1, **answers: object) -> None:
    await draft(kept, report, who, NOW, **{**TOLD, **answers})
    await kept.keep(ReportSubmitted(report), who=who, now=later(hours=hours))


async def test_a_draft_and_what_was_sent(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.review.report("r1")) is None
    await send(kept)
    assert await kept.ask(lambda find: find.review.report("r1"), who=CY) == SENT
    await kept.keep(Answered("r1", "title", "Café"), Answered("r1", "themes", None), now=later(hours=2))
    corrected = replace(SENT, revision=2, answers={**TOLD, "title": "Café", "themes": None})
    assert await kept.ask(lambda find: find.review.report("r1"), who=CY) == corrected
    await draft(kept, "r2", title="Læsecafé", campaign="autumn")
    begun = UnderReview("r2", "draft", 0, {"title": "Læsecafé", "campaign": "autumn"}, "da", ANA, "autumn")
    assert await kept.ask(lambda find: find.review.report("r2"), who=CY) == begun
    await kept.keep(DraftDiscarded("r2"))
    assert await kept.ask(lambda find: find.review.report("r2"), who=CY) is None


async def test_what_its_author_said_of_a_report_beside_others(kept: Kept) -> None:
    await send(kept, "r1")
    await send(kept, "r2", title="Læsecafé")
    await send(kept, "r3", who=BO, title="Skakklub")
    assert await kept.ask(lambda find: find.review.related("r2"), who=CY) == []
    await kept.keep(LineageTold("r2", "r1", "same"))
    await kept.keep(LineageTold("r2", "r3", "inspired"), now=later(hours=2))
    await kept.keep(Answered("r1", "title", "Sprogcaféen"), now=later(hours=2))
    same, inspired = Related("same", "r1", "Sprogcaféen"), Related("inspired", "r3", "Skakklub")
    assert await kept.ask(lambda find: find.review.related("r2"), who=CY) == [same, inspired]
    await kept.keep(ReportWithdrawn("r1"))
    assert await kept.ask(lambda find: find.review.related("r2"), who=CY) == [inspired]


async def test_what_waits_is_compared(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.review.compared(), who=CY) == []
    await send(kept, "r2", hours=2, title="Læsecafé", summary="Vi læser.", target_groups=["adults"])
    await send(kept, "r1")
    reading = Described("da", "Læsecafé", "Vi læser.", "dk-0461", "", ("reading",), ("adults",))
    talking = Described("da", "Sprogcafé", "", "dk-0461", "", ("reading",))
    both = [Compared("r1", "Sprogcafé", talking), Compared("r2", "Læsecafé", reading)]
    assert await kept.ask(lambda find: find.review.compared(), who=CY) == both
    await kept.keep(Answered("r2", "title", "Læsekreds"), now=later(hours=3))
    renamed = Compared("r2", "Læsekreds", replace(reading, title="Læsekreds"))
    assert await kept.ask(lambda find: find.review.compared(), who=CY) == [both[0], renamed]
    await kept.keep(ReportWithdrawn("r1"))
    assert await kept.ask(lambda find: find.review.compared(), who=CY) == [renamed]


CLAIMED = replace(SENT, claim=Claim(CY, later(hours=2)))
ASKED = AskedQuestion("title", "Is that all?", CY)
DECIDED = replace(SENT, decided_by=CY, decided_at=later(hours=2))
RETURNED = replace(DECIDED, status="changes_requested", reason=REASON, sent_back=later(hours=2))


@pytest.mark.parametrize(
    ("outcomes", "after"),
    [
        ((ReportClaimed("r1"),), CLAIMED),
        ((ReportClaimed("r1"), ReportReleased("r1")), SENT),
        ((ReportClaimed("r1"), ReportPublished("r1", 1)), replace(DECIDED, status="published")),
        ((ReportDeclined("r1", 1, REASON),), replace(DECIDED, status="declined", reason=REASON)),
        ((ReportReturned("r1", 1, REASON),), RETURNED),
        (
            (ReportReturned("r1", 1, REASON), RequestTakenBack("r1", 1)),
            replace(RETURNED, status="submitted", reason=None, sent_back=None),
        ),
        (
            (ReportClaimed("r1"), QuestionAsked("r1", "title", "Is that all?", 1)),
            replace(SENT, status="changes_requested", asked=ASKED, sent_back=later(hours=2)),
        ),
        ((QuestionAsked("r1", "title", "Is that all?", 1), RequestTakenBack("r1", 1)), SENT),
    ],
)
async def test_what_coordinators_decide(kept: Kept, outcomes: tuple[AboutReviews, ...], after: UnderReview) -> None:
    await send(kept)
    await kept.keep(*outcomes, who=CY, now=later(hours=2))
    assert await kept.ask(lambda find: find.review.report("r1"), who=BO) == after


async def test_what_authors_do_about_it(kept: Kept) -> None:
    await send(kept)
    await kept.keep(ReportReturned("r1", 1, REASON), who=CY, now=later(hours=2))
    await kept.keep(ReportSentAgain("r1"), now=later(hours=3))
    again = replace(RETURNED, status="submitted", reason=None, since=later(hours=3))
    assert await kept.ask(lambda find: find.review.report("r1"), who=CY) == again
    await kept.keep(ReportWithdrawn("r1"), now=later(hours=4))
    assert await kept.ask(lambda find: find.review.report("r1"), who=CY) == replace(again, status="withdrawn")


async def test_what_waits(kept: Kept) -> None:
    await send(kept, "r1", hours=2)
    await send(kept, "r2", BO, hours=1, title="Læsecafé")
    await send(kept, "r3", hours=3)
    await draft(kept, "r4")
    await kept.keep(ReportPublished("r3", 1), who=CY)
    assert await kept.ask(lambda find: list(find.review.waiting()), who=CY) == [
        WaitingReport("r2", "Læsecafé", later(hours=1)),
        WaitingReport("r1", "Sprogcafé", later(hours=2)),
    ]


async def test_names_and_addresses(kept: Kept) -> None:
    await send(kept)
    assert await kept.ask(lambda find: dict(find.review.contacts("r1")), who=CY) == {}
    await kept.keep(Answered("r1", "contact", {"name": "Ana"}, personal=True))
    await kept.keep(Answered("r1", "contact", {"name": "Ana B"}, personal=True), now=later(hours=2))
    assert await kept.ask(lambda find: dict(find.review.contacts("r1")), who=CY) == {"contact": {"name": "Ana B"}}
    review = await kept.ask(lambda find: find.review.report("r1"), who=CY)
    assert review is not None
    assert (review.answers, review.revision) == (TOLD, 3)
    await kept.keep(ContactsErased("r1", ("contact",)), now=later(hours=3))
    assert await kept.ask(lambda find: dict(find.review.contacts("r1")), who=CY) == {}


async def test_a_report_as_it_was(kept: Kept) -> None:
    await send(kept)
    await kept.keep(Answered("r1", "title", "Café"), now=later(hours=2))
    for name in ("Ana", "Ana B"):
        await kept.keep(Answered("r1", "contact", {"name": name}, personal=True), now=later(hours=3))
    assert await kept.ask(lambda find: find.review.earlier("r1", later(hours=1)), who=CY) == Earlier(TOLD, ["contact"])
    after = Earlier({**TOLD, "title": "Café"}, [])
    assert await kept.ask(lambda find: find.review.earlier("r1", later(hours=3)), who=CY) == after
    await kept.keep(ContactsErased("r1", ("contact",)), now=later(hours=4))
    assert await kept.ask(lambda find: find.review.earlier("r1", NOW), who=CY) == Earlier(TOLD, [])


async def test_the_groups_of_coordinators(kept: Kept) -> None:
    def used(work: UnitOfWork) -> None:
        work.groups.add(-7, "da", CY, NOW)
        work.groups.use(-7, None, NOW)

    assert await kept.ask(lambda find: list(find.review.groups())) == []
    await kept.given("review.groups", lambda memory: memory.review.places.append(-7), used)
    assert await kept.ask(lambda find: list(find.review.groups())) == [-7]


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        (Audience(), [ANA, BO]),
        (Audience(call="autumn"), [BO]),
        (Audience(theme="reading"), [ANA]),
        (Audience(status="published"), [ANA]),
        (Audience(theme="reading", status="submitted"), []),
        (Audience(country="DK"), [ANA, BO]),
    ],
)
async def test_reporters(kept: Kept, audience: Audience, found: list[int]) -> None:
    await send(kept, "r1", BO, campaign="autumn", themes=["language_cafe"])
    await send(kept, "r2", ANA)
    await draft(kept, "r3", CY)
    await kept.keep(ReportPublished("r2", 1), who=CY)
    assert await kept.ask(lambda find: list(find.review.reporters(audience))) == [Reporter(who, "da") for who in found]


async def test_reporters_of_a_country(kept: Kept) -> None:
    await send(kept)
    found = [Reporter(ANA, "da")] if kept.is_less("review.reporters") else []
    assert await kept.ask(lambda find: list(find.review.reporters(Audience(country="SI")))) == found
