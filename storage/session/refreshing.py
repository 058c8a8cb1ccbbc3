"""The summaries of reports, brought up to date in small parts."""

from storage.session.storage import Storage


async def refresh_summaries(storage: Storage) -> None:
    """Refresh the summaries of all changed reports; other transactions run in between. It is repeated if it is lost."""
    while not await storage.note(lambda work: work.summaries.refresh(batches=1)):
        pass
