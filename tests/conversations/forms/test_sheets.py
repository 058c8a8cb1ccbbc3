"""What the rows of a sheet (XLSForm) mean, what is named by row, and how a sheet takes the place of another."""

from dataclasses import replace

import pytest

from bot.language.catalogues import Catalogues
from conversations.forms.sheets.left_out import remarks
from conversations.forms.sheets.replacing import replaced
from conversations.forms.sheets.survey import SheetQuestions, questions_in
from conversations.language.events import FormSheet
from conversations.model.calls import OwnQuestion, WholeCall, as_json, own_from_json
from tests.sheets import CHOICES, DA, EN, THIRTY, YES_NO, Rows, asks, labels, offers, sheet

ENGLISH = Catalogues()["en"]


def read(survey: Rows, choices: Rows = (), **settings: str) -> SheetQuestions:
    return questions_in(sheet(survey, choices, **settings), "en")


def faults(survey: Rows, choices: Rows = ()) -> list[str]:
    found = read(survey, choices)
    assert not found.questions, "nothing is half taken"
    return [ENGLISH.say(each) for each in found.faults]


def test_thirty_questions_in_three_languages() -> None:
    found = read(THIRTY, CHOICES)
    assert found.faults == ()
    note, first, staff = found.questions[:3]
    assert len(found.questions) == 31
    assert (note.kind, first.kind, first.required) == ("note", "text", True)
    assert staff.constraint == ". >= 0 and . <= 500"
    assert [each.kind for each in found.questions[3:9]] == ["decimal", "date", "choice", "text", "several", "text"]
    assert found.questions[7].names == ("hall", "garden", "studio")
    assert found.questions[6].relevant == "${cafe} = 'yes'"
    assert {tuple(each.texts) for each in found.questions} == {("da", "sl", "en")}
    for each in found.questions:
        assert own_from_json(as_json(each)) == each


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (asks("geopoint", "g", "Where?"), "Row 2, type: the type “geopoint” cannot be asked in a chat."),
        (asks("image", "g", "A picture?"), "Row 2, type: the type “image” cannot be asked in a chat."),
        (asks("calculate", "g", "", calculation="1"), "Row 2, type: the type “calculate” cannot be asked in a chat."),
        (asks("begin_repeat", "g", "Each"), "Row 2, type: a group that repeats cannot be asked in a chat."),
        (asks("select_one x or_other", "g", "Which?"), "Row 2, type: “or_other” cannot be used."),
        (asks("", "g", "What?"), "Row 2, type: the type is missing."),
        (asks("text", "", "What?"), "Row 2, name: the name is missing."),
        (asks("text", "2 b", "What?"), "Row 2, name: “2 b” is not a valid name"),
        (asks("text", "status", "What?"), "Row 2, name: every report has “status” already."),
        (asks("text", "own_4", "What?"), "Row 2, name: every report has “own_4” already."),
        ({"type": "text", "name": "g", "label::Deutsch (de)": "Was?"}, "Row 2, label: there is no label in Danish,"),
        ({"type": "text", "name": "g", DA: "x" * 1200}, f"Row 2, {DA}: that is too long: 1,200 characters"),
        ({"type": "text", "name": "g", EN: "And ${a}?"}, f"Row 2, {EN}: an answer cannot stand inside of a text"),
        (asks("select_one rooms", "g", "Which?"), "Row 2, type: there is no list “rooms” in the sheet “choices”."),
        (asks("text", "g", "What?", required="if it rains"), "Row 2, required: only yes or no can stand here."),
        (asks("text", "g", "What?", default="x"), "Row 2, default: “x” cannot be used here."),
        (asks("text", "g", "What?", relevant="${no} = 1"), "Row 2, relevant: there is no question “no” before it."),
        (asks("text", "g", "What?", relevant="${frequency} = 1"), "there is no question “frequency” before it."),
        (asks("text", "g", "What?", relevant="count(.)"), "Row 2, relevant: “count(.)” cannot be computed here."),
        (asks("text", "g", "What?", relevant="today() > 1"), "Row 2, relevant: “today()” cannot be computed here."),
        (asks("text", "g", "What?", relevant="${g} = 1"), "Row 2, relevant: the conditions go in a circle: g → g."),
        (asks("end_group", "", ""), "Row 2: no group begins before this end."),
        (asks("begin_group", "g", ""), "Row 2: this group has no end."),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_is_named_by_row(row: dict[str, str], told: str) -> None:
    found = faults([row])
    assert any(told in each for each in found), found


def test_all_that_is_wrong_is_named_at_once_in_the_order_of_the_rows() -> None:
    survey = [
        asks("text", "a", "A", relevant="${b} = 'x'"),
        asks("text", "b", "B", relevant="${c} = 'x'"),
        {},
        asks("text", "c", "C", relevant="${b} = 'x'"),
        asks("text", "c", "C again"),
        asks("note", "end", "Thank you"),
    ]
    assert faults(survey) == [
        "Row 3, relevant: the conditions go in a circle: b → c → b.",
        "Row 6, name: the name “c” is in row 5 already.",
        "Row 7: a note needs a question below it. Use the thanks of the call for the end.",
    ]


def test_choices_are_named_by_row_too() -> None:
    twice = [
        *YES_NO,
        {"list_name": "yes_no", "name": "yes", **labels("Yes again")},
        {"list_name": "yes_no", "name": "x"},
    ]
    assert faults([asks("select_one yes_no", "a", "A")], twice) == [
        "Sheet “choices”, row 4, name: the name “yes” is in row 2 already.",
        "Sheet “choices”, row 5, label: there is no label in Danish, Slovenian or English.",
    ]
    long = [{"list_name": "l", "name": "a", EN: "x" * 61}]
    assert faults([asks("select_one l", "a", "A")], long) == [
        f"Sheet “choices”, row 2, {EN}: that is too long: 61 characters, and there is room for 60."
    ]
    many = offers("l", **{f"n{number}": "Choice" for number in range(301)})
    assert faults([asks("select_one l", "a", "A")], many) == [
        "Row 2, type: the list “l” has 301 choices, and 300 can be shown."
    ]


def test_a_call_asks_at_most_sixty() -> None:
    assert faults([asks("text", f"q{number}", "What?") for number in range(61)]) == [
        "The sheet has 61 questions. A call asks at most 60 of its own."
    ]
    assert faults([{"type": "start", "name": "start"}]) == ["There is no question in the sheet."]


@pytest.mark.parametrize("why", ["large", "rows", "slow", "broken", "kind", "lost", "no_survey"])
def test_a_file_that_cannot_be_read_has_a_sentence(why: str) -> None:
    found = questions_in(FormSheet(refused=why), "da")  # type: ignore[arg-type]
    assert len(found.faults) == 1
    assert not found.questions


def test_the_check_of_others_is_quoted_where_we_find_nothing() -> None:
    found = questions_in(replace(sheet([asks("text", "a", "A")]), complaint="[row : 2] Something"), "en")
    assert [ENGLISH.say(each) for each in found.faults] == [
        "It is not a valid XLSForm. The check says: “[row : 2] Something”"
    ]


def test_groups_are_carried_as_their_questions() -> None:
    found = read(
        [
            asks("select_one yes_no", "a", "A"),
            asks("begin group", "more", "More of it", relevant="${a} = 'yes'"),
            asks("begin_group", "inner", ""),
            asks("text", "b", "B", relevant="${a} != ''"),
            asks("end group", "", ""),
            asks("end_group", "", ""),
            asks("text", "c", "C"),
        ],
        YES_NO,
    )
    assert [(each.name, each.kind, each.relevant) for each in found.questions] == [
        ("a", "choice", ""),
        ("more", "note", "${a} = 'yes'"),
        ("inner", "note", "${a} = 'yes'"),
        ("b", "text", "(${a} = 'yes') and (${a} != '')"),
        ("c", "text", ""),
    ]


def test_languages_by_code_or_name_and_what_is_left_out() -> None:
    found = read(
        [
            {"type": "start", "name": "start"},
            {
                "type": "text",
                "name": "a",
                "label::dansk": "Hvad?",
                "label::Deutsch (de)": "Was?",
                "appearance": "multiline",
            },
            {"type": "text", "name": "b", "label": "What?", "hint::Slovenian": "Na kratko"},
        ]
    )
    assert found.faults == ()
    assert [dict(each.texts) for each in found.questions] == [{"da": "Hvad?"}, {"en": "What?"}]
    assert found.questions[1].hints == {"sl": "Na kratko"}
    assert [ENGLISH.say(each) for each in remarks(found.questions, found.left_out)] == [
        "Danish: 1 text is missing. It is shown in another language, with a mark.",
        "Slovenian: 2 texts are missing. They are shown in another language, with a mark.",
        "English: 1 text is missing. It is shown in another language, with a mark.",
        "Languages that are left out: Deutsch (de)",
        "Columns that are left out: appearance",
        "Rows that only a program can fill in, and that are left out: 2",
    ]
    danish = read([{"type": "text", "name": "b", "label": "Hvad?"}], default_language="Dansk (da)")
    assert dict(danish.questions[0].texts) == {"da": "Hvad?"}


def call(*questions: OwnQuestion, status: str = "open") -> WholeCall:
    return WholeCall("c", "en", status, questions=questions)  # type: ignore[arg-type]


def own(key: str, name: str, kind: str = "text", names: tuple[str, ...] = ()) -> OwnQuestion:
    return OwnQuestion(key, kind, {"en": name}, tuple({"en": each} for each in names), name=name, names=names)  # type: ignore[arg-type]


def test_a_sheet_that_is_sent_again_keeps_the_keys_of_its_questions() -> None:
    before = call(own("own_1", "a"), own("own_2", "b"), own("own_3", "c", "choice", ("x", "y")))
    wanted = (own("", "c", "choice", ("y", "x", "z")), own("", "new"), own("", "a"), own("", "b", "integer"))
    after = replaced(before, wanted)
    assert after is not None
    assert [(each.key, each.name, each.retired) for each in after] == [
        ("own_3", "c", False),
        ("own_4", "new", False),
        ("own_1", "a", False),
        ("own_5", "b", False),
        ("own_2", "b", True),
    ]


def test_a_question_that_loses_a_choice_is_another_one_so_that_the_answers_keep_their_words() -> None:
    after = replaced(call(own("own_1", "a", "choice", ("x", "y"))), (own("", "a", "choice", ("x", "z")),))
    assert after is not None
    assert [(each.key, each.names, each.retired) for each in after] == [
        ("own_2", ("x", "z"), False),
        ("own_1", ("x", "y"), True),
    ]


def test_in_a_call_that_was_never_open_nothing_of_the_old_questions_stays() -> None:
    after = replaced(call(own("own_1", "a"), status="draft"), (own("", "b"),))
    assert after is not None
    assert [(each.key, each.name) for each in after] == [("own_2", "b")]


def test_a_question_of_the_editor_is_found_again_by_its_key() -> None:
    typed = OwnQuestion("own_2", "choice", {"en": "Which?"}, ({"en": "Hall"}, {"en": "Sal"}))
    found = questions_in(
        sheet(
            [{"type": "select_one l", "name": "own_2", "label::English (en)": "Which room?"}],
            [{"list_name": "l", "name": "1", EN: "Hall"}, {"list_name": "l", "name": "2", EN: "Sal"}],
        ),
        "en",
        frozenset({"own_2"}),
    )
    after = replaced(call(typed), found.questions)
    assert after == (replace(typed, texts={"en": "Which room?"}),)
