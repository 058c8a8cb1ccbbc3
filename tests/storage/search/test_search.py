"""Search on both databases: forgiving of spelling, in three languages; never more than somebody may see."""

from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from bot.language.catalogues import Catalogues
from conversations.context.context import Context
from conversations.flows.search.wanted import read_wanted
from conversations.memory.memory import Memory
from conversations.model.initiatives import Sharing
from conversations.model.outcomes import Answered, ReportWithdrawn
from conversations.model.people.person import Person
from conversations.model.search import SHOWN, Wanted
from storage.models import findable, initiatives, known_words
from storage.registers import libraries
from storage.registers.port import StoredRegisters
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, keep, look
from tests.storage.publishing import publish

PLACES = {each.municipality.name: each for each in (*libraries("DK"), *libraries("SI"))}

READER = Person(0, "da")
CONTEXT = Context(READER, NOW, NOW.date(), lambda: "", Memory(READER), StoredRegisters(Catalogues().spellings))

REPORTS: dict[str, dict[str, Any]] = {
    "cafe": {
        "title": "Sprogcafé om tirsdagen",
        "summary": "Flygtninge og naboer taler dansk over en kop kaffe i boligområdet.",
        "themes": ["language_cafe"],
        "target_groups": ["refugees"],
        "library": {"key": PLACES["Odense"].key, "name": ""},
    },
    "lektier": {
        "title": "Lektiehjælp på Ærø",
        "summary": "Børnene får hjælp af frivillige, og sprogcaféen har åbent ved siden af.",
        "themes": ["homework_help"],
        "target_groups": ["children"],
        "library": {"key": PLACES["Ærø"].key, "name": ""},
        "outcome": "De læser mere.",
    },
    "kavarna": {
        "title": "Jezikovna kavarna",
        "summary": "Priseljenke in priseljenci se v knjižnici pogovarjajo v slovenščini.",
        "themes": ["language_cafe"],
        "target_groups": ["immigrants"],
        "library": {"key": PLACES["Črnomelj"].key, "name": ""},
        "status": "planned",
    },
    "circle": {
        "title": "Reading together",
        "summary": "A learning circle for newcomers in the housing estate.",
        "themes": ["reading_group"],
        "target_groups": ["newcomers_expats"],
        "roles": ["learning_centre"],
        "library": {"key": PLACES["Aarhus"].key, "name": ""},
    },
}

FOUND = {
    # letters and how they are written without them
    "sprogcafe": ["cafe", "lektier", "kavarna"],
    "SPROGCAFÉ": ["cafe", "lektier", "kavarna"],
    "aeroe": ["lektier"],
    "ærø": ["lektier"],
    "lektiehjaelp": ["lektier"],
    "boern": ["lektier"],
    "århus": ["circle"],
    "aarhus": ["circle"],
    "crnomelj": ["kavarna"],
    "Črnomelj": ["kavarna"],
    # parts of compounds
    "café": ["cafe", "lektier", "kavarna"],
    "sprog": ["cafe", "lektier", "kavarna"],
    "bolig": ["cafe"],
    # endings
    "sprogcaféer": ["cafe", "lektier", "kavarna"],
    "flygtning": ["cafe"],
    "flygtningene": ["cafe"],
    "børn": ["lektier"],
    "kavarne": ["kavarna", "cafe"],
    "priseljencem": ["kavarna"],
    "jezik": ["kavarna", "cafe"],
    "slovenščino": ["cafe", "kavarna"],  # it says a language café in any language
    # one slip
    "sprogcaffe": ["cafe", "kavarna", "lektier"],
    "sprgocafe": ["cafe", "kavarna", "lektier"],
    "odnese": ["cafe"],
    "jezikvona": ["kavarna", "cafe"],
    "lerning": ["circle"],
    # themes, groups and sides of the library in every language, whatever that of the report is
    "language café": ["cafe", "kavarna"],
    "jezikovna kavarna": ["kavarna", "cafe"],
    "refugees": ["cafe"],
    "begunci": ["cafe"],
    "priseljenci": ["kavarna"],
    "indvandrere": ["kavarna"],
    "læsegruppe": ["circle", "lektier"],
    "bralna skupina": ["circle"],
    "learning centre": ["circle"],
    "læringscenter": ["circle"],
    # several words, all of which must be there
    "sprogcafé odense": ["cafe"],
    "odense sprogcafé": ["cafe"],
    "sprogcafé crnomelj": ["kavarna"],
    "kavarna načrtovano": ["kavarna"],
    # nothing, and signs that mean nothing
    "gulerod": [],
    "cafe*": ["cafe", "lektier", "kavarna"],
    "NOT sprogcafé": ["cafe", "lektier", "kavarna"],
    "sprogcafé OR": ["cafe", "lektier", "kavarna"],
    "words:sprogcafé": ["cafe", "lektier", "kavarna"],
    "h:odense": ["cafe"],
    "theme:homework_help": ["lektier"],
    "' | 'odense": ["cafe"],
    "odense') & ('": ["cafe"],
}
"""What is written, and what is found: those with it in the title or place first, then the newest."""


async def published(storage: Storage) -> None:
    """All of the reports; the first are the newest."""
    for number, (report, answers) in enumerate(REPORTS.items()):
        await publish(storage, report, len(REPORTS) - number, **answers)


@pytest.fixture
async def searched(url: str) -> Any:
    """A database with the reports in it, whose search knows labels in every language."""
    storage = Storage.open(url, spellings=Catalogues().spellings)
    await published(storage)
    yield storage
    await storage.close()


async def finds(storage: Storage, words: str = "", who: int = BO, **filters: str) -> list[str]:
    """What that person finds, in its order."""
    wanted = read_wanted(words, CONTEXT, filters)
    found = await storage.write(lambda work: look(work, who).search.find(wanted, 0))
    return [each.id for each in found.page]


async def test_spellings_endings_parts_slips_and_labels(searched: Storage) -> None:
    wrong = {words: got for words, right in FOUND.items() if (got := await finds(searched, words)) != right}
    assert wrong == {}, "\n".join(f"{words}: {got}" for words, got in wrong.items())


async def test_narrowing_down(searched: Storage) -> None:
    assert await finds(searched) == ["cafe", "lektier", "kavarna", "circle"]
    assert await finds(searched, theme="language_cafe") == ["cafe", "kavarna"]
    assert await finds(searched, theme="language_cafe", where="SI") == ["kavarna"]
    assert await finds(searched, where="DK_syddanmark") == ["cafe", "lektier"]
    assert await finds(searched, where="DK-0461") == ["cafe"]
    assert await finds(searched, progress="planned") == ["kavarna"]
    assert await finds(searched, role="learning_centre") == ["circle"]
    assert await finds(searched, known="outcome") == ["lektier"]
    assert await finds(searched, "sprogcafé", group="children") == ["lektier"]
    assert await finds(searched, "sprogcafé", group="prisoners") == []
    assert await finds(searched, where="nowhere at all") == []


async def test_choices_that_leave_something(searched: Storage) -> None:
    def options(work: UnitOfWork, wanted: Wanted, by: str) -> dict[str, int | None]:
        return {each.key: each.count for each in look(work, BO).search.options(wanted, by)}

    themes = await searched.write(lambda work: options(work, Wanted(), "theme"))
    assert themes == {"language_cafe": 2, "homework_help": 1, "reading_group": 1}
    where = await searched.write(lambda work: options(work, Wanted("sprogcafé"), "where"))
    assert where == {
        "DK": 2, "SI": 1, "DK_syddanmark": 2, "SI_jugovzhodna-slovenija": 1, "DK-0461": 1, "DK-0492": 1, "SI-017": 1,
    }  # fmt: skip
    assert list(where) == ["DK", "SI", "DK_syddanmark", "SI_jugovzhodna-slovenija", "DK-0461", "DK-0492", "SI-017"]
    chosen = await searched.write(lambda work: options(work, Wanted("", {"theme": "homework_help"}), "theme"))
    assert chosen == themes, "the filter itself does not count"


async def test_words_that_come_near(searched: Storage) -> None:
    def nearest(work: UnitOfWork, words: str) -> list[str]:
        return list(look(work, BO).search.nearest(Wanted(words)))

    assert await searched.write(lambda work: nearest(work, "sprogcafé Črnomelj")) == ["sprogcafé", "Črnomelj"]
    assert await searched.write(lambda work: nearest(work, "lektiehjelb")) == ["Lektiehjælp"]
    assert await searched.write(lambda work: nearest(work, "xyzzy")) == []


@pytest.mark.parametrize(
    ("roles", "has_published", "seen"),
    [
        ((), False, ["public"]),
        ((), True, ["network", "public"]),
        (("partner",), False, ["network", "public"]),
        (("coordinator",), False, ["coordinators", "network", "public"]),
        (("owner",), False, ["coordinators", "network", "public"]),
    ],
)
async def test_who_finds_what(storage: Storage, roles: tuple[str, ...], has_published: bool, seen: list[str]) -> None:
    kinds: tuple[Sharing, ...] = ("public", "network", "coordinators")
    for sharing in kinds:
        await publish(storage, sharing, title="Secretplace", summary="With hollyhocks.", sharing=sharing)
    who = ANA if has_published else BO
    await storage.write(lambda work: work.members.become(arrive(work, who).id, frozenset(roles)))
    assert sorted(await finds(storage, "secretplace", who)) == seen
    assert sorted(await finds(storage, "secretplaec", who)) == seen
    assert sorted(await finds(storage, "hollyhocks", who)) == seen  # it stands in the descriptions alone
    assert sorted(await finds(storage, "", who)) == seen
    options = await storage.write(lambda work: look(work, who).search.options(Wanted(), "progress"))
    assert [each.count for each in options] == [len(seen)]


async def test_what_only_others_may_see_is_not_even_offered_as_a_word(storage: Storage) -> None:
    await publish(storage, "r1", title="Hemmelighedskræmmeri", sharing="network")

    def nearest(work: UnitOfWork, who: int) -> list[str]:
        return list(look(work, who).search.nearest(Wanted("hemmelighedskramere")))

    assert await storage.write(lambda work: nearest(work, ANA)) == ["Hemmelighedskræmmeri"]
    assert await storage.write(lambda work: nearest(work, BO)) == []


async def test_it_is_found_by_what_it_says_now(storage: Storage) -> None:
    await publish(storage, "r1", title="Sprogcafé")
    await keep(storage, Answered("r1", "title", "Strikkeklub"))
    assert await finds(storage, "sprogcafé") == []
    assert await finds(storage, "strikke") == ["r1"]
    words = await storage.read(lambda work: set(work._connection.scalars(select(known_words.c.word))))
    assert "strikkeklub" in words
    assert "sprogcafe" not in words, "a word that nobody says any more is not kept"
    await keep(storage, ReportWithdrawn("r1"))
    assert await finds(storage, "strikke") == []
    left = await storage.read(lambda work: work._connection.scalar(select(func.count()).select_from(known_words)))
    assert left == 0


async def test_what_was_published_before_there_was_a_search_is_caught_up_with(storage: Storage) -> None:
    await publish(storage, "r1", title="Sprogcafé")
    await storage.write(lambda work: work._connection.execute(findable.delete()))
    assert await finds(storage, "sprogcafé") == []
    assert await storage.write(lambda work: work.initiatives.catch_up())
    assert await finds(storage, "sprogcafé") == ["r1"]
    await storage.write(lambda work: work._connection.execute(update(findable).values(made=0)))
    assert await storage.write(lambda work: work.initiatives.catch_up())
    assert await storage.read(lambda work: work.search.old(10)) == []


async def test_what_was_indexed_with_other_labels_is_indexed_anew(url: str, storage: Storage) -> None:
    """As by a command that knew the English words alone, or before a translation changed."""
    await publish(storage, "r1", title="Strikkeklub", roles=["learning_centre"])
    in_all = Storage.open(url, spellings=Catalogues().spellings)
    try:
        assert await finds(in_all, "læringscenter") == []
        assert await in_all.read(lambda work: work.search.old(10)) == ["r1"]
        assert await in_all.write(lambda work: work.initiatives.catch_up())
        assert await finds(in_all, "læringscenter") == ["r1"]
        assert await in_all.read(lambda work: work.search.old(10)) == []
    finally:
        await in_all.close()


async def test_one_that_is_no_longer_shared_is_not_shown_whatever_the_index_says(storage: Storage) -> None:
    await publish(storage, "r1", title="Sprogcafé")
    await storage.write(lambda work: work._connection.execute(update(initiatives).values(sharing="coordinators")))
    assert await finds(storage, "sprogcafé") == []


async def test_the_newest_first_and_page_by_page(storage: Storage) -> None:
    for number in range(2 * SHOWN + 1):
        await publish(storage, f"r{number:02}", number, title="Sprogcafé", summary="Kaffe.")

    def pages(work: UnitOfWork) -> list[str]:
        search = look(work, BO).search
        return [each.id for page in range(3) for each in search.find(Wanted("sprogcafé"), page).page]

    assert await storage.write(pages) == [f"r{number:02}" for number in reversed(range(2 * SHOWN + 1))]
    last = await storage.write(lambda work: look(work, BO).search.find(Wanted("sprogcafé"), 99))
    assert [each.id for each in last.page] == ["r00"]
    assert (last.count, last.more) == (2 * SHOWN + 1, False)


async def test_published_at_the_same_moment(storage: Storage) -> None:
    for report in ("r1", "r2", "r3"):
        await publish(storage, report, title="Sprogcafé")
    assert sorted(await finds(storage, "sprogcafé")) == ["r1", "r2", "r3"]
    await keep(storage, Answered("r2", "summary", "Changed."))
    assert sorted(await finds(storage, "sprogcafé")) == ["r1", "r2", "r3"]


async def test_more_than_can_be_counted(searched: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.search.lookup.MOST", 3)
    found = await searched.write(lambda work: look(work, BO).search.find(Wanted(), 0))
    assert (len(found.page), found.count, found.more) == (4, 3, True)
    options = await searched.write(lambda work: look(work, BO).search.options(Wanted(), "progress"))
    assert [each.count for each in options] == [None] * 5
    for chosen, among in (("", "SI_pomurska"), ("DK", "DK_sjaelland"), ("DK_syddanmark", "DK-0461")):
        where = await searched.write(partial(places, Wanted("", {"where": chosen} if chosen else {})))
        assert among in where


def places(wanted: Wanted, work: UnitOfWork) -> list[str]:
    """The places that can be chosen."""
    return [each.key for each in look(work, BO).search.options(wanted, "where")]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60) | st.text(alphabet="%_\"'*()^:-+&|!\\ aeNOTRD", max_size=20))
def test_no_text_breaks_it_or_finds_everything(everywhere: Storage, words: str) -> None:
    def found(work: UnitOfWork) -> int:
        return look(work, BO).search.find(Wanted(words or " "), 0).count

    assert everywhere.write_now(found) < len(REPORTS)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def everywhere(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A database with the reports in it, for all examples."""
    if request.param == "sqlite":
        name = f"sqlite:///{tmp_path_factory.mktemp('search') / 'meldind.db'}"
        yield from _filled(name)
    else:
        server = request.getfixturevalue("postgres")
        with server.database() as database:
            yield from _filled(server.url(database))


def _filled(url: str) -> Any:
    import asyncio

    migrate(url)
    storage = Storage.open(url, spellings=Catalogues().spellings)
    asyncio.run(published(storage))
    yield storage
    storage.close_now()


@pytest.mark.parametrize(
    "words", ["secretplace", "secretplaec", "hollyhocks", "hollyhokcs", "secretplace hollyhocks", ""]
)
async def test_the_index_itself_gives_only_what_somebody_may_see(storage: Storage, words: str) -> None:
    for sharing in ("public", "network", "coordinators"):
        await publish(storage, sharing, title="Secretplace", summary="With hollyhocks.", sharing=sharing)
    for sees in ({"public"}, {"public", "network"}, {"public", "network", "coordinators"}):
        hits = await storage.read(lambda work, sees=sees: work.search.find(Wanted(words), sees, 9))  # type: ignore[misc]
        assert len(hits.numbers) == len(sees)
