"""Two years of two hundred initiatives, beside a small model that says who should be asked what, and when.

The model reads dates by itself and knows nothing of rows: it has what each report says, what was answered, and when the
bot looked. The bot is started anew for every look, and is down for days.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.jobs.reminders import Reminders
from bot.jobs.timed.follow_up import FollowUpQuestion
from bot.language.catalogues import Catalogues
from conversations.context.context import Context
from conversations.context.session import Session, Turn
from conversations.engine.engine import take_turn
from conversations.language.events import Pressed
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    FollowUpAnswered,
    Outcome,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
    TimezoneChosen,
)
from storage.registers.port import StoredRegisters
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

ZONES = ("Europe/Copenhagen", "Europe/Ljubljana", "America/Nuuk")
CATALOGUES = Catalogues(ZoneInfo(ZONES[0]))
REGISTERS = StoredRegisters(CATALOGUES.spellings)
COORDINATOR = 999
BEGINNING = date(2026, 1, 5)
BEGAN = datetime(2026, 1, 4, 12, tzinfo=UTC)
DAYS = 2 * 365
AUTHORS, INITIATIVES = 40, 200
DOWN = (
    (date(2026, 3, 27), date(2026, 4, 2)),
    (date(2026, 10, 24), date(2026, 10, 27)),
    (date(2027, 6, 1), date(2027, 6, 20)),
)
"""When the bot is down: over changes of the clocks, and in a month in which much begins and ends."""

LOOKS = (2, 9, 15)
"""The hours, in UTC, at which it looks; the first is at night in Europe, and on the evening before in Nuuk.

At the first and the last it looks every third day.
"""

SENDS, ANSWERS_AT = 8, 12
HOURS = sorted((*LOOKS, SENDS, ANSWERS_AT))

ENGLISH = {
    "started": "Has “{}” started?",
    "ended": "Has “{}” ended?",
    "came": "What came of “{}”?",
    "running": "Is “{}” still running?",
    "paused": "Is “{}” still paused?",
}


@dataclass
class Known:
    """One report, as the model sees it."""

    author: int
    status: str
    start: str
    end: str
    said: datetime
    sent: datetime
    results: bool = False
    ended: bool = False
    asked: frozenset[tuple[str, date]] = frozenset()
    gone: bool = False


def last_day(text: str) -> date | None:
    """The last day of 2026, 2026-03 or 2026-03-09; None for anything else."""
    if not text[:1].isdigit():
        return None
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return following - timedelta(days=1)


def years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def wanted(known: Known, zone: ZoneInfo, now: datetime) -> list[tuple[date, str, date]]:
    """The questions about a report that are due or to come: from which day on, which, and about which day."""
    said, today = known.said.astimezone(zone).date(), now.astimezone(zone).date()
    start, end = last_day(known.start), last_day(known.end)
    found: list[tuple[date, str, date]] = []

    def once(kind: str, day: date, about: date) -> None:
        found.append((day if said < day else said + timedelta(days=14), kind, about))

    def yearly(kind: str) -> None:
        since = said
        if end and end >= said and (end < today or end < years_after(said, 1)):
            since = end + timedelta(days=1)
        days = [years_after(since, years) for years in range(1, 10)]
        over, to_come = [each for each in days if each <= today], [each for each in days if each > today]
        found.extend((each, kind, each) for each in (*over[-1:], *to_come[:1]))

    if known.status == "planned" and start:
        day = start if len(known.start) > 7 else start.replace(day=15)
        once("2 start", day, day.replace(day=1))
    elif known.status == "planned":
        yearly("2 start")
    elif known.status in ("running", "paused"):
        if end:
            once("1 result", end + timedelta(days=1), end)
        yearly("3 year")
    elif known.status == "finished" and not known.results and not known.ended:
        sent = known.sent.astimezone(zone).date()
        if end and end >= sent:  # what was over when it was reported is not asked about
            once("1 result", end + timedelta(days=1), end)
    return sorted(each for each in found if each[1:] not in known.asked)


class Model:
    """Who is to be asked what."""

    def __init__(self, zones: dict[int, ZoneInfo]) -> None:
        self.zones = zones
        self.reports: dict[str, Known] = {}
        self.last: dict[int, datetime] = {}
        self.waiting: dict[int, tuple[str, str, date]] = {}

    def looks(self, now: datetime) -> list[tuple[int, str, str]]:
        """The bot looks: each person, report and question that is asked now."""
        asked = []
        for person, zone in self.zones.items():
            free = person not in self.last or now >= self.last[person] + timedelta(days=7)
            if person not in self.waiting and free and (due := self._due(person, zone, now)):
                _day, kind, report, about = min(due)
                self.waiting[person] = (report, kind, about)
                self.reports[report].asked |= {(kind, about)}
            if person in self.waiting and 9 <= now.astimezone(zone).hour < 18:
                report, kind, about = self.waiting.pop(person)
                if self._still(report, kind, about, zone, now):
                    asked.append((person, report, KINDS[kind, self.reports[report].status]))
                    self.last[person] = now
        return asked

    def _due(self, person: int, zone: ZoneInfo, now: datetime) -> list[tuple[date, str, str, date]]:
        return [
            (day, kind, report, about)
            for report, known in self.reports.items()
            if known.author == person and not known.gone
            for day, kind, about in wanted(known, zone, now)[:1]
            if datetime(day.year, day.month, day.day, 9, tzinfo=zone) <= now
        ]

    def _still(self, report: str, kind: str, about: date, zone: ZoneInfo, now: datetime) -> bool:
        """Whether a question that waited for the morning still has its reason."""
        known = self.reports[report]
        if known.gone:
            return False
        others = replace(known, asked=known.asked - {(kind, about)})
        return [(each[1], each[2]) for each in wanted(others, zone, now)[:1]] == [(kind, about)]

    def hears(self, report: str, answer: str, now: datetime, when: str) -> None:
        """The author answers; `when` is the date they give if they are asked for one."""
        known = self.reports[report]
        known.said = now
        known.status = {"started": "running", "dropped": "stopped", "ended": "finished"}.get(answer, known.status)
        if answer in ("running", "paused"):
            known.status = answer
        if answer == "moved":
            known.start = when
        if answer == "goes_on":
            known.end = when
        if answer == "ended":
            known.ended = True


KINDS = {
    ("1 result", "running"): "ended",
    ("1 result", "paused"): "ended",
    ("1 result", "finished"): "came",
    ("2 start", "planned"): "started",
    ("3 year", "running"): "running",
    ("3 year", "paused"): "paused",
}
"""Which sentence asks what."""

ANSWERS = {
    "started": ("started", "started", "moved", "dropped"),
    "ended": ("ended", "ended", "goes_on"),
    "came": ("told", "nothing"),
    "running": ("running", "running", "changed", "paused", "ended"),
    "paused": ("running", "paused", "ended"),
}


def date_said(dice: random.Random, around: date, spread: int) -> str:
    day = around + timedelta(days=dice.randrange(-spread, spread))
    return dice.choice((f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y-%m}", f"{day:%Y}"))


class Bot:
    """The real one, on a database: started anew for every look."""

    def __init__(self, storage: Storage, zones: dict[int, ZoneInfo]) -> None:
        self.storage = storage
        self.zones = zones
        self.ids: dict[int, int] = {}
        self.numbers: dict[str, str] = {}

    async def keep(self, who: int, now: datetime, *outcomes: Outcome) -> None:
        def kept(work: UnitOfWork) -> None:
            person = work.people.arrive(who, who, "en", BEGAN).person
            self.ids[person.id] = who
            work.keep(person, Turn(Session(1), (), outcomes, language="en"), now)

        await self.storage.write(kept)

    async def press(self, who: int, report: str, answer: str, now: datetime) -> None:
        """That person taps an answer to the last question about the report."""

        def kept(work: UnitOfWork) -> None:
            person, zone = work.people.arrive(who, who, "en", BEGAN).person, self.zones[who]
            find, today = work.lookup(person, now), now.astimezone(zone).date()
            context = Context(person, now, today, lambda: "new", find, REGISTERS, timezone=zone)
            pressed = Pressed("followup", f"{answer}.{self.numbers[report]}")
            turn = take_turn(Session(1), pressed, context)
            assert any(isinstance(each, FollowUpAnswered) for each in turn.outcomes)
            work.keep(person, turn, now)

        await self.storage.write(kept)

    async def looks(self, now: datetime) -> list[tuple[int, str, str]]:
        """It looks, on the first of a month with two workers one after the other: the second finds nothing left."""
        said = []
        for worker in range(2 if now.day == 1 else 1):
            job = Reminders(CATALOGUES, ZoneInfo(ZONES[0]), (FollowUpQuestion(),))
            await job.plan(self.storage, now)
            rows = await self.storage.write(lambda work, job=job: job.tell(work, now))  # type: ignore[misc]
            assert not (rows and worker)
            for row in rows:
                text = str(row.payload["text"])
                report = text.partition("“")[2].partition("”")[0]
                kind = next(kind for kind, words in ENGLISH.items() if words.format(report) in text)
                buttons = row.payload["reply_markup"]["inline_keyboard"]
                self.numbers[report] = buttons[-1][0]["callback_data"].rpartition(".")[2]
                said.append((self.ids[row.person_id or 0], report, kind))
        return said


def new_report(dice: random.Random, day: date, now: datetime, author: int) -> tuple[Known, dict[str, object]]:
    """A report as somebody sends it on that day, and its answers."""
    status = dice.choice(("planned", "planned", "running", "running", "paused", "finished"))
    start = date_said(dice, day + timedelta(days=90), 80) if status == "planned" else f"{day.year - 1}"
    if status == "planned" and dice.random() < 0.15:
        start = "undecided"
    end = date_said(dice, day + timedelta(days=200), 220) if status != "planned" and dice.random() < 0.6 else ""
    results = dice.random() < 0.3 and status != "planned"
    told: dict[str, object] = {"status": status, "period_start": start, "sharing": "public"}
    told |= {"period_end": end} if end else {}
    if results:
        number = {"least": 9, "most": 9, "approximate": False, "counted": "in_all"}
        told |= {"outcome": "They read more.", "participants": number, "evidence_types": ["own_data"]}
    return Known(author, status, start, end, now, now, results), told


async def answers(bot: Bot, model: Model, report: str, answer: str, now: datetime, when: str) -> None:
    """The author taps `answer`, and gives the date that is asked for then."""
    known = model.reports[report]
    await bot.press(known.author, report, answer, now)
    if answer in ("moved", "goes_on"):
        question = "period_start" if answer == "moved" else "period_end"
        await bot.keep(known.author, now, Answered(report, question, when))
    model.hears(report, answer, now, when)


async def something_else(dice: random.Random, bot: Bot, model: Model, now: datetime) -> None:
    """Now and then an author corrects a report, revives or pauses it, or takes it back."""
    there = sorted(report for report, known in model.reports.items() if not known.gone)
    if not there or dice.random() > 0.2:
        return
    report = dice.choice(there)
    known = model.reports[report]
    known.said = now
    what = dice.random()
    if what < 0.1:
        known.gone = True
        await bot.keep(known.author, now, ReportWithdrawn(report))
    elif what < 0.6:
        await bot.keep(known.author, now, Answered(report, "summary", f"What we do, as of {now:%d %B %Y}."))
    else:
        known.status = {"running": "paused", "planned": "running"}.get(known.status, "running")
        known.ended = False
        await bot.keep(known.author, now, Answered(report, "status", known.status))


async def test_everybody_is_asked_what_the_model_says(storage: Storage) -> None:
    dice = random.Random(1)
    zones = {number + 1: ZoneInfo(ZONES[number % len(ZONES)]) for number in range(AUTHORS)}
    model, bot = Model(zones), Bot(storage, zones)
    await bot.keep(COORDINATOR, BEGAN)
    for who, zone in zones.items():
        await bot.keep(who, BEGAN, TimezoneChosen(zone.key))
    sent_on = [dice.randrange(DAYS // 2) for _each in range(INITIATIVES)]
    to_answer: dict[date, list[tuple[str, str, str]]] = defaultdict(list)
    asked_of: Counter[str] = Counter()
    for offset in range(DAYS):
        day = BEGINNING + timedelta(days=offset)
        for hour in HOURS:
            now = datetime(day.year, day.month, day.day, hour, 5, tzinfo=UTC)
            down = any(first <= day <= last for first, last in DOWN)
            if hour in LOOKS and not down and (hour == LOOKS[1] or offset % 3 == 0):
                asked = await bot.looks(now)
                assert sorted(asked) == sorted(model.looks(now)), now
                for _who, report, kind in asked:
                    asked_of[kind] += 1
                    if dice.random() < 0.6:
                        then, stage = day + timedelta(days=1 + dice.randrange(5)), model.reports[report].status
                        to_answer[then].append((report, stage, dice.choice(ANSWERS[kind])))
            elif hour == SENDS:
                for number in (number for number, sent in enumerate(sent_on) if sent == offset):
                    report, author = f"r{number:03}", dice.randrange(AUTHORS) + 1
                    model.reports[report], told = new_report(dice, day, now, author)
                    said = (Answered(report, each, value) for each, value in {"title": report, **told}.items())
                    await bot.keep(author, now, DraftStarted(report), *said, ReportSubmitted(report))
                    await bot.keep(COORDINATOR, now, ReportPublished(report, 1))
            elif hour == ANSWERS_AT:
                for report, stage, answer in to_answer[day]:
                    if not model.reports[report].gone and model.reports[report].status == stage:
                        await answers(bot, model, report, answer, now, date_said(dice, day + timedelta(days=120), 100))
                await something_else(dice, bot, model, now)
    assert set(asked_of) == set(ENGLISH)
    assert min(asked_of.values()) > 9
