"""Catalogues: texts in the language of the reader."""

import gettext
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from importlib import resources
from zoneinfo import ZoneInfo

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from bot.language.dates import LOCALES, say_date, say_partial, say_time
from bot.language.figures import say_numbers, say_percent
from conversations.language.languages import LANGUAGES, language_words
from conversations.language.words import (
    Exact,
    InLanguages,
    Listed,
    Moment,
    PartialDate,
    Percent,
    Place,
    Shortened,
    Words,
    _,
)
from conversations.reading.numbers.numbers import Numbers

_PLACE = re.compile(r"\{(\w+)\}")

FSI, PDI = "\u2068", "\u2069"
"""First strong isolate and its end: a text between them has its own direction and does not affect its neighbours."""

_SCRIPTS_FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""All characters that are written from right to left are among these."""


class Catalogue:
    """One language: its sentences, numbers and dates."""

    def __init__(self, language: str, timezone: ZoneInfo) -> None:
        self.language = language
        self.locale = LOCALES[language]
        self._timezone = timezone

    @cached_property
    def _translations(self) -> gettext.NullTranslations:
        """The translations, read when they are first needed."""
        source = resources.files("locales").joinpath(self.language, "LC_MESSAGES", "meldind.po")
        if not source.is_file():
            return gettext.NullTranslations()
        compiled = io.BytesIO()
        with source.open("rb") as file:
            write_mo(compiled, read_po(file, locale=self.language))
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)

    def say(self, words: Place) -> str:
        """`words` as plain text; the caller must escape it for HTML."""
        match words:
            case str():
                return isolated(words)
            case Words():
                return self._filled(self._translated(words), words.places)
            case Listed(items):
                return ", ".join(self.say(item) for item in items)
            case PartialDate(edtf):
                return self.say(say_partial(edtf, self.locale))
            case datetime():
                local = words.replace(tzinfo=words.tzinfo or UTC).astimezone(self._timezone)
                day, clock = say_date(local.date(), self.locale), say_time(local.time(), self.locale)
                return self.say(_("{date} at {time}", date=day, time=clock))
            case date():
                return say_date(words, self.locale)
            case time():
                return say_time(words, self.locale)
            case Numbers():
                return self.say(say_numbers(words))
            case Percent():
                return self.say(say_percent(words, self.locale))
            case Exact(number):
                return str(format_decimal(number, format="#,##0.##########", locale=self.locale))
            case int() if 0 <= words < 1000:
                return str(words)  # the same in every language
            case int():
                return str(format_decimal(words, locale=self.locale))
            case InLanguages(texts, written_in):
                return self._in_own_or(texts, written_in)
            case Moment(said):
                return self.say(said)
            case Shortened(value, most):
                return shortened(self.say(value), most)

    def _in_own_or(self, texts: Mapping[str, str], written_in: str) -> str:
        """The text in this language, or otherwise the original with a remark on its language."""
        if text := texts.get(self.language):
            return isolated(text)
        language, text = next(
            ((each, text) for each in (written_in, *texts) if (text := texts.get(each))), (written_in, "")
        )
        if not text:
            return ""
        # Translators: what a coordinator wrote, which is not there in the reader's language; {language} is its name.
        return self.say(_("{text} ({language})", text=text, language=language_words(language)))

    def _translated(self, words: Words) -> str:
        catalogue = self._translations
        if words.plural is not None and words.count is not None:
            if words.context:
                return catalogue.npgettext(words.context, words.text, words.plural, words.count)
            return catalogue.ngettext(words.text, words.plural, words.count)
        if words.context:
            return catalogue.pgettext(words.context, words.text)
        return catalogue.gettext(words.text)

    def _filled(self, text: str, places: Mapping[str, Place]) -> str:
        """`text` with its places filled in one pass, so that braces in a person's words stay unchanged."""
        if not places:
            return text
        return _PLACE.sub(lambda found: self.say(places[found[1]]) if found[1] in places else found[0], text)


class Catalogues:
    """All languages of the bot."""

    def __init__(self, timezone: ZoneInfo | None = None) -> None:
        self._by_language = {language: Catalogue(language, timezone or ZoneInfo("UTC")) for language in LANGUAGES}
        self._spellings: dict[tuple[str | None, str], Sequence[str]] = {}

    def __getitem__(self, language: str) -> Catalogue:
        """The catalogue of `language`; the English one for an unknown language."""
        return self._by_language.get(language) or self._by_language["en"]

    def say(self, words: Place, language: str) -> str:
        """`words` as plain text in `language`."""
        return self[language].say(words)

    def spellings(self, words: Words) -> Sequence[str]:
        """`words` in every language, so that people may type them in any."""
        if words.places or words.plural:
            return [catalogue.say(words) for catalogue in self._by_language.values()]
        label = words.context, words.text
        if label not in self._spellings:
            self._spellings[label] = tuple(catalogue.say(words) for catalogue in self._by_language.values())
        return self._spellings[label]


def isolated(own_words: str) -> str:
    """`own_words` with isolates, so that right-to-left text does not reverse the sentence around it."""
    maybe = "" if own_words.isascii() else "".join(_SCRIPTS_FROM_RIGHT.findall(own_words))
    if not any(unicodedata.bidirectional(char) in ("R", "AL") for char in maybe):
        return own_words
    # An isolate ends with its paragraph, so each line needs its own.
    return "\n".join(f"{FSI}{line}{PDI}" if line else line for line in own_words.split("\n"))


def shortened(text: str, most: int) -> str:
    """`text` in at most `most` characters, cut after a word if possible."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words = (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-")
    # A cut must not leave an isolate open, because it would affect the text after it.
    return f"{words}…{PDI if words.count(FSI) > words.count(PDI) else ''}"
