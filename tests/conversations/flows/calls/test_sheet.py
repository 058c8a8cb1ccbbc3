"""A sheet of questions (XLSForm): sent by a coordinator, confirmed, and answered by librarians."""

import pytest

from conversations.language.events import File, FormSheet, SentFile
from conversations.model.calls import OwnQuestion
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.calls.test_calls import begun, call, coordinator, librarian
from tests.sheets import CHOICES, THIRTY, YES_NO, asks, offers, sheet


def sends(talk: Dialogue, of: FormSheet) -> None:
    talk.takes(SentFile(File("document", "ref", "questions.xlsx", size=9000), message=77, sheet=of))


def test_a_sheet_becomes_the_questions_of_the_call_after_a_yes() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.presses("✏️ Your own questions")
    talk.bot("send a whole sheet of questions (XLSForm, .xlsx)")
    sends(talk, sheet(THIRTY, CHOICES))
    talk.bot(
        "30 questions for “Focus on inclusion”",
        "Which branch is it? (A text)",
        "How many work there? (A whole number)",
        "… and 25 more",
        buttons=["Use these questions", "‹ Back"],
    )
    assert talk.memory.calls.kept[slug].questions == (), "nothing is changed before the yes"
    talk.writes("maybe")
    talk.bot("Tap one of the buttons, or write “yes”.", "30 questions")
    talk.writes("yes")
    talk.bot("Saved: 30 questions.", buttons=["Which branch is it?", "More questions (2 of 4)"])
    made = talk.memory.calls.kept[slug]
    assert len(made.asked()) == 30
    assert [each.key for each in made.questions] == [f"own_{number}" for number in range(1, 32)]
    talk.presses("More questions (2 of 4)")
    talk.bot(buttons=["Question number 10?", "More questions (3 of 4)"])
    for page in ("More questions (3 of 4)", "More questions (4 of 4)", "More questions (1 of 4)"):
        talk.presses(page)
    talk.presses("What is in the garden?")
    talk.bot("Asked only if: selected(${rooms}, 'garden')", buttons=["A text"])


def test_a_sheet_that_cannot_be_carried_changes_nothing_and_says_why() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.presses("✏️ Your own questions")
    sends(talk, sheet([asks("text", "a", "A"), asks("geopoint", "b", "Where?"), asks("image", "c", "A picture?")]))
    talk.bot(
        "The sheet was not taken, and nothing has changed.",
        "Row 3, type: the type “geopoint” cannot be asked in a chat.",
        "Row 4, type: the type “image” cannot be asked in a chat.",
        "Change these rows and send the sheet again.",
        "Questions that only this call asks",
    )
    sends(talk, FormSheet(refused="kind"))
    talk.bot("That is not an .xlsx workbook.", "Questions that only this call asks")
    sends(talk, sheet([asks("image", f"q{number}", "Which?") for number in range(40)]))
    talk.bot("There are 28 more.")
    assert talk.memory.calls.kept[slug].questions == ()


def test_back_leaves_the_questions_as_they_are() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    sends(talk, sheet([asks("text", "a", "What?")]))
    talk.presses("‹ Back")
    talk.bot("Questions that only this call asks")
    assert talk.memory.calls.kept[slug].questions == ()


def test_a_sheet_sent_from_nowhere_asks_for_which_call_it_is() -> None:
    talk = coordinator()
    talk.memory.calls.kept = {"inclusion": call()}
    talk.commands("/calls")
    sends(talk, sheet([asks("text", "a", "What?")]))
    talk.bot("For which call are these questions?", buttons=["Inclusion now", "‹ Back"])
    talk.presses("Inclusion now")
    talk.bot("1 question for “Inclusion now”", buttons=["Use these questions"])
    talk.presses("Use these questions")
    talk.bot("Saved: 1 question.")
    assert [each.name for each in talk.memory.calls.kept["inclusion"].questions] == ["a"]


def test_a_coordinator_without_a_call_makes_one_first() -> None:
    talk = coordinator()
    sends(talk, sheet([asks("text", "a", "What?")]))
    talk.bot("Create the call first: /calls.")


def test_a_librarian_who_sends_a_sheet_is_told_as_of_any_other_file() -> None:
    talk = librarian(call())
    sends(talk, sheet([asks("text", "a", "What?")]))
    talk.bot("Start a report first, and send that where I ask for it.")


def test_what_becomes_of_the_questions_before_is_said_and_their_answers_are_kept() -> None:
    talk = coordinator()
    before = (
        OwnQuestion("own_1", "text", {"en": "What?"}, name="a"),
        OwnQuestion("own_2", "text", {"en": "Why?"}, name="b"),
    )
    talk.memory.calls.kept = {"inclusion": call(questions=before)}
    sends(talk, sheet([asks("text", "a", "What exactly?"), asks("text", "c", "Who?")]))
    talk.presses("Inclusion now")
    talk.bot("One question of the call is no longer asked. The answers to it are kept.")
    talk.presses("Use these questions")
    after = talk.memory.calls.kept["inclusion"].questions
    assert [(each.key, each.name, each.retired) for each in after] == [
        ("own_1", "a", False),
        ("own_3", "c", False),
        ("own_2", "b", True),
    ]
    assert after[0].texts["en"] == "What exactly?"


ASKED = [
    asks("note", "hello", "Now about the house"),
    asks("select_one yes_no", "cafe", "Is there a café?", required="yes"),
    asks("text", "cafe_name", "What is the café called?", relevant="${cafe} = 'yes'", required="yes"),
    asks(
        "integer",
        "staff",
        "How many work there?",
        constraint=". >= 1 and . <= 500",
        **{"constraint_message::English (en)": "At least one, and at most 500."},
    ),
    asks("decimal", "hours", "How many hours on a Saturday?", **{"hint::English (en)": "Half hours count"}),
    asks("date", "since", "Since when?"),
    asks("select_multiple rooms", "rooms", "Which rooms are there?"),
    asks("text", "garden", "What is in the garden?", relevant="selected(${rooms}, 'garden')"),
]


def asked_librarian(language: str = "en") -> Dialogue:
    maker = coordinator()
    maker.memory.calls.kept = {"inclusion": call(variant="short")}
    sends(maker, sheet(ASKED, [*YES_NO, *offers("rooms", hall="Hall", garden="Garden")]))
    maker.presses("Inclusion now")
    maker.presses("Use these questions")
    return librarian(maker.memory.calls.kept["inclusion"], language=language)


def to_the_own_questions(talk: Dialogue) -> None:
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    talk.presses("Running")
    talk.writes("Story time in the park")
    talk.writes("Every Tuesday we read in the park for families who do not come to the library otherwise.")
    if "Done" in talk.labels():
        talk.presses("Done")
    talk.presses("Reading group")
    talk.presses("Next")


def test_the_questions_are_asked_as_the_sheet_says() -> None:
    talk = asked_librarian()
    to_the_own_questions(talk)
    talk.bot("Now about the house", "Is there a café?", buttons=["Yes", "No"])
    assert "Skip" not in talk.labels(), "it has to be answered"
    talk.presses("Yes")
    talk.bot("What is the café called?")
    talk.writes("Kaffe og kage")
    talk.bot("How many work there?")
    talk.writes("about five")
    talk.bot("Type a whole number, for example 30.")
    talk.writes("501")
    talk.bot("At least one, and at most 500.", "How many work there?")
    talk.writes("12")
    talk.bot("How many hours on a Saturday?", "Half hours count")
    talk.writes("2.5")
    talk.bot("Since when?")
    talk.writes("March 2021")
    talk.bot("Which rooms are there?")
    talk.presses("Garden")
    talk.presses("Next")
    talk.bot("What is in the garden?")
    talk.writes("Apples")
    answers = talk.answers()
    assert {key: value for key, value in answers.items() if key.startswith("own_")} == {
        "own_2": "yes",
        "own_3": "Kaffe og kage",
        "own_4": 12,
        "own_5": 2.5,
        "own_6": "2021-03",
        "own_7": ["garden"],
        "own_8": "Apples",
    }


def test_what_does_not_apply_is_not_asked() -> None:
    talk = asked_librarian()
    to_the_own_questions(talk)
    talk.writes("no")
    talk.bot("How many work there?")
    for question in ("How many hours on a Saturday?", "Since when?", "Which rooms are there?"):
        talk.presses("Skip")
        talk.bot(question)
    talk.presses("Hall")
    talk.presses("Next")
    assert "What is in the garden?" not in talk.said()


@pytest.mark.parametrize(("language", "typed", "shown"), [("da", "2,5", "2,5"), ("sl", "-1.250,5", "-1.250,5")])
def test_numbers_are_read_and_shown_in_the_language_of_the_reader(language: str, typed: str, shown: str) -> None:
    from conversations.forms.kinds.numbers import exact_number
    from conversations.language.words import Exact
    from tests.conversations.dialogue import CATALOGUES

    value = exact_number(typed, language)
    assert value is not None
    assert CATALOGUES[language].say(Exact(value)).replace("\u2212", "-") == shown


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("en", "1,250", 1250),
        ("en", "1.250", 1.25),
        ("da", "1.250", 1250),
        ("da", "2.5", 2.5),
        ("da", "1 250", 1250),
        ("en", "12.", 12),
        ("en", "3 or 4", None),
        ("en", "twelve", None),
        ("en", "1.2.3", None),
        ("en", "9" * 40, None),
    ],
)
def test_a_number_is_read_as_it_is_written(language: str, typed: str, value: float | None) -> None:
    from conversations.forms.kinds.numbers import exact_number

    assert exact_number(typed, language) == value
