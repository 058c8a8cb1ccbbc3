"""Parses the HTML subset of `parse_mode=HTML` like Telegram's server, with the same error texts.

The rules are those of https://core.telegram.org/bots/api#html-style and of `parse_html` in tdlib/td: a fixed set of
tags, properly nested; `&lt; &gt; &amp; &quot;` and numeric references; any other text after an ampersand stays
unchanged.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.botapi.specification.errors import bad_request, broken

ENTITY_OF = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SPACES = " \t\r\n\0\v"
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([a-zA-Z]+));?")
SPECIAL = re.compile(r"[<&>]")
TAG_NAME = re.compile(r"[^ \t\r\n\0\v>]*")
ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\0\v=>/\"']*")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
USER_LINK = re.compile(r"tg://user/?\?id=(\d+)$")

Entity = dict[str, Any]


@dataclass(slots=True)
class Open:
    """A start tag whose end tag has not come yet."""

    tag: str
    argument: str
    date: int
    offset: int  # in UTF-16 units
    at: int  # index in the pieces already read


@dataclass(slots=True)
class Reading:
    """The state of the parser."""

    source: str
    has_times: bool = True
    pieces: list[str] = field(default_factory=list)
    units: int = 0  # UTF-16 units in pieces
    entities: list[Entity] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add `text` unchanged."""
        self.pieces.append(text)
        self.units += utf16(text)

    def fail(self, what: str, at: int) -> Exception:
        """The error with Telegram's byte offset."""
        return complaint(f"{what} at byte offset {len(self.source[:at].encode())}")


def utf16(text: str) -> int:
    """The length of `text` as Telegram counts it: in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def complaint(what: str) -> Exception:
    """The error 400 for marks that Telegram refuses."""
    return broken(f"can't parse entities: {what}")


def parse(source: str, *, has_times: bool = True) -> tuple[str, list[Entity], list[str]]:
    """The plain text of `source`, its entities in Telegram's order, and remarks on characters that should be escaped.

    Raises SpecError with Telegram's "can't parse entities: …". A remark is for text that Telegram accepts but its
    documentation forbids: a bare `&` or `>`. Without `has_times` it is a server that does not know `<tg-time>`.
    """
    reading = Reading(source, has_times)
    at = 0
    while special := SPECIAL.search(source, at):
        reading.add(source[at : special.start()])
        match special[0]:
            case "<" if source.startswith("/", special.end()):
                at = end_tag(reading, special.start())
            case "<":
                at = start_tag(reading, special.start())
            case "&":
                text, at = reference(source, special.start())
                if at == special.end():
                    reading.remarks.append("a bare & in HTML should be written &amp;")
                reading.add(text)
            case _:
                reading.remarks.append("a bare > in HTML should be written &gt;")
                reading.add(">")
                at = special.end()
    reading.add(source[at:])
    if reading.open:
        raise complaint(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].tag}"')
    text = "".join(reading.pieces)
    try:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise complaint(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ) from None
    for entity in reading.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return *finished(text, reading.entities), reading.remarks


def finished(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """`text` and its entities in Telegram's order: those that begin earlier or reach further come first."""
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def reference(source: str, at: int) -> tuple[str, int]:
    """The character of the reference at `at` and the place after it; the `&` itself if it is not a reference."""
    found = REFERENCE.match(source, at)
    if found is None:
        return "&", at + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return (NAMED[name], found.end()) if name in NAMED else ("&", at + 1)
    digits = hexadecimal if hexadecimal is not None else decimal
    code = int(digits, 16 if hexadecimal is not None else 10) if digits else 0
    if code == 0 or code >= 0x10FFFF or len(found[0].rstrip(";")) >= 10:
        return "&", at + 1
    return chr(code), found.end()


def start_tag(reading: Reading, begin: int) -> int:
    """Read the start tag at `begin`; returns the place after it."""
    source = reading.source
    name = TAG_NAME.match(source, begin + 1)
    at = name.end() if name else begin + 1
    if at >= len(source):
        raise reading.fail("Unclosed start tag", begin)
    tag = source[begin + 1 : at].lower()
    if tag not in ENTITY_OF:
        raise reading.fail(f'Unsupported start tag "{tag}"', begin)
    if tag == "tg-time" and not reading.has_times:  # right, but for a newer server
        raise bad_request(str(reading.fail(f'Unsupported start tag "{tag}"', begin)).removeprefix("Bad Request: "))
    argument, date = "", 0
    while True:
        at = after_spaces(source, at)
        if source.startswith(">", at):
            break
        attribute, value, at = read_attribute(reading, tag, begin, at)
        match tag, attribute, value:
            case ("a", "href", str(given)) | ("tg-emoji", "emoji-id", str(given)) | ("tg-time", "format", str(given)):
                argument = given
            case "code", "class", str() if value.startswith("language-"):
                argument = value.removeprefix("language-")
            case "span", "class", str() if value.startswith("tg-"):
                argument = value.removeprefix("tg-")
            case "blockquote", "expandable", _:
                argument = "1"
            case "tg-time", "unix", str():
                date = int(value) if value.isdecimal() else 0
            case _:
                pass  # Telegram ignores unknown attributes
    if tag == "span" and argument != "spoiler":
        raise reading.fail('Tag "span" must have class "tg-spoiler"', begin)
    reading.open.append(Open(tag, argument, date, reading.units, len(reading.pieces)))
    return at + 1


def read_attribute(reading: Reading, tag: str, begin: int, at: int) -> tuple[str, str | None, int]:
    """The attribute at `at` of the tag that begins at `begin`: name, value if it has one, and the place after it."""
    source = reading.source
    name = ATTRIBUTE_NAME.match(source, at)
    if name is None or not name[0]:
        if at >= len(source):
            raise reading.fail("Unclosed start tag", begin)
        raise reading.fail(f'Empty attribute name in the tag "{tag}"', begin)
    at = after_spaces(source, name.end())
    if at >= len(source):
        raise reading.fail(f'Unclosed start tag "{tag}"', begin)
    if source[at] != "=":
        return name[0], None, at
    at = after_spaces(source, at + 1)
    if at >= len(source):
        raise reading.fail(f'Unclosed start tag "{tag}"', begin)
    if source[at] not in "\"'":
        token = NAME_TOKEN.match(source, at)
        end = token.end() if token else at
        if end < len(source) and source[end] not in SPACES + ">":
            raise reading.fail("Unexpected end of name token", at)
        value = source[at:end].lower()
    else:
        end = source.find(source[at], at + 1)
        if end < 0:
            raise reading.fail("Unclosed start tag", begin)
        value = unescape(source[at + 1 : end])
        end += 1
    if end >= len(source):
        raise reading.fail("Unclosed start tag", begin)
    return name[0], value, end


def unescape(value: str) -> str:
    """An attribute's value with its character references resolved."""
    pieces, at = [], 0
    while (found := value.find("&", at)) >= 0:
        text, after = reference(value, found)
        pieces += [value[at:found], text]
        at = after
    return "".join([*pieces, value[at:]])


def end_tag(reading: Reading, begin: int) -> int:
    """Read the end tag at `begin` and add its entity; returns the place after it."""
    if not reading.open:
        raise reading.fail("Unexpected end tag", begin)
    source = reading.source
    name = TAG_NAME.match(source, begin + 2)
    at = name.end() if name else begin + 2
    found = source[begin + 2 : at].lower()
    at = after_spaces(source, at)
    if not source.startswith(">", at):
        raise reading.fail("Unclosed end tag", begin)
    opened = reading.open.pop()
    if found and found != opened.tag:
        where = f"Unmatched end tag at byte offset {len(source[:begin].encode())}"
        raise complaint(f'{where}, expected "</{opened.tag}>", found "</{found}>"')
    if reading.units > opened.offset:
        keep_entity(reading, opened)
    return at + 1


def keep_entity(reading: Reading, opened: Open) -> None:
    """Add the entity that spans from `opened` to here; `<pre><code class=…>` becomes one entity with a language."""
    entity: Entity = {
        "type": ENTITY_OF[opened.tag],
        "offset": opened.offset,
        "length": reading.units - opened.offset,
    }
    before = reading.entities[-1] if reading.entities else None
    same_span = before is not None and (before["offset"], before["length"]) == (entity["offset"], entity["length"])
    match opened.tag:
        case "a":
            url = opened.argument or "".join(reading.pieces[opened.at :])
            if user := USER_LINK.match(url):
                entity |= {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": ""}}
            elif "." in url or "://" in url:
                entity["url"] = url
            else:
                return  # Telegram drops an invalid link and keeps its text
        case "pre" if same_span and before is not None and before["type"] == "code" and before.get("language"):
            before["type"] = "pre"
            return
        case "code" if same_span and before is not None and before["type"] == "pre" and opened.argument:
            before["language"] = opened.argument
            return
        case "code" if opened.argument:
            entity["language"] = opened.argument
        case "blockquote" if opened.argument:
            entity["type"] = "expandable_blockquote"
        case "tg-emoji":
            if not opened.argument.isdecimal() or int(opened.argument) == 0:
                raise complaint("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        case "tg-time":
            if opened.date <= 0:
                return
            entity["unix_time"] = opened.date
            if opened.argument:
                entity["date_time_format"] = opened.argument
        case _:
            pass
    reading.entities.append(entity)


def after_spaces(source: str, at: int) -> int:
    """The first place from `at` on without white space."""
    while at < len(source) and source[at] in SPACES:
        at += 1
    return at
