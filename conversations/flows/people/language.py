"""/language: changes the language of the bot, at any moment, without leaving the present screen."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.step import Step
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Screen, heading
from conversations.language.words import _
from conversations.model.outcomes import LanguageChosen
from conversations.reading.text import fold


def command(at: Position | None, words: str, context: Context) -> Step:
    """Shows the languages to choose from; a language named with the command is set at once."""
    for language in LANGUAGES:
        if fold(words) in {language, fold(NAMES[language])}:
            return choose(at, language, context)
    return Step(at, screen=Screen((heading(_("Choose your language.")),), (language_buttons(),)))


def choose(at: Position | None, language: str, context: Context) -> Step:
    """Sets `language` from now on; the person stays where they stand."""
    return Step(at, outcomes=(LanguageChosen(language),)) if language in LANGUAGES else command(at, "", context)


def language_buttons() -> tuple[Button, ...]:
    """Returns a button for every language, labelled in that language."""
    return tuple(Button(NAMES[language], "language", language) for language in LANGUAGES)
