"""From one phone to the next: a report is sent, a coordinator reads and publishes it, its author hears of it."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.bot.trial.opening import EMIL, IDA, MAJA, OnPage, Opens, Trial, running_trial
from tests.bot.trial.test_page import reports

pytestmark = pytest.mark.timeout(300)


async def test_a_report_is_reviewed_and_its_author_hears_of_it(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida, maja = OnPage(page, IDA), OnPage(page, MAJA)
    await maja.starts()
    await maja.sees("Your role now: Coordinator")
    await ida.starts()
    await expect(ida.latest).to_be_visible()
    await reports(ida)
    await maja.sees("For review: “Language café in the park”")
    await maja.presses("Publish")
    await maja.sees("Published: “Language café in the park”")
    await expect(maja.phone.locator(".toast")).to_have_text("Published.")
    await ida.sees("Your report has been published: “Language café in the park”")


async def test_what_ida_sends_is_on_top_for_maja(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opens: Opens) -> None:
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    async with running_trial(empty=False) as trial:
        page = await opens(trial)
        ida, maja = OnPage(page, IDA), OnPage(page, MAJA)
        await ida.starts()
        await expect(ida.latest).to_be_visible()
        await reports(ida)
        await maja.starts()
        await maja.sees("8 reports are waiting for review.")
        await maja.presses("Review queue")
        await expect(maja.latest.locator(".key").first).to_have_text("Language café in the park")


async def test_a_partner_is_made_by_an_invitation_and_has_no_review(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    emil = OnPage(page, EMIL)
    await emil.starts()
    await emil.sees("Your role now: Partner")
    # The app does not show what a link hands to the bot.
    await expect(emil.phone.locator(".message.out .text")).to_have_text("/start")
    await emil.types("/review")
    await emil.sees("That command is for coordinators.")


async def test_the_menu_is_that_of_the_role(trial: Trial, opens: Opens) -> None:
    page = await opens(trial)
    ida, maja = OnPage(page, IDA), OnPage(page, MAJA)
    for phone in (ida, maja):
        await phone.starts()
        await expect(phone.latest).to_be_visible()
    await maja.phone.get_by_role("button", name="Menu", exact=True).click()
    await expect(maja.phone.locator("[data-command=review]")).to_be_visible()
    await ida.phone.get_by_role("button", name="Menu", exact=True).click()
    await expect(ida.phone.locator("[data-command=report]")).to_be_visible()
    await expect(ida.phone.locator("[data-command=review]")).to_have_count(0)
