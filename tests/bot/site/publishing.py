"""Short ways to publish a site in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogues
from bot.runtime.databases import upgraded
from bot.site.runs.publishing import PublishedSite, SiteOptions, publish
from bot.site.state import HIDDEN
from bot.trial.demo import load
from storage.session.storage import Storage

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
ADDRESS = "https://example.org/library"
BOT = "meldind_bot"

CATALOGUES = Catalogues(ZONE)


@contextmanager
def demo_storage(folder: Path) -> Iterator[Storage]:
    """A database in `folder` with the demo data of a trial."""
    url = f"sqlite:///{folder / 'meldind.db'}"
    upgraded(url)
    load(url, NOW - timedelta(days=1))
    storage = Storage.open(url, spellings=CATALOGUES.spellings)
    try:
        yield storage
    finally:
        storage.close_now()


def published(
    storage: Storage, folder: Path, *, now: datetime = NOW, address: str = ADDRESS, bot: str = BOT
) -> PublishedSite:
    """Publish what is in `storage`."""
    while not storage.write_now(lambda work: work.summaries.refresh(batches=1)):
        pass
    return publish(storage, CATALOGUES, folder, SiteOptions(ZONE, address, bot), now)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of the site by path, without what is hidden."""
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in files
        if HIDDEN not in each.relative_to(folder).parts
    }
