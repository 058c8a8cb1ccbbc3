"""docs/reference.md names every setting and every command that there is, and no other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environ
import pytest
import typer.main

from bot.cli import main
from bot.runtime.settings import Settings
from conversations.engine.commands import COMMANDS

PAGE = (Path(__file__).parent.parent / "docs" / "reference.md").read_text("utf-8")


def rows(section: str) -> dict[str, str]:
    """What stands first in each row of the table in a section, and the rest of the row."""
    found = re.findall(r"^\| `(.+?)` \|(.*)$", PAGE.split(f"## {section}\n")[1].split("\n## ")[0], re.MULTILINE)
    assert len(dict(found)) == len(found)
    return dict(found)


def commands(of: Any, name: str = "meldind") -> Iterator[tuple[str, Any]]:
    """Every command under `of`, by the words that call it."""
    if not hasattr(of, "commands"):
        yield name, of
        return
    for each, command in of.commands.items():
        yield from commands(command, f"{name} {each}")


CALLED = dict(commands(typer.main.get_command(main.app)))


def documented() -> dict[str, set[str]]:
    """The commands of the page, by the words that call them, and the options of each."""
    words = {usage: re.match(r"[a-z ]+?(?= [-\[A-Z]|$)", usage) for usage in rows("Command line")}
    return {found[0]: set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", usage)) for usage, found in words.items() if found}


def test_every_setting_is_on_the_page_and_no_other() -> None:
    assert set(rows("Settings")) == {line.split()[0] for line in environ.generate_help(Settings).splitlines()}


def test_the_page_says_every_default() -> None:
    defaults = re.findall(
        r"^(\w+) .*Default=(.*)\)$", environ.generate_help(Settings, display_defaults=True), re.MULTILINE
    )
    assert defaults
    for name, default in defaults:
        assert rows("Settings")[name].endswith(f"| `{default}` |"), name


def test_every_command_is_on_the_page_and_no_other() -> None:
    assert set(documented()) == CALLED.keys()


@pytest.mark.parametrize("name", CALLED)
def test_every_option_is_on_the_page_and_no_other(name: str) -> None:
    options = [set(each.opts) for each in CALLED[name].params if each.param_type_name == "option"]
    assert all(each & documented()[name] for each in options)
    assert documented()[name] <= {each for some in options for each in some}


def test_every_command_in_telegram_is_on_the_page_with_those_who_have_it() -> None:
    who = {name: row.split("|")[0].strip() for name, row in rows("In Telegram").items()}
    assert who == {f"/{each.name}": "coordinators" if each.roles else "everybody" for each in COMMANDS}
