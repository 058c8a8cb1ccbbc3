"""The screens of a turn as outbox rows: stored with the turn, sent after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.language.catalogues import Catalogue
from bot.sending.albums import TOLD, together
from bot.sending.notices import in_topic
from bot.telegram.rendering import render_enclosed
from bot.telegram.rich import requests
from conversations.language.screen import Screen
from conversations.language.words import Words
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork

QUIET = timedelta(seconds=1)
"""How long to wait for further items of an album."""

LONGEST_TOAST = 200


def show(
    work: UnitOfWork,
    screens: Sequence[Screen],
    catalogue: Catalogue,
    *,
    chat: int,
    person: int | None,
    now: datetime,
    topic: int | None = None,
    replacing: int | None = None,
    press: str | None = None,
    toast: Words | None = None,
) -> list[OutboxRow]:
    """Put `screens` into the outbox, in order; the first replaces the message `replacing`. New messages go to `topic`
    of the chat, if it has topics.

    The callback query `press` is answered together with the first, with `toast`.
    """
    rows = []
    for each in screens:
        screen, told = _with_album(work, each, catalogue, chat)
        for enclosed in (screen.enclosed, *screen.besides) if screen.enclosed else ():
            replacing = None  # the enclosure comes first, the text with its buttons below it
            method, parameters = render_enclosed(enclosed, catalogue)
            parameters = in_topic(parameters, topic)
            rows.append(
                work.outbox.add(
                    Outgoing(
                        chat_id=chat,
                        method=method,
                        payload=parameters,
                        kind="reply",
                        due_at=now,
                        person_id=person,
                        secret=screen.secret,
                    )
                )
            )
        for number, (sends, payload) in enumerate(requests(screen, catalogue, chat)):
            parameters = in_topic(payload | told if number == 0 else payload, topic)
            method = sends if replacing is None else "editMessageText"
            if replacing is not None:
                parameters = {"message_id": replacing, **parameters}
            rows.append(
                work.outbox.add(
                    Outgoing(
                        chat_id=chat,
                        method=method,
                        payload=parameters,
                        kind="reply",
                        due_at=now + QUIET if screen.album else now,
                        key=_key(screen, chat, number),
                        press=press,
                        toast=said_briefly(toast, catalogue),
                        person_id=person,
                        secret=screen.secret,
                    )
                )
            )
            replacing = press = toast = None
    return rows


def _with_album(work: UnitOfWork, screen: Screen, catalogue: Catalogue, chat: int) -> tuple[Screen, dict[str, Any]]:
    """`screen` with the answers to earlier items of its album, and the values that its message stores for that."""
    key = _key(screen, chat)
    if key is None:
        return screen, {}
    screen, told = together(screen, work.outbox.waiting(key).get(TOLD, ()), catalogue)
    return screen, {TOLD: told}


def _key(screen: Screen, chat: int, number: int = 0) -> str | None:
    """Returns the outbox key shared by the messages of one album, so that only the last is sent."""
    if not screen.album:
        return None
    return f"album:{chat}:{screen.album}:{number}" if number else f"album:{chat}:{screen.album}"


def said_briefly(toast: Words | None, catalogue: Catalogue) -> str | None:
    """`toast` in the reader's language, within Telegram's limit."""
    return None if toast is None else catalogue.say(toast)[:LONGEST_TOAST]
