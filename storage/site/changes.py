"""What changed since the site was last written, by the audit trail, to which all that changes the site adds."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.models import audit

NOT_OF_THE_SITE = (
    "submitted", "claimed", "released", "asked", "taken back", "contacts read", "reminded", "exported",
    "audit exported", "broadcast", "note", "pairing", "invited", "uninvited", "joined", "roles", "organisation",
    "organisation decided", "controller named", "expert named", "nomination taken back", "expert listed",
    "expert changed", "expert confirmed", "expert removed", "group used", "group muted", "group gone", "group moved",
    "cleared away",
)  # fmt: skip
"""Actions that change nothing on the site. Any other may."""


class PublicChanges:
    """The changes of what is public, in one transaction. They are counted by their numbers in the audit trail."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_after(self, reached: int) -> datetime | None:
        """Returns when the first change after the number `reached` was; None: nothing has changed."""
        query = (
            select(audit.c.at)
            .where(audit.c.id > reached, audit.c.action.not_in(NOT_OF_THE_SITE))
            .order_by(audit.c.id)
            .limit(1)
        )
        return self._connection.scalar(query)

    def last_before(self, moment: datetime) -> int:
        """Returns the number of the last change before that moment; 0: there is none.

        A transaction that is under way may still add one with a lower number, so `moment` should be some time ago.
        """
        query = select(audit.c.id).where(audit.c.at < moment).order_by(audit.c.id.desc()).limit(1)
        return self._connection.scalar(query) or 0
