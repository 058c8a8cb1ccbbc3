"""Events, places and wishes for study visits are looked up alike in memory and in databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from conversations.model.events.event import LibraryEvent, When, as_json
from conversations.model.events.seats import Guest, Seats, SignUp
from conversations.model.events.visits import VisitWish
from conversations.model.outcomes import (
    EventCancelled,
    EventChanged,
    EventDropped,
    EventPublished,
    EventStarted,
    EventToldOf,
    LibraryRemembered,
    SignedUp,
    SignUpNamed,
    SignUpWithdrawn,
    VisitWished,
    VisitWishEnded,
)
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, initiative, later, publish

WHEN = When(date(2027, 3, 12), date(2027, 3, 12), time(10), time(15))
DRAFT = LibraryEvent("e1", CY, "theme_day", "da", titles={"da": "Temadag"}, timezone="Europe/Copenhagen", host="BL")


async def begun(kept: Kept, this: LibraryEvent = DRAFT, when: When = WHEN, now: datetime = NOW) -> None:
    days = EventChanged(this.id, "when", as_json(when))
    place = EventChanged(this.id, "place", {"place": "Fredericia", "online": False})
    await kept.keep(EventStarted(this), days, place, who=CY, now=now)


async def announced(kept: Kept, this: LibraryEvent = DRAFT, when: When = WHEN, places: int | None = None) -> None:
    await begun(kept, this, when)
    await kept.keep(EventChanged(this.id, "places", places), EventPublished(this.id), who=CY)


async def test_an_event_and_its_draft(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.events.draft("e1")) is None
    await begun(kept)
    draft = replace(DRAFT, when=WHEN, place="Fredericia")
    assert await kept.ask(lambda find: find.events.draft("e1")) == draft
    assert await kept.ask(lambda find: find.events.one("e1")) is None
    assert not await kept.ask(lambda find: find.events.held("e1"))
    await kept.keep(EventPublished("e1"), who=CY)
    seen = replace(draft, status="published", published_at=NOW, changed_at=NOW)
    assert await kept.ask(lambda find: find.events.one("e1")) == seen
    assert await kept.ask(lambda find: find.events.draft("e1")) == seen
    await kept.keep(
        EventChanged("e1", "link", "https://example.org"), EventChanged("e1", "themes", ["reading_group"]), who=CY
    )
    assert await kept.ask(lambda find: find.events.one("e1")) == seen
    assert await kept.ask(lambda find: find.events.held("e1"))
    await kept.keep(EventPublished("e1"), who=CY, now=later(hours=1))
    changed = replace(
        seen,
        link="https://example.org",
        themes=("reading_group",),
        sequence=1,
        changes={"link": 1},
        changed_at=later(hours=1),
    )
    assert await kept.ask(lambda find: find.events.one("e1")) == changed
    assert not await kept.ask(lambda find: find.events.held("e1"))


async def test_changes_that_are_undone_and_drafts_that_are_deleted(kept: Kept) -> None:
    await announced(kept)
    seen = await kept.ask(lambda find: find.events.one("e1"))
    await kept.keep(EventChanged("e1", "host", "Another"), EventDropped("e1"), who=CY)
    assert await kept.ask(lambda find: find.events.draft("e1")) == seen
    await begun(kept, replace(DRAFT, id="e2"))
    await kept.keep(EventDropped("e2"), who=CY)
    assert await kept.ask(lambda find: find.events.draft("e2")) is None


async def test_what_comes_in_its_order_and_what_an_organiser_has(kept: Kept) -> None:
    await announced(kept, replace(DRAFT, id="late"), When(date(2027, 5, 1), date(2027, 5, 2)))
    await announced(kept, replace(DRAFT, id="soon"))
    await begun(kept, replace(DRAFT, id="draft"), now=later(hours=1))
    assert [each.id for each in await kept.ask(lambda find: find.events.coming())] == ["soon", "late"]
    assert {each.id for each in await kept.ask(lambda find: find.events.posted(), who=CY)} == {"late", "soon", "draft"}
    assert await kept.ask(lambda find: list(find.events.posted()), who=ANA) == []
    over = datetime(2027, 3, 12, 14, tzinfo=UTC)
    assert [each.id for each in await kept.ask(lambda find: find.events.coming(), now=over)] == ["late"]
    await kept.keep(EventCancelled("late"), who=CY)
    await kept.keep(EventPublished("late"), who=CY)
    assert await kept.ask(lambda find: list(find.events.coming()), now=over) == []
    gone = await kept.ask(lambda find: find.events.one("late"))
    assert gone is not None
    assert (gone.status, gone.sequence) == ("cancelled", 1)


async def test_places_and_who_moves_up(kept: Kept) -> None:
    await announced(kept, places=1)
    await kept.keep(SignedUp("e1", "coming"), who=ANA)
    await kept.keep(SignedUp("e1", "waiting"), SignUpNamed("e1", "Bo, Vejle"), who=BO)
    await kept.keep(SignedUp("e1", "waiting"), who=CY)
    own = SignUp("e1", BO, "waiting", 2, name="Bo, Vejle")
    assert await kept.ask(lambda find: find.events.seats("e1"), who=BO) == Seats(1, 2, own)
    assert await kept.ask(lambda find: find.events.going(), who=BO) == {"e1"}
    await kept.keep(SignUpWithdrawn("e1"), who=ANA)
    assert await kept.ask(lambda find: find.events.seats("e1"), who=BO) == Seats(
        1, 1, replace(own, state="coming", promoted=True)
    )
    assert await kept.ask(lambda find: find.events.seats("e1"), who=ANA) == Seats(
        1, 1, SignUp("e1", ANA, "withdrawn", 1)
    )
    assert await kept.ask(lambda find: find.events.going(), who=ANA) == frozenset()
    await kept.keep(SignedUp("e1", "waiting"), who=ANA)
    seats = await kept.ask(lambda find: find.events.seats("e1"), who=ANA)
    assert seats.own == SignUp("e1", ANA, "waiting", 4)
    await kept.keep(EventChanged("e1", "places", 2), EventPublished("e1"), who=CY)
    assert (await kept.ask(lambda find: find.events.seats("e1"), who=CY)).state == "coming"
    assert (await kept.ask(lambda find: find.events.seats("none"), who=CY)) == Seats()


async def test_who_comes(kept: Kept) -> None:
    await announced(kept, places=1)
    await kept.keep(LibraryRemembered(ODENSE), SignedUp("e1", "coming"), SignUpNamed("e1", "Ana"), who=ANA)
    await kept.keep(SignedUp("e1", "waiting"), who=BO)
    found = [
        Guest("Ana", ODENSE["name"], "Odense", "DK", "coming"),
        Guest("", "", "", "", "waiting"),
    ]
    await kept.given("events.guests", lambda memory: memory.events.libraries.update({ANA: found[0]}))
    assert await kept.ask(lambda find: list(find.events.guests("e1"))) == found


async def test_whom_it_reaches_and_who_could_speak(kept: Kept) -> None:
    this = initiative("r1", "Sprogcafé", themes=["language_cafe"], contribute=["theme_day"])
    await publish(kept, this)
    await begun(kept)
    await kept.given("events.reach", lambda memory: memory.events.reached.update({"e1": 1}))
    await kept.given("events.speakers", lambda memory: memory.events.offered.update({"e1": [this]}))
    assert await kept.ask(lambda find: find.events.reach("e1"), who=CY) == 1
    assert [each.id for each in await kept.ask(lambda find: find.events.speakers("e1"), who=CY)] == ["r1"]
    assert await kept.ask(lambda find: find.events.reach("none"), who=CY) == 0
    assert list(await kept.ask(lambda find: find.events.speakers("none"), who=CY)) == []


async def test_what_came_of_it(kept: Kept) -> None:
    await announced(kept)
    await kept.keep(EventToldOf("e1", "Six libraries read together."), who=CY, now=later(days=120))
    told = await kept.ask(lambda find: find.events.told_of(later(days=119), later(days=121)))
    assert [each.came_of for each in told] == ["Six libraries read together."]
    assert list(await kept.ask(lambda find: find.events.told_of(later(days=121), later(days=122)))) == []


async def test_wishes_for_study_visits(kept: Kept) -> None:
    host = VisitWish(ANA, "host", "dk-0461", "DK", ("2027-03",), ("reading_group",))
    guest = VisitWish(ANA, "guest", "dk-0461", "DK", countries=("SI",))
    await kept.keep(VisitWished(guest), VisitWished(host))
    assert list(await kept.ask(lambda find: find.events.wishes())) == [host, guest]
    assert list(await kept.ask(lambda find: find.events.wishes(), who=BO)) == []
    await kept.keep(VisitWished(replace(host, months=())), VisitWishEnded("guest"))
    assert list(await kept.ask(lambda find: find.events.wishes())) == [replace(host, months=())]
