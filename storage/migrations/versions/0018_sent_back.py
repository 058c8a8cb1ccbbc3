"""When a report was last returned or asked about; and an index of erasures that are not settled, which are few."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.add_column("reviews", sa.Column("sent_back_at", TIME))
    op.execute(
        "UPDATE reviews SET sent_back_at = (SELECT max(audit.at) FROM audit"
        " WHERE audit.report_id = reviews.report_id AND audit.action IN ('asked', 'returned'))"
    )
    unsettled = sa.text("settled_at IS NULL")
    op.create_index("erasures_unsettled", "erasures", ["id"], sqlite_where=unsettled, postgresql_where=unsettled)
