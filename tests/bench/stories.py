"""Published initiatives by the thousand, in three languages, that read like words do: few common ones and many rare.

The words are those of the bot's own catalogues and of its demo reports. Danish ones are put together and get endings,
Slovenian ones get endings, so that the more is written the more different words there are, as in earnest.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib import resources

from bot.language.catalogues import Catalogues
from conversations.language.words import Words
from conversations.model.initiatives import Initiative, Sharing
from conversations.vocabulary import vocabulary
from storage import registers

LANGUAGES = ("da", "da", "sl", "en")
ENDINGS = {
    "da": ("", "", "en", "et", "er", "erne", "ens", "s", "e"),
    "sl": ("", "a", "e", "i", "o", "u", "om", "ih", "em", "ega", "ov", "ami", "ah"),
    "en": ("", "", "s", "ing", "ed"),
}
SHARING: tuple[Sharing, ...] = ("public", "public", "public", "network", "coordinators")
NAMES = ("Sprogcafé", "Sprogcaféen", "Lektiecafé", "Læsekreds", "Jezikovna kavarna", "Bralni klub", "Reading group")
RARE = 0.15
"""The share of words that are made up of others."""

_WORD = re.compile(r"[^\W\d_]{2,}")


class Stories:
    """Initiatives, one after another; the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        self._libraries = registers.libraries()
        self._words = {language: _words(language) for language in ENDINGS}

    def told(self, first: int, last: int, since: datetime) -> Iterator[Initiative]:
        """Those from number `first` up to, not including, `last`; each is half an hour newer than the one before."""
        for number in range(first, last):
            yield self._one(f"s{number:07}", since + timedelta(minutes=30 * number))

    def _one(self, this: str, at: datetime) -> Initiative:
        chance = self._chance
        language, library = chance.choice(LANGUAGES), chance.choice(self._libraries)
        title = self._text(language, chance.randint(2, 6)).capitalize()
        place = library.municipality
        return Initiative(
            id=this,
            revision=1,
            language=language,
            published_at=at,
            changed_at=at,
            call="",
            library_key=library.key,
            library=library.name,
            municipality=f"{place.country}-{place.code}",
            place=place.name,
            region=place.region,
            country=place.country,
            answers={
                "status": chance.choice(vocabulary.STATUS).key,
                "title": f"{chance.choice(NAMES)} {title}" if chance.random() < 0.1 else title,
                "summary": self._text(language, chance.randint(25, 90)),
                "themes": [each.key for each in chance.sample(vocabulary.THEMES, chance.randint(1, 3))],
                "target_groups": [each.key for each in chance.sample(vocabulary.TARGET_GROUPS, 2)],
                "outcome": self._text(language, 25) if chance.random() < 0.5 else None,
                "sharing": chance.choice(SHARING),
            },
        )

    def _text(self, language: str, words: int) -> str:
        return " ".join(self._word(language) for _word in range(words))

    def _word(self, language: str) -> str:
        common, chance = self._words[language], self._chance
        if chance.random() > RARE:
            return _one_of(common, chance)
        word = _one_of(common, chance)
        if language == "da" and chance.random() < 0.6:
            word += _one_of(common, chance)
        if language == "sl":
            word = word.rstrip("aeiou") or word
        return word + chance.choice(ENDINGS[language])


def _one_of(words: Sequence[str], chance: random.Random) -> str:
    """One of `words`, the earlier ones far more often, as words are distributed."""
    return words[int(len(words) ** chance.random()) - 1]


def _words(language: str) -> list[str]:
    """The words of a language that the project knows, the most common first."""
    catalogue = Catalogues()[language]
    sentences = [catalogue.say(Words(text)) for text in _sentences()]
    demo = resources.files("bot.trial").joinpath("demo.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, demo):
        if record["language"] == language:
            sentences += [each for each in record["answers"].values() if isinstance(each, str)] * 20
    counted = Counter(word.lower() for sentence in sentences for word in _WORD.findall(sentence))
    return [word for word, _count in counted.most_common()]


def _sentences() -> Iterator[str]:
    template = resources.files("locales").joinpath("meldind.pot").read_text(encoding="utf-8")
    for found in re.finditer(r'^msgid ((?:".*"\n)+)', template, re.MULTILINE):
        yield "".join(json.loads(line) for line in found[1].splitlines())
