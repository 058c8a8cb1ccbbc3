"""Dates as they are kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.dates.edtf import date_bounds, is_edtf


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03-03", date(2026, 3, 3), date(2026, 3, 3)),
        ("2026-21", date(2026, 3, 1), date(2026, 5, 31)),
        ("2026-22", date(2026, 6, 1), date(2026, 8, 31)),
        ("2026-23", date(2026, 9, 1), date(2026, 11, 30)),
        ("2026-24", date(2026, 1, 1), date(2027, 2, 28)),
        ("2011/2012", date(2011, 1, 1), date(2012, 12, 31)),
        ("2014-06/2018-02", date(2014, 6, 1), date(2018, 2, 28)),
        ("2026-03-03/2026-03-03", date(2026, 3, 3), date(2026, 3, 3)),
        ("2003/..", date(2003, 1, 1), None),
        ("2003-23/..", date(2003, 9, 1), None),
    ],
)
def test_bounds(edtf: str, first: date, last: date | None) -> None:
    assert is_edtf(edtf)
    assert date_bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-3", "2026-13", "2026-25", "2026-00", "2026-02-29", "2026-22-01", "2018/2014", "../2018", "2018/",
     "2018/..2", "2014/2016/2018", "0000", " 2026", "2026\n", "２０２６"],
)  # fmt: skip
def test_what_is_not_kept(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r"."):
        date_bounds(text)


@given(st.text(alphabet="0123456789-/.") | st.text())
def test_any_text_is_or_is_not(text: str) -> None:
    if is_edtf(text):
        first, last = date_bounds(text)
        assert last is None or first <= last


@given(st.dates())
def test_every_day(day: date) -> None:
    assert date_bounds(day.isoformat()) == (day, day)
