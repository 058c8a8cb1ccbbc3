"""What a turn says, as outbox rows: kept with the turn, sent after it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.language.catalogues import Catalogue
from bot.sending.albums import TOLD, together
from bot.telegram.rendering import render, render_enclosed
from conversations.language.screen import Screen
from conversations.language.words import Words
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork

QUIET = timedelta(seconds=1)
"""How long an album is waited for after each of its items."""

LONGEST_TOAST = 200


def show(
    work: UnitOfWork,
    screens: Sequence[Screen],
    catalogue: Catalogue,
    *,
    chat: int,
    person: int | None,
    now: datetime,
    replacing: int | None = None,
    press: str | None = None,
    toast: Words | None = None,
) -> list[OutboxRow]:
    """Put `screens` into the outbox, in their order; the first takes the place of the message `replacing`.

    The press that led to them is answered beside the first, with the short word `toast`.
    """
    rows = []
    for each in screens:
        screen, told = _with_album(work, each, catalogue, chat)
        for enclosed in (screen.enclosed, *screen.besides) if screen.enclosed else ():
            replacing = None  # what is enclosed comes first, and the text with its buttons below it
            method, parameters = render_enclosed(enclosed, catalogue)
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
        for number, payload in enumerate(render(screen, catalogue)):
            method, parameters = _method(payload | told if number == 0 else payload, replacing)
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
    """`screen` with what the items of its album before were told, and what its message keeps of that."""
    key = _key(screen, chat)
    if key is None:
        return screen, {}
    screen, told = together(screen, work.outbox.waiting(key).get(TOLD, ()), catalogue)
    return screen, {TOLD: told}


def _key(screen: Screen, chat: int, number: int = 0) -> str | None:
    """What the messages of one album have in common, so that only the last of them goes out."""
    if not screen.album:
        return None
    return f"album:{chat}:{screen.album}:{number}" if number else f"album:{chat}:{screen.album}"


def said_briefly(toast: Words | None, catalogue: Catalogue) -> str | None:
    """`toast` as Telegram takes it."""
    return None if toast is None else catalogue.say(toast)[:LONGEST_TOAST]


def _method(payload: dict[str, Any], replacing: int | None) -> tuple[str, dict[str, Any]]:
    if replacing is None:
        return "sendMessage", payload
    return "editMessageText", {"message_id": replacing, **payload}
