"""Reads the HTML of a rich message as the blocks that a bot could have sent instead of it."""

import re
from collections.abc import Sequence

from bot.botapi.cloud.world import Json
from bot.botapi.rich.tree import HEADINGS, INLINE, MEDIA, STYLES, Node, tree, unreadable

Given = Sequence[Node | str]

SPACE = re.compile(r"[ \t\r\n]+")
MENTION = re.compile(r"tg://user/?\?id=(\d+)$")
EMOJI = re.compile(r"tg://emoji/?\?id=(\d+)$")
MEDIUM = re.compile(r"tg://(?:photo|video|audio|document)/?\?id=([\w-]+)$")
KINDS = {
    "img": ("photo",),
    "video": ("video", "animation"),
    "audio": ("audio", "voice_note"),
    "tg-document": ("document",),
}


def blocks_of_html(source: str, media: Sequence[Json] = ()) -> list[Json]:
    """The blocks (InputRichBlock) in `source`; `media` are those that it refers to. Raises SpecError."""
    root = tree(source)
    return _Reading({each["id"]: each["media"] for each in media}, _references(root)).blocks(root.inside)


def _references(node: Node) -> set[str]:
    """The names of the texts that are referred to."""
    found = {node.attributes.get("name", "")} if node.tag == "tg-reference" else set()
    return found.union(*(_references(each) for each in node.inside if isinstance(each, Node)))


class _Reading:
    """Reads a tree; `media` by their id, `references` are the names that a link may refer to."""

    def __init__(self, media: dict[str, Json], references: set[str]) -> None:
        self._media = media
        self._references = references

    def blocks(self, given: Given) -> list[Json]:
        """The blocks in `given`; texts and inline elements that follow one another are a paragraph."""
        made: list[Json] = []
        run: list[Node | str] = []
        for each in [*given, None]:
            if isinstance(each, str) or (each is not None and self._is_inline(each)):
                run.append(each)
                continue
            if text := self.text(run):
                made.append({"type": "paragraph", "text": text})
            run = []
            if each is not None:
                made.append(self._block(each))
        return made

    def text(self, given: Given, *, exactly: bool = False) -> str | Json | list[str | Json]:
        """The RichText of `given`: white space is one space, and none is around it, unless `exactly`; "" for none."""
        parts: list[str | Json] = []
        for each in given:
            part = self._inline(each, exactly=exactly)
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part != "":
                parts.append(part)
        if not exactly:
            parts = _trimmed(parts)
        return parts[0] if len(parts) == 1 else parts or ""

    def _is_inline(self, node: Node) -> bool:
        if node.tag == "a" and "name" in node.attributes and "href" not in node.attributes:
            return False
        return node.tag in INLINE or (node.tag == "img" and bool(EMOJI.match(node.attributes.get("src", ""))))

    def _inline(self, each: Node | str, *, exactly: bool) -> str | Json:
        """A text or an inline element as RichText."""
        if isinstance(each, str):
            return each if exactly else SPACE.sub(" ", each)
        if not self._is_inline(each):
            raise unreadable(f'the tag "{each.tag}" can\'t be inside of a text')
        given = each.attributes
        if each.tag == "br":
            return "\n"
        if each.tag == "img":
            emoji = EMOJI.match(given.get("src", ""))
            custom = emoji[1] if emoji else ""
            return {"type": "custom_emoji", "custom_emoji_id": custom, "alternative_text": given.get("alt", "")}
        if each.tag == "tg-math":
            return {"type": "mathematical_expression", "expression": str(self.text(each.inside, exactly=True))}
        if each.tag == "tg-button":
            return {"type": "button", "button": self._button(each)}
        text = self.text(each.inside, exactly=exactly) if exactly else self._spaced(each.inside)
        match each.tag:
            case "a":
                return self._link(given.get("href", ""), text)
            case "tg-reference":
                return {"type": "reference", "text": text, "name": given.get("name", "")}
            case "tg-emoji":
                custom = given.get("emoji-id", "")
                return {"type": "custom_emoji", "custom_emoji_id": custom, "alternative_text": str(text)}
            case "tg-time":
                if not given.get("unix", "").isdecimal():
                    raise unreadable('the tag "tg-time" needs the attribute "unix"')
                form = given.get("format", "")
                return {"type": "date_time", "text": text, "unix_time": int(given["unix"]), "date_time_format": form}
            case _:
                return {"type": STYLES[each.tag], "text": text}

    def _spaced(self, given: Given) -> str | Json | list[str | Json]:
        """The RichText of what is inside of an inline element, with a space at its ends if it has one."""
        parts = [self._inline(each, exactly=False) for each in given]
        kept = [part for part in parts if part != ""]
        return kept[0] if len(kept) == 1 else kept or ""

    def _link(self, address: str, text: str | Json | list[str | Json]) -> Json:
        """A link as the kind of text that Telegram makes of its address."""
        if address.startswith("#"):
            name = address[1:]
            if name in self._references:
                return {"type": "reference_link", "text": text, "reference_name": name}
            return {"type": "anchor_link", "text": text, "anchor_name": name}
        if address.startswith("mailto:"):
            return {"type": "email_address", "text": text, "email_address": address.removeprefix("mailto:")}
        if address.startswith("tel:"):
            return {"type": "phone_number", "text": text, "phone_number": address.removeprefix("tel:")}
        if user := MENTION.match(address):
            return {
                "type": "text_mention",
                "text": text,
                "user": {"id": int(user[1]), "is_bot": False, "first_name": ""},
            }
        return {"type": "url", "text": text, "url": address}

    def _button(self, node: Node) -> Json:
        """A RichMessageButton."""
        given = node.attributes
        style = {"style": given["style"]} if "style" in given else {}
        return {"text": self.text(node.inside), **style, **self._action(given)}

    def _action(self, given: dict[str, str]) -> Json:
        """What a button does, by its type."""
        query = given.get("query", "")
        match kind := given.get("type", ""):
            case "url":
                return {"url": given.get("url", "")}
            case "callback_data":
                return {"callback_data": given.get("data", "")}
            case "web_app" | "login_url":
                return {kind: {"url": given.get("url", "")}}
            case "switch_inline_query" | "switch_inline_query_current_chat":
                return {kind: query}
            case "switch_inline_query_chosen_chat":
                allowed = {name.replace("-", "_"): True for name in given if name.startswith("allow-")}
                return {kind: {"query": query, **allowed}}
            case "copy_text":
                return {"copy_text": {"text": given.get("text", "")}}
            case "disabled":
                return {"disabled": {}}
            case _:
                raise unreadable(f'unknown type "{kind}" of a button')

    def _block(self, node: Node) -> Json:
        """An element as a block."""
        given, tag = node.attributes, node.tag
        if tag in HEADINGS:
            return {"type": "heading", "text": self.text(node.inside), "size": HEADINGS[tag]}
        if tag in MEDIA:
            return self._medium(node)
        match tag:
            case "p":
                return {"type": "paragraph", "text": self.text(node.inside)}
            case "footer":
                return {"type": "footer", "text": self.text(node.inside)}
            case "tg-thinking":
                return {"type": "thinking", "text": self.text(node.inside)}
            case "hr":
                return {"type": "divider"}
            case "a":
                return {"type": "anchor", "name": given["name"]}
            case "tg-math-block":
                return {"type": "mathematical_expression", "expression": str(self.text(node.inside, exactly=True))}
            case "pre":
                return self._preformatted(node)
            case "ul" | "ol":
                return {"type": "list", "items": self._items(node)}
            case "blockquote" if "expandable" in given or "collapsed" in given:
                text = self.text(node.without("cite"))
                return {"type": "expandable_blockquote", "text": text, **self._credit(node)}
            case "blockquote":
                return {"type": "blockquote", "blocks": self.blocks(node.without("cite")), **self._credit(node)}
            case "aside":
                return {"type": "pullquote", "text": self.text(node.without("cite")), **self._credit(node)}
            case "details":
                summary = next(iter(node.of("summary")), Node("summary", {}))
                opened = {"is_open": True} if "open" in given else {}
                blocks = self.blocks(node.without("summary"))
                return {"type": "details", "summary": self.text(summary.inside), "blocks": blocks, **opened}
            case "table":
                return self._table(node)
            case "tg-button-row":
                align = {"align": given["align"]} if "align" in given else {}
                return {"type": "buttons", "buttons": [self._button(each) for each in node.of("tg-button")], **align}
            case "tg-map":
                return self._map(given)
            case "figure":
                match self.blocks(node.without("figcaption")):
                    case [shown]:
                        return {**shown, **self._caption(node)}
                    case _:
                        raise unreadable('the tag "figure" must have one picture, film, sound, file or map')
            case "tg-collage" | "tg-slideshow":
                blocks = self.blocks(node.without("figcaption"))
                return {"type": tag.removeprefix("tg-"), "blocks": blocks, **self._caption(node)}
            case _:
                raise unreadable(f'the tag "{tag}" can\'t be here')

    def _preformatted(self, node: Node) -> Json:
        """A `<pre>`, with the language of a `<code>` that is all there is in it."""
        match node.inside:
            case [Node(tag="code") as code] if code.attributes.get("class", "").startswith("language-"):
                language = code.attributes["class"].removeprefix("language-")
                return {"type": "pre", "text": self.text(code.inside, exactly=True), "language": language}
            case _:
                return {"type": "pre", "text": self.text(node.inside, exactly=True)}

    def _items(self, node: Node) -> list[Json]:
        """The items of a list; those of an ordered one are numbered."""
        items = node.of("li")
        ordered = node.tag == "ol"
        back = "reversed" in node.attributes
        value = whole(node.attributes.get("start"), len(items) if back else 1)
        made = []
        for item in items:
            read: Json = {"blocks": self.blocks(item.without("input"))}
            for box in item.of("input"):
                read["has_checkbox"] = True
                if "checked" in box.attributes:
                    read["is_checked"] = True
            if ordered:
                value = whole(item.attributes.get("value"), value)
                kind = item.attributes.get("type") or node.attributes.get("type") or "1"
                read |= {"value": value, "type": kind}
                value += -1 if back else 1
            made.append(read)
        return made

    def _table(self, node: Node) -> Json:
        """A `<table>` with its rows and cells."""
        flags = {f"is_{name}": True for name in ("bordered", "striped", "compact") if name in node.attributes}
        cells = [[self._cell(cell) for cell in row.of("th", "td")] for row in node.of("tr")]
        caption: Json = next(({"caption": self.text(each.inside)} for each in node.of("caption")), {})
        return {"type": "table", "cells": cells, **flags, **caption}

    def _cell(self, node: Node) -> Json:
        """A cell; its text is left out if there is none."""
        given = node.attributes
        text = self.text(node.inside)
        spans = {name: int(given[name]) for name in ("colspan", "rowspan") if given.get(name, "").isdecimal()}
        return {
            **({"text": text} if text else {}),
            **({"is_header": True} if node.tag == "th" else {}),
            **spans,
            "align": given.get("align", "left"),
            "valign": given.get("valign", "middle"),
        }

    def _map(self, given: dict[str, str]) -> Json:
        """A `<tg-map>`."""
        try:
            location = {"latitude": float(given["lat"]), "longitude": float(given["long"])}
            zoom = {"zoom": int(given["zoom"])} if "zoom" in given else {}
        except (KeyError, ValueError):
            raise unreadable("a map needs numbers for its place") from None
        return {"type": "map", "location": location, **zoom}

    def _medium(self, node: Node) -> Json:
        """A picture, film, sound or file; `tg://photo?id=…` is one of the media that came with the message."""
        source = node.attributes.get("src", "")
        found = MEDIUM.match(source)
        known = self._media.get(found[1]) if found else None
        if found and known is None:
            raise unreadable(f'there is no media with the identifier "{found[1]}"')
        (kind, *others) = KINDS[node.tag]
        medium: Json = dict(known) if known else {"type": kind, "media": source}
        if medium["type"] not in (kind, *others):
            raise unreadable(f'the tag "{node.tag}" can\'t show a {medium["type"]}')
        if "tg-spoiler" in node.attributes:
            medium["has_spoiler"] = True
        return {"type": medium["type"], medium["type"]: medium}

    def _credit(self, node: Node) -> Json:
        """The field `credit` if there is a `<cite>`."""
        return next(({"credit": self.text(each.inside)} for each in node.of("cite")), {})

    def _caption(self, node: Node) -> Json:
        """The field `caption` if there is a `<figcaption>`."""
        for each in node.of("figcaption"):
            return {"caption": {"text": self.text(each.without("cite")), **self._credit(each)}}
        return {}


def whole(written: str | None, otherwise: int) -> int:
    """The whole number in an attribute, or `otherwise` if there is none."""
    return int(written) if written and written.removeprefix("-").isdecimal() else otherwise


def _trimmed(parts: list[str | Json]) -> list[str | Json]:
    """`parts` without white space at the two ends."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return [part for part in parts if part != ""]
