"""Who wants messages without tables."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("tables", sa.Boolean, nullable=False, server_default=sa.true()))
