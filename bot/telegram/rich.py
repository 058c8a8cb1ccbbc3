"""Renders screens as rich messages (Bot API 10.1): one message with tables, and sections that its reader unfolds."""

import html
import itertools
from collections.abc import Iterator, Sequence

from bot.language.catalogues import Catalogue
from bot.telegram.rendering import Payload, in_html, keyboard, render
from conversations.language.screen import LONG, Line, Screen, Style, Table
from storage.messages.outbox import PLAIN

RICH = "rich_message"
"""The parameter for the content of a rich message."""

LONGEST_RICH, MOST_BLOCKS = 32_768, 500
"""The limits in the Bot API's documentation of rich messages; here the tags count as well."""

SHORT = 2 * LONG
"""With up to so many characters all sections are unfolded: they fill a small phone once."""


def requests(screen: Screen, catalogue: Catalogue, chat: int) -> list[tuple[str, Payload]]:
    """Returns the requests that show `screen` in `chat`, each as its method and its parameters without the chat.

    A group's message is never rich: one of its members may have an app that cannot show it.
    """
    plain = render(screen, catalogue)
    if screen.rich and chat > 0 and (content := _content(screen.lines, catalogue)):
        return [("sendRichMessage", {RICH: {"html": content}, **keyboard(screen, catalogue), PLAIN: plain})]
    return [("sendMessage", each) for each in plain]


def _content(lines: Sequence[Line], catalogue: Catalogue) -> str:
    """Returns the HTML of `lines`; "" if a rich message cannot hold them."""
    blocks = sum(2 + (len(line.table.rows) if line.table else 0) for line in lines)
    length = sum(len(catalogue.say(line.text)) for line in lines)
    content = "".join(_blocks(lines, catalogue, unfolded=length <= SHORT))
    return content if blocks <= MOST_BLOCKS and len(content) <= LONGEST_RICH else ""


def _blocks(lines: Sequence[Line], catalogue: Catalogue, *, unfolded: bool) -> Iterator[str]:
    if lines and lines[0].style is Style.QUESTION:
        yield f"<h3>{in_html(lines[0], catalogue)}</h3>"
        lines = lines[1:]
    head: Line | None = None
    for starts, group in itertools.groupby(lines, lambda line: line.style is Style.QUESTION):
        inside = list(group)
        if starts:
            *empty, head = inside
            yield from (f"<h4>{in_html(line, catalogue)}</h4>" for line in empty)
            continue
        section = list(itertools.takewhile(lambda line: line.style is Style.PLAIN, inside)) if head else []
        if head:
            opened = " open" if unfolded else ""
            content = "".join(_section(section, catalogue))
            yield f"<details{opened}><summary>{in_html(head, catalogue)}</summary>{content}</details>"
        yield from (_block(line, catalogue) for line in inside[len(section) :])
        head = None
    if head:
        yield f"<h4>{in_html(head, catalogue)}</h4>"


def _section(lines: Sequence[Line], catalogue: Catalogue) -> Iterator[str]:
    """Yields the lines below a heading: several are a list."""
    if len(lines) < 2 or any(line.table for line in lines):
        yield from (_block(line, catalogue) for line in lines)
    else:
        yield f"<ul>{''.join(f'<li>{_inline(line, catalogue)}</li>' for line in lines)}</ul>"


def _block(line: Line, catalogue: Catalogue) -> str:
    if line.table:
        return _table(line.table, catalogue)
    match line.style:
        case Style.HELP:
            return f"<footer>{_inline(line, catalogue)}</footer>"
        case Style.FOLDED:
            return f"<blockquote expandable>{_inline(line, catalogue)}</blockquote>"
        case _:
            return f"<p>{_inline(line, catalogue)}</p>"


def _table(table: Table, catalogue: Catalogue) -> str:
    rows = (
        f'<tr><td>{html.escape(catalogue.say(name))}</td><td align="right">{catalogue.say(number)}</td></tr>'
        for name, number in table.rows
    )
    return f"<table striped>{''.join(rows)}</table>"


def _inline(line: Line, catalogue: Catalogue) -> str:
    return in_html(line, catalogue).replace("\n", "<br>")
