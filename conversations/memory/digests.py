"""What a notebook knows of all reports together: what a test or a trial puts into it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversations.model.digests.answered import ToCall
from conversations.model.digests.digest import Digest, Left, Waiting
from conversations.model.digests.figures import Figures
from conversations.model.digests.looking import Known, Place, Weekly
from conversations.model.digests.periods import Period
from conversations.model.happenings import Happening, ReportSummary
from conversations.model.outcomes import DigestMade, DigestUnwanted, DigestWanted, ExportAsked, ExportCancelled


@dataclass(slots=True)
class DigestsInMemory:
    """The `DigestLookup` of a notebook."""

    all: list[tuple[ReportSummary, Happening]] = field(default_factory=list)
    queue: list[Waiting] = field(default_factory=list)
    gone: list[Left] = field(default_factory=list)
    answered: list[ToCall] = field(default_factory=list)
    counted: Figures = field(default_factory=Figures)
    places: list[Place] = field(default_factory=list)
    results: list[Known] = field(default_factory=list)
    made: dict[str, Digest] = field(default_factory=dict)
    comes: list[Weekly] = field(default_factory=list)

    def keep(self, outcome: DigestMade | DigestWanted | DigestUnwanted | ExportAsked | ExportCancelled) -> None:
        """What came of a turn."""
        match outcome:
            case DigestMade(this, digest):
                self.made[this] = digest
            case DigestWanted(chat, weekday, hour, timezone):
                self.comes = [each for each in self.comes if each.chat != chat]
                self.comes.append(Weekly(len(self.comes) + 1, chat, weekday, hour, timezone))
            case DigestUnwanted(chat):
                self.comes = [each for each in self.comes if each.chat != chat]
            case ExportAsked() | ExportCancelled():
                pass

    def happened(self, period: Period, call: str = "") -> Sequence[tuple[ReportSummary, Happening]]:
        """All that happened in `period` to reports that count, the oldest first; with `call`, to reports to it."""
        return [(summary, each) for summary, each in self.all if each.at in period and call in ("", summary.call)]

    def new_by_theme(self, period: Period, call: str = "") -> Mapping[str, int]:
        """How many reports came in `period`, by their first theme."""
        return Counter(summary.theme for summary, each in self.happened(period, call) if each.kind == "new")

    def since(self, call: str = "") -> datetime | None:
        """When the first report that counts came; None: there is none. With `call`, of those to it."""
        return min((each.at for summary, each in self.all if call in ("", summary.call)), default=None)

    def left(self, period: Period, _call: str = "") -> Sequence[Left]:
        """The reports that were withdrawn or declined in `period`, the first one first; with `call`, those to it."""
        return [each for each in self.gone if each.at in period]

    def to_call(self, call: str) -> Sequence[ToCall]:
        """The reports that were sent in answer to a call and not withdrawn, the oldest first."""
        return [each for each in self.answered if each.report.call == call]

    def waiting(self) -> Sequence[Waiting]:
        """The reports that wait for a decision, the longest waiting first."""
        return self.queue

    def summary(self, report: str) -> ReportSummary | None:
        """One report that counts."""
        return next((summary for summary, _each in self.all if summary.id == report), None)

    def answers(self, report: str) -> Mapping[str, Any]:
        """The current answers of a report, without names and addresses."""
        return next((known.answers for known in self.results if known.summary.id == report), {})

    def figures(self) -> Figures:
        """All reports that count, counted."""
        return self.counted

    def coverage(self, country: str) -> Sequence[Place]:
        """Every municipality of a country, in the register's order."""
        return [place for place in self.places if place.key.startswith(country)]

    def known(self, theme: str, group: str) -> Sequence[Known]:
        """Reports that tell what changed and how that is known; "" is any theme, any group. The latest first."""
        return [
            known
            for known in self.results
            if (not theme or theme in known.summary.themes) and (not group or group in known.summary.groups)
        ]

    def kept(self, digest: str) -> Digest | None:
        """A digest that was made earlier."""
        return self.made.get(digest)

    def weekly(self) -> Sequence[Weekly]:
        """The digests that come to this person every week."""
        return self.comes
