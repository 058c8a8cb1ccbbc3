"""The weeks share out all that happens: nothing is lost between two of them, nothing counted twice."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.model.digests.digest import Digest, digest_of
from conversations.model.digests.packing import pack, unpack
from conversations.model.digests.periods import LONGEST, before, days, due, past_week, read_period, week_of
from conversations.model.happenings import OFFERS, Given, ReportSummary, happenings

ZONES = st.sampled_from(["Europe/Copenhagen", "Europe/Ljubljana", "UTC", "America/Havana", "Pacific/Apia"])
MOMENTS = st.datetimes(datetime(2019, 12, 1), datetime(2021, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 - as it asks

ANSWERS = st.one_of(
    st.tuples(st.just("status"), st.sampled_from(["planned", "running", "finished", None])),
    st.tuples(st.just("outcome"), st.sampled_from(["They talk more.", "They read more.", None])),
    st.tuples(st.just("contribute"), st.lists(st.sampled_from([*OFFERS, "theme_day"]), unique=True)),
)


def report_summary(number: int, submitted_at: datetime, theme: str = "language_cafe") -> ReportSummary:
    return ReportSummary(
        id=f"r{number}",
        status="submitted",
        submitted_at=submitted_at,
        title=f"Title {number}",
        line="Talk over coffee.",
        library=f"Library {number % 3}",
        municipality=f"dk-{number % 3}",
        place="Odense",
        region="Syddanmark",
        country="DK",
        progress="running",
        themes=(theme,),
        groups=("refugees",),
        evidence=(),
        outcome=False,
        sharing="network",
        call="",
        language="da",
    )


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[datetime, list[Given]]]:
    """Reports with their answers, some given before they were sent and some after."""
    reports = []
    for submitted_at in draw(st.lists(MOMENTS, max_size=6)):
        history, at = [], submitted_at
        for revision, (question, value) in enumerate(draw(st.lists(ANSWERS, max_size=6))):
            if revision > 1:
                at += timedelta(seconds=draw(st.integers(1, 40 * 86400)))
            history.append(Given(question, value, at, revision))
        reports.append((submitted_at, history))
    return reports


@given(histories(), ZONES)
def test_the_weeks_partition_all_that_happens(reports: list[tuple[datetime, list[Given]]], zone_name: str) -> None:
    zone = ZoneInfo(zone_name)
    happened = [
        (report_summary(number, submitted_at), happening)
        for number, (submitted_at, history) in enumerate(reports)
        for happening in happenings(history, submitted_at)
    ]
    counted: Counter[tuple[str, str, datetime, str, str]] = Counter()
    week = week_of(date(2019, 11, 25), zone)
    while week.first < date(2022, 3, 1):
        following = week_of(week.last + timedelta(days=1), zone)
        assert week.end == following.start
        digest = digest_of(week, happened, zone=zone_name, made_at=week.end)
        counted.update(_named(digest))
        assert unpack(pack(digest)) == digest
        week = following
    assert counted == Counter((report.id, each.kind, each.at, each.old, each.new) for report, each in happened)
    whole = digest_of(days(date(2019, 1, 1), date(2023, 1, 1), zone), happened, zone=zone_name, made_at=week.end)
    assert Counter(_named(whole)) == counted
    assert len(whole.of("new")) == len(reports)
    assert max(counted.values(), default=1) == 1


def _named(digest: Digest) -> list[tuple[str, str, datetime, str, str]]:
    return [
        (row.report.id, row.happening.kind, row.happening.at, row.happening.old, row.happening.new)
        for row in digest.rows
    ]


@pytest.mark.parametrize(
    ("typed", "first", "last", "week"),
    [
        ("2026-W46", date(2026, 11, 9), date(2026, 11, 15), "2026-W46"),
        ("w46", date(2026, 11, 9), date(2026, 11, 15), "2026-W46"),
        ("uge 46", date(2026, 11, 9), date(2026, 11, 15), "2026-W46"),
        ("October", date(2026, 10, 1), date(2026, 10, 31), ""),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "2020-W53"),
        ("2021-W01", date(2021, 1, 4), date(2021, 1, 10), "2021-W01"),
        ("2021-W52", date(2021, 12, 27), date(2022, 1, 2), "2021-W52"),
        ("2021-W53", None, None, ""),
        ("W50", date(2025, 12, 8), date(2025, 12, 14), "2025-W50"),
        ("1.11.-15.11.", date(2026, 11, 1), date(2026, 11, 15), ""),
        ("1. 11. – 15. 11. 2025", date(2025, 11, 1), date(2025, 11, 15), ""),
        ("28.12.-3.1.", date(2025, 12, 28), date(2026, 1, 3), ""),
        ("2026-11-02 2026-11-08", date(2026, 11, 2), date(2026, 11, 8), "2026-W45"),
        ("15.11.-1.11.2026", date(2025, 11, 15), date(2026, 11, 1), ""),
        ("30.2.-3.3.", None, None, ""),
        ("last week", date(2026, 11, 9), date(2026, 11, 15), "2026-W46"),
        ("the other day", None, None, ""),
        ("9999-W01", None, None, ""),
        ("9999-W52", None, None, ""),
        ("0001-W01", None, None, ""),
        ("0001-01-01 0001-01-07", None, None, ""),
    ],
)
def test_what_people_call_a_time(typed: str, first: date | None, last: date | None, week: str) -> None:
    found = read_period(typed, date(2026, 11, 22), ZoneInfo("Europe/Copenhagen"))
    if first is None:
        assert found is None
    else:
        assert found is not None
        assert (found.first, found.last, found.week) == (first, last, week)


@pytest.mark.parametrize(
    ("typed", "today", "first", "last"),
    [
        ("W53", date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 3)),
        ("W53", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("W53", date(2027, 1, 4), date(2026, 12, 28), date(2027, 1, 3)),
        ("W53", date(2031, 6, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("W53", date(2026, 12, 27), date(2020, 12, 28), date(2021, 1, 3)),
        ("W1", date(2027, 1, 3), date(2025, 12, 29), date(2026, 1, 4)),
        ("W1", date(2027, 1, 4), date(2027, 1, 4), date(2027, 1, 10)),
        ("W0", date(2027, 1, 4), None, None),
        ("W54", date(2027, 1, 4), None, None),
        ("29.2.", date(2027, 3, 1), date(2024, 2, 29), date(2024, 2, 29)),
        ("29.2.", date(2028, 2, 29), date(2028, 2, 29), date(2028, 2, 29)),
        ("29.2.2027", date(2027, 3, 1), None, None),
        ("1.2.-29.2.", date(2027, 3, 1), date(2024, 2, 1), date(2024, 2, 29)),
        ("28.12.-3.1.", date(2026, 12, 27), date(2025, 12, 28), date(2026, 1, 3)),
        ("28.12.-3.1.", date(2026, 12, 28), date(2026, 12, 28), date(2027, 1, 3)),
        ("28.12.-3.1.", date(2027, 1, 2), date(2026, 12, 28), date(2027, 1, 3)),
        ("28.12.-3.1.2027", date(2026, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("28.12.2024-3.1.", date(2027, 1, 2), date(2024, 12, 28), date(2025, 1, 3)),
        ("28.12.2024-3.1.2024", date(2027, 1, 2), None, None),
        ("23.11.-29.11.", date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 29)),
        ("2.1.-8.1.", date(2027, 1, 1), date(2026, 1, 2), date(2026, 1, 8)),
        ("31.12.", date(2027, 1, 1), date(2026, 12, 31), date(2026, 12, 31)),
        ("9999-W52", date(2027, 1, 1), None, None),
        ("0001-W01", date(2027, 1, 1), None, None),
        ("31.12.9999", date(2027, 1, 1), None, None),
    ],
)
def test_without_a_year_it_is_the_last_such_time_that_has_begun(
    typed: str, today: date, first: date | None, last: date | None
) -> None:
    found = read_period(typed, today, ZoneInfo("Europe/Copenhagen"))
    assert (found and found.first, found and found.last) == (first, last)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(1, 53))
def test_every_week_there_was_is_found(today: date, number: int) -> None:
    found = read_period(f"W{number}", today, ZoneInfo("UTC"))
    assert found is not None
    assert found.first <= today
    assert found.first.isocalendar().week == number
    assert found.week.endswith(f"W{number:02}")


@given(
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.integers(0, LONGEST - 2),
)
def test_a_span_without_years_has_begun_and_is_the_last_such(today: date, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = read_period(f"{first.day}.{first.month}.-{last.day}.{last.month}.", today, ZoneInfo("UTC"))
    assert found is not None
    assert found.first <= today
    assert ((found.first.day, found.first.month), (found.last.day, found.last.month)) == (
        (first.day, first.month),
        (last.day, last.month),
    )


def test_the_hour_that_exists_twice_belongs_to_one_week_once() -> None:
    zone = ZoneInfo("Europe/Copenhagen")
    week = week_of(date(2026, 10, 25), zone)
    assert week.end - week.start == timedelta(days=7, hours=1)
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert first.astimezone(zone).time() == second.astimezone(zone).time()
    happened = [
        (report_summary(number, at), each) for number, at in enumerate((first, second)) for each in happenings((), at)
    ]
    assert len(digest_of(week, happened, zone="Europe/Copenhagen", made_at=week.end).rows) == 2
    spring = week_of(date(2026, 3, 29), zone)
    assert spring.end - spring.start == timedelta(days=7, hours=-1)


def test_the_past_week_ends_with_sunday_where_the_reader_lives() -> None:
    zone = ZoneInfo("Europe/Copenhagen")
    late_on_sunday = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)
    assert past_week(late_on_sunday, zone).week == "2026-W46"
    assert past_week(late_on_sunday + timedelta(minutes=1), zone).week == "2026-W47"


def test_the_weeks_before_cross_the_year() -> None:
    earlier = before(week_of(date(2021, 1, 4), ZoneInfo("UTC")), ZoneInfo("UTC"))
    assert [next(earlier).week for _number in range(3)] == ["2020-W53", "2020-W52", "2020-W51"]


@pytest.mark.parametrize(
    ("today", "typed", "week"),
    [
        (date(2026, 11, 30), "W49", "2026-W49"),  # a Monday: the week has begun
        (date(2026, 11, 29), "W49", "2025-W49"),
        (date(2026, 12, 6), "W49", "2026-W49"),
        (date(2026, 12, 7), "W49", "2026-W49"),
    ],
)
def test_a_week_without_a_year_is_the_last_that_has_begun(today: date, typed: str, week: str) -> None:
    found = read_period(typed, today, ZoneInfo("Europe/Copenhagen"))
    assert found
    assert found.week == week


def test_four_missed_weeks_are_made_up_for_and_not_five() -> None:
    zone = ZoneInfo("Europe/Copenhagen")
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    monday = datetime(2026, 11, 30, 8, tzinfo=zone).astimezone(UTC)
    last = ["2026-W45", "2026-W46", "2026-W47", "2026-W48"]
    assert [each.week for each in due(0, 8, zone, long_ago, monday)] == last
    assert [each.week for each in due(0, 8, zone, long_ago, monday + timedelta(days=6))] == last
    assert [each.week for each in due(0, 8, zone, long_ago, monday - timedelta(seconds=1))] == ["2026-W44", *last[:3]]
    wanted_since = monday - timedelta(days=7)
    assert [each.week for each in due(0, 8, zone, wanted_since, monday)] == last[2:]
    assert [each.week for each in due(0, 8, zone, wanted_since + timedelta(seconds=1), monday)] == last[3:]
