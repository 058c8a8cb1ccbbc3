"""Reports for readers: columns with headings in words, cells as in the chat."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.files.reports.tables import Cell, asked, column_of, columns, own_columns
from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.shared.report_status import status_words
from conversations.forms.initiative import INITIATIVE
from conversations.forms.own_choices import by_number
from conversations.forms.questions import Question
from conversations.forms.variants import CALL_QUESTION, own_question
from conversations.language.languages import language_words
from conversations.language.words import Place, Words, _, labelled
from conversations.model.calls import OWN_KEYS, WholeCall
from storage.reports.records import Record

FIELDS: Mapping[str, Words] = {
    "id": labelled("column", "Reference"),
    "call": labelled("column", "Call"),
    "status": labelled("column", "Status of the report"),
    "language": labelled("column", "Language"),
    "created_at": labelled("column", "Started"),
    "submitted_at": labelled("column", "Sent"),
    "published_at": labelled("column", "Published"),
    "library_name": labelled("column", "Library"),
    "library_isil": labelled("column", "ISIL code of the library"),
    "library_municipality_code": labelled("column", "Code of the municipality"),
    "library_municipality": labelled("column", "Municipality"),
    "library_region": labelled("column", "Region"),
    "library_country": labelled("column", "Country"),
    "answer_status": labelled("column", "Stage of the initiative"),
    "campaign": labelled("column", "Answer to the call"),
    "attachments": labelled("column", "Number of files"),
    "attachment_names": labelled("column", "Names of the files"),
    "revision": labelled("column", "Revision"),
}
"""Headings of columns without a question, and of one whose label would equal that of another column."""


class RecordInWords:
    """The readable sheet; `calls` are those whose questions the reports may answer."""

    def __init__(self, calls: Sequence[WholeCall], catalogue: Catalogue, *, with_contacts: bool) -> None:
        self._calls = {call.slug: call for call in calls}
        self._catalogue = catalogue
        own = own_columns(calls)
        self._names = columns(with_contacts=with_contacts, own=own)
        self._questions = {column_of(key): key for key in asked(with_contacts=with_contacts, own=own)}

    def headings(self) -> list[str]:
        """Returns the heading of each column in words; all are different."""
        return [self._catalogue.say(self._heading(name)) for name in self._names]

    def cells(self, record: Record, cells: Iterable[Cell]) -> Iterable[Cell]:
        """Yields the `cells` of the table of keys, as the chat shows their values."""
        call = self._calls.get(record.call or "")
        answers = by_number(record.answers, call)
        for name, value in zip(self._names, cells, strict=True):
            if value is None:
                yield None
            elif name in self._questions:
                key = self._questions[name]
                yield self._said(_question(key, call), answers[key], value, record)
            else:
                yield self._field(name, value, record)

    def _heading(self, name: str) -> Place:
        if name in FIELDS:
            return FIELDS[name]
        if (question := INITIATIVE.question(self._questions[name])) is not None:
            return question.label
        return self._own_heading(name)

    def _own_heading(self, key: str) -> Place:
        """Returns the question's text; if calls ask different questions, its number among a call's own questions."""
        asked_there = [question.label for call in self._calls.values() if (question := _question(key, call))]
        if asked_there and all(each == asked_there[0] for each in asked_there):
            return asked_there[0]
        return _("Own question {number} of the call", number=str(OWN_KEYS.index(key) + 1))

    def _field(self, name: str, value: Cell, record: Record) -> Cell:
        if name == "status":
            return self._catalogue.say(status_words(record.status, record.answers))
        if name == "language":
            return self._catalogue.say(language_words(str(value)))
        if name == "library_country":
            return self._catalogue.say(COUNTRY_NAMES.get(str(value), str(value)))
        if name == "call" and (call := self._calls.get(str(value))):
            return self._catalogue.say(call.title)
        return value

    def _said(self, question: Question | None, answer: Any, value: Cell, record: Record) -> Cell:
        if question is not None and question.key == CALL_QUESTION:
            return self._field("call", value, record)
        try:
            return self._catalogue.say(question.kind.show(answer)) if question else value
        except (LookupError, TypeError, ValueError, AttributeError):  # an imported answer may have another form
            return value


def _question(key: str, call: WholeCall | None) -> Question | None:
    """Returns the question with that key, including one that its call no longer asks."""
    if key not in OWN_KEYS or call is None:
        return INITIATIVE.question(key)
    found = next((each for each in call.questions if each.key == key and each.texts), None)
    return own_question(found, call.language) if found else None
