"""The status of a report in words. A report that not everybody may see is called accepted, never published."""

from collections.abc import Mapping
from typing import Any

from conversations.language.words import Words, _, labelled
from conversations.model.initiatives import Sharing, sharing_of

STATUS_WORDS: Mapping[str, Words] = {
    "draft": labelled("report status", "Draft"),
    "submitted": labelled("report status", "In review"),
    "changes_requested": labelled("report status", "Needs changes"),
    "published": labelled("report status", "Published"),
    "declined": labelled("report status", "Declined"),
    "withdrawn": labelled("report status", "Withdrawn"),
}
"""The status of reports in general."""

ACCEPTED = labelled("report status", "Accepted")

SEEN_BY: Mapping[Sharing, Words] = {
    "public": _("Anyone can find it here now."),
    "network": _("Libraries and registered partners can find it here now. It is not public."),
    "coordinators": _("Only coordinators see it. It is not public."),
}
"""Who can find a report once it is accepted."""


def status_words(status: str, answers: Mapping[str, Any]) -> Words:
    """Returns the status of a report with these answers."""
    if status == "published" and sharing_of(answers) != "public":
        return ACCEPTED
    return STATUS_WORDS[status]
