"""Who has answered a call, who has begun an answer, who has not, and who gets a reminder."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, cast, exists, literal, select

from conversations.model.calls import CallStanding, Unsaid, WholeCall
from storage import registers
from storage.engine.columns import SafeText
from storage.models import answers, people, reminders, reports
from storage.registers.written_for import written_for

_REPORTS = select(reports.c.id, reports.c.person_id, reports.c.status, reports.c.late).where(
    reports.c.call_slug == bindparam("slug"),
    reports.c.discarded_at.is_(None),
    reports.c.status != "withdrawn",
)

_REACHABLE = (
    select(people.c.id, people.c.library, people.c.timezone, people.c.language)
    .where(people.c.stopped_at.is_(None), people.c.reminders.is_(True))
    .order_by(people.c.id)
)


@dataclass(frozen=True, slots=True)
class Reachable:
    """A person who may be reminded, with their library (None: unknown) and time zone ("": that of the settings)."""

    person: int
    library: Mapping[str, Any] | None
    timezone: str
    language: str


class CallReports:
    """The reports that answer calls, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _libraries(self, call: WholeCall) -> dict[str, Any]:
        """Returns the library of each report that answers the call."""
        query = (
            select(answers.c.report_id, answers.c.value)
            .join(reports, reports.c.id == answers.c.report_id)
            .where(reports.c.call_slug == call.slug, answers.c.question == "library")
            .order_by(answers.c.id)
        )
        rows = self._connection.execute(query).all()
        return {row[0]: row[1] for row in rows}

    def standing(self, call: WholeCall, language: str) -> CallStanding:
        """Returns the progress of the call; places are in alphabetical order for `language`."""
        libraries = self._libraries(call)
        answered, opened, number, late = set(), set(), 0, 0
        for report, _person, status, is_late in self._connection.execute(_REPORTS, {"slug": call.slug}):
            place = _place(libraries.get(report))
            if status == "draft":
                opened.add(place)
            else:
                answered.add(place)
                number, late = number + 1, late + is_late
        invited = {each.municipality.name for each in registers.libraries() if _invites(call, each)}
        return CallStanding(
            number,
            late,
            registers.sorted_names(answered - {""}, language),
            registers.sorted_names(opened - answered - {""}, language),
            registers.sorted_names(invited - answered - opened, language),
        )

    def unsaid(self, slug: str) -> list[Unsaid]:
        """Returns the reports sent to the call that do not say who may see them, oldest first."""
        said: dict[str, dict[str, Any]] = {}
        titles_and_sharing = (
            select(answers.c.report_id, answers.c.question, answers.c.value)
            .join(reports, reports.c.id == answers.c.report_id)
            .where(reports.c.call_slug == slug, answers.c.question.in_(("title", "sharing")))
            .order_by(answers.c.id)
        )
        for report, question, value in self._connection.execute(titles_and_sharing):
            said.setdefault(report, {})[question] = value
        sent = (
            select(reports.c.id, reports.c.person_id, reports.c.revision)
            .where(
                reports.c.call_slug == slug,
                reports.c.status.in_(("submitted", "changes_requested", "published")),
            )
            .order_by(reports.c.submitted_at, reports.c.id)
        )
        return [
            Unsaid(author, report, str(said.get(report, {}).get("title") or ""), revision)
            for report, author, revision in self._connection.execute(sent)
            if author is not None and said.get(report, {}).get("sharing") is None
        ]

    def to_remind(self, call: WholeCall, among: Collection[int] | None = None) -> Iterator[Reachable]:
        """Yields the invited people who have not answered and whose library has not.

        People with a draft count as invited. With `among`, only these people are considered.
        """
        if among is None:
            return self._to_remind(call, self._reachable(_REACHABLE))
        return self._to_remind(call, self._reachable(_REACHABLE.where(people.c.id.in_(among))))

    def to_plan(self, call: WholeCall, prefix: str, after: int, most: int) -> tuple[list[Reachable], int | None]:
        """Returns those to remind among the next `most` people after the id `after` who have no reminder yet.

        A reminder's key is `prefix` and the person's id. Also returns the id to continue after; None: that was the end.
        """
        planned = exists().where(reminders.c.key == literal(prefix, SafeText).concat(cast(people.c.id, Text)))
        found = self._reachable(_REACHABLE.where(people.c.id > after, ~planned).limit(most))
        return list(self._to_remind(call, found)), found[-1].person if len(found) == most else None

    def _reachable(self, query: Select[*tuple[Any, ...]]) -> Sequence[Reachable]:
        return [Reachable(*row) for row in self._connection.execute(query)]

    def _to_remind(self, call: WholeCall, reachable: Sequence[Reachable]) -> Iterator[Reachable]:
        if not reachable:
            return
        libraries = self._libraries(call)
        heard: set[object] = set()
        begun: set[int] = set()
        for report, person, status, _late in self._connection.execute(_REPORTS, {"slug": call.slug}):
            if status == "draft" and person is not None:
                begun.add(person)
            else:
                heard |= {person, _key(libraries.get(report))} - {None}
        for each in reachable:
            if each.person in heard or _key(each.library) in heard:
                continue
            if each.person in begun or _is_invited(each.library, call):
                yield each


def _key(library: Mapping[str, Any] | None) -> str | None:
    return library["key"] if library else None


def _is_invited(library: Mapping[str, Any] | None, call: WholeCall) -> bool:
    """Returns whether a call invites people of `library`; one without a municipality only if the call is for
    everybody.
    """
    found = written_for(library)
    if found.key and (known := registers.library(found.key)):
        return _invites(call, known)
    if found.municipality:
        return call.invites(found.municipality.country, found.municipality.code)
    return library is not None and not call.countries and not call.municipalities


def _invites(call: WholeCall, library: registers.Library) -> bool:
    """Returns whether the call invites a municipality that the library serves: its own, or one without a library."""
    return any(call.invites(each.country, each.code) for each in registers.serves(library))


def _place(library: Mapping[str, Any] | None) -> str:
    found = written_for(library)
    return found.place or found.name
