"""Subscriptions to new initiatives, and whom each initiative was told because of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("wishes", JSON, nullable=False),
        sa.Column("pace", sa.Text, nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.PrimaryKeyConstraint("id", name="subscriptions_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="subscriptions_person_id_fk"),
    )
    op.create_index("subscriptions_person", "subscriptions", ["person_id"])
    op.create_table(
        "subscription_hooks",
        sa.Column("hook", sa.Text, nullable=False),
        sa.Column("subscription_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("hook", "subscription_id", name="subscription_hooks_pk"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.id"], name="subscription_hooks_subscription_id_fk"
        ),
    )
    op.create_index("subscription_hooks_subscription", "subscription_hooks", ["subscription_id"])
    op.create_table(
        "subscribed_chats",
        sa.Column("chat_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="subscribed_chats_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="subscribed_chats_person_id_fk"),
    )
    op.create_table(
        "deliveries",
        sa.Column("chat_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("subscriptions", JSON, nullable=False),
        sa.Column("pace", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("stale", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "report_id", name="deliveries_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="deliveries_report_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="deliveries_person_id_fk"),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("deliveries_report", "deliveries", ["report_id"])
    op.create_index("deliveries_key", "deliveries", ["key"])
    op.create_index(
        "deliveries_waiting",
        "deliveries",
        ["due_at", "chat_id"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    op.create_index(
        "deliveries_stale",
        "deliveries",
        ["chat_id"],
        postgresql_where=sa.text("stale IS true"),
        sqlite_where=sa.text("stale IS 1"),
    )
