"""When something takes place, as people write it: days, and hours if there are any."""

from datetime import date, time

import pytest

from conversations.reading.dates.days_and_hours import DaysAndHours, read_days_and_hours

TODAY = date(2026, 11, 30)
TWELFTH = date(2027, 3, 12)


@pytest.mark.parametrize(
    ("language", "text", "begins", "ends"),
    [
        ("da", "12. marts 2027 kl. 10-15", 10, 15),
        ("da", "d. 12. marts", None, None),
        ("da", "12/3 10:00-15:00", 10, 15),
        ("da", "fredag den 12. marts 2027 kl. 9", 9, None),
        ("da", "12.3.2027 10-15", 10, 15),
        ("da", "12. marts kl 10 til 15", 10, 15),
        ("sl", "12. marca 2027 ob 10h", 10, None),
        ("sl", "12. 3. 2027, 9.00–12.00", 9, 12),
        ("sl", "12. marec od 10. do 15. ure", 10, 15),
        ("sl", "12. 3. 2027 ob 10.00", 10, None),
        ("sl", "12. 3. 2027 od 10.00 do 15.00", 10, 15),
        ("en", "12 March 2027, 10am-3pm", 10, 15),
        ("en", "12 March 2-4 pm", 14, 16),
        ("en", "March 12 2027 at 10", 10, None),
        ("en", "2027-03-12", None, None),
    ],
)
def test_one_day(language: str, text: str, begins: int | None, ends: int | None) -> None:
    first, last = (None if hour is None else time(hour) for hour in (begins, ends))
    assert read_days_and_hours(text, TODAY, language) == DaysAndHours(TWELFTH, TWELFTH, first, last)


@pytest.mark.parametrize(
    ("language", "text"),
    [("da", "3.-4. maj 2027"), ("da", "fra 3. til 4. maj"), ("sl", "od 3. do 4. maja 2027"), ("en", "3-4 May 2027")],
)
def test_several_days(language: str, text: str) -> None:
    assert read_days_and_hours(text, TODAY, language) == DaysAndHours(date(2027, 5, 3), date(2027, 5, 4))


def test_half_hours_and_what_comes_next() -> None:
    found = read_days_and_hours("torsdag den 11. marts 2027 kl. 9.30 til 15.45", TODAY, "da")
    assert found == DaysAndHours(date(2027, 3, 11), date(2027, 3, 11), time(9, 30), time(15, 45))
    assert read_days_and_hours("jutri ob 14h", TODAY, "sl") == DaysAndHours(
        date(2026, 12, 1), date(2026, 12, 1), time(14)
    )


def test_what_has_passed_and_what_is_out_of_order_stays_so() -> None:
    passed = date(2014, 11, 3)
    assert read_days_and_hours("3 November 2014", TODAY, "en") == DaysAndHours(passed, passed)
    backwards = read_days_and_hours("12 March 2027 15:00-10:00", TODAY, "en")
    assert backwards == DaysAndHours(TWELFTH, TWELFTH, time(15), time(10))


def test_what_is_not_exact_is_asked_for() -> None:
    assert read_days_and_hours("marts 2027", TODAY, "da") == DaysAndHours(missing="which")
    assert read_days_and_hours("31. februar", TODAY, "da") == DaysAndHours(missing="calendar")
    assert read_days_and_hours("kl. 10-15", TODAY, "da") == DaysAndHours(begins=time(10), ends=time(15))
    assert read_days_and_hours("hej", TODAY, "da") is None
    either = read_days_and_hours("friday or saturday, 10:00-15:00", TODAY, "en")
    assert either == DaysAndHours(None, None, time(10), time(15), ("2026-12-04", "2026-12-05"), "which")


def test_a_bare_span_is_hours_only_behind_a_whole_day() -> None:
    friday = date(2026, 12, 4)
    assert read_days_and_hours("next Friday 10-15", TODAY, "en") == DaysAndHours(friday, friday, time(10), time(15))
    assert read_days_and_hours("March 10-15", TODAY, "en") == DaysAndHours(date(2027, 3, 10), date(2027, 3, 15))
