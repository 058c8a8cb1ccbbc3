"""What everything that is done in one transaction shares."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from conversations.language.words import Words


class Transaction:
    """One open transaction. Subclasses add the repositories of a subject, each made when it is first asked for.

    `spellings` gives words in every language of the bot; `worker` is the process whose replies are its own to send
    (None: there is only one).
    """

    def __init__(
        self, connection: Connection, spellings: Callable[[Words], Sequence[str]], worker: int | None = None
    ) -> None:
        self._connection = connection
        self._spellings = spellings
        self._worker = worker
