"""What is meant by what somebody wrote for a question with choices: their own words, several at once, with slips.

What a running text speaks of (a story, a message that tells of an initiative, a query) is another matter:
`conversations.vocabulary.mentions.keys_in(text, section, language)` has the keys it surely speaks of, in order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, permutations

from conversations.language.languages import LANGUAGES
from conversations.reading.text import words_of
from conversations.vocabulary.ages import OF_SOME_AGE, groups_by_age
from conversations.vocabulary.intervals import frequency_by_number
from conversations.vocabulary.scanning import (
    Hit,
    Token,
    entry_at,
    is_thin,
    negations_in,
    says_not_only,
    skipped_in,
    tokens_of,
    undrawn,
)
from conversations.vocabulary.words import ANSWER, HINT, SHORTEST_WITH_A_SLIP, Entry, Word, words_in

DELICATE = frozenset(
    {"prisoners", "roma", "people_ill", "people_with_disabilities", "people_with_dementia", "homeless_people", "prison"}
)
"""Keys that are understood only from words that say so: nobody is offered them for a slip of the finger."""

_EVERYBODY = "general_public"

LONGEST = 600
"""Characters that are read as an answer; what is longer is a story."""

_BESIDE = {"themes": "target_groups", "target_groups": "themes", "frequency": "themes", "status": "themes"}
"""The vocabulary whose words may stand beside those of another: IT help *for older people* is a theme all the same."""

_SHORTEST_DELICATE = 8
_SHORTEST_AMONG_OTHERS = 7
"""Letters of the shortest word in which a slip is guessed beside other words that say something."""
_SHORTEST_BESIDE = 7
"""Letters of the shortest word in which a slip is guessed where another word is understood."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer means.

    `keys` are certain, in the order they were said; `among` are keys of which one is meant and it is not said which;
    `unknown` are the parts that mean none of the choices, as they were written, and `aside` the words that stand beside
    one that does and say something else.
    """

    keys: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    turned: bool = False
    """Whether a negation or an exception turns some of it round."""
    guessed: bool = False
    """Whether several words of one part mean different choices, parts are set against each other ("anyone but …"), or a
    slip of the finger was overlooked, or a few letters of a longer word decide.
    """
    denied: tuple[str, ...] = ()
    """The keys that a negation takes back ("not public"), or from which an exception takes something."""

    exact: bool = False
    """Whether every part of the answer is an entry and nothing else, and means one choice."""

    doubted: bool = False
    """Whether a word such as "maybe" or "if", or a question mark, makes it uncertain."""

    @property
    def only(self) -> bool:
        """Whether nothing but `keys` may be meant, whatever else is said."""
        return bool(self.keys) and not self.among and not self.turned

    @property
    def whole(self) -> bool:
        """Whether all of the answer was understood."""
        return bool(self.keys) and not (self.among or self.unknown or self.aside or self.doubted)

    @property
    def certain(self) -> bool:
        """Whether all of the answer was understood, and as it is written: it may be kept without asking."""
        return self.whole and not (self.guessed or self.denied)


def meaning(
    text: str,
    vocabulary: str,
    language: str,
    labels: Mapping[str, Sequence[str]],
    *,
    among: Iterable[str] | None = None,
) -> Meant:
    """What `text`, written by a reader of `language`, means in `vocabulary`.

    `labels` has the choices' keys, with their labels in every language; only these keys are ever meant (`among` may
    narrow them down). A label counts as a whole; after it, words of the reader's language, then of the others.
    """
    allowed = frozenset(among if among is not None else labels)
    if vocabulary == "target_groups":
        groups, rest = groups_by_age(text[:LONGEST])
        if allowed.issuperset(groups) and groups:
            found = meaning(rest, vocabulary, language, labels, among=allowed) if words_of(rest) else Meant()
            if found.among or not OF_SOME_AGE.isdisjoint(found.keys):
                return found
            return replace(found, keys=(*found.keys, *groups))  # "men over 60 years"
    if vocabulary == "frequency":
        keys, rest = frequency_by_number(text[:LONGEST], language)
        if keys and allowed.issuperset(keys):
            beside = meaning(rest, vocabulary, language, labels, among=allowed) if words_of(rest) else Meant()
            others = set(beside.keys) - {"weekly"}  # "once in three weeks, *on Tuesdays*"
            if len(keys) > 1 or not others.issubset(keys) or beside.turned:
                return Meant(among=tuple(dict.fromkeys((*keys, *beside.keys))))
            return Meant(keys, aside=(*beside.unknown, *beside.aside))
    spelled = tuple((key, *labels[key]) for key in labels if key in allowed)
    return _meaning(text, vocabulary, language, spelled, allowed)


@lru_cache(maxsize=32)  # a message is read as a command, as more than an answer, and as the answer
def _meaning(
    text: str, vocabulary: str, language: str, labels: tuple[tuple[str, ...], ...], allowed: frozenset[str]
) -> Meant:
    tokens = tokens_of(_BEFORE_A_CLAUSE.sub(" ", undrawn(text[:LONGEST])))
    if not tokens:
        return Meant()
    found = _Reader(vocabulary, language, labels, allowed, tokens).read()
    if vocabulary == "frequency" and found.keys == ("weekly",) and "once" in allowed:
        found = _on_one_day(found, tokens)
    if text.rstrip().endswith("?"):
        found = replace(found, doubted=True)
    if found.keys or found.among or found.unknown:
        return found
    return Meant(unknown=(text.strip()[:LONGEST],))  # small words alone say nothing


_BEFORE_A_CLAUSE = re.compile(r",\s+(?=(?:ki|der|som|who|that)\s)", re.IGNORECASE)
"""The comma before a clause that says which people are meant: "otroci, ki doma govorijo drug jezik"."""


def _on_one_day(found: Meant, tokens: Sequence[Token]) -> Meant:
    """`found`, which is "weekly", as a question where it rests on one day: "Friday", "Friday 6 March"."""
    files = [words_in(each) for each in LANGUAGES]
    if any(token.text in file.months for file in files for token in tokens):
        return replace(found, keys=(), among=("once", "weekly"))
    days = {token.text for token in tokens if any(token.text in file.one_day for file in files)}
    others = (token.text for token in tokens if token.text not in days and not token.text.isdecimal())
    if len(days) == 1 and all(word in _BESIDE_A_DAY or any(word in file.places for file in files) for word in others):
        return replace(found, guessed=True)
    return found


_BESIDE_A_DAY = frozenset(
    {"formiddag", "eftermiddag", "aften", "morgen", "kl", "klokken", "den"}
    | {"dopoldne", "popoldne", "zvecer", "zjutraj", "ob", "uri", "od", "do"}
    | {"morning", "afternoon", "evening", "night", "the", "at", "from", "to", "til", "fra", "am", "pm"}
)
"""Words beside a day that do not say that it comes again."""


def _is_short_beginning(entry: Entry) -> bool:
    """Whether an entry is a beginning of a few letters, which say little in another language: "sol-", "dom-"."""
    first = entry.words[0]
    return len(entry.words) == 1 and first.kind != "whole" and len(first.text) < SHORTEST_WITH_A_SLIP


@dataclass(slots=True)
class _Part:
    """The words of one part, from `start` to before `end`, and what was found among them."""

    start: int
    end: int
    hits: list[Hit]


class _Reader:
    """Reads `tokens` as an answer in one vocabulary."""

    def __init__(
        self,
        vocabulary: str,
        language: str,
        labels: tuple[tuple[str, ...], ...],
        allowed: frozenset[str],
        tokens: Sequence[Token],
    ) -> None:
        files = [words_in(each) for each in (language, *(each for each in LANGUAGES if each != language))]
        self._file = files[0]
        self._sections = [file.section(vocabulary) for file in files]
        self._vocabulary = vocabulary
        self._beside = [file.section(_BESIDE.get(vocabulary, "")) for file in files]
        self._doubts = frozenset(chain.from_iterable(file.doubts | file.conditions for file in files))
        self._small = [(file.ignored, file.times) for file in files]
        if vocabulary == "yes_no":
            self._small += [(file.polite, frozenset()) for file in files]
        self._said_with_it = [file.section("beside") for file in files]
        self._skipped = skipped_in(vocabulary, self._file)
        self._between = self._file.joins | self._file.contrasts
        self._allowed = allowed
        self._labels = _by_first_word(labels)
        self._tokens = tokens

    def read(self) -> Meant:
        """What all of it means, or what its parts mean."""
        whole = [hit.entry for hit in self._at(0) if hit.end == len(self._tokens)]
        if entry := max(whole, key=lambda each: each.length, default=None):
            thin = all(is_thin(hit, self._tokens) for hit in self._at(0) if hit.end == len(self._tokens))
            return Meant(entry.keys, entry.among, guessed=thin, exact=True)  # it may hold a negation
        parts = list(self._parts())
        found = [self._meant_by(part) for part in self._giving_way(parts)]
        keys = tuple(dict.fromkeys(key for each in self._without_pairs(found) for key in each.keys))
        either = [each.among for each in found if each.among and not set(each.among) & set(keys)]
        contrasted = any(token.text in self._file.contrasts for token in self._tokens)
        return Meant(
            keys,
            tuple(dict.fromkeys(key for among in either for key in among)),
            tuple(dict.fromkeys(part for each in found for part in each.unknown)),
            tuple(dict.fromkeys(word for each in found for word in each.aside)),
            any(each.turned for each in found),
            contrasted or says_not_only(self._tokens, self._file) or any(each.guessed for each in found),
            tuple(dict.fromkeys(key for each in found for key in each.denied)),
            doubted=any(each.doubted for each in found),
            exact=all(map(self._is_exact, parts)),
        )

    def _without_pairs(self, found: Sequence[Meant]) -> Iterator[Meant]:
        """What the parts mean, without the women of "migranti in migrantke", by which Slovenian means all."""
        said = {keys for each in found if len(keys := each.keys) == 1}
        texts = [token.text for token in self._tokens]
        pairs = any(
            len(one) >= _SHORTEST_BESIDE and one[:-2] == other[: len(one) - 2] and other.endswith(_OF_WOMEN)
            for one, other in permutations(texts, 2)
        )
        for each in found:
            both = pairs and len(each.keys) == 2 and "women" in each.keys
            rest = tuple(key for key in each.keys if key != "women") if both else each.keys
            yield replace(each, keys=rest) if rest in said else each

    def _is_exact(self, part: _Part) -> bool:
        """Whether a part is one entry for one choice, with nothing but short words beside it."""
        if len(part.hits) != 1 or len(part.hits[0].entry.keys) != 1:
            return False
        hit = part.hits[0]
        beside = (at for at in range(part.start, part.end) if not hit.start <= at < hit.end)
        return all(len(self._tokens[at].text) <= _SHORTEST_ALONE for at in beside)

    def _giving_way(self, parts: list[_Part]) -> list[_Part]:
        """The parts without those that give way to what another says: to days, and what counts only alone."""
        says = [part for part in parts if any(hit.entry.keys and not self._gives_way(hit) for hit in part.hits)]
        if not says:
            return parts
        return [
            part
            for part in parts
            if part in says
            or not part.hits
            or not all(map(self._gives_way, part.hits))
            or any(token.text in self._file.negations for token in self._tokens[part.start : part.end])
        ]

    def _gives_way(self, hit: Hit) -> bool:
        """Whether a hit counts only where nothing else is said."""
        return (hit.entry.mark == ANSWER and bool(hit.entry.among)) or self._only_says_days(hit)

    def _parts(self) -> Iterator[_Part]:
        """The parts of a list: they end at signs and at words like "and", unless one entry has words of both."""
        part = _Part(0, 0, [])
        at = 0
        while at < len(self._tokens):
            hit = max(self._at(at), key=lambda each: each.length, default=None)
            between = hit is None and self._tokens[at].text in self._between
            goes_on = self._tokens[at].text in _THAT and not any(hit.entry.keys for hit in part.hits)
            if (between or (self._tokens[at].starts and not goes_on)) and part.end > part.start:
                yield part
                part = _Part(at, at, [])
            if between:
                part = _Part(at + 1, at + 1, [])
                at += 1
                continue
            if hit:
                part.hits.append(hit)
            at = hit.end if hit else at + 1
            part.end = at
        if part.end > part.start:
            yield part

    def _at(self, at: int) -> Iterator[Hit]:
        """The labels and entries at a place; entries are those of the first language that has any."""
        tokens = self._tokens
        if self._at_an_edge(at):
            for words, key in self._labels.get(tokens[at].text, ()):
                if (end := self._end_of_label(words, at)) and self._at_an_edge(end):
                    yield Hit(Entry(tuple(Word(word, "whole") for word in words), (key,)), at, end)
        small = (
            len(tokens) > 1
            and tokens[at].text in self._file.ignored
            and len(tokens[at].text) < _SHORTEST_ALONE
            and not (self._vocabulary == "yes_no" and tokens[at].text in _YES)
        )
        ordinary = len(tokens) > 1 and tokens[at].text in self._file.ignored  # "man" is no man in Danish
        for place, section in enumerate(self._sections):
            found = [
                hit
                for hit in entry_at(section, tokens, at, self._skipped)
                if hit.entry.mark != HINT
                and not (place and (_is_short_beginning(hit.entry) or (ordinary and len(hit.entry.words) == 1)))
                and self._allowed.issuperset((*hit.entry.keys, *hit.entry.among))
                and not (small and len(hit.entry.words) == 1)
            ]
            if found:
                yield from found
                return

    def _at_an_edge(self, at: int) -> bool:
        """Whether a part may begin, or have ended, before the token at `at`."""
        if at in (0, len(self._tokens)):
            return True
        return self._tokens[at].starts or {self._tokens[at].text, self._tokens[at - 1].text} & self._between != set()

    def _end_of_label(self, words: Sequence[str], at: int) -> int:
        """Where the label of these `words` ends; signs and "and" between its words do not count. 0: it is not there."""
        for word in words:
            while at < len(self._tokens) and self._tokens[at].text != word and self._tokens[at].text in _AND:
                at += 1
            if at >= len(self._tokens) or self._tokens[at].text != word:
                return 0
            at += 1
        return at

    def _meant_by(self, part: _Part) -> Meant:
        """What one part means."""
        if len(part.hits) == 1 and (part.hits[0].start, part.hits[0].end) == (part.start, part.end):
            entry = part.hits[0].entry
            return Meant(entry.keys, entry.among, guessed=is_thin(part.hits[0], self._tokens))
        written = self._written(part.start, part.end)
        hits, end = part.hits, part.end
        if (negation := self._negation(part)) is not None:
            before = [hit for hit in hits if hit.end <= negation]
            taken_from = hits if self._tokens[negation].text in self._file.exceptions else hits[len(before) :]
            denied = tuple(key for hit in taken_from for key in hit.entry.keys)
            denied = denied or tuple(key for hit in _surely(taken_from) for key in hit.entry.among)
            if not before or not self._keeps_what_is_before(before[-1].end, negation):
                return Meant(unknown=(written,), turned=True, denied=denied)
            if {key for hit in before for key in hit.entry.keys} == {_EVERYBODY} and before[-1].entry.mark == ANSWER:
                return Meant(unknown=(written,), turned=True)  # "people without education" are not everybody
            meant = self._of_hits(before, _Part(part.start, negation, before))
            if len(before) == len(hits):
                return replace(meant, denied=denied)
            return replace(meant, aside=(*meant.aside, self._written(negation, end)), turned=True, denied=denied)
        return self._of_hits(hits, part)

    def _of_hits(self, hits: list[Hit], part: _Part) -> Meant:
        taken = {place for hit in hits for place in range(hit.start, hit.end)}
        missed = [self._tokens[at] for at in range(part.start, part.end) if at not in taken]
        doubted = any(token.text in self._doubts for token in missed)
        strange = [token for token in missed if not self._says_nothing(token.text)]
        if any(hit.entry.keys and hit.entry.mark != ANSWER for hit in hits):
            hits = [hit for hit in hits if hit.entry.mark != ANSWER]
        if len({hit.entry.keys for hit in hits if hit.entry.keys}) > 1:
            hits = [hit for hit in hits if not self._only_says_days(hit)] or hits
        keys = [key for hit in hits for key in hit.entry.keys]
        either = [key for hit in hits for key in hit.entry.among]
        guessed = len({hit.entry.keys for hit in hits if hit.entry.keys}) > 1
        guessed |= any(is_thin(hit, self._tokens) for hit in hits)
        long = [token for token in strange if not keys or len(token.text) >= _SHORTEST_BESIDE]
        while slipped := next((found for token in long if (found := self._slip(token, part))), None):
            meant, places = slipped
            keys += meant
            guessed = True
            strange = [token for token in strange if token.place not in places]
            long = [token for token in long if token.place not in places]
        either = [] if set(either) & set(keys) else either
        written = self._written(part.start, part.end)
        beside = [token for token in strange if not self._is_a_place(token)]
        if beside and not DELICATE.isdisjoint({*keys, *either}):  # "prison officers" are not prisoners
            certain, possible = (tuple(key for key in found if key not in DELICATE) for found in (keys, either))
            return Meant(certain, possible, (written,))
        if not keys and not either:
            return Meant(unknown=(written,) if strange else (), doubted=doubted)
        clause = any(token.text in self._file.relatives for token in missed)  # "anybody who likes"
        everybody = {*keys, *either} == {_EVERYBODY} and all(len(hit.entry.words) == 1 for hit in hits)
        if beside and everybody and not clause:
            return Meant(unknown=(written,))  # "drug users" are not everybody
        aside = tuple(token.written for token in strange)
        return Meant(tuple(keys), tuple(either), (), aside, guessed=guessed, doubted=doubted)

    def _only_says_days(self, hit: Hit) -> bool:
        """Whether a part about how often says only on which days, as in "once a month *on Tuesdays*"."""
        days = self._file.times | self._file.places | self._file.ignored
        return self._vocabulary == "frequency" and all(
            token.text in days for token in self._tokens[hit.start : hit.end]
        )

    def _negation(self, part: _Part) -> int | None:
        """The place of the first negation in `part` that is no word of an entry."""
        taken = {place for hit in _surely(part.hits) for place in range(hit.start, hit.end)}
        turned = negations_in(self._tokens[part.start : part.end], self._file, {at - part.start for at in taken})
        return part.start + turned[0].start if turned else None

    def _keeps_what_is_before(self, end: int, negation: int) -> bool:
        """Whether a negation turns only what follows it: "every week except …", "older people who cannot come"."""
        clause = {token.text for token in self._tokens[end:negation]}
        return self._tokens[negation].text in self._file.exceptions or not clause.isdisjoint(self._file.relatives)

    def _says_nothing(self, word: str) -> bool:
        """Whether a word that means none of the choices may stand beside one that does."""
        if word.isdecimal() or word in self._doubts:
            return True
        if any(word in ignored or word in times for ignored, times in self._small):
            return True
        return any(
            entry.words[0].fits(word) and not (place and len(entry.words[0].text) < SHORTEST_WITH_A_SLIP)
            for place, section in enumerate(self._beside)
            for entry in section.beginning_with(word)
        ) or any(
            self._vocabulary in entry.keys for section in self._said_with_it for entry in section.beginning_with(word)
        )

    def _is_a_place(self, token: Token) -> bool:
        """Whether a word tells where somebody is: "prisoners in Vejle"."""
        return token.place > 0 and self._tokens[token.place - 1].text in self._file.places

    def _written(self, start: int, end: int) -> str:
        """These tokens as they were written."""
        pieces = [token.written for token in self._tokens[start:end]]
        return " ".join(piece for at, piece in enumerate(pieces) if at == 0 or piece != pieces[at - 1])

    def _slip(self, token: Token, part: _Part) -> tuple[tuple[str, ...], range] | None:
        """The keys meant if one letter of `token` is wrong, and the places of the words that mean them.

        None unless every word that it may be means the same.
        """
        others = [each for each in self._tokens[part.start : part.end] if each.text not in self._file.ignored]
        found: dict[tuple[str, ...], range] = {}
        for known, corrected in set(self._with_a_slip(token.text)):
            tokens = [
                replace(each, text=corrected) if each is token else each for each in self._tokens[part.start : part.end]
            ]
            if hit := self._hit_with(tokens, token.place - part.start):
                keys = hit.entry.keys
                if len(hit.entry.words) == 1 < len(others) and len(known) < _SHORTEST_AMONG_OTHERS:
                    continue  # "book lovers" are no loners
                if DELICATE.isdisjoint(keys) or min(len(known), len(token.text)) >= _SHORTEST_DELICATE:
                    found[keys] = range(part.start + hit.start, part.start + hit.end)
        return next(iter(found.items())) if len(found) == 1 else None

    def _hit_with(self, tokens: Sequence[Token], place: int) -> Hit | None:
        """The longest entry in which the word at `place` stands."""
        for section in self._sections:
            hits = [
                hit
                for at in range(max(0, place - 4), place + 1)
                for hit in entry_at(section, tokens, at, self._file.ignored)
                if at <= place < hit.end and hit.entry.keys and hit.entry.mark != HINT
                if self._allowed.issuperset(hit.entry.keys) and (not hit.entry.mark or len(tokens) == hit.end - at)
            ]
            if hits:
                return max(hits, key=lambda hit: hit.length)
        return None

    def _with_a_slip(self, word: str) -> Iterator[tuple[str, str]]:
        """The known words that `word` may be, and what it is then as a whole."""
        if len(word) < SHORTEST_WITH_A_SLIP:
            return
        for section in self._sections:
            for known in section.alike(word):
                if known.kind == "whole" or known.kind == "ends":
                    if has_one_slip(word, known.text):
                        yield known.text, known.text
                elif length := _length_with_a_slip(word, known.text):
                    yield known.text, known.text + word[length:]
        for label in self._labels:
            if has_one_slip(word, label):
                yield label, label


def _surely(hits: Iterable[Hit]) -> list[Hit]:
    """Those of `hits` that say something beside other words: "no" alone may ask which, before others it turns round."""
    return [hit for hit in hits if hit.entry.keys or hit.entry.mark != ANSWER]


_OF_WOMEN = ("ke", "ka", "kam", "kah", "kami")
"""Endings of Slovenian words for women."""
_SHORTEST_ALONE = 3
"""Letters of the shortest small word that may be an entry of its own beside other words."""
_YES = frozenset({"ja", "jo"})
"""Small words that are an answer beside another one: "ja nej" says both."""
_AND = frozenset({"og", "in", "and"})
_THAT = frozenset({"da", "at", "that"})
"""Words that go on with a sentence: "we do not want, *that* it is public" is no list."""


@lru_cache(maxsize=64)
def _by_first_word(labels: tuple[tuple[str, ...], ...]) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
    """The words of every label, without "and", and its key, by the first word; `labels` are keys with spellings."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, *spelled in labels:
        for label in spelled:
            if words := tuple(word for word in words_of(label) if word not in _AND):
                found.setdefault(words[0], []).append((words, key))
    return found


def _length_with_a_slip(word: str, beginning: str) -> int:
    """How many letters of `word` are `beginning` with one slip; 0 if it does not begin so."""
    if word.startswith(beginning[:-1]):
        return 0  # another ending is another word, and no slip: "udeleženci" beside "udeležb-"
    for length in (len(beginning), len(beginning) + 1, len(beginning) - 1):
        if length <= len(word) and has_one_slip(word[:length], beginning):
            return length
    return 0


def has_one_slip(said: str, known: str) -> bool:
    """Whether one letter typed wrongly, left out, added, or swapped with the next makes the whole difference."""
    if min(len(said), len(known)) < SHORTEST_WITH_A_SLIP - 1 or abs(len(said) - len(known)) > 1 or said == known:
        return said == known
    if said[-1] != known[-1] and said[:2] != known[:2]:
        return False  # the slip is before the last letter or behind the first two
    start = next((i for i, (a, b) in enumerate(zip(said, known, strict=False)) if a != b), min(len(said), len(known)))
    rest, wanted = said[start:], known[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )
