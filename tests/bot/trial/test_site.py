"""The trial serves the site of what is public, and the page leads to it."""

from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import expect

from bot.site.state import HIDDEN
from bot.trial.site import site_folder
from tests.bot.stage import until
from tests.bot.trial.opening import Opens, Trial, running_trial


async def got(trial: Trial, path: str) -> tuple[int, str, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{trial.address}{path}", allow_redirects=False) as response,
    ):
        return response.status, response.content_type, await response.text()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site as the bot of a trial has written it."""
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    folder = site_folder(tmp_path)
    for path, content in {
        "index.html": "start",
        "da/index.html": "forside",
        "reports.csv": "id",
        "reports.jsonl": "{}",
        "calls.ics": "BEGIN",
        f"{HIDDEN}/state.db": "secret",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    (tmp_path / "try" / "elsewhere.txt").write_text("secret")
    return folder


async def test_files_of_the_site_are_served_as_what_they_are(site: Path) -> None:
    async with running_trial(with_bot=False) as trial:
        assert await got(trial, "site/") == (200, "text/html", "start")
        assert await got(trial, "site/da/") == (200, "text/html", "forside")
        assert await got(trial, "site/reports.csv") == (200, "text/csv", "id")
        assert await got(trial, "site/reports.jsonl") == (200, "application/jsonl", "{}")
        assert await got(trial, "site/calls.ics") == (200, "text/calendar", "BEGIN")
        assert (await got(trial, "site"))[0] == 302
        for path in (
            "site/nothing.html",
            f"site/{HIDDEN}/state.db",
            "site/%2e%2e/elsewhere.txt",
            "site/..%2felsewhere.txt",
        ):
            status, _kind, text = await got(trial, path)
            assert (status, "secret" in text) == (404, False), path


async def test_before_it_is_written_the_page_says_so_and_looks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    async with (
        running_trial(with_bot=False) as trial,
        aiohttp.ClientSession() as session,
        session.get(f"{trial.address}site/") as response,
    ):
        assert (response.status, response.headers["Refresh"]) == (503, "2")


@pytest.mark.timeout(300)
async def test_a_press_on_the_page_leads_to_the_site_of_the_demo_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opens: Opens
) -> None:
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    async with running_trial(empty=False) as trial:
        page = await opens(trial)
        async with page.expect_popup() as opened:
            await page.get_by_role("link", name="Public site").click()
        site = await opened.value

        async def is_there() -> bool:
            return (site_folder(tmp_path) / "reports.csv").exists()

        await until(is_there, patience=90)
        await site.goto(f"{trial.address}site/en/index.html")
        await expect(site.locator("h1")).to_be_visible()
        assert (await got(trial, "site/en/feeds/all.xml"))[2].count("<entry") > 10
