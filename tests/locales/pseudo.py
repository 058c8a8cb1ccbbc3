"""A language that nobody speaks: every sentence of the sources with accents, in brackets and 40 % longer.

What a person is shown without brackets has gone past the catalogues; what is cut here would be cut in a language that
needs more room than English. It is made from the template when it is first needed, and is not in `locales/`.
"""

import ast
import gettext
import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from bot.language.catalogues import Catalogue
from bot.sending.showing import LONGEST_TOAST
from bot.telegram.rendering import render
from conversations.context.session import Turn
from conversations.language.screen import Enclosed, Screen
from conversations.language.words import Listed, Place, Shortened, parts

TOP = Path(__file__).parents[2]
MARKERS = {"_", "counted", "labelled"}
SPEAKING = tuple(f"conversations/{room}" for room in ("engine", "flows", "forms", "vocabulary"))
"""Where screens are made."""
OPENING, CLOSING = "⟦", "⟧"
LONGER = 1.4

_ACCENTS = str.maketrans("aceilnorsuyzACEILNORSUYZ", "áćéíłńóŕśúýźÁĆÉÍŁŃÓŔŚÚÝŹ")
_SAID = re.compile(r"[A-Z][a-z]{2,}(?![\w/])|[a-z]+ [a-z]+")
_PLACE = re.compile(r"(\{\w+\})")


class BypassesCataloguesError(AssertionError):
    """A sentence that no translator will ever see."""


def lengthened(text: str) -> str:
    """Returns `text` in the pseudo-language, its places unchanged; a text without letters stays as it is."""
    bare = _PLACE.sub("", text)
    if not re.search(r"[^\W\d_]", bare):
        return text
    accented = "".join(
        piece if _PLACE.fullmatch(piece) else piece.translate(_ACCENTS) for piece in _PLACE.split(text) if piece
    )
    more = max(math.ceil(len(bare) * LONGER) - len(bare) - len(OPENING + CLOSING), 0)
    return f"{OPENING}{accented}{'~' * more}{CLOSING}"


class PseudoTranslations(gettext.NullTranslations):
    """The template as translations; a sentence that is not in it is an error."""

    def __init__(self) -> None:
        super().__init__()
        with (TOP / "locales" / "meldind.pot").open("rb") as file:
            template = read_po(file, abort_invalid=True)
        self._longer: dict[tuple[str | None, str], str] = {
            (message.context, text): lengthened(text)
            for message in template
            if message.id
            for text in ((message.id,) if isinstance(message.id, str) else message.id)
        }

    def gettext(self, message: str) -> str:
        return self._of(None, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._of(None, msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._of(context, message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._of(context, msgid1 if n == 1 else msgid2)

    def _of(self, context: str | None, text: str) -> str:
        if found := self._longer.get((context, text)):
            return found
        if lengthened(text) == text:
            return text  # only places, as `{own}`
        raise BypassesCataloguesError(f"not in locales/meldind.pot: {text!r}")


@cache
def pseudo_translations() -> PseudoTranslations:
    """The pseudo-language, made once."""
    return PseudoTranslations()


class PseudoCatalogue(Catalogue):
    """The pseudo-language as the bot speaks it; dates and numbers are English."""

    def __init__(self) -> None:
        super().__init__("en", ZoneInfo("UTC"))
        self.__dict__["_translations"] = pseudo_translations()


@cache
def pseudo_catalogue() -> PseudoCatalogue:
    """The catalogue of the pseudo-language."""
    return PseudoCatalogue()


@cache
def texts_in_sources(rooms: tuple[str, ...] = SPEAKING) -> frozenset[str]:
    """The texts of the sources that read like something said and are in none of the calls that mark sentences."""
    found: set[str] = set()
    for room in rooms:
        for file in (TOP / room).rglob("*.py"):
            found.update(_unmarked(ast.parse(file.read_text("utf-8"))))
    return frozenset(found)


def _unmarked(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in MARKERS:
                for keyword in child.keywords:
                    yield from _unmarked(keyword)
            case ast.Expr(value=ast.Constant()):
                pass  # a docstring
            case ast.Constant(value=str() as text) if (
                re.match(r"[A-Z][a-z]{2,}(?![\w/])|[a-z]+ [a-z]+", text.strip()) and text.isascii()
            ):
                yield text.strip()
            case _:
                yield from _unmarked(child)


def _places(screen: Screen) -> Iterator[Place]:
    for line in screen.lines:
        yield line.text
    for row in screen.rows:
        yield from (button.label for button in row)
    enclosures: tuple[Enclosed | None, ...] = (screen.enclosed, *screen.besides)
    yield from (enclosed.alt for enclosed in enclosures if enclosed)


def look_at(turn: Turn) -> None:
    """Fails if something in `turn` goes past the catalogues, or is cut where sentences are 40 % longer."""
    catalogue = pseudo_catalogue()
    for screen in (*turn.screens, *(notice.screen for notice in turn.notices)):
        for place in _places(screen):
            for text in parts(place):
                if isinstance(text, str) and text.strip() in texts_in_sources():
                    raise BypassesCataloguesError(f"said in English to everybody: {text!r} in {place!r}")
        messages = render(screen, catalogue)
        shown = messages[-1].get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
        labels = [button["text"] for row in shown for button in row]
        for button, label in zip((button for row in screen.rows for button in row), labels, strict=False):
            if not any(isinstance(part, str | Listed | Shortened) for part in parts(button.label)):
                assert OPENING not in label or not label.endswith("…"), f"cut when it is 40 % longer: {label!r}"
    if turn.toast:
        toast = catalogue.say(turn.toast)
        assert len(toast) <= LONGEST_TOAST, f"cut when it is 40 % longer: {toast!r}"
