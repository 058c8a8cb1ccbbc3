"""Sentences as HTML, in which text that is not in the reader's language is marked with its own."""

import re
from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup, escape

from bot.language.catalogues import Catalogue, isolated
from conversations.language.languages import language_words
from conversations.language.words import InLanguages, Listed, Place, Words, _

_START, _TOLD, _END = "\ue000", "\ue001", "\ue002"
"""Characters of no script, around a text and its language until it is HTML."""

_MARKED = re.compile(f"{_START}([a-z]{{2,3}}){_TOLD}(.*?){_END}", re.DOTALL)
_LEFT = re.compile(f"[{_START}{_TOLD}{_END}]")


def said(words: Place, catalogue: Catalogue) -> Markup:
    """Returns `words` in the reader's language as HTML."""
    plain = str(escape(catalogue.say(_marked(words, catalogue.language))))
    return Markup(_LEFT.sub("", _MARKED.sub(r'<span lang="\1">\2</span>', plain)))  # noqa: S704  # nosec B704 - escaped above


def written(text: str, language: str, catalogue: Catalogue) -> Markup:
    """Returns `text` that somebody wrote in `language`, "" if that is not known, as HTML."""
    if not text or language in ("", catalogue.language):
        return escape(isolated(text))
    return Markup('<span lang="{}">{}</span>').format(language, isolated(text))


def linked(addresses: Iterable[str]) -> Markup:
    """Returns addresses of web pages, which `conversations.reading.links` has checked, as links."""
    one = Markup('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>')
    return Markup(", ").join(one.format(address) for address in addresses)


def _marked(words: Place, language: str) -> Place:
    match words:
        case InLanguages(texts, first) if texts and not texts.get(language):
            own = first if texts.get(first) else next(iter(texts))
            text = f"{_START}{own}{_TOLD}{texts[own]}{_END}"
            return _("{text} ({language})", text=text, language=language_words(own))
        case Words():
            return replace(words, places={name: _marked(place, language) for name, place in words.places.items()})
        case Listed(items):
            return Listed(tuple(_marked(item, language) for item in items))
        case _:
            return words
