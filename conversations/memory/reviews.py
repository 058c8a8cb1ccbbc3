"""Reviews in memory; the memories of authors and coordinators share them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, assert_never

from conversations.context.review_overlay import review_after
from conversations.forms.variants import CALL_QUESTION
from conversations.model.attached import ReportFile
from conversations.model.lineage.comparing import described
from conversations.model.outcomes import (
    AboutReports,
    Answered,
    BroadcastSent,
    ContactsErased,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    LineageTold,
    Outcome,
    ReportCorrected,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.people.person import Person
from conversations.model.reports import Relation
from conversations.model.reviews import (
    MOST_COMPARED,
    Audience,
    Compared,
    Earlier,
    Related,
    Reporter,
    UnderReview,
    WaitingReport,
)


@dataclass(slots=True)
class ReviewsInMemory:
    """The reviews (the protocol `ReviewLookup`). The groups of coordinators are set from outside."""

    reports: dict[str, UnderReview] = field(default_factory=dict)
    personal: dict[str, dict[str, Any]] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    files: dict[str, list[ReportFile]] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    sent: list[BroadcastSent] = field(default_factory=list)
    given: list[tuple[datetime, Answered]] = field(default_factory=list)
    lineage: dict[tuple[str, str], Relation] = field(default_factory=dict)

    def keep(self, person: Person, outcomes: Iterable[Outcome], now: datetime) -> None:
        """Stores what follows from a turn of `person`."""
        self.languages[person.id] = person.language
        happened = tuple(outcomes)
        for outcome in happened:
            if isinstance(outcome, DraftStarted):
                self.reports[outcome.report] = UnderReview(outcome.report, "draft", 0, {}, person.language, person.id)
        for report, review in self.reports.items():
            self.reports[report] = review_after(review, happened, person.id, now)
        for outcome in happened:
            if isinstance(outcome, AboutReports):
                self._keep_report(outcome, now)
            elif isinstance(outcome, ReportCorrected):
                self.given.append((now, Answered(outcome.report, outcome.question, outcome.value)))
            elif isinstance(outcome, BroadcastSent):
                self.sent.append(outcome)
            elif isinstance(outcome, ContactsErased):
                self.personal.pop(outcome.report, None)
                self.given = [each for each in self.given if each[1].report != outcome.report or not each[1].personal]

    def _keep_report(self, outcome: AboutReports, now: datetime) -> None:
        match outcome:
            case Answered(report, question, value):
                self.given.append((now, outcome))
                if outcome.personal:
                    self.personal.setdefault(report, {})[question] = value
                if question == CALL_QUESTION and report in self.reports:
                    self.reports[report] = replace(self.reports[report], call=value)
                if value is None and report in self.files:
                    self.files[report] = [each for each in self.files[report] if each.question != question]
            case FileReceived(report, question, attachment, file):
                self.files.setdefault(report, []).append(ReportFile(attachment, question, file))
            case DraftDiscarded(report):
                self.reports.pop(report, None)
            case LineageTold(report, other, relation):
                self.lineage[report, other] = relation
            case DraftStarted() | DraftLeft() | ReportSubmitted() | ReportWithdrawn():
                pass  # `review_after` says what these change
            case _:
                assert_never(outcome)

    def report(self, report: str) -> UnderReview | None:
        """Returns the report with this id, of any author, locked against other changes until the turn ends."""
        return self.reports.get(report)

    def waiting(self) -> Sequence[WaitingReport]:
        """Returns the reports that wait for review: those that people sent, the oldest first, then imported ones."""
        found = [
            WaitingReport(each.id, each.title, each.since, each.author is None)
            for each in self.reports.values()
            if each.status == "submitted" and each.since
        ]
        return sorted(found, key=lambda each: (each.imported, each.since, each.id))

    def related(self, report: str) -> Sequence[Related]:
        """Returns what the author said of this report beside others, without reports that are withdrawn."""
        said = ((other, relation) for (this, other), relation in self.lineage.items() if this == report)
        there = ((relation, self.reports[other]) for other, relation in said if other in self.reports)
        return [Related(relation, each.id, each.title) for relation, each in there if each.status != "withdrawn"]

    def compared(self) -> Sequence[Compared]:
        """Returns the reports that wait for review as they are compared, the oldest first, at most MOST_COMPARED."""
        waiting = [self.reports[each.id] for each in self.waiting()[:MOST_COMPARED]]
        return [Compared(each.id, each.title, described(each.answers, each.language)) for each in waiting]

    def contacts(self, report: str) -> Mapping[str, Any]:
        """Returns the names and addresses in a report, by question key."""
        return self.personal.get(report, {})

    def earlier(self, report: str, moment: datetime) -> Earlier:
        """Returns the report as it was at that moment."""
        of_it = [(at, each) for at, each in self.given if each.report == report]
        return Earlier(
            {each.question: each.value for at, each in of_it if at <= moment and not each.personal},
            list(dict.fromkeys(each.question for at, each in of_it if at > moment and each.personal)),
        )

    def groups(self) -> Sequence[int]:
        """Returns the chats of the coordinators' groups."""
        return self.places

    def reporters(self, audience: Audience) -> Sequence[Reporter]:
        """Returns everybody with a report of that kind, in the order in which they came.

        Neither the country, which only a register knows, nor who has stopped the bot is looked at.
        """
        authors = [
            each.author
            for each in self.reports.values()
            if each.status != "draft"
            and audience.call in (None, each.call)
            and audience.status in (None, each.status)
            and (audience.theme is None or audience.theme in (each.answers.get("themes") or ()))
        ]
        return [
            Reporter(author, self.languages[author])
            for author in sorted({each for each in authors if each is not None})
        ]
