"""What an initiative is called: a name in quotation marks, the name after "called", or a short heading."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from conversations.reading.story.certainty import fills
from conversations.reading.story.list_items import begins_with_a_day, is_activity
from conversations.reading.story.passages import Letter, Passage, said_in
from conversations.reading.story.story import FromText
from conversations.reading.text import clean_line, fold
from conversations.vocabulary.mentions import Mention, mentions_in
from conversations.vocabulary.scanning import language_of
from conversations.vocabulary.words import words_in

SHORTEST, LONGEST = 3, 120
_LONGEST_HEADING = 60
_MOST_WORDS = 7
_MOST_WORDS_OF_A_SENTENCE = 5
_FEW = 2
"""Words that are no name where the sentence goes on to say where it is: "Jobcafé i Lemvig, torsdage 14-16"."""
_POINTS = frozenset(".!?")

_QUOTED = re.compile(r"[”“„\"»«]([^”“„\"»«\n]{2,120})[”“\"«»]")
_SIGN = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3]+")


def title_in(
    letter: Letter, language: str, places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]] = ()
) -> FromText[str] | None:
    """Returns the name of the initiative that `letter` tells of; None if it surely has none.

    `places` are where names of places and libraries stand: they belong to no title. `others` are where names of
    organisations stand: what they do is not what it is called.
    """
    named = mentions_in(letter.text, "naming", language)
    finders = {
        "labelled": _labelled(letter),
        "quoted": _quoted(letter),
        "called": _after_call(letter, language, named, places),
        "explained": _defined(letter, places),
        "apposed": _apposed(letter, (*places, *others)),
        "in capitals": _in_capitals(letter, others, places),
        "heading": _heading(letter, language, places),
        "subject": _subject(letter, places, others),
        "first words": _fragment(letter, language, places, others),
        "behind a colon": _behind_a_colon(letter, language, others),
        "short sentence": _short_sentence(letter, language, (*places, *others)),
    }
    return next((title for way, finder in finders.items() if fills("title", way) for title in finder), None)


def _title(text: str, start: int) -> FromText[str] | None:
    """`text`, which stands at `start`, as a title: without emoji and marks, capitals only where they belong."""
    left = len(text) - len(text.lstrip(_AROUND))
    shown = clean_line(_SIGN.sub(" ", text)).strip(_AROUND)
    if shown.isupper() and " " in shown:
        shown = shown[0] + shown[1:].lower()
    if not SHORTEST <= len(shown) <= LONGEST or not any(char.isalpha() for char in shown):
        return None
    return FromText(shown, ((start + left, start + left + len(text.strip(_AROUND))),))


_AROUND = " \t\n.,;:*_-–—”“„\"»«'’"


def _labelled(letter: Letter) -> Iterator[FromText[str]]:
    """What stands after "Title:" on a line of its own, verbs and all."""
    for sentence in letter.sentences[:_FIRST_LINES]:
        if (label := _TITLE_LABEL.match(sentence.text)) and (
            title := _title(sentence.text[label.end() :], sentence.start + label.end())
        ):
            yield title


_FIRST_LINES = 3
_TITLE_LABEL = re.compile(
    r"(?:titel|navn|projektets? navn|projekttitel|naslov|ime|ime dejavnosti|naziv|title|name)\s*:\s+(?=\w)",
    re.IGNORECASE,
)


def _quoted(letter: Letter) -> Iterator[FromText[str]]:
    """Names in quotation marks: they begin with a capital and are no whole text and no sentence somebody said."""
    body = letter.body
    if letter.subject is not None:
        yield from _quoted_in(letter.subject)
    yield from _quoted_in(body)


def _quoted_in(passage: Passage) -> Iterator[FromText[str]]:
    for match in _QUOTED.finditer(passage.text):
        name = match[1].strip()
        before = passage.text[: match.start()].rstrip()
        is_said = (
            (before.endswith(":") and not (_LABELLED.search(before) or _STATUS.fullmatch(before.rstrip(": "))))
            or name.endswith((".", "…", ","))
            or name.count(" ") > _MOST_WORDS
        )
        if (
            not is_said
            and (name[:1].isupper() or name[:1] in "#/")
            and (title := _whole(name, passage.start + match.start(1)))
        ):
            yield title


_LABELLED = re.compile(
    r"\b(?:projekt\w*|forløb\w*|initiativ\w*|project|programme|initiative|program|pobuda|dejavnost|naslov|titel|title)\s*:$",
    re.IGNORECASE,
)
"""What stands before a name in quotation marks: "Finished project: ”Words on the way”"."""


def _whole(name: str, start: int) -> FromText[str] | None:
    """A name in quotation marks as it is, its exclamation mark too."""
    title = _title(name, start)
    return title and FromText(clean_line(_SIGN.sub(" ", name)) if name[-1:] in "!?" else title.value, title.spans)


def _after_call(
    letter: Letter, language: str, named: Sequence[Mention], places: Sequence[tuple[int, int]]
) -> Iterator[FromText[str]]:
    """The name after "called" or after a word for such things ("the project Reading Without Borders")."""
    for mention in named:
        sentence = next((each for each in letter.sentences if each.start <= mention.start < each.end), None)
        if sentence is None:
            continue
        if _OF_A_PERSON.search(letter.text[: mention.start]):
            continue
        rest = letter.text[mention.end : sentence.end]
        begin = re.match(r"[\s:]*(?:smo |so |je )?(?:det |den |for |it |ga |jo |jih )?", rest)
        start = mention.end + (begin.end() if begin else 0)
        name = _FOR_THEM.sub(r"\g<name>", _name_at(letter.text, start, sentence.end, places))
        if (
            not name
            or not name[0].isupper()
            or any(first <= start and start + len(name) <= last for first, last in places)
        ):
            continue
        if language == "sl" and mention.key == "thing" and (whole := _with_its_kind(letter, mention, name, start)):
            yield whole
            continue
        is_name = mention.key == "called" or " " in name or _is_odd(name) or start == mention.end + 1
        if is_name and (title := _title(name, start)):
            yield title


def _with_its_kind(letter: Letter, mention: Mention, name: str, start: int) -> FromText[str] | None:
    """A heading that begins with what it is, and then its name: "Bralna skupina Tihi glasovi"; no "Projekt Ny"."""
    first = letter.sentences[0]
    before = letter.text[first.start : mention.start].split()
    begins = mention.start == first.start or (
        len(before) <= _FEW and bool(before) and bool(_DESCRIBES.fullmatch(before[0]))
    )
    if not begins or not first.text[:1].isupper() or _PROJECT.match(mention.said):
        return None
    return _title(letter.text[first.start : start + len(_FOR_WHOM_ELSE.split(name)[0])], first.start)


_DESCRIBES = re.compile(r"[A-ZČŠŽ]\w+(?:n|sk|šk|ov|ev)[aiou]")
"""A Slovenian adjective before the word for what it is: "Bralna skupina"."""
_PROJECT = re.compile(
    r"proje[kc]t|program|initiativ|pobud|kampag|kampan|campaign|scheme|tilbud|forløb|dejavnost", re.IGNORECASE
)
_FOR_THEM = re.compile(r"^(?P<name>[A-ZÆØÅČŠŽ]\w*(?: [A-ZÆØÅČŠŽ]\w*)+) (?:for|til|za) [^A-ZÆØÅČŠŽ]*$")
"""A name of several capitals, and whom it is for, in small letters: "Digital Fredag for pensionister"."""
_OF_A_PERSON = re.compile(
    r"\b(?:jeg|han|hun|i am|i'm|he is|she is|my name|mit navn|moje)\s+(?:er\s|is\s|je\s)?$", re.IGNORECASE
)
"""Before the word that says what somebody is called: "jeg hedder Anne"."""


def _is_odd(name: str) -> bool:
    """Whether one word is a name by its looks: MødreMod, Simbioz@."""
    return any(char.isupper() for char in name[1:]) or not name.isalpha()


_NAME_ENDS = re.compile(
    r"[.,;:!?()\n–—”“\"»«]|\s-\s|\s(?:er|var|løb|har|havde|blev|kører|kørte|startede|begyndte|sluttede|starter|begynder|skal|"
    r"vil|kommer|som|der|hvor|og|je|so|smo|bo|bomo|se|ki|kjer|in|is|was|were|ran|runs|has|have|started|ended|will|which|"
    r"that|where|and|for at|to|til at|poteka|potekajo|traja|deluje|miruje|teče|trenutno|izvajamo|"
    r"hjælper|giver|samler|inviterer|tilbyder|holder|bringer|"
    r"vi|we|they|mi|\w{4,}mo|"
    r"helps?|gives?|brings?|offers?|gathers?|pomaga|ponuja|združuje|povezuje|vabi|prinaša)\s",
)


def _name_at(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> str:
    """The name that begins at `start`: up to the end of its clause, and without the place it is at."""
    stretch = text[start:end]
    mark = _NAME_ENDS.search(stretch)
    if mark and (joined := _JOINED.match(stretch, mark.start())):  # "Bøger og bobler, hvor …"
        mark = _NAME_ENDS.search(stretch, joined.end() - 1)
    name = stretch[: mark.start()] if mark else stretch
    for first, _last in places:
        if start < first < start + len(name):
            name = text[start:first].rstrip()
            name = name.rpartition(" ")[0] if name.rpartition(" ")[2].lower() in _BEFORE_A_PLACE else name
    return name


_JOINED = re.compile(
    r"\s(?:og|in|and)\s(?!vi\s|we\s|mi\s|de\s|they\s)\w+(?=[,.;:!?)\n]|\s(?:hvor|som|der|where|which|kjer|ki)\b|$)"
)
_BEFORE_A_PLACE = frozenset(["i", "på", "ved", "fra", "for", "v", "na", "pri", "iz", "za", "in", "at", "from", "near"])


def _in_capitals(
    letter: Letter, others: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> Iterator[FromText[str]]:
    """Danish and Slovenian names in capitals behind what is done with it: "Vi har startet Strik & Snak"."""
    for sentence in letter.sentences:
        for match in _DONE_WITH.finditer(sentence.text):
            start = sentence.start + match.start("name")
            taken = any(first < start + len(match["name"]) and start < last for first, last in (*others, *places))
            if not taken and (title := _title(match["name"], start)):
                yield title


_DONE_WITH = re.compile(
    r"\b(?i:har|startet|startede|starter|laver|lavede|kører|åbnet|åbnede|sat|med|imamo|začeli|pripravljamo|vodimo)\s"
    r"(?P<name>[A-ZÆØÅČŠŽ]\w+(?:\s(?:&|og|in)\s[A-ZÆØÅČŠŽ]\w+|(?=\spå pause))+)"
)


def _heading(letter: Letter, language: str, places: Sequence[tuple[int, int]]) -> Iterator[FromText[str]]:
    """A short heading: the subject, the first line, capitals, or what stands before a colon, a dash or a point."""
    file = words_in(language_of(letter.text, language))
    small = file.ignored | file.negations

    def as_heading(text: str, start: int) -> Iterator[FromText[str]]:
        name = _WHEN_OR_ONLINE.sub("", _without_times(_without_place(text, start, places), language))
        words = [fold(word).strip(" .,") for word in name.split()]
        follows = letter.text[start + len(text) :][:1] if text else ""
        is_sentence = follows in _POINTS and text != ""
        only_says_where = follows in (",", *_POINTS) and len(words) <= _FEW and len(name) < len(text)
        most = _MOST_WORDS_OF_A_SENTENCE if is_sentence else _MOST_WORDS
        is_short = len(name) <= _LONGEST_HEADING and len(words) <= most
        says_something = any(word not in small for word in words) and not _GENERIC.fullmatch(name.strip(" .!:"))
        is_name = (
            _is_described(letter.text, start + len(text))
            and not _PRONOUNS.search(name)
            and bool(words)
            and words[0] not in small
        )
        if (
            is_short
            and says_something
            and (any(map(_is_odd, name.split())) or not only_says_where)
            and not _EVERY_SO_OFTEN.match(name)
            and not _NO_NAME_EITHER.match(name)
            and (is_name or not _has_verb(name, language))
            and (title := _title(name, start))
        ):
            yield title

    if letter.subject:
        yield from as_heading(letter.subject.text, letter.subject.start)
    for match in () if letter.body.text.isupper() else _CAPITALS.finditer(letter.body.text):
        yield from as_heading(match.group(), letter.body.start + match.start())
    if not letter.sentences:
        return
    lines = iter(letter.sentences)
    first = next(lines)
    if _is_library(first, places, letter.text):
        first = next(lines, first)
    first = _without_label(first, places)
    if first.text[:1].islower() and not _DASHED.search(first.text):
        return
    yield from as_heading(*_head_of(first))


def _without_label(first: Passage, places: Sequence[tuple[int, int]]) -> Passage:
    """`first` without what it says it is before a colon: "Title:", "Planned:", "On hold for now:", "Koper library:"."""
    label = _LABEL.match(first.text)
    colon = label.end() if label else 0
    if not colon and (mark := re.match(r"[^:]{2,40}:\s+(?=\w)", first.text)):
        said = first.text[: mark.end()].rstrip(": ")
        is_status = (
            bool(said_in(said, "tense")) and not is_activity(said) and len(said.split()) <= _FEWEST_OF_A_SENTENCE
        )
        is_library = any(first.start == start and _ONLY_A_LIBRARY.fullmatch(said, end - start) for start, end in places)
        colon = mark.end() if is_status or is_library or _STATUS.fullmatch(said) else 0
    return Passage(first.text[colon:], first.start + colon)


_FEWEST_OF_A_SENTENCE = 5
_ONLY_A_LIBRARY = re.compile(r"\s?(?:\w*bib(?:liotek\w*)?|librar\w+|knjižnic\w*)?", re.IGNORECASE)
_STATUS = re.compile(
    r"planned|finished|running|paused|new|planlagt|afsluttet|i gang|kører|nyt?|načrtujemo|zaključeno|poteka|novo|"
    r"(?:bare |lige |kun )?(?:en )?kort en|just a quick one|quick one|na kratko",
    re.IGNORECASE,
)
"""How far it is, or how long the message, before a colon."""


def _subject(
    letter: Letter, places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]
) -> Iterator[FromText[str]]:
    """What the first sentence is about, if it is a thing with a name: "Snakkeklubben på Svendborg Bibliotek er lukket".

    It stands before a verb that says how far it is or that it meets, and begins with a capital or an article.
    """
    if not letter.sentences:
        return
    first = _without_label(letter.sentences[0], places)
    verb = _VERB.search(first.text)
    article = _ARTICLE.match(first.text)
    if verb is None or (not article and _BEGINS_NO_NAME.match(first.text)):
        return
    begin = article.end() if article else 0
    head = first.text[begin : verb.start()]
    where = _WHERE_IT_IS.search(head)
    head = head[: where.start()] if where else head
    start = first.start + begin
    name = _without_kin(_without_place(head, start, places))
    name = _THE_ONE_FOR.sub(r"\g<name>", name)
    words = name.split()
    capitals = len(words) > 1 and all(word[:1].isupper() for word in words)
    is_thing = is_activity(name) or (len(words) > 1 and name[:1].isupper() and not name.endswith((",", ";")))
    if not 1 <= len(words) <= _MOST_WORDS_OF_A_SENTENCE or not is_thing or not (article or name[:1].isupper()):
        return
    if len(words) == 1 and (article or not _THE_THING.search(name)):
        return
    if _PRONOUNS.search(name) or _GENERIC.fullmatch(name) or (_NOBODY.search(_TO_WHOM.sub("", name)) and not capitals):
        return
    if ":" not in name and not _is_taken(start, name, others) and (title := _title(name, start)):
        yield title


def _is_taken(start: int, name: str, others: Sequence[tuple[int, int]]) -> bool:
    """Whether a name is that of an organisation, and not of something it does ("Bralni klub")."""
    return not is_activity(name) and any(first < start + len(name) and start < last for first, last in others)


_BEGINS_NO_NAME = re.compile(
    r"(?:sidste|næste|i år|last|next|this|lani|letos|prihodnj\w*|"
    r"når|hvis|da|efter|før|hver|hvert|alle|mange|nogle|vores|ko|če|kadar|vsak\w*|po|pred|"
    r"tak|thanks|thank|hvala|naš\w*|radi bi|želimo|želeli|načrtujemo|iščemo|pri|when|if|after|before|"
    r"every|each|all|many|some|on|at|in|i|på|til|for|fra|v|na|ob|iz|od|do|s|z|za|med|with|from)\s",
    re.IGNORECASE,
)
_NO_NAME_EITHER = re.compile(r"(?:radi bi|želimo|želeli|načrtujemo|iščemo)\s", re.IGNORECASE)
"""Slovenian verbs without a pronoun at the beginning of a sentence."""
_WHERE_IT_IS = re.compile(
    r"\s(?:i|på|ved|hos|v|na|pri|in|at|near)\s(?:the\s|[A-ZÆØÅČŠŽ]|(?:\w+\s)?\w*(?:bibliotek|knjižnic|librar|station|postaj|"
    r"park|šol|vrtc|domu?\sstar|center|torv|skole|plejehjem|hus|cent(?:er|re)|home))"
)
_THE_ONE_FOR = re.compile(r"^(?P<name>[A-ZÆØÅ]\w+(?:en|et)) (?:for|til) .*$")
"""A name in the form of the one that is meant, and whom it is for: "Tirsdagsklubben for mænd over 60"."""
_VERB = re.compile(
    r"\s(?:er|var|har|blev|kører|holder|mødes|sluttede|startede|begyndte|løb|findes|fortsætter|foregår|giver|"
    r"je|se|so|poteka|trenutno|miruje|teče|traja|"
    r"deluje|is|was|are|were|has|meets|runs|ran|takes place|ended|started|"
    r"began|helps)\s"
)
_ARTICLE = re.compile(r"(?:the|our|vores|naš|naša|naše)\s", re.IGNORECASE)
_THE_THING = re.compile(r"(?:en|et|ne|er|a|nica|ček)$")
"""Endings of a single word that is the name of a thing: "Bogbyttehylden", "Medborgeraftener", "Knjigobežnica"."""
_TO_WHOM = re.compile(r"\s(?:(?:for|til|za)\s.*|\w+(?:im|om|em)\s\w+om)$")
"""Whom a thing is for: "Učna pomoč romskim otrokom"."""
_NOBODY = re.compile(
    r"\b(?:bibliotek\w*|library|libraries|knjižnic\w*|kommune\w*|občin\w*|frivillig\w*|volunteers?|prostovolj\w*|"
    r"deltager\w*|children|børn\w*|otro\w*|people|folk|ljudje|vores|our|naš\w*|mange|many)\b",
    re.IGNORECASE,
)
"""Subjects that do something themselves, and are no initiative."""


def _without_kin(name: str) -> str:
    """`name` without the small word behind it that says what it is: "the phone friends thing"."""
    return re.sub(r"\s(?:thing|project|programme|projektet|tilbuddet)$", "", name.rstrip())


def _fragment(
    letter: Letter, language: str, places: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]
) -> Iterator[FromText[str]]:
    """A first sentence that is none, and says what it is: "Homework help in Maribor.", "reading club, summer 2026"."""
    if not letter.sentences:
        return
    first = _without_label(letter.sentences[0], places)
    mark = _FRAGMENT_ENDS.search(first.text)
    if mark and (several := _IN_SEVERAL.match(first.text)):
        mark = _FRAGMENT_ENDS.search(first.text, several.end())
    head = first.text[: mark.start()] if mark else first.text
    head = _AT_LIBRARY.sub("", head)
    name = _without_times(_before_a_place(head, first.start, places), language).rstrip(" ,-–(")
    name = _WHEN_OR_ONLINE.sub("", name)
    if len(name.split()) > _MOST_WORDS and (where := _WHERE_IT_IS.search(name)):
        name = name[: where.start()]
    for_whom = list(_FOR_WHOM_ELSE.finditer(name))
    if len(name.split()) > _MOST_WORDS and for_whom:
        name = name[: for_whom[-1].start()]
    name = _THE_ONE_FOR.sub(r"\g<name>", name)
    words = name.split()
    is_thing = is_activity(name) if len(words) > 1 else is_activity(name) and len(name) > _LONG
    is_thing = is_thing or _is_like_a_name(words, first.text[len(head) :][:1])
    is_thing = is_thing or (len(words) == 1 and _is_before_a_library(first, len(head), places))
    if not 1 <= len(words) <= _MOST_WORDS + 1 or not is_thing or _has_verb(head, language):
        return
    if _SENTENCE_VERB.search(head) or _GENERIC.fullmatch(name) or _BEGINS_NO_NAME.match(f"{name} "):
        return
    if not _NOBODY.match(name) and not _is_taken(first.start, name, others) and (title := _title(name, first.start)):
        yield title


def _is_before_a_library(first: Passage, end: int, places: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but a library or a town stands behind a word and its comma: "Ungdomsrådet, Dragør Bibliotek"."""
    if not first.text[:1].isupper() or first.text[end : end + 2] != ", ":
        return False
    rest = first.text[end + 2 :].rstrip(" .!")
    at = first.start + end + 2
    return any(
        start == at and last >= at + len(rest.split()[0]) and len(rest) <= last - start + 15 for start, last in places
    )


def _before_a_place(head: str, start: int, places: Sequence[tuple[int, int]]) -> str:
    """`head` up to the place in it, whatever follows: "Human library in Celje on 12 May"."""
    for first, _last in places:
        before, _space, small = head[: max(0, first - start)].rstrip().rpartition(" ")
        if start < first < start + len(head) and small.lower() in _BEFORE_A_PLACE:
            head = before
    return _without_place(head, start, places)


_LONG = 8
"""Letters of a single small word that is a name: "ordblindeklubben"."""


_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february|march|may|june|"
    "july|october|marca?|aprila?|maja|junija?|julija?|avgusta?|septembra|oktobra|novembra|decembra|januarja|februarja|"
    "foråret|sommeren|efteråret|vinteren|spring|summer|autumn|winter"
)
_WHEN_OR_ONLINE = re.compile(
    rf"\s(?:(?:i|in|v|til|on)\s)?(?:{_MONTHS})(?:\s\d{{4}})?$|\s(?:på|via|over|on|na|preko|prek)\s(?:zoom\w*|teams\w*)$",
    re.IGNORECASE,
)
"""A month, or the means to meet, at the end of the first words."""


def _is_like_a_name(words: Sequence[str], after: str) -> bool:
    """Whether a first line of a few words is a name by its capitals, or by the point behind two words."""
    if not 1 < len(words) <= _FEWEST_OF_A_SENTENCE or not words[0][:1].isupper():
        return False
    inner = [word for before, word in pairwise(words) if before.lower() not in _OF_WHOM]
    named = all(word[:1].isupper() or word.isdecimal() or word.lower() in _OF_WHOM for word in inner)
    return named or (len(words) == _FEW and after in (".", "!"))


_OF_WHOM = frozenset(["for", "til", "za", "of", "og", "in", "and", "&", "med", "z", "s", "with"])
_FRAGMENT_ENDS = re.compile(
    r"(?<!\d)[.,;:!?(\n]|\s[–—-]\s|\s(?:sammen med|together with|skupaj [sz]|with the|hver|every|vsak\w*)\s"
)
_IN_SEVERAL = re.compile(r"(?:\w+\s){1,3}(?:på|in|v)\s[a-zæøåčšž]+(?:,\s\w+)*\s(?:og|and|in)\s\w+(?=[.!\n]|$)")
"""Several languages that belong together: "Bookshelves in Farsi, Arabic and Ukrainian"."""
_AT_LIBRARY = re.compile(
    r"\s(?:i|på|at|in|v)\s(?:the\s)?(?:\w+\s)?(?:\w*bib(?:liotek\w*)?|librar\w*|knjižnic\w*).*$", re.IGNORECASE
)
_FOR_WHOM_ELSE = re.compile(r"\s(?:for|til|za)\s")
_SENTENCE_VERB = re.compile(
    r"\b(?:vi|jeg|we|they|der|som|ki|who|that|er|har|is|are|has|was|smo|bomo|imamo|bi|vil|will|would|kom|come|join|"
    r"learn|repair|cook|meet|visit|teach|streamed|gets?|makes?|beremo|berejo)\b",
    re.IGNORECASE,
)


def _behind_a_colon(letter: Letter, language: str, others: Sequence[tuple[int, int]]) -> Iterator[FromText[str]]:
    """A name that ends the first sentence, behind a colon: "We had a fine day in June: The World in Our Town."."""
    first = letter.sentences[0] if letter.sentences else Passage("", 0)
    match = _ENDS_IN_A_NAME.fullmatch(first.text)
    if match and _is_free(match["name"], first.start + match.start("name"), language, others):
        yield from filter(None, [_title(match["name"], first.start + match.start("name"))])


_ENDS_IN_A_NAME = re.compile(r"(?:[^\s:]+\s){4,}[^\s:]+:\s(?P<name>[A-ZÆØÅČŠŽ][^\s,:]+(?:\s[^\s,:]+){1,4}?)[.!]?")


def _short_sentence(letter: Letter, language: str, taken: Sequence[tuple[int, int]]) -> Iterator[FromText[str]]:
    """A first sentence of a few words that others explain: "Call and hear a story. Children can …"."""
    if len(letter.sentences) <= 1:
        return
    first = letter.sentences[0]
    match = _FEW_WORDS.fullmatch(first.text)
    if match and not _NEWS.search(first.text) and _is_free(match["name"], first.start, language, taken):
        yield from filter(None, [_title(match["name"], first.start)])


_FEW_WORDS = re.compile(r"(?P<name>[A-ZÆØÅČŠŽ][\w’'-]+,?(?:\s[\w’'-]+,?){1,5})[.!]?")
_NEWS = re.compile(
    r"\b(?:tak|hilsen|succes|hej|kære|nyt|nyheder|igen|endelig|også|her|så|nu|lige|bare|ja|status|hurra|husk|se|"
    r"thanks|thank|hello|dear|news|finally|again|here|now|just|success|yes|also|still|"
    r"hvala|pozdrav\w*|novic\w*|uspeh|spet|končno|zdaj|tudi|tukaj|živjo|samo|še|že)\b",
    re.IGNORECASE,
)
"""What a short sentence has that is no name."""


def _is_free(name: str, start: int, language: str, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether `name` may be one: no sentence, no greeting, and it holds no place, no organisation and no time."""
    file = words_in(language)
    small = fold(name.split()[0]).strip(" ,") in file.ignored | file.negations
    elsewhere = any(first < start + len(name) and start < last for first, last in taken)
    says = _has_verb(name, language) or mentions_in(name, "frequency", language)
    return not (small or elsewhere or says or _GENERIC.fullmatch(name) or _BEGINS_NO_NAME.match(f"{name} "))


def _is_described(text: str, end: int) -> bool:
    """Whether a dash or a colon follows, and then what it is: "Kvinder læser verden – læsekreds for …"."""
    mark = _DASHED.match(text, end)
    rest = text[mark.end() :].split("\n")[0] if mark else ""
    return mark is not None and (is_activity(rest) or bool(_A_KIND.match(rest)))


_A_KIND = re.compile(r"(?:en|et|an?)\s|sodelovanje\s|samarbejde\s|partnership\s", re.IGNORECASE)


_IS_A = re.compile(r"\s(?:(?:er|var|is|was)\s(?:en|et|an?|our|vores)|je(?:\snaš[ae]?)?)\s(?=\w)")


def _defined(letter: Letter, places: Sequence[tuple[int, int]]) -> Iterator[FromText[str]]:
    """The name that a first sentence explains: "Men's Corner is a reading group for men"."""
    first = letter.sentences[0] if letter.sentences else Passage("", 0)
    if (called := _IS_CALLED.match(first.text)) and (title := _title(called["name"], first.start)):
        yield title
        return
    mark = _IS_A.search(first.text)
    name = first.text[: mark.start()] if mark else ""
    words = name.split()
    if not mark or not name[:1].isupper() or not 1 <= len(words) <= _MOST_WORDS_OF_A_SENTENCE:
        return
    if "," in name or _BEGINS_NO_NAME.match(first.text) or (len(words) == 1 and begins_with_a_day(name)):
        return
    here = any(first.start <= start < first.start + len(name) for start, _end in places)
    explained = first.text[mark.end() :]
    head = " ".join(explained.split()[: 1 if " je" in mark.group() else _WORDS_OF_A_KIND])
    is_kind = explained[:1].islower() and is_activity(head)
    if is_kind and not here and not _PRONOUNS.search(name) and (title := _title(name, first.start)):
        yield title


def _apposed(letter: Letter, taken: Sequence[tuple[int, int]]) -> Iterator[FromText[str]]:
    """A name and what it is behind a comma or a colon: "we are opening The Tower, a homework club for children"."""
    for sentence in letter.sentences:
        for match in _NAME_AND_KIND.finditer(sentence.text):
            start = sentence.start + match.start("name")
            explained = sentence.text[match.end() :].split()
            head = " ".join(explained[:_WORDS_OF_A_KIND])
            free = not any(first < start + len(match["name"]) and start < last for first, last in taken)
            if (
                free
                and head[:1].islower()
                and is_activity(head)
                and sentence.text[: match.start("name")].split()[-1][:1].islower()
                and not _NOT_BEFORE_A_NAME.search(sentence.text, 0, match.start("name"))
                and not _PRONOUNS.search(match["name"])
                and (title := _title(match["name"], start))
            ):
                yield title


_NAME_AND_KIND = re.compile(
    r"(?<=[a-zæøåčšž]\s)(?P<name>[A-ZÆØÅČŠŽ][\w’'-]+(?:\s[\w’'&-]+){0,4})(?:,|:|\s[–—-])\s(?:(?:en|et|an?|our|vores)\s)?"
)
_NOT_BEFORE_A_NAME = re.compile(
    r"\b(?:i|på|ved|fra|med|hos|af|og|til|for|in|at|from|with|by|of|and|to|the|v|na|z|s|iz|pri|od|za|ter|do)\s$",
    re.IGNORECASE,
)
_WORDS_OF_A_KIND = 3
_IS_CALLED = re.compile(
    r"(?P<name>[A-ZÆØÅČŠŽ][^.,;:]{2,60}?)\s"
    r"(?:hedder|kalder vi|kaldes|er navnet på|is what we call|is the name of|je ime|se imenuje)\s"
    r"(?:vores|det|den|en|et|our|the|naš\w*|nov\w*)\s"
)
"""What stands before "is the name of our new café"."""

_GENERIC = re.compile(
    r"(?:(?:ny|nyt|vores|god|godt|gode|en|et|dober|dobra|dobro|nov|nova|naša|naš|good|great|new|our|a)\s)*"
    r"(?:debat|foredrag|kursus|koncert|workshop|udstilling|historie|nyheder|nyt|eksempel|idé|ide|opdatering|"
    r"debata|predavanje|tečaj|koncert|delavnica|razstava|zgodba|novica|primer|ideja|"
    r"debate|lecture|course|concert|exhibition|story|news|example|idea|update|indmelding|melding|prijava|prispevek|"
    r"report|tilbud|aktivitet|initiativ|storitev|dejavnost|service|activity|initiative)|"
    r"(?:nyt? |new |novo )?(?:samarbejde|partnership|sodelovanje)|status|stanje|nyhed|news|novica|"
    r"(?:bare |lige )?en kort en|knjižnica|bibliotek(?:et)?|library|in short|kort fortalt|kort sagt|na kratko|"
    r"til orientering|"
    r"(?:nyt? |ny |vores |nova? |naša |our |new |a )*(?:tilbud|aktivitet|initiativ|indsats|netværk|arrangement|"
    r"storitev|dejavnost|pobuda|mreža|prireditev|service|activity|initiative|offer|network|event)\s"
    r"(?:til|for|med|om|za|s|z|o|with|on)\s.+",
    re.IGNORECASE,
)
"""Headings that say what kind of thing it is, and are no name: "Debat", "Tilbud til ældre"."""

_LABEL = re.compile(
    r"(?:titel|navn|projektets? navn|projekt(?:titel)?|initiativ|tilbud|aktivitet|naslov|ime|ime dejavnosti|naziv|"
    r"dejavnost|program|title|name|project|initiative|activity)\s*:\s+(?=\w)",
    re.IGNORECASE,
)


def _is_library(first: Passage, places: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether the first line is nothing but the library or the town that writes."""
    line = first.text.strip(" :.,")
    ends = text[first.end : first.end + 1] == "\n" or first.text.endswith(":")
    return ends and any(
        first.start >= start - 1 and start < first.end and (end - start) * 4 >= len(line) * 3 for start, end in places
    )


_CAPITALS = re.compile(r"(?:[A-ZÆØÅČŠŽ0-9][A-ZÆØÅČŠŽ0-9’'&-]*\s+){1,7}[A-ZÆØÅČŠŽ][A-ZÆØÅČŠŽ’'-]{2,}")
_DASHED = re.compile(r"\s[–—-]\s|:\s")
_OUR = re.compile(r",\s(?:our|vores|naš\w*)\s", re.IGNORECASE)
_HEAD = re.compile(r"\s[–—-]\s|[:(,;]\s?|[.!?]+$")


def _head_of(first: Passage) -> tuple[str, int]:
    """What stands before the first colon, dash, bracket or comma of the first sentence."""
    mark = _HEAD.search(first.text)
    head = first.text[: mark.start()] if mark else first.text
    is_apposition = bool(mark and _OUR.match(first.text[mark.start() :]))
    if mark and mark.group()[0] in ",;.!?(" and not is_activity(head) and not is_apposition:
        return "", first.start  # no name, but the beginning of a sentence
    if mark and mark.group()[0] == "," and not _FOR_WHOM.search(head):
        return "", first.start  # "Job café in Lemvig, Thursdays 2-4 pm" describes it
    if mark and mark.group()[0] == ":" and first.text[mark.end() : mark.end() + 1] in '”“„"»«':
        return "", first.start  # what somebody said
    return head, first.start


_FOR_WHOM = re.compile(r"\w\s(?:for|til|za)\s\w", re.IGNORECASE)


def _without_times(name: str, language: str) -> str:
    """`name` up to where it says how often: "Story time" of "Story time every Friday", but all of "Friday stories"."""
    said = (each for each in mentions_in(name, "frequency", language) if each.start > 0 and _EVERY.match(each.said))
    often = next(said, None)
    return name[: often.start].rstrip(" ,-–(") if often else name


_EVERY_SO_OFTEN = re.compile(
    r"\d+\s?(?:x|gange|krat|times)\b|(?:to|tre|dvakrat|trikrat|twice|once|enkrat) (?:gange|na|a)\b", re.I
)
_EVERY = re.compile(r"(?:hver|hvert|alle|every|each|vsak\w*)\b", re.IGNORECASE)


def _without_place(text: str, start: int, places: Sequence[tuple[int, int]]) -> str:
    """`text` up to the place that is named in it, with the small word before the place; "" if it begins with one."""
    for first, last in places:
        is_name = any(char.isupper() for char in text[max(0, first - start) : last - start])
        if start <= first < start + len(text) and is_name:
            before = text[: first - start].rstrip(" (,-–")
            head, _space, small = before.rpartition(" ")
            if small.lower() in _BEFORE_A_PLACE:
                before = head
            goes_on = re.search(r"\w", text[last - start :])
            return "" if goes_on and (" " in before or not _is_odd(before)) else before
    return text


def _has_verb(text: str, language: str) -> bool:
    """Whether a heading is a sentence: it has a pronoun or a verb that stories have."""
    return bool(_PRONOUNS.search(text)) or bool(mentions_in(text, "tense", language))


_PRONOUNS = re.compile(
    r"\b(?:se \w+(?:va|ja|jo|mo)|holder (?:nu|til|ved)|"
    r"vi|jeg|vores|der|som|har|er|mi|nas|naš\w*|smo|je|so|ki|we|our|us|they|(?-i:[Ii]t)|is|are|was|were|this|have)\b",
    re.IGNORECASE,
)
