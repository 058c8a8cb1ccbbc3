"""Reports at a glance and what happened to them, digests and who receives them, exports asked for in the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "glances",
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("seen", TIME, nullable=False),
        sa.Column("submitted_at", TIME, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sa.Column("library", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("theme", sa.Text, nullable=False),
        sa.Column("themes", JSON, nullable=False),
        sa.Column("groups", JSON, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("outcome", sa.Boolean, nullable=False),
        sa.Column("sharing", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="glances_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="glances_report_id_fk"),
    )
    op.create_index("glances_submitted", "glances", ["submitted_at", "theme"])
    op.create_table(
        "happenings",
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("nth", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("old", sa.Text, nullable=False),
        sa.Column("new", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "nth", name="happenings_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="happenings_report_id_fk"),
    )
    op.create_index("happenings_at", "happenings", ["at"])
    op.create_table(
        "digests",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="digests_pk"),
    )
    op.create_table(
        "digest_subscriptions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="digest_subscriptions_pk"),
        sa.UniqueConstraint("person_id", "chat_id", name="digest_subscriptions_person_id_chat_id_key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="digest_subscriptions_person_id_fk"),
    )
    op.create_table(
        "digest_issues",
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("week", sa.Text, nullable=False),
        sa.Column("digest_id", sa.Text),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", "week", name="digest_issues_pk"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="digest_issues_digest_id_fk"),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("with_contacts", sa.Boolean, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("seen_at", TIME),
        sa.PrimaryKeyConstraint("id", name="exports_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="exports_person_id_fk"),
    )
