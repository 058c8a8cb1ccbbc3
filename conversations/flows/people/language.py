"""/language: which language to read, in place, at any moment."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.step import Step
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Screen, heading
from conversations.language.words import _
from conversations.model.outcomes import LanguageChosen
from conversations.reading.text import fold


def command(at: Position | None, words: str, context: Context) -> Step:
    """The languages to choose from; one that is named with the command is chosen at once."""
    for language in LANGUAGES:
        if fold(words) in {language, fold(NAMES[language])}:
            return choose(at, language, context)
    return Step(at, screen=Screen((heading(_("Choose your language.")),), (language_buttons(),)))


def choose(at: Position | None, language: str, context: Context) -> Step:
    """`language` from now on; one stays where one is."""
    return Step(at, outcomes=(LanguageChosen(language),)) if language in LANGUAGES else command(at, "", context)


def language_buttons() -> tuple[Button, ...]:
    """A button for every language, named in itself."""
    return tuple(Button(NAMES[language], "language", language) for language in LANGUAGES)
