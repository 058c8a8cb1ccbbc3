"""Notices what may be about one person in a text that everybody may read: numbers, addresses, a participant's name.

It notices rather too little than too much, because every alarm is a question to the author:

- a Danish civil registration number (CPR): a date and four digits, with a dash, or else with a valid check digit; a
  Slovenian one (EMŠO): thirteen digits with a date and a valid check digit;
- a telephone number with a country code, or in the usual groups of a Danish or Slovenian one; years, dates, weeks in a
  row, large numbers and ISBNs are none;
- an e-mail address, unless it is that of an office ("info@", "bibliotek@");
- a full name only beside a word that says it is a participant's ("deltageren", "hun hedder", "udeleženka", "ime ji
  je", "her name is"); other names, of authors and organisations, stay unnoticed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from conversations.reading.contacts import email_matches, phone_matches

PersonalKind = Literal["civil_number", "phone", "email", "name"]

TAKEN_OUT = "[…]"
"""What stands in a text for what was taken out."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Something about a person in a text, from its first to after its last character."""

    kind: PersonalKind
    start: int
    end: int


def personal_in(text: str) -> list[Personal]:
    """Returns what may be about one person in `text`, whatever its language, in its order."""
    found: list[Personal] = []
    for each in (*_civil_numbers(text), *_emails(text), *_phones(text), *_names(text)):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def without(value: Any, said: str) -> Any:
    """Returns `value`, a text or JSON with texts in it, with a mark wherever `said` stands by itself."""
    match value:
        case str():
            return re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", TAKEN_OUT, value)
        case Mapping():
            return {key: without(each, said) for key, each in value.items()}
        case list() | tuple():
            return [without(each, said) for each in value]
        case _:
            return value


_CPR = re.compile(r"(?<![\w/.-])(\d{6})([ -]?)(\d{4})(?![\w/-]|\.\d)")
_EMSO = re.compile(r"(?<![\w/.-])\d{13}(?![\w/-]|\.\d)")
_AN_ISBN = re.compile(r"ISBN[-\d: ]*$", re.IGNORECASE)


def _civil_numbers(text: str) -> Iterator[Personal]:
    for match in _CPR.finditer(text):
        digits = match.group(1) + match.group(3)
        likely = match.group(2) == "-" or _has_check_digit(digits, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
        if likely and _is_a_day(digits[:2], digits[2:4]) and not _AN_ISBN.search(text[: match.start()]):
            yield Personal("civil_number", match.start(), match.end())
    for match in _EMSO.finditer(text):
        digits = match.group()
        weights = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
        if _is_a_day(digits[:2], digits[2:4]) and _has_check_digit(digits, weights):
            yield Personal("civil_number", match.start(), match.end())


def _is_a_day(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _has_check_digit(digits: str, weights: tuple[int, ...]) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


_OFFICES = re.compile(
    r"(?:[\w.+-]*(?:info|bib|knj|librar|kontakt|contact|post|mail|pisarna|kultur|integration|team|hello|hej|admin|service"
    r"|support|office|udlaan|izposoja|borger|boern|born|voksen|skole|sola|sekretariat|tajni|redaktion|urednis|booking)"
    r"[\w.+-]*)@",
    re.IGNORECASE,
)


def _emails(text: str) -> Iterator[Personal]:
    for match in email_matches(text):
        if not _OFFICES.match(match.group()):
            yield Personal("email", match.start(), match.end())


_GROUPS = frozenset({(8,), (4, 4), (2, 2, 2, 2)})
"""How many digits stand together in a Danish number."""


def _phones(text: str) -> Iterator[Personal]:
    for match in phone_matches(text):
        written = match.group()
        groups = tuple(re.findall(r"\d+", written))
        national = not written.startswith(("+", "00", "0", "(0"))
        if national and (tuple(map(len, groups)) not in _GROUPS or _is_a_row(groups)):
            continue
        if not _AN_ISBN.search(text[: match.start()]):
            yield Personal("phone", match.start(), match.end())


def _is_a_row(groups: tuple[str, ...]) -> bool:
    """Whether the groups are years ("2024 2025"), a day ("20251224"), or weeks in a row ("32 33 34 35")."""
    numbers = [int(group) for group in groups]
    if len(groups) == 1:
        return re.fullmatch(r"20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])", groups[0]) is not None
    in_a_row = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return in_a_row or all(1900 <= number <= 2099 for number in numbers)


_NAME = r"(?P<name>[^\W\d_a-zæøåčšžćđ][\w'’-]+(?: (?:al|el|bin|van|von|de|da))?(?: [^\W\d_a-zæøåčšžćđ][\w'’-]+){1,2})"
_PARTICIPANT = (
    r"(?:deltager(?:en|ne)?|kursist(?:en)?|elev(?:en)?|(?:med)?borger(?:en)?|udeleže(?:nec|nka|nci|nke|nko|nca|ncu|nki)"
    r"|tečajni(?:k|ca|ce|ka)|participant|attendee|learner)"
)
_CUES = (
    re.compile(rf"\b(?i:{_PARTICIPANT})[,:]? (?:(?i:hedder|ved navn|po imenu|named|called|je|er|is) )?{_NAME}"),
    re.compile(rf"\b(?i:hun|han|hende|ham) (?i:hedder|hed|kaldes) {_NAME}"),
    re.compile(rf"\b(?i:(?:hendes|hans) navn er|(?:her|his|their) name is|(?:she|he) is (?:called|named)) {_NAME}"),
    re.compile(rf"\b(?i:ime (?:ji|mu) je|(?:ji|mu) je ime|piše se) {_NAME}"),
    re.compile(
        rf"{_NAME}(?:,? \(?)(?i:som er |ki je |who is )?(?i:en af |ena od |eden od |one of )"
        r"(?i:de |the |our |vores |naših )?"
        r"(?i:deltagerne|deltagere|kursisterne|udeleženk|udeležencev|participants)\b"
    ),
    re.compile(
        rf"{_NAME} ?[(,] ?(?i:deltager|kursist|udeleženec|udeleženka|participant|\d{{1,2}} (?:år|let|years old))\b"
    ),
)
_NO_PERSON = re.compile(
    r"\b(?:\w*bibliot|knjižn|librar|\w*kommun|občin|\w*skole|šol|\w*cent|\w*foren|društv|univ|røde|rdeč|red|dansk|slov|oš"
    r"|the|project|projekt|café|klub|club)",
    re.IGNORECASE,
)


def _names(text: str) -> Iterator[Personal]:
    for cue in _CUES:
        for match in cue.finditer(text):
            if not _NO_PERSON.search(match["name"]):
                yield Personal("name", match.start("name"), match.end("name"))
