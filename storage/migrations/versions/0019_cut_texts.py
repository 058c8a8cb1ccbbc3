"""A text that is longer than a message comes in several: what was written last is kept while more of it may follow."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("cut", sa.Text, nullable=True))
