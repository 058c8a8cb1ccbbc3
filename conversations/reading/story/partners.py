"""The partners that a story names: behind "together with", before "is with us", and well-known names."""

import re
from collections.abc import Iterator, Sequence

from conversations.reading.story.list_items import is_activity
from conversations.reading.story.passages import Letter, Passage
from conversations.reading.story.story import NOBODY_ELSE, FromText, Partner, Span
from conversations.vocabulary.mentions import mentions_in
from conversations.vocabulary.organisations import LONGEST_NAME, OrganisationNamed

_ALWAYS_PARTNERS = frozenset({"ngo", "association", "volunteer_centre", "trade_union", "funder", "job_centre"})
"""Kinds whose well-known names are partners wherever they stand; others may only be spoken of."""


def partners_in(
    letter: Letter, organisations: Sequence[OrganisationNamed], language: str
) -> FromText[tuple[Partner, ...]] | None:
    """Returns those of `organisations` that are surely partners, and others named as such, in order.

    Where `letter` says that there are none, it is a single one of the kind "none".
    """
    text = letter.text
    found: dict[Span, Partner] = {}
    for cue in mentions_in(text, "company", language):
        sentence = _sentence_at(letter, cue.start)
        if sentence is None:
            continue
        if cue.key == "alone":
            found.setdefault((cue.start, cue.end), Partner(None, NOBODY_ELSE))
        elif cue.key == "with":
            found |= dict(_listed(text, cue.end, sentence.end, organisations))
        elif said := _before(text, sentence, cue.start, organisations):
            found |= dict([said])
    for each in organisations:
        sentence = _sentence_at(letter, each.start)
        inside = any(start <= each.start < end for start, end in found)
        beside = _WITH.search(text[: each.start])
        known = each.kind in _ALWAYS_PARTNERS and not is_activity(each.name)
        if each.name and (known or beside) and sentence and not inside:
            found |= dict(_listed(text, each.start, sentence.end, organisations))
    return _together(found)


_WITH = re.compile(r"\b(?:med|with|w/|z|s)\s+(?:the\s+)?$", re.IGNORECASE)


def _sentence_at(letter: Letter, at: int) -> Passage | None:
    return next((each for each in letter.sentences if each.start <= at < each.end), None)


def _together(found: dict[Span, Partner]) -> FromText[tuple[Partner, ...]] | None:
    partners = {span: partner for span, partner in sorted(found.items()) if partner.kind != NOBODY_ELSE} or found
    each_once = {(partner.name or "", partner.kind): (partner, span) for span, partner in reversed(partners.items())}
    if not each_once:
        return None
    ordered = sorted(each_once.values(), key=lambda each: each[1])
    return FromText(tuple(partner for partner, _span in ordered), tuple(span for _partner, span in ordered))


_PARTS = re.compile(
    r"\s*[,;/&+]\s*(?:(?:og|in|and|ter|samt|pa)\s+)?|\s+(?:og|in|and|ter|samt|pa tudi|as well as|m\.fl)\s+"
)
_ARTICLES = re.compile(
    r"(?:(?:den|det|de|vores|en|et|to|tre|til|flere|nogle|lokale?t?|fra|også|blandt andet|bl\.a\.|både|især|"
    r"the|our|a|an|two|three|some|several|local|both|also|w/|"
    r"z|s|našim|našo|našimi|lokaln\w*|dvema|tremi|tudi|tako|nam|bosta|bo|je|so)\s+)+",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"[.,;:!?()\n–—”“\"»«]|\s-\s|\s(?:der|som|hvor|om|for|fordi|så|når|og|hver|siden|til|er|har|kommer|giver|hjælper|"
    r"i form|på at|blev|stod|ki|kjer|kateri|in|je|so|smo|pa|pri|ob|od|do|"
    r"za\s(?!zaposl|turizem|šport|kultur|mlad|starej|otrok|social|izobr|varst|duševn|tuj|terapij)|"
    r"that|which|who|and|is|are|has|have|was|were|to|about|every|since|on|"
    r"med|også|nu|tudi|zraven|with|too|also|as well|now)(?=[\s.,;:!?)]|$)"
)


def _listed(
    text: str, start: int, end: int, organisations: Sequence[OrganisationNamed]
) -> Iterator[tuple[Span, Partner]]:
    """Yields the partners in a list that stands in `text` from `start` to `end`, up to the first part that is none."""
    at = start + len(text[start:end]) - len(text[start:end].lstrip(" :"))
    while at < end:
        if article := _ARTICLES.match(text, at, end):
            at = article.end()
        said = _partner(text, at, end, organisations)
        if said is None:
            return
        yield said
        part = _PARTS.match(text, said[0][1], end)
        if part is None:
            return
        at = part.end()


def _partner(text: str, at: int, end: int, organisations: Sequence[OrganisationNamed]) -> tuple[Span, Partner] | None:
    """The partner that stands from `at` on, with where it stands; None if there is none."""
    part = _PARTS.search(text, at, end)
    until = part.start() if part else end
    if mark := _NAME_ENDS.search(text, at, until):
        until = mark.start()
    known = next((each for each in organisations if at <= each.start < max(until, at + 1)), None)
    if known and (known.start == at or not text[at : known.start].strip() or text[at].islower()):
        return (known.start, known.end), Partner(known.name or None, known.kind)
    name = text[at:until].strip()
    if 1 < len(name) <= LONGEST_NAME and name[0].isupper() and not name.isdecimal():
        return (at, until), Partner(name, known.kind if known else None)
    return None


def _before(
    text: str, sentence: Passage, cue: int, organisations: Sequence[OrganisationNamed]
) -> tuple[Span, Partner] | None:
    """The organisation that stands just before "is with us"."""
    for each in reversed(organisations):
        if sentence.start <= each.start and each.end <= cue and not _BREAK.search(text, each.end, cue):
            begins = text[: each.start].rstrip(' "”“»«(')
            is_name = each.name or (text[each.start].isupper() and (not begins or begins[-1] in ".!?\n"))
            return (each.start, each.end), Partner(
                (each.name or text[each.start : each.end]) if is_name else None, each.kind
            )
    return None


_BREAK = re.compile(r"[.;:!?]|,\s|\w+\s\w+\s\w+")
