"""What tests of the whole bot may ask for."""

import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.ports import held_port
from tests.bot.stage import Stage, Talk, on_stage

pytest.register_assert_rewrite("tests.bot.comparing")  # so that it is seen where what is read differs


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "DATABASE_URL", "TELEGRAM_API_URL", "MELDIND_DATA_DIR", "MELDIND_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """Commands set the logging of their process up, which here is that of all tests."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    yield
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _mask_as_it_was() -> Iterator[None]:
    """Commands set what the files of their process may be read by, as most machines do not."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def port() -> Iterator[int]:
    """A port that is the test's alone."""
    with held_port() as port:
        yield port


@pytest.fixture
async def bot_app(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, running on a fresh database; at the end no request it made broke the Bot API's specification."""
    async with on_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def talk(bot_app: Stage) -> Callable[[str], Talk]:
    """`talk("da")` is a chat between the bot and a new person whose phone speaks Danish."""
    return bot_app.talk
