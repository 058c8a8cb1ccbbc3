"""Back after more than a day: those in the middle of a draft are greeted once, and nobody after a short break."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from bot.receiving.absence import Absence
from bot.runtime.health import Health
from conversations.model.outcomes import Answered, RemindersChosen, ReportSubmitted
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.stage import Stage
from tests.storage.chat import draft, keep

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
BOT = 123
IDA, MAJA, EMILY, OLGA, NINA = range(1, 6)
GONE = datetime(2026, 11, 18, 10, tzinfo=UTC)


class Bot:
    """Looks when it is told to, at the time that it then is."""

    def __init__(self, storage: Storage, *, polling: bool = True) -> None:
        self._storage = storage
        self.health = Health()
        self.health.received()
        self._now = GONE
        self._absence = Absence(storage, self.health, BOT, polling=polling, clock=lambda: self._now)
        self._reminders = Reminders(Catalogues(COPENHAGEN), COPENHAGEN)

    async def looks(self, now: datetime) -> list[str]:
        self._now = now
        await self._absence.look()

        await self._reminders.plan(self._storage, now)

        def tell(work: UnitOfWork) -> list[str]:
            return [row.payload["text"] for row in self._reminders.tell(work, now)]

        return await self._storage.write(tell)


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    """People with drafts of the last days, and some who are not to be greeted."""
    before = GONE - timedelta(hours=1)
    await draft(storage, "r1", IDA, now=before, title="Sprogcafé")
    await draft(storage, "r2", IDA, now=before)
    await draft(storage, "r3", MAJA, now=before)
    await keep(storage, ReportSubmitted("r3"), who=MAJA, now=before)
    await draft(storage, "r4", EMILY, now=GONE - timedelta(days=20))
    await draft(storage, "r5", OLGA, now=before)
    await keep(storage, RemindersChosen(False), who=OLGA, now=before)
    return storage


async def test_those_in_the_middle_of_a_draft_are_greeted_once(storage: Storage) -> None:
    bot = Bot(storage)
    assert await bot.looks(GONE) == []
    back = GONE + timedelta(hours=25)
    (said,) = await bot.looks(back)
    assert "jeg var væk i mere end et døgn" in said
    assert "Send dit seneste svar igen" in said
    again = Bot(storage)
    for minutes in range(1, 5):
        assert await again.looks(back + timedelta(minutes=minutes)) == []


async def test_a_break_within_a_day_is_not_spoken_of(storage: Storage) -> None:
    bot = Bot(storage)
    for hours in (0, 12, 24, 47.9):
        assert "væk" not in "".join(await bot.looks(GONE + timedelta(hours=hours)))


async def test_the_greeting_waits_for_the_morning_and_for_nobody_who_has_gone_on(storage: Storage) -> None:
    await draft(storage, "r6", NINA, now=GONE - timedelta(hours=2))
    bot = Bot(storage)
    await bot.looks(GONE)
    night = datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert await bot.looks(night) == []
    await keep(storage, Answered("r6", "title", "Bogbus"), who=NINA, now=night + timedelta(hours=1))
    assert len(await bot.looks(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))) == 1


async def test_who_runs_and_hears_nothing_is_away_too(storage: Storage) -> None:
    bot = Bot(storage)
    await bot.looks(GONE)
    bot.health.last_received = None
    for hours in range(1, 30):
        assert await bot.looks(GONE + timedelta(hours=hours)) == []
    bot.health.received()
    assert any("væk" in text for text in await bot.looks(GONE + timedelta(hours=30)))


async def test_a_webhook_that_nobody_calls_for_days_is_there_all_the_same(storage: Storage) -> None:
    bot = Bot(storage, polling=False)
    bot.health.last_received = None
    for hours in range(0, 40, 4):
        assert "væk" not in "".join(await bot.looks(GONE + timedelta(hours=hours)))


async def test_a_bot_that_serves_notes_that_it_hears(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    assert bot_app.application is not None
    await bot_app.application.absence.look()
    number = bot_app.application.api.number
    now = datetime.now(UTC)
    before = await bot_app.storage.write(lambda work: work.last_done.heard(number, now))
    assert before is not None
    assert now - before < timedelta(minutes=1)
