"""Notices of a turn to other people as outbox rows: stored with the turn, each in its reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.language.catalogues import Catalogue, Catalogues
from bot.telegram.rendering import render, render_enclosed
from conversations.context.session import Notice
from storage.messages.outbox import OutboxRow, Outgoing
from storage.people.members import Address
from storage.session.unit_of_work import UnitOfWork

TOPIC = "message_thread_id"
"""The parameter for the topic of a chat."""

ASKER = "ephemeral_message_parameters"
"""The parameter for the only person who sees a message in a group. A server that does not know it shows it to all."""


def notify(work: UnitOfWork, notices: Sequence[Notice], catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """Put `notices` into the outbox, without those for people who have stopped the bot."""
    if not notices:
        return []
    addresses = work.notices.addresses({notice.to for notice in notices if not notice.in_group})
    rows = []
    for notice in notices:
        if notice.in_group:
            if (group := work.groups.of(notice.to)) and _is_shown(work, notice, group.chat):
                messages = [in_topic(each, group.topic) for each in _rendered(notice, catalogues, group.language)]
                rows += _put(work, notice, messages, group.chat, None, now)
        elif (reached := addresses.get(notice.to)) and _is_shown(work, notice, reached.chat):
            messages = _rendered(notice, catalogues, reached.language)
            rows += _enclosures(work, notice, catalogues[reached.language], reached, now)
            rows += _put(work, notice, messages, reached.chat, reached.person, now)
    return rows


def in_topic(payload: dict[str, Any], topic: int | None) -> dict[str, Any]:
    """Returns the message in that topic of its chat; None: no topic."""
    return payload if topic is None else {**payload, TOPIC: topic}


def for_asker(payload: dict[str, Any], telegram_id: int) -> dict[str, Any]:
    """Returns the message so that in its group only that person sees it."""
    return {**payload, ASKER: {"receiver_user_id": telegram_id}}


def _is_shown(work: UnitOfWork, notice: Notice, chat: int) -> bool:
    """Returns whether to send the notice: not if it only updates a message that was never shown."""
    return notice.how != "update" or work.notices.known(f"{notice.key}:{chat}")


def _rendered(notice: Notice, catalogues: Catalogues, language: str) -> list[dict[str, Any]]:
    # The buttons of a notice belong to no step: they work in any step of its reader.
    screen = replace(notice.screen, revision=notice.screen.revision or 0)
    return render(screen, catalogues[language])


def _enclosures(
    work: UnitOfWork, notice: Notice, catalogue: Catalogue, reader: Address, now: datetime
) -> list[OutboxRow]:
    """Queue the files of a notice, which come before it and are never replaced."""
    if notice.screen.enclosed is None or notice.how == "update":
        return []
    rows = []
    for enclosed in (notice.screen.enclosed, *notice.screen.besides):
        method, payload = render_enclosed(enclosed, catalogue)
        rows.append(work.outbox.add(Outgoing(reader.chat, method, payload, "notice", now, person_id=reader.person)))
    return rows


def _put(
    work: UnitOfWork,
    notice: Notice,
    messages: Iterable[dict[str, Any]],
    chat: int,
    person: int | None,
    due_at: datetime,
) -> list[OutboxRow]:
    rows = []
    for number, payload in enumerate(messages):
        key = f"{notice.key}:{chat}" if number == 0 else f"{notice.key}:{chat}:{number}"
        row = work.notices.put(payload, chat=chat, person=person, key=key, how=notice.how, due_at=due_at)
        if row is not None:
            rows.append(row)
    return rows
