"""A local Telegram: the Bot API over real HTTP, checked against its specification, with people's phones on it.

For tests, benchmarks and trying the bot out; see docs/botapi.md. It knows nothing of Meldind and may test other bots.
"""

from bot.botapi.clock import Clock
from bot.botapi.faults import Fault
from bot.botapi.people import NotPossible
from bot.botapi.phone import PIXEL, Phone, Phones
from bot.botapi.screens import Screen
from bot.botapi.server import BotApiServer
from bot.botapi.transcript import transcript

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
