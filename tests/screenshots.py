"""The pictures in docs/pictures, taken from the real page with the real bot behind it: `make screenshots`."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.bot.site.publishing import demo_storage, published
from tests.bot.trial.opening import EMIL, IDA, LUKA, MAJA, OnPage, opened_page, running_browser, running_trial

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"

DESK = {"width": 1640, "height": 940}
LOCALES = {"da": "da-DK", "sl": "sl-SI", "en": "en-GB"}

# What a librarian tells; the bot shows what it understood.
REPORTS = {
    "da": [
        "/report",
        "På biblioteket i Odense hjælper frivillige fra Røde Kors hver onsdag børn med lektierne. Vi begyndte i 2021.",
    ],
    "sl": ["/report", "V knjižnici v Kamniku se priseljenci vsak torek učijo slovenščine. Začeli smo marca 2019."],
    "en": [
        "/report",
        "At Aarhus library newcomers and neighbours meet for a language café every Tuesday. We started in March 2024.",
    ],
}

# A library tells of its language café, a coordinator publishes it, and a council writes to the library.
CAFE = [
    *("/report", "[Spørgsmål for spørgsmål]", "odense", "[I gang]", "Sprogcafé i Byparken"),
    *("Hver tirsdag mødes nytilkomne og naboer og taler dansk over en kop kaffe.", "[Sprogcafé]"),
    *("[Videre]", "[Flygtninge]", "[Videre]", "2026", "[Ingen andre]", "[Alle (offentligt)]", "[Send indmelding]"),
]
COUNCIL = [
    *("[Vælg organisation]", "[Integrationsråd]", "Integrationsrådet i Odense", "odense"),
    *("[Ja, tilmeld den]", "/search byparken", "[1. Sprogcafé i Byparken]", "[Kontakt]"),
    *("[Vi vil gerne være med]", "raad@example.org"),
]


async def told(phone: OnPage, steps: Sequence[str]) -> None:
    """Do `steps`, each when the bot has answered the one before; words in brackets are buttons."""
    for step in steps:
        before = await phone.latest.get_attribute("data-message"), await phone.latest.inner_html()
        if step.startswith("["):
            await phone.presses(step.strip("[]"))
        else:
            await phone.types(step)
        while (await phone.latest.get_attribute("data-message"), await phone.latest.inner_html()) == before:
            await phone.page.wait_for_timeout(30)
        await expect(phone.phone.locator("[aria-busy]")).to_have_count(0)


async def is_still(page: Page) -> None:
    """Wait until nothing moves any more, and take the marks of the keyboard away."""
    await page.evaluate("document.activeElement?.blur()")
    await page.mouse.move(2, 2)
    await page.wait_for_timeout(500)


async def begun(page: Page, *people: int) -> list[OnPage]:
    phones = [OnPage(page, person) for person in people]
    for phone in phones:
        await phone.starts()
        await expect(phone.latest).to_be_visible()
    return phones


async def pictures_in(browser: Browser, language: str) -> None:
    """The phones side by side, one phone in the middle of a report, and what goes on behind them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MELDIND_DATA_DIR"] = folder
        async with (
            running_trial(empty=False) as trial,
            opened_page(browser, trial.address, locale=LOCALES[language], viewport=DESK) as page,
        ):
            ida, maja, emil = await begun(page, IDA, MAJA, EMIL)
            await told(ida, REPORTS[language])
            await told(maja, ["/review"])
            await told(emil, ["/calls"])
            await is_still(page)
            await page.screenshot(path=PICTURES / f"phones-{language}.png")
            await ida.phone.locator(".frame").screenshot(path=PICTURES / f"report-{language}.png")
            await page.locator("[aria-controls=drawer]").click()
            await page.locator(".calls summary").filter(has_text="sendMessage").first.click()
            await is_still(page)
            await page.screenshot(path=PICTURES / f"drawer-{language}.png")


async def finding_each_other(browser: Browser) -> None:
    """A note that a council has sent, and the library that is asked."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MELDIND_DATA_DIR"] = folder
        async with (
            running_trial(empty=False) as trial,
            opened_page(browser, trial.address, locale=LOCALES["da"], viewport=DESK) as page,
        ):
            ida, maja, emil = await begun(page, IDA, MAJA, EMIL)
            await told(ida, CAFE)
            await told(maja, ["[Offentliggør]"])
            await told(emil, COUNCIL)
            await emil.presses("Send")
            await expect(ida.latest).to_contain_text("En henvendelse om jeres indmelding")
            await is_still(page)
            await page.screenshot(path=PICTURES / "contact-da.png")


async def figures_in_tables(browser: Browser) -> None:
    """A digest whose sections are folded, and the figures in tables."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MELDIND_DATA_DIR"] = folder
        async with (
            running_trial(empty=False) as trial,
            opened_page(browser, trial.address, locale=LOCALES["en"], viewport=DESK) as page,
        ):
            (maja,) = await begun(page, MAJA)
            await told(maja, ["/digest november"])
            await maja.latest.locator("summary").first.click()
            await maja.latest.evaluate("message => message.scrollIntoView({block: 'start'})")
            await is_still(page)
            await maja.phone.locator(".frame").screenshot(path=PICTURES / "digest-en.png")


async def other_looks(browser: Browser) -> None:
    """In the dark, and where there is room for one phone."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MELDIND_DATA_DIR"] = folder
        async with running_trial(empty=False) as trial:
            async with opened_page(browser, trial.address, color_scheme="dark", viewport=DESK) as page:
                ida, maja, luka = await begun(page, IDA, MAJA, LUKA)
                await told(ida, REPORTS["en"])
                await told(maja, ["/review"])
                await told(luka, ["/calls"])
                await is_still(page)
                await page.screenshot(path=PICTURES / "dark.png")
            narrow = {"width": 390, "height": 844}
            async with opened_page(browser, trial.address, viewport=narrow, device_scale_factor=2) as page:
                await is_still(page)
                await page.screenshot(path=PICTURES / "narrow.png")


async def the_site(browser: Browser) -> None:
    """The public site of the demo data: on a desk, in the dark, on a phone without a program, and on paper."""
    with tempfile.TemporaryDirectory() as folder:
        with demo_storage(Path(folder)) as storage:
            published(storage, Path(folder) / "site", address="")
        address = f"file://{folder}/site"
        page = await browser.new_page(viewport={"width": 1100, "height": 1150})
        await page.goto(f"{address}/da/index.html")
        await page.screenshot(path=PICTURES / "site-start-da.png")
        await page.close()
        most = max((Path(folder) / "site/en/i").iterdir(), key=lambda each: each.stat().st_size).name
        page = await browser.new_page(viewport={"width": 1000, "height": 900}, color_scheme="dark")
        await page.goto(f"{address}/en/i/{most}")
        await page.screenshot(path=PICTURES / "site-initiative-dark.png")
        await page.close()
        page = await browser.new_page(
            viewport={"width": 360, "height": 760}, device_scale_factor=2, java_script_enabled=False
        )
        await page.goto(f"{address}/sl/country/SI.html")
        await page.screenshot(path=PICTURES / "site-phone-sl.png")
        await page.close()
        page = await browser.new_page(viewport={"width": 794, "height": 1123})
        await page.goto(f"{address}/da/week/2026-W47.html")
        await page.emulate_media(media="print")
        await page.screenshot(path=PICTURES / "site-print-da.png")
        await page.close()


async def take() -> None:
    """Take all of them, or only those of the site."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with running_browser() as browser:
        await the_site(browser)
        for language in LOCALES if "--site" not in sys.argv else ():
            await pictures_in(browser, language)
        if "--site" not in sys.argv:
            await finding_each_other(browser)
            await figures_in_tables(browser)
            await other_looks(browser)
    sys.stdout.write(f"The pictures are in {PICTURES}\n")


if __name__ == "__main__":
    asyncio.run(take())
