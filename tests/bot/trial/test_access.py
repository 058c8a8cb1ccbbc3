"""The page for everybody: axe finds no barrier, the keyboard reaches all of it, and it can be made larger."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, Route, expect

from bot.botapi.cloud.people import hand
from tests.bot.botapi.asking import ask
from tests.bot.trial.opening import IDA, OnPage, Opens, Trial

pytestmark = pytest.mark.timeout(300)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

SAID = (
    "<b>Bold</b> <i>italic</i> <u>under</u> <s>struck</s> <code>code</code> <tg-spoiler>hidden</tg-spoiler>"
    ' <a href="https://t.me/meldind_trial_bot?start=c_x">open</a> /help <blockquote>quoted</blockquote>'
)
KEYS = [[{"text": "One", "callback_data": "1"}, {"text": "Page", "url": "https://example.org"}]]


async def barriers(page: Page) -> list[str]:
    """What axe finds wrong, a line for each place."""
    found: dict[str, Any] = (await Axe().run(page, options=WCAG)).response
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


async def is_chatting(trial: Trial, page: Page) -> OnPage:
    """A chat with most of what can be in one."""
    ida = OnPage(page)
    await ida.starts()
    markup = {"inline_keyboard": KEYS}
    await ask(trial.server, "sendMessage", chat_id=IDA, text=SAID, parse_mode="HTML", reply_markup=markup)
    idas = hand(trial.server.cloud, IDA)
    idas.writes({"location": {"latitude": 55.7, "longitude": 12.6}}, "shares a location")
    idas.writes({"contact": {"phone_number": "+45 1", "first_name": "I"}}, "shares a contact")
    await ask(trial.server, "sendMessage", chat_id=IDA, text="Choose", reply_markup={"keyboard": [["Yes", "No"]]})
    await expect(ida.phone.locator(".reply-keyboard .key")).to_have_count(2)
    return ida


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1640, 390])
async def test_axe_finds_no_barrier(without_bot: Trial, opens: Opens, colours: str, width: int) -> None:
    viewport = {"width": width, "height": 844}
    page = await opens(without_bot, color_scheme=colours, viewport=viewport, reduced_motion="reduce")
    assert await barriers(page) == []
    ida = await is_chatting(without_bot, page)
    assert await barriers(page) == []
    await ida.phone.get_by_role("button", name="Attach").click()
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Go live").click()
    assert await barriers(page) == []
    await page.keyboard.press("Escape")
    await ask(without_bot.server, "sendMessage", chat_id=IDA, text="x", what="nobody knows")  # a violation, in red
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.locator(".calls .violation summary").click()
    assert await barriers(page) == []
    without_bot.server.violations.clear()


async def test_twice_as_large_there_is_one_phone_and_nothing_is_cut_off(without_bot: Trial, opens: Opens) -> None:
    # A browser that shows 1280 by 1024 points at 200 % has room for half of them.
    page = await opens(without_bot, viewport={"width": 640, "height": 512}, device_scale_factor=2)
    ida = await is_chatting(without_bot, page)
    await expect(page.locator(".phone:visible")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await ida.phone.locator(".feed").evaluate("each => each.clientHeight") > 120
    await page.get_by_role("navigation", name="Which phone").get_by_role("button", name="Maja").click()
    await expect(page.locator(".phone:visible h2")).to_have_accessible_name("Maja Coordinator")


async def test_at_320_points_nothing_has_to_be_scrolled_sideways(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot, viewport={"width": 320, "height": 640})
    await is_chatting(without_bot, page)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.locator(".composer").first.evaluate("each => each.scrollWidth <= each.clientWidth")


async def test_buttons_are_large_enough_to_hit(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot)
    await is_chatting(without_bot, page)
    await page.get_by_role("button", name="Behind the scenes").click()
    small = await page.evaluate(
        """[...document.querySelectorAll("button, input, select, summary, .key")]
            .filter((each) => !each.matches(".inline, .spoiler") && each.checkVisibility())
            .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([html]) => html)"""
    )
    assert small == []


async def test_a_chat_by_keyboard_alone(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot)
    ida = OnPage(page)
    await ida.phone.locator(".start").focus()
    await page.keyboard.press("Enter")
    await expect(ida.input).to_be_focused()
    await page.keyboard.type("Hello")
    await page.keyboard.press("Enter")
    await expect(ida.phone.locator(".message.out").last).to_contain_text("Hello")
    await page.keyboard.press("ArrowUp")
    await expect(ida.input).to_have_value("Hello")
    await page.keyboard.type(" again")
    await page.keyboard.press("Enter")
    await expect(ida.phone.locator(".message.out").last).to_contain_text("edited")
    await ida.phone.get_by_role("button", name="Attach").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Photo or album")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="File")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(ida.phone.get_by_role("button", name="Attach")).to_be_focused()


async def test_the_keyboard_is_in_the_input_line_once_start_is_gone(without_bot: Trial, opens: Opens) -> None:
    async def answered_at_once(route: Route) -> None:
        await route.fulfill(json={})

    page = await opens(without_bot)
    ida = OnPage(page)
    await page.route(f"**/trial/people/{IDA}/start", answered_at_once)
    start = ida.phone.locator(".start")
    await start.focus()
    async with page.expect_response("**/start"):
        await page.keyboard.press("Enter")
    await expect(start).to_be_focused()
    hand(without_bot.server.cloud, IDA).starts("")  # what happened arrives after the answer
    await expect(start).to_be_hidden()
    await expect(ida.input).to_be_focused()
    hand(without_bot.server.cloud, IDA).blocks()
    await expect(start).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(ida.input).to_be_focused()


async def test_what_arrives_takes_the_keyboard_from_nothing(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot)
    ida = await is_chatting(without_bot, page)
    key = ida.phone.locator(".reply-keyboard").get_by_role("button", name="No")
    await key.focus()
    await page.keyboard.press("Enter")
    await expect(ida.phone.locator(".message.out").last).to_contain_text("No")
    await expect(key).to_be_focused()
    await ask(without_bot.server, "sendMessage", chat_id=IDA, text="Thanks", reply_markup={"remove_keyboard": True})
    await expect(key).to_be_hidden()
    await expect(ida.input).to_be_focused()
    more = ida.phone.get_by_role("button", name="More")
    await more.focus()
    await page.keyboard.press("Enter")
    await ask(without_bot.server, "setMyName", name="Reports")
    await expect(ida.phone.locator(".chat-name")).to_have_text("Reports")
    await page.get_by_role("menuitemradio", name="Dansk").focus()
    await page.keyboard.press("Enter")
    await expect(ida.phone.get_by_role("button", name="Mere")).to_be_focused()


async def test_the_keyboard_stays_at_the_phone_that_is_chosen(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot, viewport={"width": 640, "height": 700})
    maja = page.get_by_role("navigation", name="Which phone").get_by_role("button", name="Maja")
    await maja.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".phone:visible h2")).to_have_accessible_name("Maja Coordinator")
    await expect(maja).to_be_focused()


async def test_what_arrives_is_read_out(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot)
    await is_chatting(without_bot, page)
    log = OnPage(page).phone.get_by_role("log", name="Chat with Meldind")
    await expect(log).to_contain_text("Meldind: Choose")
    assert await page.evaluate("document.documentElement.lang") == "en"
    assert await page.locator(".screen").first.get_attribute("lang") == "en"
