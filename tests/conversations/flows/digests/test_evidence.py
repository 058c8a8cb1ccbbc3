"""What is known, of just what was asked: a theme, a target group, a country, a call, words, or several of these."""

import json
from dataclasses import replace
from typing import Any

import pytest

from conversations.flows.digests.topic import Topic
from conversations.language.events import Pressed
from conversations.model.calls import WholeCall
from conversations.model.digests.looking import Known
from tests.conversations.dialogue import CATALOGUES, Dialogue
from tests.conversations.flows.digests.test_digest import coordinator, report_summary

EVIDENCE = {"evidence": ("statistics",), "outcome": True}


def asked(talk: Dialogue, words: str) -> set[str]:
    """The libraries whose results are told."""
    talk.commands(f"/evidence {words}")
    return {name for name in ("Odense", "Aarhus", "Kamnik", "Vejle") if f", {name}." in talk.said()}


def results() -> Dialogue:
    talk = coordinator()
    talk.memory.calls.kept = {
        "rooms": WholeCall("rooms", "en", "open", titles={"en": "Rooms for all", "da": "Rum til alle"}),
        "draft": WholeCall("draft", "en", titles={"en": "Not yet"}),
    }

    def known(number: int, library: str, outcome: str, **given: Any) -> Known:
        return Known(report_summary(number, library=library, line="", **{**EVIDENCE, **given}), {"outcome": outcome})

    talk.memory.digests.results = [
        known(1, "Odense", "Mødrene taler mere dansk.", call="rooms", country="DK"),
        known(
            2,
            "Aarhus",
            "They found work.",
            evidence=("statistics", "research"),
            themes=("homework_help",),
            country="DK",
            municipality="DK-0461",
        ),
        known(3, "Kamnik", "Otroci več berejo.", groups=("children",), country="SI", call="rooms"),
        known(4, "Vejle", "They found work and friends.", sharing="", country="DK"),
    ]
    return talk


@pytest.mark.parametrize(
    ("words", "libraries", "about"),
    [
        ("", {"Odense", "Aarhus", "Kamnik"}, "What we know\n"),
        ("mødre", {"Odense"}, "What we know: “mødre”"),
        ("found work", {"Aarhus"}, "What we know: “found work”"),
        ("friends", set(), "No report of this kind"),
        ("nonsense", set(), "What we know: “nonsense”"),
        ("Homework help", {"Aarhus"}, "What we know: Homework help"),
        ("lektiehjælp", {"Aarhus"}, "What we know: Homework help"),
        ("lektiehjælp for flygtninge", {"Aarhus"}, "What we know: Homework help, Refugees"),
        ("anything about homework in Denmark", {"Aarhus"}, "What we know: Homework help, Denmark"),
        ("lektiehjælp odense", {"Aarhus"}, "What we know: Homework help, Odense"),
        ("theme:homework help", {"Aarhus"}, "What we know: Homework help"),
        ("Theme: Homework help group: Refugees", {"Aarhus"}, "What we know: Homework help, Refugees"),
        ("country:Slovenia", {"Kamnik"}, "What we know: Slovenia"),
        ("land: Danmark", {"Odense", "Aarhus"}, "What we know: Denmark"),
        ("Danmark", {"Odense", "Aarhus"}, "What we know: Denmark"),
        ("država:SI", {"Kamnik"}, "What we know: Slovenia"),
        ("call:rooms", {"Odense", "Kamnik"}, "What we know: Rooms for all"),
        ("opfordring: rum til alle country:DK", {"Odense"}, "What we know: Denmark, Rooms for all"),
        ("mødrene call:rooms", {"Odense"}, "What we know: Rooms for all, “mødrene”"),
        ("work country:SI", set(), "No report of this kind"),
        ("grade:research", {"Aarhus"}, "What we know: Research"),
        ("evidens: talt af biblioteket land:DK", {"Odense", "Aarhus"}, "What we know: Denmark, Counted by the library"),
        ("stopnja:evaluated", set(), "No report of this kind"),
    ],
)
def test_only_what_was_asked_for_is_told(words: str, libraries: set[str], about: str) -> None:
    talk = results()
    assert asked(talk, words) == libraries
    assert about in talk.said()


@pytest.mark.parametrize(
    ("words", "buttons"),
    [
        ("theme:nonsense", ["Language café"]),
        ("country:Norway", ["Denmark", "Slovenia"]),
        ("call:nonsense", ["Rooms for all"]),
    ],
)
def test_a_name_that_is_not_known_is_asked_for(words: str, buttons: list[str]) -> None:
    talk = results()
    talk.commands(f"/evidence {words}")
    talk.bot("I do not know “", buttons=buttons)
    assert "Not yet" not in talk.labels()


def test_country_and_call_have_buttons_and_a_page_to_print() -> None:
    talk = results()
    talk.commands("/evidence")
    talk.presses("By country")
    talk.presses("Slovenia")
    talk.bot("What we know: Slovenia", "This is based on one report,")
    talk.presses("By call")
    talk.presses("Rooms for all")
    talk.bot("What we know: Rooms for all", "This is based on 2 reports")
    talk.presses("Printable page")
    assert told_in(talk) == {
        "call": "rooms",
        "country": "",
        "grade": "",
        "group": "",
        "in": "en",
        "place": "",
        "place_name": "",
        "theme": "",
        "words": "",
    }


def test_how_sure_it_is_has_buttons_and_every_total_says_what_it_rests_on() -> None:
    talk = results()
    talk.memory.digests.results = [
        replace(each, answers={**each.answers, "participants": {**number, "approximate": False}})
        for each, number in zip(
            talk.memory.digests.results,
            (
                {"least": 10, "most": 12, "counted": "in_all"},
                {"least": 30, "most": 30, "counted": "in_all"},
                {"least": 8, "most": 9, "counted": "each_time"},
                {"least": 99, "most": 99, "counted": "in_all"},
            ),
            strict=True,
        )
    ]
    talk.commands("/evidence")
    talk.bot(
        "This is based on 3 reports, from 3 libraries.",
        "How sure it is: research (1), counted by the library (2).",
        "Participants: 40–42 (2 reports: research (1), counted by the library (1)).",
        "Participants each time, not added up (one report): 8–9",
    )
    talk.presses("By how it is known")
    talk.bot("What should it be about?", buttons=["Counted by the library", "Research"])
    talk.presses("Research")
    talk.bot("What we know: Research", "This is based on one report,")
    talk.presses("Printable page")
    assert told_in(talk)["grade"] == "research"


def test_a_figure_is_quoted_with_its_year_and_a_small_number_of_people_is_not() -> None:
    talk = results()
    figure = {"unit": "percent", "least": 60, "most": 60, "approximate": True, "of": None, "about": "", "year": "2016"}
    first, second, *_rest = talk.memory.digests.results
    talk.memory.digests.results = [
        replace(first, answers={**first.answers, "evidence_figure": figure}),
        replace(
            second, answers={**second.answers, "evidence_figure": {**figure, "unit": "number", "most": 3, "least": 3}}
        ),
    ]
    talk.commands("/evidence")
    talk.bot(
        "Mødrene taler mere dansk.", "How we know: Our own figures (counted by the library). Figure: about 60% (2016)."
    )
    assert talk.said().count("Figure:") == 1


def told_in(talk: Dialogue) -> Any:
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    return json.loads(talk.screen.enclosed.data)


def test_what_no_button_can_carry_comes_with_its_page_at_once() -> None:
    talk = results()
    talk.commands("/evidence work country:Denmark")
    assert "Printable page" not in talk.labels()
    told = told_in(talk)
    assert (told["words"], told["country"]) == ("work", "DK")
    talk.commands("/evidence nonsense")
    assert talk.screen is not None
    assert talk.screen.enclosed is None


def test_buttons_of_others_and_of_what_is_gone_name_nothing() -> None:
    talk = results()
    for argument in ("@gone", "#NO", "nonsense."):
        talk.takes(Pressed("evidence_file", argument))
        assert talk.toast() == "That call is no longer available."


def test_words_are_found_as_the_file_finds_them() -> None:
    talk = results()
    found = Topic(words="starejših").of(
        [Known(report_summary(9, groups=("older_people",)), {}), *talk.memory.digests.results], CATALOGUES.spellings
    )
    assert [each.summary.id for each in found] == ["r9"]
