"""What a call is made of, each part with its question, and how its deadline and readers are named."""

from dataclasses import dataclass
from datetime import datetime

from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.text import Text
from conversations.language.words import Moment, Place, Words, _, counted, labelled
from conversations.model.calls import WholeCall
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice, label_of


def left_words(call: WholeCall, now: datetime) -> Place:
    """Returns how many days are left."""
    days = call.days_left(now)
    if days is None:
        return _("no deadline")
    if call.is_late(now):
        return _("the deadline has passed")
    if days == 0:
        return _("today is the last day")
    return counted("{n} day left", "{n} days left", days)


def for_whom_words(call: WholeCall) -> Place:
    """Returns who may see the reports to the call, in words for its coordinators."""
    if call.asks_for_whom:
        return labelled("sharing", "Each author decides")
    if call.is_for is None:
        return _("not decided yet; until then coordinators only")
    return label_of(vocabulary.SHARING, call.is_for)


def seen_by_words(call: WholeCall) -> Words | None:
    """Returns who may see a report to the call, in words for its author; None if the author decides."""
    if call.asks_for_whom:
        return None
    whom = label_of(vocabulary.SHARING, call.is_for or "coordinators")
    return _("Reports to this call can be seen by: {whom}", whom=whom)


def deadline_words(call: WholeCall, now: datetime) -> Place:
    """Returns until when reports are in time, and how many days are left."""
    if call.last_day is None or call.deadline_at is None:
        return _("There is no deadline.")
    day = Moment(call.last_day, call.deadline_at)
    return _("Deadline: end of {day} ({left})", day=day, left=left_words(call, now))


UNCHANGED = _("It was set so already. Nothing has changed.")


VARIANTS = (
    Choice("short", labelled("form", "Short: five questions")),
    Choice("standard", labelled("form", "Standard: nine questions")),
    Choice("impact", labelled("form", "Results: nine plus results")),
)
"""The forms that a call may use."""


AUDIENCES = (*vocabulary.SHARING, Choice("ask", labelled("sharing", "Each author decides")))
"""Who may see the reports to a call."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a call; `key` is one of calls.CHANGEABLE. A field without a `kind` has a view of its own."""

    key: str
    label: Words
    prompt: Words
    kind: QuestionKind | None = None
    help: Words | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """A text that is written in each language, with its shortest and longest length in characters."""

    key: str
    label: Words
    prompt: Words
    most: int
    least: int = 1


TEXTS = (
    Texts("titles", _("Title"), _("What is the call’s title?"), most=80, least=3),
    Texts("introductions", _("Introduction"), _("What is it about, and why should libraries respond?"), most=1500),
    # Translators: the text that people read when they have responded to a call.
    Texts("thanks", _("Thanks"), _("What should people read when they have responded?"), most=600),
)


FIELDS = (
    Field("deadline", _("Deadline"), _("What is the deadline?")),
    Field(
        "organisers",
        _("Organisers"),
        _("Who is organising this call? Give organisations, not people."),
        Text(most=300),
    ),
    Field(
        "themes",
        _("Themes"),
        _("Which themes are wanted?"),
        SomeOf(vocabulary.THEMES, most=12, least=0),
        _("None means all."),
    ),
    Field(
        "target_groups",
        _("Target groups"),
        _("Which target groups are wanted?"),
        SomeOf(vocabulary.TARGET_GROUPS, most=12, least=0),
        _("None means all."),
    ),
    Field("invited", _("Invited libraries"), _("Which libraries are invited?")),
    Field(
        "variant",
        _("Form"),
        _("How much do you want to ask?"),
        OneOf(VARIANTS),
        _("Choose Short when time is short. Results also asks what running and finished work has led to."),
    ),
    Field(
        "sharing",
        _("Who can see the reports"),
        _("Who can see the reports to this call?"),
        OneOf(AUDIENCES),
        _("Authors see this before they send, and can change it for their own report."),
    ),
    Field("questions", _("Your own questions"), _("Questions that only this call asks")),
)


def field_of(key: str) -> Field | None:
    """Returns the field with this key."""
    return next((field for field in FIELDS if field.key == key), None)


def texts_of(key: str) -> Texts | None:
    """Returns the text with this key."""
    return next((texts for texts in TEXTS if texts.key == key), None)
