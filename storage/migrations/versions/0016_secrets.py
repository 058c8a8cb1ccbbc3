"""What opens something, as an invitation does, leaves the messages once they ended; what stands there goes now."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_INVITES = sa.text("payload LIKE '%start=i$_%' ESCAPE '$' OR payload LIKE '%/start i$_%' ESCAPE '$'")
_OUTBOX = sa.table("outbox", sa.column("payload"), sa.column("state"), sa.column("secret", sa.Boolean))
_INBOX = sa.table("inbox", sa.column("payload"), sa.column("state"))


def upgrade() -> None:
    op.add_column("outbox", sa.Column("secret", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(sa.update(_OUTBOX).where(_INVITES).values(secret=True))
    for table in (_OUTBOX, _INBOX):
        op.execute(sa.update(table).where(_INVITES, table.c.state != "pending").values(payload="{}"))
