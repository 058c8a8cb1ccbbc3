"""The languages the bot speaks, and which one a new person probably reads."""

from conversations.language.words import Place, labelled

LANGUAGES = ("da", "sl", "en")

# Every language is named in itself, so that people find their own whatever is on the screen.
NAMES = {"da": "Dansk", "sl": "Slovenščina", "en": "English"}

_SAID = {
    "da": labelled("language", "Danish"),
    "sl": labelled("language", "Slovenian"),
    "en": labelled("language", "English"),
}

# Readers of the neighbouring languages read Danish more easily than English.
_OFFERED = {"da": "da", "nb": "da", "nn": "da", "no": "da", "sv": "da", "sl": "sl", "en": "en"}


def guess(tag: str | None, fallback: str = "en") -> str:
    """The language to offer somebody whose phone says `tag` (BCP 47, as `da`, `nb-NO`, `pt_BR`).

    `fallback` where the phone says nothing; English for a language the bot does not speak.
    """
    if not tag:
        return fallback
    return _OFFERED.get(tag.replace("_", "-").split("-")[0].casefold(), "en")


def language_words(language: str) -> Place:
    """The name of `language` as the reader's own language has it, for a sentence; its tag for one not spoken here."""
    return _SAID.get(language, language)
