"""A follow-up in a trial: the second librarian looks after one of the demo reports, and is asked how it goes."""

import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.runtime.databases import open_storage
from bot.trial.demo import FOLLOWED_UP, ZONE
from conversations.model.reminders import next_waking
from storage.session.unit_of_work import UnitOfWork

LIBRARIAN = 504
"""The Telegram id of the last of the first phones."""

PATIENCE = 2.0
"""Seconds between two looks whether the librarian has started the bot."""

A_YEAR = timedelta(days=366)


def follow_up(url: str) -> None:
    """Wait, beside the bot that serves the database at `url`, until the librarian has started it."""
    threading.Thread(target=_wait, args=(url,), daemon=True).start()


def _wait(url: str) -> None:
    storage = open_storage(url)
    try:
        while storage.read_now(lambda work: work.people.known(LIBRARIAN)) is None:
            time.sleep(PATIENCE)
        storage.write_now(partial(hand_over, now=datetime.now(UTC)))
    finally:
        storage.close_now()


def hand_over(work: UnitOfWork, now: datetime) -> None:
    """Make the librarian, who has started the bot, the author of a report that was confirmed more than a year ago."""
    person, report = work.people.known(LIBRARIAN), work.reviews.of(FOLLOWED_UP)
    if person is None or report is None or report.author is not None:
        return
    work.handing_over.hand_over(FOLLOWED_UP, person)
    work.reports.confirm(person, FOLLOWED_UP, now - A_YEAR)
    work.initiatives.refresh([FOLLOWED_UP])
    if next_waking(now, ZoneInfo(ZONE)) > now:  # whoever tries it at night is awake
        hours = now.hour - 12
        work.people.set_timezone(person, f"Etc/GMT{hours:+d}" if hours else "Etc/UTC")
