"""A local Telegram: the Bot API over HTTP, checked against its specification, with simulated phones.

It serves tests, benchmarks and trials; see docs/botapi.md. It knows nothing of Meldind and can test other bots.
"""

from bot.botapi.cloud.clock import Clock
from bot.botapi.cloud.faults import Fault
from bot.botapi.cloud.people import NotPossible
from bot.botapi.phones.phone import PIXEL, Phone, Phones
from bot.botapi.phones.screens import Screen
from bot.botapi.phones.transcript import transcript
from bot.botapi.server.server import BotApiServer

__all__ = [
    "PIXEL",
    "BotApiServer",
    "Clock",
    "Fault",
    "NotPossible",
    "Phone",
    "Phones",
    "Screen",
    "transcript",
]
