"""Follow-ups have numbers of their own, because those of `occasions` may be given anew after a deletion."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.drop_table("followups")  # no version that was released has written to it
    op.create_table(
        "followups",
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("occasion", ID, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("answer", sa.Text, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="followups_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="followups_report_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="followups_person_id_fk"),
    )
    op.create_index("followups_report", "followups", ["report_id"])
    op.create_index("followups_person", "followups", ["person_id", "asked_at"])
    op.create_index("followups_asked", "followups", ["asked_at", "id"])
