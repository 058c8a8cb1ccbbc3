"""Reviews of reports, the groups where coordinators review, and what was sent to many."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("waiting_since", TIME),
        sa.Column("claimed_by", ID),
        sa.Column("claimed_at", TIME),
        sa.Column("decided_by", ID),
        sa.Column("decided_at", TIME),
        sa.Column("reason", JSON),
        sa.Column("asked_question", sa.Text),
        sa.Column("asked_text", sa.Text),
        sa.Column("asked_by", ID),
        sa.PrimaryKeyConstraint("report_id", name="reviews_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="reviews_report_id_fk"),
        sa.ForeignKeyConstraint(["claimed_by"], ["people.id"], name="reviews_claimed_by_fk"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="reviews_decided_by_fk"),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="reviews_asked_by_fk"),
    )
    op.create_table(
        "review_groups",
        sa.Column("chat_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("added_at", TIME, nullable=False),
        sa.Column("used_since", TIME),
        sa.PrimaryKeyConstraint("chat_id", name="review_groups_pk"),
        sa.ForeignKeyConstraint(["added_by"], ["people.id"], name="review_groups_added_by_fk"),
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("audience", JSON, nullable=False),
        sa.Column("recipients", sa.Integer, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="broadcasts_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="broadcasts_person_id_fk"),
    )
    _index_some("outbox_shown", "outbox", ["key", "id"], where='"key" IS NOT NULL AND message_id IS NOT NULL')
    _index_some("reports_submitted", "reports", ["submitted_at", "id"], where="status = 'submitted'")


def _index_some(name: str, table: str, columns: list[str], *, where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
