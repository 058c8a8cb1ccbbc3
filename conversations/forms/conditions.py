"""Conditions on the answers so far: they decide which questions are asked and which choices come first."""

from typing import Any

from conversations.forms.kinds.base import Answers
from conversations.vocabulary.grades import grades_of
from conversations.vocabulary.mentions import proposed


def planned(answers: Answers) -> bool:
    """Returns whether the initiative has not begun."""
    return answers.get("status") == "planned"


def not_begun(answers: Answers) -> bool:
    """Returns whether it is planned, or was dropped before it began."""
    return planned(answers) or (answers.get("status") == "stopped" and not begun(answers))


def begun(answers: Answers) -> bool:
    """Returns whether it is running, finished or paused, so that there is something to report.

    One that was dropped had begun if it has results.
    """
    if answers.get("status") == "stopped":
        return answers.get("outcome") is not None or answers.get("participants") is not None
    return answers.get("status") in ("running", "finished", "paused")  # imported answers can have a value of any type


def begun_or_has_end(answers: Answers) -> bool:
    """Returns whether it has begun, or its end is known already: a plan that was told may say it."""
    return begun(answers) or answers.get("period_end") is not None


def begun_or_has_volunteers(answers: Answers) -> bool:
    """Returns whether it has begun, or the volunteers are known already."""
    return begun(answers) or answers.get("volunteers") is not None


def with_people_of_status(answers: Answers) -> dict[str, Any]:
    """Returns `answers` with the number of participants under the question that the status asks.

    Those of a plan are the ones expected; a number that is there already stays.
    """
    if answers.get("status") is None:
        return dict(answers)
    asked, other = ("participants_expected", "participants")
    if not planned(answers):
        asked, other = other, asked
    if answers.get(asked) is not None or answers.get(other) is None:
        return dict(answers)
    return {**answers, asked: answers[other], other: None}


def finished(answers: Answers) -> bool:
    """Returns whether it is finished."""
    return answers.get("status") == "finished"


def not_finished(answers: Answers) -> bool:
    """Returns whether it is planned, running or paused, so that help may still be of use."""
    return answers.get("status") not in ("finished", "stopped")


def has_outcome(answers: Answers) -> bool:
    """Returns whether it has an outcome, so that evidence can be asked for."""
    return begun(answers) and answers.get("outcome") is not None


def has_evidence(answers: Answers) -> bool:
    """Returns whether there is evidence to describe."""
    return has_outcome(answers) and any(key != "none_yet" for key in _listed(answers, "evidence_types"))


def has_graded_evidence(answers: Answers) -> bool:
    """Returns whether some of its evidence can be relied on, so that a figure can be asked for."""
    return has_evidence(answers) and bool(grades_of(str(key) for key in _listed(answers, "evidence_types")))


def has_resource_person(answers: Answers) -> bool:
    """Returns whether a resource person was offered."""
    return "resource_person" in _listed(answers, "contribute")


def names_resource_person(answers: Answers) -> bool:
    """Returns whether a contact person is named, who may not know of it."""
    return has_resource_person(answers) and answers.get("resource_person") is not None


def has_photo(answers: Answers) -> bool:
    """Returns whether there is a picture."""
    return begun(answers) and bool(answers.get("photo"))


def _listed(answers: Answers, question: str) -> list[object]:
    chosen = answers.get(question)
    return chosen if isinstance(chosen, list) else []


def themes_first(answers: Answers) -> tuple[str, ...]:
    """Returns the themes that the text suggests; they are shown first, but never chosen for the person."""
    return proposed(_story(answers), "themes")


def groups_first(answers: Answers) -> tuple[str, ...]:
    """Returns the target groups that the text suggests, as `themes_first`."""
    return proposed(_story(answers), "target_groups")


def _story(answers: Answers) -> str:
    return f"{answers.get('title') or ''}\n{answers.get('summary') or ''}"


def roles_first(answers: Answers) -> tuple[str, ...]:
    """Returns the roles of the library that the themes suggest."""
    suggested = {
        "learning_centre": {
            "homework_help",
            "employment_readiness",
            "digital_inclusion",
            "language_cafe",
            "language_course",
        },
        "democratic_greenhouse": {"democracy_citizenship", "civic_information"},
        "cultural_meeting_place": {"cultural_exchange", "language_cafe", "local_community_life"},
    }
    themes = set(answers.get("themes") or ())
    return tuple(sorted(suggested, key=lambda role: -len(suggested[role] & themes)))
