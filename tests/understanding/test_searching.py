"""Of the queries that have an answer, enough find it among the first results."""

from tests.understanding.searching import HALVES, filled, searched

ENOUGH = 0.85


def test_what_people_search_for_is_among_the_first_results() -> None:
    with filled() as storage:
        for half in HALVES:
            right = [not set(found).isdisjoint(row["found"]) for row, found in searched(storage, half)]
            assert sum(right) >= ENOUGH * len(right), half
