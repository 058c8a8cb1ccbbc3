"""What a language needs that nobody speaks yet: nothing goes past the catalogues, and there is room for 40 % more.

All dialogues look at it as well: `Dialogue.takes` renders each turn in the pseudo-language (`look_at`).
"""

import io
import re
import zipfile
from collections.abc import Collection
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from bot.files.call_report_pages import call_report_content
from bot.files.call_report_tables import call_report_workbook
from bot.files.digest_pages import digest_page
from bot.files.digest_tables import tables as digest_tables
from bot.files.pages.documents import document
from bot.files.pages.page import report_page
from bot.files.workbook import workbook
from bot.language.catalogues import Catalogue, Catalogues
from conversations.context.session import Session, Turn
from conversations.engine.commands import COMMANDS
from conversations.flows.digests.digest import screen_of
from conversations.flows.shared.profile import DESCRIPTION, NAMED, SHORT_DESCRIPTION
from conversations.language.languages import LANGUAGES
from conversations.language.screen import Button, Line, Screen
from conversations.language.words import Shortened, Words, _, counted, labelled, own
from storage.session.storage import Storage
from tests.bot.files.test_call_reports import LATER, report_of
from tests.bot.files.test_files import some_week
from tests.bot.site import publishing
from tests.locales.pseudo import (
    CLOSING,
    LONGER,
    OPENING,
    SPEAKING,
    TOP,
    BypassesCataloguesError,
    lengthened,
    look_at,
    pseudo_catalogue,
    pseudo_translations,
    texts_in_sources,
)
from tests.locales.test_catalogues import messages, originals_of, places, template

PROFILE = [(NAMED, 64), (SHORT_DESCRIPTION, 120), (DESCRIPTION, 512)]
"""What Telegram shows of the bot, and how many characters of it there may be."""

LONGEST_COMMAND = 256

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"

SPOKEN_BY = [*LANGUAGES, "pseudo"]
TEMPLATES = sorted((TOP / "bot").rglob("*.html"))
READ_ALOUD = ("alt", "title", "placeholder", "aria-label")
ATTRIBUTES = re.compile(rf'\b(?:{"|".join(READ_ALOUD)})="([^"]*)"')


def catalogue(language: str) -> Catalogue:
    return pseudo_catalogue() if language == "pseudo" else Catalogues()[language]


def turn(*lines: Line, buttons: tuple[Button, ...] = (), toast: Words | None = None) -> Turn:
    return Turn(Session(), (Screen(lines, (buttons,)),), toast=toast)


def test_every_sentence_is_longer_and_keeps_its_places() -> None:
    for text in (text for message in messages(template()) for text in originals_of(message)):
        bare = re.sub(r"\{\w+\}", "", text)
        if re.search(r"[^\W\d_]", bare):
            longer = lengthened(text)
            assert places(longer) == places(text)
            assert longer.startswith(OPENING)
            assert longer.endswith(CLOSING)
            assert len(re.sub(r"\{\w+\}", "", longer)) >= LONGER * len(bare)


@pytest.mark.parametrize("language", SPOKEN_BY)
def test_telegram_takes_what_it_shows_of_the_bot(language: str) -> None:
    for words, most in PROFILE:
        assert len(catalogue(language).say(words)) <= most, words.text


@pytest.mark.parametrize("language", SPOKEN_BY)
def test_telegram_takes_the_descriptions_of_the_commands(language: str) -> None:
    for command in COMMANDS:
        assert len(catalogue(language).say(command.description)) <= LONGEST_COMMAND, command.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_of_a_page_says_anything_itself(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|&\w+;", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"<(style|script|title)\b.*?</\1>|<!--.*?-->", "", text, flags=re.DOTALL)
    said = [each for each in ATTRIBUTES.findall(text) if re.search(r"[^\W\d_]", each)]
    said += [each.strip() for each in re.sub(r"<[^>]*>", "\n", text).splitlines() if re.search(r"[^\W\d_]{2}", each)]
    assert said == []


class Shown(HTMLParser):
    """What a page shows or reads aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        self.texts |= {value.strip() for name, value in attrs if name in READ_ALOUD and value}

    def handle_data(self, data: str) -> None:
        if self._within not in {"script", "style"}:
            self.texts.add(data.strip())


def test_no_page_of_the_public_site_goes_past_the_catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "CATALOGUES", Catalogues(publishing.ZONE))  # others have read their translations
    monkeypatch.setattr(Catalogue, "_translations", pseudo_translations())
    with publishing.demo_storage(tmp_path) as storage:
        publishing.published(storage, tmp_path / "site")
    pages = [*(tmp_path / "site" / "en").rglob("*.html")]
    assert len(pages) > 50
    for page in pages:
        texts = shown_on(page.read_text("utf-8"))
        assert any(OPENING in text for text in texts), page.name
        assert not texts & texts_in_sources((*SPEAKING, "bot/files", "bot/language", "bot/site")), page.name


def test_no_digest_goes_past_the_catalogues() -> None:
    digest, speaks = some_week(), pseudo_catalogue()
    look_at(Turn(Session(), (screen_of(digest, "d1", "https://t.me/bot?start=r_", rich=True),)))
    passes_the_catalogues(shown_on(digest_page(digest, speaks)))
    passes_the_catalogues(cells_of(workbook(digest_tables(digest, speaks), "", [])))


async def test_no_report_of_a_call_goes_past_the_catalogues(storage: Storage) -> None:
    report, speaks = await report_of(storage), pseudo_catalogue()
    content = call_report_content(report, speaks)
    passes_the_catalogues(shown_on(report_page(content, speaks)))
    passes_the_catalogues(cells_of(call_report_workbook(report, speaks)))
    passes_the_catalogues({str(part.text).strip() for part in words_of(document(content, speaks, LATER)).iter(WORDS)})


def passes_the_catalogues(texts: Collection[str | None]) -> None:
    assert any(OPENING in str(text) for text in texts)
    assert not set(texts) & texts_in_sources((*SPEAKING, "bot/files", "bot/language"))


def shown_on(page: str) -> set[str]:
    shown = Shown()
    shown.feed(page)
    return shown.texts


def cells_of(content: bytes) -> set[str]:
    """The texts in all sheets."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {str(value).strip() for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}


def words_of(content: bytes) -> ElementTree.Element:
    """The body of a text document."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return ElementTree.fromstring(parts.read("word/document.xml"))


class TestTheLookItself:
    """A look that lets everything through would look just as green."""

    def test_counts_and_labels_are_in_the_pseudo_language(self) -> None:
        said = pseudo_catalogue().say
        assert said(labelled("group", "Report")) == "⟦Ŕépóŕt~⟧"
        assert said(counted("one report", "{n} reports", 2)).startswith("⟦2 ŕépóŕtś")

    def test_what_a_person_wrote_is_left_alone(self) -> None:
        look_at(turn(Line(own("My own story hour"))))
        assert pseudo_catalogue().say(own("My own story hour")) == "My own story hour"

    def test_a_sentence_that_is_in_no_catalogue_is_found(self) -> None:
        unheard = "Nobody has ever " + "translated this."  # so that it is not collected
        with pytest.raises(BypassesCataloguesError, match="ever translated"):
            look_at(turn(Line(_(unheard))))

    def test_a_bare_text_of_the_sources_is_found_in_any_place(self) -> None:
        text = min(texts_in_sources())
        with pytest.raises(BypassesCataloguesError, match="in English to everybody"):
            look_at(turn(Line(own(Shortened(text, 100)))))

    def test_a_label_that_would_be_cut_is_found(self) -> None:
        with pytest.raises(AssertionError, match="cut when"):
            look_at(turn(buttons=(Button(SHORT_DESCRIPTION, "x"),)))

    def test_a_toast_that_would_be_cut_is_found(self) -> None:
        with pytest.raises(AssertionError, match="cut when"):
            look_at(turn(toast=DESCRIPTION))
