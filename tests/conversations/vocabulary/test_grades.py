"""The grade of evidence: what a result and a total rest on."""

from conversations.flows.digests.labels import GRADE_NAMES, GRADE_WORDS
from conversations.vocabulary import vocabulary
from conversations.vocabulary.grades import GRADE_OF, GRADES, grades_of, resting_on, strongest


def test_every_grade_has_its_words_and_every_kind_with_a_grade_exists() -> None:
    assert tuple(GRADE_NAMES) == tuple(GRADE_WORDS) == GRADES
    kinds = {choice.key for choice in vocabulary.EVIDENCE_TYPES}
    assert set(GRADE_OF) <= kinds
    assert kinds - set(GRADE_OF) == {"user_stories", "observation", "none_yet"}


def test_a_report_counts_once_by_its_strongest_kind() -> None:
    assert grades_of(["research", "statistics", "user_stories"]) == ("counted", "research")
    assert strongest(["satisfaction", "statistics"]) == "asked"
    assert strongest(["observation"]) is None
    told = [["statistics"], ["statistics", "external_evaluation"], ["interviews"], ["satisfaction"], ["observation"]]
    assert resting_on(told) == [("evaluated", 1), ("asked", 2), ("counted", 1)]
