"""The topic of a coordinators' group in which its cards are."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("review_groups", sa.Column("topic", sa.BigInteger))
