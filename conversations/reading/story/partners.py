"""The partners that a story names: behind "together with", before "is with us", and well-known names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from conversations.model.registers import PlaceFound
from conversations.reading.story.certainty import fills
from conversations.reading.story.list_items import is_activity
from conversations.reading.story.passages import Letter, Passage
from conversations.reading.story.story import NOBODY_ELSE, FromText, Partner, Span
from conversations.vocabulary.mentions import mentions_in
from conversations.vocabulary.organisations import LONGEST_NAME, OrganisationNamed
from conversations.vocabulary.slovenian_names import is_adjective

_ALWAYS_PARTNERS = frozenset({"ngo", "association", "volunteer_centre", "trade_union", "funder", "job_centre"})
"""Kinds whose well-known names are partners wherever they stand; others may only be spoken of."""


def partners_in(
    letter: Letter, organisations: Sequence[OrganisationNamed], places: Sequence[PlaceFound], language: str
) -> FromText[tuple[Partner, ...]] | None:
    """Returns those of `organisations` that are surely partners, and others named as such, in order.

    `places` are the towns and libraries that are named: "Trebnje library and the prison" names a partner. Where
    `letter` says that there are none, it is a single one of the kind "none".
    """
    text = letter.text
    organisations = [_with_its_town(text, each, places) for each in organisations if not _is_where(text, each)]
    found: dict[Span, Partner] = {}
    cues = mentions_in(text, "company", language)
    for cue in cues:
        sentence = _sentence_at(letter, cue.start)
        if sentence is None:
            continue
        if cue.key == "alone":
            found.setdefault((cue.start, cue.end), Partner(None, NOBODY_ELSE))
        elif cue.key == "with" or _TOGETHER.search(cue.said):
            if fills("partners", "with"):
                found |= dict(_listed(text, cue.end, sentence.end, organisations))
        elif fills("partners", "joins"):
            found |= dict(_before(text, sentence, cue.start, organisations))
    for start, end in _beside_libraries(letter, places) if fills("partners", "beside a library") else ():
        found |= {at: each for at, each in _listed(text, start, end, organisations) if each.kind}
    for sentence in letter.sentences:
        if label := _LABEL.match(sentence.text):
            found |= dict(_listed(text, sentence.start + label.end(), sentence.end, organisations))
        if not any(sentence.start <= cue.start < sentence.end for cue in cues):
            found |= dict(_only_names(text, sentence, organisations))
    for each in organisations:
        sentence = _sentence_at(letter, each.start)
        inside = any(start <= each.start < end for start, end in found)
        beside = _WITH.search(text[: each.start])
        acts = each.kind in _ACT and " " in each.name and not _WHERE.search(text[: each.start])
        acts = acts and not _is_person(text, (each.start, each.end))  # "Ældre lærer at bruge tablet"
        known = (each.kind in _ALWAYS_PARTNERS or acts) and not is_activity(each.name)
        is_with = each.name and (known or beside) and fills("partners", "well known")
        if (is_with or (fills("partners", "end of a clause") and _is_company(text, each))) and sentence and not inside:
            found |= dict(_listed(text, each.start, sentence.end, organisations))
    return _together({at: each for at, each in found.items() if not _is_named_elsewhere(letter, at, each, found)})


def _is_named_elsewhere(letter: Letter, at: Span, partner: Partner, found: Mapping[Span, Partner]) -> bool:
    """Whether a kind without a name has one in another sentence: "with the school. Partner: Lucija School"."""
    return partner.name is None and any(
        other.name and other.kind == partner.kind and _sentence_at(letter, there[0]) != _sentence_at(letter, at[0])
        for there, other in found.items()
    )


def _is_where(text: str, each: OrganisationNamed) -> bool:
    """Whether a municipality only says where the others are: "with the schools in the municipality"."""
    return each.kind == "municipal_department" and not each.name and bool(_IN_THE.search(text[: each.start]))


_IN_THE = re.compile(r"\b(?:i|v|na|po|in|across)\s+(?:(?:hele|the|our|vores|vsej|celi|naši|naše)\s+)?$", re.IGNORECASE)


def _with_its_town(text: str, each: OrganisationNamed, places: Sequence[PlaceFound]) -> OrganisationNamed:
    """A kind with the town right behind it as a name, however it is written: "oš litija"."""
    town = next((place for place in places if place.start == each.end + 1), None)
    if (each.name and not each.name.islower()) or town is None or each.kind == "other_library" or text[each.end] != " ":
        return each
    name = each.name or text[each.start : each.end]
    return replace(each, end=town.end, name=f"{name} {text[town.start : town.end]}")


def _is_company(text: str, each: OrganisationNamed) -> bool:
    """Whether a kind without a name stands at the end of a clause behind "with": "in Trebnje, with the care home"."""
    return bool(_WITH_ONE.search(text[: each.start]) and _CLAUSE_ENDS.match(text, each.end))


_WITH_ONE = re.compile(
    r"(?<!talk )(?<!tale )(?<!snak )"
    r"\b(?:(?:with|w/)\s+(?:the|a|an|our)|med|z|s)\s+(?:(?:local|den lokale|lokaln\w+)\s+)?$",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"\s*(?:[.,;)!\n]|$|(?:og|and|in|since|siden|od)\s)")


def _beside_libraries(letter: Letter, places: Sequence[PlaceFound]) -> Iterator[Span]:
    """Yields where partners may stand right behind the name of a library: "Trebnje library and the prison"."""
    text = letter.text
    for place in places:
        sentence = _sentence_at(letter, place.start)
        joined = _AND_OTHERS.match(text, place.end)
        if (
            sentence is None
            or joined is None
            or not (joined["library"] or _LIBRARY.search(text, place.start, place.end))
        ):
            continue
        if joined["with"] or not _WHERE.search(text[: place.start]):
            yield joined.end(), sentence.end


_LIBRARY = re.compile(r"bibliotek|knjižnic|knjiznic|librar", re.IGNORECASE)
_AND_OTHERS = re.compile(
    r"(?P<library>\s(?:bibliotek\w*|bib|librar\w+))?\s*(?:(?P<with>with|med|z|s|together with|sammen med|skupaj [zs])|"
    r"and|og|in|ter|\+|&)\s+",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\bsammen\b", re.IGNORECASE)
"""In "det er sammen med jobcentret" the words "er … med" say that others follow."""
_ACT = frozenset(
    {"school", "kindergarten", "adult_education", "university", "museum_culture", "business", "social_work"}
)
"""Kinds whose names are partners where they are not said to be the place."""
_WHERE = re.compile(r"\b(?:i|på|hos|ved|til|fra|v|na|pri|iz|za|in|at|to|from|for|of|af)\s+(?:the\s+)?$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:med|sammen med|s kom|skupaj z|with|together with|hvem med|samarbejde|sodelovanje)\s*:\s*", re.IGNORECASE
)
"""What a form of one's own says before the partners."""
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
    r"\s*[,;/&+]\s*(?:(?:og|in|and|ter|samt|pa)\s+)?|(?<!-)\s+(?:og|in|and|ter|samt|pa tudi|as well as|m\.fl)\s+"
)
_ARTICLES = re.compile(
    r"(?:(?:\d{1,2}|den|det|de|vores|en|et|to|tre|fire|fem|til|flere|nogle|lokale?t?|fra|også|blandt andet|bl\.a\.|"
    r"både|især|the|our|a|an|two|three|four|five|some|several|local|both|also|w/|"
    r"z|s|našim|našo|našimi|lokaln\w*|dvema|tremi|tudi|tako|nam|bosta|bo|je|so)\s+)+",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"[.,;:!?()\n–—”“\"»«]|\s-\s|(?<!-)\s(?:der|som|hvor|om|for|fordi|så|når|og|hver|siden|til|er|har|kommer|giver|hjælper|"
    r"i form|på at|blev|stod|ki|kjer|kateri|in|je|so|smo|pa|pri|ob|od|do|"
    r"za\s(?!zaposl|turizem|šport|kultur|mlad|starej|otrok|social|izobr|varst|duševn|tuj|terapij)|"
    r"that|which|who|and|is|are|has|have|was|were|to|about|every|since|on|"
    r"med|også|nu|tudi|zraven|with|too|also|as well|now|v\s(?![A-ZČŠŽ])|na\s(?![A-ZČŠŽ]))(?=[\s.,;:!?)]|$)"
)


def _listed(
    text: str, start: int, end: int, organisations: Sequence[OrganisationNamed]
) -> Iterator[tuple[Span, Partner]]:
    """Yields the partners in a list that stands in `text` from `start` to `end`, up to the first part that is none."""
    at = start + len(text[start:end]) - len(text[start:end].lstrip(" :"))
    skipped = False
    while at < end:
        if article := _ARTICLES.match(text, at, end):
            at = article.end()
        said = _partner(text, at, end, organisations)
        if said is None:
            part = _PARTS.search(text, at, end)
            if skipped or part is None or _NAME_ENDS.search(text, at, part.start()):
                return
            skipped, at = True, part.end()  # "the library, the police and …"
            continue
        if skipped and said[1].kind is None:
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
    if known and _HYPHENED.match(text, known.end, until):  # "Social- og Sundhedsskolen"
        last = next(each for each in reversed(organisations) if each.start < until)
        return (at, last.end), Partner(text[at : last.end], last.kind)
    if known and _PEOPLE_AT.fullmatch(text, at, known.start):
        return None
    if known and (known.start == at or not text[at : known.start].strip() or text[at].islower()):
        return (known.start, known.end), Partner(_own_name(known.name) or None, known.kind)
    name = _as_a_name(text[at:until].strip())
    if _OF_A_COUNTRY.fullmatch(name) and text[until : until + 1] == " ":
        return None  # "Svenske og norske biblioteker"
    if 1 < len(name) <= LONGEST_NAME and name[0].isupper() and not name.isdecimal():
        return (at, at + len(name)), Partner(name, known.kind if known and known.start < at + len(name) else None)
    return None


def _own_name(name: str) -> str:
    """`name` without the words for its kind before it: "the care home Vesterled" is Vesterled."""
    return _KIND_BEFORE.sub("", name)


_PEOPLE_AT = re.compile(r"(?:beboer|borger|patient|stanovalc|resident)\w*\s+(?:på|i|v|na|in|at|of)\s+", re.IGNORECASE)
"""Those who live at a house and are read to; it is no partner for that."""
_KIND_BEFORE = re.compile(
    r"^(?:care home|nursing home|housing association|association|school|kindergarten|nursery|charity|company|club|"
    r"museum|organisation|society|church|prison|hospital|virksomheden|firmaet)\s+(?=[A-ZÆØÅČŠŽ])"
)
_OF_A_COUNTRY = re.compile(r"[A-ZÆØÅČŠŽ]\w*(?:ske|ish|ian|ški)")
_HYPHENED = re.compile(r"-\s(?:og|in|and)\s")
_WITHIN_A_NAME = frozenset({"of", "for", "the", "and", "i", "på", "af", "til", "de", "von", "den", "v", "na", "za"})


def _as_a_name(words: str) -> str:
    """`words` up to the first that cannot belong to a name: "Coding Pirates" of "Coding Pirates underviste"."""
    kept: list[str] = []
    for word in words.split(" "):
        if kept and word[:1].islower() and word not in _WITHIN_A_NAME and not _may_go_on(kept, word):
            break
        kept.append(word)
    while kept and kept[-1] in _WITHIN_A_NAME:
        kept.pop()
    return " ".join(kept)


def _may_go_on(kept: Sequence[str], word: str) -> bool:
    """Whether a small word belongs to a name: Slovenian names have one capital letter ("Slovenska filantropija")."""
    return (
        kept[-1] == "za"
        or is_adjective(kept[-1])
        or (len(kept) > 1 and word.endswith(("ov", "ev", "ih", "stva", "nja")))
    )


def _before(
    text: str, sentence: Passage, cue: int, organisations: Sequence[OrganisationNamed]
) -> Iterator[tuple[Span, Partner]]:
    """Yields the organisations that stand just before "is with us", all that are joined by commas and "and"."""
    inside = [each for each in organisations if sentence.start <= each.start and each.end <= cue]
    if not inside:
        return
    starts = [sentence.start, *(match.end() for match in _BEFORE_A_LIST.finditer(text, sentence.start, cue))]
    for start in starts:
        listed = tuple(_listed(text, start, cue, organisations))
        if (
            listed
            and _SMALL_WORD.fullmatch(text, listed[-1][0][1], cue)
            and listed[0][0][0] - start <= _LONGEST_ARTICLE
            and any(partner.kind for _span, partner in listed)
            and (start == sentence.start or listed[0][1].kind)
        ):
            for span, partner in listed:
                if not _is_person(text, span):
                    yield _named(text, span, partner, organisations)
            return
    last = inside[-1]
    if _BREAK.search(text, last.end, cue):
        return
    span = (last.start, last.end)
    if not _is_person(text, span):
        yield _named(text, span, Partner(last.name or None, last.kind), organisations)


_BEFORE_A_LIST = re.compile(r"[,:;–-]\s+|\s(?:og|and|in|pa|nagrade so|så|hvor|that|da)\s+")
_LONGEST_ARTICLE = 14
_SMALL_WORD = re.compile(r"[\s,]*(?:\w+\s+)?")
_PERSON = re.compile(
    r"(?:præst|lærer|pædagog|leder|chef|medarbejder|konsulent|betjent|assistent|bibliotekar|(?<!sundheds)plejerske|rådgiver|vejleder)(?:en|r|rne|n|ne|e|erne)?$|"
    r"(?:teacher|officer|librarian|nurse|chaplain|knjižničark?\w*|učitelj\w*|vzgojitelj\w*|pedagog\w*)$",
    re.IGNORECASE,
)


def _is_person(text: str, span: Span) -> bool:
    """Whether the word for a kind only says where somebody works: "fængselspræsten", "the school librarian"."""
    said = text[span[0] : span[1]]
    after = re.match(r"\s\w+", text[span[1] :])
    return bool(_PERSON.search(said)) or bool(said.islower() and after and _PERSON.search(after.group()))


def _named(text: str, span: Span, partner: Partner, organisations: Sequence[OrganisationNamed]) -> tuple[Span, Partner]:
    """A partner with its name: one that begins the sentence as a name, or that was named before ("the care home")."""
    if partner.name:
        return span, partner
    earlier = [each for each in organisations if each.kind == partner.kind and " " in each.name and each.end < span[0]]
    if earlier:
        return (earlier[-1].start, earlier[-1].end), Partner(earlier[-1].name, partner.kind)
    begins = text[: span[0]].rstrip(' "”“»«(')
    is_name = text[span[0]].isupper() and (not begins or begins[-1] in ".!?\n")
    written = text[span[0] : span[1]]
    return span, Partner(written if is_name and not _THE_ONE.fullmatch(written) else None, partner.kind)


_THE_ONE = re.compile(
    r"(?:Jobcent(?:e?re)t|Ungdomsskolen|Folkeskolen|Skolen|Gymnasiet|Plejehjemmet|Plejecent(?:e?re)t|Børnehaven|Fængslet|"
    r"Bolig(?:foreningen|selskabet|organisationen)|Kommunen|Kirken|Museet|Foreningen|Biblioteket)"
)
"""Danish words for the one that is meant, which are no name where they begin a sentence: "Jobcenteret stod for …"."""


def _only_names(
    text: str, sentence: Passage, organisations: Sequence[OrganisationNamed]
) -> Iterator[tuple[Span, Partner]]:
    """Yields the organisations of a sentence that has nothing but names, and "us": "Kosmos, Caritas and us"."""
    listed = tuple(_listed(text, sentence.start, sentence.end, organisations))
    rest = text[listed[-1][0][1] : sentence.end] if listed else ""
    others = [partner for _span, partner in listed if partner.kind not in (None, "other_library")]
    if (
        len(listed) >= _FEWEST_NAMES
        and others
        and all(partner.name for _span, partner in listed)
        and _AND_US.fullmatch(rest)
    ):
        yield from listed


_FEWEST_NAMES = 2
_AND_US = re.compile(r"[\s,]*(?:(?:og|and|in)\s+(?:os|us|we|mi|vi)\b.*)?[.!]*", re.IGNORECASE)
_BREAK = re.compile(r"[.;:!?]|,\s|\w+\s\w+\s\w+")
