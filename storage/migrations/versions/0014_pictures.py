"""Pictures that were sent as documents are looked at again: cameras have written into them where they were taken.

What fetches files (bot/jobs/attachments.py) takes those that are here from their folder, and keeps them without it.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """UPDATE attachments SET state = 'waiting', attempts = 0, next_try_at = created_at
        WHERE kind = 'document' AND state = 'fetched' AND mime LIKE 'image/%' AND reference <> ''"""
    )
