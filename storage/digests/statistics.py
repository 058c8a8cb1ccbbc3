"""Figures of all reports that count, computed by the database."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, Select, distinct, func, select

from conversations.model.digests.figures import Figures
from conversations.model.happenings import LEFT_OUT
from storage.models import reports, summaries


def _by(*columns: Any) -> Select[Any]:
    return (
        select(*columns, func.count())
        .join(reports, reports.c.id == summaries.c.report_id)
        .where(reports.c.status.not_in(LEFT_OUT))
        .group_by(*columns)
    )


_PROGRESS = _by(summaries.c.progress, summaries.c.outcome, summaries.c.evidence)
_THEMES, _GROUPS = _by(summaries.c.themes), _by(summaries.c.groups)  # grouped apart: combinations hardly ever repeat
_PLACES = _by(summaries.c.country, summaries.c.region)


def counted(connection: Connection) -> Figures:
    """Returns the figures as they are now. Months are those of UTC."""
    progress: Counter[str] = Counter()
    evidence: Counter[str] = Counter()
    outcomes = 0
    for state, outcome, kinds, number in connection.execute(_PROGRESS):
        progress[state] += number
        if outcome:
            outcomes += number
            for kind in kinds or ("none_told",):
                evidence[kind] += number
    themes: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for counts, statement in ((themes, _THEMES), (groups, _GROUPS)):
        for keys, number in connection.execute(statement):
            for key in keys:
                counts[key] += number
    regions = {(str(country), str(region)): number for country, region, number in connection.execute(_PLACES)}
    countries: Counter[str] = Counter()
    for (country, _region), number in regions.items():
        countries[country] += number
    libraries = (
        select(func.count(distinct(summaries.c.library)))
        .join(reports, reports.c.id == summaries.c.report_id)
        .where(reports.c.status.not_in(LEFT_OUT))
    )
    calls = (
        select(reports.c.call_slug, func.count(), func.count(distinct(summaries.c.municipality)))
        .join(reports, reports.c.id == summaries.c.report_id)
        .where(reports.c.status.not_in(LEFT_OUT), reports.c.call_slug.is_not(None))
        .group_by(reports.c.call_slug)
    )
    return Figures(
        total=sum(progress.values()),
        libraries=connection.scalar(libraries) or 0,
        outcomes=outcomes,
        months=_months(connection),
        themes=themes,
        groups=groups,
        progress=progress,
        evidence=evidence,
        countries=countries,
        regions=regions,
        calls={str(slug): (number, places) for slug, number, places in connection.execute(calls)},
    )


def _months(connection: Connection) -> Mapping[str, int]:
    column: Column[Any] = summaries.c.submitted_at
    month = (
        func.substr(column, 1, 7, type_=None)
        if connection.dialect.name == "sqlite"
        else func.to_char(func.timezone("UTC", column), "YYYY-MM")
    )
    return dict(connection.execute(_by(month.label("month"))).all())
