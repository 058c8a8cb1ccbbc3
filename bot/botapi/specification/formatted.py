"""Converts texts with a parse mode or entities to plain text with entities."""

from collections.abc import Iterable
from typing import Any

from bot.botapi.specification import entities, limits, markdown, telegram_html
from bot.botapi.specification.description import Fields
from bot.botapi.specification.errors import broken


def formatted_fields(fields: Fields) -> Iterable[tuple[str, str, str, int, int]]:
    """The text fields of `fields` with entities: their name, those of the mode and the entities, and the limits."""
    for name, field in fields.items():
        if field["types"] != ["String"] or (field.get("unit") != "parsed" and name != "message_text"):
            continue
        mode = f"{name}_parse_mode" if f"{name}_parse_mode" in fields else "parse_mode"
        own = f"{name}_entities" if f"{name}_entities" in fields else "entities"
        if mode in fields:
            yield name, mode, own, field["least"], field["most"]


def format_text(
    owner: str, read: dict[str, Any], names: tuple[str, str, str], remarks: list[str], *, has_times: bool = True
) -> None:
    """Replace a text with a parse mode or entities by plain text and entities in Telegram's form.

    `has_times`: whether the server knows the entity `date_time`.
    """
    text_field, mode_field, entities_field = names
    mode = read.pop(mode_field, "")
    written = read[text_field]
    match mode.lower():
        case "html":
            plain, marked, said = telegram_html.parse(written, has_times=has_times)
            remarks += said
        case "markdownv2":
            plain, marked = markdown.parse_v2(written, has_times=has_times)
        case "markdown":
            plain, marked = markdown.parse(written)
        case "" | "none":
            plain, marked = written, entities.checked(written, read.get(entities_field, []))
        case _:
            raise broken("unsupported parse_mode")
    shown, marked = entities.displayed(plain, marked)
    if written and not shown and f"{owner}.{text_field}" in limits.TOO_SHORT:
        raise broken("text must be non-empty")
    read[text_field] = shown
    if marked:
        read[entities_field] = marked
    else:
        read.pop(entities_field, None)
