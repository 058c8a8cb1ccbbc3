"""Reads addresses of web pages."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from conversations.reading.text import clean_text

_LONGEST = 2_000
_OPENING = "(<[{\"'„“”»«‘"
_CLOSING = ".,;:!?)>]}\"'”“„»«’…"
_NEVER = re.compile(r"[\x00-\x20\x7f\"'<>\\^`{|}\s]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|data|file|tg|blob|about):", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,253}$)(?:(?!-)[\w-]{1,63}(?<!-)\.)+(?!-)(?:[^\W\d_]{2,63}|xn--[a-z0-9-]{2,59})")
_BARE = re.compile(r"(?:[\w-]+\.)+([^\W\d_]{2,})(?::\d+)?(?:[/?#].*)?")

# Without https:// or www. a word with a point in it ("f.eks", "bl.a") is an address only under one of these domains.
_USUAL_DOMAINS = frozenset(
    {"at", "be", "blog", "com", "cz", "de", "dk", "edu", "ee", "es", "eu", "fi", "fo", "fr", "gl", "gov", "hr", "hu",
     "ie", "info", "int", "io", "is", "it", "library", "lt", "lv", "museum", "net", "nl", "no", "nu", "online", "org",
     "page", "pl", "pt", "rs", "se", "si", "sk", "uk"}
)  # fmt: skip


def read_links(text: str) -> tuple[str, ...] | None:
    """Returns the addresses in `text`, the whole of an answer; None if there is none, or one that must not be shown.

    They are in order and each once. Other words are ignored. "www.x.dk/y" and "bib.x.dk" get https://. Only http and
    https are accepted, no name or password before the host, no host without a point, no character that an address
    cannot have: one such address makes the whole answer unreadable, so that nothing half understood is shown as a link.
    Letters outside ASCII stay readable.
    """
    links = tuple(_links(text))
    return None if not links or None in links else links_in(text)


def links_in(text: str) -> tuple[str, ...]:
    """Returns the addresses in a running text that may be shown, in order and each once; see `read_links`.

    One that may not be shown says nothing about the others.
    """
    return tuple(dict.fromkeys(link for link in _links(text) if link is not None))


def _links(text: str) -> Iterator[str | None]:
    """Yields what is meant as an address in `text`; None where it must not be shown."""
    for word in clean_text(text).split():
        written = _trimmed(word)
        if _is_meant_as_link(written):
            yield _link(written)


def _trimmed(word: str) -> str:
    """Returns `word` without the punctuation of the sentence around it; a bracket that was opened within it stays."""
    word = word.lstrip(_OPENING)
    while word and word[-1] in _CLOSING and not (word[-1] == ")" and word.count("(") >= word.count(")")):
        word = word[:-1]
    return word


def _is_meant_as_link(word: str) -> bool:
    if _SCHEME.match(word):
        return True
    if word.lower().startswith("www."):
        return True
    bare = _BARE.fullmatch(word)
    return bare is not None and bare[1].lower() in _USUAL_DOMAINS


def _link(word: str) -> str | None:
    """Returns `word` as an address that may be shown, or None."""
    address = word if _SCHEME.match(word) else f"https://{word}"
    if len(address) > _LONGEST or _NEVER.search(address):
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    return parts._replace(netloc=host if port is None else f"{host}:{port}").geturl()
