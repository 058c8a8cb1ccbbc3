"""Texts that are longer than one message: a client cuts them and sends the parts one after another.

A later part is read together with the earlier ones, as if all were one message: the session goes back to where the
person stood before the first part, and what that part led to is undone. Otherwise a description could begin in the
middle of a sentence, or the last line of a long text could become a title.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from conversations.context.session import Cut, Session, pack, unpack
from conversations.language.events import Event, Wrote
from conversations.model.outcomes import DraftLeft, Outcome, PrivacyShown

LONGEST_MESSAGE = 4096
"""Length of the longest message in UTF-16 units, as Telegram counts."""

CUT_FROM = 2049
"""Shortest length of a part: clients cut after a sentence or a line, in the second half of a message."""

CUT_FORWARDED_FROM = 4000
"""The same for forwarded texts. Several are often forwarded together, so only a full message continues in the next."""

AT_ONCE = 2
"""Seconds between two parts that a client sends."""

MOST = 20_000
"""Characters of a text in several parts that are kept; no question accepts as many."""


def continued(session: Session, event: Event) -> tuple[Session, Event]:
    """Returns the session before the text that `event` continues, and an event with the whole text.

    If `event` continues no text, both are returned unchanged.
    """
    cut = session.cut
    if cut is None or not isinstance(event, Wrote) or not _follows(event, cut):
        return session, event
    text = _joined(cut, event.text)[:MOST]
    whole = replace(event, text=text, message=cut.message, plain="")
    if cut.settled:
        return session, whole
    active_at = datetime.fromisoformat(cut.active_at) if cut.active_at else None
    return replace(session, at=unpack(cut.back), active_at=active_at), whole


def cut_of(before: Session, event: Event, outcomes: Sequence[Outcome], *, settled: bool) -> Cut | None:
    """Returns what to remember of `event` if more of its text may follow; None if a client cannot have cut it.

    A `settled` text, or one with lasting `outcomes`, is not read again together with what follows.
    """
    if not isinstance(event, Wrote) or not event.sent:
        return None
    if event.length < (CUT_FORWARDED_FROM if event.forwarded else CUT_FROM):
        return None
    return Cut(
        event.text,
        event.message,
        event.forwarded,
        event.length,
        event.sent,
        pack(before.at),
        before.active_at.isoformat() if before.active_at else "",
        settled=settled or any(not isinstance(each, DraftLeft | PrivacyShown) for each in outcomes),
    )


def is_settled(session: Session, event: Event) -> bool:
    """Returns whether `event` continues a text of which something was already made."""
    return session.cut is not None and session.cut.settled and isinstance(event, Wrote) and _follows(event, session.cut)


def _follows(event: Wrote, cut: Cut) -> bool:
    return bool(event.text) and event.forwarded == cut.forwarded and 0 <= event.sent - cut.sent <= AT_ONCE


def _joined(cut: Cut, more: str) -> str:
    """Returns both parts as one text; a word that was cut in two is joined again."""
    if cut.length < LONGEST_MESSAGE:
        return f"{cut.text}\n{more}"
    within = cut.text[-1:].isalnum() and more[:1].isalnum()
    return f"{cut.text}{'' if within else ' '}{more}"
