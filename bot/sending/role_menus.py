"""The command menus of people with roles, updated when a role or a language changes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.language.catalogues import Catalogues
from conversations.context.session import Turn
from conversations.engine.commands import commands_of
from conversations.model.outcomes import InvitationUsed, LanguageChosen, RolesChanged
from conversations.model.people.person import Person
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork


def renewed(work: UnitOfWork, person: Person, turn: Turn, catalogues: Catalogues, now: datetime) -> list[OutboxRow]:
    """Put the menus that `turn` of `person` changed into the outbox."""
    return [
        work.outbox.add(
            Outgoing(
                chat_id=address.chat,
                method=method,
                payload=payload,
                kind="notice",
                due_at=now,
                key=f"menu:{address.person}",
                person_id=address.person,
            )
        )
        for changed in dict.fromkeys(_changed(person, turn))
        if (address := work.members.address(changed)) and (member := work.members.member(changed))
        for method, payload in (menu_of(member.roles, address.chat, catalogues, address.language),)
    ]


def menu_of(roles: frozenset[str], chat: int, catalogues: Catalogues, language: str) -> tuple[str, dict[str, Any]]:
    """Returns the request that sets the menu of one chat; without roles the chat gets the general menu."""
    scope = {"scope": {"type": "chat", "chat_id": chat}}
    if not roles:
        return "deleteMyCommands", scope
    commands = [
        {"command": command.name, "description": catalogues.say(command.description, language)}
        for command in commands_of(roles)
    ]
    return "setMyCommands", {"commands": commands, **scope}


def _changed(person: Person, turn: Turn) -> Iterator[int]:
    for outcome in turn.outcomes:
        match outcome:
            case InvitationUsed():
                yield person.id
            case LanguageChosen() if person.roles:
                yield person.id
            case RolesChanged(other):
                yield other
            case _:
                pass
