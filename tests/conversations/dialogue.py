"""A dialogue reads like the chat it protects.

Every turn is kept and its position read back from JSON before the next one, so that each dialogue also proves that it
survives a restart.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.language.catalogues import Catalogues
from bot.telegram.rendering import render, without_format
from conversations.context.context import Context
from conversations.context.session import Turn
from conversations.engine.engine import redraw, take_turn
from conversations.language.events import Commanded, Event, File, Pressed, SentFile, Wrote
from conversations.language.screen import Button, Screen
from conversations.language.words import Place, Words
from conversations.memory.calls import CallsInMemory
from conversations.memory.memory import Memory
from conversations.model.calls import Call, WholeCall
from conversations.model.people.members import Member
from conversations.model.people.person import Person
from conversations.model.privacy import VERSION
from storage.registers.port import StoredRegisters
from tests.locales.pseudo import look_at

CATALOGUES = Catalogues()
REGISTERS = StoredRegisters(CATALOGUES.spellings)


def _plain(screen: Screen, language: str) -> str:
    return "\n".join(without_format(message)["text"] for message in render(screen, CATALOGUES[language]))


class Dialogue:
    """One person's chat with the core, in `language`; several people share the reviews of those they are `beside`."""

    def __init__(
        self,
        language: str = "en",
        *,
        library: dict[str, str | None] | None = None,
        calls: Sequence[Call] = (),
        beside: "Dialogue | None" = None,
        roles: Sequence[str] = (),
        name: str = "",
        privacy_seen: str = VERSION,
    ) -> None:
        self.together: list[Dialogue] = beside.together if beside else []
        self.together.append(self)
        number = len(self.together)
        self.memory = Memory(
            Person(number, language, library, privacy_seen, frozenset(roles)),
            calls=CallsInMemory(
                {each.slug: WholeCall(each.slug, "en", "open", {"en": str(each.title)}) for each in calls}
            ),
        )
        self.memory.partners.reader = self.memory.contacts.reader = self.memory.experts.reader = number
        self.memory.events.reader = number
        if beside:
            self.memory.partners = replace(beside.memory.partners, reader=number)
            self.memory.contacts = replace(beside.memory.contacts, reader=number)
            self.memory.events = replace(beside.memory.events, reader=number)
            self.memory.experts = replace(beside.memory.experts, reader=number)
            self.memory.review, self.memory.people = beside.memory.review, beside.memory.people
        if roles:
            self.memory.people.known[number] = Member(number, name, frozenset(roles), language=language)
        self.notices: dict[str, Screen] = {}
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self.turn: Turn | None = None
        self.screen: Screen | None = None
        self.did = 0
        self.bot_name = ""
        self._ids = (f"r{number}" for number in count(1))
        self._messages = count(1)

    # What the person does

    def writes(self, text: str, *, forwarded: bool = False) -> int:
        """The person writes; the number of the message."""
        message = next(self._messages)
        self.takes(Wrote(text, message, forwarded))
        return message

    def commands(self, command: str) -> None:
        name, _space, words = command.removeprefix("/").partition(" ")
        self.takes(Commanded(name, words, next(self._messages)))

    def starts_report(self) -> None:
        """The person sends /report and, if asked to tell of an initiative, chooses to go question by question."""
        self.commands("/report")
        self.goes_question_by_question()

    def goes_question_by_question(self) -> None:
        """The person presses the button for question by question if the screen has it."""
        assert self.screen is not None
        for button in (button for row in self.screen.rows for button in row if button.action == "questions"):
            self.takes(self.press_of(button))

    def presses(self, label: str) -> None:
        """The button of the newest screen that says `label`."""
        button = self.button(label)
        self.takes(self.press_of(button))

    def press_of(self, button: Button) -> Pressed:
        assert self.screen is not None
        if self.screen.revision is not None:
            return Pressed(button.action, button.argument, self.screen.report, revision=self.screen.revision)
        return Pressed(button.action, button.argument, self.screen.report, self.screen.step)

    def sends_photo(self, caption: str = "", *, album: str = "", size: int = 1000) -> None:
        self.takes(SentFile(File("photo", "ref", size=size), caption, album, next(self._messages)))

    def goes_away(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    def takes(self, event: Event) -> Turn:
        self.did += 1
        self.memory.experts.now = self.now
        turn = take_turn(self.memory.session, event, self.context())
        self.memory.keep(turn, self.now)
        self.now += timedelta(seconds=20)
        self.turn = turn
        look_at(turn)
        for each in self.together:
            each.now = max(each.now, self.now)
            each.hears_of(turn)
        if turn.screens:
            self.screen = turn.screens[-1]
        return turn

    def hears_of(self, turn: Turn) -> None:
        """The notices of somebody's turn that are for this person; the last one is what they look at."""
        for notice in turn.notices:
            if notice.to != self.memory.person.id or (notice.how == "update" and notice.key not in self.notices):
                continue
            self.screen = self.notices[notice.key] = replace(notice.screen, revision=notice.screen.revision or 0)
            self.turn = self.turn or turn

    # What the bot says

    def context(self) -> Context:
        return Context(
            self.memory.person,
            self.now,
            self.now.date(),
            lambda: next(self._ids),
            self.memory,
            REGISTERS,
            lambda: "a-code-nobody-guesses",
            self.bot_name,
            secret_of=lambda name: f"secret of {name}",
        )

    def said(self) -> str:
        """The newest screen as it is read."""
        assert self.screen is not None
        assert self.turn is not None
        return _plain(self.screen, self.memory.person.language)

    def toast(self) -> str:
        assert self.turn is not None
        return self.reads(self.turn.toast) if self.turn.toast else ""

    def labels(self) -> list[str]:
        """What the buttons of the newest screen say."""
        assert self.screen is not None
        return [self.reads(button.label) for row in self.screen.rows for button in row]

    def button(self, label: str) -> Button:
        assert self.screen is not None
        for row in self.screen.rows:
            for button in row:
                if self.reads(button.label) == label:
                    return button
        raise AssertionError(f"no button says {label!r}, only {self.labels()}")

    def reads(self, words: Place | Words) -> str:
        return CATALOGUES.say(words, self.memory.person.language)

    def redraws(self) -> str:
        """What is shown after a restart."""
        (screen,) = redraw(self.memory.session, self.context())
        self.screen = screen
        return _plain(screen, self.memory.person.language)

    # What came of it

    def answers(self, report: str = "r1") -> dict[str, object]:
        return dict(self.memory.reports.kept[report].answers)

    def bot(self, *parts: str, buttons: Sequence[str] = ()) -> None:
        """The newest screen has these parts, in this order, and these buttons."""
        said, place = self.said(), 0
        for part in parts:
            found = said.find(part, place)
            assert found >= 0, f"{part!r} is not (there) in:\n{said}"
            place = found + len(part)
        missing = [label for label in buttons if label not in self.labels()]
        assert not missing, f"{missing} are not among {self.labels()}"
