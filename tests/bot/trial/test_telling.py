"""Everything a bot can say and a person can do, on the page; the test itself is the bot."""

from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect

from bot.botapi import PIXEL
from bot.botapi.cloud.world import Json
from tests.bot.botapi.asking import ask
from tests.bot.stage import until
from tests.bot.trial.opening import IDA, MAJA, OnPage, Opens, Trial

pytestmark = pytest.mark.timeout(300)


async def says(trial: Trial, text: str, **given: Any) -> int:
    """The bot says something to Ida; the id of the message."""
    answer = await ask(trial.server, "sendMessage", chat_id=IDA, text=text, **given)
    return int(answer["result"]["message_id"])


async def heard(trial: Trial) -> list[Json]:
    """The updates that wait for the bot."""
    return [pending.body for pending in trial.server.cloud.updates.waiting.values()]


async def uploads(trial: Trial, method: str, field: str, name: str, content: bytes) -> None:
    form = aiohttp.FormData({"chat_id": str(IDA)})
    form.add_field(field, content, filename=name)
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{trial.server.url}/bot{trial.server.token}/{method}", data=form)
        assert answer.status == 200, await answer.text()


@pytest.fixture
async def ida(without_bot: Trial, opens: Opens) -> OnPage:
    """Her phone, the bot begun."""
    phone = OnPage(await opens(without_bot))
    await phone.starts()
    await expect(phone.phone.locator(".message.out")).to_contain_text("/start")
    return phone


async def test_formatted_text(without_bot: Trial, ida: OnPage) -> None:
    text = "<b>one <i>two</i></b> <u>three</u> <s>four</s> <tg-spoiler>five</tg-spoiler> <code>six</code> &lt;b&gt; 🎉"
    await says(without_bot, text, parse_mode="HTML")
    await expect(ida.latest.locator("b i")).to_have_text("two")
    await expect(ida.latest.locator("u")).to_have_text("three")
    await expect(ida.latest.locator("code")).to_have_text("six")
    await expect(ida.latest.locator(".text")).to_contain_text("<b> 🎉")
    await ida.latest.get_by_role("button", name="Hidden text").click()
    await expect(ida.latest.locator(".revealed")).to_have_text("five")


async def test_messages_are_edited_and_deleted(without_bot: Trial, ida: OnPage) -> None:
    message = await says(without_bot, "before")
    await ask(without_bot.server, "editMessageText", chat_id=IDA, message_id=message, text="after")
    await expect(ida.latest).to_contain_text("after")
    await expect(ida.latest.locator(".meta")).to_contain_text("edited")
    await ask(without_bot.server, "deleteMessage", chat_id=IDA, message_id=message)
    await expect(ida.received).to_have_count(0)


async def test_a_press_waits_for_its_answer_and_shows_it(without_bot: Trial, ida: OnPage) -> None:
    await says(without_bot, "Sure?", reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]})
    await ida.presses("Yes")
    button = ida.latest.get_by_role("button", name="Yes")
    await expect(button).to_have_attribute("aria-busy", "true")
    press = (await heard(without_bot))[-1]["callback_query"]
    await ask(without_bot.server, "answerCallbackQuery", callback_query_id=press["id"], text="Noted")
    await expect(ida.phone.locator(".toast")).to_have_text("Noted")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await ida.presses("Yes")
    await expect(button).to_have_attribute("aria-busy", "true")
    press = (await heard(without_bot))[-1]["callback_query"]
    await ask(without_bot.server, "answerCallbackQuery", callback_query_id=press["id"], text="Stop", show_alert=True)
    await expect(ida.phone.get_by_role("alertdialog")).to_contain_text("Stop")
    await ida.phone.get_by_role("button", name="OK").click()
    await expect(ida.phone.get_by_role("alertdialog")).to_have_count(0)


async def test_typing_is_shown_until_the_message_comes(without_bot: Trial, ida: OnPage) -> None:
    await ask(without_bot.server, "sendChatAction", chat_id=IDA, action="typing")
    await expect(ida.phone.locator(".chat-status")).to_have_text("typing…")
    await says(without_bot, "There")
    await expect(ida.phone.locator(".chat-status")).to_have_text("bot")


async def test_a_keyboard_below_the_input_line(without_bot: Trial, ida: OnPage) -> None:
    keys = [
        ["Yes", "No"],
        [{"text": "My number", "request_contact": True}, {"text": "Here", "request_location": True}],
    ]
    await says(without_bot, "?", reply_markup={"keyboard": keys, "input_field_placeholder": "Yes or no"})
    await expect(ida.input).to_have_attribute("placeholder", "Yes or no")
    await ida.phone.get_by_role("button", name="No", exact=True).click()
    await expect(ida.phone.locator(".message.out").last).to_contain_text("No")
    await ida.phone.get_by_role("button", name="My number").click()
    await ida.page.get_by_label("Phone number").fill("+386 1 234")
    await ida.page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(ida.phone.locator(".message.out").last).to_contain_text("+386 1 234")
    contact = (await heard(without_bot))[-1]["message"]["contact"]
    assert contact == {"phone_number": "+386 1 234", "first_name": "Ida", "user_id": IDA}
    await ida.phone.get_by_role("button", name="Here").click()
    await ida.page.get_by_role("button", name="Ljubljana").click()
    await ida.page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(ida.phone.locator(".message.out").last).to_contain_text("46.0511, 14.5051")
    await says(without_bot, "Thanks", reply_markup={"remove_keyboard": True})
    await expect(ida.phone.locator(".reply-keyboard")).to_be_hidden()


async def test_pictures_and_documents_of_the_bot(without_bot: Trial, ida: OnPage, tmp_path: Path) -> None:
    await uploads(without_bot, "sendPhoto", "photo", "figures.png", PIXEL)
    picture = ida.latest.get_by_role("img", name="Photo")
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    await uploads(without_bot, "sendDocument", "document", "digest.csv", b"a;b\n1;2\n")
    async with ida.page.expect_download() as download:
        await ida.latest.get_by_role("link", name="digest.csv").click()
    kept = tmp_path / "kept.csv"
    await (await download.value).save_as(kept)
    assert kept.read_bytes() == b"a;b\n1;2\n"


async def test_a_file_and_a_voice_are_sent(without_bot: Trial, ida: OnPage, tmp_path: Path) -> None:
    report = tmp_path / "evaluation.pdf"
    report.write_bytes(b"%PDF-1.4")
    async with ida.page.expect_file_chooser() as chooser:
        await ida.chooses("File")
    await (await chooser.value).set_files(report)
    await ida.page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(ida.phone.locator(".message.out").last).to_contain_text("evaluation.pdf")
    await ida.phone.get_by_role("button", name="Record a voice message").click()
    await expect(ida.phone.get_by_role("timer")).to_be_visible()
    await ida.phone.get_by_role("button", name="Send", exact=True).click()
    await expect(ida.phone.get_by_role("button", name="Play: Voice message")).to_be_visible()
    voice = (await heard(without_bot))[-1]["message"]["voice"]
    assert voice["file_size"] > 0
    await expect(ida.input).to_be_focused()


async def test_a_link_into_the_bot_opens_it_on_any_phone(without_bot: Trial, ida: OnPage) -> None:
    address = "https://t.me/meldind_trial_bot?start=c_crisis"
    await says(without_bot, f"Answer the call: {address}")
    await ida.latest.get_by_role("link").click()
    await expect(ida.phone.locator(".message.out").last).to_contain_text("/start")
    assert (await heard(without_bot))[-1]["message"]["text"] == "/start c_crisis"
    await ida.latest.get_by_role("button", name="Message menu").click()
    await ida.page.get_by_role("menuitem", name="Open the link on the phone of Maja").click()
    await expect(OnPage(ida.page, MAJA).phone.locator(".message.out")).to_contain_text("/start")
    assert (await heard(without_bot))[-1]["message"]["from"]["id"] == MAJA


async def test_asking_inline_and_choosing(without_bot: Trial, ida: OnPage) -> None:
    without_bot.server.cloud.updates.allow(["message", "inline_query"])
    await ida.input.fill("@meldind_trial_bot lang")
    await expect(ida.phone.locator(".inline-results")).to_contain_text("Asking…")
    while "inline_query" not in (await heard(without_bot))[-1]:
        await ida.page.wait_for_timeout(20)
    query = (await heard(without_bot))[-1]["inline_query"]
    assert query["query"] == "lang"
    article = {
        "type": "article",
        "id": "1",
        "title": "Language café",
        "input_message_content": {"message_text": "<b>Language café</b>", "parse_mode": "HTML"},
    }
    await ask(without_bot.server, "answerInlineQuery", inline_query_id=query["id"], results=[article])
    await ida.phone.get_by_role("button", name="Language café").click()
    await expect(ida.phone.locator(".message.out").last.locator("b")).to_have_text("Language café")
    assert (await heard(without_bot))[-1]["message"]["via_bot"]["username"] == "meldind_trial_bot"


async def test_the_bot_is_blocked_and_unblocked(without_bot: Trial, ida: OnPage) -> None:
    await ida.phone.get_by_role("button", name="More", exact=True).click()
    await ida.page.get_by_role("menuitem", name="Block the bot").click()
    await expect(ida.phone.locator(".start")).to_have_text("UNBLOCK")
    refused = await ask(without_bot.server, "sendMessage", chat_id=IDA, text="Hello?")
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    await ida.phone.locator(".start").click()
    await expect(ida.input).to_be_visible()


async def test_answering_and_deleting_an_own_message(without_bot: Trial, ida: OnPage) -> None:
    await says(without_bot, "What?")
    await ida.latest.get_by_role("button", name="Message menu").click()
    await ida.page.get_by_role("menuitem", name="Reply").click()
    await ida.types("That")
    sent = ida.phone.locator(".message.out").last
    await expect(sent.locator(".quoted")).to_contain_text("What?")
    await sent.hover()
    await sent.get_by_role("button", name="Message menu").click()
    await ida.page.get_by_role("menuitem", name="Delete").click()
    await expect(ida.phone.locator(".message.out")).to_have_count(1)


async def test_a_violation_is_red_in_the_drawer(without_bot: Trial, ida: OnPage) -> None:
    await ask(without_bot.server, "sendMessage", chat_id=IDA, text="x" * 4097)
    await ida.page.get_by_role("button", name="Behind the scenes").click()
    wrong = ida.page.locator(".calls .violation")
    await expect(wrong).to_contain_text("message is too long")
    await expect(ida.page.locator("#drawer > .counts")).to_contain_text("Rule breaches: 1")
    without_bot.server.violations.clear()


async def test_a_link_that_would_run_something_leads_nowhere(without_bot: Trial, ida: OnPage) -> None:
    runs = "javascript:document.title='run'"
    marked = {"type": "text_link", "offset": 0, "length": 4, "url": runs}
    keyboard = {"inline_keyboard": [[{"text": "There too", "url": runs}]]}
    await says(without_bot, "Here it is", entities=[marked], reply_markup=keyboard)
    await expect(ida.latest.locator("a")).to_have_count(2)
    await expect(ida.latest.locator("a[href]")).to_have_count(0)


async def test_a_double_click_is_one_press(without_bot: Trial, ida: OnPage) -> None:
    await says(without_bot, "Sure?", reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]})
    await ida.latest.get_by_role("button", name="Yes").dblclick()
    await expect(ida.latest.get_by_role("button", name="Yes")).to_have_attribute("aria-busy", "true")
    await ida.types("and on")
    await expect(ida.phone.locator(".message.out").last).to_contain_text("and on")
    assert ["callback_query" in update for update in await heard(without_bot)].count(True) == 1


DEAF = """
window.dropped = [];
window.asking = 0;
const ask = window.fetch;
window.fetch = async (...given) => {
  window.asking += 1;
  try {
    return await ask(...given);
  } finally {
    window.asking -= 1;
    window.asked = performance.now();
  }
};
window.EventSource = class extends EventSource {
  addEventListener(kind, hear) {
    super.addEventListener(kind, (event) => {
      if (kind === "change" && window.isDeaf) window.dropped.push(event.data);
      else hear(event);
      if (kind === "open") window.isOpen = true;
    });
  }
};
"""
"""What makes a page miss what happens, as one whose stream was cut."""


async def test_what_the_page_missed_is_there_with_the_next_that_happens(without_bot: Trial, ida: OnPage) -> None:
    await says(without_bot, "before")
    await ida.page.add_init_script(DEAF)
    await ida.page.reload()
    await ida.sees("before")
    # When its stream begins it asks for what there is, in several requests.
    await until(lambda: ida.page.evaluate("window.isOpen && !window.asking && performance.now() > window.asked + 500"))
    await ida.page.evaluate("window.isDeaf = true")
    missed = await says(without_bot, "missed")
    await ask(without_bot.server, "editMessageText", chat_id=IDA, message_id=missed, text="missed and changed")
    await until(lambda: ida.page.evaluate("window.dropped.some((data) => data.includes('missed and changed'))"))
    await ida.page.evaluate("window.isDeaf = false")
    await expect(ida.received).to_have_count(1)
    await says(without_bot, "after")
    await ida.sees("after")
    await expect(ida.received).to_have_count(3)
    await expect(ida.received.nth(1)).to_contain_text("missed and changed")
