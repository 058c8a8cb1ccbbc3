"""What a rich message (RichMessage) says: its plain text, line by line, and its buttons."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.botapi.cloud.world import Json


def plain_text(blocks: Sequence[Json]) -> str:
    """The text of `blocks`, a block or a row a line."""
    return "\n".join(line for block in blocks for line in lines(block))


def lines(block: Json) -> Iterator[str]:
    """The lines of one block; its files are in parentheses, as elsewhere."""
    match block["type"]:
        case "list":
            for item in block["items"]:
                box = ("[x] " if item.get("is_checked") else "[ ] ") if item.get("has_checkbox") else ""
                first, *more = plain_text(item["blocks"]).split("\n")
                yield f"{item['label']} {box}{first}"
                yield from (f"  {line}" for line in more)
        case "table":
            if "caption" in block:
                yield words(block["caption"])
            for row in block["cells"]:
                yield " | ".join(words(cell.get("text", "")) for cell in row)
        case "details":
            yield words(block["summary"])
            yield from plain_text(block["blocks"]).split("\n")
        case "blockquote":
            yield from plain_text(block["blocks"]).split("\n")
        case "collage" | "slideshow":
            yield from plain_text(block["blocks"]).split("\n")
        case "divider":
            yield "———"
        case "mathematical_expression":
            yield block["expression"]
        case "anchor" | "buttons":
            return
        case "map":
            place = block["location"]
            yield f"(map: {place['latitude']}, {place['longitude']})"
        case "photo" | "video" | "animation" | "audio" | "document" | "voice_note" as kind:
            yield f"({kind})"
        case _:
            yield from words(block["text"]).split("\n")
    if isinstance(caption := block.get("caption"), dict) and "type" not in caption:
        yield words(caption["text"])
    if "credit" in block:
        yield words(block["credit"])


def words(text: Any) -> str:
    """The plain text of a RichText."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(map(words, text))
    match text["type"]:
        case "button":
            return f"[{words(text['button']['text'])}]"
        case "custom_emoji":
            return str(text["alternative_text"])
        case "mathematical_expression":
            return str(text["expression"])
        case "anchor":
            return ""
        case _:
            return words(text["text"])


def button_rows(blocks: Any) -> list[list[Json]]:
    """The buttons in `blocks`, row by row, with plain text; one in a text is a row of its own."""
    rows: list[list[Json]] = []
    if isinstance(blocks, list):
        for each in blocks:
            rows += button_rows(each)
    elif isinstance(blocks, dict):
        if blocks.get("type") == "buttons":
            return [[{**button, "text": words(button["text"])} for button in blocks["buttons"]]]
        if blocks.get("type") == "button":
            return [[{**blocks["button"], "text": words(blocks["button"]["text"])}]]
        for value in blocks.values():
            rows += button_rows(value)
    return rows
