"""Pages in a real browser: nothing runs over an edge or comes from elsewhere, and all can be read and printed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Request

from bot.files.call_report_pages import call_report_content
from bot.files.call_reports import CallReport
from bot.files.digest_pages import digest_page
from bot.files.pages.page import report_page
from bot.files.proof_pages import evidence_page
from conversations.language.words import _
from conversations.model.calls import CallStanding, WholeCall
from conversations.model.digests.answered import OwnAnswer, OwnAnswers
from conversations.model.digests.digest import Digest, Silence, Waiting, digest_of
from conversations.model.digests.looking import Known
from conversations.model.digests.periods import week_of
from conversations.model.experts import Expert
from conversations.model.happenings import OFFERS, Given, Happening, ReportSummary, happenings
from storage import registers
from tests.bot.trial.opening import running_browser
from tests.conversations.dialogue import CATALOGUES
from tests.conversations.flows.digests.test_digest import report_summary

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
LONG = "Sprogkursus-for-voksne-" * 5
WIDTHS = (1000, 360)


def reported(number: int, library: registers.Library) -> ReportSummary:
    here = library.municipality
    return report_summary(
        number,
        submitted_at=MONDAY + timedelta(hours=2 * number),
        title=LONG[:100] if number == 1 else f"Initiativ <{number}>",
        line="En kop kaffe & en snak.",
        library=library.name,
        municipality=f"{here.country}-{here.code}",
        place=here.name,
        region=here.region,
        country=here.country,
        language={"DK": "da", "SI": "sl"}[here.country],
        evidence=("statistics",),
        sharing="public",
    )


def some(number: int) -> list[ReportSummary]:
    """Reports from libraries of both countries in turn."""
    both = [each for pair in zip(registers.libraries("DK"), registers.libraries("SI"), strict=False) for each in pair]
    return [reported(place, both[place % len(both)]) for place in range(number)]


def week(number: int) -> Digest:
    happened: list[tuple[ReportSummary, Happening]] = []
    for place, report in enumerate(some(number)):
        history = [
            Given("status", "planned", report.submitted_at, 0),
            Given("contribute", list(OFFERS), report.submitted_at, 0),
            Given("status", "running", report.submitted_at + timedelta(minutes=1), 2 + place),
            Given("outcome", "They talk.", report.submitted_at + timedelta(minutes=2), 3 + place),
        ]
        happened += [(report, each) for each in happenings(history, report.submitted_at)]
    silent = [Silence("rooms", {"en": "Rooms for all"}, "en", MONDAY + timedelta(days=12), 1, ["Aarhus", LONG])]
    return digest_of(
        week_of(MONDAY.date(), UTC),
        happened,
        zone="UTC",
        made_at=MONDAY + timedelta(days=7),
        waiting=[Waiting(report, MONDAY) for report in some(2)] if number else (),
        silences=silent if number else (),
    )


def known(number: int) -> list[Known]:
    told = {"outcome": "De taler. " * 20, "evidence_detail": "43 of 50.", "outcome_areas": ["language", "network"]}
    return [Known(report, {**told, "participants": {"least": 9, "counted": "in_all"}}) for report in some(number)]


def of_call(number: int) -> CallReport:
    answered = known(number)
    question = {"sl": "Ali se nadaljuje?"}
    return CallReport(
        call=WholeCall("all", "sl", "open", {"sl": "Knjižnice povezujejo"}, {"sl": f"Uvod. {LONG}"}, organisers="ZSK"),
        made_at=MONDAY,
        provisional=True,
        counted=[*answered, Known(replace(some(1)[0], sharing="coordinators"))],
        told=answered,
        by_status={"submitted": number + 1, "withdrawn": 2},
        own=[OwnAnswers("choice", question, "sl", (OwnAnswer({"sl": "Da"}, ("Kamnik", "Piran")),))],
        standing=CallStanding(number, 0, ["Kamnik"], ["Piran"], ["Koper"]),
        experts=[Expert("e1", 7, "Ana Novak", ("advice",), ("language_cafe",), library_name="Kamnik", country="SI")],
        partners=["SI-061"],
    )


def pages(language: str) -> dict[str, str]:
    catalogue = CATALOGUES[language]
    return {
        "much": digest_page(week(30), catalogue, ["DK-0461", "SI-061", "DK-0101"]),
        "one library": digest_page(week(1), catalogue),
        "nothing": digest_page(week(0), catalogue),
        "all": digest_page(week(155), catalogue),
        "evidence": evidence_page(known(12), _("What we know"), catalogue, date(2026, 11, 30)),
        "call": report_page(call_report_content(of_call(14), catalogue), catalogue),
        "no evidence": evidence_page([], _("What we know"), catalogue, date(2026, 11, 30)),
    }


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as running:
        yield running


def note(asked: list[str], request: Request) -> None:
    asked.append(request.url)


async def over_the_edge(page: Page) -> list[str]:
    """What is wider than the window."""
    found: list[str] = await page.evaluate(
        """[...document.querySelectorAll("html, body *")]
        .filter(each => !each.closest("svg *") && each.getBoundingClientRect().right > innerWidth + 0.5)
        .map(each => each.outerHTML.slice(0, 90))"""
    )
    wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *(["the whole page"] if wide > 0 else [])]


@pytest.mark.parametrize("language", ["da", "sl", "en"])
async def test_nothing_runs_over_an_edge_or_comes_from_elsewhere(
    browser: Browser, language: str, tmp_path: Path
) -> None:
    for name, content in pages(language).items():
        file = tmp_path / f"{name}.html"
        file.write_text(content, encoding="utf-8")
        for width in WIDTHS:
            page = await browser.new_page(viewport={"width": width, "height": 800})
            asked: list[str] = []
            page.on("request", partial(note, asked))
            await page.goto(file.as_uri())
            assert await over_the_edge(page) == [], (name, width)
            assert asked == [file.as_uri()]
            await page.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_no_barrier_on_the_pages(browser: Browser, colours: str, tmp_path: Path) -> None:
    for name in ("much", "evidence", "call", "nothing"):
        file = tmp_path / "page.html"
        file.write_text(pages("da")[name], encoding="utf-8")
        page = await browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=colours)  # type: ignore[arg-type]
        await page.goto(file.as_uri())
        found = (await Axe().run(page)).response["violations"]
        assert [(each["id"], [node["html"][:100] for node in each["nodes"]][:3]) for each in found] == []
        await page.close()


async def test_every_text_of_another_language_says_so(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(pages("en")["much"], encoding="utf-8")
    page = await browser.new_page()
    await page.goto(file.as_uri())
    titles = page.locator("#new .entry .title")
    assert await titles.count() == 30
    assert await titles.locator("[lang=da], [lang=sl]").count() == 30
    assert await page.locator("html[lang=en]").count() == 1
    assert await page.locator("#new .entry .facts [lang]").count() >= 30


async def test_the_map_shows_states_partners_and_insets(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(pages("da")["much"], encoding="utf-8")
    page = await browser.new_page(viewport={"width": 360, "height": 800})
    await page.goto(file.as_uri())
    assert await page.locator("svg.country").count() == 2
    denmark = page.locator("svg.country").first
    assert await denmark.locator("defs g path").count() == 98
    assert await denmark.locator("circle.dot").count() == 2
    assert await denmark.locator("text").all_text_contents() == ["Hovedstadsområdet", "Bornholm"]
    box = await denmark.bounding_box()
    assert box
    assert box["width"] > 300
    smallest = await denmark.locator("text").first.evaluate("each => each.getBoundingClientRect().height")
    assert smallest > 8


async def test_it_is_printed_on_a4(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(pages("sl")["one library"], encoding="utf-8")
    page = await browser.new_page()
    await page.goto(file.as_uri())
    await page.emulate_media(media="print")
    printed = await page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert b"[0 0 594.95996 841.91998]" in printed or b"[0 0 595" in printed
