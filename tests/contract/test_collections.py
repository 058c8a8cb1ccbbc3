"""Collections are looked up alike in memory and in databases."""

from conversations.model.collections.collection import InitiativeCollection
from conversations.model.outcomes import (
    CollectionChanged,
    CollectionFollowed,
    CollectionStarted,
    Outcome,
    ReportWithdrawn,
)
from conversations.model.reviews import Reporter
from tests.contract.kept import ANA, BO, CY, Kept, initiative, later, publish

CAFE, BOOKS = initiative("r1", "Sprogcafé"), initiative("r2", "Læseklub", when=later(hours=1), sharing="network")
SECRET = initiative("r3", "Frø til alle", when=later(hours=2), sharing="coordinators")

TEN = InitiativeCollection("ten", "da", CY, titles={"da": "Ti gode eksempler"})


async def started(kept: Kept, *changes: Outcome) -> None:
    for each in (CAFE, BOOKS, SECRET):
        await publish(kept, each)
    await kept.keep(CollectionStarted("ten", "da", "Ti gode eksempler"), *changes, who=CY)


async def test_a_collection_and_what_changes_in_it(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.collections.whole("ten")) is None
    await started(kept)
    assert await kept.ask(lambda find: find.collections.whole("ten")) == TEN
    for what, value in (
        ("titles", {"da": "Ti gode", "en": "Ten good"}),
        ("introductions", {"da": "Derfor."}),
        ("reports", ["r2", "r1", "r3"]),
        ("status", "published"),
    ):
        await kept.keep(CollectionChanged("ten", what, value), who=CY)
    whole = InitiativeCollection(
        "ten", "da", CY, "published", {"da": "Ti gode", "en": "Ten good"}, {"da": "Derfor."}, ("r2", "r1")
    )
    assert await kept.ask(lambda find: find.collections.whole("ten")) == whole
    await kept.keep(CollectionChanged("ten", "reports", ["r1", "r2"]), who=CY)
    assert (await kept.ask(lambda find: find.collections.all()))[0].reports == ("r1", "r2")


async def test_which_collections_have_an_initiative_and_the_last_changed_comes_first(kept: Kept) -> None:
    await started(kept, CollectionChanged("ten", "reports", ["r1", "r2"]))
    await kept.keep(CollectionStarted("six", "da", "Seks biblioteker"), who=CY, now=later(hours=1))
    await kept.keep(CollectionChanged("six", "reports", ["r1"]), who=CY, now=later(hours=2))
    assert [each.slug for each in await kept.ask(lambda find: find.collections.all())] == ["six", "ten"]
    assert [each.slug for each in await kept.ask(lambda find: find.collections.having("r1"))] == ["six", "ten"]
    assert [each.slug for each in await kept.ask(lambda find: find.collections.having("r2"))] == ["ten"]
    await kept.keep(ReportWithdrawn("r1"), now=later(hours=3))
    await kept.given("initiatives.initiative", lambda memory: memory.initiatives.published.pop("r1"))
    assert await kept.ask(lambda find: find.collections.having("r1")) == []
    assert (await kept.ask(lambda find: find.collections.all()))[1].reports == ("r2",)


async def test_who_follows_a_collection(kept: Kept) -> None:
    await started(kept)
    await kept.keep(CollectionFollowed("ten", True), who=BO, now=later(hours=1))
    await kept.keep(CollectionFollowed("ten", True), who=ANA, now=later(hours=2))
    assert await kept.ask(lambda find: find.collections.follows("ten"), who=BO)
    assert not await kept.ask(lambda find: find.collections.follows("ten"), who=CY)
    both = [Reporter(BO, "da"), Reporter(ANA, "da")]
    assert await kept.ask(lambda find: find.collections.followers("ten")) == both
    await kept.keep(CollectionFollowed("ten", False), who=BO, now=later(hours=3))
    assert await kept.ask(lambda find: find.collections.followers("ten")) == both[1:]


async def test_initiatives_by_their_ids_in_that_order(kept: Kept) -> None:
    await started(kept)
    assert await kept.ask(lambda find: find.initiatives.these(["r3", "r2", "r1", "r9"]), who=BO) == [CAFE]
    await kept.given("initiatives.sees", lambda memory: setattr(memory.initiatives, "seen", {"public", "network"}))
    assert await kept.ask(lambda find: find.initiatives.these(["r2", "r1"])) == [BOOKS, CAFE]
