"""The members of the network: people with a role, and authors of published reports."""

from sqlalchemy import ColumnElement, exists, literal_column

from storage.models import HAS_A_ROLE, people, reports

PUBLISHED = literal_column("'published'", reports.c.status.type)


IN_NETWORK: ColumnElement[bool] = HAS_A_ROLE | exists().where(
    reports.c.person_id == people.c.id, reports.c.status == PUBLISHED
)
"""The condition for the people that *libraries and registered partners* means: a role, or a published report."""
