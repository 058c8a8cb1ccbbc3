"""Cleans and trims texts, and finds the entities that Telegram adds itself."""

import re

from bot.botapi.specification.errors import broken
from bot.botapi.specification.telegram_html import Entity, utf16

CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
TRIMMED = " \n\t\u00a0\u200b\u2060\ufeff"
HINT = re.compile(r"[/@#.:]")
FOUND = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"]+|(?<![@\w./-])(?:[\w-]+\.)+(?:com|org|net|dk|si|eu|me|info|io)\b(?:/[^\s<>\"]*)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?!\w)"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{4,32})\b"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
)


def cleaned(text: str) -> str:
    """`text` with spaces instead of control characters. Raises SpecError for a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise broken("strings must be encoded in UTF-8") from None
    return CONTROL.sub(" ", text.replace("\r", "")) if CONTROL.search(text) else text


def displayed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """`text` without surrounding white space, and `entities` shifted, with those that Telegram finds itself.

    The returned text is empty if there was only white space.
    """
    shown = text.strip(TRIMMED)
    if shown is not text and shown != text:
        entities = clipped(entities, utf16(text[: text.find(shown)]) if shown else 0, utf16(shown))
    return shown, with_found(shown, entities)


def clipped(entities: list[Entity], start: int, length: int) -> list[Entity]:
    """`entities` clipped to the part of a text that begins at `start` and has `length` UTF-16 units."""
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - start, 0)
        end = min(entity["offset"] + entity["length"] - start, length)
        if end > begin:
            kept.append({**entity, "offset": begin, "length": end - begin})
    return kept


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """`entities` and those found in `text` (commands, links, addresses, mentions, tags) where nothing is marked yet."""
    if not HINT.search(text):
        return entities
    found: list[Entity] = []
    for match in FOUND.finditer(text):
        offset, length = utf16(text[: match.start()]), utf16(match[0])
        if not any(
            offset < entity["offset"] + entity["length"] and entity["offset"] < offset + length
            for entity in entities
            if entity["type"] in ("text_link", "text_mention", "code", "pre")
        ):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    if not found:
        return entities
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def checked(text: str, entities: list[Entity]) -> list[Entity]:
    """Check entities given instead of a parse mode. Raises SpecError if one is outside of `text`."""
    units = utf16(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > units:
            raise broken(f"entity beginning at UTF-16 offset {entity['offset']} ends outside of the text")
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
