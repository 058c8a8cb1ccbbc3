"""Texts that are written language by language: the title, introduction and thanks of a call, and those of an event."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations.context.session import InFlow
from conversations.flows.shared.call_words import Texts
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Shortened, Words, _
from conversations.model.outcomes import Outcome
from conversations.reading.text import clean_line


def take(
    at: InFlow, event: Event, texts: Texts, written: Mapping[str, str], keep: Callable[[dict[str, str]], Outcome]
) -> Step:
    """Takes the choice of a language, or the text in that language; `keep` returns what stores all `written`."""
    match event:
        case Pressed("write", language) if language in LANGUAGES:
            return Step(replace(at, held={**at.held, "language": language}))
        case Wrote(text):
            kept = clean_line(text) if texts.key == "titles" else text.strip()
            if why := refused(kept, texts):
                return Step(at, (note(why),))
            language = str(at.held["language"])
            value = {**written, language: kept}
            saved = note(_("Saved: {language}", language=NAMES[language]))
            return Step(_to_next(at, value), (saved,), (keep(value),))
        case _:
            return Step(at, (note(_("Type the text, or tap another language.")),))


def _to_next(at: InFlow, written: dict[str, str]) -> InFlow:
    """Returns the position at the next language without a text, if there is one."""
    missing = [language for language in LANGUAGES if not written.get(language)]
    return replace(at, held={**at.held, "language": missing[0]}) if missing else at


def refused(text: str, texts: Texts) -> Words | None:
    """Returns why a text cannot be accepted, or None if it can."""
    if len(text) < texts.least:
        return _("That is too short. Write a little more.")
    if len(text) > texts.most:
        return _(
            "That is too long: {length} characters, and there is room for {most}.", length=len(text), most=texts.most
        )
    return None


def shown(at: InFlow, texts: Texts, written: Mapping[str, str]) -> Screen:
    """Returns the screen with the text in each language, and the language of the next text."""
    now = str(at.held["language"])
    lines = [heading(texts.prompt)]
    for language in LANGUAGES:
        text = Shortened(written[language], 300) if written.get(language) else _("still missing")
        lines.append(Line(_("{language}: {text}", language=NAMES[language], text=text)))
    lines.append(Line(_("Type the text. Language: {language}", language=NAMES[now]), Style.HELP))
    languages = tuple(Button(NAMES[each], "write", each, chosen=each == now) for each in LANGUAGES)
    return Screen(tuple(lines), (languages, (Button(_("‹ Back"), "back"),)))
