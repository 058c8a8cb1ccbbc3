"""Resource persons: who was named and asked, who agreed, and messages to them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
ASKED = sa.text("asked_at IS NOT NULL")
AGREED = sa.text("person_id IS NOT NULL")
NAMED = sa.text("name != ''")
OPEN = sa.text("state IN ('sent', 'asked', 'answered')")


def upgrade() -> None:
    op.create_table(
        "experts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("uses", sa.Text, nullable=False),
        sa.Column("themes", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("library", sa.Text),
        sa.Column("library_name", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("contact", sa.Text, nullable=False),
        sa.Column("agreed_at", TIME, nullable=False),
        sa.Column("confirmed_at", TIME, nullable=False),
        sa.Column("asked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="experts_pk"),
        sa.UniqueConstraint("person_id", name="experts_person_id_key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="experts_person_id_fk"),
    )
    op.create_index("experts_asked", "experts", ["asked_at"], sqlite_where=ASKED, postgresql_where=ASKED)
    op.create_index("experts_confirmed", "experts", ["confirmed_at"])
    op.create_table(
        "nominations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("named_by", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="nominations_pk"),
        sa.UniqueConstraint("code_hash", name="nominations_code_hash_key"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="nominations_report_id_fk"),
        sa.ForeignKeyConstraint(["named_by"], ["people.id"], name="nominations_named_by_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="nominations_person_id_fk"),
    )
    op.create_index("nominations_report", "nominations", ["report_id"])
    op.create_index("nominations_named_by", "nominations", ["named_by"])
    op.create_index("nominations_person", "nominations", ["person_id"], sqlite_where=AGREED, postgresql_where=AGREED)
    op.create_index("nominations_named", "nominations", ["expires_at"], sqlite_where=NAMED, postgresql_where=NAMED)
    with op.batch_alter_table("notes") as notes:
        notes.alter_column("report_id", existing_type=sa.Text, nullable=True)
        notes.add_column(sa.Column("expert_id", sa.Text))
        notes.create_foreign_key("notes_expert_id_fk", "experts", ["expert_id"], ["id"])
    op.create_index(
        "notes_open_expert",
        "notes",
        ["expert_id", "sender_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
