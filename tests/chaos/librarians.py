"""Librarians with phones: each reports one initiative, answer by answer, and remembers what the bot acknowledged."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.botapi import BotApiServer
from bot.botapi.cloud.people import Hand
from bot.botapi.cloud.world import Change, Chat, Json
from tests.bench.phones import labels_of

LOOKS_AGAIN = 1.5
"""Seconds after which somebody acts once more who is shown again what they have answered already."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked in these words, what is answered to it, and what is kept of the answer."""

    asked: str
    answer: str
    kept: Any


QUESTIONS: Mapping[str, Question] = {
    "library": Question("Which library are you reporting for?", "odense", {"key": "dk-0461"}),
    "status": Question("What stage is it at?", "Running", "running"),
    "title": Question("What is it called?", "Homework café {token}", "Homework café {token}"),
    "summary": Question(
        "What do you do, who is it for, and why?",
        "Volunteers help children & parents <every> Wednesday {token}.",
        "Volunteers help children & parents <every> Wednesday {token}.",
    ),
    "themes": Question("What is it about?", "Homework help", ["homework_help"]),
    "target_groups": Question("Who is it for?", "Children", ["children"]),
    "period_start": Question("When did it start?", "March 2026", "2026-03"),
    "partners": Question("Who do you do this with?", "Nobody else", {"types": ["none"], "names": []}),
    "sharing": Question("Who can see this report?", "Anyone (public)", "public"),
}

SUMMARY = "Check your report"
RECEIPT = re.compile(r"Reference: (\w+)")
PUBLISHED = "Your report has been published:"
TOO_SHORT = "Write a little more"
"""What she reads when a name that was repeated after a kill became her description: a toast would not be enough."""
ONWARDS = ("Question by question", "Done", "Next", "Continue ›", "Different: send it")


@dataclass(slots=True)
class Crowd:
    """All librarians of a campaign, and those of them who are at it now."""

    server: BotApiServer
    chance: Random
    by_chat: dict[int, "Librarian"] = field(default_factory=dict)
    everybody: list["Librarian"] = field(default_factory=list)
    ending: bool = False
    """Whether nobody begins another report."""
    problems: list[str] = field(default_factory=list)
    _held: list[Callable[[], None]] | None = None

    def __post_init__(self) -> None:
        self.server.world.listeners.append(self._changed)

    @property
    def waiting(self) -> list["Librarian"]:
        """Those whom the bot owes an answer."""
        return [one for one in self.by_chat.values() if one.waits]

    def hold(self) -> None:
        """Nobody does anything more until `go_on`."""
        self._held = []

    def go_on(self) -> None:
        """Everybody does what they were about to."""
        held, self._held = self._held or [], None
        for act in held:
            act()

    def soon(self, seconds: float, act: Callable[[], None]) -> None:
        """Let `act` happen after so many seconds."""
        asyncio.get_running_loop().call_later(seconds, self._unless_held, act)

    def add(self) -> None:
        """One more, who begins at once."""
        person = self.server.world.add_person("Ida", language_code="en")
        hand = Hand(self.server.cloud, person, self.server.world.chats[person.id])
        librarian = Librarian(self, hand, f"{len(self.everybody) + 1:04}")
        self.everybody.append(librarian)
        self.by_chat[person.id] = librarian
        librarian.types("/report")

    def is_done(self, librarian: "Librarian") -> None:
        """Another one takes the phone."""
        del self.by_chat[librarian.chat]
        if not self.ending:
            self.soon(0, self.add)

    def _unless_held(self, act: Callable[[], None]) -> None:
        if self._held is None:
            act()
        else:
            self._held.append(act)

    def _changed(self, chat: Chat, change: Change) -> None:
        librarian = self.by_chat.get(chat.id)
        if librarian and change.message and change.by is None and change.kind in ("message", "edit"):
            librarian.sees(change.message)


class Librarian:
    """Somebody with one initiative to report."""

    def __init__(self, crowd: Crowd, hand: Hand, token: str) -> None:
        self.chat = hand.chat.id
        self.token = token
        """In every text she writes, so that it can be found."""
        self.acknowledged: dict[str, Any] = {}
        """Her answers, by question, after which the bot has asked another one."""
        self.told = False
        """Whether the bot has said that it has got her text."""
        self.read_over: str = ""
        """What she was shown before she sent it."""
        self.sent = False
        self.receipt = ""
        self.waits = False
        self.since = 0.0
        """Since when."""
        self.answers = 0
        """How many answers she has got."""
        self.insisted = 0
        """How often she wrote again because there was no answer."""
        self.repeats_herself = False
        """Whether she has sent a text twice, so that which question it answered is not for her to know."""
        self._crowd = crowd
        self._hand = hand
        self._answered = ""
        self._asked = ""
        self._latest: Json = {}
        self._typed: set[str] = set()
        self._pressed: tuple[int, str, str] | None = None
        """The button that was pressed last, and the press."""
        self.pressed_again = 0
        """How often she pressed once more because Telegram had given up bringing the press."""

    def types(self, text: str) -> None:
        """She writes."""
        self._pressed = None
        self._act(lambda: self._hand.types(text))

    def insists(self) -> None:
        """She asks once more, as one does when nothing comes."""
        self.insisted += 1
        self._answered = self._asked = ""
        self.types("/report")

    @property
    def press_is_given_up(self) -> bool:
        """Whether Telegram brings her last press no more: it keeps a press for 150 seconds."""
        if not self.waits or self._pressed is None:
            return False
        cloud = self._crowd.server.cloud
        still_comes = any(pending.lane == self.chat for pending in cloud.updates.waiting.values())
        return not still_comes and cloud.world.queries[self._pressed[2]].dies_at <= cloud.clock.now()

    def presses_again(self) -> None:
        """She taps the button once more, as one does when nothing happens."""
        assert self._pressed is not None
        self.pressed_again += 1
        message_id, data, _ = self._pressed
        self._pressed = message_id, data, self._hand.presses(message_id, data)

    def sees(self, message: Json) -> None:
        """The bot has shown something."""
        shown = str(message.get("text", ""))
        if shown.startswith(PUBLISHED):  # a notice is no answer
            return
        self._latest = message
        if not self.waits:
            return
        if shown == self._answered:
            self._crowd.soon(LOOKS_AGAIN, lambda: self._acts_again(message))
            return
        self.waits = False
        self.answers += 1
        self._notes(shown)
        if not self._has_receipt(shown):
            self._crowd.soon(self._crowd.chance.random() * 0.1, lambda: self._acts_on_latest(message))

    def _has_receipt(self, shown: str) -> bool:
        """Whether she has read a receipt, and is done."""
        if found := RECEIPT.search(shown):
            self.receipt = found[1]
            self._crowd.is_done(self)
        return bool(self.receipt)

    def _acts_on_latest(self, message: Json) -> None:
        """She acts on what is on the screen by now: after a double tap that is another one than the first to come."""
        if self._latest is not message:
            shown = str(self._latest.get("text", ""))
            self._notes(shown)
            if self._has_receipt(shown):
                return
        self._acts_on(self._latest)

    def _notes(self, shown: str) -> None:
        """What this screen acknowledges."""
        if shown.startswith("Got it."):
            self.told = True
        elif self._asked and _is_beyond(shown, self._asked):
            self.acknowledged[self._asked] = self._filled(QUESTIONS[self._asked].kept)
        self._asked = ""
        if SUMMARY in shown:
            self.read_over = shown

    def _acts_again(self, message: Json) -> None:
        if self.waits and self._latest is message:
            self.repeats_herself = True
            self._acts_on(message)

    def _acts_on(self, message: Json) -> None:
        shown, labels = str(message.get("text", "")), labels_of(message)
        self._answered = shown
        question = question_in(shown)
        onwards = next((label for label in ONWARDS if label in labels), None)
        if SUMMARY in shown:
            self.sent = True
            self._presses(message, labels["Send report"])
        elif question and self.insisted and self.sent:
            self._crowd.is_done(self)  # it was sent, its receipt did not arrive, and this is a new report
        elif onwards and TOO_SHORT not in shown and not (question == "summary" and self._has_told_too_little(shown)):
            self._asked = question
            self._presses(message, labels[onwards])
        elif question:
            answer = self._filled(QUESTIONS[question].answer)
            if answer in labels:
                self._asked = question if question not in ("themes", "target_groups") else ""
                self._presses(message, labels[answer])
            else:
                self._asked = question if question != "summary" else ""
                self.repeats_herself |= question in self._typed  # she is asked again after a kill
                self._typed.add(question)
                self.types(answer)
                if self._crowd.chance.random() < 0.03:
                    self.repeats_herself = True
                    self.types(answer)
        else:
            self._crowd.problems.append(f"nothing to answer to: {shown!r} {list(labels)}")

    def _has_told_too_little(self, shown: str) -> bool:
        """Whether only a repeated name stands there as her description: Done would say so in a toast, which she who
        comes back after days would read.
        """
        return (
            self._filled(QUESTIONS["title"].answer) in shown and self._filled(QUESTIONS["summary"].answer) not in shown
        )

    def _presses(self, message: Json, data: str) -> None:
        self._act(lambda: self._press(int(message["message_id"]), data))
        if self._crowd.chance.random() < 0.1:  # a double tap
            self._hand.presses(int(message["message_id"]), data)

    def _press(self, message_id: int, data: str) -> None:
        self._pressed = message_id, data, self._hand.presses(message_id, data)

    def _act(self, acts: Callable[[], object]) -> None:
        self.waits = True
        self.since = asyncio.get_running_loop().time()
        acts()

    def _filled(self, value: Any) -> Any:
        return value.format(token=self.token) if isinstance(value, str) else value


def question_in(shown: str) -> str:
    """The key of the question that is asked on this screen; "" where none is."""
    if SUMMARY in shown:
        return ""
    return next((key for key, question in QUESTIONS.items() if question.asked in shown), "")


def _is_beyond(shown: str, question: str) -> bool:
    """Whether this screen comes after the answer to that question; an earlier one is a message that is repeated."""
    at, order = question_in(shown), list(QUESTIONS)
    if at:
        return order.index(at) > order.index(question)
    return SUMMARY in shown or RECEIPT.search(shown) is not None
