"""/language: which language to read, in place, at any moment."""

from conversations.flows.step import Step
from conversations.here import Here
from conversations.languages import LANGUAGES, NAMES
from conversations.outcomes import LanguageChosen
from conversations.reading.text import fold
from conversations.screen import Button, Screen, heading
from conversations.session import Position
from conversations.words import _


def command(at: Position | None, words: str, here: Here) -> Step:
    """The languages to choose from; one that is named with the command is chosen at once."""
    for language in LANGUAGES:
        if fold(words) in {language, fold(NAMES[language])}:
            return choose(at, language, here)
    return Step(at, screen=Screen((heading(_("Choose your language.")),), (language_buttons(),)))


def choose(at: Position | None, language: str, here: Here) -> Step:
    """`language` from now on; one stays where one is."""
    return Step(at, outcomes=(LanguageChosen(language),)) if language in LANGUAGES else command(at, "", here)


def language_buttons() -> tuple[Button, ...]:
    """A button for every language, named in itself."""
    return tuple(Button(NAMES[language], "language", language) for language in LANGUAGES)
