"""The page with the real bot behind it, in a real browser: what a newcomer does in the first minutes."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.botapi import PIXEL
from tests.bot.reporting import ANSWERS, FIRST_ASKED
from tests.bot.trial.opening import EMIL, IDA, LUKA, MAJA, OnPage, Opens, Trial

pytestmark = pytest.mark.timeout(300)


async def acts(ida: OnPage) -> bool:
    """She does the next thing that the screen asks for; False: it asks for nothing she knows."""
    text = await ida.latest.inner_text()
    labels = await ida.latest.locator(".key").all_inner_texts()
    for question, answer in ANSWERS.items():
        if question not in text:
            continue
        if not isinstance(answer, str):
            await ida.presses(next(label for label in answer if label in labels))
        elif "Done" in labels:
            await ida.presses("Done")
        else:
            await ida.types(answer)
        return True
    return False


async def state(ida: OnPage) -> str:
    """All that the bot has put on the screen, to see when it changes."""
    return str(await ida.phone.locator(".messages").inner_text())


async def reports(ida: OnPage) -> None:
    """She answers question after question until she is thanked."""
    await ida.types("/report")
    await ida.sees(FIRST_ASKED)
    for _ in range(40):
        if "Thank you" in await ida.latest.inner_text():
            return
        before = await ida.latest.inner_html(), await ida.received.count()
        assert await acts(ida), await state(ida)
        while (await ida.latest.inner_html(), await ida.received.count()) == before:
            await ida.page.wait_for_timeout(20)
        await expect(ida.phone.locator("[aria-busy]")).to_have_count(0)
    raise AssertionError(await state(ida))


async def test_a_whole_report(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await expect(ida.latest).to_be_visible()
    await reports(ida)
    await expect(page.locator(".bot-status")).to_have_attribute("data-state", "running")


async def test_the_bot_is_killed_in_the_middle_and_started_again(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await ida.types("/report")
    await ida.types("odense")
    await ida.sees("What stage is it at?")
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.get_by_role("button", name="Kill").click()
    await expect(page.locator(".bot-status")).to_contain_text("killed")
    await ida.presses("Running")
    await expect(ida.phone.locator("[aria-busy]")).to_have_text("Running")
    await page.get_by_role("button", name="Start the bot").click()
    await ida.sees("What is it called?")
    await expect(page.locator(".bot-status")).to_contain_text("running")
    assert trial.bot.state == "running"


async def test_the_language_of_the_page_and_of_phones_that_have_not_begun(trial: Trial, opens: Opens) -> None:
    page = await opens(trial, locale="da-DK")
    ida, maja = OnPage(page, IDA), OnPage(page, MAJA)
    await expect(ida.phone.locator(".start")).to_have_text("START")
    await expect(page.get_by_role("heading", name="Ida Bibliotekar")).to_be_visible()
    await expect(ida.phone.locator(".feed")).to_contain_text("Her deler folkebiblioteker")  # once the bot has told
    await ida.starts()
    await expect(ida.latest).to_contain_text("Velkommen")
    await page.get_by_role("button", name="Slovenščina", exact=True).first.click()
    await expect(page.locator("html")).to_have_attribute("lang", "sl")
    await expect(page.get_by_role("button", name="V zakulisju")).to_be_visible()
    await expect(maja.phone.locator(".start")).to_have_text("ZAČNI")
    await expect(ida.input).to_have_attribute("placeholder", "Besked")  # she has begun in Danish
    await maja.starts()
    await expect(maja.latest).to_contain_text("Dobrodošli")
    await maja.phone.get_by_role("button", name="Meni", exact=True).click()
    await expect(maja.phone.locator(".commands")).to_contain_text("Nov prispevek")


async def test_the_language_is_switched_in_the_chat(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await ida.types("/language")
    await ida.presses("Slovenščina")
    await ida.types("/report")
    await ida.sees("Povejte s svojimi besedami")


async def test_a_photo_and_an_album_are_sent(trial: Trial, opens: Opens, tmp_path: Path) -> None:
    picture = tmp_path / "park.png"
    picture.write_bytes(PIXEL)
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await expect(ida.latest).to_be_visible()
    async with page.expect_file_chooser() as chooser:
        await ida.chooses("Photo or album")
    await (await chooser.value).set_files(picture)
    await page.get_by_label("Caption").fill("Story time in the park")
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    sent = ida.phone.locator(".message.out").last
    await expect(sent.get_by_role("img")).to_have_attribute("alt", "Photo: Story time in the park")
    (photo,) = [message.body for message in trial.server.world.chats[IDA].messages.values() if "photo" in message.body]
    assert photo["caption"] == "Story time in the park"
    async with page.expect_file_chooser() as chooser:
        await ida.chooses("Photo or album")
    await (await chooser.value).set_files([picture, picture, picture])
    await page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    await expect(ida.phone.locator(".message.album .grid img")).to_have_count(3)


async def test_commands_are_suggested_and_chosen_by_keyboard(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await expect(ida.latest).to_be_visible()
    await ida.input.fill("/lan")
    suggested = ida.phone.locator(".commands button:visible")
    await expect(suggested).to_have_count(1)
    await ida.input.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(ida.phone.locator(".message.out").last).to_contain_text("/language")


async def test_four_people_and_one_more(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    for person, name in (
        (IDA, "Ida Librarian"),
        (MAJA, "Maja Coordinator"),
        (EMIL, "Emil Partner"),
        (LUKA, "Luka Librarian"),
    ):
        await expect(page.locator(f".phone[data-person='{person}'] h2")).to_have_accessible_name(name)
    await page.get_by_role("button", name="Add a phone").click()
    await page.get_by_label("First name").fill("Nika")
    await page.get_by_label("Language of the phone").select_option("sl")
    await page.get_by_role("dialog").get_by_role("button", name="Add a phone").click()
    nika = OnPage(page, 505)
    await expect(nika.phone.locator(".start")).to_have_text("ZAČNI")
    await nika.starts()
    await nika.sees("Dobrodošli")


async def test_four_phones_and_three_steps_are_seen_at_once(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot, viewport={"width": 1440, "height": 900})
    for person in (IDA, MAJA, EMIL, LUKA):
        await expect(page.locator(f".phone[data-person='{person}']")).to_be_in_viewport(ratio=1)
    steps = page.locator(".guide").get_by_role("listitem")
    await expect(steps).to_have_count(3)
    for step, (title, who) in zip(
        await steps.all(), (("Report something", "Ida"), ("Review it", "Maja"), ("Get notified", "Emil")), strict=True
    ):
        await expect(step).to_be_in_viewport(ratio=1)
        await expect(step.get_by_role("heading", name=title)).to_be_visible()
        await expect(step).to_contain_text(who)
    fills = {
        name: await page.get_by_role("button", name=name).evaluate("each => getComputedStyle(each).backgroundColor")
        for name in ("Go live", "Add a phone")
    }
    assert fills["Go live"] == fills["Add a phone"]
    await page.locator(".guide summary").click()
    await page.reload()
    await expect(steps.first).to_be_hidden()


async def test_where_there_is_room_for_one_phone_the_steps_are_folded(without_bot: Trial, opens: Opens) -> None:
    page = await opens(without_bot, viewport={"width": 360, "height": 740})
    steps = page.locator(".guide").get_by_role("listitem")
    await expect(steps.first).to_be_hidden()
    await page.locator(".guide summary").click()
    await expect(steps).to_have_count(3)
    await expect(page.locator(f".phone[data-person='{IDA}'] .start")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("locale", ["da-DK", "sl-SI", "en-GB"])
async def test_no_two_buttons_of_the_page_say_the_same(without_bot: Trial, opens: Opens, locale: str) -> None:
    page = await opens(without_bot, locale=locale)
    await page.locator("[aria-controls=drawer]").click()
    labels = await page.locator(".top button, aside button").evaluate_all(
        "all => all.map((each) => each.innerText.trim() || each.ariaLabel)"
    )
    assert len(labels) > 12
    assert len(labels) == len(set(labels)), sorted(labels)


async def test_what_was_said_is_there_after_a_reload(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await ida.types("/report")
    await ida.sees(FIRST_ASKED)
    await page.reload()
    await ida.sees(FIRST_ASKED)
    await expect(ida.phone.locator(".start")).to_be_hidden()


async def test_going_live_is_told(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    await expect(page.locator(".badge")).to_have_text("Trial")
    await page.get_by_role("button", name="Go live").click()
    steps = page.get_by_role("dialog").get_by_role("listitem")
    await expect(steps).to_have_count(3)
    await expect(steps.first).to_contain_text("@BotFather")
    await expect(steps.last).to_contain_text("to become its owner")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Go live")).to_be_focused()


async def test_the_drawer_shows_every_call(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await expect(ida.latest).to_be_visible()
    await page.get_by_role("button", name="Behind the scenes").click()
    sent = page.locator(".calls li").filter(has_text="sendMessage").first
    await sent.locator("summary").click()
    await expect(sent.get_by_label("Parameters")).to_contain_text('"chat_id": 501')
    await expect(sent.locator(".took")).to_contain_text("ms")
    await expect(page.locator(".calls .poll").first).to_be_hidden()
    await page.get_by_label("also those that wait for updates").check()
    await expect(page.locator(".calls .poll").first).to_be_visible()


async def test_a_lost_answer_and_a_429_are_survived(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida = OnPage(page)
    await ida.starts()
    await expect(ida.latest).to_be_visible()
    await page.get_by_role("button", name="Behind the scenes").click()
    await page.get_by_role("button", name="502: bad gateway").click()
    await ida.types("/report")
    await ida.sees(FIRST_ASKED)
    await page.get_by_role("switch", name="Slow network").check()
    await ida.types("odense")
    await ida.sees("What stage is it at?")
    await page.get_by_role("switch", name="Slow network").uncheck()
    await expect(page.get_by_role("switch", name="Slow network")).not_to_be_checked()
    assert trial.server.cloud.faults.active == []
