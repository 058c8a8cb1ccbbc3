"""Which event it is when what readers see of a report has changed."""

from dataclasses import replace

from conversations.model.initiatives import Appearance, Initiative
from conversations.model.webhooks.webhook import EventType


def event_of(appearance: Appearance) -> EventType | None:
    """Returns what the public is told of a change; None: nothing, because it sees the same as before.

    A report that is no longer shared with everybody is withdrawn for the public, and one that is now is published. That
    its author has confirmed it changes nothing in it.
    """
    before, after = _public(appearance.before), _public(appearance.after)
    if before is None:
        return "report.published" if after else None
    if after is None:
        return "report.withdrawn"
    same = replace(before, revision=after.revision, changed_at=after.changed_at, confirmed_at=after.confirmed_at)
    return None if same == after else "report.corrected"


def _public(initiative: Initiative | None) -> Initiative | None:
    return initiative if initiative is not None and initiative.sharing == "public" else None
