"""`make talk`: a chat with the bare conversations, without Telegram and database; nothing is stored."""

import sys
from datetime import UTC, datetime
from itertools import count

from bot.language.catalogues import Catalogues
from bot.runtime.ids import new_code, new_id
from bot.telegram.rendering import render, without_format
from conversations.context.context import Context
from conversations.engine.commands import COMMANDS
from conversations.engine.engine import take_turn
from conversations.language.events import Commanded, Event, Pressed, Wrote
from conversations.language.languages import LANGUAGES
from conversations.language.screen import Button, Screen
from conversations.memory.contacts import ContactsInMemory
from conversations.memory.memory import Memory
from conversations.memory.partners import PartnersInMemory
from conversations.model.people.person import Person
from conversations.reading.text import clean_text
from storage.registers.port import StoredRegisters

CATALOGUES = Catalogues()
REGISTERS = StoredRegisters(CATALOGUES.spellings)


def talk(language: str = "en") -> None:
    """Chat on standard input and output until the input ends; a number presses a button."""
    memory = Memory(
        Person(1, language),
        partners=PartnersInMemory(reader=1),
        contacts=ContactsInMemory(reader=1),
    )
    messages = count(1)
    screen: Screen | None = None
    event: Event | None = Commanded("start", "", next(messages))
    while event is not None:
        now = datetime.now(UTC)
        turn = take_turn(
            memory.session, event, Context(memory.person, now, now.date(), new_id, memory, REGISTERS, new_code)
        )
        memory.keep(turn, now)
        if turn.toast:
            _show(f"({CATALOGUES.say(turn.toast, turn.language)})")
        for screen in turn.screens:
            _draw(screen, turn.language)
        event = _read(screen, next(messages))


def _read(screen: Screen | None, message: int) -> Event | None:
    """Returns the event of the next line; None at the end of the input."""
    for line in sys.stdin:
        text = clean_text(line)
        if not text:
            continue
        buttons = [button for row in screen.rows for button in row] if screen else []
        if screen and text.isdecimal() and 0 < int(text) <= len(buttons):
            button = buttons[int(text) - 1]
            return Pressed(button.action, button.argument, screen.report, screen.step, message)
        name, _, words = text.removeprefix("/").partition(" ")
        if text.startswith("/") and any(name == command.name for command in COMMANDS):
            return Commanded(name, words, message)
        return Wrote(text, message)
    return None


def _draw(screen: Screen, language: str) -> None:
    _show("─" * 60)
    for payload in render(screen, CATALOGUES[language]):
        _show(without_format(payload)["text"])
    numbers = count(1)
    for row in screen.rows:
        _show("  " + "   ".join(f"{next(numbers)} [{_label(button, language)}]" for button in row))


def _label(button: Button, language: str) -> str:
    label = CATALOGUES.say(button.label, language)
    return f"✓ {label}" if button.chosen else label


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    talk(next((argument for argument in sys.argv[1:] if argument in LANGUAGES), "en"))
