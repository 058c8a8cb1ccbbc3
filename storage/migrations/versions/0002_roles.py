"""Roles, invitations to them, time zones and reminders of people; what an audit entry is about."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.add_column("people", sa.Column("roles", JSON, nullable=False, server_default="[]"))
    op.add_column("people", sa.Column("name", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("people", sa.Column("timezone", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("people", sa.Column("reminders", sa.Boolean, nullable=False, server_default=sa.true()))
    few = sa.text("roles != '[]'")
    op.create_index("people_with_roles", "people", ["id"], postgresql_where=few, sqlite_where=few)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("made_by", ID),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.PrimaryKeyConstraint("id", name="invitations_pk"),
        sa.UniqueConstraint("code_hash", name="invitations_code_hash_key"),
    )
    op.create_table(
        "redemption_tries",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="redemption_tries_pk"),
    )
    op.create_index("redemption_tries_at", "redemption_tries", ["at"])
    op.add_column("audit", sa.Column("subject", sa.Text))
