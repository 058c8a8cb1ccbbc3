"""Rich messages and times as the page shows them."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.botapi import PIXEL
from bot.botapi.cloud.people import hand
from tests.bot.botapi.asking import ask
from tests.bot.trial.opening import IDA, Opens, Trial

HTML = """<h1>Digest of week 48</h1>
<p>Hello <b>Ida</b>, <tg-spoiler>a secret</tg-spoiler> and <a href="https://example.org/">more</a>.</p>
<table bordered striped><caption>Figures</caption>
<tr><th>Town</th><th align="right">Reports</th></tr><tr><td>Vejle</td><td align="right">12</td></tr></table>
<ul><li><input type="checkbox" checked>Read</li></ul><ol><li>First</li><li>Second</li></ol>
<blockquote expandable>One<br>Two<br>Three<br>Four<br>Five<cite>Bo</cite></blockquote>
<details><summary>Long</summary><p>Words that are folded</p></details>
<p>It ends <tg-time unix="1800000000" format="wDt">15 January</tg-time>.</p>
<tg-button-row><tg-button type="callback_data" data="more" style="primary">More</tg-button>
<tg-button type="disabled">Not now</tg-button></tg-button-row>"""


async def started(running: Trial, opens: Opens, **given: object) -> Page:
    """The page, where Ida has written to the bot."""
    hand(running.server.cloud, IDA).types("Hej")
    return await opens(running, **given)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_rich_message_is_shown_block_by_block(without_bot: Trial, opens: Opens, scheme: str) -> None:
    page = await started(without_bot, opens, color_scheme=scheme, viewport={"width": 900, "height": 1200})
    sent = await ask(without_bot.server, "sendRichMessage", chat_id=IDA, rich_message={"html": HTML})
    shown = page.locator(f".phone[data-person='{IDA}'] [data-message='{sent['result']['message_id']}']")
    await expect(shown.get_by_role("heading", name="Digest of week 48")).to_be_visible()
    await expect(shown.get_by_role("table", name="Figures").get_by_role("row")).to_have_count(2)
    await expect(shown.get_by_role("listitem")).to_have_count(3)
    await expect(shown.get_by_text("Words that are folded")).to_be_hidden()
    await shown.get_by_text("Long", exact=True).click()
    await expect(shown.get_by_text("Words that are folded")).to_be_visible()
    await expect(shown.get_by_role("link", name="more")).to_have_attribute("href", "https://example.org/")
    await expect(shown.locator("time[datetime='2027-01-15T08:00:00.000Z']")).to_contain_text("2027")
    await expect(shown.get_by_role("button", name="Not now")).to_be_disabled()
    found = await Axe().run(page, context={"include": [[f"[data-message='{sent['result']['message_id']}']"]]})
    assert found.response["violations"] == []
    await shown.get_by_role("button", name="More", exact=True).click()
    answer = await ask(without_bot.server, "getUpdates", timeout=5)
    assert answer["result"][-1]["callback_query"]["data"] == "more"
    pressed = answer["result"][-1]["callback_query"]["id"]
    await ask(without_bot.server, "answerCallbackQuery", callback_query_id=pressed, text="Toast")
    await expect(page.locator(".toast")).to_be_visible()


async def test_a_time_in_a_text_is_written_for_the_reader(without_bot: Trial, opens: Opens) -> None:
    without_bot.server.world.people[IDA].language_code = "da"
    page = await started(without_bot, opens)
    for form, shown in (("D", "15. januar 2027"), ("", "snart"), ("r", "om ")):
        text = f'<tg-time unix="1800000000" format="{form}">snart</tg-time>'
        sent = await ask(without_bot.server, "sendMessage", chat_id=IDA, text=text, parse_mode="HTML")
        message = page.locator(
            f".phone[data-person='{IDA}'] [data-message='{sent['result']['message_id']}'] .text time"
        )
        await expect(message).to_contain_text(shown)
    assert without_bot.server.violations == []


async def test_pictures_of_a_rich_message_are_shown(without_bot: Trial, opens: Opens) -> None:
    page = await started(without_bot, opens)
    ida = without_bot.server.world.chats[IDA]
    file = without_bot.server.world.add_file(PIXEL, name="a.png", mime="image/png", folder="photos", chat=ida)
    html = f'<figure><img src="{file.file_id}"/><figcaption>A town</figcaption></figure>'
    sent = await ask(without_bot.server, "sendRichMessage", chat_id=IDA, rich_message={"html": html})
    shown = page.locator(f".phone[data-person='{IDA}'] [data-message='{sent['result']['message_id']}']")
    await expect(shown.get_by_role("figure", name="A town")).to_be_visible()
    await expect(shown.get_by_role("img", name="Photo")).to_be_visible()
