"""The callback data of buttons: the report and step (or revision), the action, and its argument."""

import re

from conversations.language.events import Pressed
from conversations.language.screen import Button, Screen

LARGEST = 64
"""The most bytes of callback data."""

_PACKED = re.compile(r"(-|[0-9A-Za-z_-]+)\.(r?)(\d{1,9})\.([a-z_]+)\.(.*)", re.ASCII | re.DOTALL)


def pack(screen: Screen, button: Button) -> str:
    """Returns the callback data of `button` on `screen`."""
    belongs_to = screen.step if screen.revision is None else f"r{screen.revision}"
    data = f"{screen.report or '-'}.{belongs_to}.{button.action}.{button.argument}"
    if len(data) > LARGEST or not data.isascii():
        raise ValueError(f"a button carries more than {LARGEST} ASCII characters: {data!r}")
    return data


def unpack(data: object, message: int) -> Pressed:
    """Returns the press of a button with `data`; data that `pack` did not make becomes the action `unknown`."""
    found = _PACKED.fullmatch(data) if isinstance(data, str) and len(data) <= LARGEST else None
    if found is None:
        return Pressed("unknown", message=message)
    report, of_revision, number, action, argument = found.groups()
    named = "" if report == "-" else report
    if of_revision:
        return Pressed(action, argument, named, message=message, revision=int(number))
    return Pressed(action, argument, named, int(number), message)
