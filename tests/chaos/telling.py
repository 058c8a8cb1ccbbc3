"""What a campaign has shown: a table to read, and a line of JSON to keep."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.table import markdown
from tests.chaos.boundaries import Boundary
from tests.chaos.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of a campaign that is over."""

    database: str
    seed: int
    date: str
    campaign: Campaign

    def as_json(self) -> dict[str, Any]:
        """For a line of JSON."""
        record, sends, crowd = self.campaign.record, self.campaign.sends, self.campaign.crowd
        times = sorted(record.recoveries)
        return {
            "database": self.database,
            "seed": self.seed,
            "date": self.date,
            "lives": record.lives,
            "kills": {boundary.value: record.kills[boundary] for boundary in Boundary if record.kills[boundary]},
            "ended_by_itself": record.ended_itself,
            "boundary_not_reached": record.missed,
            "injections": {injection.value: times for injection, times in record.injections.items()},
            "answers": sum(each.answers for each in crowd.everybody),
            "receipts": sum(bool(each.receipt) for each in crowd.everybody),
            "messages_shown": sends.taken.total(),
            "in_flight_at_kills": sends.in_flight.total(),
            "answers_lost_on_the_way": sends.lost_answers.total(),
            "files_shown": sends.files,
            "repeated": sends.repeated.total(),
            "asked_again": sum(each.insisted for each in crowd.everybody),
            "pressed_again": sum(each.pressed_again for each in crowd.everybody),
            "outbox": dict(sends.states),
            "recovery_s": {
                "median": round(median(times), 2),
                "p95": round(times[int(0.95 * (len(times) - 1))], 2),
                "longest": round(times[-1], 2),
            }
            if times
            else {},
            "broken": record.problems,
        }

    def table(self) -> str:
        """For a page."""
        told = self.as_json()
        recovery = told["recovery_s"] or {"median": "–", "p95": "–", "longest": "–"}
        figures = [
            ("kills", sum(told["kills"].values())),
            ("lives that ended by themselves (no database, no Telegram)", told["ended_by_itself"]),
            ("answers acknowledged", told["answers"]),
            ("receipts", told["receipts"]),
            ("broken promises (lost, doubled, stuck, repeated too often)", len(told["broken"])),
            ("files asked for and shown", told["files_shown"]),
            ("messages shown", told["messages_shown"]),
            ("messages in flight at a kill", told["in_flight_at_kills"]),
            ("messages whose confirmation was cut off", told["answers_lost_on_the_way"]),
            ("messages repeated", told["repeated"]),
            ("somebody had to write again", told["asked_again"]),
            ("presses that Telegram gave up bringing, and that were made again", told["pressed_again"]),
            (
                "seconds to the first message after a kill: median, p95, longest",
                " / ".join(map(str, recovery.values())),
            ),
        ]
        parts = [
            markdown(
                [self.database, f"seed {self.seed}, {self.date}"], [[name, str(value)] for name, value in figures]
            ),
            markdown(["killed", "times"], [[name, str(times)] for name, times in told["kills"].items()]),
            markdown(["besides", "lives"], [[name, str(times)] for name, times in sorted(told["injections"].items())]),
        ]
        return "\n\n".join(parts)
