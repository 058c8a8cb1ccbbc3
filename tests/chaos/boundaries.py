"""Where a bot is killed: between two steps that belong together, and at no particular place."""

from enum import Enum


class Boundary(Enum):
    """A moment in the way of an update or a message; the value says it for the tables."""

    KEEPING = "updates written, not committed"
    KEPT = "updates committed, next offset not told"
    HANDLING = "turn written, not committed"
    HANDLED = "turn committed, nothing sent"
    NOTIFYING = "turn with notices written, not committed"
    NOTIFIED = "turn with notices committed, nothing sent"
    TAKING = "notices marked as being sent, not committed"
    TAKEN = "notices marked as being sent"
    SENDING = "message about to be sent"
    SENT = "message sent, not noted"
    NOTING = "message noted, not committed"
    NOTED = "message noted and committed"
    BETWEEN = "between two messages of one reply"
    PRESS_ANSWERED = "press answered"
    KEEPING_OTHER = "anything else written, not committed"
    KEPT_OTHER = "anything else committed"

    UNREAD_UPDATES = "updates delivered, not read"
    UNREAD_ANSWER = "message taken by Telegram, answer not read"

    STARTING = "while it starts"
    ANY = "at any moment"


AT_SERVER = frozenset({Boundary.UNREAD_UPDATES, Boundary.UNREAD_ANSWER})
"""Seen by the Bot API server, which strikes before its answer leaves."""

BY_CHANCE = frozenset({Boundary.STARTING, Boundary.ANY})
"""No boundary at all: a moment drawn by lot."""

WITHIN = frozenset(Boundary) - AT_SERVER - BY_CHANCE
"""Seen by the bot itself: see starter.py."""

OF_THE_LEASE = frozenset({Boundary.TAKING, Boundary.TAKEN})
"""Only the worker that holds the lease for notices comes there."""

OF_HELPERS = frozenset({Boundary.KEEPING_OTHER, Boundary.KEPT_OTHER})
"""A process that serves nobody (`meldind worker`) comes to no others for certain."""

JUMP = "MELDIND_CHAOS_JUMP"
"""The variable that tells the bot by how many seconds its clock is put ahead, and when: `3600 0.5`."""

STRIKE = "MELDIND_CHAOS_STRIKE"
"""The variable that tells the bot at which of them it is to die, and at which time it gets there: `HANDLED 3`."""
