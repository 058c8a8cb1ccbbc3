"""The site of the documentation: its pages are found, their links lead somewhere, and they quote what the bot says."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from conversations.engine.commands import COMMANDS
from conversations.language.languages import LANGUAGES
from tests.documentation import DOCS, NOTES, ROOT, gather

AUDIENCES = sorted(DOCS.glob("for-*.md"))
SECTIONS = dict(
    re.findall(r'<div lang="(\w+)" markdown>\n(.*?)</div>', (DOCS / "for-librarians.md").read_text("utf-8"), re.DOTALL)
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the site, gathered."""
    folder: Path = tmp_path_factory.mktemp("documentation") / "pages"
    gather(folder)
    return folder


def test_every_page_is_in_the_menu_or_in_the_list_of_notes(pages: Path) -> None:
    menu = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    listed = re.findall(r"\]\((.+?)\)", (pages / NOTES).read_text("utf-8"))
    assert len({*menu}) == len(menu)
    assert {*menu, *(f"notes/{note}" for note in listed)} == {
        path.relative_to(pages).as_posix() for path in pages.rglob("*.md")
    }


def test_every_link_and_picture_of_the_site_leads_somewhere(pages: Path) -> None:
    for page in pages.rglob("*.md"):
        text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for link in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
            assert (page.parent / link).is_file(), f"{page.name}: {link}"


def test_no_picture_is_kept_that_no_page_shows(pages: Path) -> None:
    shown = {
        name for page in pages.rglob("*.md") for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))
    }
    assert {path.name for path in (DOCS / "pictures").iterdir()} == shown


@pytest.mark.parametrize("page", AUDIENCES, ids=lambda page: page.stem)
def test_every_command_that_people_are_told_of_exists(page: Path) -> None:
    named = set(re.findall(r"`/(\w+)", page.read_text("utf-8")))
    assert named
    assert named <= {command.name for command in COMMANDS}
    if page.stem != "for-coordinators":
        assert named <= {command.name for command in COMMANDS if not command.roles}


def test_librarians_read_the_same_in_every_language() -> None:
    assert {*SECTIONS} == {*LANGUAGES}
    commands, shape = (
        {tuple(re.findall(pattern, text, re.MULTILINE)) for text in SECTIONS.values()}
        for pattern in (r"`/(\w+)", r"^(\d\.|-|!) ?")
    )
    assert len(commands) == len(shape) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_that_librarians_are_told_of_are_called_so(language: str) -> None:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "meldind.po").open("rb") as file:
        said = {
            each for message in read_po(file, locale=language) if message.id for each in (message.string or message.id,)
        }
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", SECTIONS[language])
    assert named
    assert {*named} <= said
