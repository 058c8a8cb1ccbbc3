"""When authors last said how their initiatives are, what they are asked about them later, and what they answer."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_CONFIRM = """
    UPDATE reports SET confirmed_at = coalesce(
        (SELECT max(answers.at) FROM answers
         WHERE answers.report_id = reports.id AND answers.person_id = reports.person_id AND answers.revision > 1),
        submitted_at)
    WHERE person_id IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("reports", sa.Column("confirmed_at", TIME, nullable=True))
    op.add_column("initiatives", sa.Column("confirmed_at", TIME, nullable=True))
    op.add_column("initiatives", sa.Column("ask_at", TIME, nullable=True))
    op.execute(_CONFIRM)
    # What is asked when is worked out from the answers; a moment that is over makes the bot do so.
    op.execute(
        "UPDATE initiatives SET ask_at = published_at, confirmed_at = nullif("
        "(SELECT coalesce(reports.confirmed_at, reports.submitted_at) FROM reports"
        " WHERE reports.id = initiatives.report_id), changed_at)"
    )
    op.create_index("initiatives_ask", "initiatives", ["ask_at"])
    op.create_table(
        "followups",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
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
