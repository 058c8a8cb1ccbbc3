"""Reads a told message: what it surely says of one initiative."""

import re
from collections.abc import Sequence
from datetime import date

from conversations.model.registers import LibraryFound, PlaceFound, Registers
from conversations.reading.dates.running import DateFound, dates_in
from conversations.reading.links import links_in
from conversations.reading.numbers.numbers import Numbers
from conversations.reading.numbers.running import PeopleFound, people_in
from conversations.reading.story.certainty import fills
from conversations.reading.story.groups import groups_in
from conversations.reading.story.outcomes import outcome_in
from conversations.reading.story.partners import partners_in
from conversations.reading.story.passages import Letter, is_within, outside, spoken_of, taken_apart
from conversations.reading.story.places import library_in, place_in
from conversations.reading.story.status import status_in
from conversations.reading.story.story import FromText, Participants, Partner, Span, Story
from conversations.reading.story.themes import themes_in
from conversations.reading.story.titles import title_in
from conversations.reading.text import clean_text, fold
from conversations.vocabulary.mentions import Mention
from conversations.vocabulary.organisations import OrganisationNamed, organisations_in

LONGEST = 12_300
"""Characters that are read: three full messages."""

_MOST_LINKS = 3


def read_story(text: str, language: str, today: date, registers: Registers) -> Story:
    """What `text`, written by a reader of `language` on the day `today`, says of one initiative.

    Nothing is filled in that the text does not surely say. The passages in the result are those of the cleaned text,
    which is its `text`. A later message about the same initiative ("and the Red Cross is with us too") is read in the
    same way, and `with_added` brings it together with what is there.
    """
    text = clean_text(text)[:LONGEST]
    letter = taken_apart(text)
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    places = [each for each in registers.places_in(text) if _is_a_place(text, each, addresses)]
    organisations = organisations_in(text, language)
    named_others = [(each.start, each.end) for each in organisations if each.name]
    title = title_in(letter, language, [(place.start, place.end) for place in places], named_others)
    named = {start for start, _end in title.spans} if title else set()  # "Job club for young people" is no partner
    library = library_in(letter, places, organisations, registers)
    others = [each for each in organisations if each.start not in named]
    partners = _of_others(text, partners_in(letter, others, places, language), places, library)
    taken = partners.spans if partners else ()
    dates = dates_in(text, today, language)
    start, end = _period(dates)
    began = any(each.role == "start" for each in dates)
    tenses = spoken_of(letter, "tense", language)
    regular = _regular(letter, language, title.spans if title else ())
    start, end = start or _as_said(tenses, "undated", "undecided"), end or _as_said(tenses, "endless", "permanent")
    status = status_in(tenses, start, end, regular, today, began=began)
    frequency = regular or _once(status, start, end)
    links = links_in(text)
    people = [each for each in people_in(text, language) if not _is_a_year(each, dates)]
    helpers = [(each.start, each.end) for each in people if each.who == "volunteers"]
    return Story(
        text,
        library=library,
        status=status,
        title=title,
        themes=themes_in(
            letter,
            language,
            (*taken, *_institutions(organisations), *_libraries(places, text)),
            title.spans if title else (),
        ),
        target_groups=groups_in(letter, language, (*taken, *helpers), title.spans if title else ()),
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


def _is_a_place(text: str, place: PlaceFound, addresses: Sequence[Span]) -> bool:
    """Whether a place stands in no address of the web, and is not the language ("Dansk for begyndere")."""
    return not is_within(place.start, addresses) and text[place.start : place.end].lower() != "dansk"


_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*")


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
        if is_within(span[0], own_names):
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
_OTHERS = re.compile(
    r"(?:andre|other|drug\w*|flere|several|več|nabo\w*|neighbouring|sosednj\w*|\w+ske|\w+ish|\w+ške)\s+$", re.IGNORECASE
)
_BEFORE = 20
"""Before libraries that are not named: "other libraries are with us", "Swedish libraries"."""


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


def _regular(letter: Letter, language: str, title: Sequence[Span]) -> FromText[str] | None:
    """How often it takes place; a course or a number of weeks alone does not say it, and neither does its name.

    What is said outright ("every Tuesday", "eight Fridays") comes before other words ("drop in", "meetings").
    """
    said = [
        each
        for each in spoken_of(letter, "frequency", language)
        if (each.key != "series" or _A_NUMBER_OF_TIMES.search(fold(each.said))) and fold(each.said) not in _NO_FREQUENCY
    ]
    said = [each for each in outside(said, title) or said if not _PER_TIME.search(letter.text[each.start : each.end])]
    outright = [
        each
        for each in said
        if each.key != "irregular" and (_OUTRIGHT.search(each.said) or _DAY_AND_NIGHT.search(each.said))
    ]
    outright.sort(key=lambda each: not _DAY_AND_NIGHT.search(each.said))  # filled up once a week, but always open
    if not fills("frequency", "outright"):
        outright = []
    if not fills("frequency", "other words"):
        said = outright
    regular = next((each for each in (*outright, *said) if each.key != "irregular"), said[0] if said else None)
    return FromText(regular.key, ((regular.start, regular.end),)) if regular else None


_PER_TIME = re.compile(r"\b(?:na srečanje|pr\.? (?:gang|møde)|per (?:session|meeting|evening))", re.IGNORECASE)
"""What is said of how many come, and not of how often: "10-12 na srečanje"."""
_DAY_AND_NIGHT = re.compile(r"døgnet rundt|dag og nat|day and night|around the clock|noč in dan|dan in noč|24/7", re.I)
_OUTRIGHT = re.compile(
    r"\b(?:hver\w*|hvert|every|each|vsak\w*|ugentlig\w*|månedlig\w*|weekly|monthly|fortnight\w*|tedensk\w*|mesečn\w*|"
    r"\d+|to|tre|fire|fem|seks|syv|otte|ni|ti|two|three|four|five|six|seven|eight|nine|ten|dva|dve|tri|štiri|pet|šest|"
    r"sedem|osem|devet|deset|first|last|første|sidste|prv\w|zadnj\w|om|i|a|the|pr|per|na|v)\b",
    re.IGNORECASE,
)


_NO_FREQUENCY = frozenset(
    map(fold, ["man", "tir", "ons", "tor", "fre", "lør", "søn", "mon", "tue", "wed", "sat", "sun", "month", "mesec"])
) | frozenset(
    map(fold, ["måned", "måneden", "week", "we'd", "we’d", "teden", "uge", "first-time", "včasih", "čez poletje"])
)
"""Words that answer the question how often, but say something else in a text: "man", "the first month"."""


_A_NUMBER_OF_TIMES = re.compile(
    r"raekke|serie|niz|cikl|cikel|sklop|series|row|traek|zapored|gange|aften|moder|workshop|lektion|srecanj|delavnic|vecer|"
    r"session|meeting|evening|times|classes|lessons|visits|(?:man|tirs|ons|tors|fre|lor|son)dage|foredrag|debat|soocenj|"
    r"talks|lectures|predavanj|pogovorov|days$|nedeljkov|torkov|sred$|cetrtkov|petkov|sobot"
)


def _once(status: FromText[str] | None, start: FromText[str] | None, end: FromText[str] | None) -> FromText[str] | None:
    """Once, where it is over and was on one day."""
    is_day = start is not None and len(start.value) == len("2026-11-30")
    if not fills("frequency", "one day"):
        return None
    if status and status.value == "finished" and start and is_day and (end is None or end.value == start.value):
        return FromText("once", start.spans)
    return None


def _as_said(tenses: Sequence[Mention], key: str, value: str) -> FromText[str] | None:
    """`value` where the text says `key`: that it is not decided yet when it begins, or that it has no end."""
    said = tuple((each.start, each.end) for each in tenses if each.key == key)
    return FromText(value, said) if said else None


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
