"""Which privacy notice was shown when, who is responsible, what was erased, and what is done every night."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")

SAME = ("id", "at", "person_id", "action", "report_id", "question", "subject")
"""What of an audit entry is never changed. Its values may be emptied, when what they tell of is to be forgotten."""


def upgrade() -> None:
    op.execute(sa.text(f"ALTER TABLE people ADD COLUMN forgotten_at {_time()}"))
    op.create_table(
        "privacy_notices",
        sa.Column("person_id", ID, nullable=False, autoincrement=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "version", name="privacy_notices_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="privacy_notices_person_id_fk"),
    )
    op.create_table(
        "controllers",
        sa.Column("id", ID, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("named_by", ID),
        sa.Column("named_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="controllers_pk"),
        sa.ForeignKeyConstraint(["named_by"], ["people.id"], name="controllers_named_by_fk"),
    )
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("reports", sa.Boolean, nullable=False),
        sa.Column("last_row", sa.BigInteger, nullable=False),
        sa.Column("settled_at", TIME),
        sa.PrimaryKeyConstraint("id", name="erasures_pk"),
    )
    op.create_table(
        "chores",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("begun_at", TIME),
        sa.Column("done_at", TIME),
        sa.Column("reached", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="chores_pk"),
    )
    op.create_index("audit_person", "audit", ["person_id", "id"])
    told = sa.text("subject IS NOT NULL")
    op.create_index("audit_subject", "audit", ["subject", "id"], postgresql_where=told, sqlite_where=told)
    for statement in _let_values_be_emptied(op.get_bind().dialect.name):
        op.execute(sa.text(statement))


def _time() -> str:
    return str(TIME.compile(dialect=op.get_bind().dialect))


def _let_values_be_emptied(dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in SAME)
        return (
            "DROP TRIGGER audit_is_never_updated",
            f"""CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
            WHEN {changed} OR NEW.old IS NOT NULL OR NEW.new IS NOT NULL
            BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
        )
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in SAME)
    return (
        f"""CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF TG_OP = 'DELETE' OR {changed} OR NEW.old IS NOT NULL OR NEW.new IS NOT NULL THEN
                RAISE EXCEPTION 'audit entries are never changed';
            END IF;
            RETURN NEW;
        END $$""",
    )
