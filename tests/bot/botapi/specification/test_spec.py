"""Requests that the specification or a limit forbids, in every encoding Telegram takes."""

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.botapi import BotApiServer, Phone
from bot.botapi.specification.description import METHODS, TYPES
from bot.botapi.specification.errors import ApiError
from bot.botapi.specification.spec import CURRENT

from ..asking import ask, refused


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "A", **action: Any) -> dict[str, Any]:
    return {"text": text, **(action or {"callback_data": "a"})}


async def started(server: BotApiServer) -> Phone:
    phone = server.phone()
    await phone.starts()
    return phone


SEND = {"chat_id": 501, "text": "Hej"}


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendMessage", {"chat_id": 501}, "message text is empty"),
        ("sendMessage", {"chat_id": 501, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 501, "text": " \n "}, "text must be non-empty"),
        ("sendMessage", {"chat_id": 501, "text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 501, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 501, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": 501, "text": 5}, 'parameter "text" must be of type String'),
        ("sendMessage", {"chat_id": 501, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ("sendMessage", {**SEND, "parse_mode": "LaTeX"}, "unsupported parse_mode"),
        ("sendMessage", {**SEND, "text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        (
            "sendMessage",
            {**SEND, "entities": [{"type": "bold", "offset": 1, "length": 9}]},
            "entity beginning at UTF-16",
        ),
        ("sendMessage", {**SEND, "disable_notification": "maybe"}, 'parameter "disable_notification" must be of type'),
        ("sendMessage", {**SEND, "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ("sendMessage", {**SEND, "reply_markup": {"inline_keyboard": [{"text": "A"}]}}, "can't parse reply keyboard"),
        (
            "sendMessage",
            {**SEND, "reply_markup": inline([{"callback_data": "a"}])},
            "can't parse inline keyboard button",
        ),
        (
            "sendMessage",
            {**SEND, "reply_markup": inline([button(" ")])},
            "inline keyboard button text must be non-empty",
        ),
        ("sendMessage", {**SEND, "reply_markup": inline([{"text": "A"}])}, "text buttons are unallowed in the inline"),
        ("sendMessage", {**SEND, "reply_markup": inline([button(url="x.dk", callback_data="a")])}, "inline keyboard"),
        ("sendMessage", {**SEND, "reply_markup": inline([button(callback_data="")])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {**SEND, "reply_markup": inline([button(callback_data="ø" * 33)])}, "BUTTON_DATA_INVALID"),
        ("sendMessage", {**SEND, "reply_markup": inline([button()] * 9)}, "reply markup is too long"),
        ("sendMessage", {**SEND, "reply_markup": inline(*[[button()] * 8] * 13)}, "reply markup is too long"),
        ("sendMessage", {**SEND, "reply_markup": {"keyboard": [[""]]}}, "keyboard button text must be non-empty"),
        ("sendMessage", {**SEND, "reply_parameters": {"message_id": "x"}}, "can't parse ReplyParameters"),
        ("editMessageText", {"chat_id": 501, "message_id": 1}, "message text is empty"),
        ("editMessageText", {"chat_id": 501, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": 501, "message_id": 1, "text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ("sendPhoto", {"chat_id": 501}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": 501, "photo": "x", "caption": "x" * 1025}, "message caption is too long"),
        ("sendMediaGroup", {"chat_id": 501, "media": [{"type": "photo", "media": "x"}]}, "MEDIA_EMPTY"),
        ("sendMediaGroup", {"chat_id": 501, "media": [{"type": "gif", "media": "x"}] * 2}, 'parameter "media"'),
        ("setMyCommands", {"commands": [{"command": "Report", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "x" * 33, "description": "x"}]},
            "command length must not exceed 32",
        ),
        ("setMyCommands", {"commands": [{"command": "x", "description": ""}]}, "command description must be non-empty"),
        ("setMyCommands", {"commands": [{"command": "x", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [], "language_code": "da-DK"}, "invalid language code specified"),
        ("setMyCommands", {"commands": [], "scope": {"type": "nobody"}}, 'parameter "scope" must be one of'),
        ("setWebhook", {"url": "", "secret_token": "ø"}, "secret token contains unallowed characters"),
        ("sendChatAction", {"chat_id": 501, "action": "dancing"}, "wrong parameter action in request"),
        ("sendMessage", {**SEND, "reply_markup": inline([button(url="x", style="loud")])}, "invalid button style"),
        ("getUpdates", {"limit": 101}, "LIMIT_TOO_LONG"),
        ("setChatTitle", {"chat_id": 501, "title": ""}, "TITLE_INVALID"),
        ("setChatPhoto", {"chat_id": 501, "photo": "x"}, 'parameter "photo" must be uploaded as an InputFile'),
    ],
)
async def test_what_is_refused_and_remembered(
    server: BotApiServer, method: str, params: dict[str, Any], why: str
) -> None:
    await started(server)
    said = await refused(server, method, **params)
    assert said.startswith(f"Bad Request: {why}")
    assert [violation.method for violation in server.violations] == [method]
    assert str(server.violations[0]) == f"{method}: {said}"


async def test_what_telegram_overlooks_is_done_and_remembered(server: BotApiServer) -> None:
    await started(server)
    assert (await ask(server, "sendMessage", **SEND, colour="red"))["ok"]
    assert (await ask(server, "sendMessage", **{**SEND, "text": "Ben & Jerry", "parse_mode": "HTML"}))["ok"]
    markup = inline([button(callback_data="a", shape="round")])
    assert (await ask(server, "sendMessage", **SEND, reply_markup=markup))["ok"]
    assert [violation.problem for violation in server.violations] == [
        "sendMessage has no parameter 'colour'",
        "a bare & in HTML should be written &amp;",
        "InlineKeyboardButton has no field 'shape'",
    ]


@pytest.mark.parametrize("encoding", ["query", "form", "multipart", "json", "json with strings"])
async def test_every_encoding_means_the_same(server: BotApiServer, encoding: str) -> None:
    ida = await started(server)
    markup = inline([button()])
    params = {**SEND, "reply_markup": markup, "disable_notification": True, "parse_mode": "", "entities": ""}
    strings = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in {**params, "disable_notification": "true"}.items()
    }
    url = f"{server.url}/bot{server.token}/sendmessage"  # names of methods are not case-sensitive
    async with aiohttp.ClientSession() as session:
        match encoding:
            case "query":
                request = session.get(url, params=strings)
            case "form":
                request = session.post(url, data=strings)
            case "multipart":
                with aiohttp.MultipartWriter("form-data") as writer:
                    for name, value in strings.items():
                        part = writer.append(value)
                        part.set_content_disposition("form-data", name=name)
                request = session.post(url, data=writer)
            case "json":
                request = session.post(url, json=params)
            case _:
                request = session.post(url, json=strings)
        async with request as response:
            answer = await response.json()
    assert answer["result"]["reply_markup"] == markup
    assert (await ida.waits()).buttons == (("A",),)
    assert server.violations == []


@pytest.mark.parametrize("body", ["{", "[]", '"x"', b"\xff"])
async def test_bodies_that_are_nothing(server: BotApiServer, body: str | bytes) -> None:
    url = f"{server.url}/bot{server.token}/sendMessage"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers={"Content-Type": "application/json"}) as response,
    ):
        assert response.status == 400
        assert (await response.json())["description"].startswith("Bad Request: can't parse the")


async def test_methods_and_tokens_that_do_not_exist(server: BotApiServer) -> None:
    answer = await ask(server, "sendHug")
    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}/bot1:x/getMe") as response:
            assert (await response.json())["description"] == "Unauthorized"
            assert response.status == 401
        async with session.get(f"{server.url}/elsewhere") as response:
            assert response.status == 404


async def test_every_method_answers_what_the_specification_promises(server: BotApiServer) -> None:
    ida = await started(server)
    answered = 0
    for name, described in METHODS.items():
        fields = described["fields"].items()
        params = {field: sample(field, about, ida) for field, about in fields if about.get("required")}
        answer = await ask(server, name, **params)
        assert server.journal.entries[-1].method == name
        if answer["ok"]:
            CURRENT.check_for(tuple(described["returns"]))(answer["result"], [])
            answered += 1
        else:
            assert answer["error_code"] in (400, 403), name
    assert answered > 120


def sample(name: str, field: dict[str, Any], ida: Phone) -> Any:
    """A value for a required parameter that is likely to be taken."""
    known: dict[str, Any] = {
        "chat_id": ida.person_id,
        "from_chat_id": ida.person_id,
        "user_id": ida.person_id,
        "message_id": 1,
        "message_ids": [1],
        "language_code": "da",
        "url": "",
    }
    return known.get(name, plain(field))


def plain(field: dict[str, Any]) -> Any:
    types = field["types"]
    match types[0]:
        case "String":
            return "x"
        case "Integer" | "Float":
            return field.get("least", 1)
        case "Boolean":
            return True
        case "InputFile":
            return "attach://x"
        case array if array.startswith("Array of "):
            return [plain({"types": [array.removeprefix("Array of ")]})] * max(field.get("least", 1), 1)
        case kind:
            described = TYPES[kind]
            if "subtypes" in described:
                return plain({"types": described["subtypes"]})
            return {
                name: inner.get("equals") or plain(inner)
                for name, inner in described["fields"].items()
                if inner.get("required")
            }


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(METHODS)), st.data())
def test_whatever_is_sent_is_read_or_refused(name: str, data: st.DataObject) -> None:
    method = CURRENT.method(name)
    assert method is not None
    fields = sorted(METHODS[name]["fields"]) or ["x"]
    given_params = data.draw(st.dictionaries(st.sampled_from(fields), ANYTHING))
    try:
        method.read(given_params, {})
    except ApiError as refusal:
        assert refusal.code in (400, 413)  # noqa: PT017
