"""Reads a told message: what it surely says of one initiative."""

import re
from collections.abc import Sequence
from datetime import date

from conversations.model.registers import LibraryFound, PlaceFound, Registers
from conversations.reading.dates.running import DateFound, dates_in
from conversations.reading.links import links_in
from conversations.reading.numbers.numbers import Numbers
from conversations.reading.numbers.running import PeopleFound, people_in
from conversations.reading.story.outcomes import outcome_in
from conversations.reading.story.partners import partners_in
from conversations.reading.story.passages import Letter, taken_apart
from conversations.reading.story.places import library_in, place_in
from conversations.reading.story.status import status_in
from conversations.reading.story.story import FromText, Participants, Partner, Span, Story
from conversations.reading.story.titles import title_in
from conversations.reading.text import clean_text, fold
from conversations.vocabulary.meaning import DELICATE
from conversations.vocabulary.mentions import Mention, mentions_in
from conversations.vocabulary.organisations import OrganisationNamed, organisations_in

LONGEST = 12_300
"""Characters that are read: three full messages."""

_MOST_THEMES, _MOST_GROUPS, _MOST_LINKS = 4, 5, 3
EVERYBODY = "general_public"


def read_story(text: str, language: str, today: date, registers: Registers) -> Story:
    """What `text`, written by a reader of `language` on the day `today`, says of one initiative.

    Nothing is filled in that the text does not surely say. The passages in the result are those of the cleaned text,
    which is its `text`. A later message about the same initiative ("and the Red Cross is with us too") is read in the
    same way, and `with_added` brings it together with what is there.
    """
    text = clean_text(text)[:LONGEST]
    letter = taken_apart(text)
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    places = [each for each in registers.places_in(text) if not _is_within(each.start, addresses)]
    organisations = organisations_in(text, language)
    title = title_in(letter, language, [(place.start, place.end) for place in places])
    named = {start for start, _end in title.spans} if title else set()  # "Job club for young people" is no partner
    library = library_in(letter, places, organisations, registers)
    others = [each for each in organisations if each.start not in named]
    partners = _of_others(text, partners_in(letter, others, places, language), places, library)
    taken = partners.spans if partners else ()
    dates = dates_in(text, today, language)
    start, end = _period(dates)
    began = any(each.role == "start" for each in dates)
    tenses = _in_body(letter, "tense", language)
    start = start or _undecided(tenses)
    status = status_in(tenses, start, end, _regular(letter, language), today, began=began)
    frequency = _regular(letter, language) or _once(status, start, end)
    links = links_in(text)
    people = [each for each in people_in(text, language) if not _is_a_year(each, dates)]
    helpers = [(each.start, each.end) for each in people if each.who == "volunteers"]
    return Story(
        text,
        library=library,
        status=status,
        title=title,
        themes=_themes(letter, language, (*taken, *_institutions(organisations), *_libraries(places, text))),
        target_groups=_groups(letter, language, (*taken, *helpers), title.spans if title else ()),
        period_start=start,
        period_end=end,
        frequency=frequency,
        participants=_participants(people),
        volunteers=_volunteers(people),
        partners=partners,
        place=place_in(letter, places, library, organisations, taken),
        links=FromText(links[:_MOST_LINKS], ()) if links else None,
        outcome=None if status and status.value == "planned" else outcome_in(letter, language),
    )


_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")


def _is_within(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _of_others(
    text: str,
    partners: FromText[tuple[Partner, ...]] | None,
    places: Sequence[PlaceFound],
    library: FromText[LibraryFound] | None,
) -> FromText[tuple[Partner, ...]] | None:
    """`partners` without the library itself, and without names that are only those of places."""
    if partners is None:
        return None

    own_names = _written_out(library, text)

    def is_other(partner: Partner, span: Span) -> bool:
        here = [place for place in places if place.start < span[1] and span[0] < place.end]
        if _is_within(span[0], own_names):
            return False
        if partner.kind == "other_library" or (here and _LIBRARY.search(partner.name or "")):
            own = library is not None and any(place.library == library.value.key for place in here)
            return bool(partner.name or _OTHERS.search(text, max(0, span[0] - _BEFORE), span[0])) and not own
        return partner.kind is not None or not any(
            place.start <= span[0] and span[1] <= place.end and place.name for place in here
        )

    kept = [each for each in zip(partners.value, partners.spans, strict=True) if is_other(*each)]
    return FromText(tuple(each for each, _span in kept), tuple(span for _each, span in kept)) if kept else None


_LIBRARY = re.compile(r"bibliotek|knjižnic|knjiznic|librar", re.IGNORECASE)
_OTHERS = re.compile(r"(?:andre|other|drug\w*|flere|several|več|nabo\w*|neighbouring|sosednj\w*)\s+$", re.IGNORECASE)
_BEFORE = 20
"""Before libraries that are not named: "other libraries are with us"."""


def _written_out(library: FromText[LibraryFound] | None, text: str) -> list[Span]:
    """Where the whole name of the library stands: the service in "Ringsted Bibliotek & Borgerservice" is no partner."""
    if library is None:
        return []
    return [match.span() for match in re.finditer(re.escape(library.value.name), text, re.IGNORECASE)]


_INSTITUTIONS = frozenset(
    {"care_home", "prison", "school", "kindergarten", "adult_education", "health_service", "job_centre", "university"}
    | {"police", "social_work", "municipal_department", "national_agency", "funder", "embassy"}
)


def _institutions(organisations: Sequence[OrganisationNamed]) -> list[Span]:
    """Where institutions stand that have a name: what their names say, the initiative is not about."""
    return [(each.start, each.end) for each in organisations if each.kind in _INSTITUTIONS and each.name]


def _libraries(places: Sequence[PlaceFound], text: str) -> list[Span]:
    """Where libraries stand: "Mestna knjižnica in čitalnica Idrija" has no reading room for its theme."""
    return [(each.start, each.end) for each in places if _LIBRARY.search(text, each.start, each.end)]


def _in_body(letter: Letter, section: str, language: str) -> list[Mention]:
    """What the sentences of `letter` speak of, without its greeting and its signature."""
    body = letter.body
    start = min((each.start for each in (letter.subject, body) if each is not None and each.text), default=0)
    return [each for each in mentions_in(letter.text, section, language) if start <= each.start < body.end]


def _themes(letter: Letter, language: str, taken: Sequence[Span]) -> FromText[tuple[str, ...]] | None:
    """What it is about; the words in the names of partners say nothing about it.

    Words that only say for whom it is, or where, say it least surely: they count where nothing else does, and a place
    never makes it outreach.
    """
    groups = _in_body(letter, "target_groups", language)
    things = [each for each in _in_body(letter, "naming", language) if each.key == "thing"]
    said = _outside(_in_body(letter, "themes", language), taken)
    said = [each for each in said if not (each.key == "advocacy" and _is_inside(each, things))]  # "the campaign ran"
    said = [each for each in said if not (each.key == "outreach" and _is_a_place(letter.text, each, taken, groups))]
    about_them = [each for each in said if each.key not in _OF_PEOPLE and _is_inside(each, groups)]
    surely = [each for each in said if each not in about_them]
    kept = _foremost(surely or said, letter)
    first = min((_sentence(each, letter) for each in surely), default=0)
    before = [each for each in about_them if _sentence(each, letter) < first]
    kept = sorted({*kept, *before}, key=lambda each: each.start)
    kept += [each for each in surely if each.key == "multilingual_collection" and each not in kept]
    if _is_of_colleagues(letter, groups):
        online = [each for each in said if each.key == "online_events"]
        keys = ("staff_network", *dict.fromkeys(each.key for each in online))
        return FromText(keys, tuple((each.start, each.end) for each in (groups[0], *online)))
    keys = {each.key for each in kept}
    return _keys([each for each in kept if keys.isdisjoint(_SAYS_MORE.get(each.key, ()))], _MOST_THEMES)


_NETWORK = re.compile(
    r"\b(?:netværk\w*|erfagruppe\w*|erfamøde\w*|network\w*|mrež\w*|share (?:ideas|experience\w*)|izmenj\w+ izkuš\w+)",
    re.IGNORECASE,
)
"""What colleagues have where an initiative is for nobody but staff."""
_OF_PEOPLE = frozenset({"wellbeing_loneliness", "staff_network"})
"""Themes that the words for a group surely say: who works for the lonely works against loneliness."""
_SAYS_MORE = {
    "language_course": frozenset({"language_cafe"}),
    "early_literacy": frozenset({"loan_collections", "multilingual_collection"}),
}
"""A theme that is only spoken of where one of others is named: at a language café people learn the language, and boxes
of picture books are lent."""


def _is_inside(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(each.start <= mention.start and mention.end <= each.end for each in others)


def _is_a_place(text: str, mention: Mention, taken: Sequence[Span], groups: Sequence[Mention]) -> bool:
    """Whether words only say where it is, or who lives there: "at the care home", "på torvet"."""
    before = text[: mention.start]
    inside = _is_within(mention.start, taken) or _is_inside(mention, groups)
    return inside or bool(_AT_A_PLACE.match(mention.said) or _IN_A_HOUSE.search(before))


_AT_A_PLACE = re.compile(r"(?:i|på|ved|v|na|pri|in|at|on)\s", re.IGNORECASE)
_IN_A_HOUSE = re.compile(r"\b(?:i|på|ved|v|na|pri|in|at|inside)\s+(?:the\s|\w+\s)?$", re.IGNORECASE)


def _foremost(said: Sequence[Mention], letter: Letter) -> list[Mention]:
    """Those of `said` that the first sentence with any names; later ones speak of others only in passing."""
    first = min((_sentence(each, letter) for each in said), default=0)
    near = {each.key for each in said if _sentence(each, letter) == first}
    return [each for each in said if each.key in near]


def _sentence(mention: Mention, letter: Letter) -> int:
    return next((at for at, each in enumerate(letter.sentences) if each.start <= mention.start < each.end), -1)


def _groups(
    letter: Letter, language: str, taken: Sequence[Span], title: Sequence[Span]
) -> FromText[tuple[str, ...]] | None:
    """Whom it is for. "Everyone" counts only where nobody else is named, and somebody who *is* ill is no group.

    `title` is where its name stands, of which "for" whom it is counts, but no other word if others say whom.
    """
    said = _outside(_in_body(letter, "target_groups", language), taken)
    if _is_of_colleagues(letter, said):
        return _keys([each for each in said if each.key == "staff"], 1)
    said = [
        each for each in said if any(char.isalpha() or char == "+" for char in each.said)
    ]  # "60" answers who it is for; "60 come" does not
    said = [each for each in said if not (_is_of_somebody(letter.text, each) or _helps(letter.text, each))]
    of = [start for start, _end in taken]
    said = [
        each
        for each in said
        if each.key in DELICATE or not any(_OF.fullmatch(letter.text[each.end : start]) for start in of)
    ]
    said = [each for each in said if _is_for(letter.text, each)]
    named = [each for each in said if _is_within(each.start, title) and not _FOR.search(letter.text[: each.start])]
    said = [each for each in said if each not in named] or said
    narrower = [each for each in said if each.key != EVERYBODY and not _is_counted(letter.text, each)]
    return _keys(narrower or said, _MOST_GROUPS)


def _is_of_colleagues(letter: Letter, said: Sequence[Mention]) -> bool:
    """Whether it is a network of people who work in libraries, whoever they work for."""
    return bool(said) and said[0].key == "staff" and bool(_NETWORK.search(letter.text))


def _is_counted(text: str, mention: Mention) -> bool:
    """Whether adults are only counted beside others: "9 children and 9 adults"."""
    return mention.key == "adults" and bool(re.search(r"\d\s+$", text[: mention.start]))


_OF = re.compile(r"\s+(?:fra|from|of|iz|på|at)?\s*")
"""Between those who help and whom they come from: "two pupils of Gribskov Gymnasium"."""
_FOR = re.compile(r"\b(?:for|til|blandt|mellem|netværk\w*|za|among|between|mrež\w*)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_ONE = re.compile(r"\b(?:en|et|én|ét|an?|one|vores|ena|en|naša?|our)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _is_for(text: str, mention: Mention) -> bool:
    """Whether a word names those it is for: staff and single adults mostly do the work."""
    before = text[: mention.start]
    if mention.key == "staff":
        return bool(_FOR.search(before)) and not _ONE.search(before)
    if mention.key == "adults":
        return not _ONE.search(before)
    return True


_IS = re.compile(r"\b(?:er|var|blev|is|are|was|were|am|got|je|so|sta|smo)\s+(?:(?!for\b|til\b|za\b|med\b|with\b|z\b|s\b|namenjen)\w+\s+)?$", re.IGNORECASE)
_WHO_IS = re.compile(r"\b(?:der|som|who|that|ki)\s+(?:\w+\s+){1,3}$", re.IGNORECASE)


def _is_of_somebody(text: str, mention: Mention) -> bool:
    """Whether a delicate word says something of a person ("the volunteer is ill") and does not name a group."""
    before = text[: mention.start]
    return mention.key in DELICATE and bool(_IS.search(before)) and not _WHO_IS.search(before)


_HELPED_BY = re.compile(
    r"\b(?:led|run|taught|helped|given) by (?:\w+ ){0,2}$|\b(?:ledet|ledes|undervist|drevet|hjulpet) af (?:\w+ ){0,2}$|"
    r"\b(?:pomaga(?:jo|ta)?|pomagal\w*|vodi(?:jo|ta)?|vodil\w*) (?:(?:jih|jo|ga|nam|jim|bo|bodo|so|je|sta|pa|še|tudi|"
    r"nekaj|več|\d+|ena?|dv[ae]|trije|tri|štirje|štiri|pet|šest) )*$",
    re.IGNORECASE,
)
_TO_THEM = ("om", "em", "im", "am", "ma")
"""Endings of Slovenian words for those who are helped, and do not help."""


def _helps(text: str, mention: Mention) -> bool:
    """Whether a group is named as those who lead or help: "led by retired teachers", "pomagajo študenti"."""
    if _VOLUNTEERS.match(text, mention.end) or _MOST_OF_THEM.search(text[: mention.start]):
        return True
    return bool(_HELPED_BY.search(text[: mention.start])) and not mention.said.endswith(_TO_THEM)


_MOST_OF_THEM = re.compile(
    r"(?:frivillige|volunteers|prostovolj\w+)[\w\s,]{0,20}(?:af dem|of them|mostly|od njih|večinoma|mest)\s+$", re.IGNORECASE
)
"""Between volunteers and who they are: "4 volunteers, most of them retired teachers"."""
_VOLUNTEERS = re.compile(r"\s(?:frivillig|prostovolj|volunteer)", re.IGNORECASE)


def _outside(said: Sequence[Mention], taken: Sequence[Span]) -> list[Mention]:
    return [each for each in said if not _is_within(each.start, taken)]


def _keys(said: Sequence[Mention], most: int) -> FromText[tuple[str, ...]] | None:
    keys = tuple(dict.fromkeys(each.key for each in said))[:most]
    return FromText(keys, tuple((each.start, each.end) for each in said if each.key in keys)) if keys else None


def _regular(letter: Letter, language: str) -> FromText[str] | None:
    """How often it takes place; a course or a number of weeks alone does not say it."""
    said = [
        each
        for each in _in_body(letter, "frequency", language)
        if (each.key != "series" or _A_NUMBER_OF_TIMES.search(fold(each.said))) and fold(each.said) not in _NO_FREQUENCY
    ]
    regular = next((each for each in said if each.key != "irregular"), said[0] if said else None)
    return FromText(regular.key, ((regular.start, regular.end),)) if regular else None


_NO_FREQUENCY = frozenset(
    map(fold, ["man", "tir", "ons", "tor", "fre", "lør", "søn", "mon", "tue", "wed", "sat", "sun", "month", "mesec"])
) | frozenset(
    map(fold, ["måned", "måneden", "week", "we'd", "we’d", "teden", "uge", "first-time", "včasih", "čez poletje"])
)
"""Words that answer the question how often, but say something else in a text: "man", "the first month"."""


_A_NUMBER_OF_TIMES = re.compile(
    r"raekke|serie|niz|cikl|cikel|sklop|series|row|traek|zapored|gange|aften|moder|workshop|lektion|srecanj|delavnic|vecer|"
    r"session|meeting|evening|times|classes|lessons|visits|(?:man|tirs|ons|tors|fre|lor|son)dage"
)


def _once(status: FromText[str] | None, start: FromText[str] | None, end: FromText[str] | None) -> FromText[str] | None:
    """Once, where it is over and was on one day."""
    is_day = start is not None and len(start.value) == len("2026-11-30")
    if status and status.value == "finished" and start and is_day and (end is None or end.value == start.value):
        return FromText("once", start.spans)
    return None


def _undecided(tenses: Sequence[Mention]) -> FromText[str] | None:
    """That it is not decided yet when it begins, where the text says so."""
    said = tuple((each.start, each.end) for each in tenses if each.key == "undated")
    return FromText("undecided", said) if said else None


def _period(found: Sequence[DateFound]) -> tuple[FromText[str] | None, FromText[str] | None]:
    """When it began and when it ended: a period, or dates that say which of both they are, or the first of all."""
    start: FromText[str] | None = None
    end: FromText[str] | None = None
    for each in found:
        first, both, last = each.value.partition("/")
        spans = ((each.start, each.end),)
        if both and last != ".." and not each.role:
            start, end = start or FromText(first, spans), end or FromText(last, spans)
        elif each.role == "end":
            end = end or FromText(last or first, spans)
        elif each.role == "start" or (start is None and end is None):
            start = start or FromText(first, spans)
    return start, end


def _participants(found: Sequence[PeopleFound]) -> FromText[Participants] | None:
    for each in found:
        if each.who == "participants":
            counted = each.value["counted"]
            value = Participants(_numbers(each), counted if isinstance(counted, str) else None)
            return FromText(value, ((each.start, each.end),))
    return None


def _is_a_year(people: PeopleFound, dates: Sequence[DateFound]) -> bool:
    """Whether the number belongs to a date: "in spring 2026 fathers read to their children"."""
    return any(each.start <= people.start < each.end for each in dates)


def _volunteers(found: Sequence[PeopleFound]) -> FromText[Numbers] | None:
    return next(
        (FromText(_numbers(each), ((each.start, each.end),)) for each in found if each.who == "volunteers"), None
    )


def _numbers(found: PeopleFound) -> Numbers:
    least, most = found.value["least"], found.value["most"]
    return Numbers(int(least or 0), None if most is None else int(most), bool(found.value["approximate"]))
