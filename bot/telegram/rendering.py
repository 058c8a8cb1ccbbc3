"""Renders screens for Telegram: HTML, keyboards and limits. No other module knows these."""

import html
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.language.catalogues import Catalogue, shortened
from bot.telegram.buttons import pack
from conversations.language.screen import Button, Enclosed, Line, Screen, Style
from conversations.language.words import Moment, Place, parts
from conversations.reading.text import length_utf16

LONGEST_TEXT = 4096  # UTF-16 units, counted without the tags
LONGEST_CAPTION = 1024
LONGEST_LABEL = 40
LONGEST_OWN_LABEL = 64
"""The characters of a label in which nothing is written by a person: room for a language that needs 40 % more."""
LONGEST_COPY = 256
WIDEST_ROW = 8
NARROW_PHONE = 34
"""The characters that the buttons of one row, all of equal width, can show on a narrow phone: half of the row has about
135 pixels for text, which is mostly enough for 17 letters of the three languages."""
MOST_BUTTONS = 100
CHOSEN = "✓ "

_TAGS = {Style.QUESTION: "<b>{}</b>", Style.HELP: "<i>{}</i>", Style.FOLDED: "<blockquote expandable>{}</blockquote>"}
_SENTENCE_ENDS = (".", "!", "?", "…")
_ANY_TAG = re.compile(r'</?(?:[bia]|blockquote|tg-time)(?: href="[^"]*"| unix="\d+"| expandable)?>')
_MOMENT_TAG = re.compile(r'</?tg-time(?: unix="\d+")?>')
_NUMBER_ROOM = 12  # digits of a message id

Payload = dict[str, Any]
"""The parameters of one `sendMessage`, without the chat."""


def render(screen: Screen, catalogue: Catalogue) -> list[Payload]:
    """`screen` as messages, in order; a long screen becomes several, with the buttons under the last."""
    longest = LONGEST_TEXT - _NUMBER_ROOM if screen.numbered else LONGEST_TEXT
    texts = list(_pages(_paragraphs(screen.lines, catalogue), longest, in_sections=screen.numbered))
    if screen.numbered and len(texts) > 1:
        texts = [f"<i>{number}/{len(texts)}</i>\n\n{text}" for number, text in enumerate(texts, 1)]
    messages: list[Payload] = [
        {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}} for text in texts
    ]
    messages[-1] |= keyboard(screen, catalogue)
    return messages


def render_enclosed(enclosed: Enclosed, catalogue: Catalogue) -> tuple[str, Payload]:
    """Returns the method that sends the enclosure, and its parameters; the content is added when it is sent."""
    held = {"kind": enclosed.kind, "data": enclosed.data, "name": enclosed.name}
    method = "sendPhoto" if enclosed.kind in ("qr", "chart", "map", "photo") else "sendDocument"
    return method, {"caption": shortened(catalogue.say(enclosed.alt), LONGEST_CAPTION), "enclosed": held}


def without_format(payload: Payload) -> Payload:
    """`payload` as plain text, for a server that could not read the HTML."""
    plain = {name: value for name, value in payload.items() if name != "parse_mode"}
    return {**plain, "text": html.unescape(_ANY_TAG.sub("", payload["text"]))}


def without_moments(payload: Payload) -> Payload:
    """`payload` for a server that knows no moments in texts (a Bot API before 9.5): only their words are left."""
    return {**payload, "text": _MOMENT_TAG.sub("", payload["text"])}


def has_moments(payload: Mapping[str, Any]) -> bool:
    """Whether a moment is marked in the text of `payload`."""
    return "<tg-time" in payload.get("text", "")


class _Paragraph(NamedTuple):
    """A line as text, with the gap before it, its links and its moments."""

    gap: str
    text: str
    style: Style
    link: tuple[str, str] | None
    moments: Sequence[tuple[str, datetime]]

    @property
    def size(self) -> int:
        """Its length in a message, in UTF-16 units."""
        return length_utf16(self.gap) + length_utf16(self.text)


def _paragraphs(lines: Sequence[Line], catalogue: Catalogue) -> list[_Paragraph]:
    """Returns the lines with text, as paragraphs."""
    found: list[_Paragraph] = []
    for line in lines:
        if text := catalogue.say(line.text).strip():
            gap = _gap(found[-1].text, found[-1].style, text, line.style) if found else ""
            found.append(_Paragraph(gap, text, line.style, *_marks(line, catalogue)))
    return found


def _marks(line: Line, catalogue: Catalogue) -> tuple[tuple[str, str] | None, list[tuple[str, datetime]]]:
    """Returns the words and the address of the line's link, and what it says of moments."""
    link = (catalogue.say(line.link[0]), line.link[1]) if line.link and line.link[1] else None
    return link, [(catalogue.say(each.said), each.at) for each in parts(line.text) if isinstance(each, Moment)]


def _gap(above: str, style_above: Style, below: str, style_below: Style) -> str:
    """Returns the gap between two lines: none between a question and its small print, or in a list; otherwise an empty
    line.
    """
    if {style_above, style_below} == {Style.QUESTION, Style.HELP}:
        return "\n"
    if style_above is not style_below or style_below is Style.HELP:
        return "\n\n"
    prose = above.endswith(_SENTENCE_ENDS) and below.endswith(_SENTENCE_ENDS)
    return "\n\n" if prose else "\n"


def _pages(paragraphs: Sequence[_Paragraph], longest: int, *, in_sections: bool) -> Iterator[str]:
    """Texts within Telegram's limit, cut between paragraphs if possible, and with `in_sections` between sections."""
    page, length = "", 0
    for nth, (gap, text, style, link, moments) in enumerate(paragraphs):
        if page and in_sections and style is Style.QUESTION:
            section = _section(paragraphs[nth:])
            if length + section > longest >= section:
                yield page
                page, length = "", 0
        for number, piece in enumerate(_pieces(text, longest)):
            space = gap if number == 0 and page else ""
            size = length_utf16(space) + length_utf16(piece)
            if page and length + size > longest:
                yield page
                page, length, space = "", 0, ""
                size = length_utf16(piece)
            page += space + _styled(piece, style, link, moments)
            length += size
    yield page or "…"  # Telegram accepts no empty message


def _section(paragraphs: Sequence[_Paragraph]) -> int:
    """Returns the length of a heading and its section."""
    under = itertools.takewhile(lambda each: each.style is not Style.QUESTION, paragraphs[1:])
    return paragraphs[0].size + sum(each.size for each in under)


def _pieces(text: str, longest: int) -> Iterator[str]:
    """`text` in pieces that fit in a message, cut after a paragraph, a line or a word if possible."""
    while length_utf16(text) > longest:
        fitting = _fitting(text, longest)
        cut = max(fitting.rfind("\n\n"), 0) or max(fitting.rfind("\n"), 0) or max(fitting.rfind(" "), 0) or len(fitting)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _fitting(text: str, longest: int) -> str:
    """Returns the longest beginning of `text` that fits."""
    units = 0
    for index, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > longest:
            return text[:index]
    return text


def _styled(text: str, style: Style, link: tuple[str, str] | None, moments: Sequence[tuple[str, datetime]] = ()) -> str:
    return _TAGS.get(style, "{}").replace("{}", _marked(text, link, moments))


def in_html(line: Line, catalogue: Catalogue) -> str:
    """Returns what `line` says as HTML with its link and its moments, without the look of its style."""
    return _marked(catalogue.say(line.text).strip(), *_marks(line, catalogue))


def _marked(text: str, link: tuple[str, str] | None, moments: Sequence[tuple[str, datetime]]) -> str:
    escaped = html.escape(text, quote=False)
    for said, at in moments:
        # Without a format Telegram shows the words as they are, in the reader's own language.
        words = html.escape(said, quote=False)
        escaped = escaped.replace(words, f'<tg-time unix="{int(at.timestamp())}">{words}</tg-time>', 1)
    if link:
        words = html.escape(link[0], quote=False)
        escaped = escaped.replace(words, f'<a href="{html.escape(link[1])}">{words}</a>', 1)
    return escaped


def keyboard(screen: Screen, catalogue: Catalogue) -> Payload:
    """Returns the parameter with the screen's buttons; nothing if it has none."""
    rows: list[list[dict[str, Any]]] = []
    room = MOST_BUTTONS
    for row in screen.rows:
        buttons = [_button(screen, button, catalogue) for button in row[:room]]
        room -= len(buttons)
        across = _across(buttons)
        rows.extend(buttons[start : start + across] for start in range(0, len(buttons), across))
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _across(buttons: Sequence[Mapping[str, Any]]) -> int:
    """How many of a row's buttons fit beside each other without cut labels; a mark before a label does not count.

    This is decided here because the length of labels depends on the reader's language.
    """
    longest = max((len(button["text"].removeprefix(CHOSEN)) for button in buttons), default=1)
    return max(1, min(WIDEST_ROW, NARROW_PHONE // longest))


def _has_own_text(label: Place) -> bool:
    """Returns whether a person wrote something of `label`."""
    return any(isinstance(part, str) for part in parts(label))


def _button(screen: Screen, button: Button, catalogue: Catalogue) -> dict[str, Any]:
    label = " ".join(catalogue.say(button.label).split()) or "…"
    if len(label) > LONGEST_LABEL:
        label = shortened(label, LONGEST_LABEL if _has_own_text(button.label) else LONGEST_OWN_LABEL)
    shown = {"text": f"{CHOSEN}{label}" if button.chosen else label}
    if button.tone:
        shown["style"] = button.tone  # an older server or client leaves it out
    if button.link:
        return {**shown, "url": button.link}
    if button.copies:
        return {**shown, "copy_text": {"text": button.copies[:LONGEST_COPY]}}
    return {**shown, "callback_data": pack(screen, button)}
