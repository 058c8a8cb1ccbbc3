"""Collections of published initiatives, and who follows them."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "collections",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("titles", sa.Text, nullable=False),
        sa.Column("introductions", sa.Text, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="collections_pk"),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="collections_made_by_fk"),
    )
    op.create_table(
        "collected",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("slug", "report_id", name="collected_pk"),
        sa.ForeignKeyConstraint(["slug"], ["collections.slug"], name="collected_slug_fk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="collected_report_id_fk"),
    )
    op.create_table(
        "collection_followers",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.PrimaryKeyConstraint("slug", "person_id", name="collection_followers_pk"),
        sa.ForeignKeyConstraint(["slug"], ["collections.slug"], name="collection_followers_slug_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="collection_followers_person_id_fk"),
    )
    op.create_index("collected_report", "collected", ["report_id"])
    op.create_index("collection_followers_person", "collection_followers", ["person_id"])
