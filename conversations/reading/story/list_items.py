"""One item of a list: whether it is an initiative of its own, and what it is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.language.languages import LANGUAGES
from conversations.model.registers import Registers
from conversations.reading.story.passages import said_in
from conversations.reading.story.places import library_of
from conversations.reading.text import clean_line, clean_text, words_of
from conversations.vocabulary.organisations import organisations_in
from conversations.vocabulary.words import words_in

LONGEST_TITLE = 120
_SHORTEST_TITLE = 3
_LIKE_A_SUMMARY = 30
"""Characters after a colon or dash that are too many for the end of a title."""


@dataclass(frozen=True)
class Offer:
    """One item of a list: its title, its summary, and the library it is of, by the register's name if it has one."""

    title: str
    summary: str
    library: str = ""


_HEAD = 40
"""Characters at the beginning of an item within which it says what it is."""


def is_activity(text: str) -> bool:
    """Whether an item says at its beginning that it is something a library does."""
    head = text[:_HEAD]
    return any(each.key == "activity" for each in said_in(head, "lists")) or bool(said_in(head, "themes"))


def names_parts(header: str) -> bool:
    """Whether what stands before a list announces the parts of one initiative: its goals, its programme, its dates."""
    if _FOR_YOU.match(header):
        return False
    keys = {each.key for each in said_in(header, "lists")}
    return "parts" in keys or ("activity" in keys and "many" not in keys)


_FOR_YOU = re.compile(r"(?:for|to|til|za)\s(?:your|you|jer|jeres|vas|vaš\w*)\b", re.IGNORECASE)
"""How a list is addressed: "For your collection:"."""
_LABEL = re.compile(r"(?P<label>[^:]{2,30}):\s")
_TIME_OR_DATE = re.compile(
    r"(?:kl\.?\s*|ob\s+|at\s+)?\d{1,2}[.:]\d{2}\b|\d{1,2}\.\s?\d{0,2}\.?\s?[^\W\d_]*\s*(?:\d{4})?$|"
    r"(?:den\s+)?\d{1,2}\.?\s+[^\W\d_]+$|\d{4}\b|\d+\s*[.:]|[^\W\d_]+\s+\d{1,2}$",
)
_FIGURE = re.compile(r"(?:ca\.?\s*|okoli\s+|about\s+)?\d+\s", re.IGNORECASE)
_BEGINS_BELOW = re.compile(
    r"(?:med|for|til|fra|hver|hvert|i|på|om|ved|siden|sammen|kl\.?|gratis|kom|vi|der|alle|man|de|den|det|som|så|men|også|"
    r"z|s|za|od|do|v|na|ob|vsak\w*|pri|iz|skupaj|brezplačno|mi|ki|tudi|prijave|ni|je|smo|so|"
    r"with|every|each|at|in|on|since|from|together|free|we|they|it|there|everyone|all|who|where|when|also|open)\s",
    re.IGNORECASE,
)


def is_part_of_one(text: str, *, told: bool = True) -> bool:
    """Whether an item only tells something of an initiative: when, for whom, with whom, a point of its programme.

    Where several things are announced, a sentence ("we read at the hospital") may be one of them: not `told`.
    """
    text = _IT.sub("IT ", text)
    label = _LABEL.match(text)
    if begins_with_a_day(text) or _is_on_the_agenda(text):
        return True
    if label and any(each.key in ("parts", "questions", "agenda") for each in said_in(label["label"], "lists")):
        return True
    if _TIME_OR_DATE.match(text):
        return True
    if not told:
        return False
    if text[:1].islower() and _BEGINS_BELOW.match(text):
        return True
    if _PRONOUN.match(text) or (_FIGURE.match(text) and not is_activity(text)):
        return True
    return bool(_SENTENCE.search(text))


def _is_on_the_agenda(text: str) -> bool:
    """Whether an item is a point of a programme: "Coffee", "Welcome by the mayor", but not "Coffee and crime"."""
    said = next((each for each in said_in(text, "lists") if each.key == "agenda" and each.start == 0), None)
    return said is not None and not _WITH_ANOTHER.match(text, said.end)


_WITH_ANOTHER = re.compile(
    r"\s(?:og|in|and|&)\s(?!kage|te\b|tea\b|cake|čaj|brød|biscuits|spørgsmål|vprašanj|questions)"
)

_IT = re.compile(r"^it[ -](?=caf|hjælp|kur|under|vejl|værk|help|course|support|desk)")
"""Information technology, not what the English pronoun stands for."""


def begins_with_a_day(text: str) -> bool:
    """Whether `text` begins with a day of the week: it says when, and not what."""
    words = words_of(text[:_HEAD])
    return bool(words) and any(words[0] in words_in(language).days for language in LANGUAGES)


_PRONOUN = re.compile(
    r"(?!IT\s)(?:vi|jeg|man|de|det|den|der|mi|je|smo|so|we|they|it|there|this|everybody|alle er|vsi so|"
    r"for|with|every|hver|vsak\w*|siden|since|sammen|skupaj|together|med)\s",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:mødes|taler|(?<!bogen )(?<!biblioteket )kommer|startede|begyndte|srečujemo|začeli smo|se dobivamo|"
    r"we meet|meets)\b",
    re.I,
)


def is_organisation(text: str) -> bool:
    """Whether an item is nothing but an organisation."""
    named = [each for language in LANGUAGES for each in organisations_in(text, language)]
    whole = any((each.end - each.start) * 4 >= len(text.strip()) * 3 for each in named)
    return whole and not is_activity(text)


_IS_ADDRESS = re.compile(r"\S+@\S+\.\S+|\S*(?:://|www\.)\S*")


def offer_of(first: str, others: Sequence[str], registers: Registers, library: str = "") -> Offer | None:
    """Returns the offer whose first line is `first`, with the lines below it; None if that line has no name."""
    line = clean_line(first)
    line, named = _without_library(line, registers)
    title, more = _title(line, alone=not any(others))
    if len(title) < _SHORTEST_TITLE or not any(char.isalpha() for char in title) or _IS_ADDRESS.fullmatch(title):
        return None
    return Offer(title, clean_text("\n".join((more, *others))), named or library)


_BESIDE = re.compile(
    r"(?P<title>.*[^\s,])\s*"
    r"(?:\((?P<brackets>[^()]{3,60})\)|,\s(?P<comma>[^,()]{3,60})|\s[–—-]\s(?P<dash>[^–—]{3,60}))\s*$"
)


def _without_library(line: str, registers: Registers) -> tuple[str, str]:
    """Returns an item without the library that stands behind it in brackets or after a dash, and that library."""
    beside = _BESIDE.fullmatch(line)
    text = (beside["brackets"] or beside["comma"] or beside["dash"]) if beside else ""
    is_name = text[:1].isupper() or bool(_LIBRARY_WORD.search(text))  # "for families" is also a hamlet, in Slovenian
    if beside and is_name and (library := library_named(text, registers)):
        return beside["title"], library
    return line, ""


_MOST_WORDS = 6
_LIBRARY_NAME = re.compile(
    r"(?:[A-ZÆØÅČŠŽ][\w-]*\s)*(?:[Kk]njižnica|[Čč]italnica)\s[A-ZÆØÅČŠŽ].*|"
    r"[A-ZÆØÅČŠŽ].*[\s-]?(?:[Bb]ibliotek\w*|\bbib|[Ll]ibrar(?:y|ies))"
)
_LIBRARY_WORD = re.compile(r"bibliotek|\bbib\b|knjižnic|čitalnic|librar", re.IGNORECASE)


def library_named(text: str, registers: Registers) -> str:
    """Returns the library that `text` is the name or the place of, by the register's name; "" if it is none.

    A name that says library but is in no register is returned as it was written.
    """
    text = text.strip(" :.,;")
    if not text or len(text) > LONGEST_TITLE:
        return ""
    says_library = _LIBRARY_WORD.search(text) is not None
    if not says_library and not registers.places_in(f"i {text[:1].upper()}{text[1:]}"):
        return ""  # looking among all names takes far longer
    exact = registers.libraries(text).exact
    if exact:
        return exact.name
    if not says_library or text.count(" ") >= _MOST_WORDS:
        return ""
    places = [place for place in registers.places_in(text) if place.library]
    found = library_of(places[0], registers) if len(places) == 1 else None
    return found.name if found else text if _LIBRARY_NAME.fullmatch(text) else ""


_AFTER_TITLE = re.compile(r"[:;]\s|\s(?:→|=|/|\||=>|->)\s|\s[–—-]\s|[.!?]\s|,\s|\s\(")
_QUOTES = "\"'”“„»«’‘*_"
_TELLS_MORE = re.compile(
    r"(?:hver|hvert|om|på|i|for|til|fra|med|kl\.?|alle|vi|her|der|hvor|som|siden|gratis|en|et|"
    r"ponedeljki|torki|srede|četrtki|petki|sobote|nedelje|startet|start|opstart|začetek|začeli|started|"
    r"vsak\w*|ob|za|od|do|v|na|z|s|ki|kjer|vsi|prostovoljc\w*|redna|poleti|pozimi|jeseni|spomladi|enkrat|dvakrat|"
    r"občasno|tedensko|mesečno|weekly|monthly|once|twice|"
    r"every|each|on|at|in|for|from|with|where|we|a|an|the|since|all|everyone|your|bring|talk|come|meet\w*)(?:\s|\)?$)",
    re.IGNORECASE,
)
_FEW_WORDS = 3


def _title(line: str, *, alone: bool) -> tuple[str, str]:
    """Returns the title in an item's first line, and the part of the line that belongs to the summary.

    A line that is the whole item may contain both: "Homework help: volunteers help children every Tuesday".
    """
    too_long = len(line) > LONGEST_TITLE
    for end in _AFTER_TITLE.finditer(line, _SHORTEST_TITLE, LONGEST_TITLE + 2):
        if too_long and end.start() <= LONGEST_TITLE and end.group() not in (", ", " ("):
            return _bare(line[: end.start()]), line[end.end() :]
        if alone and _is_summary(line, end):
            return _bare(line[: end.start()]), line[end.end() :].removesuffix(")" if end.group() == " (" else "")
    if too_long:
        return _bare(line[: LONGEST_TITLE - 1].rpartition(" ")[0] or line[: LONGEST_TITLE - 1]) + "…", line
    return _bare(line), ""


def _is_summary(line: str, end: re.Match[str]) -> bool:
    """Whether what stands behind the mark at `end` tells about what stands before it."""
    head, rest = line[: end.start()], line[end.end() :]
    tells = (
        bool(_TELLS_MORE.match(rest))
        or any(each.start == 0 for each in said_in(rest, "frequency"))
        or _FIGURE.match(rest) is not None
        or begins_with_a_day(rest)
    )
    match end.group().strip():
        case "," | "(":
            return tells
        case "." | "!" | "?":
            return len(rest) >= _LIKE_A_SUMMARY or tells
        case "→" | "=" | "=>" | "->":
            return True
        case mark:
            few = _FEW_WORDS if mark == ":" or is_activity(head) else _FEW_WORDS + 1
            return len(rest) >= _LIKE_A_SUMMARY or tells or rest.count(" ") >= few


_EMOJI_BEHIND = re.compile("[\\s\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+$")


def _bare(title: str) -> str:
    """Returns `title` without the quotation marks around it, which are added again where it is shown."""
    title = _EMOJI_BEHIND.sub("", title.strip()).rstrip(";:,").strip()
    if title[-1:] == "." and title.count(".") == 1 and not title[-3:-1].isdecimal():
        title = title[:-1]
    if title[:1] in _QUOTES and title[-1:] in _QUOTES:
        title = title.strip(_QUOTES).strip()
    return title
