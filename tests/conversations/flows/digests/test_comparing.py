"""What a digest is compared with, what it says of reports that no longer count, and what belongs to an older one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from conversations.model.digests.digest import Left, Waiting
from conversations.model.digests.packing import pack, unpack
from conversations.model.digests.periods import week_of
from conversations.model.happenings import Happening
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.digests.test_digest import WEDNESDAY, coordinator, report_summary


def after_weeks(*counts: int, new: int, language: str = "en") -> Dialogue:
    """The Monday after a week with so many new ones; `counts` came in the weeks before it, the last one first."""
    talk = coordinator(language, new)
    number = 1000
    for week, came in enumerate(counts, start=1):
        for _each in range(came):
            number += 1
            talk.memory.digests.all.append(
                (report_summary(number, themes=(f"t{number}",)), Happening("new", WEDNESDAY - timedelta(weeks=week)))
            )
    return talk


@pytest.mark.parametrize(
    ("counts", "new", "line"),
    [
        ((), 2, "There is no earlier period to compare with."),
        ((1,), 2, "Language café stands out: 2. In the periods before: 0."),
        ((0, 0, 0, 0, 0, 0, 0, 1), 0, None),
        ((0, 0, 0, 0, 0, 0, 0, 1), 1, "About as many as usual. In the periods before: 0, 0, 0, 0."),
        ((0, 0, 0, 0, 0, 0, 0, 1), 2, "Language café stands out: 2. In the periods before: 0, 0, 0, 0."),
        ((0, 1, 0, 0, 1), 2, "Language café stands out: 2. In the periods before: 0, 0, 0, 0."),
        ((2,), 2, "Language café stands out: 2. In the periods before: 0."),
        ((4, 4), 1, "Fewer than usual"),
        ((1, 1, 1, 1), 1, "About as many as usual (1)."),
    ],
)
def test_a_week_is_compared_with_the_weeks_since_the_first_report(
    counts: tuple[int, ...], new: int, line: str | None
) -> None:
    talk = after_weeks(*counts, new=new)
    talk.commands("/digest")
    if line is None:
        talk.bot("Week 47, 16–22 November 2026: no new initiatives.")
    else:
        talk.bot(line)
    assert "where 0 is usual" not in talk.said()


def test_more_than_usual_where_no_theme_stands_out_names_the_weeks_before() -> None:
    talk = after_weeks(0, 1, 0, 0, 1, new=0)
    talk.memory.digests.all += [(report_summary(n, themes=(f"x{n}",)), Happening("new", WEDNESDAY)) for n in range(3)]
    talk.commands("/digest")
    talk.bot("More than usual: 3. In the periods before: 0, 0, 1, 0.")


GONE = Left("r9", "withdrawn", "Odense Bibliotekerne", WEDNESDAY - timedelta(weeks=3), WEDNESDAY)


@pytest.mark.parametrize(("status", "says"), [("withdrawn", "Withdrawn"), ("declined", "Declined")])
def test_the_week_of_a_withdrawal_says_that_an_earlier_one_counts_less(status: str, says: str) -> None:
    talk = coordinator()
    talk.memory.digests.gone = [Left("r9", status, GONE.library, GONE.submitted_at, GONE.at)]  # type: ignore[arg-type]
    talk.commands("/digest")
    talk.bot("No new initiatives.", f"{says}, and counted earlier (1)", "Odense Bibliotekerne, sent on 28 October 2026")
    (digest,) = talk.memory.digests.made.values()
    assert unpack(pack(digest)) == digest
    talk.commands("/digest W44")
    assert "counted earlier" not in talk.said()


def test_a_report_that_came_and_went_in_the_same_week_is_not_told_of() -> None:
    talk = coordinator()
    talk.memory.digests.gone = [Left("r9", "withdrawn", "Odense", WEDNESDAY, WEDNESDAY + timedelta(hours=1))]
    talk.commands("/digest")
    talk.bot("Week 47, 16–22 November 2026: no new initiatives.")


def test_what_an_earlier_version_kept_can_still_be_read() -> None:
    talk = coordinator(new=1)
    talk.commands("/digest")
    (digest,) = talk.memory.digests.made.values()
    packed = pack(digest)
    del packed["left"]
    assert unpack(packed) == digest


@pytest.mark.parametrize(
    ("when", "typed", "counts"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "", True),
        (datetime(2026, 11, 29, 23, tzinfo=UTC), "W47", True),
        (datetime(2026, 11, 30, 9, tzinfo=UTC), "W47", False),
        (datetime(2026, 11, 20, 9, tzinfo=UTC), "W47", True),
    ],
)
def test_only_the_digest_of_now_counts_todays_queue(when: datetime, typed: str, counts: bool) -> None:
    talk = coordinator(new=1)
    talk.memory.digests.queue = [Waiting(report_summary(1), WEDNESDAY)]
    talk.now = when
    talk.commands(f"/digest {typed}")
    told = "Waiting for review" in talk.said()
    assert (told, "Review queue" in talk.labels()) == (counts, counts)
    assert week_of(date(2026, 11, 18), UTC).week == "2026-W47"
