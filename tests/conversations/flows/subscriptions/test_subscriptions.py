"""Subscribing, and all that is done with subscriptions, as it is read in the chat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations.flows.subscriptions.editor_chats import SURE_FOR
from conversations.language.events import Pressed
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import SubscriptionKept, SubscriptionsEnded
from conversations.model.subscriptions import Chat, Subscription, Wishes
from tests.conversations.dialogue import Dialogue

MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


def initiative(this: str, *, days: int = 0, **answers: Any) -> Initiative:
    """One from Odense."""
    where = ("dk-0461", "Odense Bibliotekerne", "DK-0461", "Odense", "Syddanmark", "DK")
    published = MOMENT - timedelta(days=days)
    said = {"title": this, "sharing": "public", "themes": ["language_cafe"], "status": "running", **answers}
    return Initiative(this, 1, "da", published, published, "", *where, said)


def subscriber(language: str = "en", **given: Any) -> Dialogue:
    """Somebody who may hear of three initiatives of the last month, and of an older one."""
    talk = Dialogue(language, **given)
    talk.memory.subscriptions.news = [
        initiative("a"),
        initiative("b", themes=["homework_help"]),
        initiative("c", sharing="network"),
        initiative("d", days=40),
    ]
    return talk


def kept(talk: Dialogue) -> list[Subscription]:
    return list(talk.memory.subscriptions.own())


def test_everything_new_takes_two_taps_and_says_what_it_would_have_sent() -> None:
    talk = subscriber()
    talk.commands("/subscribe")
    talk.bot("What would you like notifications about?")
    talk.presses("Everything new")
    talk.bot("You will get notifications about: Everything new", "In the last 30 days there would have been 3.")
    talk.presses("Subscribe")
    talk.bot("Subscribed: Everything new", "Straight away", buttons=["Undo", "Edit this subscription"])
    assert [each.wishes for each in kept(talk)] == [Wishes()]


def test_step_by_step_with_ways_back_and_parts_that_do_not_matter() -> None:
    talk = subscriber()
    talk.commands("/subscribe")
    talk.presses("Choose step by step")
    talk.bot("Which themes?")
    talk.writes("language café, homework help")
    talk.bot("For which target groups?")
    talk.presses("‹ Back")
    talk.bot("Which themes?", "Chosen: Language café, Homework help")
    talk.presses("Next")
    talk.presses("Any")
    talk.bot("From where?")
    talk.writes("odense")
    talk.bot("Chosen: Odense")
    talk.presses("Next")
    talk.bot("You will get notifications about: Language café, Homework help, Odense", "there would have been 3.")
    talk.presses("Every week")
    talk.presses("Fri")
    talk.presses("17:00")
    talk.presses("Subscribe")
    talk.bot("Every week: Fridays at 17:00")
    (one,) = kept(talk)
    assert one.wishes == Wishes(themes=("language_cafe", "homework_help"), places=("DK-0461",))
    assert (one.pace, one.weekday, one.hour) == ("weekly", 4, 17)


def test_every_part_can_be_changed_from_the_whole() -> None:
    talk = subscriber()
    talk.commands("/subscribe")
    talk.presses("Everything new")
    talk.presses("More filters")
    talk.presses("✏️ Stage: any")
    talk.presses("Running")
    talk.presses("Next")
    talk.presses("✏️ Place: any")
    talk.presses("Regions: Denmark")
    talk.presses("Syddanmark")
    talk.presses("Next")
    talk.presses("✏️ Words: any")
    talk.writes("kaffe, sprog")
    talk.presses("✏️ Roles of the library: any")
    talk.writes("learning centre")
    talk.presses("Any")
    talk.bot("You will get notifications about: Syddanmark, Running, “kaffe”, “sprog”")
    talk.presses("Subscribe")
    (one,) = kept(talk)
    assert one.wishes == Wishes(statuses=("running",), places=("DK:Syddanmark",), words=("kaffe", "sprog"))


def test_what_is_written_at_once_is_a_theme_a_place_or_words() -> None:
    for typed, wishes in (
        ("sprogcafé", Wishes(themes=("language_cafe",))),
        ("Flygtninge", Wishes(groups=("refugees",))),
        ("Odense", Wishes(places=("DK-0461",))),
        ("strikkeklub", Wishes(words=("strikkeklub",))),
        ("everything new", Wishes()),
    ):
        talk = subscriber()
        talk.commands("/subscribe")
        talk.writes(typed)
        talk.writes("subscribe")
        assert [each.wishes for each in kept(talk)] == [wishes], typed


def test_in_my_municipality_is_one_tap() -> None:
    talk = subscriber("da")
    talk.memory.subscriptions.speaks_for = "DK-0461"
    talk.commands("/subscribe")
    talk.presses("I min kommune: Odense")
    talk.bot("Så får du besked om: Odense", "De seneste 30 dage ville du have fået besked om 3 initiativer.")


def test_what_is_begun_is_there_after_a_restart_and_leaves_a_draft_alone() -> None:
    talk = subscriber()
    talk.starts_report()
    talk.commands("/subscribe")
    talk.presses("Choose step by step")
    talk.presses("Language café")
    assert "Chosen: Language café" in talk.redraws()
    talk.commands("/cancel")
    assert kept(talk) == []
    talk.starts_report()
    talk.bot("Continue a report without a name, question 1 of 9?")


def test_the_same_wish_twice_is_one_subscription() -> None:
    talk = subscriber()
    for pace in ("Straight away", "Every day"):
        talk.commands("/subscribe")
        talk.presses("Everything new")
        talk.presses(pace)
        talk.presses("Subscribe")
    assert [each.pace for each in kept(talk)] == ["daily"]


def test_a_link_subscribes_in_one_tap_and_can_be_taken_back() -> None:
    talk = subscriber()
    talk.commands("/start s_language_cafe")
    talk.bot("Subscribed: Language café", buttons=["Undo", "Edit this subscription"])
    talk.commands("/start s_language_cafe")
    assert [each.wishes for each in kept(talk)] == [Wishes(themes=("language_cafe",))]
    talk.presses("Undo")
    talk.bot("Stopped: Language café")
    assert kept(talk) == []
    talk.presses("Undo")
    talk.bot("Subscribed: Language café")
    talk.commands("/start s_nonsense")
    talk.bot("Welcome to Meldind")


def test_pausing_going_on_and_changing() -> None:
    talk = subscriber()
    talk.commands("/subscriptions")
    talk.bot("You have no subscriptions.")
    talk.commands("/start s_language_cafe")
    talk.commands("/subscriptions")
    talk.presses("Language café")
    talk.bot("Language café", "Straight away", "there would have been 2.")
    talk.writes("pause")
    talk.bot("Language café (paused)")
    assert kept(talk)[0].paused
    talk.presses("Resume")
    talk.presses("Edit this subscription")
    talk.presses("Every day")
    talk.presses("Save the changes")
    assert (kept(talk)[0].pace, kept(talk)[0].paused) == ("daily", False)


def test_unsubscribing_asks_only_which() -> None:
    talk = subscriber()
    talk.commands("/start s_language_cafe")
    talk.commands("/unsubscribe")
    talk.bot("Stopped: Language café", buttons=["Undo"])
    for theme in ("language_cafe", "homework_help", "reading_group"):
        talk.commands(f"/start s_{theme}")
    talk.commands("/unsubscribe")
    talk.presses("Homework help")
    talk.bot("Stopped: Homework help")
    talk.commands("/unsubscribe")
    talk.presses("All of them")
    assert kept(talk) == []
    talk.presses("Undo")
    assert len(kept(talk)) == 2


def test_why_this_and_stop_from_a_notice_in_the_middle_of_a_report() -> None:
    talk = subscriber()
    talk.commands("/start s_language_cafe")
    (one,) = kept(talk)
    talk.memory.subscriptions.because_of["a"] = (one.id,)
    talk.starts_report()
    there = talk.memory.session.at
    talk.takes(Pressed("why", "a", revision=0))
    talk.bot(
        "You got this notification because you subscribe to:",
        "Language café",
        buttons=["Stop these notifications", "Edit this subscription"],
    )
    talk.presses("Stop these notifications")
    talk.bot("Stopped: Language café", buttons=["Undo", "Back to my report ›"])
    assert kept(talk) == []
    talk.presses("Undo")
    assert kept(talk) == [one]
    assert talk.memory.session.at == there


def test_where_several_subscriptions_asked_for_it_stop_asks_which() -> None:
    talk = subscriber()
    for theme in ("language_cafe", "homework_help"):
        talk.commands(f"/start s_{theme}")
    talk.memory.subscriptions.because_of["a"] = tuple(each.id for each in kept(talk))
    talk.takes(Pressed("stop_news", "a", revision=0))
    talk.bot("Several of your subscriptions match it.", buttons=["Language café", "Homework help"])
    talk.presses("All of these")
    assert kept(talk) == []


def test_another_persons_subscription_cannot_be_touched() -> None:
    talk = subscriber()
    for action in ("sub_end", "sub_undo", "sub_change"):
        turn = talk.takes(Pressed(action, "somebodys", revision=0))
        assert not [each for each in turn.outcomes if isinstance(each, SubscriptionKept | SubscriptionsEnded)]


def test_for_a_group_what_all_may_see_counts() -> None:
    talk = subscriber()
    talk.memory.subscriptions.opened = [Chat(-100, "Integration council", talk.now)]
    talk.commands("/subscribe")
    talk.presses("Everything new")
    talk.presses("For a group or channel")
    talk.presses("Integration council")
    talk.bot("Sent to: Integration council", "there would have been 2.")
    talk.presses("Subscribe")
    talk.bot("Subscribed: Integration council: Everything new")
    assert [each.chat for each in kept(talk)] == [-100]


def of_a_group(sure: timedelta | None) -> Dialogue:
    """Somebody with a subscription for a group, who was said to be an administrator there so long ago."""
    talk = subscriber()
    book = talk.memory.subscriptions
    book.opened = [Chat(-100, "Integration council", None if sure is None else talk.now - sure)]
    book.kept["s1"] = Subscription("s1", Wishes(), chat=-100)
    return talk


def test_before_a_change_for_a_group_it_is_asked_again_who_is_an_administrator() -> None:
    talk = of_a_group(SURE_FOR + timedelta(seconds=1))
    talk.commands("/subscriptions")
    talk.presses("Integration council: Everything new")
    assert talk.memory.subscriptions.opened == [Chat(-100, "Integration council")]
    talk.presses("Pause")
    talk.bot("I am asking Telegram whether you are still an administrator there. Tap again in a moment.")
    talk.presses("Edit this subscription")
    talk.presses("Every day")
    talk.presses("Save the changes")
    talk.bot("I am asking Telegram", "You will get notifications about: Everything new")
    assert kept(talk) == [Subscription("s1", Wishes(), chat=-100)]
    talk.memory.subscriptions.opened = [Chat(-100, "Integration council", talk.now)]
    talk.presses("Save the changes")
    assert kept(talk) == [Subscription("s1", Wishes(), "daily", chat=-100)]


def test_whoever_is_no_administrator_any_more_changes_nothing_and_can_end_it() -> None:
    talk = of_a_group(None)
    talk.memory.subscriptions.opened = [Chat(-100, "Integration council", talk.now, orphaned=True)]
    talk.commands("/subscriptions")
    talk.presses("Integration council: Everything new")
    talk.presses("Pause")
    talk.bot("I am no longer there, or you are not an administrator there.")
    talk.presses("Stop this subscription")
    assert kept(talk) == []


def test_the_counted_sentences_in_slovenian() -> None:
    talk = subscriber("sl")
    for number, said in ((1, "1 dejavnost"), (2, "2 dejavnosti"), (3, "3 dejavnosti"), (5, "5 dejavnosti")):
        talk.memory.subscriptions.news = [replace(initiative("a"), id=f"n{each}") for each in range(number)]
        talk.commands("/subscribe")
        talk.presses("Vse novo")
        assert said in talk.said().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "typed", "wishes"),
    [
        ("da", "lektiehjælp i odense", Wishes(themes=("homework_help",), places=("DK-0461",))),
        ("da", "alt", Wishes()),
        (
            "da",
            "giv besked når der er noget om ældre og ensomhed",
            Wishes(themes=("wellbeing_loneliness",), groups=("older_people",)),
        ),
        ("da", "havekasser", Wishes(words=("havekasser",))),
        ("da", "skak og banko, frimærker", Wishes(words=("skak banko", "frimærker"))),
        ("da", "region syddanmark", Wishes(places=("DK:Syddanmark",))),
        ("da", "sprogcafé, odense", Wishes(themes=("language_cafe",), places=("DK-0461",))),
        ("sl", "učna pomoč za romske otroke", Wishes(themes=("homework_help",), groups=("roma", "children"))),
        ("sl", "dolenjska", Wishes(places=("SI:Jugovzhodna Slovenija",))),
        ("sl", "vse", Wishes()),
        ("en", "anything for older people", Wishes(groups=("older_people",))),
        ("en", "refugees, asylum seekers", Wishes(groups=("refugees", "asylum_seekers"))),
        ("en", "Slovenia", Wishes(places=("SI",))),
    ],
)
def test_a_wish_in_words_is_shown_and_then_saved(language: str, typed: str, wishes: Wishes) -> None:
    for commanded in (True, False):
        talk = subscriber(language)
        talk.commands(f"/subscribe {typed}" if commanded else "/subscribe")
        if not commanded:
            talk.writes(typed)
        assert kept(talk) == []
        assert typed in talk.said()
        assert talk.screen is not None
        ((save,), *_others) = talk.screen.rows
        talk.takes(talk.press_of(save))
        assert [each.wishes for each in kept(talk)] == [wishes]


def test_what_was_understood_can_be_corrected_by_tapping_and_by_writing() -> None:
    talk = subscriber()
    talk.commands("/subscribe language café for refugees in vejle")
    talk.bot(
        "You will get notifications about: Language café, Refugees, Vejle",
        "That is what I read in “language café for refugees in vejle”. Is it right?",
        buttons=["Subscribe", "✏️ Themes: Language café", "✏️ Target groups: Refugees", "✏️ Place: Vejle"],
    )
    talk.writes("and in odense")
    talk.bot("You will get notifications about: Language café, Refugees, Vejle, Odense")
    talk.writes("immigrants")
    talk.bot("You will get notifications about: Language café, Immigrants, Vejle, Odense")
    talk.presses("✏️ Target groups: Immigrants")
    talk.presses("Any")
    talk.bot("You will get notifications about: Language café, Vejle, Odense")
    talk.writes("no")
    talk.bot("What would you like notifications about?")
    talk.writes("language café in vejle or odense")
    talk.writes("yes")
    talk.bot("Subscribed: Language café, Vejle, Odense")


def test_too_much_at_once_is_no_wish() -> None:
    talk = subscriber()
    talk.commands("/subscribe")
    for typed in ("abc" * 200, "!!", ", ".join(f"gulerod{number}" for number in range(9))):
        talk.writes(typed)
        talk.bot("That is too much.", "What would you like notifications about?")
