"""What authors said of their reports beside others: inspired by one, or the same initiative."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, bindparam, select

from conversations.model.outcomes import LineageTold
from conversations.model.reports import Relation
from conversations.model.reviews import Related
from storage.engine.inserting import insert_unless_there
from storage.engine.prepared import Prepared
from storage.models import answers, initiatives, lineage, reports

_KEEP = insert_unless_there(lineage, "report_id", "other_id", returning=(lineage.c.report_id,))

_RELATED = Prepared(
    select(lineage.c.relation, lineage.c.other_id, answers.c.value)
    .join(reports, reports.c.id == lineage.c.other_id)
    .join(answers, answers.c.report_id == lineage.c.other_id)
    .where(
        lineage.c.report_id == bindparam("this"),
        answers.c.question == "title",
        reports.c.status != "draft",
        reports.c.status != "withdrawn",
        reports.c.discarded_at.is_(None),
    )
    .order_by(lineage.c.at, lineage.c.other_id, answers.c.id)
)


@dataclass(frozen=True, slots=True)
class ToldLineage:
    """The published reports that one was inspired by, and that it has inspired, the newest first."""

    inspired_by: Sequence[str]
    inspired: Sequence[str]


class Lineages:
    """What authors said, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, told: LineageTold, now: datetime) -> None:
        """Store what an author said; what was said of the same two before stays."""
        row = {"report_id": told.report, "other_id": told.other, "relation": told.relation, "at": now}
        self._connection.execute(_KEEP[self._connection.dialect.name], row)

    def of_published(self, report: str, most: int) -> ToldLineage:
        """Returns what a report was inspired by and has inspired: published reports, the newest first."""
        return ToldLineage(self._published(report, most, by=True), self._published(report, most, by=False))

    def related(self, report: str) -> list[Related]:
        """Returns what the author said of this report beside others, without reports that are withdrawn."""
        told = {
            other: Related(cast("Relation", relation), other, str(title or ""))
            for relation, other, title in _RELATED.rows(self._connection, {"this": report})
        }
        return list(told.values())

    def _published(self, report: str, most: int, *, by: bool) -> Sequence[str]:
        mine, others = (lineage.c.report_id, lineage.c.other_id) if by else (lineage.c.other_id, lineage.c.report_id)
        query = (
            select(others)
            .join(initiatives, initiatives.c.report_id == others)
            .where(mine == report, lineage.c.relation == "inspired")
            .order_by(initiatives.c.published_at.desc(), others.desc())
            .limit(most)
        )
        return self._connection.scalars(query).all()
