"""The languages of the bot, and the language that a new person probably reads."""

from conversations.language.words import Place, labelled

LANGUAGES = ("da", "sl", "en")

# Each language is named in itself, so that people find theirs on any screen.
NAMES = {"da": "Dansk", "sl": "Slovenščina", "en": "English"}

_SAID = {
    "da": labelled("language", "Danish"),
    "sl": labelled("language", "Slovenian"),
    "en": labelled("language", "English"),
}

# Readers of the neighbouring languages read Danish more easily than English.
_OFFERED = {"da": "da", "nb": "da", "nn": "da", "no": "da", "sv": "da", "sl": "sl", "en": "en"}


def guess(tag: str | None, fallback: str = "en") -> str:
    """Returns the language to offer a person whose phone says `tag` (BCP 47, for example `da`, `nb-NO`, `pt_BR`).

    Returns `fallback` if the phone says nothing, and English for a language that the bot does not speak.
    """
    if not tag:
        return fallback
    return _OFFERED.get(tag.replace("_", "-").split("-")[0].casefold(), "en")


def language_words(language: str) -> Place:
    """Returns the name of `language` in the reader's language; for a language the bot does not speak, its tag."""
    return _SAID.get(language, language)
