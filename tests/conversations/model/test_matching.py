"""Which initiative matches which subscription."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.catalogues import Catalogues
from conversations.model.initiatives import Initiative
from conversations.model.matching import Told, hooks_of
from conversations.model.subscriptions import Wishes, due_at, wishes_of
from conversations.vocabulary.vocabulary import ROLES, STATUS, TARGET_GROUPS, THEMES

SPELL = Catalogues().spellings
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


def told(title: str = "", summary: str = "", call: str = "", **answers: Any) -> Told:
    """An initiative from Odense."""
    said = {"title": title, "summary": summary, "status": "running", "sharing": "public", **answers}
    where = ("dk-0461", "Odense Bibliotekerne", "DK-0461", "Odense", "Region Syddanmark", "DK")
    return Told(Initiative("r1", 1, "da", MOMENT, MOMENT, call, *where, said), SPELL)


@pytest.mark.parametrize(
    ("wishes", "matches"),
    [
        (Wishes(), True),
        (Wishes(places=("DK",)), True),
        (Wishes(places=("DK:Region Syddanmark",)), True),
        (Wishes(places=("SI", "DK-0461")), True),
        (Wishes(places=("SI",)), False),
        (Wishes(places=("DK-0101",)), False),
        (Wishes(themes=("language_cafe", "other")), True),
        (Wishes(themes=("language_cafe",), groups=("roma",)), False),
        (Wishes(themes=("language_cafe",), groups=("refugees",), statuses=("running",)), True),
        (Wishes(roles=("learning_centre",)), False),
        (Wishes(calls=("spring",)), True),
        (Wishes(calls=("autumn",)), False),
    ],
)
def test_each_part_that_says_something_must_be_met(wishes: Wishes, matches: bool) -> None:
    there = told("Café", call="spring", themes=["reading_group", "language_cafe"], target_groups=["refugees"])
    assert there.matches(wishes) is matches


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("sprog", "Sprogcaféer på biblioteket"),
        ("CAFE", "Sprogcaféer på biblioteket"),
        ("flygtninge", "For flygtningen og hendes familie"),
        ("lektiehjælp", "Lektiehjælpen er åben om onsdagen"),
        ("priseljenci", "Srečanja za priseljenke in domačine"),
        ("begunci", "Tečaj za begunke"),
        ("knjižnica", "V knjižnici beremo skupaj"),
        ("job", "Jobsøgning for alle"),
        ("it", "Hjælp til IT og telefon"),
        ("ærø bibliotek", "Biblioteket på Aeroe"),
    ],
)
def test_words_are_found_whatever_their_ending_and_spelling(typed: str, written: str) -> None:
    assert told(summary=written).matches(Wishes(words=(typed,)))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("it", "Vi mødes hver uge"),  # not within words
        ("job", "Onkeljoben"),
        ("sprog lektier", "Sprogcafé"),  # all words of a phrase
        ("?", "Hvad er det?"),
    ],
)
def test_words_that_are_not_there_are_not_found(typed: str, written: str) -> None:
    assert not told(summary=written).matches(Wishes(words=(typed,)))


def test_words_are_found_in_the_labels_of_every_language_and_of_the_library() -> None:
    there = told("Café", themes=["homework_help"], target_groups=["refugees"])
    for typed in ("homework", "lektiehjælp", "učna pomoč", "begunci", "Odense"):
        assert there.matches(Wishes(words=("nothing like it", typed))), typed


_PLACES = ("DK", "SI", "DK:Region Syddanmark", "DK-0461", "DK-0101")


def _some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


@given(
    st.builds(
        Wishes,
        themes=_some(*(choice.key for choice in THEMES[:4])),
        groups=_some(*(choice.key for choice in TARGET_GROUPS[:4])),
        roles=_some(*(choice.key for choice in ROLES)),
        places=_some(*_PLACES),
        statuses=_some(*(choice.key for choice in STATUS)),
        calls=_some("spring", "autumn"),
        words=_some("cafe", "sprog"),
    ),
    _some(*(choice.key for choice in THEMES[:4])),
    _some(*(choice.key for choice in TARGET_GROUPS[:4])),
    _some(*(choice.key for choice in ROLES)),
    st.sampled_from(["", "spring"]),
)
def test_whatever_matches_is_found_where_it_is_filed(
    wishes: Wishes, themes: tuple[str, ...], groups: tuple[str, ...], roles: tuple[str, ...], call: str
) -> None:
    there = told("Sprogcafé", call=call, themes=themes, target_groups=groups, roles=roles)
    if there.matches(wishes):
        assert set(hooks_of(wishes)) & set(there.hooks())
    assert wishes_of(wishes.as_json()) == wishes


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: MOMENT + timedelta(minutes=minutes)),
    st.timezone_keys().filter(lambda name: name.startswith(("Europe/", "America/", "Pacific/"))),
    st.sampled_from(["at_once", "daily", "weekly"]),
    st.integers(0, 6),
    st.integers(0, 23),
)
def test_it_is_due_soon_and_never_at_night(now: datetime, zone: str, pace: Any, weekday: int, hour: int) -> None:
    due = due_at(pace, weekday, hour, ZoneInfo(zone), now)
    waits = (due - now).total_seconds() / 3600
    assert 0 <= waits <= {"at_once": 24, "daily": 26, "weekly": 24 * 7 + 26}[pace]
    local = due.astimezone(ZoneInfo(zone))
    if pace == "at_once":
        assert 8 <= local.hour < 21
    if pace == "weekly":
        assert local.weekday() == weekday or hour < 4  # an hour that the clocks skip at midnight
