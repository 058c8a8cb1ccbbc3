"""When the questions of every report are asked, as expressions of a form that other programs fill in."""

from collections.abc import Callable, Mapping

from conversations.forms import conditions
from conversations.forms.kinds.base import Answers
from conversations.forms.questions import always
from conversations.vocabulary import vocabulary
from conversations.vocabulary.grades import grades_of

_BEGUN = "(${status} = 'running' or ${status} = 'finished' or ${status} = 'paused')"
_OUTCOME = _BEGUN + " and ${outcome} != ''"
_EVIDENCE = _OUTCOME + " and ${evidence_types} != '' and ${evidence_types} != 'none_yet'"
_GRADED = " or ".join(
    "selected(${evidence_types}, '" + choice.key + "')"
    for choice in vocabulary.EVIDENCE_TYPES
    if grades_of((choice.key,))
)

RELEVANT: Mapping[Callable[[Answers], bool], str] = {
    always: "",
    conditions.begun: _BEGUN,
    conditions.begun_or_has_end: _BEGUN,
    conditions.begun_or_has_volunteers: _BEGUN,
    conditions.not_begun: "${status} = 'planned'",
    conditions.finished: "${status} = 'finished'",
    conditions.not_finished: "${status} != 'finished'",
    conditions.has_outcome: _OUTCOME,
    conditions.has_evidence: _EVIDENCE,
    conditions.has_graded_evidence: f"{_OUTCOME} and ({_GRADED})",
}
"""The expression of each condition in conversations/forms/conditions.py, for reports that are new and not dropped.

Those about files and contact persons are not here: they are given in the chat, where people are asked themselves."""
