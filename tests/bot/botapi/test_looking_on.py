"""What a page with phones needs beside the Bot API: a front, events, single faults, inline results chosen."""

import aiohttp
from aiohttp import web

from bot.botapi import BotApiServer, Clock, Phone
from tests.bot.botapi.asking import ask

ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "Park",
    "input_message_content": {"message_text": "<b>Park</b>", "parse_mode": "HTML"},
    "reply_markup": {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]},
}


async def started(server: BotApiServer, language: str = "da") -> Phone:
    ida = server.phone(language=language)
    await ida.starts()
    return ida


async def test_a_front_answers_what_is_nobody_elses(clock: Clock) -> None:
    async def front(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text=f"page {request.path}")

    async with BotApiServer(clock=clock, front=front) as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}/phones") as response:
            assert await response.text() == "page /phones"
        async with session.get(f"{server.url}/control/state") as response:
            assert response.content_type == "application/json"
        async with session.get(f"{server.url}/phones", headers={"Origin": "https://example.org"}) as response:
            assert response.status == 403
        assert (await ask(server, "getMe"))["ok"]


async def test_events_of_ones_own_reach_who_listens(server: BotApiServer) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/control/events") as stream:
        assert (await stream.content.readline()).startswith(b":")
        server.events.tell("weather", {"sun": True})
        await stream.content.readline()
        assert await stream.content.readline() == b"event: weather\n"
        assert await stream.content.readline() == b'data: {"sun": true}\n'


async def test_one_fault_is_switched_off_and_the_other_stays(server: BotApiServer) -> None:
    ida = await started(server)
    slow = await ida.phones.post("faults", {"kind": "delay", "times": None, "seconds": 0.01})
    await ida.phones.post("faults", {"kind": "bad_gateway", "times": 1})
    assert [fault["kind"] for fault in await ida.phones.get("faults")] == ["delay", "bad_gateway"]
    async with aiohttp.ClientSession() as session:
        for _ in range(2):  # the second time it is over already
            async with session.delete(f"{server.url}/control/faults/{slow['id']}") as response:
                assert response.status == 200
    assert [fault["kind"] for fault in await ida.phones.get("faults")] == ["bad_gateway"]


async def test_a_result_is_chosen(server: BotApiServer) -> None:
    ida = await started(server)
    query = await ida.inline_query("park")
    await ask(server, "answerInlineQuery", inline_query_id=query, results=[ARTICLE])
    sent = await ida.phones.post(f"people/{ida.person_id}/chooses", {"query_id": query, "result_id": "1"})
    body = server.world.chats[ida.person_id].messages[sent["message_id"]].body
    assert (body["text"], body["entities"][0]["type"]) == ("Park", "bold")
    assert body["via_bot"]["username"] == "meldind_local_bot"
    assert body["reply_markup"] == ARTICLE["reply_markup"]


async def test_what_was_not_offered_cannot_be_chosen(server: BotApiServer) -> None:
    ida = await started(server)
    async with aiohttp.ClientSession() as session:
        address = f"{server.url}/control/people/{ida.person_id}/chooses"
        async with session.post(address, json={"query_id": "1", "result_id": "1"}) as response:
            assert (response.status, await response.text()) == (400, "the bot offers no result 1")


async def test_a_person_reads_the_bots_description_in_the_language_of_the_app(server: BotApiServer) -> None:
    ida = await started(server)
    path = f"people/{ida.person_id}/profile"
    assert await ida.phones.get(path) == {"name": "Meldind", "description": "", "short_description": ""}
    await ask(server, "setMyDescription", description="Reports")
    await ask(server, "setMyDescription", description="Indmeldinger", language_code="da")
    assert (await ida.phones.get(path))["description"] == "Indmeldinger"
    await ida.phones.post(f"people/{ida.person_id}/speaks", {"language_code": "sl"})
    assert (await ida.phones.get(path))["description"] == "Reports"
    await ida.types("Hej")
    assert server.world.people[ida.person_id].user()["language_code"] == "sl"


async def test_a_voice_has_the_length_it_was_recorded_with(server: BotApiServer) -> None:
    ida = await started(server)
    voice = {"kind": "voice", "content": "T2dnUw==", "duration": 12}
    sent = await ida.phones.post(f"people/{ida.person_id}/sends", {"files": [voice]})
    body = server.world.chats[ida.person_id].messages[sent["message_ids"][0]].body
    assert body["voice"]["duration"] == 12


async def test_messages_are_numbered_from_where_it_is_asked(server: BotApiServer) -> None:
    server.world.number_messages_from(5_000)
    ida = await started(server)
    assert await ida.types("Hej") == 5_001


async def test_the_answer_to_a_press_says_which(server: BotApiServer) -> None:
    ida = await started(server)
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    await ask(server, "sendMessage", chat_id=ida.person_id, text="?", reply_markup=markup)
    await ida.looks()
    await ida.presses("Yes")
    press, *_ = (change for change in server.world.chats[ida.person_id].changes if change.kind == "press")
    await ask(server, "answerCallbackQuery", callback_query_id=press.detail["query_id"])
    toast = server.world.chats[ida.person_id].changes[-1]
    assert (toast.kind, toast.detail["query_id"]) == ("toast", press.detail["query_id"])
