"""What authors say of their reports beside others: inspired by one, or the same initiative."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "lineage",
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.id", name="lineage_report_id_fk"), nullable=False),
        sa.Column("other_id", sa.Text, sa.ForeignKey("reports.id", name="lineage_other_id_fk"), nullable=False),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "other_id", name="lineage_pk"),
    )
    op.create_index("lineage_other", "lineage", ["other_id"])
