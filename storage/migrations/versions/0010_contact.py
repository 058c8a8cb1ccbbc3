"""Notes between people who do not know each other yet, and how each wants to be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()
OPEN = sa.text("state IN ('sent', 'asked', 'answered')")


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("sender_id", ID, nullable=False),
        sa.Column("recipient_id", ID, nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("moved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="notes_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="notes_report_id_fk"),
        sa.ForeignKeyConstraint(["sender_id"], ["people.id"], name="notes_sender_id_fk"),
        sa.ForeignKeyConstraint(["recipient_id"], ["people.id"], name="notes_recipient_id_fk"),
    )
    op.create_index(
        "notes_open", "notes", ["report_id", "sender_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("notes_sender", "notes", ["sender_id", "sent_at"])
    op.create_index("notes_recipient", "notes", ["recipient_id"])
    op.create_table(
        "contacts_given",
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False, autoincrement=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("about", "person_id", name="contacts_given_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="contacts_given_person_id_fk"),
    )
    op.create_index("contacts_given_person", "contacts_given", ["person_id", "at"])
