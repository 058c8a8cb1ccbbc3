"""What is taken out of somebody's chat when they are erased: messages, and the commands of a role in its menu."""

from dataclasses import replace

import pytest

from bot.sending.erasing import taken_out
from conversations.model.outcomes import ContactsErased, Outcome, PersonForgotten
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, NOW, arrive

MENU = ("deleteMyCommands", {"scope": {"type": "chat", "chat_id": ANA}})


@pytest.mark.parametrize(
    ("roles", "outcomes", "taken"),
    [
        ({"coordinator"}, (PersonForgotten(False),), [MENU]),
        ({"coordinator"}, (ContactsErased("r", ("contact",)),), []),
        (set(), (PersonForgotten(False),), []),
    ],
)
async def test_only_who_is_erased_and_had_a_role_loses_its_commands(
    storage: Storage, roles: set[str], outcomes: tuple[Outcome, ...], taken: list[object]
) -> None:
    def asked(work: UnitOfWork) -> list[object]:
        person = replace(arrive(work), roles=frozenset(roles))
        rows = taken_out(work, person, ANA, outcomes, [7], NOW)
        return [(row.method, row.payload) for row in rows]

    assert await storage.write(asked) == [("deleteMessage", {"message_id": 7}), *taken]
