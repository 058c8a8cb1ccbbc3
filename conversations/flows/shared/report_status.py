"""The status of a report in words. A report that not everybody may see is called accepted, never published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conversations.context.context import Context
from conversations.language.screen import Line, Style
from conversations.language.words import Listed, Place, Words, _, labelled
from conversations.model.followups.looking import Stage
from conversations.model.followups.questions import unconfirmed
from conversations.model.initiatives import Sharing, sharing_of
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import label_of

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


def progress_words(stage: str) -> Place:
    """Returns the stage of an initiative: planned, running and so on."""
    return label_of(vocabulary.STAGES, stage)


def confirmed_words(stage: object, confirmed_at: datetime, context: Context) -> Words:
    """Returns when an author last said how an initiative is; marked, if that is so long ago that it may be over."""
    day = confirmed_at.astimezone(context.timezone).date()
    if unconfirmed(stage, confirmed_at, context.now):
        return _("⚠️ Not confirmed since {date}", date=day)
    return _("Last confirmed: {date}", date=day)


def history(stages: Sequence[Stage], context: Context) -> tuple[Line, ...]:
    """Returns the stages that an initiative has had, each with its day; empty if it has had one."""
    if len(stages) < 2:
        return ()
    told = tuple(
        _(
            "{stage} ({date})",
            stage=progress_words(each.status),
            date=each.at.astimezone(context.timezone).date(),
        )
        for each in stages
    )
    return (Line(_("So far: {stages}", stages=Listed(told)), Style.HELP),)


def status_words(status: str, answers: Mapping[str, Any]) -> Words:
    """Returns the status of a report with these answers."""
    if status == "published" and sharing_of(answers) != "public":
        return ACCEPTED
    return STATUS_WORDS[status]
