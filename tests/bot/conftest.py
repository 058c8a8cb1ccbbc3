"""What tests of the whole bot may ask for."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.bot.stage import Stage, Talk, on_stage


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "DATABASE_URL", "TELEGRAM_API_URL", "MELDIND_DATA_DIR", "MELDIND_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def bot_app(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, running on a fresh database; at the end no request it made broke the Bot API's specification."""
    async with on_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def talk(bot_app: Stage) -> Callable[[str], Talk]:
    """`talk("da")` is a chat between the bot and a new person whose phone speaks Danish."""
    return bot_app.talk
