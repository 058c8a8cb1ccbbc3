"""The site of the demo data in a real browser: on a desk and a phone, dark, without a program, and on paper."""

import functools
import http.server
import re
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from bot.site.pages.layout import fixed
from conversations.model.outcomes import CollectionChanged, CollectionStarted
from conversations.reading.searching import ENDINGS, stem, words_in
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.files.pages.test_reading import over_the_edge
from tests.bot.site.publishing import NOW, demo_storage, published
from tests.bot.trial.opening import running_browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
KINDS = {
    "start": "index.html",
    "all": "all.html",
    "lists": "browse.html",
    "theme": "theme/digital_inclusion.html",
    "municipality": "municipality/DK-0461.html",
    "calls": "calls.html",
    "call": "call/krisetid.html",
    "collections": "collections.html",
    "collection": "collection/gode.html",
    "events": "events.html",
    "event": "event/demtemadag.html",
    "weeks": "weeks.html",
    "week": "week/2026-W47.html",
}
"""One page of each kind, beside those of initiatives."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """A test prints nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demo data, with a collection, and a report that is withdrawn."""
    top = tmp_path_factory.mktemp("demo")
    with demo_storage(top) as storage:
        published(storage, top / "site")
        this = sorted((top / "site/da/i").iterdir())[:3]
        collect(storage, [each.stem for each in this])
        published(storage, top / "site")
    return top / "site"


def collect(storage: Storage, these: list[str]) -> None:
    def keep(work: UnitOfWork) -> None:
        person = work.people.arrive(5, 5, "da", NOW).person.id
        work.collections.start(CollectionStarted("gode", "da", "Gode eksempler"), person, NOW)
        for what, value in {
            "introductions": {"da": "Til inspiration i hverdagen."},
            "reports": these,
            "status": "published",
        }.items():
            work.collections.change(CollectionChanged("gode", what, value), NOW)

    storage.write_now(keep)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as running:
        yield running


@asynccontextmanager
async def opened(browser: Browser, address: str, **how: Any) -> AsyncIterator[Page]:
    """A page that asks for nothing elsewhere and has no errors."""
    context = await browser.new_context(**how)
    page = await context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    assert [url for url in asked if not url.startswith(address)] == []
    # A list that nothing is in has no file, which the browser notes.
    assert [each for each in wrong if "404" not in each] == []
    await context.close()


def initiative(folder: Path) -> str:
    """The path of the page with most on it."""
    most = max((folder / "sl/i").iterdir(), key=lambda each: each.stat().st_size)
    return f"i/{most.name}"


PHONE, DESK = {"width": 360, "height": 780}, {"width": 1200, "height": 900}


@pytest.mark.parametrize(("language", "colours"), [("da", "light"), ("sl", "dark")])
async def test_axe_finds_no_barrier_on_any_kind_of_page(
    browser: Browser, address: str, folder: Path, language: str, colours: str
) -> None:
    async with opened(browser, address, viewport=PHONE, color_scheme=colours) as page:
        for kind, path in {"root": "../index.html", **KINDS, "initiative": initiative(folder)}.items():
            await page.goto(f"{address}/{language}/{path}")
            answer = (await Axe().run(page, options=RULES)).response
            told = [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in answer["violations"]]
            assert told == [], kind
            assert len(answer["passes"]) > 15, kind
            assert await over_the_edge(page) == [], kind


async def test_axe_finds_no_barrier_among_results(browser: Browser, address: str) -> None:
    for colours in ("light", "dark"):
        async with opened(browser, address, viewport=PHONE, color_scheme=colours) as page:
            await page.goto(f"{address}/da/index.html?q=b%C3%B8rn&country=DK")
            await expect(page.locator("#results .card").first).to_be_visible()
            found = (await Axe().run(page, options=RULES)).response["violations"]
            assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found] == []
            assert await over_the_edge(page) == []


async def test_words_are_found_however_they_are_written(browser: Browser, address: str) -> None:
    async with opened(browser, address, viewport=DESK) as page:
        await page.goto(f"{address}/sl/index.html")
        for typed, title in (
            ("laesesal", "Læsesal med plads og ro"),
            ("LÆSESAL", "Læsesal med plads og ro"),
            ("ucenje slovenskega", "Učenje slovenskega jezika za tujce"),
            ("jezikom", "Učenje slovenskega jezika za tujce"),
            ("Kobenhavn", "Læsesal med plads og ro"),
        ):
            await page.fill("#q", typed)
            await expect(page.locator("#results .card .title", has_text=title)).to_be_visible()
        await page.fill("#q", "xyzzyx")
        await expect(page.locator("#count")).to_have_text("Ni zadetkov. Poskusite z manj besedami ali drugimi filtri.")


async def test_filters_narrow_and_the_address_remembers_them(browser: Browser, address: str) -> None:
    async with opened(browser, address, viewport=DESK) as page:
        await page.goto(f"{address}/sl/index.html")
        await page.locator(".filters summary").click()
        await page.select_option("#f-country", "SI")
        await expect(page.locator("#count")).to_have_text("4 dejavnosti")
        await page.select_option("#f-stage", "running")
        await expect(page).to_have_url(re.compile(r"\?country=SI&stage=running$|\?stage=running&country=SI$"))
        there = await page.locator("#results .card .title").all_text_contents()
        await page.locator(".languages a[lang=da]").click()
        await expect(page.locator("html")).to_have_attribute("lang", "da")
        await expect(page.locator("#results .card .title")).to_have_count(len(there))
        assert await page.locator("#f-country").input_value() == "SI"
        await page.locator("button[type=reset]").click()
        await expect(page.locator("#results")).to_be_hidden()
        await expect(page).to_have_url(re.compile(r"index\.html$"))


async def test_the_program_folds_words_as_the_bot_does(browser: Browser, address: str) -> None:
    words = ["Ærø Århus Aarhus", "Čebelica žöga šče", "Høje-Taastrup 2.0", "Knjižnici, knjižnicah", "Straße ŁÓDŹ đak",
             "مكتبة عامة", "børnehaverne læsegrupper", "e\u0301te\u0301", "Oe oee øe AAA", "readings read"]  # fmt: skip
    program = fixed("site.js").partition("function chooseLanguage")[0]
    async with opened(browser, address) as page:
        await page.goto(f"{address}/da/index.html")
        folded = await page.evaluate(f"(texts) => {{ {program}; return texts.map(wordsIn); }}", words)
        assert folded == [words_in(each) for each in words]
        every = [word for each in words for word in words_in(each)]
        ask = f"([words, endings]) => {{ {program}; return words.map((word) => stem(word, endings)); }}"
        assert await page.evaluate(ask, [every, list(ENDINGS)]) == [stem(word) for word in every]


async def test_everything_can_be_read_without_a_program(browser: Browser, address: str) -> None:
    async with opened(browser, address, viewport=PHONE, java_script_enabled=False) as page:
        await page.goto(f"{address}/index.html")
        await page.get_by_role("link", name="Dansk").click()
        await expect(page.locator("form")).to_be_hidden()
        await page.get_by_role("link", name="Digital inklusion").click()
        await expect(page.locator("h1")).to_have_text("Emne: Digital inklusion")
        await page.get_by_role("link", name="Digitale tilbud for ældre").click()
        await expect(page.locator("h1")).to_have_text("Digitale tilbud for ældre")
        await page.get_by_role("link", name="English").click()
        await expect(page.locator("h1 [lang=da]")).to_have_text("Digitale tilbud for ældre")
        await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_the_first_page_goes_on_in_the_readers_language(browser: Browser, address: str) -> None:
    for locale, language in (("nb-NO", "da"), ("sl-SI", "sl"), ("en-US", "en")):
        async with opened(browser, address, locale=locale) as page:
            await page.goto(f"{address}/")
            await page.wait_for_url(f"{address}/{language}/index.html")
    async with opened(browser, address, locale="fr-FR") as page:
        await page.goto(f"{address}/")
        await expect(page.get_by_role("link", name="Slovenščina")).to_be_visible()


async def test_it_is_printed_without_what_cannot_be_pressed_on_paper(
    browser: Browser, address: str, folder: Path
) -> None:
    async with opened(browser, address, viewport=DESK, color_scheme="dark") as page:
        await page.goto(f"{address}/da/{initiative(folder)}")
        await page.emulate_media(media="print", color_scheme="dark")
        for unpressed in (".skip", "nav", ".ways"):
            for each in await page.locator(unpressed).all():
                await expect(each).to_be_hidden()
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        printed = await page.pdf(prefer_css_page_size=True)
        assert printed.startswith(b"%PDF")
        assert b"[0 0 594.95996 841.91998]" in printed or b"[0 0 595" in printed


async def test_everything_can_be_reached_with_the_keyboard(browser: Browser, address: str) -> None:
    async with opened(browser, address, viewport=DESK) as page:
        await page.goto(f"{address}/en/index.html")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(page.locator("#q")).to_be_focused()
        await page.keyboard.type("homework")
        await page.keyboard.press("Enter")
        await expect(page.locator("#results")).to_be_visible()
