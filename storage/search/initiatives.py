"""Published initiatives: one row each, updated in the transaction that publishes, corrects or withdraws the report.

So subscriptions, search and cards always use the current state of the report.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    or_,
    select,
)

from conversations.forms.initiative import INITIATIVE
from conversations.language.events import File
from conversations.model.followups.questions import ask_at
from conversations.model.initiatives import MOST_IN_LINEAGE, Appearance, Initiative, Lineage, Sharing
from storage.engine.prepared import Prepared
from storage.models import answers, findable, initiatives, people, reports
from storage.people.network import IN_NETWORK, PUBLISHED
from storage.registers.written_for import written_for
from storage.reports.attachments import Attachments
from storage.reports.exporting import LIBRARY_QUESTION
from storage.reports.lineages import Lineages
from storage.search.search import Search

AT_ONCE = 200


_THESE: BindParameter[Any] = bindparam("these", expanding=True)

_REPORTS = (
    select(
        reports.c.id,
        reports.c.revision,
        reports.c.language,
        reports.c.published_at,
        reports.c.changed_at,
        reports.c.call_slug,
        reports.c.submitted_at,
        reports.c.confirmed_at,
    )
    .where(reports.c.id.in_(_THESE), reports.c.status == PUBLISHED, reports.c.discarded_at.is_(None))
    .order_by(reports.c.id)
)
_ANSWERS = (
    select(answers.c.report_id, answers.c.question, answers.c.value)
    .where(answers.c.report_id.in_(_THESE))
    .order_by(answers.c.id)
)
_STORED = select(initiatives).where(initiatives.c.report_id.in_(_THESE)).order_by(initiatives.c.report_id)
_NUMBERED = (
    select(findable.c.number, initiatives)
    .join(findable, findable.c.report_id == initiatives.c.report_id)
    .where(findable.c.number.in_(_THESE), initiatives.c.sharing.in_(bindparam("sees", expanding=True)))
)
_FORGET = delete(initiatives).where(initiatives.c.report_id.in_(_THESE))
_KEEP = insert(initiatives)

_STALE = (
    select(reports.c.id)
    .join(initiatives, initiatives.c.report_id == reports.c.id, isouter=True)
    .where(
        or_(
            (reports.c.status == PUBLISHED)
            & or_(initiatives.c.changed_at.is_(None), initiatives.c.changed_at != reports.c.changed_at),
            (reports.c.status != PUBLISHED) & initiatives.c.report_id.is_not(None),
        )
    )
    .order_by(reports.c.id)
    .limit(AT_ONCE)
)


_OF_NETWORK = Prepared(select(people.c.id).where(people.c.id == bindparam("person"), IN_NETWORK))


class Initiatives:
    """The published initiatives, in one transaction."""

    def __init__(self, connection: Connection, search: Search) -> None:
        self._connection = connection
        self._search = search

    def refresh(self, these: Sequence[str]) -> list[Appearance]:
        """Update the rows of these reports; returns what changed for readers.

        Reports that look the same as before are left out.
        """
        if not these:
            return []
        before = self.stored(these)
        after = self._read(these)
        changed = [this for this in dict.fromkeys(these) if before.get(this) != after.get(this)]
        if changed:
            self._connection.execute(_FORGET, {"these": changed})
            if rows := [_row(after[this]) for this in changed if this in after]:
                self._connection.execute(_KEEP, rows)
        appearances = [Appearance(this, before.get(this), after.get(this)) for this in changed]
        self._search.keep(appearances)
        return appearances

    def catch_up(self) -> bool:
        """Update up to AT_ONCE outdated rows, for example after a migration; returns whether all are up to date.

        The same for their search words, which a new version may make differently.
        """
        stale = self._connection.scalars(_STALE).all()
        self.refresh(stale)
        old = self._search.old(AT_ONCE)
        self._search.keep([Appearance(this.id, this, this) for this in self.stored(old).values()])
        return max(len(stale), len(old)) < AT_ONCE

    def stored(self, these: Sequence[str]) -> dict[str, Initiative]:
        """The published ones of these initiatives by id, regardless of who may see them."""
        found = (initiative_of(row) for row in self._connection.execute(_STORED, {"these": list(these)}))
        return {each.id: each for each in found}

    def numbered(self, numbers: Sequence[int], sees: Collection[Sharing]) -> list[Initiative]:
        """The initiatives with these numbers of the search index, in the same order; only those shared with `sees`."""
        if not numbers:
            return []
        asked = {"these": list(numbers), "sees": sorted(sees)}
        found = {number: initiative_of(row) for number, *row in self._connection.execute(_NUMBERED, asked)}
        return [found[number] for number in numbers if number in found]

    def in_network(self, person: int) -> bool:
        """Whether the person belongs to a library or is a registered partner."""
        return _OF_NETWORK.scalar(self._connection, {"person": person}) is not None

    def _read(self, these: Sequence[str]) -> dict[str, Initiative]:
        asked = {"these": list(these)}
        said: dict[str, dict[str, Any]] = {}
        for report, question, value in self._connection.execute(_ANSWERS, asked):
            said.setdefault(report, {})[question] = value
        read = {}
        for row in self._connection.execute(_REPORTS, asked):
            this, revision, language, published_at, changed_at, call, submitted_at, confirmed_at = row
            said_at = confirmed_at or submitted_at
            current = INITIATIVE.relevant_answers(said.get(this, {}))
            read[this] = Initiative(
                id=this,
                revision=revision,
                language=language,
                published_at=published_at or changed_at,
                changed_at=changed_at,
                call=call or "",
                **_place(current.get(LIBRARY_QUESTION)),
                answers={key: value for key, value in current.items() if value is not None},
                confirmed_at=None if said_at == changed_at else said_at,
            )
        return read


class StoredInitiatives:
    """The `InitiativesLookup` of one person."""

    def __init__(
        self,
        initiatives: Initiatives,
        lineages: Lineages,
        attachments: Attachments,
        person: int,
        roles: frozenset[str],
    ) -> None:
        self._initiatives = initiatives
        self._lineages = lineages
        self._attachments = attachments
        self._person = person
        self._roles = roles

    def initiative(self, report: str) -> Initiative | None:
        """The published initiative with that id; None: there is none, or this person may not see it."""
        found = self._initiatives.stored([report]).get(report)
        return found if found and found.sharing in self.sees() else None

    def these(self, reports: Sequence[str]) -> Sequence[Initiative]:
        """The published initiatives with these ids that this person may see, in the same order."""
        found, sees = self._initiatives.stored(reports), self.sees()
        return [found[this] for this in reports if this in found and found[this].sharing in sees]

    def lineage(self, report: str) -> Lineage:
        """What this initiative was inspired by and has inspired, as far as this person may see it."""
        told = self._lineages.of_published(report, MOST_IN_LINEAGE)
        there = self._initiatives.stored([*told.inspired_by, *told.inspired])
        seen = {this: each for this, each in there.items() if each.sharing in self.sees()}
        return Lineage(
            tuple(seen[this] for this in told.inspired_by if this in seen),
            tuple(seen[this] for this in told.inspired if this in seen),
        )

    def picture(self, initiative: Initiative) -> File | None:
        """Its first picture; None: it has none, or not everybody in it agreed to be shown."""
        if not initiative.photos:
            return None
        files = {each.id: each for each in self._attachments.of_report(initiative.id)}
        for found in (files[this] for this in initiative.photos if this in files):
            if found.kind == "photo" and found.reference and found.state != "failed":  # imported ones have no file
                return File("photo", found.reference, found.name, found.mime, found.size)
            if found.kind == "document" and found.sha256 and found.state == "fetched":
                return File("document", found.sha256, found.name, found.mime, found.size)
        return None

    def sees(self) -> frozenset[Sharing]:
        """The kinds of sharing that this person may see."""
        if self._roles & {"coordinator", "owner"}:
            return frozenset({"public", "network", "coordinators"})
        if self._initiatives.in_network(self._person):
            return frozenset({"public", "network"})
        return frozenset({"public"})


def initiative_of(row: Any) -> Initiative:
    """The initiative in a row of the table; its columns must be in the table's order."""
    *told, _sharing, said, confirmed_at, _ask_at = row
    everything: Sequence[Any] = (*told, said, confirmed_at)
    return Initiative(*everything)


def _row(this: Initiative) -> dict[str, Any]:
    return {
        "report_id": this.id,
        "revision": this.revision,
        "language": this.language,
        "published_at": this.published_at,
        "changed_at": this.changed_at,
        "call_slug": this.call,
        "library_key": this.library_key,
        "library": this.library,
        "municipality": this.municipality,
        "place": this.place,
        "region": this.region,
        "country": this.country,
        "sharing": this.sharing,
        "answers": this.answers,
        "confirmed_at": this.confirmed_at,
        "ask_at": ask_at(this),
    }


def _place(library: Mapping[str, Any] | None) -> dict[str, str]:
    found = written_for(library)
    return {
        "library_key": found.key,
        "library": found.name,
        "municipality": found.municipality_key,
        "place": found.place,
        "region": found.region,
        "country": found.country,
    }
