"""Texts that are longer than a message: a client cuts them, and what follows at once is their continuation.

A continuation is read together with what came before it, as though both were one message: from where the person stood
before the first part, and with what that part led to undone. So nobody's description begins in the middle of a
sentence, and no last line of a long text becomes a title.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from conversations.context.session import Cut, Session, pack, unpack
from conversations.language.events import Event, Wrote
from conversations.model.outcomes import DraftLeft, Outcome, PrivacyShown

LONGEST_MESSAGE = 4096
"""In UTF-16 units, as Telegram counts."""

CUT_FROM = 2049
"""Clients cut where a sentence or a line ends, in the second half of what a message holds."""

CUT_FORWARDED_FROM = 4000
"""What is forwarded together was often written apart: only what fills a message belongs to the next."""

AT_ONCE = 2
"""Seconds between the parts that a client sends."""

MOST = 20_000
"""Characters that are kept of a text in parts; nothing that is asked takes as many."""


def continued(session: Session, event: Event) -> tuple[Session, Event]:
    """Where the person stood before the text that `event` continues, and the whole of that text.

    Both as they are where it continues none.
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
    """What is kept of `event` where more of it may follow; None where it is no text that a client may have cut.

    It is `settled`, or has `outcomes` that last, where what follows can no longer be read together with it.
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
    """Whether `event` continues a text of which something has been made already."""
    return session.cut is not None and session.cut.settled and isinstance(event, Wrote) and _follows(event, session.cut)


def _follows(event: Wrote, cut: Cut) -> bool:
    return bool(event.text) and event.forwarded == cut.forwarded and 0 <= event.sent - cut.sent <= AT_ONCE


def _joined(cut: Cut, more: str) -> str:
    """Both parts; a word that was cut in two is one again."""
    if cut.length < LONGEST_MESSAGE:
        return f"{cut.text}\n{more}"
    within = cut.text[-1:].isalnum() and more[:1].isalnum()
    return f"{cut.text}{'' if within else ' '}{more}"
