"""What is compared of a report and of an initiative, as `conversations/reading/alike/` sees them."""

from collections.abc import Mapping
from typing import Any

from conversations.model.happenings import texts
from conversations.model.initiatives import Initiative
from conversations.reading.alike.traits import Described


def described(answers: Mapping[str, Any], language: str) -> Described:
    """Returns what is compared of a report with these answers.

    The municipality is set only where the author named it themselves; a register knows that of a library's key.
    """
    library = answers.get("library")
    told = library if isinstance(library, Mapping) else {}
    return Described(
        language,
        str(answers.get("title") or ""),
        str(answers.get("summary") or ""),
        str(told.get("key") or told.get("name") or ""),
        str(told.get("municipality") or ""),
        texts(answers.get("themes")),
        texts(answers.get("target_groups")),
    )


def of_initiative(initiative: Initiative) -> Described:
    """Returns what is compared of a published initiative."""
    return Described(
        initiative.language,
        initiative.title,
        initiative.summary,
        initiative.library_key or initiative.library,
        initiative.municipality,
        initiative.themes,
        initiative.groups,
    )
