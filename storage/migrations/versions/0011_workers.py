"""Workers that share a bot, what only one of them may do at a time, pauses Telegram asked for, rows being sent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("replies", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="workers_pk"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("worker_id", ID),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="leases_pk"),
    )
    op.create_table(
        "pauses",
        sa.Column("bot_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("until", TIME, nullable=False),
        sa.PrimaryKeyConstraint("bot_id", name="pauses_pk"),
    )
    op.add_column("outbox", sa.Column("worker_id", ID))
    op.add_column("outbox", sa.Column("epoch", sa.BigInteger))
    op.add_column("outbox", sa.Column("doubts", sa.Integer, nullable=False, server_default=sa.text("0")))
    where = sa.text("epoch IS NOT NULL")
    op.create_index("outbox_taken", "outbox", ["epoch"], postgresql_where=where, sqlite_where=where)
