"""Asked inline, in chats where the bot is not: public cards alone, and nothing of the question is kept."""

import asyncio
from typing import Any

from bot.receiving.inline import PAGE
from storage.models import inbox
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import gives
from tests.bot.stage import Stage, Talk, until
from tests.storage.publishing import publish


async def asks(talk: Talk, words: str, offset: str = "") -> tuple[str, list[dict[str, Any]]]:
    """What the bot offers for these words, and the id of the question."""
    talk.phone.inline_results = [{"id": "nothing yet"}]
    query = await talk.phone.inline_query(words, offset=offset)

    async def answered() -> bool:
        await talk.phone.looks()
        return talk.phone.inline_results != [{"id": "nothing yet"}]

    await until(answered)
    return query, talk.phone.inline_results


async def test_a_public_card_is_offered_sent_and_leads_into_the_bot(bot_app: Stage) -> None:
    await publish(bot_app.storage, "r1", title="Sprogcafé <om> tirsdagen", summary="Vi taler dansk & drikker kaffe.")
    await publish(bot_app.storage, "r2", title="Sprogcafé for netværket", sharing="network")
    ida = bot_app.talk("da")
    query, offered = await asks(ida, "sprogcaffe")
    assert [each["id"] for each in offered] == ["r1"]
    assert offered[0]["title"] == "Sprogcafé <om> tirsdagen"
    await ida.phone.chooses(query, "r1")
    await ida.phone.looks()
    (card,) = [each for each in ida.phone.messages if "Vi taler dansk & drikker kaffe." in each.text]
    assert "Status: I gang" in card.text
    assert card.buttons == (("Læs hele indmeldingen",),)
    await bot_app.settles()
    assert not any(each.by_bot for each in ida.phone.messages), "what somebody passed on is nothing they said"
    (button,) = card.raw["reply_markup"]["inline_keyboard"][0]
    await ida.starts(button["url"].partition("start=")[2])
    ida.bot("Sprogcafé <om> tirsdagen", buttons=["Læs hele indmeldingen"])


async def test_who_may_see_more_passes_on_no_more(bot_app: Stage) -> None:
    await publish(bot_app.storage, "r1", title="Sprogcafé for netværket", sharing="network")
    boss = bot_app.talk("sl")
    await boss.starts()
    await gives(bot_app, boss, "coordinator")
    assert (await asks(boss, "sprogcafé"))[1] == []
    await boss.writes("/search sprogcafé")
    boss.bot("Najdena je 1 dejavnost.")


async def test_page_by_page(bot_app: Stage) -> None:
    for number in range(PAGE + 2):
        await publish(bot_app.storage, f"r{number:02}", number, title=f"Sprogcafé {number}")
    talk = bot_app.talk("en")
    _query, first = await asks(talk, "")
    assert [each["id"] for each in first] == [f"r{number:02}" for number in reversed(range(2, PAGE + 2))]
    (call,) = [each for each in bot_app.server.journal.entries if each.method == "answerInlineQuery"]
    assert (call.params["next_offset"], call.params["is_personal"]) == (str(PAGE), True)
    assert [each["id"] for each in (await asks(talk, "", offset=str(PAGE)))[1]] == ["r01", "r00"]
    assert (await asks(talk, "", offset="-9 or 1=1"))[1] == first


async def test_nothing_of_a_question_is_kept(bot_app: Stage) -> None:
    await publish(bot_app.storage, "r1", title="Sprogcafé")
    talk = bot_app.talk("en")
    for words in ("s", "sp", "spr", "sprogcafé"):
        await asks(talk, words)

    def kept(work: UnitOfWork) -> int:
        return len(work._connection.execute(inbox.select()).all())

    assert await bot_app.finds(kept) == 0
    assert await bot_app.finds(lambda work: work.members.of_telegram(talk.phone.person_id)) is None


async def test_of_many_questions_at_once_the_last_is_answered(bot_app: Stage) -> None:
    await publish(bot_app.storage, "r1", title="Sprogcafé")
    talk = bot_app.talk("en")
    await asyncio.gather(*(talk.phone.inline_query(words) for words in ("spr", "sprog", "sprogca")))
    assert [each["id"] for each in (await asks(talk, "sprogcafé"))[1]] == ["r1"]


async def test_a_press_on_a_card_elsewhere_is_told_where_to_go(bot_app: Stage) -> None:
    talk = bot_app.talk("da")
    press = {
        "id": "77",
        "from": {"id": talk.phone.person_id, "is_bot": False, "first_name": "Ida", "language_code": "da"},
        "chat_instance": "1",
        "inline_message_id": "abc",
        "data": "-.0.report.",
    }
    bot_app.server.cloud.updates.push("callback_query", press, talk.phone.person_id)
    await bot_app.settles()

    async def answered() -> bool:
        return any(each.method == "answerCallbackQuery" for each in bot_app.server.journal.entries)

    await until(answered)
    (call,) = [each for each in bot_app.server.journal.entries if each.method == "answerCallbackQuery"]
    assert call.params["text"] == "Skriv til mig for at gøre det: jeg kender ikke denne chat."
    assert not [each for each in bot_app.server.journal.entries if each.method.startswith(("send", "edit"))]


async def test_its_own_card_is_dropped_and_what_another_bot_wrote_for_somebody_is_read(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.writes("/report")
    ours = {"id": int(bot_app.server.token.partition(":")[0]), "is_bot": True, "first_name": "Meldind"}
    await talk.phone.sends_raw({"text": "Aarhus", "via_bot": ours})
    await bot_app.settles()
    await talk.sends(text="Odense", via_bot={**ours, "id": 5})
    talk.bot("Library: Odense", "What stage is it at?")
