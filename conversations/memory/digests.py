"""What is known of all reports together, in memory: a test or a trial sets it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, assert_never

from conversations.model.digests.answered import ToCall
from conversations.model.digests.digest import Digest, Left, Waiting
from conversations.model.digests.figures import Figures
from conversations.model.digests.looking import Known, Place, Weekly
from conversations.model.digests.periods import Period
from conversations.model.happenings import Happening, ReportSummary
from conversations.model.outcomes import (
    AboutDigests,
    AuditExported,
    DigestMade,
    DigestUnwanted,
    DigestWanted,
    ExportAsked,
    ExportCancelled,
)


@dataclass(slots=True)
class DigestsInMemory:
    """The digests (the protocol `DigestLookup`). What reports say is set from outside, as summaries."""

    all: list[tuple[ReportSummary, Happening]] = field(default_factory=list)
    queue: list[Waiting] = field(default_factory=list)
    gone: list[Left] = field(default_factory=list)
    gone_from: dict[str, str] = field(default_factory=dict)
    answered: list[ToCall] = field(default_factory=list)
    spread: int = 0
    counted: Figures = field(default_factory=Figures)
    places: list[Place] = field(default_factory=list)
    results: list[Known] = field(default_factory=list)
    made: dict[str, Digest] = field(default_factory=dict)
    comes: list[Weekly] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)

    def keep(self, outcome: AboutDigests) -> None:
        """Stores the outcome of a turn."""
        match outcome:
            case DigestMade(this, digest):
                self.made[this] = digest
            case DigestWanted(chat, weekday, hour, timezone):
                known = {each.chat: each for each in self.comes}
                number = known[chat].id if chat in known else len(known) + 1
                self.comes = list({**known, chat: Weekly(number, chat, weekday, hour, timezone)}.values())
                self.ended.discard(chat)
            case DigestUnwanted(chat):
                self.ended.add(chat)
            case ExportAsked() | ExportCancelled() | AuditExported():
                pass
            case _:
                assert_never(outcome)

    def happened(self, period: Period, call: str = "") -> Sequence[tuple[ReportSummary, Happening]]:
        """Returns what happened in `period` to reports that count, oldest first; with `call`, only to its reports."""
        return [(summary, each) for summary, each in self.all if each.at in period and call in ("", summary.call)]

    def new_by_theme(self, period: Period, call: str = "") -> Mapping[str, int]:
        """Returns how many reports were submitted in `period`, by their first theme."""
        return Counter(summary.theme for summary, each in self.happened(period, call) if each.kind == "new")

    def since(self, call: str = "") -> datetime | None:
        """Returns when the first report that counts was submitted, or None. With `call`, of its reports."""
        return min((each.at for summary, each in self.all if call in ("", summary.call)), default=None)

    def left(self, period: Period, call: str = "") -> Sequence[Left]:
        """Returns the reports withdrawn or declined in `period`, oldest first; with `call`, only its reports."""
        return [each for each in self.gone if each.at in period and call in ("", self.gone_from.get(each.report))]

    def inspired(self, _period: Period, call: str = "") -> int:
        """Returns how many reports are inspired by a published one: the number that was set, of no call."""
        return 0 if call else self.spread

    def to_call(self, call: str) -> Sequence[ToCall]:
        """Returns the reports to a call that are not withdrawn, oldest first."""
        return [each for each in self.answered if each.report.call == call]

    def waiting(self) -> Sequence[Waiting]:
        """Returns the reports that wait for a decision, the longest waiting first."""
        return self.queue

    def summary(self, report: str) -> ReportSummary | None:
        """Returns the summary of one report that counts; None otherwise."""
        return next((summary for summary, _each in self.all if summary.id == report), None)

    def answers(self, report: str) -> Mapping[str, Any]:
        """Returns the current answers of a report, without names and addresses."""
        return next((known.answers for known in self.results if known.summary.id == report), {})

    def figures(self) -> Figures:
        """Returns the counts of all reports that count."""
        return self.counted

    def coverage(self, country: str) -> Sequence[Place]:
        """Returns every municipality of a country, in the order of the register."""
        return [place for place in self.places if place.key.startswith(country)]

    def known(self, theme: str, group: str) -> Sequence[Known]:
        """Returns reports with an outcome and its evidence, the latest first; "" is any theme or any group."""
        return [
            known
            for known in self.results
            if (not theme or theme in known.summary.themes) and (not group or group in known.summary.groups)
        ]

    def kept(self, digest: str) -> Digest | None:
        """Returns the digest that was stored under this id."""
        return self.made.get(digest)

    def weekly(self) -> Sequence[Weekly]:
        """Returns the weekly digests of this person."""
        return [each for each in self.comes if each.chat not in self.ended]
