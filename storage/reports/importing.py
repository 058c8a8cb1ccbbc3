"""Import of records.

An imported report has no author in this bot: its `person_id` is empty, so it is in no /myreports list and nobody gets
messages about it. A record replaces the whole report: an answer it does not have is removed, except contacts, if it was
exported without them.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from conversations.forms.own_choices import by_number
from conversations.model.calls import WholeCall
from storage import registers
from storage.calls.calls import Calls
from storage.engine.clock import utc_now
from storage.models import answers, attachments, personal_answers, reports
from storage.people.audit import Audit, Entry
from storage.reports.exporting import LIBRARY_QUESTION, Exporting
from storage.reports.records import Record, read_record

TakenIn: TypeAlias = Literal["new", "changed", "same"]

_THESE: BindParameter[str] = bindparam("these", expanding=True)
_THERE = select(reports.c.id).where(reports.c.id.in_(_THESE))
_ADD = insert(reports)
_CHANGE = update(reports).where(reports.c.id == bindparam("this"))
_ANSWER = insert(answers)
_ANSWER_PERSONALLY = insert(personal_answers)
_ATTACH = insert(attachments)
_DETACH = delete(attachments).where(attachments.c.report_id == bindparam("this"), attachments.c.question == "")


class Importing:
    """Imports records, in one transaction; `personal` are the keys of the questions stored apart as personal."""

    def __init__(
        self,
        connection: Connection,
        exporting: Exporting,
        refresh: Callable[[list[str]], object],
        audit: Audit,
        calls: Calls,
        personal: Collection[str],
    ) -> None:
        self._connection = connection
        self._exporting = exporting
        self._refresh = refresh
        self._audit = audit
        self._calls = calls
        self._personal = frozenset(personal)
        self._now = utc_now()
        self._known_calls: dict[str, WholeCall | None] = {}

    def take_in(self, given: Any) -> TakenIn:
        """Import the record `given`, which is parsed JSON. Raises NotARecord if it is not valid.

        "same" means that nothing changed: the stored report is equal, newer, or was imported in this form before.
        """
        [outcome] = self.take_in_all([read_record(given)])
        return outcome

    def take_in_all(self, told: Sequence[Record]) -> list[TakenIn]:
        """Import several records like `take_in`, in their order; new reports are written together."""
        records = [self._with_own(each) for each in told]
        there = set(self._connection.scalars(_THERE, {"these": [record.id for record in records]}))
        new = {record.id: record for record in reversed(records) if record.id not in there}  # the first of each id
        self._add(list(new.values()))
        here = self._as_they_are([record for record in records if record.id in there])
        return ["new" if record is new.get(record.id) else self._again(record, here) for record in records]

    def stored(self, these: Collection[str], *, with_contacts: bool) -> dict[str, Record]:
        """Returns the stored reports with these ids, as an export writes them."""
        return {record.id: record for record in self._exporting.of_all(these, with_contacts=with_contacts)}

    def _with_own(self, record: Record) -> Record:
        """Returns the record, with the choices of a call's own questions in their stored form."""
        slug = record.call or ""
        if slug not in self._known_calls:
            self._known_calls[slug] = self._calls.whole(slug)
        return replace(record, answers=by_number(record.answers, self._known_calls[slug]))

    def _again(self, record: Record, here: dict[tuple[str, bool], Record]) -> TakenIn:
        """Import a record of a report that already exists."""
        key = (record.id, self._has_contacts(record))
        stored = here.pop(key, None) or self._exporting.of(record.id, with_contacts=key[1])
        told = {"sha256": _digest(record)}
        if _is_known(record, stored) or self._was_taken_in(record.id, told):
            return "same"
        self._change(record)
        here.pop((record.id, not key[1]), None)
        self._audit.add(Entry(self._now, None, "imported", new=told), record.id)
        self._refresh([record.id])
        return "changed"

    def _as_they_are(self, told: Sequence[Record]) -> dict[tuple[str, bool], Record]:
        """Returns the stored reports of these records, with contacts if the record has some."""
        found = {}
        for with_contacts in (False, True):
            these = [record.id for record in told if self._has_contacts(record) is with_contacts]
            for stored in self._exporting.of_all(these, with_contacts=with_contacts):
                found[stored.id, with_contacts] = stored
        return found

    def _was_taken_in(self, report: str, digest: Mapping[str, str]) -> bool:
        return any(entry.action == "imported" and entry.new == digest for entry in self._audit.of_report(report))

    def _has_contacts(self, record: Record) -> bool:
        return not self._personal.isdisjoint(record.answers)

    def _add(self, records: Sequence[Record]) -> None:
        if not records:
            return
        self._connection.execute(_ADD, [self._as_new(record) for record in records])
        said = [(record, question, value) for record in records for question, value in _all_answers(record).items()]
        for statement, personal in ((_ANSWER, False), (_ANSWER_PERSONALLY, True)):
            if rows := [self._answer(*each) for each in said if (each[1] in self._personal) is personal]:
                self._connection.execute(statement, rows)
        for record in records:
            self._attach(record, record.attachments)
        self._audit.add_all(
            (Entry(self._now, None, "imported", new={"sha256": _digest(record)}), record.id) for record in records
        )
        self._refresh([record.id for record in records])

    def _as_new(self, record: Record) -> dict[str, Any]:
        return {
            **self._told_by(record),
            "id": record.id,
            "person_id": None,
            "form": "initiative",
            "place": {},
            "copied_from": None,
            "forwarded": False,
            "changed_at": record.published_at or record.submitted_at or record.created_at,
            "discarded_at": None,
        }

    def _change(self, record: Record) -> None:
        self._connection.execute(_CHANGE.values(**self._told_by(record), changed_at=self._now), {"this": record.id})
        stored = self._exporting.current_answers([record.id], with_contacts=self._has_contacts(record))[record.id]
        told = _all_answers(record)
        for question in (*told, *(question for question in stored if question not in told)):
            old, new = stored.get(question), told.get(question)
            if _canonical(old) != _canonical(new):
                statement = _ANSWER_PERSONALLY if question in self._personal else _ANSWER
                self._connection.execute(statement, self._answer(record, question, new))
                values = {} if question in self._personal else {"old": old, "new": new}
                self._audit.add(Entry(self._now, None, "corrected", question, **values), record.id)
        self._connection.execute(_DETACH, {"this": record.id})
        own = self._exporting.of(record.id, with_contacts=False)
        self._attach(record, [each for each in record.attachments if own is None or each not in own.attachments])

    def _told_by(self, record: Record) -> dict[str, Any]:
        """Returns the columns of the report that come from the record."""
        return {
            "call_slug": record.call,
            "status": record.status,
            "language": record.language,
            "created_at": record.created_at,
            "submitted_at": record.submitted_at,
            "published_at": record.published_at,
            "withdrawn_at": self._now if record.status == "withdrawn" else None,
            "revision": record.revision,
        }

    def _answer(self, record: Record, question: str, value: Any) -> dict[str, Any]:
        return {
            "report_id": record.id,
            "question": question,
            "value": value,
            "said": "",
            "message_id": 0,
            "revision": record.revision,
            "person_id": None,
            "at": self._now,
        }

    def _attach(self, record: Record, files: Sequence[Mapping[str, Any]]) -> None:
        """Store the descriptions of files; imported files have no content to fetch."""
        for number, file in enumerate(files, 1):
            self._connection.execute(
                _ATTACH,
                {
                    **file,
                    "id": f"{record.id}.{number:03}",  # keeps their order
                    "report_id": record.id,
                    "question": "",
                    "reference": "",
                    "mime": "",
                    "state": "fetched" if file["sha256"] else "failed",
                    "attempts": 0,
                    "error": None,
                    "next_try_at": self._now,
                    "created_at": record.created_at,
                },
            )


def _all_answers(record: Record) -> dict[str, Any]:
    """Returns the answers in their stored form. The library is one of them, taken from the top level of the record."""
    library = {} if record.library is None else {LIBRARY_QUESTION: _library(record.library)}
    return library | {key: value for key, value in record.answers.items() if key != LIBRARY_QUESTION}


def _library(told: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the answer to `library`; one that the register does not have is another organisation, in the
    given place.
    """
    of_that_isil, of_that_place = _registered()
    found = (told["isil"] and of_that_isil.get(told["isil"])) or of_that_place.get(
        (told["name"], told["municipality_code"], told["country"])
    )
    if found:
        return {"key": found.key, "name": found.name}
    here = municipality_told(told)
    return {"key": None, "name": told["name"]} | ({"municipality": f"{here.country}-{here.code}"} if here else {})


def municipality_told(library: Mapping[str, Any]) -> registers.Municipality | None:
    """Returns the municipality that the library of a record is in: by its code and country, or by its name; None: not
    known.
    """
    code, country, name = (str(library.get(part) or "") for part in ("municipality_code", "country", "municipality"))
    if code and country:
        return registers.municipality(country, code)
    return registers.find_municipalities(name).exact if name else None


@lru_cache(maxsize=1)
def _registered() -> tuple[dict[str, registers.Library], dict[tuple[str, str, str], registers.Library]]:
    """Returns the libraries of the register by their ISIL, and by name, municipality and country."""
    every = registers.libraries()
    by_isil = {each.isil: each for each in reversed(every) if each.isil}
    return by_isil, {(each.name, each.municipality.code, each.municipality.country): each for each in reversed(every)}


def _is_known(record: Record, here: Record | None) -> bool:
    """Returns whether the stored report is equal, has a later revision, or was discarded."""
    return here is None or here.revision > record.revision or _canonical(here.as_json()) == _canonical(record.as_json())


def _digest(record: Record) -> str:
    return hashlib.sha256(_canonical(record.as_json()).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
