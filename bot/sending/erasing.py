"""Deletes messages in a person's chat when they delete contact details or are erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from conversations.model.outcomes import ContactsErased, Outcome, PersonForgotten
from conversations.model.people.person import Person
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork


def contact_messages(
    work: UnitOfWork, person: Person, chat: int, outcomes: Sequence[Outcome], pressed: int | None, now: datetime
) -> list[int]:
    """Returns the messages of the chat with contact details that are about to be erased, if the bot can delete them.

    The message that was `pressed` is left out, because the answer replaces it.
    """
    erased = [outcome.report for outcome in outcomes if isinstance(outcome, ContactsErased)]
    found = {each for report in erased for each in work.forgetting.contact_messages(person.id, chat, report, now)}
    return sorted(found - {pressed})


def taken_out(
    work: UnitOfWork, person: Person, chat: int, outcomes: Sequence[Outcome], messages: Sequence[int], now: datetime
) -> list[OutboxRow]:
    """Requests that delete `messages` in the chat, and that remove role commands from the menu of an erased person."""
    requests: list[tuple[str, dict[str, Any]]] = [("deleteMessage", {"message_id": message}) for message in messages]
    if person.roles and any(isinstance(outcome, PersonForgotten) for outcome in outcomes):
        requests.append(("deleteMyCommands", {"scope": {"type": "chat", "chat_id": chat}}))
    return [
        work.outbox.add(
            Outgoing(
                chat_id=chat, method=method, payload=payload, kind="notice", due_at=now, key=None, person_id=person.id
            )
        )
        for method, payload in requests
    ]
