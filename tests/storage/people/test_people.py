import asyncio

from sqlalchemy import select

from conversations.context.session import AtSummary, Filling, Session
from conversations.model.outcomes import LanguageChosen, LibraryRemembered, PrivacyShown
from conversations.model.people.person import Person
from storage.models import privacy_notices
from storage.people.people import Standing
from storage.session.storage import Storage
from tests.storage.chat import ANA, BO, NOW, keep, later

LIBRARY = {"key": "dk-0461", "name": "Odense Biblioteker"}


async def stands(storage: Storage, who: int = ANA, chat: int = ANA, language: str = "en") -> Standing:
    return await storage.write(lambda work: work.people.arrive(who, chat, language, NOW))


async def test_a_newcomer_is_entered_once_and_spoken_to_in_the_guessed_language(storage: Storage) -> None:
    came = await stands(storage, language="sl")
    assert came == Standing(Person(came.person.id, "sl"), Session())
    assert await stands(storage, language="da") == came
    assert (await stands(storage, BO)).person.id != came.person.id


async def test_many_that_meet_a_newcomer_at_once_enter_them_once(storage: Storage, url: str) -> None:
    other = Storage.open(url)
    met = await asyncio.gather(*(stands(worker) for worker in (storage, other) for _ in range(10)))
    await other.close()
    assert len({each.person.id for each in met}) == 1


async def test_where_somebody_stands_outlives_the_turn(storage: Storage) -> None:
    at = Filling("r1", "title", {"said": ["Sprogcafé"]}, editing=True)
    await keep(storage, at=at, step=7, now=later(minutes=2))
    assert (await stands(storage)).session == Session(7, at, later(minutes=2))
    await keep(storage, at=AtSummary("r1"), step=8)
    assert (await stands(storage)).session == Session(8, AtSummary("r1"), NOW)
    await keep(storage, at=None, step=9)
    assert (await stands(storage)).session == Session(9, None, NOW)
    assert (await stands(storage, BO)).session == Session()


async def test_what_somebody_chose_is_remembered(storage: Storage) -> None:
    await keep(storage, LanguageChosen("sl"), LibraryRemembered(LIBRARY), PrivacyShown("2026-11"))
    person = (await stands(storage)).person
    assert person == Person(person.id, "sl", LIBRARY, "2026-11")
    await keep(storage, LibraryRemembered(None))
    assert (await stands(storage)).person == Person(person.id, "sl", None, "2026-11")
    assert (await stands(storage, BO)).person.language == "en"


async def test_who_blocked_the_bot_comes_back_by_writing_or_by_unblocking(storage: Storage) -> None:
    came = await stands(storage)
    await storage.write(lambda work: work.people.stopped(ANA))
    await storage.write(lambda work: work.people.revived(ANA))
    await storage.write(lambda work: work.people.stopped(ANA))
    assert await stands(storage) == came


async def test_a_person_is_found_in_a_new_chat(storage: Storage) -> None:
    came = await stands(storage)
    assert await stands(storage, chat=999) == came


async def test_which_privacy_notice_was_shown_when_and_in_which_language_is_kept(storage: Storage) -> None:
    for version, language, days in (("1", "sl", 0), ("2", "da", 1), ("2", "en", 2)):
        await keep(storage, PrivacyShown(version), language=language, now=later(days=days))
    kept = await storage.read(
        lambda work: work._connection.execute(select(privacy_notices).order_by(privacy_notices.c.version)).all()
    )
    assert [tuple(row) for row in kept] == [(1, "1", "sl", NOW), (1, "2", "da", later(days=1))]
