"""What waits in a trial until people on the page have started the bot, so that it has the language of their phones.

The second librarian looks after one of the demo reports, and is asked how it goes; two others are contact persons.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogues
from bot.runtime.databases import open_storage
from bot.runtime.ids import new_id
from bot.trial.cast import number_of
from bot.trial.demo import EXPERTS, FOLLOWED_UP, ZONE
from conversations.model.experts import Expert
from conversations.model.reminders import next_waking
from storage.registers.port import StoredRegisters
from storage.session.unit_of_work import UnitOfWork

LIBRARIAN = 504
"""The Telegram id of the last of the first phones."""

PATIENCE = 2.0
"""Seconds between two looks whether the librarian has started the bot."""

A_YEAR = timedelta(days=366)


def follow_up(url: str) -> None:
    """Wait, beside the bot that serves the database at `url`, until these people have started it."""
    threading.Thread(target=_wait, args=(url,), daemon=True).start()


def _wait(url: str) -> None:
    waits: dict[int, Callable[[UnitOfWork, datetime], None]] = {LIBRARIAN: hand_over}
    waits |= {number_of(name): partial(list_expert, name) for name in EXPERTS}
    storage = open_storage(url)
    try:
        while waits:
            here = storage.read_now(lambda work: [each for each in waits if work.people.known(each) is not None])
            for each in here:
                storage.write_now(partial(_at_once, waits.pop(each)))
            time.sleep(PATIENCE)
    finally:
        storage.close_now()


def _at_once(begin: Callable[[UnitOfWork, datetime], None], work: UnitOfWork) -> None:
    begin(work, datetime.now(UTC))


def list_expert(name: str, work: UnitOfWork, now: datetime) -> None:
    """List somebody who has started the bot as a contact person, who can be written to on the page."""
    person = work.people.known(number_of(name))
    if person is None or work.reviews.of(FOLLOWED_UP) is None or work.experts.of_person(person) is not None:
        return  # without the demo data there is nobody either
    library, uses, themes, groups, languages = EXPERTS[name]
    registers = StoredRegisters(Catalogues().spellings)
    found = registers.libraries(library).exact
    answer = {"key": found.key if found else None, "name": library}
    home = registers.home(answer)
    where = (answer, home.name, home.municipality, home.region, home.country)
    work.experts.describe(Expert(new_id(), person, name, uses, themes, groups, languages, *where), now)


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
