"""Who is proposed to whom, and who wants no proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column("people", sa.Column("proposals", sa.Boolean, nullable=False, server_default=sa.true()))
    op.create_table(
        "pairings",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("first_id", ID, nullable=False),
        sa.Column("second_id", ID, nullable=False),
        sa.Column("first_report", sa.Text),
        sa.Column("second_report", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("told_at", TIME),
        sa.Column("until", TIME, nullable=False),
        sa.Column("first_said", sa.Text, nullable=False),
        sa.Column("second_said", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pairings_pk"),
        sa.UniqueConstraint("key", name="pairings_key_key"),
        sa.ForeignKeyConstraint(["first_id"], ["people.id"], name="pairings_first_id_fk"),
        sa.ForeignKeyConstraint(["second_id"], ["people.id"], name="pairings_second_id_fk"),
        sa.ForeignKeyConstraint(["first_report"], ["reports.id"], name="pairings_first_report_fk"),
        sa.ForeignKeyConstraint(["second_report"], ["reports.id"], name="pairings_second_report_fk"),
    )
    op.create_index("pairings_waiting", "pairings", ["made_at", "id"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("pairings_first", "pairings", ["first_id", "told_at"])
    op.create_index("pairings_second", "pairings", ["second_id", "told_at"])
    op.create_index("initiatives_municipality", "initiatives", ["municipality", "published_at"])
