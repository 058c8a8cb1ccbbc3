"""Parses `parse_mode=MarkdownV2` and the older `Markdown` like Telegram's server, with the same error texts.

The rules are those of https://core.telegram.org/bots/api#markdownv2-style and of `parse_markdown_v2` and
`parse_markdown` in tdlib/td.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from bot.botapi.specification.telegram_html import USER_LINK, Entity, complaint, finished, utf16

RESERVED = "_*[]()~`>#+-=|{}.!"
ESCAPED = "_*`["  # in the older Markdown; a backslash stands for itself before anything else
LANGUAGE = re.compile(r"[^\s`]+(?=[\s])")
LINE_END = re.compile(r"\r\n|\n\r|\n|\r|")
SIGNS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler", "`": "code",
         "```": "pre", "[": "text_link", "![": "custom_emoji", ">": "blockquote"}  # fmt: skip
ENDS = {"text_link": "]", "custom_emoji": "]", **{kind: sign for sign, kind in SIGNS.items() if sign[-1] not in "[>"}}
NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


@dataclass(slots=True)
class Begun:
    """An entity whose end has not come yet."""

    kind: str
    offset: int  # in UTF-16 units
    at: int  # in the source
    inside: int  # index in the pieces already read
    language: str = ""


@dataclass(slots=True)
class MarkdownText:
    """The state of the parser."""

    source: str
    has_times: bool = True
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    units: int = 0  # UTF-16 units in pieces
    entities: list[Entity] = field(default_factory=list)
    open: list[Begun] = field(default_factory=list)
    line_begins: bool = True

    def add(self, text: str) -> None:
        """Add `text` unchanged."""
        self.pieces.append(text)
        self.units += utf16(text)
        self.line_begins = text == "\n"

    def bytes_before(self, at: int) -> int:
        """The place `at` as Telegram counts it in errors."""
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def keep(self, begun: Begun, **more: object) -> None:
        """Add the entity that spans from `begun` to here, unless it is empty."""
        if self.units > begun.offset:
            language = {"language": begun.language} if begun.language else {}
            length = self.units - begun.offset
            self.entities.append({"type": begun.kind, "offset": begun.offset, "length": length, **language, **more})


def parse_v2(source: str, *, has_times: bool = True) -> tuple[str, list[Entity]]:
    """The plain text of `source` in MarkdownV2 and its entities in Telegram's order. Raises SpecError.

    Without `has_times` it is a server that does not know links to times.
    """
    reading = MarkdownText(source, has_times)
    while reading.at < len(source):
        sign, inner = source[reading.at], reading.open[-1].kind if reading.open else ""
        following = source[reading.at + 1 : reading.at + 2]
        if sign == "\\" and following and 0 < ord(following) <= 126:
            reading.add(following)
            reading.line_begins = False
            reading.at += 2
        elif inner and (end := end_at(reading, inner)) is not None:
            close(reading, end)
        elif sign == "\n":
            newline(reading)
        elif sign not in ("`" if inner in ("code", "pre") else RESERVED):
            reading.add(sign)
            reading.at += 1
        else:
            begin(reading)
    if reading.open and reading.open[-1].kind == "blockquote":
        reading.keep(reading.open.pop())
    if reading.open:
        begun = reading.open[-1]
        name = "PreCode" if begun.language else NAMES[begun.kind]
        raise complaint(f"Can't find end of {name} entity at byte offset {reading.bytes_before(begun.at)}")
    return finished("".join(reading.pieces), reading.entities)


def end_at(reading: MarkdownText, inner: str) -> str | None:
    """The sign that ends the innermost entity here; None: it does not end here."""
    source, at = reading.source, reading.at
    if inner == "blockquote":
        if source.startswith("||", at) and (at + 2 == len(source) or leaves_quote(source, at + 2)):
            return "||"
        return "" if leaves_quote(source, at) else None
    if inner == "italic" and source.startswith("__", at):
        return None
    return ENDS[inner] if source.startswith(ENDS[inner], at) else None


def leaves_quote(source: str, at: int) -> bool:
    """Whether a line ends at `at` and the next one is not quoted."""
    return source.startswith("\n", at) and not source.startswith("\n>", at)


def newline(reading: MarkdownText) -> None:
    """A line ends; inside of a quotation the sign before the next one is left out."""
    reading.add("\n")
    reading.at += 1
    quoted = any(begun.kind == "blockquote" for begun in reading.open)
    if quoted and reading.source.startswith(">", reading.at):
        reading.at += 1
        reading.line_begins = False


def begin(reading: MarkdownText) -> None:
    """Begin the entity whose sign is here; SpecError for a sign that must be escaped."""
    source, at = reading.source, reading.at
    sign = next((each for each in ("```", "__", "||", "![") if source.startswith(each, at)), source[at])
    if sign not in SIGNS or (sign == ">" and not (reading.line_begins and not reading.open)):
        raise complaint(f"Character '{source[at]}' is reserved and must be escaped with the preceding '\\'")
    begun = Begun(SIGNS[sign], reading.units, at, len(reading.pieces))
    reading.at += len(sign)
    if sign == "```":
        begun.language = language(reading)
    reading.open.append(begun)


def language(reading: MarkdownText) -> str:
    """The programming language after the three signs; the end of its line is left out."""
    found = LANGUAGE.match(reading.source, reading.at)
    if found:
        reading.at = found.end()
    if line_end := LINE_END.match(reading.source, reading.at):
        reading.at = line_end.end()
    return found[0] if found else ""


def close(reading: MarkdownText, end: str) -> None:
    """End the innermost entity, whose last sign `end` is here."""
    begun = reading.open.pop()
    reading.at += len(end)
    match begun.kind:
        case "blockquote":
            if end:
                begun.kind = "expandable_blockquote"
            reading.keep(begun)
        case "text_link":
            inside = "".join(reading.pieces[begun.inside :])
            linked(reading, begun, address(reading, "a URL") if reading.source.startswith("(", reading.at) else inside)
        case "custom_emoji":
            if not reading.source.startswith("(", reading.at):
                raise complaint("Custom emoji entity must contain a tg://emoji URL")
            pictured(reading, begun, address(reading, "a custom emoji URL"))
        case _:
            reading.keep(begun)


def address(reading: MarkdownText, what: str) -> str:
    """The address in the parentheses that begin here."""
    source, at, read = reading.source, reading.at + 1, ""
    while at < len(source) and source[at] != ")":
        at += source[at] == "\\" and at + 1 < len(source) and 0 < ord(source[at + 1]) <= 126
        read += source[at]
        at += 1
    if at == len(source):
        raise complaint(f"Can't find end of {what} at byte offset {reading.bytes_before(reading.at + 1)}")
    reading.at = at + 1
    return read


def linked(reading: MarkdownText, begun: Begun, url: str) -> None:
    """Add a link; Telegram drops an invalid one and keeps its text."""
    if user := USER_LINK.match(url):
        begun.kind = "text_mention"
        reading.keep(begun, user={"id": int(user[1]), "is_bot": False, "first_name": ""})
    elif "." in url or "://" in url:
        reading.keep(begun, url=url)


def pictured(reading: MarkdownText, begun: Begun, url: str) -> None:
    """Add a custom emoji, or a time, which is written in the same way."""
    parts = urlsplit(url)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    match parts.scheme, parts.netloc:
        case "tg", "emoji" if given.get("id", "").isdecimal():
            reading.keep(begun, custom_emoji_id=given["id"])
        case "tg", "time" if reading.has_times and given.get("unix", "").isdecimal():
            begun.kind = "date_time"
            form = {"date_time_format": given["format"]} if "format" in given else {}
            reading.keep(begun, unix_time=int(given["unix"]), **form)
        case "tg", "emoji":
            raise complaint("Invalid custom emoji identifier specified")
        case _:
            raise complaint("Custom emoji URL must have scheme tg")


def parse(source: str) -> tuple[str, list[Entity]]:
    """The plain text of `source` in the older Markdown, which knows no nested entities, and its entities."""
    reading = MarkdownText(source)
    while reading.at < len(source):
        sign = source[reading.at]
        if sign == "\\" and source[reading.at + 1 : reading.at + 2] in tuple(ESCAPED):
            reading.add(source[reading.at + 1])
            reading.at += 2
        elif sign not in ESCAPED:
            reading.add(sign)
            reading.at += 1
        else:
            whole(reading)
    return finished("".join(reading.pieces), reading.entities)


def whole(reading: MarkdownText) -> None:
    """Read an entity of the older Markdown from its sign to its end."""
    source, begins = reading.source, reading.at
    sign = "```" if source.startswith("```", begins) else source[begins]
    end = "]" if sign == "[" else sign
    begun = Begun(SIGNS[sign], reading.units, begins, len(reading.pieces))
    reading.at += len(sign)
    if sign == "```":
        begun.language = language(reading)
    ends = source.find(end, reading.at)
    if ends < 0:
        raise complaint(f"Can't find end of the entity starting at byte offset {reading.bytes_before(begins)}")
    inside = source[reading.at : ends]
    reading.add(inside)
    reading.at = ends + len(end)
    if sign != "[":
        reading.keep(begun)
    elif source.startswith("(", reading.at):
        closing = source.find(")", reading.at)
        closing = len(source) if closing < 0 else closing
        linked(reading, begun, source[reading.at + 1 : closing])
        reading.at = closing + 1
    else:
        linked(reading, begun, inside)
