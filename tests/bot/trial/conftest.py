"""What tests of the page may ask for."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from tests.bot.trial.opening import Opens, Trial, opened_page, running_browser, running_trial


@pytest.fixture
async def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Trial]:
    """A trial without demo data, the bot running."""
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    async with running_trial() as running:
        yield running


@pytest.fixture
async def without_bot() -> AsyncIterator[Trial]:
    """A trial in which the test itself says what the bot says."""
    async with running_trial(with_bot=False) as running:
        yield running


@pytest.fixture
async def opens() -> AsyncIterator[Opens]:
    """`await opens(trial, color_scheme="dark")` is the page in a real browser."""
    async with contextlib.AsyncExitStack() as stack:
        browser = await stack.enter_async_context(running_browser())

        async def open_(running: Trial, **given: Any) -> Page:
            return await stack.enter_async_context(opened_page(browser, running.address, **given))

        yield open_
