"""Tells a person that a file cannot be stored although the bot had accepted it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from conversations.flows.shared.attached import file_name
from conversations.language.screen import Button, Line, Screen, heading
from conversations.language.words import Words, _, quoted
from conversations.model.attached import ReportFile

Reason: TypeAlias = Literal["large", "refused", "picture", "pixels", "pdf", "kind"]
"""Why a file cannot be stored."""

REASONS: Mapping[Reason, Words] = {
    "large": _("It is larger than 20 MB."),
    "refused": _("Telegram did not give it to me, although I asked several times."),
    "picture": _("I cannot read it as a photo: it was cut off, or is of another kind than its name says."),
    "pixels": _("It has more than 50 million pixels."),
    "pdf": _("It is not a PDF."),
    "kind": _("It is neither a PDF nor a photo."),
}


def lost_file(file: ReportFile, reason: Reason, report: str, title: str, sent_at: datetime) -> Screen:
    """Returns which file it is, why it cannot be stored, and what to do while the sender still has it."""
    lines = [heading(_("Not saved: {file}, {when}", file=file_name(file), when=sent_at)), Line(REASONS[reason])]
    if title:
        lines.append(Line(_("You sent it for {title}.", title=quoted(title))))
    lines.append(Line(_("Everything else is saved. You can open the report and send another file.")))
    return Screen(tuple(lines), ((Button(_("Open the report"), "open", report),),))
