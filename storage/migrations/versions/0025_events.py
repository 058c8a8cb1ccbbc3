"""Theme days, study visits and other events, who signs up for them, and wishes for study visits."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("organiser_id", ID, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("content", JSON),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("came_of", sa.Text, nullable=False),
        sa.Column("told_at", TIME),
        sa.Column("starts_at", TIME),
        sa.Column("ends_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("published_at", TIME),
        sa.Column("changed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="events_pk"),
        sa.ForeignKeyConstraint(["organiser_id"], ["people.id"], name="events_organiser_id_fk"),
    )
    op.create_index("events_ends", "events", ["status", "ends_at"])
    op.create_index("events_organiser", "events", ["organiser_id", "created_at"])
    op.create_table(
        "sign_ups",
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("promoted", sa.Boolean, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "person_id", name="sign_ups_pk"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="sign_ups_event_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="sign_ups_person_id_fk"),
    )
    op.create_index("sign_ups_person", "sign_ups", ["person_id", "state"])
    op.create_table(
        "visit_wishes",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("library", sa.Text, nullable=False),
        sa.Column("country", sa.Text, nullable=False),
        sa.Column("months", JSON, nullable=False),
        sa.Column("themes", JSON, nullable=False),
        sa.Column("countries", JSON, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("matched_at", TIME),
        sa.PrimaryKeyConstraint("person_id", "role", name="visit_wishes_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="visit_wishes_person_id_fk"),
    )
