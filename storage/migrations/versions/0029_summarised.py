"""An index finds the reports whose summary is out of date, which is told in their own row; another those that left."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.add_column("reports", sa.Column("summarised", TIME, nullable=True))
    op.execute("UPDATE reports SET summarised = (SELECT seen FROM glances WHERE glances.report_id = reports.id)")
    op.drop_column("glances", "seen")
    old = sa.text("submitted_at IS NOT NULL AND (summarised IS NULL OR summarised != changed_at)")
    op.create_index("reports_unsummarised", "reports", ["id"], sqlite_where=old, postgresql_where=old)
    left = sa.text("status IN ('withdrawn', 'declined')")
    op.create_index("reports_left", "reports", ["id"], sqlite_where=left, postgresql_where=left)
