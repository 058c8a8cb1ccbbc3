"""The hours, days and deadlines that are promised, in figures, and each to the second."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from conversations.model.calls import WholeCall, end_of
from conversations.model.reminders import call_window, draft_window, next_waking
from conversations.model.reviews import Claim, UnderReview
from conversations.model.subscriptions import Pace, due_at

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NUUK = ZoneInfo("America/Nuuk")

SECOND = timedelta(seconds=1)


def at(clock: str, day: int = 18, zone: tzinfo = COPENHAGEN, month: int = 11) -> datetime:
    """That time of the clocks there, on a day of November (the 18th is a Wednesday)."""
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}").replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "waking"),
    [
        (at("08:59:59"), at("09:00:00")),
        (at("09:00:00"), at("09:00:00")),
        (at("17:59:59"), at("17:59:59")),
        (at("18:00:00"), at("09:00:00", 19)),
        (at("23:59:59"), at("09:00:00", 19)),
        (at("00:00:00"), at("09:00:00")),
    ],
)
def test_nobody_is_reminded_before_nine_or_from_six_in_the_evening_on(moment: datetime, waking: datetime) -> None:
    assert next_waking(moment, COPENHAGEN) == waking


def test_the_hours_are_those_where_the_person_is() -> None:
    assert next_waking(at("12:59:59"), NUUK) == at("12:59:59")
    assert next_waking(at("11:59:59"), NUUK) == at("09:00:00", zone=NUUK)
    assert next_waking(at("18:00:00"), NUUK) == at("18:00:00")


@pytest.mark.parametrize(
    ("pace", "moment", "told"),
    [
        ("at_once", at("07:59:59"), at("08:00:00")),
        ("at_once", at("08:00:00"), at("08:00:00")),
        ("at_once", at("20:59:59"), at("20:59:59")),
        ("at_once", at("21:00:00"), at("08:00:00", 19)),
        ("daily", at("07:59:59"), at("08:00:00")),
        ("daily", at("08:00:00"), at("08:00:00", 19)),
        ("weekly", at("07:59:59"), at("08:00:00")),
        ("weekly", at("08:00:00"), at("08:00:00", 25)),
    ],
)
def test_nobody_is_told_before_eight_or_from_nine_in_the_evening_on(
    pace: Pace, moment: datetime, told: datetime
) -> None:
    assert due_at(pace, 2, 8, COPENHAGEN, moment) == told


CALL = WholeCall(
    "c", "da", "open", deadline_at=end_of(at("12:00:00", 27).date(), COPENHAGEN), timezone="Europe/Copenhagen"
)


def test_a_deadline_is_the_end_of_its_last_day_where_the_call_is() -> None:
    assert CALL.deadline_at == at("00:00:00", 28)
    assert str(CALL.last_day) == "2026-11-27"
    in_time, late = at("00:00:00", 28) - SECOND, at("00:00:00", 28)
    assert (CALL.is_late(in_time), CALL.takes(in_time), CALL.days_left(in_time)) == (False, True, 0)
    assert (CALL.is_late(late), CALL.takes(late), CALL.days_left(late)) == (True, False, -1)
    assert CALL.days_left(at("23:59:59", 20)) == 7


def test_a_call_reminds_seven_days_and_one_day_before_its_last_day() -> None:
    week, day = call_window(CALL, "call-7", COPENHAGEN), call_window(CALL, "call-1", COPENHAGEN)
    assert week
    assert day
    assert (week.due, week.until) == (at("09:00:00", 20), at("09:00:00", 26))
    assert (day.due, day.until) == (at("09:00:00", 26), at("00:00:00", 28))
    assert week.holds(week.due)
    assert not week.holds(week.due - SECOND)
    assert not week.holds(week.until)


def test_a_draft_is_nudged_after_two_days_and_after_seven() -> None:
    first, last = (
        draft_window(at("12:00:00", 1), "draft-2", COPENHAGEN),
        draft_window(at("12:00:00", 1), "draft-7", COPENHAGEN),
    )
    assert (first.due, first.until) == (at("12:00:00", 3), at("12:00:00", 8))
    assert (last.due, last.until) == (at("12:00:00", 8), at("12:00:00", 15))


def test_a_claim_lasts_half_an_hour() -> None:
    claimed = UnderReview("r1", "submitted", 1, {}, "en", claim=Claim(7, at("12:00:00")))
    assert claimed.held_by(at("12:29:59")) == 7
    assert claimed.held_by(at("12:30:00")) is None
