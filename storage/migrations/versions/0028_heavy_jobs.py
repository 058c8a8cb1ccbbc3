"""Heavy work: what waits, runs and failed; on PostgreSQL also what it is made from, and what was made."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.add_column("workers", sa.Column("works", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "heavy_jobs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("queue", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("begun_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("reached", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("open_key", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("id", name="heavy_jobs_pk"),
        sa.UniqueConstraint("open_key", name="heavy_jobs_open_key_key"),
    )
    op.create_index("heavy_jobs_state", "heavy_jobs", ["state", "ended_at"])
    if op.get_bind().dialect.name == "postgresql":
        # In a schema of its own, so that no backup has it; unlogged, because it can be made again.
        op.execute("CREATE SCHEMA IF NOT EXISTS heavy")
        op.execute(
            "CREATE UNLOGGED TABLE heavy.contents"
            " (job text PRIMARY KEY, given text NOT NULL, waiting integer NOT NULL, told text, content bytea)"
        )
