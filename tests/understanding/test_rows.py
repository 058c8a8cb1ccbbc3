"""The rows of the half to work with: nothing is hurtful or wrong without a word, and no row that was right is lost."""

import pytest

from tests.understanding.__main__ import MISSED, line_of
from tests.understanding.judging import Verdict, is_right, is_typed, judge
from tests.understanding.rows import Reader, languages, rows

READER = Reader()
KNOWN_AS_MISSED = frozenset(MISSED.read_text("utf-8").splitlines())


@pytest.mark.parametrize("language", tuple(languages()))
def test_no_row_that_was_understood_is_lost(language: str) -> None:
    lost = [line_of(row) for row in rows(language, "work") if not is_right(row, READER.read(row))]
    assert [line for line in lost if line not in KNOWN_AS_MISSED] == []


@pytest.mark.parametrize("language", tuple(languages()))
def test_nothing_hurtful_is_offered_in_either_half(language: str) -> None:
    for half in ("work", "held"):
        told = [judge(row, READER.read(row)) for row in rows(language, half) if is_typed(row)]
        assert Verdict.HURTFUL not in told, half


@pytest.mark.parametrize("language", tuple(languages()))
def test_nothing_wrong_is_kept_without_a_word(language: str) -> None:
    wrong = [
        line_of(row)
        for row in rows(language, "work")
        if is_typed(row) and judge(row, READER.read(row)) is Verdict.WRONG_SILENT
    ]
    assert wrong == []
