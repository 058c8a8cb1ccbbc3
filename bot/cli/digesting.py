"""`meldind digest`: the digest of a period on standard output."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogue, Catalogues
from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.settings import Settings
from bot.telegram.rendering import render, without_format
from conversations.flows.digests.saying import lines, nothing, opening
from conversations.language.screen import Screen
from conversations.model.digests.digest import Digest
from conversations.model.digests.looking import gather
from conversations.model.digests.packing import pack
from conversations.model.digests.periods import LONGEST, Period, days, past_week, read_period
from conversations.model.happenings import KINDS
from conversations.model.people.person import Person

FORMATS = ("text", "html", "json")


def asked_period(week: str, first: str, last: str, zone: ZoneInfo, now: datetime) -> Period:
    """Returns the period of the command's options. Raises ValueError if they give none."""
    if week and (first or last):
        raise ValueError("Give either --week or --from and --to.")
    if week:
        found = read_period(week, now.astimezone(zone).date(), zone)
        if found is None or not found.week:
            raise ValueError(f"“{week}” is not a week. Use a format such as 2026-W47.")
        return found
    if not first and not last:
        return past_week(now, zone)
    start, end = _day(first, "--from"), _day(last, "--to")
    if not 0 <= (end - start).days < LONGEST:
        raise ValueError(f"--from should be before --to, by at most {LONGEST} days.")
    return days(start, end, zone)


def digest_of_database(settings: Settings, period: Period, language: str, form: str) -> str:
    """Returns the digest of `period` in that language and format."""
    must_be_current(settings.database)
    catalogue = Catalogues(settings.timezone)[language]
    storage = open_storage(settings.database)
    try:
        person = Person(0, language)
        now = datetime.now(UTC)
        digest = storage.write_now(lambda work: gather(work.lookup(person, now), period, settings.timezone, now))
        partners = [each.municipality for each in storage.read_now(lambda work: work.organisations.of_partners())]
    finally:
        storage.close_now()
    return _written(digest, partners, catalogue, form)


def _written(digest: Digest, partners: Sequence[str], catalogue: Catalogue, form: str) -> str:
    match form:
        case "json":
            counts = {kind: len(digest.of(kind)) for kind in KINDS} | {"waiting": len(digest.waiting)}
            said = [catalogue.say(line) for line in ((nothing(digest),) if digest.is_empty else opening(digest))]
            told = {"week": digest.period.week or None, "counts": counts, "opening": said, **pack(digest)}
            return json.dumps(told, ensure_ascii=False, indent=2)
        case "html":
            from bot.files.digest_pages import digest_page

            return digest_page(digest, catalogue, partners)
        case _:
            messages = render(Screen(lines(digest), numbered=True), catalogue)
            return "\n\n".join(str(without_format(message)["text"]) for message in messages)


def _day(typed: str, option: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"{option} takes a day as 2026-11-09.") from None
