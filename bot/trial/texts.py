"""The texts of the page in every language: the sentences of its scripts, from the bot's catalogues."""

from importlib import resources

from babel.messages.pofile import read_po

from conversations.language.languages import LANGUAGES

SCRIPTS = "bot/trial/page/"
"""The path of the page's scripts in the catalogues."""

Texts = dict[str, dict[str, str]]


def page_texts() -> Texts:
    """For each language the translations by English sentence; missing ones are shown in English."""
    return {language: _said(language) for language in LANGUAGES}


def _said(language: str) -> dict[str, str]:
    source = resources.files("locales").joinpath(language, "LC_MESSAGES", "meldind.po")
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {
        str(message.id): message.string
        for message in catalogue
        if isinstance(message.string, str)
        and message.string
        and any(file.startswith(SCRIPTS) for file, _line in message.locations)
    }
