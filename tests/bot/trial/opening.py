"""A trial as a browser sees it, and what people do there."""

import contextlib
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Error, Locator, Page, Request, async_playwright, expect

from bot.botapi import BotApiServer
from bot.trial.bot_process import BotProcess
from bot.trial.options import Options
from bot.trial.serving import opened
from tests.bot.ports import held_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PATIENCE = 30_000  # milliseconds; the machine may be busy

IDA, MAJA, EMIL, LUKA = 501, 502, 503, 504
TOKEN = "7000000000:LOCAL-for-tests-of-the-page"


@dataclass(slots=True)
class Trial:
    """A running trial. `bot` may not have been started."""

    server: BotApiServer
    bot: BotProcess

    @property
    def address(self) -> str:
        return f"{self.server.url}/"


@contextlib.asynccontextmanager
async def running_trial(*, with_bot: bool = True, empty: bool = True) -> AsyncIterator[Trial]:
    """A trial on the data directory of the environment; in the end no call of the bot broke the specification."""
    options = Options(empty=empty)
    with held_port() as port:
        bot = BotProcess(f"http://127.0.0.1:{port}", TOKEN, options)
        async with opened(port, TOKEN, bot, options) as server:
            if with_bot:
                bot.start()
            try:
                yield Trial(server, bot)
            finally:
                bot.stop()
    assert server.violations == []


def browser_path() -> str:
    """The browser on this machine; without one the tests of the page fail, so that nobody overlooks it."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.fail("There is no Chromium on this machine; make test installs it, or: apt install chromium")


@contextlib.asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    """A real Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Watched:
    """What a page asked for, and what went wrong on it."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def on_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def elsewhere(self) -> list[str]:
        """The requests that did not go to this machine."""
        here = ("127.0.0.1", "localhost")
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname not in here
        ]


@contextlib.asynccontextmanager
async def opened_page(browser: Browser, address: str, **given: Any) -> AsyncIterator[Page]:
    """The page, ready; nothing on it may fail or ask for anything from elsewhere."""
    context = await browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1640, "height": 900}, **given})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = await context.new_page()
    watched = Watched()
    page.on("request", watched.on_request)
    page.on("pageerror", watched.on_error)
    await page.goto(address)
    await expect(page.locator("html[data-ready]")).to_have_count(1)
    try:
        yield page
    finally:
        await context.close()
    assert watched.elsewhere() == []
    assert watched.errors == []


Opens = Callable[..., Awaitable[Page]]


class OnPage:
    """A person's phone on the page."""

    def __init__(self, page: Page, person: int = IDA) -> None:
        self.page = page
        self.phone = page.locator(f".phone[data-person='{person}']")
        self.input = self.phone.locator("textarea")
        self.received = self.phone.locator(".message.in")

    @property
    def latest(self) -> Locator:
        """The newest message of the bot."""
        return self.received.last

    async def starts(self) -> None:
        await self.phone.locator(".start").click()

    async def types(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def presses(self, label: str) -> None:
        await self.latest.get_by_role("button", name=label, exact=True).click()

    async def sees(self, text: str) -> None:
        """The newest message of the bot has, or gets, these words."""
        await expect(self.latest).to_contain_text(text)

    async def chooses(self, item: str) -> None:
        """Choose something from the menu of attachments."""
        await self.phone.get_by_role("button", name="Attach").click()
        await self.page.get_by_role("menuitem", name=item).click()
