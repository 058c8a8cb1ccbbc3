"""The server as an older version: what came later it does not know, and that is no mistake of the bot."""

from typing import Any

import pytest

from bot.botapi import BotApiServer
from bot.botapi.specification import description
from bot.botapi.specification.spec import Specification

from ..asking import ask, refused

RICH = {"chat_id": 501, "rich_message": {"blocks": [{"type": "divider"}]}}
TIME = '<tg-time unix="1800000000" format="Dt">3 December</tg-time>'
STYLED = {"inline_keyboard": [[{"text": "A", "callback_data": "a", "style": "danger"}]]}


@pytest.mark.parametrize("version", ["9.2", "10.0"])
async def test_a_later_method_is_not_found_and_that_is_no_violation(version: str) -> None:
    async with BotApiServer(api_version=version) as server:
        await server.phone().starts()
        assert server.api_version == version
        assert await refused(server, "sendRichMessage", **RICH) == "Not Found: method not found"
        assert await refused(server, "sendNoMessage") == "Not Found: method not found"
        assert [str(violation) for violation in server.violations] == ["sendNoMessage: Not Found: method not found"]


async def test_a_later_parameter_or_field_is_ignored_without_a_word() -> None:
    async with BotApiServer(api_version="9.2") as server:
        await server.phone().starts()
        only_for = {"receiver_user_id": 501}
        given = {"chat_id": 501, "text": "Hej", "reply_markup": STYLED, "ephemeral_message_parameters": only_for}
        sent = (await ask(server, "sendMessage", **given))["result"]
        assert sent["message_id"] > 0
        assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
        assert server.violations == []
        assert await refused(server, "sendMessage", chat_id=501, text=TIME, parse_mode="HTML") == (
            'Bad Request: can\'t parse entities: Unsupported start tag "tg-time" at byte offset 0'
        )
        assert server.violations == []


async def test_the_version_can_change_while_the_server_runs() -> None:
    async with BotApiServer(api_version="10.0") as server:
        phone = server.phone()
        await phone.starts()
        assert (await phone.phones.get("state"))["api_version"] == "10.0"
        await phone.phones.post("version", {"api_version": "10.3"})
        assert server.api_version == "10.3"
        assert (await ask(server, "sendMessage", chat_id=501, text=TIME, parse_mode="HTML"))["ok"]
        await phone.phones.post("version", {"api_version": "9.2"})
        assert not (await ask(server, "sendMessage", chat_id=501, text=TIME, parse_mode="HTML"))["ok"]


@pytest.mark.parametrize("version", ["9.1", "10.4", "11", "ten", "10.x", ""])
def test_a_version_that_is_not_described_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=r"is not (described here|the number of a version)"):
        Specification(version)


def known(described: description.Described) -> set[tuple[str, ...]]:
    """All methods or types, fields and subtypes that are known, by their names."""
    return {
        (owner, *rest)
        for owner, entry in described.items()
        for rest in [
            (),
            *((subtype,) for subtype in entry.get("subtypes", ())),
            *((name,) for name, field in entry.get("fields", {}).items() if not field.get("newer")),
        ]
    }


def test_each_version_knows_what_the_one_before_it_knew_and_more() -> None:
    before: tuple[set[Any], set[Any]] = (set(), set())
    for version in ("9.2", "9.6", "10.0", "10.1", "10.2", "10.3"):
        methods, types = map(known, description.as_of(version))
        assert before[0] < methods or version == "9.2"
        assert before[1] < types
        before = (methods, types)
    assert before == (known(description.METHODS), known(description.TYPES))
