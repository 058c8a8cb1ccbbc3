"""One word for each thing, in every sentence that people read; the words are those of docs/glossary.md."""

import re
from collections.abc import Iterator, Mapping
from importlib import resources

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

AVOIDED: Mapping[str, Mapping[str, str]] = {
    "en": {
        r"\bPlease\b": "ask without it",
        r"(?i)\bthrow\w* away": "delete",
        r"(?i)\bhear\w* of\b": "get notifications",
        r"(?i)\bgo on\b": "continue",
        r"(?i)\bfor instance\b": "for example",
        r"(?i)\bsubmission": "report",
        r"(?i)\bresource person": "contact person",
        r"(?i)\bproposal": "suggestion",
        r"Telegram id\b": "Telegram ID",
        r"(?i)\be-mail": "email",
        r"(?i)\bwhoever\b": "anyone who, the person who",
    },
    "da": {
        r"(?i)\bindberet": "indmelding, meld ind",
        r"(?i)\b(?:kassér|smid)": "slet",
        r"(?i)\bbegynd (?:en|et|på)\b": "start",
        r"(?i)\bforfatter": "afsender",
        r"(?i)e-mailadresse": "mailadresse",
        r"(?i)\bafslut abonnement": "stop",
        r"(?i)\bgennemsyn": "godkendelse",
    },
    "sl": {
        r"(?i)\bzapis(?:a|i|u|ov|om)?\b": "prispevek",
        r"(?i)\btapn": "pritisnite",
        r"(?i)podatk\w* za stik": "kontaktni podatki",
        r"(?i)\bkoordinacij": "koordinatorji",
        r"(?i)\bskrbništv": "lastnik/-ica",
        r"(?i)\bpobud": "dejavnost",
        r"(?i)\bvsedržavn": "nacionalni",
        r"(?i)\bstrokovn\w+ oseb": "kontaktna oseba",
    },
}
"""For each language: a word that is not used, and what is used in its place."""


def _messages(language: str) -> Iterator[Message]:
    with resources.files("locales").joinpath(language, "LC_MESSAGES", "meldind.po").open("rb") as file:
        yield from (message for message in read_po(file, locale=language) if message.id)


def _said(message: Message, language: str) -> tuple[str, ...]:
    said = message.id if language == "en" else message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


@pytest.mark.parametrize("language", AVOIDED)
def test_no_sentence_has_a_word_that_the_glossary_has_another_for(language: str) -> None:
    wrong = [
        f"{text!r}: write “{instead}”"
        for message in _messages(language)
        for text in _said(message, language)
        for avoided, instead in AVOIDED[language].items()
        if re.search(avoided, text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Please throw it away"), ("da", "Indberetning"), ("sl", "Tapnite zapis, da ga oddate")],
)
def test_such_a_word_is_noticed(language: str, text: str) -> None:
    assert any(re.search(avoided, text) for avoided in AVOIDED[language])
