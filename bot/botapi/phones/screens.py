"""Messages as a phone displays them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.botapi.cloud.world import Json
from bot.botapi.phones.transcript import button_rows, summary


@dataclass(frozen=True, slots=True)
class Screen:
    """A displayed message: plain text (or caption, or its kind) and the labels of its buttons."""

    message_id: int
    by_bot: bool
    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    edited: bool = False
    raw: Json = field(default_factory=dict, repr=False, compare=False)  # the Message of the Bot API

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels in reading order."""
        return tuple(label for row in self.buttons for label in row)


def matching(label: str, buttons: Sequence[Json], *, exactly: bool) -> Json | None:
    """Returns the first button with `label`; unless `exactly`, also the only one whose label contains it."""
    if exactly:
        return next((button for button in buttons if button["text"] == label), None)
    close = [button for button in buttons if label in button["text"]]
    return close[0] if len(close) == 1 else None


def screen_of(message: Json, *, by_bot: bool) -> Screen:
    """`message` as it is displayed."""
    buttons = tuple(map(tuple, button_rows(message.get("reply_markup"))))
    return Screen(message["message_id"], by_bot, summary(message), buttons, "edit_date" in message, message)
