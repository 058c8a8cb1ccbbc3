"""The short form of `make fuzz`: updates as they should be and broken in every way, through the real bot."""

from pathlib import Path
from random import Random

from bot.botapi.specification.description import TYPES
from tests.fuzz.bot import departs
from tests.fuzz.over_http import fuzz_over_http
from tests.fuzz.run import cast, explained, fuzz, unexplained
from tests.fuzz.sending import CONTENT, ENVELOPE, KINDS


async def test_nothing_that_can_arrive_makes_a_turn_fail(tmp_path: Path) -> None:
    report = await fuzz(1_000, 1, tmp_path)
    assert [str(each) for each in report.findings] == []
    assert sum(report.outcomes.values()) == 1_000
    assert report.outcomes["answered"] > 500
    assert report.quarantined


async def test_the_same_seed_gives_the_same_run(tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    (tmp_path / "again").mkdir()
    once, again = await fuzz(100, 3, tmp_path / "once"), await fuzz(100, 3, tmp_path / "again")
    assert (once.kinds, once.broken, once.outcomes) == (again.kinds, again.broken, again.outcomes)
    assert (once.quarantined, once.methods, once.kept) == (again.quarantined, again.methods, again.kept)


async def test_the_long_way_over_http(tmp_path: Path) -> None:
    assert [str(each) for each in await fuzz_over_http(200, 4, tmp_path)] == []


def test_a_failure_is_found() -> None:
    whole = {"update_id": 1, "poll_answer": {"poll_id": "id1", "option_ids": [0], "option_persistent_ids": ["id1"]}}
    assert departs(whole) is None
    assert departs({**whole, "poll_answer": 7})
    assert explained("A1B2C3 message: no chat") == "message: no chat"
    assert unexplained("A1B2C3 message: no chat", {"update_id": 1, "message": {}}) == []
    (failed,) = unexplained("A1B2C3 ZeroDivisionError", whole)
    assert "a turn failed" in str(failed)
    (wronged,) = unexplained("A1B2C3 message: no chat", whole)
    assert "as the specification has it" in str(wronged)


def test_whole_updates_are_as_the_specification_has_them() -> None:
    senders = cast(Random(5), range(1000, 1040))
    kinds = set()
    for _ in range(1_500):
        kind, _sender, update, _diligent = senders.update()
        kinds.add(kind)
        assert departs(update) is None, update
    assert kinds == set(KINDS)
    assert set(CONTENT) | ENVELOPE == set(TYPES["Message"]["fields"])
