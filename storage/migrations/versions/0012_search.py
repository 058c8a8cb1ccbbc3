"""Words by which published initiatives are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py and storage/models.py, and written out here because a migration never changes
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql")

ON_POSTGRESQL = ("CREATE INDEX NAME_WORDS ON NAME USING gin (WORDS) WITH (fastupdate=off)",)
ON_SQLITE = (
    """CREATE VIRTUAL TABLE NAME_index USING fts5 (WORDS, content='NAME', content_rowid='number',
        detail='none', columnsize=0, tokenize="ascii tokenchars '-_:'")""",
    """CREATE TRIGGER NAME_added AFTER INSERT ON NAME BEGIN
        INSERT INTO NAME_index (rowid, WORDS) VALUES (new.number, new.WORDS); END""",
    """CREATE TRIGGER NAME_removed AFTER DELETE ON NAME BEGIN
        INSERT INTO NAME_index (NAME_index, rowid, WORDS) VALUES ('delete', old.number, old.WORDS); END""",
)


def upgrade() -> None:
    op.create_table(
        "findable",
        sa.Column("number", NUMBER, nullable=False, autoincrement=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("made", sa.SmallInteger, nullable=False),
        sa.Column("words", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number", name="findable_pk"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="findable_report_id_fk"),
        sa.UniqueConstraint("report_id", name="findable_report_id_key"),
    )
    op.create_table(
        "known_words",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("parts", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number", name="known_words_pk"),
        sa.UniqueConstraint("word", name="known_words_word_key"),
    )
    statements = ON_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else ON_SQLITE
    for table, words in (("findable", "words"), ("known_words", "parts")):
        for statement in statements:
            op.execute(statement.replace("NAME", table).replace("WORDS", words))
