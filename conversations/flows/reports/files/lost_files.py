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
    "refused": _("Telegram did not hand it out to me, though I asked several times."),
    "picture": _("It is no picture that I can read: it was cut short, or is of another kind than its name says."),
    "pixels": _("It has more than 50 million pixels."),
    "pdf": _("It is no PDF."),
    "kind": _("It is neither a PDF nor a picture."),
}


def lost_file(file: ReportFile, reason: Reason, report: str, title: str, sent_at: datetime) -> Screen:
    """Returns which file it is, why it cannot be stored, and what to do while the sender still has it."""
    lines = [heading(_("Not kept: {file}, {when}", file=file_name(file), when=sent_at)), Line(REASONS[reason])]
    if title:
        lines.append(Line(_("You sent it for {title}.", title=quoted(title))))
    lines.append(Line(_("All else is kept. You can open the report and send another file.")))
    return Screen(tuple(lines), ((Button(_("Open the report"), "open", report),),))
