"""Conditions and constraints of sheets: what they compute, and what is not carried."""

from datetime import date
from typing import Any

import pytest

from conversations.forms.expressions import AnswerCondition, NotCarried, parsed

TODAY = date(2026, 11, 22)


def holds(text: str, value: Any = None, **answers: Any) -> bool:
    return AnswerCondition(text).holds(answers, value, TODAY)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("${a} = 'yes'", {"a": "yes"}),
        ("${a} = ‘yes’", {"a": "yes"}),
        ('${a} != "yes"', {"a": "no"}),
        ("${a} != 'yes'", {}),
        ("${a} = ''", {}),
        ("${a} > 3", {"a": 4}),
        ("${a} >= 4 and ${b} < 2.5", {"a": 4, "b": 2.4}),
        ("${a} > 30", {"a": {"least": 31, "most": None, "approximate": True}}),
        ("selected(${a}, 'x') or selected(${a}, 'y')", {"a": ["z", "y"]}),
        ("selected(${a}, 'x')", {"a": "x"}),
        ("count-selected(${a}) = 2", {"a": ["x", "y"]}),
        ("not(selected(${a}, 'x'))", {"a": ["xx"]}),
        ("${a} + ${b} * 2 = 7", {"a": 1, "b": 3}),
        ("(${a} + ${b}) * 2 = 8", {"a": 1, "b": 3}),
        ("${a} mod 2 = 1 and ${a} div 2 = 1.5", {"a": 3}),
        ("-${a} < 0", {"a": 3}),
        ("string-length(${a}) <= 3", {"a": "abc"}),
        ("contains(${a}, 'b') and starts-with(${a}, 'a')", {"a": "abc"}),
        ("${a} > date('2026-01-01')", {"a": "2026-03"}),
        ("${a} < '2026-01-01'", {"a": "2025-12-31"}),
        ("true() and not(false())", {}),
        ("number(${a}) = 4", {"a": "4"}),
        ("${a} = 'Skive Bibliotek'", {"a": {"key": "dk-0779", "name": "Skive Bibliotek"}}),
    ],
)
def test_an_expression_holds(text: str, answers: dict[str, Any]) -> None:
    assert holds(text, **answers)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("${a} > 3", {}),
        ("${a} < 3", {"a": "many"}),
        ("1 div 0 > 0", {}),
        ("selected(${a}, 'x')", {"a": ["xx", "y"]}),
        ("${a} > date('2026-04-01')", {"a": "2026-03"}),
        ("${a} = 1 and true()", {"a": 2}),
    ],
)
def test_an_expression_does_not_hold(text: str, answers: dict[str, Any]) -> None:
    assert not holds(text, **answers)


def test_the_answer_itself() -> None:
    assert holds(". >= 0 and . <= 500", 12)
    assert not holds(". >= 0 and . <= 500", 501)
    assert holds(". <= today()", "2026-11-22")
    assert not holds(". <= today()", "2026-11-23")
    assert holds("string-length() < 3", "ab")
    assert holds(". > ${a}", 3, a=2)
    assert holds(".5 < .", 0.6)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("count(${a}) > 1", "count"),
        ("regex(., '(a+)+$')", "regex"),
        ("${a} > ", ">"),
        ("../a = 1", "/a"),
        ("${a} = 1 ${b}", "${b}"),
        ("(${a} = 1", "1"),
        ("selected(${a})", "selected"),
        ("pulldata('x', 'y')", "pulldata"),
        ("${a} = 'x", "'x"),
        ("", ""),
    ],
)
def test_what_is_not_carried_is_named(text: str, part: str) -> None:
    with pytest.raises(NotCarried) as told:
        parsed(text)
    assert part in told.value.part


def test_no_expression_is_too_deep_or_too_long_to_be_refused() -> None:
    for text in ("(" * 400 + "1" + ")" * 400, "not(" * 200 + "1" + ")" * 200, "-" * 900 + "1", "1+" * 20_000 + "1"):
        with pytest.raises(NotCarried):
            parsed(text)
    assert holds("1" + " + 1" * 200 + " = 201")


def test_an_answer_that_is_not_asked_for_any_more_counts_as_none() -> None:
    keys, conditions = (("a", "own_1"), ("b", "own_2")), (("own_2", "${a} = 'yes'"),)
    third = AnswerCondition("${b} = 'x'", keys, conditions)
    assert third({"own_1": "yes", "own_2": "x"})
    assert not third({"own_1": "no", "own_2": "x"})


def test_conditions_of_sixty_questions_that_all_refer_to_all_before() -> None:
    names = [f"q{number}" for number in range(60)]
    conditions = tuple(
        (name, " or ".join(f"${{{each}}} = 'x'" for each in names[max(0, at - 12) : at]))
        for at, name in enumerate(names)
        if at
    )
    last = AnswerCondition(conditions[-1][1], (), conditions)
    assert last(dict.fromkeys(names, "x"))
    assert not last({**dict.fromkeys(names[1:], "x"), "q0": "y"})
