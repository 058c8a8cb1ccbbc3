"""`meldind publish`: the catalogue of what is public, as a static site."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.language.catalogues import Catalogues
from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.settings import Settings
from bot.site.runs.publishing import PublishedSite, SiteOptions, publish
from bot.telegram.http import run_requests
from bot.telegram.identity import bot_name


def publish_site(settings: Settings, folder: Path, progress: Callable[[int], object]) -> PublishedSite:
    """Bring the site in `folder` up to date from the database of `settings`."""
    must_be_current(settings.database)
    bot = run_requests(bot_name(settings))
    catalogues = Catalogues(settings.timezone)
    storage = open_storage(settings.database, catalogues)
    try:
        while not storage.write_now(lambda work: work.summaries.refresh(batches=1)):
            pass  # in small parts, so that other transactions run in between
        options = SiteOptions(settings.timezone, settings.site_url or "", bot)
        return publish(storage, catalogues, folder, options, datetime.now(UTC), progress)
    finally:
        storage.close_now()


def told(done: PublishedSite, folder: Path) -> str:
    """Returns the line that says what was done."""
    return (
        f"{folder}: {done.initiatives:,} initiatives; {done.rewritten:,} files written, {done.same:,} unchanged, "
        f"{done.removed:,} removed."
    )
