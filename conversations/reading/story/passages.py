"""A message taken apart: greeting and signature on the one hand, and the sentences that tell something on the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.vocabulary.mentions import Mention, mentions_in
from conversations.vocabulary.scanning import language_of

_LONGEST_GREETING = 60
_LONGEST_SIGNATURE = 160
_MOST_WORDS_OF_GREETING = 7
"""More than these are part of the story, however it begins."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or a line of a list: `text` stands in the message from `start` to `end`."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message without its greeting: the subject, the sentences in their order, and the signature, if there is one.

    `lines` are the sentences of each line; an empty line has none.
    """

    text: str
    subject: Passage | None
    sentences: tuple[Passage, ...]
    signature: Passage | None

    @property
    def body(self) -> Passage:
        """All that stands from the first sentence to the last."""
        if not self.sentences:
            return Passage("", 0)
        start = self.sentences[0].start
        return Passage(self.text[start : self.sentences[-1].end], start)


@lru_cache(maxsize=128)  # what one message is cut into is asked about again
def said_in(text: str, section: str) -> tuple[Mention, ...]:
    """Returns what `text` speaks of in whichever language: some texts are too short to tell their own."""
    languages = dict.fromkeys(language_of(text, language) for language in LANGUAGES)
    said = (each for language in languages for each in mentions_in(text, section, language))
    return tuple(sorted(said, key=lambda each: each.start))


def taken_apart(text: str) -> Letter:
    """Returns the parts of `text`, a cleaned message."""
    said = said_in(text, "message")
    passages = list(_passages(text))
    subject: Passage | None = None
    kept: list[Passage] = []
    for number, passage in enumerate(passages):
        here = [mention for mention in said if passage.start <= mention.start < passage.end]
        if number > 0 and kept and (signed := _signature(passage, here, text)):
            return Letter(text, subject, tuple(kept), signed)
        if not kept and (about := _after_colon(passage, here, "subject")):
            subject = subject or about
            continue
        rest = _without_opening(passage, here) if not kept else passage
        if rest.text:
            kept.append(rest)
    return Letter(text, subject, *_without_initials(kept))


_ENDS = re.compile(r"[.!?…]+[\"'”»“’)]*(?=\s)|\n")
_SHORT = re.compile(
    r"(?:^|[\s(])(?:kl|ca|cca|nr|fx|f\.eks|eks|bl\.a|pr|m\.m|m\.fl|ml|mdr|tlf|dr|sv|st|št|npr|itd|ga|gdč|oz|tj|tel|"
    r"approx|e\.g|i\.e|etc|mr|mrs|ms|hr|frk|no|vs|str|skt|prof|inc|[a-zæøåčšž])\.$",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:[-–—*•◦▪●○■□►➢➤+]|\d{1,2}[.)]|[a-z]\))\s+")
_SIGNS = " \t\n*_~|"


def _passages(text: str) -> Iterator[Passage]:
    """Yields the sentences and lines of `text`, without the marks of a list."""
    start = 0
    for match in _ENDS.finditer(text):
        if match.group() != "\n" and not _is_end(text, start, match.end()):
            continue
        yield from _passage(text, start, match.end())
        start = match.end()
    yield from _passage(text, start, len(text))


def _is_end(text: str, start: int, end: int) -> bool:
    """Whether the point that ends before `end` ends a sentence: not that of a date, a number or an abbreviation."""
    before, after = text[start:end], text[end:].lstrip()
    if text[end - 1] != "." or not after:
        return True
    figures = re.search(r"(\d+)\.$", before)
    if figures and before.strip() == figures.group():
        return False  # the number of an item
    if figures:
        return after[0].isupper() or not (after[0].isalnum() or after[0] in "-–(")
    return not (_SHORT.search(before) and not after[0].isupper()) and not _TITLE_OF_PERSON.search(before)


_TITLE_OF_PERSON = re.compile(r"(?:^|\s)(?:sv|dr|ga|mr|mrs|ms|hr|frk|prof|nr|kl|ca|št|skt|st)\.$", re.IGNORECASE)


def _passage(text: str, start: int, end: int) -> Iterator[Passage]:
    while start < end and text[start] in _SIGNS:
        start += 1
    if mark := _MARK.match(text, start, end):
        start = mark.end()
    while end > start and text[end - 1] in _SIGNS:
        end -= 1
    if start < end:
        yield Passage(text[start:end], start)


def _after_colon(passage: Passage, here: Sequence[Mention], key: str) -> Passage | None:
    """What stands in a passage after "Subject:"."""
    for mention in here:
        if mention.key == key and mention.start == passage.start:
            after = passage.text[mention.end - passage.start :]
            colon = re.match(r"\s*[:.]+\s*", after)
            if colon and after[colon.end() :]:
                return _cut(passage, mention.end + colon.end())
    return None


def _without_opening(passage: Passage, here: Sequence[Mention]) -> Passage:
    """A first passage without the greeting and the words that only say that a story follows."""
    while here and passage.text:
        first = next((each for each in here if each.start - passage.start <= 2), None)
        if first is None or first.key == "closing":
            break
        cut = _greeting_end(passage) if first.key == "greeting" else _opening_end(passage, first)
        if cut is None:
            break
        passage = _cut(passage, cut)
        here = [each for each in here if each.start >= passage.start]
    opening = next((each for each in here if each.key == "opening"), None)
    if opening and (cut := _opening_end(passage, opening)):
        return _cut(passage, cut)
    return passage


def _greeting_end(passage: Passage) -> int | None:
    """Where the story begins after a greeting: behind the comma or the point, or nowhere in this passage."""
    mark = re.search(r"[,!:.–-](?:\s+|$)", passage.text[:_LONGEST_GREETING])
    if mark and passage.text[: mark.start()].count(" ") < _MOST_WORDS_OF_GREETING:
        return passage.start + mark.end()
    return passage.end if passage.text.count(" ") < _MOST_WORDS_OF_GREETING - 3 else None


def _opening_end(passage: Passage, opening: Mention) -> int | None:
    """Where the story begins after "I am just writing:"; the colon is near."""
    after = passage.text[opening.end - passage.start :]
    colon = re.match(r"[^:.]{0,40}:\s*", after)
    return opening.end + colon.end() if colon else None


def _cut(passage: Passage, start: int) -> Passage:
    text = passage.text[start - passage.start :]
    stripped = text.lstrip(' \n\t,:!.-–“”"„')
    return Passage(stripped, passage.end - len(stripped))


def _signature(passage: Passage, here: Sequence[Mention], text: str) -> Passage | None:
    """The end of a message from "Kind regards" on."""
    end = len(text.rstrip())
    for mention in here:
        if (
            mention.key == "closing"
            and mention.start - passage.start <= 1
            and end - mention.start <= _LONGEST_SIGNATURE
        ):
            rest = text[mention.end : end]
            if not _GOES_ON.match(rest):
                return Passage(text[mention.start : end], mention.start)
    return None


_GOES_ON = re.compile(r"\s+(?:for|to|til|za|that|at|som|ki)\s", re.IGNORECASE)
"""Words after which "Thanks …" is a sentence of the story."""

_INITIALS = re.compile(r"(?:(?<=[.!?)])\s*|\n)/\s?[A-ZÆØÅČŠŽ][\wæøåčšž]*(?:\s[A-ZÆØÅČŠŽ][\w]*)?\.?$")


def _without_initials(kept: Sequence[Passage]) -> tuple[tuple[Passage, ...], Passage | None]:
    """The passages without a name behind a slash at the end of the last ("… every week. /Lone")."""
    if kept and (name := _INITIALS.search(kept[-1].text)):
        last = kept[-1]
        rest = Passage(last.text[: name.start()], last.start)
        signed = Passage(name.group(), last.start + name.start())
        return (*kept[:-1], *((rest,) if rest.text else ())), signed
    return tuple(kept), None


def spoken_of(letter: Letter, section: str, language: str) -> list[Mention]:
    """What the sentences of `letter` speak of, without its greeting and its signature."""
    body = letter.body
    start = min((each.start for each in (letter.subject, body) if each is not None and each.text), default=0)
    return [each for each in mentions_in(letter.text, section, language) if start <= each.start < body.end]


def is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Returns whether a place in the text is in one of `spans`."""
    return any(start <= at < end for start, end in spans)


def outside(said: Sequence[Mention], taken: Sequence[tuple[int, int]]) -> list[Mention]:
    """Returns those of `said` that stand in none of `taken`."""
    return [each for each in said if not is_within(each.start, taken)]
