"""Rich messages as a bot sends them (InputRichMessage) and gets them (RichMessage), and the limits on them."""

from collections.abc import Mapping
from typing import Any

from bot.botapi.cloud import media
from bot.botapi.cloud.rich_text import plain_text
from bot.botapi.cloud.world import Chat, Json, World
from bot.botapi.rich.html import blocks_of_html
from bot.botapi.specification.errors import bad_request, broken
from bot.botapi.specification.spec import CURRENT
from bot.botapi.specification.telegram_html import utf16
from bot.botapi.specification.values import Mismatch, Upload

LONGEST = (
    32_768  # UTF-16 units; this and the following: https://core.telegram.org/bots/api#rich-message-formatting-options
)
MOST_BLOCKS = 500  # with items, rows and what is in others
DEEPEST = 16
MOST_MEDIA = 50
MOST_COLUMNS = 20
MOST_BUTTONS = 8  # in a row

MEDIA = {"photo": "photo", "video": "video", "animation": "animation", "audio": "audio", "document": "document",
         "voice_note": "voice"}  # fmt: skip
MAP: Json = {"zoom": 15, "width": 600, "height": 300}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def rich_message(world: World, chat: Chat, given: Json, uploads: Mapping[str, Upload]) -> Json:
    """The RichMessage that the InputRichMessage `given` becomes in `chat`. Raises SpecError or ApiError."""
    blocks = input_blocks(given)
    made = _Making(world, chat, uploads)
    shown = made.blocks(blocks, 1)
    if not plain_text(shown).strip():
        raise broken("rich message must be non-empty")
    made.within_limits(shown)
    return {"blocks": shown, **({"is_rtl": True} if given.get("is_rtl") else {})}


def input_blocks(given: Json) -> list[Json]:
    """The blocks of the InputRichMessage `given`, of which exactly one form is there."""
    match [name for name in ("html", "markdown", "blocks") if name in given]:
        case ["blocks"]:
            blocks: list[Json] = given["blocks"]
            return blocks
        case ["html"]:
            read = blocks_of_html(given["html"], given.get("media", ()))
            try:
                checked: list[Json] = CURRENT.check_for(("Array of InputRichBlock",))(read, [])
            except Mismatch as mismatch:
                raise broken(str(mismatch)) from None
            return checked
        case ["markdown"]:
            raise bad_request("rich messages in Markdown are not understood by the local server")
        case _:
            raise broken("exactly one of the fields html, markdown and blocks of a rich message must be used")


class _Making:
    """Makes blocks as they are received, and counts them."""

    def __init__(self, world: World, chat: Chat, uploads: Mapping[str, Upload]) -> None:
        self._world = world
        self._chat = chat
        self._uploads = uploads
        self.media = 0
        self._count = 0

    def blocks(self, given: list[Json], depth: int) -> list[Json]:
        """`given` as they are received."""
        if depth > DEEPEST:
            raise broken("rich message is nested too deep")
        self._count += len(given)
        return [self._block(block, depth) for block in given]

    def _block(self, block: Json, depth: int) -> Json:
        match block["type"]:
            case "thinking":
                raise broken("the block “thinking” can be used only in drafts")
            case "list":
                self._count += len(block["items"])
                labels = map(label_of, block["items"])
                items = [
                    {"label": label, **item, "blocks": self.blocks(item["blocks"], depth + 1)}
                    for label, item in zip(labels, block["items"], strict=True)
                ]
                return {**block, "items": items}
            case "blockquote" | "details" | "collage" | "slideshow":
                return {**block, "blocks": self.blocks(block["blocks"], depth + 1)}
            case "table":
                self._count += len(block["cells"])
                if any(sum(cell.get("colspan", 1) for cell in row) > MOST_COLUMNS for row in block["cells"]):
                    raise broken("a table of a rich message has too many columns")
                return block
            case "buttons":
                if not 1 <= len(block["buttons"]) <= MOST_BUTTONS:
                    raise broken("a row of a rich message must have from 1 to 8 buttons")
                return block
            case "map":
                return {**MAP, **block}
            case kind if kind in MEDIA:
                return self._medium(block, kind)
            case _:
                return block

    def _medium(self, block: Json, kind: str) -> Json:
        """A block with a file: the file as in a message."""
        self.media += 1
        item = block[kind]
        _, shown = media.sent_by_bot(self._world, self._chat, MEDIA[kind], item["media"], self._uploads)
        spoiler = {"has_spoiler": True} if item.get("has_spoiler") else {}
        return {**block, kind: shown[MEDIA[kind]], **spoiler}

    def within_limits(self, shown: list[Json]) -> None:
        """Raise SpecError if there is more than a message may have."""
        if utf16(plain_text(shown)) > LONGEST:
            raise broken("rich message is too long")
        if self._count > MOST_BLOCKS:
            raise broken("rich message has too many blocks")
        if self.media > MOST_MEDIA:
            raise broken("rich message has too many media")


def label_of(item: Mapping[str, Any]) -> str:
    """What stands before an item: a bullet, or its number in the form that its type says."""
    if "value" not in item and "type" not in item:
        return "•"
    value = item.get("value", 1)
    match item.get("type", "1"):
        case "a" if value > 0:
            label = letters(value)
        case "A" if value > 0:
            label = letters(value).upper()
        case "i" if value > 0:
            label = roman(value)
        case "I" if value > 0:
            label = roman(value).upper()
        case _:
            label = str(value)
    return f"{label}."


def letters(value: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    said = ""
    while value:
        value, rest = divmod(value - 1, len(LETTERS))
        said = LETTERS[rest] + said
    return said


def roman(value: int) -> str:
    """`value` as a small Roman numeral."""
    said = ""
    for worth, sign in ROMAN:
        times, value = divmod(value, worth)
        said += sign * times
    return said
