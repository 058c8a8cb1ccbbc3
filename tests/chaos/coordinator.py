"""A coordinator who publishes what comes in from cards in her chat and in a group, invites others, asks for files."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from bot.botapi import BotApiServer
from bot.botapi.cloud.groups import add_group, migrate
from bot.botapi.cloud.people import Hand
from bot.botapi.cloud.world import Change, Chat, Json
from tests.bench.phones import labels_of

INVITES_EVERY = 4
"""Of so many reports one is a reason to invite somebody; the answer to that is two messages."""
EXPORTS_EVERY = 10
"""Of so many reports one is a reason to ask for all of them in a file."""

PUBLISHES = 0.6
"""The share of cards whose button she presses; each report has one in her chat and one in the group."""


TABLE = "Table (CSV)"


@dataclass(slots=True)
class Coordinator:
    """Ann, her chat and her group."""

    server: BotApiServer
    chance: Random
    published: set[str] = field(default_factory=set)
    """What she has been shown as published, by the first line of the card."""
    invitations: set[str] = field(default_factory=set)
    """Invitations that she has been shown, each with its link."""
    _hand: Hand = field(init=False)
    _group: Chat | None = None
    _cards: int = 0
    _about_to: int = 0

    def __post_init__(self) -> None:
        world = self.server.world
        person = world.add_person("Ann", language_code="en")
        self._hand = Hand(self.server.cloud, person, world.chats[person.id])
        world.listeners.append(self._changed)

    @property
    def id(self) -> int:
        """Her number at Telegram, and her chat's."""
        return self._hand.person.id

    @property
    def chats(self) -> tuple[int, ...]:
        """Where she reads: her chat, her group, and the supergroup that it may have become."""
        return (self.id, *(self.moved.keys() | self.moved.values() or {self._group.id} if self._group else ()))

    @property
    def is_about_to_press(self) -> bool:
        """Whether she has read something and her finger is on its way to a button."""
        return self._about_to > 0

    @property
    def moved(self) -> Mapping[int, int]:
        """The old number of her group and its new one, once it has one."""
        group = self._group
        return {} if group is None or group.migrated_to is None else {group.id: group.migrated_to}

    def starts(self) -> None:
        """She opens the bot and adds it to her group."""
        self._hand.types("/start")
        self._group = add_group(self.server.cloud, "Coordinators", [self.id])

    def upgrades_group(self) -> None:
        """Her group becomes a supergroup, which has another number."""
        if self._group and self._group.migrated_to is None:
            migrate(self.server.cloud, self._group)

    def _changed(self, chat: Chat, change: Change) -> None:
        message = change.message
        if not message or change.by is not None or self.id not in chat.members or change.kind == "delete":
            return
        said = str(message.get("text", ""))
        labels = labels_of(message)
        headline = said.partition("\n")[0]
        if headline.startswith("Published: "):
            self.published.add(headline)
        elif headline.startswith("The invitation is ready"):
            self.invitations.add(said)
        elif "Show reports here" in labels:
            self._soon(chat, message, labels["Show reports here"])
        elif TABLE in labels:
            self._soon(chat, message, labels[TABLE])
        elif "Create the link" in labels:
            self._soon(chat, message, labels["Create the link"])
        elif "Publish" in labels and change.kind == "message" and self.chance.random() < PUBLISHES:
            self._soon(chat, message, labels["Publish"])
            self._cards += 1
            if self._cards % INVITES_EVERY == 0:
                asyncio.get_running_loop().call_soon(self._hand.types, "/invite")
            if self._cards % EXPORTS_EVERY == 0:
                asyncio.get_running_loop().call_soon(self._hand.types, "/export")

    def _soon(self, chat: Chat, message: Json, data: str) -> None:
        hand = Hand(self.server.cloud, self._hand.person, chat)
        self._about_to += 1

        def press() -> None:
            self._about_to -= 1
            hand.presses(int(message["message_id"]), data)

        asyncio.get_running_loop().call_later(self.chance.random() * 0.2, press)
