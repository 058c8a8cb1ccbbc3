"""What the bot makes of what people write: `meldind understand`, for people who add words or write tests.

Every row goes through the functions that read the same text in the chat. The formats are told in docs/words.md.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from conversations.context.context import Context
from conversations.flows.subscriptions.typed_wishes import leaves_out, read_wishes
from conversations.forms.controls import WantedAction, wanted_at
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, QuestionKind, Understood
from conversations.forms.kinds.contacts import ContactDetails
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.then import Then
from conversations.forms.kinds.yes_no import YesNo
from conversations.language.events import Wrote
from conversations.language.languages import LANGUAGES
from conversations.memory.memory import Memory
from conversations.model.people.person import Person
from conversations.model.registers import Registers
from conversations.reading.dates.deadlines import read_deadline
from conversations.reading.dates.spans import read_days
from conversations.reading.queries.query import named_places
from conversations.reading.queries.reading import read_query
from conversations.reading.story.lists import Offer, read_offers
from conversations.reading.story.reading import read_story
from conversations.reading.story.story import Story
from conversations.reading.text import clean_text
from conversations.vocabulary.controls import control

Row = Mapping[str, Any]
Meaning = dict[str, Any]

NONE: Meaning = {"none": True}


class NotARowError(ValueError):
    """A row that asks for nothing that can be understood; the message says what is wrong with it."""


def understand(row: Row, registers: Registers, today: date) -> Meaning:
    """Returns what `row` means to the bot; `today` is the day where the row names none.

    Raises NotARowError if the row is not one of those in docs/words.md.
    """
    language = row.get("language", "en")
    if language not in LANGUAGES:
        raise NotARowError(f"the language is one of {', '.join(LANGUAGES)}")
    context = _context(language, _day(row, today), registers)
    match row:
        case {"question": str(question), "input": str(text)}:
            return _typed(question, clean_text(text), row.get("context") or {}, context)
        case {"list": str(text)}:
            return {"offers": [_offer(each) for each in read_offers(clean_text(text), registers)]}
        case {"told": str(text)}:
            return _told(read_story(text, language, context.today, registers))
        case {"query": str(text)}:
            return _asked(clean_text(text), context)
        case _:
            raise NotARowError('it has "question" and "input", or "told", or "list", or "query", each a text')


def _day(row: Row, today: date) -> date:
    named = (row.get("context") or {}).get("today")
    try:
        return date.fromisoformat(named) if named else today
    except (TypeError, ValueError):
        raise NotARowError("context.today is a day as 2026-11-30") from None


def _context(language: str, today: date, registers: Registers) -> Context:
    person = Person(1, language)
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    return Context(person, noon, today, lambda: "new", Memory(person), registers)


def _typed(question: str, text: str, given: Mapping[str, Any], context: Context) -> Meaning:
    """What `text` means as the answer to `question`."""
    if special := _SPECIAL.get(question):
        return special(text, given, context)
    asked = INITIATIVE.question(question)
    if asked is None:
        raise NotARowError(f"there is no question {question}")
    if wanted := wanted_at(asked, text, None, Asked(context, {"status": given.get("status", "running")})):
        needed = asked.required and wanted.action in ("skip", "done", "send")
        return NONE if needed and wanted.sure else _wanted(wanted)
    return _answer(asked.kind, text, given, context)


def _answer(kind: QuestionKind, text: str, given: Mapping[str, Any], context: Context) -> Meaning:
    """What `kind` reads in `text`."""
    asked = Asked(context, {"status": given.get("status", "running")})
    match kind.read(Wrote(text), None, asked):
        case Understood(value):
            return {"value": value_in_row(kind, value)}
        case Gathering(gathered):
            if among := (*_chosen(kind.so_far(gathered)), *kind.among(gathered)) if kind.among(gathered) else ():
                return {"ask": "which", "among": [value_in_row(kind, each) for each in among]}
            value = kind.so_far(gathered)
            return NONE if value is None else {"value": value_in_row(kind, value), "shown": True}
        case NotUnderstood(_, gathered, asks):
            among = kind.among(gathered)
            if among or asks:
                return {"ask": "which", "among": [value_in_row(kind, each) for each in among]}
            return NONE


def _chosen(value: Any) -> list[Any]:
    """The choices that are shown as chosen beside those of which one is meant."""
    return value if isinstance(value, list) else []


def value_in_row(kind: QuestionKind, value: Any) -> Any:
    """`value` as the rows have it: a library by its name, what is missing in a contact as null."""
    match kind:
        case Library():
            return value["name"] if value.get("key") else "other"
        case Then() if isinstance(value, dict) and "sources" in value:
            return value["sources"]
        case ContactDetails():
            return {part: value.get(part) or None for part in ("name", "email", "phone")}
        case _:
            return value


def _wanted(wanted: WantedAction) -> Meaning:
    if not wanted.sure:
        return {"ask": "which", "among": []}
    return {"action": "done" if wanted.action == "send" else wanted.action}


def _control(text: str, given: Mapping[str, Any], context: Context) -> Meaning:
    key, _plus, chosen = str(given.get("at", "")).partition("+")
    question = INITIATIVE.question(key)
    if question is None:
        action = control(text, context.person.language, ready=key == "ready", chosen=bool(chosen), optional=True)
        return {"action": action} if action else NONE
    gathered = {"chosen": [""], "parts": [[0, ""]]} if chosen else None
    wanted = wanted_at(question, text, gathered, Asked(context, {"status": given.get("status", "running")}))
    return _wanted(wanted) if wanted else NONE


def _yes_no(text: str, given: Mapping[str, Any], context: Context) -> Meaning:
    return _answer(YesNo(), text, given, context)


def _contact(text: str, given: Mapping[str, Any], context: Context) -> Meaning:
    return _answer(ContactDetails(), text, given, context)


def _deadline(text: str, _given: Mapping[str, Any], context: Context) -> Meaning:
    found = read_deadline(text, context.today, context.person.language)
    if found is None or found.missing == "calendar":
        return NONE
    return {"value": found.value} if found.value else {"ask": "which", "among": list(found.near)}


def _digest_period(text: str, _given: Mapping[str, Any], context: Context) -> Meaning:
    days = read_days(text, context.today, context.person.language)
    return {"value": {"first": str(days[0]), "last": str(days[1])}} if days else NONE


def _subscribe(text: str, _given: Mapping[str, Any], context: Context) -> Meaning:
    if leaves_out(text):
        return {"ask": "which", "among": []}
    if read_wishes(text, context) is None:
        return NONE
    wishes = {part: value for part, value in _asked(text, context).items() if value and part != "statuses"}
    return {"value": wishes, "shown": True}


def _asked(text: str, context: Context) -> Meaning:
    """What a text searches for."""
    query = read_query(text, context.person.language, context.today, context.registers)
    return {
        "themes": list(query.themes),
        "groups": list(query.groups),
        "places": named_places(query.places, context.registers),
        "statuses": list(query.statuses),
        "words": list(query.words),
    }


_SPECIAL: Mapping[str, Callable[[str, Mapping[str, Any], Context], Meaning]] = {
    "yes_no": _yes_no,
    "contact": _contact,
    "control": _control,
    "deadline": _deadline,
    "digest_period": _digest_period,
    "subscribe": _subscribe,
}
"""What reads the texts that answer no question of the form."""


def _offer(offer: Offer) -> Meaning:
    return {"title": offer.title, "summary": offer.summary, "library": offer.library or None}


def _told(story: Story) -> Meaning:
    """What was read in a told message, by the names that docs/words.md gives."""
    answers = story.answers()
    named = {
        "library": answers["library"]["name"] if "library" in answers else None,
        "participants": answers.get("participants") or answers.get("participants_expected"),
        "partners": [{"name": each.name, "kind": each.kind} for each in story.partners.value]
        if story.partners
        else None,
        "links": answers.get("link"),
        "place": answers["location"]["place"] if "location" in answers else None,
    }
    same = ("status", "title", "themes", "target_groups", "period_start", "period_end", "frequency", "volunteers")
    read = {**{key: answers.get(key) for key in same}, **named}
    return {key: value for key, value in read.items() if value}
