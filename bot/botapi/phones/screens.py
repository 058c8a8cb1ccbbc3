"""Messages as a phone displays them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.botapi.cloud.world import Json
from bot.botapi.phones.transcript import buttons_of, summary


@dataclass(frozen=True, slots=True)
class Screen:
    """A displayed message: plain text (or caption, or its kind) and the labels of its buttons."""

    message_id: int
    by_bot: bool
    text: str
    buttons: tuple[tuple[str, ...], ...] = ()
    edited: bool = False
    ephemeral: bool = False  # only this person sees it, and `message_id` is its number among those
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
    buttons = tuple(tuple(button["text"] for button in row) for row in buttons_of(message))
    ephemeral = "ephemeral_message_id" in message
    number = message["ephemeral_message_id" if ephemeral else "message_id"]
    return Screen(number, by_bot, summary(message), buttons, "edit_date" in message, ephemeral, message)
