"""What a call's report is made from: everything sent to the call, as it stands now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.forms.initiative import INITIATIVE
from conversations.model.calls import CallStanding, WholeCall
from conversations.model.digests.answered import OwnAnswers, ToCall, called
from conversations.model.digests.looking import Known
from conversations.model.experts import Expert, Sought
from conversations.model.happenings import LEFT_OUT, ReportSummary
from storage.digests.digests import Counting
from storage.session.unit_of_work import UnitOfWork

TOLD_TO_OTHERS = frozenset({"public", "network"})
"""Who may see the reports whose texts and names may be handed on; the others are only counted."""


@dataclass(frozen=True, slots=True)
class CallReport:
    """The content of a call's report, made at `made_at`; it is `provisional` as long as the call takes answers.

    `counted` are the reports that count, oldest first; of these, `told` may be handed on with their texts. `by_status`
    has the number of all reports that were ever sent, as the export has them; `standing` is who was invited.
    """

    call: WholeCall
    made_at: datetime
    provisional: bool
    counted: Sequence[Known]
    told: Sequence[Known]
    by_status: Mapping[str, int]
    own: Sequence[OwnAnswers]
    standing: CallStanding
    experts: Sequence[Expert]
    partners: Sequence[str]

    @property
    def not_told(self) -> int:
        """How many reports count that only coordinators may see."""
        return len(self.counted) - len(self.told)

    @property
    def left_out(self) -> Mapping[str, int]:
        """How many reports do not count, by status."""
        return {status: number for status, number in self.by_status.items() if status in LEFT_OUT}

    @property
    def waiting(self) -> int:
        """How many of the reports that count no coordinator has accepted yet."""
        return sum(each.summary.status != "published" for each in self.counted)

    @property
    def reports(self) -> list[ReportSummary]:
        """The summaries of the reports that may be handed on."""
        return [each.summary for each in self.told]

    @property
    def by_theme(self) -> list[tuple[str, list[Known]]]:
        """The reports that may be handed on by their first theme, the largest theme first, then by key."""
        found: dict[str, list[Known]] = {}
        for each in self.told:
            found.setdefault(each.summary.theme, []).append(each)
        return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))

    @property
    def libraries(self) -> Mapping[str, Counter[str]]:
        """The libraries whose reports may be handed on with the number of their reports, by country."""
        found: dict[str, Counter[str]] = {}
        for report in self.reports:
            found.setdefault(report.country, Counter())[report.library] += 1
        return found


def gathered(work: UnitOfWork, slug: str, language: str, now: datetime) -> CallReport | None:
    """Returns the report of a call as of `now`, for a reader of `language`; None: there is no such call.

    The summaries of reports are taken as they are.
    """
    call = work.calls.whole(slug)
    if call is None:
        return None
    digests = work.digests(0, Counting.REFRESHED)
    sent = [each for each in digests.to_call(slug) if each.report.status not in LEFT_OUT]
    answers = digests.answers_of([each.report.id for each in sent])
    counted = [Known(each.report, INITIATIVE.relevant_answers(answers[each.report.id])) for each in sent]
    return CallReport(
        call,
        now,
        call.takes(now),
        counted,
        [each for each in counted if each.summary.sharing in TOLD_TO_OTHERS],
        digests.sent_by_status(slug),
        _own(call, sent),
        work.call_reports.standing(call, language),
        work.experts.found(Sought(call=slug), now),
        [each.municipality for each in work.organisations.of_partners()],
    )


def _own(call: WholeCall, sent: Sequence[ToCall]) -> Sequence[OwnAnswers]:
    """Returns the call's own questions with all answers; texts only from reports that may be handed on."""
    of_told = {_texts(each): each for each in called(call, [each for each in sent if _is_told(each)]).own}
    of_all = called(call, sent).own
    return [of_told.get(_texts(each), replace(each, answers=())) if each.kind == "text" else each for each in of_all]


def _texts(each: OwnAnswers) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(each.texts.items()))


def _is_told(each: ToCall) -> bool:
    return each.report.sharing in TOLD_TO_OTHERS
