"""When Telegram last said that who added the bot to a group or channel is an administrator there."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# as in storage/engine/columns.py, and written out here because a migration never changes
TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.add_column("subscribed_chats", sa.Column("known_at", TIME))
