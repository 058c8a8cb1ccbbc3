"""How often somebody began to make a file that was asked for: one that cannot be made is given up."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("exports", sa.Column("tries", sa.Integer, nullable=False, server_default=sa.text("0")))
