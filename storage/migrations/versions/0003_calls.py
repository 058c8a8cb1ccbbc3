"""All that a call is; whether a report came late; what is to be done for whom at which time, once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.add_column("calls", sa.Column("timezone", sa.Text, nullable=False, server_default="UTC"))
    op.add_column("calls", sa.Column("variant", sa.Text, nullable=False, server_default="standard"))
    op.add_column("calls", sa.Column("details", JSON, nullable=False, server_default="{}"))
    op.add_column("reports", sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "reports_call",
        "reports",
        ["call_slug"],
        postgresql_where=sa.text("call_slug IS NOT NULL"),
        sqlite_where=sa.text("call_slug IS NOT NULL"),
    )
    op.create_table(
        "occasions",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled_at", TIME),
        sa.PrimaryKeyConstraint("id", name="occasions_pk"),
        sa.UniqueConstraint("key", name="occasions_key_key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="occasions_person_id_fk"),
    )
    op.create_index(
        "occasions_pending",
        "occasions",
        ["due_at", "id"],
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    )
    op.create_index("occasions_person", "occasions", ["person_id", "kind", "subject"])
