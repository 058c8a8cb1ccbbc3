"""People, their sessions, inbox and outbox, reports with their answers and files, calls, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("language_chosen", sa.Boolean, nullable=False),
        sa.Column("library", JSON),
        sa.Column("privacy_version", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("stopped_at", TIME),
        sa.PrimaryKeyConstraint("id", name="people_pk"),
        sa.UniqueConstraint("telegram_id", name="people_telegram_id_key"),
    )
    op.create_table(
        "sessions",
        sa.Column("person_id", ID, nullable=False, autoincrement=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("position", JSON),
        sa.Column("active_at", TIME),
        sa.PrimaryKeyConstraint("person_id", name="sessions_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="sessions_person_id_fk"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("bot_id", sa.BigInteger, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("lane", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("done_at", TIME),
        sa.PrimaryKeyConstraint("id", name="inbox_pk"),
        sa.UniqueConstraint("bot_id", "update_id", name="inbox_bot_id_update_id_key"),
    )
    _index_some("inbox_pending", "inbox", ["lane", "id"], where="state = 'pending'")
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rank", sa.SmallInteger, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("press", sa.Text),
        sa.Column("toast", sa.Text),
        sa.Column("key", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("sent_at", TIME),
        sa.PrimaryKeyConstraint("id", name="outbox_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="outbox_person_id_fk"),
    )
    _index_some("outbox_pending", "outbox", ["rank", "due_at", "id"], where="state = 'pending'")
    _index_some("outbox_key", "outbox", ["key"], where="state = 'pending' AND \"key\" IS NOT NULL", unique=True)
    op.create_index("outbox_chat", "outbox", ["chat_id", "id"])
    op.create_table(
        "reports",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("place", JSON, nullable=False),
        sa.Column("call_slug", sa.Text),
        sa.Column("copied_from", sa.Text),
        sa.Column("forwarded", sa.Boolean, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("submitted_at", TIME),
        sa.Column("published_at", TIME),
        sa.Column("withdrawn_at", TIME),
        sa.Column("discarded_at", TIME),
        sa.PrimaryKeyConstraint("id", name="reports_pk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="reports_person_id_fk"),
    )
    op.create_index("reports_person", "reports", ["person_id"])
    op.create_index("reports_created", "reports", ["created_at", "id"])
    _create_answers("answers")
    _create_answers("personal_answers")
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("mime", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger),
        sa.Column("sha256", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("next_try_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="attachments_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="attachments_report_id_fk"),
    )
    op.create_index("attachments_report", "attachments", ["report_id"])
    _index_some("attachments_waiting", "attachments", ["next_try_at"], where="state = 'waiting'")
    op.create_table(
        "calls",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("opens_at", TIME, nullable=False),
        sa.Column("deadline_at", TIME),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="calls_pk"),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text),
        sa.Column("question", sa.Text),
        sa.Column("old", JSON),
        sa.Column("new", JSON),
        sa.PrimaryKeyConstraint("id", name="audit_pk"),
    )
    op.create_index("audit_report", "audit", ["report_id", "id"])
    for statement in NEVER_CHANGED[op.get_context().dialect.name]:
        op.execute(statement)


# nobody tidies up the audit trail, by mistake or otherwise
NEVER_CHANGED = {
    "sqlite": (
        """CREATE TRIGGER audit_is_never_updated BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
        """CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$""",
        """CREATE TRIGGER audit_is_never_changed BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()""",
    ),
}


def _create_answers(table: str) -> None:
    op.create_table(
        table,
        sa.Column("id", ID, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("value", JSON),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("parts", JSON),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"{table}_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=f"{table}_report_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=f"{table}_person_id_fk"),
    )
    op.create_index(f"{table}_report", table, ["report_id", "id"])


def _index_some(name: str, table: str, columns: list[str], *, where: str, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
