"""Prints how well the bot understands the rows, for the half to work with and the half held back.

    python -m tests.understanding                  the tables
    python -m tests.understanding --show [KIND …]  the rows of the first half that are not right, and what the bot makes
                                                   of them; only of these questions or kinds (told, list, query)
    python -m tests.understanding --language da    only this language
    python -m tests.understanding --rows FILE …    the rows of these files instead of the two halves
    python -m tests.understanding --cost           the processor time of one row, and the memory that reading needs
    python -m tests.understanding --certainty      how much of what each way of reading a told field fills in is right
    python -m tests.understanding --keep           writes missed.txt, the rows of the first half that are not right

Rows of the half held back are never shown.
"""

import argparse
import json
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import quantiles

from conversations.reading.story.certainty import CERTAINTY, FLOOR
from tests.understanding.judging import (
    FIELDS,
    Verdict,
    is_right,
    is_typed,
    judge,
    list_is_right,
    query_is_right,
    told,
)
from tests.understanding.rows import HALVES, HERE, Reader, Row, kind_of, languages, rows, rows_of, text_of

MISSED = HERE / "missed.txt"


def main() -> None:
    """Print what the arguments ask for."""
    asked = argparse.ArgumentParser(prog="python -m tests.understanding")
    asked.add_argument("--language", action="append")
    asked.add_argument("--show", nargs="*", metavar="KIND")
    asked.add_argument("--keep", action="store_true")
    asked.add_argument("--cost", action="store_true")
    asked.add_argument("--rows", nargs="+", type=Path, metavar="FILE")
    asked.add_argument("--certainty", action="store_true")
    given = asked.parse_args()
    chosen = given.language or list(languages())
    if given.cost:
        cost(chosen)
        return
    reader = Reader()
    others = [row for path in given.rows or () for row in rows_of(path) if row["language"] in chosen]
    if given.certainty:
        certainty(chosen, reader)
    elif given.keep:
        MISSED.write_text("".join(f"{line}\n" for line in missed(reader)), "utf-8")
    elif given.show is not None:
        show(others or [row for language in chosen for row in rows(language, "work")], given.show, reader)
    elif others:
        tables("other rows", others, reader)
    else:
        for half, name in zip(HALVES, ("the half to work with", "the half held back"), strict=True):
            tables(name, [row for language in chosen for row in rows(language, half)], reader)


def cost(chosen: Sequence[str]) -> None:
    """Print what reading takes, once everything it needs is loaded; a start loads none of it."""
    all_rows = [row for language in chosen for row in rows(language, "work")]
    reader = Reader()
    tracemalloc.start()
    for row in all_rows:
        reader.read(row)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    took = []
    for row in all_rows:
        began = time.process_time()
        reader.read(row)
        took.append(1000 * (time.process_time() - began))
    at = quantiles(took, n=100)
    print(
        f"{len(took)} rows: median {at[49]:.2f} ms, p95 {at[94]:.2f} ms, p99 {at[98]:.2f} ms; {megabytes:.1f} MB in all"
    )


def certainty(chosen: Sequence[str], reader: Reader) -> None:
    """Print for each way of reading a field what it alone fills in of the first half, and how much of it is right.

    A way is measured by leaving it out: what another way fills in instead is not counted for it.
    """
    messages = [row for language in chosen for row in rows(language, "work") if kind_of(row) == "told"]

    def counted(field: str) -> tuple[int, int]:
        counts = [told(row, reader.read(row))[field] for row in messages]
        return sum(right for right, _wrong, _lost in counts), sum(wrong for _right, wrong, _lost in counts)

    print(f"{'told':14}{'way':20}{'right':>8}{'wrong':>8}{'certainty':>12}{'in use':>10}{'floor':>8}")
    for field, ways in CERTAINTY.items():
        floor, known = FLOOR[field], dict(ways)
        ways |= dict.fromkeys(ways, 1.0)
        all_right, all_wrong = counted(field)
        for way in known:
            ways[way] = 0.0
            right, wrong = (
                before - after for before, after in zip((all_right, all_wrong), counted(field), strict=True)
            )
            ways[way] = 1.0
            share = right / (right + max(wrong, 0)) if right > 0 else 0.0 if wrong > 0 else 1.0
            print(f"{field:14}{way:20}{right:8}{wrong:8}{share:12.2f}{known[way]:10.2f}{floor:8.2f}")
        ways |= known


def missed(reader: Reader) -> list[str]:
    """Returns the rows of the first half that are not right, one line each."""
    return [
        line_of(row)
        for language in languages()
        for row in rows(language, "work")
        if not is_right(row, reader.read(row))
    ]


def line_of(row: Row) -> str:
    """Returns the line of missed.txt for a row."""
    return "\t".join((row["language"], kind_of(row), json.dumps(text_of(row), ensure_ascii=False)))


def show(chosen: Iterable[Row], kinds: Sequence[str], reader: Reader) -> None:
    """Print those of `chosen` that are not right."""
    for row in chosen:
        meant = reader.read(row)
        if (kinds and kind_of(row) not in kinds) or is_right(row, meant):
            continue
        wanted = {key: row[key] for key in ("expect", "ask", "none", "action", "never") if key in row}
        print(f"{row['language']} {kind_of(row)} {judge(row, meant) if is_typed(row) else ''}: {text_of(row)!r}")
        print(f"    wanted {json.dumps(wanted, ensure_ascii=False)}")
        print(f"    read   {json.dumps(meant, ensure_ascii=False)}")


def tables(name: str, chosen: Sequence[Row], reader: Reader) -> None:
    """Print the tables of some rows."""
    all_rows = [(row, reader.read(row)) for row in chosen]
    typed = [(row, judge(row, meant)) for row, meant in all_rows if is_typed(row)]
    print(f"\n== {name}: {len(all_rows)} rows\n")
    print(f"{'typed':24}{'rows':>6}" + "".join(f"{verdict:>14}" for verdict in Verdict))
    for name in dict.fromkeys(kind_of(row) for row, _verdict in typed):
        _line(name, [verdict for row, verdict in typed if kind_of(row) == name])
    for language in dict.fromkeys(row["language"] for row in chosen):
        _line(f"all {language}", [verdict for row, verdict in typed if row["language"] == language])
    _line("all", [verdict for _row, verdict in typed])
    print(f"\n{'told':24}{'said':>6}{'precision':>14}{'recall':>14}{'F1':>14}")
    messages = [told(row, meant) for row, meant in all_rows if kind_of(row) == "told"]
    for field in FIELDS:
        _scores(field, [each[field] for each in messages])
    _scores("all", [counts for each in messages for counts in each.values()])
    print(f"\n{'other':24}{'rows':>6}{'right':>14}")
    for kind, right in (("list", list_is_right), ("query", query_is_right)):
        found = [right(row, meant) for row, meant in all_rows if kind_of(row) == kind]
        print(f"{kind:24}{len(found):6}{_share(sum(found), len(found)):>14}")
    one = [not meant.get("offers") for row, meant in all_rows if kind_of(row) == "list" and not row["expect"]["offers"]]
    print(f"{'one, not split':24}{len(one):6}{_share(sum(one), len(one)):>14}")


def _line(name: str, verdicts: Sequence[Verdict]) -> None:
    counts = Counter(verdicts)
    shares = "".join(f"{_share(counts[verdict], len(verdicts)):>14}" for verdict in Verdict)
    print(f"{name:24}{len(verdicts):6}{shares}")


def _scores(name: str, counts: Sequence[tuple[int, int, int]]) -> None:
    right, wrong, lost = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    precision, recall = right / max(1, right + wrong), right / max(1, right + lost)
    f1 = 2 * precision * recall / (precision + recall) if right else 0
    print(f"{name:24}{right + lost:6}{precision:14.2f}{recall:14.2f}{f1:14.2f}")


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "-"


if __name__ == "__main__":
    main()
