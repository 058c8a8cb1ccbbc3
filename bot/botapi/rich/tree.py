"""The HTML of a rich message as a tree; only the tags that Telegram documents, properly nested.

The tags and references are those of https://core.telegram.org/bots/api#rich-html-style. The texts of errors are this
server's own: Telegram's are not published.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.botapi.specification.errors import broken

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "mark": "marked",
    "sub": "subscript",
    "sup": "superscript",
    "tg-spoiler": "spoiler",
}
INLINE = {*STYLES, "a", "br", "tg-reference", "tg-emoji", "tg-time", "tg-math", "tg-button"}
HEADINGS = {f"h{size}": size for size in range(1, 7)}
MEDIA = {"img", "video", "audio", "tg-document"}
BLOCKS = {
    *HEADINGS,
    *MEDIA,
    *("p", "pre", "footer", "hr", "ul", "ol", "blockquote", "aside", "figure", "table", "details", "tg-map"),
    *("tg-collage", "tg-slideshow", "tg-math-block", "tg-button-row", "tg-thinking"),
}
PARTS = {"li", "input", "cite", "figcaption", "caption", "tr", "th", "td", "summary"}
EMPTY = {"br", "hr", "img", "input"}
NAMED = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "nbsp": "\u00a0",
    "hellip": "…",
    "mdash": "—",
    "ndash": "–",
    "lsquo": "‘",
    "rsquo": "’",
    "ldquo": "“",
    "rdquo": "”",
}


@dataclass(slots=True)
class Node:
    """An element with its attributes and what is in it: texts and elements."""

    tag: str
    attributes: dict[str, str]
    inside: "list[Node | str]" = field(default_factory=list)

    def of(self, *tags: str) -> "list[Node]":
        """The elements directly in it that have one of `tags`."""
        return [each for each in self.inside if isinstance(each, Node) and each.tag in tags]

    def without(self, *tags: str) -> "list[Node | str]":
        """What is directly in it, but for the elements that have one of `tags`."""
        return [each for each in self.inside if not (isinstance(each, Node) and each.tag in tags)]


def unreadable(why: str) -> Exception:
    """The error 400 for HTML that cannot be read as a rich message."""
    return broken(f"can't parse rich message: {why}")


def tree(source: str) -> Node:
    """The root of the elements in `source`. Raises SpecError for an unknown tag or one that is not closed."""
    reader = _Reader(convert_charrefs=False)
    reader.feed(source)
    reader.close()
    if len(reader.open) > 1:
        raise unreadable(f'can\'t find end tag corresponding to start tag "{reader.open[-1].tag}"')
    return reader.open[0]


class _Reader(HTMLParser):
    """Builds the tree; `open` has the root and the elements that are not closed yet."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, closed=tag in EMPTY)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, closed=True)

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        if len(self.open) == 1 or self.open[-1].tag != tag:
            raise unreadable(f'unexpected end tag "{tag}"')
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(NAMED.get(name, f"&{name};"))

    def handle_charref(self, name: str) -> None:
        code = int(name[1:], 16) if name[:1] in "xX" else int(name)
        self.handle_data(chr(code) if 0 < code < 0x110000 else f"&#{name};")

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]], *, closed: bool) -> None:
        if tag not in INLINE | BLOCKS | PARTS:
            raise unreadable(f'unsupported start tag "{tag}"')
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if not closed:
            self.open.append(node)
