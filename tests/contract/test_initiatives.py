"""Published initiatives, search and subscriptions are looked up alike in memory and in databases."""

from dataclasses import replace

import pytest

from conversations.language.events import File
from conversations.model.initiatives import Lineage
from conversations.model.outcomes import (
    AdministratorAsked,
    LibraryRemembered,
    LineageTold,
    ReportWithdrawn,
    RolesChanged,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
)
from conversations.model.search import SHOWN, YEAR, Condition, Option, Wanted
from conversations.model.subscriptions import Chat, Subscription, Wishes
from conversations.reading.alike.traits import Described
from storage.session.unit_of_work import UnitOfWork
from storage.subscriptions.deliveries import Delivery
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, initiative, later, publish

EVERYBODY, NETWORK = frozenset({"public"}), frozenset({"public", "network"})
ALL = NETWORK | {"coordinators"}

CAFE = initiative("r1", "Sprogcafé", summary="Vi taler dansk.", themes=["language_cafe"], target_groups=["refugees"])
BOOKS = initiative("r2", "Læseklub", when=later(hours=1), themes=["reading"], sharing="network")
SECRET = initiative("r3", "Frø til alle", when=later(hours=2), themes=["reading"], sharing="coordinators")


async def test_who_sees_what(kept: Kept) -> None:
    for each in (CAFE, BOOKS, SECRET):
        await publish(kept, each)
    await kept.given("initiatives.sees", lambda memory: setattr(memory.initiatives, "seen", NETWORK), who=ANA)
    assert await kept.ask(lambda find: find.initiatives.sees(), who=BO) == EVERYBODY
    assert await kept.ask(lambda find: find.initiatives.sees(), who=ANA) == NETWORK
    assert await kept.ask(lambda find: find.initiatives.initiative("r1"), who=BO) == CAFE
    assert await kept.ask(lambda find: find.initiatives.initiative("r2"), who=BO) is None
    assert await kept.ask(lambda find: find.initiatives.initiative("r2"), who=ANA) == BOOKS
    assert await kept.ask(lambda find: find.initiatives.initiative("r3"), who=ANA) is None
    assert await kept.ask(lambda find: find.initiatives.initiative("r9"), who=ANA) is None
    await kept.keep(RolesChanged(BO, frozenset({"coordinator"})), who=CY)
    await kept.given("initiatives.sees", lambda memory: setattr(memory.initiatives, "seen", ALL), who=BO)
    assert await kept.ask(lambda find: find.initiatives.sees(), who=BO) == ALL
    assert await kept.ask(lambda find: find.initiatives.initiative("r3"), who=BO) == SECRET


async def test_the_picture_of_an_initiative(kept: Kept) -> None:
    photo = File("photo", "ref1", size=1000)
    shown = initiative("r1", "Sprogcafé", photo=["ref1"], photo_consent=True)
    await publish(kept, shown, photos=(photo,))
    await publish(kept, BOOKS)
    await kept.given("initiatives.picture", lambda memory: memory.initiatives.pictures.update(ref1=photo))
    assert await kept.ask(lambda find: find.initiatives.picture(shown)) == photo
    assert await kept.ask(lambda find: find.initiatives.picture(BOOKS)) is None


async def test_what_inspired_an_initiative_and_what_it_inspired(kept: Kept) -> None:
    late = initiative("r4", "Sprogcafé igen", when=later(hours=4))
    for each in (CAFE, BOOKS, SECRET, late):
        await publish(kept, each)
    for this in ("r2", "r3", "r4"):
        await kept.keep(LineageTold(this, "r1", "inspired"))
    await kept.keep(LineageTold("r4", "r2", "same"))
    await kept.given("initiatives.sees", lambda memory: setattr(memory.initiatives, "seen", NETWORK), who=ANA)
    assert await kept.ask(lambda find: find.initiatives.lineage("r1"), who=BO) == Lineage((), (late,))
    assert await kept.ask(lambda find: find.initiatives.lineage("r1"), who=ANA) == Lineage((), (late, BOOKS))
    assert await kept.ask(lambda find: find.initiatives.lineage("r2"), who=ANA) == Lineage((CAFE,), ())
    assert await kept.ask(lambda find: find.initiatives.lineage("r9"), who=ANA) == Lineage()
    await kept.keep(ReportWithdrawn("r4"))
    await kept.given("initiatives.initiative", lambda memory: memory.initiatives.published.pop("r4"))
    assert await kept.ask(lambda find: find.initiatives.lineage("r1"), who=BO) == Lineage()


async def test_what_is_like_an_initiative(kept: Kept) -> None:
    near = initiative("r4", "Conversation café", when=later(hours=4), themes=["language_cafe"])
    hidden = initiative("r5", "Sprogcafé om onsdagen", themes=["language_cafe"], sharing="coordinators")
    chess = initiative("r6", "Skakklub", when=later(hours=6), themes=["local_community_life"])
    for each in (CAFE, BOOKS, SECRET, near, hidden, chess):
        await publish(kept, each)
    asked = Described("sl", "Jezikovna kavarna", "Pogovori s prostovoljci", "", "", ("language_cafe",), ("refugees",))
    found = await kept.ask(lambda find: find.search.alike(asked, 3), who=BO)
    assert {each.id for each in found} == {"r1", "r4"}
    again = Described("da", "Skakklub", "", "dk-0461")
    assert await kept.ask(lambda find: find.search.alike(again, 3), who=BO) == [chess]
    assert await kept.ask(lambda find: find.search.alike(asked, 1), who=BO) == [CAFE]
    nothing = Described("da", "Zorfklup", "Grøbel med snulder")
    assert await kept.ask(lambda find: find.search.alike(nothing, 3), who=BO) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["r4", "r1"]),
        (Wanted("sprogcafé"), ["r1"]),
        (Wanted("sprogcafe"), ["r1"]),
        (Wanted("dansk"), ["r4", "r1"]),
        (Wanted("odense"), ["r4", "r1"]),
        (Wanted("gulerod"), []),
        (Wanted("", {"theme": "reading"}), ["r4"]),
        (Wanted("dansk", {"theme": "language_cafe"}), ["r1"]),
        (Wanted("", {"where": "DK"}), ["r4", "r1"]),
        (Wanted("", {"where": "SI"}), []),
        (Wanted("", {"group": "refugees", "progress": "running"}), ["r1"]),
    ],
)
async def test_what_is_found(kept: Kept, wanted: Wanted, found: list[str]) -> None:
    more = initiative("r4", "Bøger på dansk", when=later(hours=3), themes=["reading"], status="finished")
    for each in (CAFE, BOOKS, SECRET, more):
        await publish(kept, each)
    there = await kept.ask(lambda find: find.search.find(wanted, 0), who=BO)
    assert [each.id for each in there.page] == found
    assert (there.count, there.more) == (len(found), False)


CAFES = Condition("theme", ("language_cafe",), ("sprogkafé",))
READING = Condition("theme", ("reading",), ("læsning",))
SPOKEN = Condition("group", ("roma",), ("dansk",))
IN_VEJLE = Condition("where", ("DK-0630",), ("Vejle",), (("DK_syddanmark",), ("DK",)))
IN_KRANJ = Condition("where", ("SI-052",), ("Kranj",), (("SI_gorenjska",), ("SI",)))
PLANNED = Condition("progress", ("planned",), ("planlagt",))


@pytest.mark.parametrize(
    ("wanted", "found", "by"),
    [
        (Wanted("", {}, (CAFES,)), ["r1"], None),
        (Wanted("dansk", {}, (CAFES,)), ["r1"], None),
        (Wanted("", {}, (SPOKEN,)), ["r4", "r1"], None),
        (Wanted("", {}, (Condition("theme", ("language_cafe", "reading")),)), ["r4", "r1"], None),
        (Wanted("", {}, (Condition(YEAR, ("2015", "2024")),)), ["r4"], None),
        (Wanted("gulerod", {}, (CAFES,)), ["r1"], Wanted("", {}, (CAFES,))),
        (Wanted("gulerod", {}, (), ("reading",)), ["r4"], Wanted("", {}, (Condition("theme", ("reading",)),))),
        (Wanted("snak", {}, (), (), {"snak": ("tal", "dans")}), ["r4", "r1"], None),
        (
            Wanted("", {}, (CAFES, IN_VEJLE)),
            ["r1"],
            Wanted("", {}, (CAFES, replace(IN_VEJLE, keys=("DK_syddanmark",)))),
        ),
        (Wanted("dansk", {}, (IN_KRANJ,)), ["r4", "r1"], Wanted("dansk")),
        (Wanted("", {}, (CAFES, PLANNED)), ["r1"], Wanted("", {}, (CAFES,))),
        (Wanted("", {}, (READING, Condition("group", ("roma",)))), ["r4"], Wanted("", {}, (READING,))),
        (Wanted("", {"where": "SI"}, (CAFES,)), [], None),
        (Wanted("", {}, (IN_KRANJ,)), [], None),
    ],
)
async def test_what_is_meant_is_found_and_then_less(
    kept: Kept, wanted: Wanted, found: list[str], by: Wanted | None
) -> None:
    more = initiative(
        "r4", "Bøger på dansk", when=later(hours=3), themes=["reading"], status="finished", period_start="2024"
    )
    for each in (CAFE, BOOKS, SECRET, more):
        await publish(kept, each)
    there = await kept.ask(lambda find: find.search.find(wanted, 0), who=BO)
    assert [each.id for each in there.page] == found
    assert there.by == (by or wanted)


async def test_what_an_old_report_speaks_of_counts_as_its_theme(kept: Kept) -> None:
    old = initiative("r5", "Lektiehjælp", summary="Frivillige hjælper flygtninge.", themes=[], target_groups=[])
    await publish(kept, old)
    wanted = [Wanted("", {"theme": "homework_help"}), Wanted("", {"group": "refugees"})]
    there = await kept.ask(lambda find: [find.search.find(each, 0) for each in wanted], who=BO)
    assert [[each.id for each in found.page] for found in there] == [["r5"], ["r5"]]


async def test_pages_of_what_is_found(kept: Kept) -> None:
    for number in range(SHOWN + 1):
        await publish(kept, initiative(f"r{number}", f"Café {number}", when=later(hours=number)))
    there = await kept.ask(lambda find: [find.search.find(Wanted("café"), page) for page in (0, 1, 9)], who=BO)
    assert [len(each.page) for each in there] == [SHOWN, 1, 1]
    assert [each.page[-1].id for each in there] == ["r1", "r0", "r0"]
    assert {each.count for each in there} == {SHOWN + 1}


async def test_what_else_may_be_chosen(kept: Kept) -> None:
    for each in (CAFE, replace(CAFE, id="r4", published_at=later(hours=3), changed_at=later(hours=3)), BOOKS):
        await publish(kept, each)
    themes = await kept.ask(lambda find: find.search.options(Wanted("", {"theme": "reading"}), "theme"), who=BO)
    assert [(each.key, each.count) for each in themes] == [("language_cafe", 2)]
    places = await kept.ask(lambda find: find.search.options(Wanted(), "where"), who=BO)
    assert {(each.key, each.count) for each in places} == {("DK-0461", 2), ("DK_syddanmark", 2), ("DK", 2)}
    assert Option("DK-0461", "Odense", 2) in places
    if not kept.is_less("search.options"):
        assert [each.key for each in places] == ["DK", "DK_syddanmark", "DK-0461"]


async def test_how_sure_a_result_is_may_be_chosen(kept: Kept) -> None:
    measured = initiative("r5", "Bogpakke", outcome="60 %", evidence_types=["external_evaluation", "statistics"])
    for each in (CAFE, measured, initiative("r6", "Snak", outcome="Glade", evidence_types=["observation"])):
        await publish(kept, each)
    grades = await kept.ask(lambda find: find.search.options(Wanted(), "grade"), who=BO)
    assert [(each.key, each.count) for each in grades] == [("counted", 1), ("evaluated", 1)]
    there = await kept.ask(lambda find: find.search.find(Wanted("", {"grade": "evaluated"}), 0), who=BO)
    assert [each.id for each in there.page] == ["r5"]


async def test_words_that_find_something(kept: Kept) -> None:
    await publish(kept, CAFE)
    nearest = await kept.ask(lambda find: list(find.search.nearest(Wanted("sprogcafé hvaler"))), who=BO)
    assert nearest == ["sprogcafé"]
    there = await kept.ask(lambda find: find.search.find(Wanted("sprokcafé"), 0), who=BO)
    assert (there.count, there.close) == ((0, False) if kept.is_less("search.find") else (1, True))
    alike = [] if kept.is_less("search.nearest") else ["Sprogcafé"]
    assert await kept.ask(lambda find: list(find.search.nearest(Wanted("sprokcafé"))), who=BO) == alike


MINE = Subscription("s1", Wishes(themes=("reading",)))
OTHER = Subscription("s2", Wishes(places=("DK-0461",), words=("café",)), "weekly", 4, 16, paused=True)


async def test_subscriptions(kept: Kept) -> None:
    assert await kept.ask(lambda find: list(find.subscriptions.own())) == []
    await kept.keep(SubscriptionKept(MINE))
    await kept.keep(SubscriptionKept(OTHER), now=later(hours=1))
    assert await kept.ask(lambda find: list(find.subscriptions.own())) == [MINE, OTHER]
    assert await kept.ask(lambda find: list(find.subscriptions.own()), who=BO) == []
    assert await kept.ask(lambda find: find.subscriptions.one("s2")) == OTHER
    assert await kept.ask(lambda find: find.subscriptions.one("s2"), who=BO) is None
    assert await kept.ask(lambda find: find.subscriptions.one("s9")) is None
    changed = replace(MINE, paused=True)
    await kept.keep(SubscriptionKept(changed), SubscriptionsEnded(("s2",)), now=later(hours=2))
    assert await kept.ask(lambda find: list(find.subscriptions.own())) == [changed]
    assert await kept.ask(lambda find: find.subscriptions.one("s2")) == OTHER
    await kept.keep(SubscriptionsEnded(("s1",)), SubscriptionsRevived(("s2",)), now=later(hours=3))
    assert await kept.ask(lambda find: list(find.subscriptions.own())) == [OTHER]
    await kept.keep(SubscriptionKept(MINE), now=later(hours=4))
    assert await kept.ask(lambda find: list(find.subscriptions.own())) == [MINE, OTHER]


async def test_why_a_person_was_told(kept: Kept) -> None:
    await kept.keep(SubscriptionKept(MINE), SubscriptionKept(OTHER), who=BO)
    await publish(kept, CAFE)

    def told(work: UnitOfWork) -> None:
        work.deliveries.add([Delivery(100 + BO, "r1", BO, ("s1", "s2"), "at_once", "told", "k")], [NOW])

    await kept.given(
        "subscriptions.told", lambda memory: memory.subscriptions.because_of.update(r1=("s1", "s2")), told, who=BO
    )
    await kept.keep(SubscriptionsEnded(("s1",)), who=BO)
    assert await kept.ask(lambda find: list(find.subscriptions.told("r1")), who=BO) == [MINE, OTHER]
    assert await kept.ask(lambda find: list(find.subscriptions.told("r1")), who=ANA) == []
    assert await kept.ask(lambda find: list(find.subscriptions.told("r2")), who=BO) == []


async def test_what_was_published_lately(kept: Kept) -> None:
    later_cafe = replace(CAFE, id="r4", published_at=later(hours=3), changed_at=later(hours=3))
    for each in (CAFE, later_cafe, SECRET):
        await publish(kept, each)
    news = [later_cafe, CAFE]
    await kept.given("subscriptions.recent", lambda memory: memory.subscriptions.news.extend(news), who=BO)
    assert await kept.ask(lambda find: list(find.subscriptions.recent(NOW)), who=BO) == news
    assert await kept.ask(lambda find: list(find.subscriptions.recent(later(hours=1))), who=BO) == [later_cafe]
    assert await kept.ask(lambda find: list(find.subscriptions.recent(NOW)), who=ANA) == []


async def test_groups_that_initiatives_come_to(kept: Kept) -> None:
    def opened(work: UnitOfWork) -> None:
        work.subscribed_chats.ask(-7, "Odense", "da", BO, NOW)
        work.subscribed_chats.open(-7, NOW)

    chat = Chat(-7, "Odense", NOW)
    assert await kept.ask(lambda find: list(find.subscriptions.chats()), who=BO) == []
    await kept.given("subscriptions.chats", lambda memory: memory.subscriptions.opened.append(chat), opened, who=BO)
    assert await kept.ask(lambda find: list(find.subscriptions.chats()), who=BO) == [chat]
    assert await kept.ask(lambda find: list(find.subscriptions.chats()), who=ANA) == []
    await kept.keep(AdministratorAsked(-7), who=BO)
    assert await kept.ask(lambda find: list(find.subscriptions.chats()), who=BO) == [replace(chat, known_at=None)]


async def test_the_municipality_of_a_person(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.subscriptions.home()) == ""
    await kept.keep(LibraryRemembered(ODENSE))
    await kept.given("subscriptions.home", lambda memory: setattr(memory.subscriptions, "speaks_for", "DK-0461"))
    assert await kept.ask(lambda find: find.subscriptions.home()) == "DK-0461"
