"""Published initiatives, as readers see them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "initiatives",
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("call_slug", sa.Text, nullable=False),
        sa.Column("library_key", sa.Text, nullable=False),
        sa.Column("library", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("sharing", sa.Text, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="initiatives_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="initiatives_report_id_fk"),
    )
    op.create_index("initiatives_published", "initiatives", ["published_at", "report_id"])
