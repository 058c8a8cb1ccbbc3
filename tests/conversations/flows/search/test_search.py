"""Looking for initiatives: words, filters, pages that keep their place, reading and going on, beside a draft."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.context.session import Filling, InFlow
from conversations.model.search import SHOWN
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.search.test_initiative import CAFE


def published(talk: Dialogue, count: int = 1, **answers: object) -> None:
    """So many initiatives with these answers beside those of the language café, each newer than the one before."""
    book = talk.memory.initiatives.published
    for _number in range(count):
        this = f"i{len(book)}"
        told = {**CAFE.answers, "title": f"Initiative {len(book)}", **answers}
        book[this] = replace(CAFE, id=this, answers=told, published_at=CAFE.published_at + timedelta(hours=len(book)))


@pytest.fixture
def reader() -> Dialogue:
    """Somebody who looks for initiatives: there are a language café, a reading group and homework help."""
    talk = Dialogue()
    published(talk, title="Sprogcafé om tirsdagen", themes=["language_cafe"])
    published(talk, title="Læsekreds", themes=["reading_group"], status="finished", outcome="They read more.")
    published(talk, title="Lektiehjælp", themes=["homework_help"], summary="Også sprogcafé om onsdagen.")
    return talk


def test_words_find_what_has_them_in_its_title_first(reader: Dialogue) -> None:
    reader.commands("/search sprogcafé")
    reader.bot(
        "Search: sprogcafé",
        "I found 2 initiatives.",
        "1. Sprogcafé om tirsdagen – Odense Bibliotekerne",
        "2. Lektiehjælp",
        buttons=["1. Sprogcafé om tirsdagen", "2. Lektiehjælp", "Filter"],
    )


def test_without_words_one_is_asked_for_them(reader: Dialogue) -> None:
    reader.commands("/search")
    reader.bot("What are you looking for?")
    reader.writes("x")
    reader.bot("Type at least two letters.", "What are you looking for?")
    reader.writes("læsekreds")
    reader.bot("I found one initiative.", "1. Læsekreds")


def test_reading_one_and_going_on_with_the_results(reader: Dialogue) -> None:
    reader.commands("/browse")
    reader.presses("2. Læsekreds")
    reader.bot("Læsekreds", "Stage: Finished")
    reader.presses("Read full report")
    reader.bot("What changed: They read more.")
    reader.presses("‹ Results")
    reader.bot("Published initiatives", "I found 3 initiatives.")
    reader.writes("3")
    reader.bot("Sprogcafé om tirsdagen", "Stage: Running")


def test_other_words_search_anew(reader: Dialogue) -> None:
    reader.commands("/search lektie")
    reader.bot("I found one initiative.")
    reader.writes("læsekreds")
    reader.bot("Search: læsekreds", "1. Læsekreds")


def test_narrowing_down_and_taking_it_back(reader: Dialogue) -> None:
    reader.commands("/browse")
    reader.presses("Filter")
    reader.presses("Theme")
    reader.bot("Theme", buttons=["Reading group (1)", "Language café (1)", "Homework help (1)"])
    reader.presses("Reading group (1)")
    reader.bot("Theme: Reading group", "I found one initiative.", buttons=["✕ Reading group"])
    reader.presses("Filter")
    reader.presses("Stage")
    reader.presses("Finished (1)")
    reader.bot("Theme: Reading group", "Stage: Finished", "I found one initiative.")
    reader.presses("✕ Reading group")
    reader.presses("✕ Finished")
    reader.bot("I found 3 initiatives.")


def test_nothing_found_says_what_may_help(reader: Dialogue) -> None:
    reader.commands("/search onsdagen gulerødder")
    reader.bot("I found nothing for “onsdagen gulerødder”.", "Try one of these", buttons=["onsdagen"])
    reader.presses("onsdagen")
    reader.bot("Search: onsdagen", "1. Lektiehjælp")
    reader.writes("gulerødder")
    reader.bot("I found nothing for “gulerødder”.", "Try other or fewer words.")
    reader.presses("All initiatives")
    reader.bot("I found 3 initiatives.")


def test_nothing_at_all_is_published() -> None:
    talk = Dialogue()
    talk.commands("/browse")
    talk.bot("Nothing is published yet.", buttons=["Report an initiative"])


def test_the_page_is_kept_while_reading_for_a_day_and_in_another_language(reader: Dialogue) -> None:
    published(reader, 2 * SHOWN)
    reader.commands("/browse")
    reader.presses("More ›")
    reader.bot("Page 2 of 3.")
    listed = reader.labels()
    reader.presses(listed[0])
    reader.goes_away(30)
    reader.presses("‹ Results")
    assert reader.labels() == listed
    reader.commands("/language")
    reader.presses("Dansk")
    reader.bot("Offentliggjorte initiativer", "Side 2 af 3.")
    assert reader.redraws().startswith("Offentliggjorte initiativer")
    reader.presses("‹ Tilbage")
    reader.bot("Side 1 af 3.")


def test_a_draft_waits_with_all_that_was_typed(reader: Dialogue) -> None:
    reader.starts_report()
    reader.writes("Aarhus")
    reader.presses("Running")
    reader.writes("Our own café")
    reader.writes("Half a story that is not done yet, but long enough to keep")
    before = reader.memory.session.at
    assert isinstance(before, Filling)
    reader.commands("/search sprogcafé")
    reader.presses("1. Sprogcafé om tirsdagen")
    reader.presses("‹ Results")
    reader.presses("Continue where I was")
    assert reader.memory.session.at == before
    reader.bot("Half a story")


def test_a_story_written_among_the_results_starts_a_report(reader: Dialogue) -> None:
    reader.commands("/browse")
    reader.writes(
        "Every Wednesday volunteers read aloud with newcomers in the library, and afterwards we all drink coffee. " * 3
    )
    reader.bot("Shall I start a new report with this text?")


def test_what_others_may_see_is_not_found(reader: Dialogue) -> None:
    published(reader, title="Sprogcafé kun for netværket", sharing="network")
    reader.commands("/search netværket")
    reader.bot("I found nothing for “netværket”.")
    reader.memory.initiatives.seen = frozenset({"public", "network"})
    reader.commands("/search netværket")
    reader.bot("I found one initiative.")


def test_old_and_odd_presses_do_no_harm(reader: Dialogue) -> None:
    reader.commands("/browse")
    for action, argument in (("page", "99"), ("set", "nonsense=x"), ("set", "theme"), ("by", "x"), ("near", "7")):
        assert reader.screen is not None
        button = reader.button("Filter")
        reader.takes(reader.press_of(replace(button, action=action, argument=argument)))
        assert isinstance(reader.memory.session.at, InFlow)
        assert reader.labels()
        reader.commands("/browse")


def test_what_is_looked_for_can_be_subscribed_to(reader: Dialogue) -> None:
    reader.commands("/search gulerødder")
    reader.presses("Get notifications")
    at = reader.memory.session.at
    assert isinstance(at, InFlow)
    assert at.flow == "subscribing"
    assert "gulerødder" in reader.said()
    reader.commands("/browse")
    reader.presses("Filter")
    reader.presses("Theme")
    reader.presses("Reading group (1)")
    reader.presses("Get notifications")
    assert "Reading group" in reader.said()


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "is there anything about language cafés in Odense?", "Theme: Language café"),
        ("da", "findes der nogen der laver sprogcafé i odense", "Emne: Sprogcafé"),
        ("sl", "ali ima kdo jezikovno kavarno v kraju Odense", "Področje: Jezikovna kavarna"),
    ],
)
def test_what_the_words_mean_is_searched_for_and_told(language: str, typed: str, said: str) -> None:
    reader = Dialogue(language)
    published(reader, title="Snak på tværs", themes=["language_cafe"])
    published(reader, title="Noget andet", themes=["reading_group"])
    reader.commands(f"/search {typed}")
    reader.bot(said, "Odense", "1. Snak på tværs")
    assert "Noget andet" not in reader.said()


def test_what_the_words_mean_can_be_taken_out(reader: Dialogue) -> None:
    reader.commands("/search lektiehjælp i vejle")
    reader.bot("Theme: Homework help", "Nothing is found in Vejle; these are from Syddanmark.", "1. Lektiehjælp")
    reader.presses("✕ Homework help")
    reader.bot("Nothing is found in Vejle; these are from Syddanmark.", "I found 3 initiatives.")
    reader.presses("✕ Vejle")
    reader.bot("I found 3 initiatives.")


def test_a_filter_takes_the_place_of_what_the_words_say(reader: Dialogue) -> None:
    reader.commands("/search lektiehjælp")
    reader.presses("Filter")
    reader.presses("Theme: Homework help")
    reader.presses("Reading group (1)")
    reader.bot("Search: lektiehjælp", "Theme: Reading group", "1. Læsekreds")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lektiehjælp i maribor", "Nothing is found in Maribor; these are from elsewhere."),
        ("lektiehjælp med gulerødder", "Nothing is found with “gulerødder”; these fit the rest."),
        ("planlagt lektiehjælp", "Left out, so that something is found: Planned"),
        ("lektiehjælp for hjemløse", "Left out, so that something is found: Homeless people"),
    ],
)
def test_less_is_searched_for_if_all_of_it_finds_nothing(reader: Dialogue, typed: str, said: str) -> None:
    reader.commands(f"/search {typed}")
    reader.bot(said, "I found one initiative.", "1. Lektiehjælp")


def test_a_year_is_when_it_was_under_way(reader: Dialogue) -> None:
    published(reader, title="Old", period_start="2012", period_end="2014-05")
    reader.commands("/search alt fra 2013")
    reader.bot("When: 2013", "I found one initiative.", "1. Old")
    reader.commands("/search 2011")
    reader.bot("I found nothing")


@pytest.mark.parametrize(
    "typed",
    ["language cafes for refugees in Denmark", "digital help for older people in the library", "x" * 99],
)
def test_a_long_search_is_a_search(reader: Dialogue, typed: str) -> None:
    reader.commands("/search")
    reader.writes(typed)
    assert "Shall I start a new report" not in reader.said()
    reader.writes(typed)
    assert "Shall I start a new report" not in reader.said()


def test_everything_is_everything(reader: Dialogue) -> None:
    for typed in ("everything", "alt", "vse", "all"):
        reader.commands(f"/search {typed}")
        reader.bot("I found 3 initiatives.")


@pytest.mark.parametrize("typed", ["lektiehjælp i vejle og omegn", "homework help in and around Vejle", "near vejle"])
def test_near_a_place_is_its_region_too(reader: Dialogue, typed: str) -> None:
    reader.commands(f"/search {typed}")
    reader.bot("Where: Vejle, Syddanmark")
    assert "Lektiehjælp" in reader.said()


def test_a_label_may_be_typed_and_is_no_search(reader: Dialogue) -> None:
    reader.commands("/browse")
    reader.writes("filter")
    reader.bot("Filter by what?")
    reader.writes("theme")
    reader.writes("reading group (1)")
    reader.bot("Theme: Reading group", "1. Læsekreds")


def test_how_it_is_known_is_a_filter(reader: Dialogue) -> None:
    published(reader, title="Bogpakke", outcome="60 %", evidence_types=["external_evaluation", "statistics"])
    published(reader, title="Nysgerrig", outcome="Glade børn", evidence_types=["observation"])
    reader.commands("/browse")
    reader.presses("Filter")
    reader.presses("How it is known")
    assert reader.labels()[:2] == ["Counted by the library (1)", "Evaluated by others (1)"]
    reader.presses("Evaluated by others (1)")
    reader.bot("How it is known: Evaluated by others", "I found one initiative.", "1. Bogpakke")
