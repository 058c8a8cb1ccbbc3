"""The demo data of a trial: two open calls, the initiatives of the seed documents, and two contact persons."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.files.reports.imports import import_file
from bot.language.catalogues import Catalogues
from bot.runtime.databases import make_folder, open_storage, serving_lock, upgraded
from bot.runtime.errors import Unusable
from bot.runtime.settings import Settings
from bot.trial.options import Options
from conversations.flows.calls.examples import EXAMPLES
from conversations.language.languages import LANGUAGES
from conversations.model.calls import end_of
from conversations.model.events.event import LibraryEvent, When
from conversations.model.outcomes import CallChanged, CallStarted
from storage.session.schema import schema_state
from storage.session.unit_of_work import UnitOfWork

WRITTEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""When the records were written; on the day of a trial they are as old as they were then."""

ZONE = "Europe/Copenhagen"
CALLS = (("krisetid", "crisis", "da", 12), ("povezujejo", "povezujejo", "sl", 26))
"""Slug, ready example, language and days until the deadline."""

FOLLOWED_UP = "y2tjbpw4rw"
"""The running initiative whose author is asked in a trial whether it still runs."""

ELSEWHERE = 1
"""The Telegram id of somebody who has no phone on the page."""

EXPERTS = {
    "Ida": (
        "Aarhus Kommunes Biblioteker",
        ("advice", "theme_day"),
        ("reading_group", "digital_inclusion"),
        ("older_people", "lonely_people"),
        ("da", "en"),
    ),
    "Maja": (
        "Knjižnica Franceta Balantiča Kamnik",
        ("advice", "national_project"),
        ("language_course", "language_cafe"),
        ("immigrants", "refugees"),
        ("sl", "en", "hr"),
    ),
}
"""Those of the people on the page who can be asked: library, what for, themes, groups and languages."""

THEME_DAY = {
    "da": "Temadag: sprogcaféer og læsegrupper",
    "sl": "Tematsko srečanje: jezikovne kavarne in bralni klubi",
    "en": "Theme day: language cafés and reading groups",
}
ABOUT_THE_DAY = {
    "da": "Biblioteker og boligsociale medarbejdere deler erfaringer om sprogcaféer og læsegrupper.",
    "sl": "Knjižnice si izmenjajo izkušnje z jezikovnimi kavarnami in bralnimi klubi v soseskah.",
    "en": "Libraries and housing workers share what they know about language cafés and reading groups.",
}

MOMENTS = ("created_at", "submitted_at", "published_at")


def prepare(settings: Settings, file: Path, options: Options) -> None:
    """Prepare the database in `file`; a new one gets the demo data, unless the options want it empty.

    Raises AlreadyServed if another trial uses it.
    """
    make_folder(file.parent)
    with serving_lock(file, f"{settings.api_url}/"):
        if options.reset:
            _forget(file, settings.data_dir)
        is_new = schema_state(settings.database) == "empty"
        upgraded(settings.database)
        if is_new and not options.empty:
            load(settings.database, datetime.now(UTC))


def load(url: str, now: datetime) -> None:
    """Open the calls, and import the records into the database at `url` with the normal import."""
    storage = open_storage(url)
    try:
        storage.write_now(partial(open_calls, now=now))
        storage.write_now(partial(announce, now=now))
    finally:
        storage.close_now()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for record in records(now):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
        file.flush()
        if refused := import_file(url, Path(file.name)).refusals:
            raise Unusable(f"The demo data cannot be read: {refused[0]}")


def records(now: datetime) -> Iterator[dict[str, Any]]:
    """Yields the demo records, with times shifted so that the newest are recent."""
    moved = now.replace(minute=0, second=0, microsecond=0) - WRITTEN
    with resources.files("bot.trial").joinpath("demo.jsonl").open(encoding="utf-8") as file:
        for line in file:
            record: dict[str, Any] = json.loads(line)
            yield record | {name: later(record[name], moved) for name in MOMENTS}


def open_calls(work: UnitOfWork, now: datetime) -> None:
    """Open the calls that the records answer, from the ready examples."""
    catalogues = Catalogues()
    for slug, key, language, days in CALLS:
        example = next(each for each in EXAMPLES if each.key == key)
        titles, introductions, thanks = (
            {each: catalogues.say(words, each) for each in LANGUAGES}
            for words in (example.title, example.introduction, example.thanks)
        )
        deadline = end_of((now + timedelta(days=days)).date(), ZoneInfo(ZONE))
        work.calls.start(CallStarted(slug, language, titles[language], ZONE), now - timedelta(days=30))
        for what, value in {
            "titles": titles,
            "introductions": introductions,
            "thanks": thanks,
            "organisers": example.organisers,
            "themes": list(example.themes),
            "target_groups": list(example.target_groups),
            "variant": example.variant,
            "sharing": example.sharing,
            "deadline": {"at": deadline.isoformat(), "timezone": ZONE},
            "status": "open",
        }.items():
            work.calls.change(CallChanged(slug, what, value), now)


def announce(work: UnitOfWork, now: datetime) -> None:
    """Announce a theme day in three weeks, by an organiser without a phone; the coordinator on the page may change it.

    People on the page are not made here: the bot takes the language of their phones when they begin.
    """
    organiser = work.people.arrive(ELSEWHERE, ELSEWHERE, "da", now).person.id
    day = (now + timedelta(days=21)).date()
    event = LibraryEvent(
        "demtemadag",
        organiser,
        "theme_day",
        "da",
        titles=THEME_DAY,
        texts=ABOUT_THE_DAY,
        when=When(day, day, time(10), time(15)),
        timezone=ZONE,
        place="Fredericia Bibliotek, Prinsessegade 27",
        themes=("language_cafe", "reading_group"),
        places=30,
        host="Nordisk Biblioteksnetværk",
    )
    work.events.start(event, now - timedelta(days=2))
    work.events.publish(event.id, now - timedelta(days=2))


def later(moment: str | None, by: timedelta) -> str | None:
    """`moment`, in a record's format, shifted by `by`."""
    if moment is None:
        return None
    return (datetime.fromisoformat(moment) + by).isoformat().replace("+00:00", "Z")


def _forget(file: Path, folder: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        if each.suffix != ".lock":
            each.unlink()
    shutil.rmtree(folder, ignore_errors=True)
