"""Reads contact details: a name, an e-mail address, a telephone number, in any order and layout."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.reading.text import clean_text


@dataclass(frozen=True)
class Contact:
    """What was given; a missing part is "", but `email` and `phone` are never both missing."""

    name: str
    email: str
    phone: str


def read_contact(text: str, country: str | None = None) -> Contact | None:
    """Returns the contact in `text`; None without an e-mail address or telephone number, or with two addresses.

    The name is the rest of the text, with a title or role if there is one; an @ in it stays. Of several numbers the
    first is used. A number with a country code is written in E.164 (+4533733373), and so is a national number of
    `country` (DK or SI) if that is given; any other number stays as its digits, because a guessed country may be a
    stranger's number. Numbers without the length of a telephone number, such as personal numbers, are never read as
    one.
    """
    text = clean_text(text)
    emails = [match for match in _EMAIL.finditer(text) if len(match.group()) <= _LONGEST_EMAIL]
    if len({match.group().casefold() for match in emails}) > 1:
        return None
    rest = _without(text, emails)
    phones = list(_phones(rest, country))
    if not emails and not phones:
        return None
    return Contact(
        name=_name(_without(rest, [match for match, _number in phones])),
        email=emails[0].group() if emails else "",
        phone=phones[0][1] if phones else "",
    )


def shared_number(phone: str) -> str:
    """Returns the number on a shared contact, read as `read_contact` reads one; "" if it is no telephone number.

    Telegram leaves out the plus in the numbers of its own users, which all begin with a country code.
    """
    found = read_contact(phone)
    if found is None and phone.isascii() and phone.isdecimal() and not phone.startswith("0"):
        found = read_contact(f"+{phone}")
    return found.phone if found else ""


_EMAIL = re.compile(
    r"(?<![\w.+'@-])[\w+'-][\w.+'-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@])",
)
_LONGEST_EMAIL = 254
_PHONE = re.compile(
    r"""(?<![\w+@/.-])
        (?: (?:\+|00)[1-9](?:[ .()-]{0,3}\d){6,14}        # +45 33 73 33 73, 00386 1 200 11 00, +386 (0)1 200 11 00
          | \(?0\d{1,2}\)?\s?[/-]?\s?\d(?:[ .-]{0,2}\d){5,6}  # 01 200 11 00, (01) 200-11-00, 040/123-456
          | [2-9](?:[ .-]{0,2}\d){7}                      # 33 73 33 73
        )(?![\w/@-]|\.\d)""",
    re.VERBOSE,
)
_A_DATE = re.compile(r"\d{1,2}([./-])[ ]?\d{1,2}\1[ ]?\d{4}")


def _phones(text: str, country: str | None) -> Iterator[tuple[re.Match[str], str]]:
    for match in _PHONE.finditer(text):
        if not _A_DATE.fullmatch(match.group()):
            number = _number(match.group(), country)
            if number:
                yield match, number


def _number(written: str, country: str | None) -> str:
    """Returns the number in E.164 or as digits; "" if no telephone has such a number."""
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if written.startswith(("+", "00")):
        return _international(digits.removeprefix("00"))
    if digits.startswith("0") and len(digits) != 9:  # not a Slovenian number, but perhaps a personal one
        return ""
    if country == "DK" and len(digits) == 8:
        return f"+45{digits}"
    if country == "SI" and len(digits) == 9:
        return f"+386{digits[1:]}"
    return digits


def _international(digits: str) -> str:
    if digits.startswith("45"):
        return f"+{digits}" if len(digits) == 10 else ""
    if digits.startswith("386"):
        national = digits[3:].removeprefix("0")
        return f"+386{national}" if len(national) == 8 else ""
    return f"+{digits}" if 8 <= len(digits) <= 15 else ""


def _without(text: str, matches: list[re.Match[str]]) -> str:
    for match in reversed(matches):
        text = f"{text[: match.start()]}\n{text[match.end() :]}"
    return text


_BETWEEN_PARTS = re.compile(r"[\n,;|•<>]+|\s[-–—/]+(?=\s|$)")
_EDGES = " \t.:-–—/()[]\"'”“„»«"
# Words before an address or number, and signs that joined the parts before they were taken out.
_LABEL = (
    r"(?:e-?mail|mail|mailto|e-?pošta|e-?naslov|epost|tlf|tel|telefon|telefonnummer|telefonska|phone|mobil|mobiltelefon"
    r"|mobile|gsm|mob|kontakt|kontaktperson|contact|navn|ime|name|på|na|at|on|eller|ali|or|og|in|and|med)"
)
_LABEL_FIRST = re.compile(rf"^{_LABEL}(?![\w@])[\s.:]*", re.IGNORECASE)
_LABEL_LAST = re.compile(rf"(?:^|[\s(]){_LABEL}[\s.:]*$", re.IGNORECASE)
_LONGEST_NAME = 120


def _name(text: str) -> str:
    """Returns the rest of the text, unless it is longer than a name with a role."""
    parts = (_unlabelled(part) for part in _BETWEEN_PARTS.split(text))
    name = ", ".join(part for part in parts if any(char.isalpha() for char in part))
    return name if len(name) <= _LONGEST_NAME else ""


def _unlabelled(part: str) -> str:
    while True:
        shorter = _LABEL_LAST.sub("", _LABEL_FIRST.sub("", part.strip(_EDGES))).strip(_EDGES)
        if shorter == part:
            return " ".join(part.split())
        part = shorter
