"""The base of the unit of work."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from conversations.language.words import Words


class Transaction:
    """One open transaction. Subclasses add the repositories of a subject; each is made when it is first used.

    `spellings` returns words in every language of the bot; `worker` is the id of the process that sends the replies of
    this transaction (None: there is only one process).
    """

    def __init__(
        self, connection: Connection, spellings: Callable[[Words], Sequence[str]], worker: int | None = None
    ) -> None:
        self._connection = connection
        self._spellings = spellings
        self._worker = worker
