"""Webhooks, the events on their way to them, and which calls they were told are open."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("events", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("secret", sa.Integer, nullable=False),
        sa.Column("proof", sa.Text, nullable=False),
        sa.Column("secret_at", TIME, nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", TIME, nullable=True),
        sa.Column("resume_at", TIME, nullable=True),
        sa.Column("told_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="webhooks_pk"),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name="webhooks_added_by_fk"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", ID, nullable=False),
        sa.Column("webhook_id", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("happened_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("claimed_until", TIME, nullable=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", TIME, nullable=True),
        sa.Column("status", sa.Integer, nullable=True),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="webhook_deliveries_pk"),
        sa.UniqueConstraint("message", name="webhook_deliveries_message_key"),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name="webhook_deliveries_webhook_id_fk"),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="webhook_deliveries_asked_by_fk"),
    )
    op.create_index(
        "webhook_deliveries_waiting",
        "webhook_deliveries",
        ["webhook_id", "due_at"],
        postgresql_where=sa.text("state = 'waiting'"),
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_index("webhook_deliveries_webhook", "webhook_deliveries", ["webhook_id", "id"])
    op.create_table(
        "announced_calls",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="announced_calls_pk"),
        sa.ForeignKeyConstraint(["slug"], ["calls.slug"], name="announced_calls_slug_fk"),
    )
    # Calls of before are not announced; of those that are open, that they close is.
    calls = sa.table("calls", sa.column("slug"), sa.column("status"), sa.column("deadline_at", TIME))
    now = sa.func.strftime("%Y-%m-%dT%H:%M:%fZ", "now") if op.get_bind().dialect.name == "sqlite" else sa.func.now()
    still = sa.or_(calls.c.deadline_at.is_(None), calls.c.deadline_at > now)
    are_open = sa.select(calls.c.slug, sa.literal("open")).where(calls.c.status == "open", still)
    announced = sa.table("announced_calls", sa.column("slug"), sa.column("state"))
    op.execute(sa.insert(announced).from_select(["slug", "state"], are_open))
