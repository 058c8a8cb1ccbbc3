"""What the answers so far tell: which questions are asked depends on it, and which of their choices come first."""

from conversations.forms.kinds.base import Answers
from conversations.reading.themes import propose_themes


def planned(answers: Answers) -> bool:
    """It has not begun."""
    return answers.get("status") == "planned"


def begun(answers: Answers) -> bool:
    """It runs, has run, or is paused: there is something to tell of."""
    return answers.get("status") in ("running", "finished", "paused")  # also asked of imported answers of any kind


def finished(answers: Answers) -> bool:
    """It is over."""
    return answers.get("status") == "finished"


def not_finished(answers: Answers) -> bool:
    """It is planned, running or paused: help may still be of use."""
    return not finished(answers)


def has_outcome(answers: Answers) -> bool:
    """Something changed, so one may ask how that is known."""
    return begun(answers) and answers.get("outcome") is not None


def has_evidence(answers: Answers) -> bool:
    """There is evidence to give details of."""
    return has_outcome(answers) and any(key != "none_yet" for key in _listed(answers, "evidence_types"))


def has_resource_person(answers: Answers) -> bool:
    """A resource person was offered."""
    return "resource_person" in _listed(answers, "contribute")


def names_resource_person(answers: Answers) -> bool:
    """Whether somebody is named whom others may ask; they may never have heard of it."""
    return has_resource_person(answers) and answers.get("resource_person") is not None


def has_photo(answers: Answers) -> bool:
    """There is a picture."""
    return begun(answers) and bool(answers.get("photo"))


def _listed(answers: Answers, question: str) -> list[object]:
    chosen = answers.get(question)
    return chosen if isinstance(chosen, list) else []


def themes_first(answers: Answers) -> tuple[str, ...]:
    """The themes that the story itself suggests; they are only shown first, never chosen for anybody."""
    return propose_themes(f"{answers.get('title') or ''}\n{answers.get('summary') or ''}")


def roles_first(answers: Answers) -> tuple[str, ...]:
    """The sides of the library that the themes suggest."""
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
