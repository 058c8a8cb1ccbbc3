"""The local Telegram without its HTTP: the world, waiting updates, and faults."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.botapi.cloud.clock import Clock
from bot.botapi.cloud.faults import Faults
from bot.botapi.cloud.flood import Flood
from bot.botapi.cloud.updates import Delivery, Updates
from bot.botapi.cloud.webhook import Webhook
from bot.botapi.cloud.world import Json, World
from bot.botapi.specification.spec import CURRENT, Method, Specification
from bot.botapi.specification.values import Upload


@dataclass(slots=True)
class Cloud:
    """The Telegram of one bot. Only `token` is accepted; `specification` is the version of the Bot API it speaks."""

    token: str
    clock: Clock
    world: World
    updates: Updates
    webhook: Webhook
    faults: Faults
    flood: Flood
    specification: Specification = CURRENT

    @classmethod
    def create(cls, token: str, *, clock: Clock, seed: int, name: str, username: str) -> "Cloud":
        """Returns an empty world with a bot called `name`; `seed` is that of all random choices."""
        bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}
        updates = Updates(clock, Delivery(Random(seed)))
        return cls(
            token=token,
            clock=clock,
            world=World(clock, bot, Random(seed)),
            updates=updates,
            webhook=Webhook(updates, clock),
            faults=Faults(Random(seed)),
            flood=Flood(clock),
        )


@dataclass(slots=True)
class Call:
    """One checked Bot API call. `params` are as `spec` reads them, `uploads` the files by form field."""

    cloud: Cloud
    method: Method
    params: Json
    uploads: dict[str, Upload] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The world the call acts in."""
        return self.cloud.world

    def get(self, name: str, default: Any = None) -> Any:
        """Returns a parameter, or `default` when it was not given."""
        return self.params.get(name, default)
