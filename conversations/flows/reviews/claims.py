"""Whether a coordinator can decide on a report now, and if not, why."""

from conversations.context.context import Context
from conversations.flows.shared.report_words import name_of
from conversations.language.words import Words, _
from conversations.model.initiatives import sharing_of
from conversations.model.reviews import CLAIM, UnderReview

GONE = _("That report is no longer available.")
CHANGED = _("The report has been changed in the meantime. Read it again.")


def taken(review: UnderReview, context: Context, *, although_open: bool = False) -> Words | None:
    """Returns why this person cannot decide: it is decided, or another coordinator reads it. None if they can.

    While the author has an open question, only a coordinator who knows of it can decide; `although_open` says so.
    """
    by = name_of(review.decided_by, context)
    match review.status:
        case "published" if sharing_of(review.answers) == "public":
            return _("Already published by {name}.", name=by)
        case "published":
            return _("Already accepted by {name}.", name=by)
        case "declined":
            return _("Already declined by {name}.", name=by)
        case "withdrawn":
            return _("Its author has withdrawn it.")
        case "changes_requested" if although_open:
            return None
        case "changes_requested" if review.asked:
            return _("{name} has asked the author about it.", name=name_of(review.asked.by, context))
        case "changes_requested":
            return _("Already sent back to its author by {name}.", name=by)
        case _:
            pass
    reader = review.held_by(context.now)
    if reader is None or reader == context.person.id or review.claim is None:
        return None
    until = review.claim.at + CLAIM
    # Translators: {name} is a coordinator, {when} a date with the time.
    return _("{name} is reviewing it. You can take it over from {when}.", name=name_of(reader, context), when=until)
