"""A closed loop of phones: each does the next thing as soon as it sees the answer to the last."""

import asyncio
import contextlib
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Protocol

from bot.botapi import BotApiServer
from bot.botapi.cloud.journal import Entry
from bot.botapi.cloud.people import Hand
from bot.botapi.cloud.world import Change, Chat, Json
from tests.bench.dialogues import Dialogue


@dataclass(frozen=True, slots=True)
class Answer:
    """An update that the bot answered: when that was seen, and how many seconds after the tap or text was sent."""

    at: float
    seconds: float
    pressed: bool
    phone: int


@dataclass(slots=True)
class ClosedLoop:
    """The phones on one server, and what they saw."""

    server: BotApiServer
    dialogue: Dialogue
    answers: list[Answer] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    calls: "Counter[str]" = field(default_factory=Counter)
    """What the bot asked of the server, by method."""
    phones: list["Phone"] = field(default_factory=list)
    by_chat: dict[int, "Phone"] = field(default_factory=dict)
    ending: bool = False

    def __post_init__(self) -> None:
        self.server.world.listeners.append(self._changed)
        self.server.journal.listeners.append(self._called)

    def add(self) -> "Phone":
        """One phone more, which begins at once."""
        phone = Phone(self, len(self.phones))
        self.phones.append(phone)
        phone.begin()
        return phone

    def when_due(self, act: "Act") -> None:
        """Let a phone do the next thing: in a closed loop, at once."""
        act()

    @property
    def asked(self) -> int:
        """Bot API calls so far, without those that fetch updates."""
        return self.calls.total() - self.calls["getUpdates"]

    async def answered(self, updates: int, patience: float) -> None:
        """Wait until so many updates have been answered. Raises TimeoutError."""
        await until(lambda: len(self.answers) >= updates, patience)

    async def end(self, patience: float) -> None:
        """Let every phone see the answer it waits for, and do nothing more; who gets none is a problem."""
        self.ending = True
        with contextlib.suppress(TimeoutError):
            await until(lambda: not any(phone.waits for phone in self.phones), patience)
        waiting = Counter(phone.answered for phone in self.phones if phone.waits)
        self.problems += (f"{phones} phones got no answer after: {shown!r}" for shown, phones in waiting.items())

    def _changed(self, chat: Chat, change: Change) -> None:
        phone = self.by_chat.get(chat.id)
        if phone and change.message and change.by is None and change.kind in ("message", "edit"):
            phone.sees(change.message)

    def _called(self, entry: Entry) -> None:
        self.calls[entry.method] += 1


@dataclass(slots=True)
class OpenLoop(ClosedLoop):
    """Phones that do `rate` things a second together, however long the bot takes: as many people would.

    Who waits for an answer does nothing. Where no phone is free when something is due, the next free one does it, and
    its answer is counted from when it was due: a bot that stalls does not make the load smaller.
    """

    rate: float = 1.0
    _free: "deque[Act]" = field(default_factory=deque)
    _due: "deque[float]" = field(default_factory=deque)
    _clock: "asyncio.Task[None] | None" = None

    def when_due(self, act: "Act") -> None:
        """Let a phone do the next thing when its time has come."""
        if self._clock is None:
            self._clock = asyncio.create_task(self._tick())
        if self._due:
            act(since=self._due.popleft())
        else:
            self._free.append(act)

    async def end(self, patience: float) -> None:
        """No more is due; let every phone see the answer it waits for."""
        if self._clock is not None:
            self._clock.cancel()
        await ClosedLoop.end(self, patience)

    async def _tick(self) -> None:
        due = perf_counter()
        while True:
            due += 1 / self.rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            if self._free:
                self._free.popleft()(since=due)
            else:
                self._due.append(due)


class Act(Protocol):
    """The next thing a phone does; `since`: when it was due, if not now."""

    def __call__(self, *, since: float | None = None) -> None:
        """Do it."""
        ...


class Phone:
    """A phone that is handed on: each report is the first one of somebody new."""

    def __init__(self, loop: ClosedLoop, number: int) -> None:
        self.number = number
        self.answered = ""
        """The text on the screen that was answered last."""
        self.waits = False
        """Whether the bot owes an answer."""
        self.leaving = False
        self._loop = loop
        self._hand: Hand
        self._acted = 0.0
        self._pressed = False

    @property
    def chat(self) -> int:
        """The chat it shows."""
        return self._hand.chat.id

    def begin(self, since: float | None = None) -> None:
        """Somebody takes the phone and wants to report."""
        world = self._loop.server.world
        person = world.add_person("Ida", language_code="en")
        self._hand = Hand(self._loop.server.cloud, person, world.chats[person.id])
        self._loop.by_chat[person.id] = self
        self.answered = ""
        self._types(self._loop.dialogue.begin, since)

    def sees(self, message: Json) -> None:
        """The bot has shown something; what it says is answered, once the server has told the bot that it is shown."""
        shown = str(message.get("text", ""))
        if not self.waits or shown == self.answered:  # the same again: only its buttons were taken off
            return
        now = perf_counter()
        self.waits = False
        self.answered = shown
        self._loop.answers.append(Answer(now, now - self._acted, self._pressed, self.number))
        asyncio.get_running_loop().call_soon(self._goes_on, shown, message)

    def _goes_on(self, shown: str, message: Json) -> None:
        finished = self._loop.dialogue.receipt.search(shown)
        if finished:
            self._loop.receipts.append(finished[1])
            del self._loop.by_chat[self.chat]
        if self._loop.ending or self.leaving:
            return
        self._loop.when_due(partial(self._does_next, shown, message, finished is not None))

    def _does_next(self, shown: str, message: Json, finished: bool, since: float | None = None) -> None:
        """Begin another report, or answer what is shown; it is due `since` then, or now."""
        if finished:
            self.begin(since)
            return
        labels = labels_of(message)
        answer = self._loop.dialogue.answer(shown, labels)
        if answer is None:
            self._loop.problems.append(f"nothing to say to: {shown!r} {list(labels)}")
        elif answer in labels:
            self._acts(since, pressing=True)
            self._hand.presses(int(message["message_id"]), labels[answer])
        else:
            self._types(answer, since)

    def _types(self, text: str, since: float | None = None) -> None:
        self._acts(since, pressing=False)
        self._hand.types(text)

    def _acts(self, since: float | None, *, pressing: bool) -> None:
        self._pressed = pressing
        self.waits = True
        self._acted = perf_counter() if since is None else since


async def until(reached: Callable[[], bool], patience: float) -> None:
    """Look again and again, which costs the measured bot less than being told. Raises TimeoutError."""
    async with asyncio.timeout(patience):
        while not reached():  # noqa: ASYNC110 - an event would have to be set for every answer
            await asyncio.sleep(0.01)


def labels_of(message: Json) -> Mapping[str, str]:
    """What the buttons under `message` that the bot is told of say, and what they carry."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row if "callback_data" in button}
