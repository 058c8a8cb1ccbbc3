"""Screens as Telegram shows them: HTML, keyboards and limits, and no place else knows these."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.buttons import pack
from bot.catalogues import Catalogue, shortened
from conversations.reading.text import length_utf16
from conversations.screen import Button, Enclosed, Line, Screen, Style

LONGEST_TEXT = 4096  # UTF-16 units, counted without the tags
LONGEST_CAPTION = 1024
LONGEST_LABEL = 40
WIDEST_ROW = 8
MOST_BUTTONS = 100

_TAGS = {Style.QUESTION: "b", Style.HELP: "i"}
_SENTENCE_ENDS = (".", "!", "?", "…")
_ANY_TAG = re.compile(r"</?[bi]>")

Payload = dict[str, Any]
"""The parameters of one `sendMessage`, without the chat."""


def render(screen: Screen, catalogue: Catalogue) -> list[Payload]:
    """`screen` as the messages it takes, in order; a long one is several, with the buttons under the last."""
    texts = list(_pages(_paragraphs(screen.lines, catalogue)))
    messages: list[Payload] = [
        {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}} for text in texts
    ]
    if keyboard := _keyboard(screen, catalogue):
        messages[-1]["reply_markup"] = {"inline_keyboard": keyboard}
    return messages


def render_enclosed(enclosed: Enclosed, catalogue: Catalogue) -> tuple[str, Payload]:
    """The method that sends what is enclosed, and its parameters; the content comes in when it is sent."""
    held = {"kind": enclosed.kind, "data": enclosed.data, "name": enclosed.name}
    method = {"qr": "sendPhoto", "audit": "sendDocument"}[enclosed.kind]
    return method, {"caption": shortened(catalogue.say(enclosed.alt), LONGEST_CAPTION), "enclosed": held}


def without_format(payload: Payload) -> Payload:
    """`payload` as plain text, for a server that could not read the HTML."""
    plain = {name: value for name, value in payload.items() if name != "parse_mode"}
    return {**plain, "text": html.unescape(_ANY_TAG.sub("", payload["text"]))}


def _paragraphs(lines: Sequence[Line], catalogue: Catalogue) -> Iterator[tuple[str, str, Style]]:
    """Each line as its distance from the one before, its text and its style."""
    before: tuple[str, Style] | None = None
    for line in lines:
        if text := catalogue.say(line.text).strip():
            yield "" if before is None else _gap(*before, text, line.style), text, line.style
            before = text, line.style


def _gap(above: str, style_above: Style, below: str, style_below: Style) -> str:
    """What belongs together stands together: a question and its small print, the lines of a list. Else there is air."""
    if {style_above, style_below} == {Style.QUESTION, Style.HELP}:
        return "\n"
    if style_above is not style_below or style_below is Style.HELP:
        return "\n\n"
    prose = above.endswith(_SENTENCE_ENDS) and below.endswith(_SENTENCE_ENDS)
    return "\n\n" if prose else "\n"


def _pages(paragraphs: Iterator[tuple[str, str, Style]]) -> Iterator[str]:
    """Texts that Telegram takes, cut between paragraphs where that is possible."""
    page, length = "", 0
    for gap, text, style in paragraphs:
        for number, piece in enumerate(_pieces(text)):
            space = gap if number == 0 else ""
            size = length_utf16(space) + length_utf16(piece)
            if page and length + size > LONGEST_TEXT:
                yield page
                page, length, space = "", 0, ""
                size = length_utf16(piece)
            page += space + _styled(piece, style)
            length += size
    yield page or "…"  # Telegram takes no empty message


def _pieces(text: str) -> Iterator[str]:
    """`text` in pieces that fit into a message, cut after a paragraph, a line or a word where there is one."""
    while length_utf16(text) > LONGEST_TEXT:
        fitting = _fitting(text)
        cut = max(fitting.rfind("\n\n"), 0) or max(fitting.rfind("\n"), 0) or max(fitting.rfind(" "), 0) or len(fitting)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _fitting(text: str) -> str:
    """As much of the beginning of `text` as fits."""
    units = 0
    for index, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > LONGEST_TEXT:
            return text[:index]
    return text


def _styled(text: str, style: Style) -> str:
    escaped = html.escape(text, quote=False)
    tag = _TAGS.get(style)
    return f"<{tag}>{escaped}</{tag}>" if tag else escaped


def _keyboard(screen: Screen, catalogue: Catalogue) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = []
    room = MOST_BUTTONS
    for row in screen.rows:
        buttons = [_button(screen, button, catalogue) for button in row[:room]]
        room -= len(buttons)
        rows.extend(buttons[start : start + WIDEST_ROW] for start in range(0, len(buttons), WIDEST_ROW))
    return rows


def _button(screen: Screen, button: Button, catalogue: Catalogue) -> dict[str, str]:
    label = shortened(" ".join(catalogue.say(button.label).split()) or "…", LONGEST_LABEL)
    return {"text": f"✓ {label}" if button.chosen else label, "callback_data": pack(screen, button)}
