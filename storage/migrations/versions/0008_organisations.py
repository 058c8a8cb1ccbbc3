"""The organisations of partners."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("person_id", ID, nullable=False, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="organisations_pk"),
        sa.UniqueConstraint("id", name="organisations_id_key"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="organisations_person_id_fk"),
    )
