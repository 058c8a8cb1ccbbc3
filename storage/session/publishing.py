"""What anyone may read, in small portions so that the bot can work meanwhile; for callers without an event loop."""

from collections.abc import Iterator
from functools import partial

from conversations.model.initiatives import Initiative
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from storage.site.public import PublicInitiative, Withdrawn


def public_initiatives(storage: Storage) -> Iterator[PublicInitiative]:
    """Yields every public initiative, the first published first; those published meanwhile come last."""
    portion = storage.read_now(partial(_initiatives, None))
    while portion:
        yield from portion
        portion = storage.read_now(partial(_initiatives, portion[-1].initiative))


def withdrawn_initiatives(storage: Storage) -> Iterator[Withdrawn]:
    """Yields every withdrawn report that had been published, the first published first."""
    portion = storage.read_now(partial(_withdrawn, None))
    while portion:
        yield from portion
        portion = storage.read_now(partial(_withdrawn, portion[-1]))


def _initiatives(last: Initiative | None, work: UnitOfWork) -> list[PublicInitiative]:
    return work.public.after(last)


def _withdrawn(last: Withdrawn | None, work: UnitOfWork) -> list[Withdrawn]:
    return work.public.withdrawn_after(last)
