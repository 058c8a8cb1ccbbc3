"""From one phone to the next: a partner subscribes, a report is published, and the partner hears of it."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.bot.stage import zone_at_noon
from tests.bot.trial.opening import EMIL, IDA, MAJA, OnPage, Opens, running_trial
from tests.bot.trial.test_page import reports

pytestmark = pytest.mark.timeout(300)


async def test_a_partner_hears_of_what_is_published_and_can_stop_it(
    opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MELDIND_TIMEZONE", zone_at_noon())  # at night the notice would wait for the morning
    async with running_trial() as trial:
        page = await opens(trial)
        ida, maja, emil = (OnPage(page, each) for each in (IDA, MAJA, EMIL))
        for phone in (maja, emil, ida):
            await phone.starts()
            await expect(phone.latest).to_be_visible()
        await emil.sees("Your role now: Partner")
        await emil.types("/subscribe")
        await emil.presses("Everything new")
        await emil.presses("Subscribe")
        await emil.sees("Subscribed: Everything new")
        await reports(ida)
        await maja.sees("For review: “Language café in the park”")
        await maja.presses("Publish")
        await emil.sees("New: “Language café in the park”")
        await emil.presses("Why am I getting this?")
        await emil.sees("You got this notification because you subscribe to:")
        await emil.presses("Stop these notifications")
        await emil.sees("Stopped: Everything new")
        await emil.presses("Undo")
        await emil.sees("Subscribed: Everything new")
