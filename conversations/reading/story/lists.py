"""Reads several offers in one message, in whichever style they are listed; one initiative is never split."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from conversations.model.registers import Registers
from conversations.reading.story.list_items import (
    LONGEST_TITLE,
    Offer,
    is_activity,
    is_organisation,
    is_part_of_one,
    library_named,
    names_parts,
    offer_of,
)
from conversations.reading.story.list_lines import EMOJI, MarkedLine, lines_of
from conversations.reading.story.passages import Letter, said_in, taken_apart
from conversations.reading.story.places import library_of
from conversations.reading.text import clean_text

__all__ = ["LONGEST_TITLE", "Offer", "read_offers"]

_FEWEST = 2
_FEWEST_WITHOUT_MARKS = 3
"""Items that a list has at least; more where only its lines or its commas tell that it is one."""
_LONGEST_LINE = 70
_MOST_WORDS = 9
_LONGEST_SENTENCE = 300


def read_offers(text: str, registers: Registers) -> tuple[Offer, ...]:
    """Returns the offers that `text` lists, in order; none unless it is a list of at least two initiatives.

    Items have the same mark (•, -, 1., a), emoji), or a library and a colon before them, or are counted out in
    sentences ("First … second …"), or stand on lines of their own or between commas. The first line of an item is its
    title, without what only tells about it; that and the lines up to the next item are its summary. A title longer
    than 120 characters is cut at a natural place and stays whole in the summary. A heading that is a library goes for
    the items under it. Greeting, signature and other text before and after the list belong to no offer. One initiative
    with its dates, partners, goals or programme is no list.
    """
    text = clean_text(text)
    letter = taken_apart(text)
    lines = lines_of(_without_frame(text, letter))
    if _has_parts_only(lines):
        return ()
    styles: tuple[Callable[[], Iterator[Offer]], ...] = (
        lambda: _of_libraries(lines, registers),
        lambda: _marked(lines, registers),
        lambda: _counted_out(letter, registers),
        lambda: _described(lines, registers),
        lambda: _at_places(letter, registers),
        lambda: _repeated(letter, registers),
        lambda: _blocks(lines, registers),
        lambda: _plain([line.text for line in lines if line.text], registers),
        lambda: _sentences(letter, registers),
        lambda: _between_commas(letter, registers),
    )
    for style in styles:
        offers = tuple(style())
        if len(offers) >= _FEWEST:
            return offers
    return ()


def _without_frame(text: str, letter: Letter) -> str:
    """Returns `text` without its greeting and its signature, its lines as they were."""
    if not letter.sentences:
        return ""
    start = letter.sentences[0].start
    line = text.rfind("\n", 0, start) + 1
    if not any(char.isalpha() for char in text[line:start].strip(" \t").removesuffix(")").removesuffix(".")[1:]):
        start = line
    return text[start : letter.signature.start if letter.signature else len(text)]


def _has_parts_only(lines: Sequence[MarkedLine]) -> bool:
    """Whether all lines with a mark stand under headings like "Goals:", below one title: it is one initiative."""
    heading, parts, names = "", 0, 0
    for line in lines:
        if line.mark:
            if not names_parts(heading):
                return False
            parts += 1
        elif line.text:
            heading = line.text
            names += is_activity(line.text) and not is_part_of_one(line.text) and not names_parts(line.text)
    return parts >= _FEWEST and names <= 1


# Lists whose items have a mark.


def _marked(lines: Sequence[MarkedLine], registers: Registers) -> Iterator[Offer]:
    for mark in dict.fromkeys(line.mark for line in lines if line.mark):
        offers = tuple(_offers_marked(mark, lines, registers))
        if len(offers) >= _FEWEST:
            yield from offers
            return


def _offers_marked(mark: str, lines: Sequence[MarkedLine], registers: Registers) -> Iterator[Offer]:
    """Yields the offers whose first lines have `mark`; none if these lines are no list after all."""
    starts = _starts(mark, lines)
    items = [lines[start] for start in starts]
    texts = [item.text for item in items]
    if mark == "-" and _is_spoken(texts):
        return
    if items[0].number is not None and not _count_up(items):
        return
    if mark == EMOJI and len({item.sign for item in items}) > 1 and sum(map(is_activity, texts)) * 3 < len(texts):
        return
    if _is_one([line.text for line in lines[: starts[0]] if line.text], texts):
        return
    # If summaries are indented, a paragraph at the margin is text between two lists; otherwise only after the last.
    is_set_in = any(line.indent and not line.mark for line in lines[starts[0] :])
    library = _heading(lines, starts[0], registers)
    divider = _divider(texts)
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        body = list(lines[start + 1 : end])
        next_library = ""
        for number, line in enumerate(body):
            if not line.mark and (next_library := library_named(line.text, registers) if line.text else ""):
                body = body[:number]
                break
        if end is None or is_set_in:
            body = list(_until_prose(body))
        below = [line.text for line in body]
        divided = divider.fullmatch(lines[start].text) if divider else None
        if divided and not library_named(divided["more"], registers):
            offer = offer_of(divided["name"], [divided["more"], *below], registers, library)
        else:
            offer = offer_of(lines[start].text, below, registers, library)
        if offer is not None:
            yield offer
        library = next_library or library


def _divider(items: Sequence[str]) -> re.Pattern[str] | None:
    """Returns what divides names from what tells about them, where most of the items are written so."""
    return next((each for each in _DIVIDERS if sum(map(bool, map(each.fullmatch, items))) * 2 > len(items)), None)


_DIVIDERS = (
    re.compile(r"(?P<name>[^–—:]{3,60}?)\s[–—-]\s(?P<more>.{4,})"),
    re.compile(r"(?P<name>[^()]{3,60}?)\s\((?P<more>[^()]{4,})\)\.?"),
    re.compile(r"(?P<name>[^:]{3,60}?):\s(?P<more>.{4,})"),
)


def _heading(lines: Sequence[MarkedLine], start: int, registers: Registers) -> str:
    """Returns the library that stands above the first item."""
    above = [line.text for line in lines[:start] if line.text and not line.mark]
    return library_named(above[-1], registers) if above else ""


def _count_up(items: Sequence[MarkedLine]) -> bool:
    """Whether the items count from one on; under each heading they may begin again, and one may have been taken out."""
    numbers = [item.number or 0 for item in items]
    follows = all(number == 1 or before < number <= before + _WIDEST_GAP for before, number in pairwise(numbers))
    return numbers[0] == 1 and follows and len(numbers) > numbers.count(1)


_WIDEST_GAP = 3


def _starts(mark: str, lines: Sequence[MarkedLine]) -> list[int]:
    """Returns where items begin. A deeper mark is a list within an item; the first line of a message has no indent."""
    marked = [number for number, line in enumerate(lines) if line.mark == mark]
    shallow = min((lines[number].indent for number in marked if number > 0), default=0)
    return [number for number in marked if number == 0 or lines[number].indent <= shallow + 1]


def _until_prose(lines: Sequence[MarkedLine]) -> Sequence[MarkedLine]:
    """Returns the lines that belong to the last item: up to a paragraph that starts at the margin."""
    for number, line in enumerate(lines):
        if number > 0 and not lines[number - 1].text and line.text and line.indent == 0:
            return lines[:number]
    return lines


def _is_spoken(said: Sequence[str]) -> bool:
    """Returns whether lines with dashes are dialogue: one asks or exclaims, or all are whole sentences."""
    ends = [line.rstrip("\"'”“»«’")[-1:] for line in said]
    return any(end in "?!…" for end in ends) or all(end == "." for end in ends)


def _is_one(above: Sequence[str], items: Sequence[str]) -> bool:
    """Whether the items are the parts of one initiative, as what stands above them or they themselves say."""
    header = above[-1] if above else ""
    are_many = any(each.key == "many" for each in said_in(header, "lists"))
    parts = sum(is_part_of_one(item, told=not are_many) for item in items)
    if (parts >= _FEWEST and parts * 5 >= len(items) * 2) or all(map(is_organisation, items)):
        return True
    if names_parts(header):
        return True
    is_name = bool(header) and not header.endswith((":", ".", "!")) and bool(said_in(header, "themes"))
    return is_name and sum(map(is_activity, items)) * 2 < len(items)


# Lists without marks.

_SEMICOLON = re.compile(r";\s+|,\s+(?=[A-ZÆØÅČŠŽ][^,:]{1,40}:\s)")
_LIBRARY_LINE = re.compile(r"(?P<library>[^:]{2,100}?)(?:\s*:|\s[–—-])\s+(?P<title>\S.*)")


def _of_libraries(lines: Sequence[MarkedLine], registers: Registers) -> Iterator[Offer]:
    """Yields the offers of lines that begin with a library or its town, and a colon."""
    for line in (part for each in lines for part in _SEMICOLON.split(each.text)):
        match = _LIBRARY_LINE.fullmatch(line)
        if match and (library := library_named(match["library"], registers)):
            offer = offer_of(_without_lead(match["title"]), (), registers, library)
            if offer is not None:
                yield offer


_DASH = re.compile(r"\s[–—-]\s|:\s")


def _described(lines: Sequence[MarkedLine], registers: Registers) -> Iterator[Offer]:
    """Yields the offers of lines that each have a name, a dash or a colon, and what it is: "Læs løs – a book club"."""
    written = [line.text for line in lines if line.text]
    body = written[1:] if written and written[0].endswith(":") else written
    parts = [_DASH.split(line, maxsplit=1) for line in body]
    if len(body) < _FEWEST or not all(len(part) > 1 for part in parts):
        return
    if len(body) < len(written) and names_parts(written[0]):
        return
    fits = all(
        len(name) <= _LONGEST_LINE and name.count(" ") < _MOST_WORDS and not is_part_of_one(line) and name[:1].isupper()
        for line, (name, _more) in zip(body, parts, strict=True)
    )
    if fits and sum(is_activity(name) or is_activity(more) for name, more in parts) * 3 >= len(body) * 2:
        for line, (name, more) in zip(body, parts, strict=True):
            of_library = library_named(more, registers)
            if offer := offer_of(line if of_library else name, () if of_library else (more,), registers):
                yield offer


def _blocks(lines: Sequence[MarkedLine], registers: Registers) -> Iterator[Offer]:
    """Yields the offers of paragraphs that each begin with a short line that names an activity."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.text:
            blocks[-1].append(line.text)
        elif blocks[-1]:
            blocks.append([])
    told = [block for block in blocks if block and not (len(block) == 1 and block[0].endswith((":", ".", "!")))]
    heads = [block[0] for block in told]
    if len(told) < _FEWEST or not any(len(block) > 1 for block in told):
        return
    if not all(map(_is_heading, heads)) and not _are_told(told):
        return
    for block in told:
        if offer := offer_of(block[0], block[1:], registers):
            yield offer


def _are_told(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether paragraphs each have a short name above what tells about it, most of them of something libraries do."""
    fits = all(
        len(block) > 1
        and _is_short(block[0])
        and block[0][:1].isupper()
        and not any(
            each.key in ("parts", "questions", "agenda") and each.start == 0 for each in said_in(block[0], "lists")
        )
        and not is_organisation(block[0])
        and block[1].count(" ") >= _FEWEST_WORDS_TOLD
        for block in blocks
    )
    activities = sum(any(map(is_activity, block)) for block in blocks)
    return fits and len(blocks) >= _FEWEST_WITHOUT_MARKS and activities * 2 >= len(blocks)


_FEWEST_WORDS_TOLD = 2


def _is_short(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and line.count(" ") < _MOST_WORDS and not line.endswith((".", "?", ":"))


def _is_heading(line: str) -> bool:
    return _is_short(line.removesuffix(":")) and is_activity(line) and not is_part_of_one(line)


def _sentences(letter: Letter, registers: Registers) -> Iterator[Offer]:
    """Yields the offers of sentences that are nothing but activities: "Café on Mondays. Book club on Fridays. …"."""
    items = list(dict.fromkeys(sentence.text.rstrip(" .") for sentence in letter.sentences))
    is_short = "\n" not in letter.body.text and len(letter.body.text) <= _LONGEST_SENTENCE
    if is_short and len(items) >= _FEWEST_WITHOUT_MARKS and all(map(_is_heading, items)):
        for item in items:
            if offer := offer_of(item, (), registers):
                yield offer


def _plain(written: Sequence[str], registers: Registers) -> Iterator[Offer]:
    """Yields the offers of short lines that each name an activity, under a heading or a library, or alone."""
    if len(written) < _FEWEST:
        return
    announced = bool(written) and (written[0].endswith(":") or bool(library_named(written[0], registers)))
    body = written[1:] if announced else written
    if announced and names_parts(written[0]):
        return
    items = [line for line in body if not library_named(line, registers)]
    fits = all(
        len(item) <= _LONGEST_LINE
        and item.count(" ") < _MOST_WORDS
        and not item.endswith((".", "?"))
        and not is_part_of_one(item)
        and not is_organisation(item)
        for item in items
    )
    fewest = _FEWEST if announced else _FEWEST_WITHOUT_MARKS
    if len(items) < fewest or not fits or sum(map(is_activity, items)) * 3 < len(items) * 2:
        return
    library = ""
    for line in written if not announced or library_named(written[0], registers) else body:
        if named := library_named(line, registers):
            library = named
        elif offer := offer_of(line, (), registers, library):
            yield offer


_LAST = re.compile(r"\s+(?:og|in|and|samt|ter|&|pa tudi|as well as)\s+")
_FOLLOWED = re.compile(r"\s(?:med|with|z|s)\s")


def _between_commas(letter: Letter, registers: Registers) -> Iterator[Offer]:
    """Yields the offers of a sentence that is nothing but activities between commas, and perhaps an announcement."""
    sentences = [sentence.text for sentence in letter.sentences]
    if len(letter.body.text) > _LONGEST_SENTENCE or len(sentences) > _MOST_SENTENCES:
        return
    for sentence in sentences:
        items = _items_between(sentence)
        others = [each for each in sentences if each is not sentence]
        if items and not any(each.key == "activity" for other in others for each in said_in(other, "lists")):
            for item in items:
                if offer := offer_of(item, (), registers):
                    yield offer
            return


_MOST_SENTENCES = 3


def _items_between(sentence: str) -> list[str]:
    """Returns the activities between commas, or between other signs; none unless all that stands there is one."""
    has_opening = False
    if announced := _ANNOUNCED.match(sentence):
        if names_parts(announced.group()):
            return []
        sentence, has_opening = sentence[announced.end() :], True
    elif library := _THE_LIBRARY_HAS.match(sentence):
        sentence, has_opening = sentence[library.end() :], True
    elif opening := _opening(sentence):
        sentence, has_opening = sentence[opening:].lstrip(), True
    both = _BOTH.match(sentence)
    parts = [part.strip(" .!") for part in _BETWEEN.split(sentence[both.end() :] if both else sentence)]
    last = (_OF_BOTH if both else _LAST).split(parts[-1])
    items = [_without_lead(part) for part in ([*parts[:-1], *last] if both or len(last) == _FEWEST else parts)]
    is_followed = bool(_FOLLOWED.search(items[0])) and not _FOLLOWED.search(" ".join(items[1:]))
    are_many = announced is not None and any(each.key == "many" for each in said_in(announced.group(), "lists"))
    if len(items) < (_FEWEST if are_many or both else _FEWEST_WITHOUT_MARKS) or is_followed:
        return []
    fits = all(not is_part_of_one(item) and item.count(" ") < _MOST_WORDS for item in items)
    activities = sum(map(is_activity, items))
    if any(map(is_organisation, items)):
        enough = False
    elif ";" in sentence or are_many:
        are_names = are_many and all(item[:1].isupper() for item in items)
        enough = activities * 3 >= len(items) * 2 or (are_names and activities * 2 >= len(items))
    else:
        enough = has_opening and activities * 4 >= len(items) * 3
    return items if fits and (enough or activities == len(items)) else []


def _opening(sentence: str) -> int:
    """Returns where the list begins in "at our library we have a café, …"; 0 where nothing stands before it."""
    said = (
        each for each in said_in(sentence[:_LONGEST_OPENING], "lists") if each.key == "we_have" and " " in each.said
    )
    return next((each.end for each in said), 0)


_LONGEST_OPENING = 40
_BOTH = re.compile(r"(?:vi (?:har|laver|kører) |we (?:have|run) |imamo )?(?:både|both|tako)\s+", re.IGNORECASE)
_OF_BOTH = re.compile(r"\s+(?:og|samt|kot tudi|kot|in|and|as well as)\s+")
_BETWEEN = re.compile(r"[,;]\s+|\s[/|+•–—-]\s")
_THE_LIBRARY_HAS = re.compile(
    r"(?:vores |our |the |naša )?(?:biblioteket?|library|knjižnica)\s"
    r"(?:har|has|ima|tilbyder|offers|ponuja|runs|holder)\s",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(r"[^:,]{2,80}:\s|[^:,]{2,60}\s(?:er|so|are)\s(?:der\s)?")


def _repeated(letter: Letter, registers: Registers) -> Iterator[Offer]:
    """Yields the offers of sentences that each say "we have", after one that says how many things there are."""
    announced, *told = letter.sentences or (None,)
    if announced is None or not any(each.key == "many" for each in said_in(announced.text, "lists")):
        return
    said = [re.sub(r"^(?:og|in|and)\s", "", sentence.text, flags=re.IGNORECASE) for sentence in told]
    items = [(sentence, _without_lead(sentence)) for sentence in said]
    if len(items) < _FEWEST or not all(whole != item or is_activity(item) for whole, item in items):
        return
    for _whole, item in items:
        if offer := offer_of(_until_clause(item), (), registers):
            yield replace(offer, summary=clean_text(item) if clean_text(item).rstrip(".") != offer.title else "")


_AT = re.compile(r"(?:^|[.,;:!]\s+|\s)(?:(?:og|in|and|pa|mens|while)\s+)?(?:i|på|v|na|in|at)\s+$", re.IGNORECASE)


def _at_places(letter: Letter, registers: Registers) -> Iterator[Offer]:
    """Yields the offers of a sentence that tells what there is at each of several places: "in Celje …, in Žalec …"."""
    body = letter.body.text
    if len(body) > _LONGEST_SENTENCE or "\n" in body:
        return
    places = [place for place in registers.places_in(body) if place.library and _AT.search(body[: place.start])]
    if len({place.library for place in places}) < _FEWEST or _AT.match(body[: places[0].start]) is None:
        return
    offers: list[Offer] = []
    begins = [match.start() for place in places if (match := _AT.search(body[: place.start]))]
    for place, end in zip(places, [*begins[1:], len(body)], strict=True):
        item = _until_clause(_without_lead(body[place.end : end]).strip(" .,;"))
        found = library_of(place, registers)
        offer = offer_of(item, (), registers, found.name if found else "") if is_activity(item) else None
        if offer is None:
            return
        offers.append(offer)
    yield from offers


def _counted_out(letter: Letter, registers: Registers) -> Iterator[Offer]:
    """Yields the offers of sentences that count them out: "First … Second … And finally …"."""
    body = letter.body.text
    counts = [each for each in said_in(body, "lists") if each.key in ("first", "next") and _begins(body, each.start)]
    first = next((number for number, each in enumerate(counts) if each.key == "first"), None)
    if first is None:
        if not counts or not any(each.key == "we_have" and each.start == 0 for each in said_in(body, "lists")):
            return
        starts = [0, *(each.end for each in counts)]
        ends = [*(each.start for each in counts), len(body)]
    else:
        starts = [each.end for each in counts[first:]]
        ends = [*(each.start for each in counts[first + 1 :]), len(body)]
    items = [part for start, end in zip(starts, ends, strict=True) for part in _both(_without_lead(body[start:end]))]
    done = sum(1 for item in items if _IS_DONE.match(item))
    activities = sum(map(is_activity, items))
    if len(items) < _FEWEST or done * 2 >= len(items) or activities * 3 < len(items) * 2:
        return
    if first is None and not all(is_activity(_until_clause(item)) for item in items):
        return  # "we run a book club. We also bake"
    for item in items:
        name = _until_clause(item)
        if offer := offer_of(name, (), registers):
            yield replace(offer, summary=clean_text(item) if clean_text(item).rstrip(".") != offer.title else "")


def _begins(text: str, start: int) -> bool:
    """Whether a sentence or a part of one begins at `start`, be it with "and"."""
    return bool(_BEGINS.search(text[:start]))


_BEGINS = re.compile(r"(?:^|[.,;:!\n]\s*|\s)(?:og|and|in|pa)?\s*$", re.IGNORECASE)
_TWO = re.compile(
    r"(?:vi har |we have |imamo )?(?:både|both|tako)\s+(?P<one>.+?)\s(?:og|and|kot)\s+(?P<other>.+)",
    re.IGNORECASE | re.DOTALL,
)


def _both(item: str) -> Iterator[str]:
    """Yields the two that an item has ("both a language café and a reading group"), or the item."""
    two = _TWO.match(item)
    if two and is_activity(two["one"]) and is_activity(two["other"]):
        yield two["one"]
        yield _without_lead(two["other"])
    else:
        yield item


_IS_DONE = re.compile(r"(?:\w+\s+)?(?:vi|we|jeg|they|de|(?-i:I))\s|(?!imamo)\w+mo\s|\w+jo\s", re.IGNORECASE)
"""A step of one programme: "first we read a story", "najprej beremo zgodbo"."""
_CLAUSE = re.compile(r"[,;]\s|(?<!\d)\.\s|\s(?:som|der|hvor|ki|kjer|which|that|where|who)\s")


def _until_clause(item: str) -> str:
    """Returns the name in a sentence: what stands before a comma or a relative clause, without the point."""
    mark = _CLAUSE.search(item)
    return re.sub(r"[\s.,;!]+(?:og|and|in|pa)?\s*$", "", item[: mark.start()] if mark else item)


_EVERY = re.compile(r"(?:hver|hvert|every|each|vsak\w*)\s", re.IGNORECASE)
_LEADS = frozenset({"we_have", "first", "next"})


def _without_lead(item: str) -> str:
    """Returns an item without the words that only say that it is there: "we also have a", "imamo še"."""
    item = item.lstrip(" ,:–-")
    often = next((each for each in said_in(item, "frequency") if each.start == 0 and each.end < len(item)), None)
    if often and _EVERY.match(item):
        item = item[often.end :].lstrip(" ,:–-")
    while item:
        said = next((each for each in said_in(item, "lists") if each.key in _LEADS and each.start == 0), None)
        if said is None or said.end >= len(item):
            break
        item = item[said.end :].lstrip(" ,:–-")
    return item
