"""Reads contact details: a name, an e-mail address, a telephone number, in any order and layout."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conversations.reading.text import clean_text, fold


@dataclass(frozen=True)
class Contact:
    """What was given; a missing part is "", but `email` and `phone` are never both missing.

    `doubtful` says that the name was taken out of a sentence, and should be confirmed.
    """

    name: str
    email: str
    phone: str
    doubtful: bool = False


def read_contact(text: str, country: str | None = None) -> Contact | None:
    """Returns the contact in `text`; None without an e-mail address or telephone number, or with two addresses.

    The name is the rest of the text, with a title or role if there is one; an @ in it stays. Of several numbers the
    first is used. A number with a country code is written in E.164 (+4533733373), and so is a national number of
    `country` (DK or SI) if that is given; any other number stays as its digits, because a guessed country may be a
    stranger's number. Numbers without the length of a telephone number, such as personal numbers, are never read as
    one.
    """
    text = _AT.sub("@", clean_text(text))
    emails = list(email_matches(text))
    if len({match.group().casefold() for match in emails}) > 1:
        return None
    rest = _without(text, emails)
    phones = list(_phones(rest, country))
    if not emails and not phones:
        return None
    name, doubtful = _name(_without(rest, [match for match, _number in phones]), emails[0].group() if emails else "")
    return Contact(
        name=name,
        email=emails[0].group() if emails else "",
        phone=phones[0][1] if phones else "",
        doubtful=doubtful,
    )


def read_contacts(text: str) -> tuple[Contact, ...]:
    """Returns every person or place in `text` with its own address or number, in its order; one, if there is one.

    A second e-mail address begins a second contact, and so does a second line, or a part after a semicolon, with a name
    and a number of its own.
    """
    text = _AT.sub("@", clean_text(text))
    if one := read_contact(text):
        several = [found for part in _one_by_one(text) if (found := read_contact(part))]
        named = [found for found in several if found.name and found.phone]
        return tuple(named) if len({found.name for found in named}) > 1 else (one,)
    parts: list[str] = []
    begin = 0
    for match in _EMAIL.finditer(text):
        parts.append(text[begin : match.end()])
        begin = match.end()
    if not parts:
        return ()
    if not any(map(str.isalpha, _EMAIL.sub("", parts[0]))):  # the name stands behind the address
        ends = [match.start() for match in _EMAIL.finditer(text)]
        parts = [text[start:end] for start, end in zip(ends, (*ends[1:], len(text)), strict=True)]
    else:
        parts[-1] += text[begin:]
    return tuple(found for part in parts if (found := read_contact(part)))


def _one_by_one(text: str) -> list[str]:
    """Returns the parts of a text that may each have a contact: lines, what a semicolon or a number ends."""
    numbers = list(phone_matches(text))
    if len(numbers) > 1 and "\n" not in text and ";" not in text:
        ends = [match.end() for match in numbers]
        return [text[start:end] for start, end in zip((0, *ends[:-1]), ends, strict=True)]
    return re.split(r"[\n;]", text)


def shared_number(phone: str) -> str:
    """Returns the number on a shared contact, read as `read_contact` reads one; "" if it is no telephone number.

    Telegram leaves out the plus in the numbers of its own users, which all begin with a country code.
    """
    found = read_contact(phone)
    if found is None and phone.isascii() and phone.isdecimal() and not phone.startswith("0"):
        found = read_contact(f"+{phone}")
    return found.phone if found else ""


def email_matches(text: str) -> Iterator[re.Match[str]]:
    """Yields the e-mail addresses in `text`, in its order."""
    return (match for match in _EMAIL.finditer(text) if len(match.group()) <= _LONGEST_EMAIL)


def phone_matches(text: str) -> Iterator[re.Match[str]]:
    """Yields what has the length and the signs of a telephone number in `text`, in its order."""
    return (match for match, _number in _phones(text, None))


_EMAIL = re.compile(
    r"(?<![\w.+'@-])[\w+'-][\w.+'-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@])",
)
_LONGEST_EMAIL = 254
_AT = re.compile(r"\s*[(\[](?:at|snabel-?a|afna)[)\]]\s*", re.IGNORECASE)
"""How people write @ so that no machine finds an address."""

_PHONE = re.compile(
    r"""(?<![\w+@/.-])
        (?: (?:\+|00[ ]?)[1-9](?:[ .()-]{0,3}\d){6,14}        # +45 33 73 33 73, 00386 1 200 11 00, +386 (0)1 200 11 00
          | \(?0\d{1,2}\)?\s?[/-]?\s?\d(?:[ .-]{0,2}\d){5,6}  # 01 200 11 00, (01) 200-11-00, 040/123-456
          | 45(?:[ .-]{1,2}\d\d){4}                         # 45 33 73 33 73
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
    if digits.startswith("45") and len(digits) == 10:
        return f"+{digits}"
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


_BETWEEN_PARTS = re.compile(r"[\n,;|•<>()]+|\s[-–—/]+(?=\s|$)|(?<=\w{4})[.:!?]\s")
_TIMES = re.compile(
    r"hverdage|alle dage|(?:man|tirs|ons|tors|fre|lør|søn)dage?\b|kl\b|træffetid|åbent\b|mellem\b|dosegljiv|med \d|vsak"
    r"|ob \d|od \d|ponedelj|weekdays|between\b|monday|open\b|hours\b|every\b|mornings?\b|afternoons?\b"
    r"|dopoldne|popoldne|formiddag|eftermiddag|om formiddag|om eftermiddag|(?:not|ikke|ne) (?:on|om|ob|mondays)\b",
    re.IGNORECASE,
)
"""How a part begins that says when somebody can be reached."""

_EDGES = " \t.:-–—/()[]\"'”“„»«"
_LONGEST_NAME = 120
_MOST_WORDS = 8
"""Words of a name with a role; a longer part of the text tells something else."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_NOUNS = _words(
    # what stands before an address or a number, and joined the parts before these were taken out
    "mail email e-mail e mailto pošta e-pošta naslov e-naslov epost adresse mailadresse address tlf tel tlfnr",
    "telefon nr nummer telefonnummer telefonnr telefonska številka telefonsko phone mobil mobiltelefon",
    "mobilnummer mobile gsm mob kontakt kontaktperson kontaktoseba kontaktna oseba contact person navn ime name",
    "number direkte direct på na at on til ali eller or og og/eller in and med via ved by pa z s preko prek ter",
    "el cc att tlf.nr tlf/sms sms whatsapp bibliotekets knjižnice knjižnični hovednummer hovednummeret colleague",
    "kollega kollegaen kolegica kolega sodelavka sodelavec je one attn the an det den",
)
_REQUESTS = _words(
    # what asks to write or telephone
    "ring ringe ringes ringer skriv skrive skrives skriver send sende kontakte kontakter spørg spørge efter fat",
    "få tal tale bedst helst gerne venligst tak man jeg er hedder mit vores min du i mig os her bare så",
    "også træffes fanges call email emailing write text reach contact contacting please you me us ask for to best",
    "thanks this is my our am i'm im speak get hold of talk with pokličite pokličete pokličejo poklicati",
    "kličite pišite pišete pisati pišejo kontaktirajte kontaktirate obrnite se lahko nas jaz sem prosim hvala",
    "vprašajte javite najbolje najlažje name pošljite mi nam just it's its easiest nemmest raje kar po",
    "telefonu mailu",
)
_LABELS = _NOUNS | _REQUESTS
"""Words that are no part of a name, at its beginning or end."""

_AFTER_A_LABEL = frozenset({"kan", "can", "may", "vil", "skal"})
"""Verbs that may be names, too: they are no part of one behind another small word ("man kan", "you can")."""


def _name(text: str, email: str) -> tuple[str, bool]:
    """Returns the name, with a role, in the rest of the text, and whether it was taken out of a sentence.

    There is none where the rest is longer than a name with a role. A name in small letters beside words that ask to
    write or telephone may be one of them, unless the `email` address has it, too.
    """
    written = [part for part in _BETWEEN_PARTS.split(text) if not _TIMES.match(part.strip(_EDGES))]
    parts = [part for each in written if any(map(str.isalpha, part := _unlabelled(each)))]
    told = [_in_a_sentence(part) for part in parts]
    name = ", ".join(part for part in told if part)
    doubtful = told != parts or not all(map(_is_plainly_a_name, told[:1])) or any(map(_says_more, told[1:]))
    doubtful |= name.islower() and not _is_in_address(name, email) and (len(parts) > 1 or _asks(text))
    return (name if len(name) <= _LONGEST_NAME else ""), doubtful


def _asks(text: str) -> bool:
    """Returns whether words beside a name ask to write or telephone, or something is counted: "after 10"."""
    words = (word.strip(_EDGES).casefold() for word in text.split())
    return any(word.isdecimal() or (word in _REQUESTS and word not in _NOUNS) for word in words)


def _is_in_address(name: str, email: str) -> bool:
    """Returns whether an address has the first or the last word of a name: "lise: lise@bib.example"."""
    words, before = [fold(word) for word in name.split()], fold(email.partition("@")[0])
    return any(len(word) >= _SHORTEST_IN_ADDRESS and word in before for word in words[:1] + words[-1:])


_SHORTEST_IN_ADDRESS = 3


_VERBS = _words(
    "er var kan vil skal har ved stopper hedder ikke nok men så mere mest der han hun de vi jeg hende ham",
    "is are was will can has knows isn't not but so more she he they we that'd that's leaving use best",
    "je so ni bo ima ve lahko ne ampak zato več največ on ona oni jaz mi me meni mene kar sem smo njega njo",
)
"""Words of a sentence, which are part of no name."""

_IS = _words("er is je")
"""Verbs between a name and a role: "Per er chef"."""


def _in_a_sentence(part: str) -> str:
    """Returns the name in a part of the text: all of it, unless it is a sentence about somebody."""
    words = part.split()
    plain = [word.strip(_EDGES) for word in words]  # "Bo" and "Can" are names
    first = next((at for at, word in enumerate(plain) if word in _VERBS), None)
    if first is None:
        return part
    if plain[first] in _IS and 0 < first <= _WORDS_OF_A_NAME:
        return " ".join(words[:first])
    capitals = [word.strip(_EDGES) for word in words if word[:1].isupper() and word.casefold() not in _VERBS]
    return " ".join(capitals[:_WORDS_OF_A_NAME])


_WORDS_OF_A_NAME = 3


def _is_plainly_a_name(name: str) -> bool:
    """Returns whether a part is a few words, all but one with capital letters, or none: "dr. Anna Holm", "mette"."""
    words = name.split()
    capitals = sum(word[:1].isupper() for word in words)
    is_short = len(words) <= (_WORDS_OF_A_NAME if not capitals else _WORDS_OF_A_NAME + 1)
    return is_short and (not capitals or capitals >= len(words) - 1) and not _says_more(name)


def _says_more(name: str) -> bool:
    """Returns whether a part that is taken for a name joins two, or begins with a small word."""
    words = [word.casefold() for word in name.split()]
    if re.search(r"\d{5}", name):  # a number that is no telephone number
        return True
    return len(words) > _WORDS_OF_A_NAME + 2 or not _JOINING.isdisjoint(words) or words[0] in _BEFORE_A_NAME


_BEFORE_A_NAME = _words("za en moja boss leder šef")
_JOINING = _words("og eller in ali and or either enten bodisi desk skranken izposoja izposojo")


def _unlabelled(part: str) -> str:
    """Returns a part of the text without the labels and verbs around the name in it; "" if nothing else is left."""
    words = part.split()
    small = 0
    while words and _is_label(words[0], after=small > 0):
        words.pop(0)
        small += 1
    while words and _is_label(words[-1], after=False):
        words.pop()
    return " ".join(words).strip(_EDGES) if len(words) <= _MOST_WORDS else ""


def _is_label(word: str, *, after: bool) -> bool:
    plain = word.strip(_EDGES).casefold()
    return not plain or plain in _LABELS or (after and plain in _AFTER_A_LABEL)
