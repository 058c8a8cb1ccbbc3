"""`meldind understand`: JSON lines in and out."""

import json
from datetime import date

from bot.cli.understanding import answers

TODAY = date(2026, 11, 30)


def answered(*lines: str) -> list[tuple[bool, dict[str, object]]]:
    return [(is_row, json.loads(answer)) for is_row, answer in answers(lines, TODAY)]


def test_each_row_is_answered() -> None:
    assert answered(
        '{"question": "frequency", "input": "vsak teden", "language": "sl"}',
        '{"question": "library", "input": "odense", "language": "da"}',
        "",
        '{"list": "• Sprogcafé\\n• Lektiecafé", "language": "da"}',
    ) == [
        (True, {"value": "weekly"}),
        (True, {"value": "Odense Biblioteker og Borgerservice"}),
        (
            True,
            {
                "offers": [
                    {"title": "Sprogcafé", "summary": "", "library": None},
                    {"title": "Lektiecafé", "summary": "", "library": None},
                ]
            },
        ),
    ]


def test_a_line_that_is_no_row_is_told_and_the_others_go_on() -> None:
    found = answered(
        "{",
        "[]",
        '{"question": "nothing", "input": "x"}',
        '{"question": "library", "input": "odense", "language": "xx"}',
        '{"question": "library", "input": "odense", "context": {"today": "soon"}}',
        '{"question": "library", "input": "odense"}',
    )
    assert [is_row for is_row, _answer in found] == [False] * 5 + [True]
    assert [str(answer.get("error", ""))[:7] for _is_row, answer in found] == [
        "line 1:", "line 2:", "line 3:", "line 4:", "line 5:", "",
    ]  # fmt: skip
