"""What the log says, and what it must never say."""

import json
import logging
import signal
from pathlib import Path

import pytest
import structlog

from bot.botapi import BotApiServer
from bot.botapi.cloud.faults import Kind
from bot.runtime.logs import Redacting, described, redacted, set_up_logging
from storage.engine.errors import NotKept
from tests.bot.process import BotProcess
from tests.bot.reporting import reports
from tests.bot.stage import Talk

TOKEN = "123456789:AAF-secret_secret_secret_secret_sec"


def test_a_token_is_taken_out_wherever_it_stands() -> None:
    assert redacted(f"POST https://api.telegram.org/bot{TOKEN}/getMe 200") == (
        "POST https://api.telegram.org/bot<token>/getMe 200"
    )


def test_a_token_is_taken_out_of_exceptions_too() -> None:
    formatter = Redacting(logging.Formatter())
    with pytest.raises(ValueError, match="invalid literal") as raised:
        int(TOKEN)
    thrown = (raised.type, raised.value, raised.tb)
    said = formatter.format(logging.LogRecord("x", logging.ERROR, "x", 1, "%s", (TOKEN,), thrown))
    assert "ValueError" in said
    assert TOKEN not in said


def test_an_error_is_told_by_kind_and_place_but_not_in_its_words() -> None:
    def raises() -> None:
        try:
            json.loads("1")["what somebody wrote"]
        except TypeError as error:
            raise NotKept("The disk is full.\nmore") from error

    with pytest.raises(NotKept) as raised:
        raises()
    told = described(raised.value)
    assert told["error"] == "NotKept"
    assert told["cause"] == "TypeError"
    assert told["reason"] == "The disk is full."
    assert "raises" in told["where"]
    assert "somebody" not in str(told)


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_entry_is_one_line_whatever_is_in_it(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logging(form)
    structlog.get_logger("x").warning("one\nevent", reason="first\r\nsecond\u2028third")
    logging.getLogger("y").warning("from a library\nin two lines")
    written = capfd.readouterr().err
    assert written.count("\n") == 2, written


@pytest.mark.parametrize("form", ["json", "text"])
async def test_a_whole_run_with_everything_logged_keeps_its_secrets(tmp_path: Path, form: str) -> None:
    async with BotApiServer() as server:
        bot = BotProcess(server, tmp_path, MELDIND_LOG=form, MELDIND_LOG_LEVEL="debug")
        await bot.start()
        for kind in ("cut", "unauthorized", "bad_gateway", "too_many_requests"):
            server.cloud.faults.add(kind, method="sendMessage", seconds=0)
        chat = Talk(server.phone("en", "Emily"))
        server.cloud.updates.push_raw({"message": {"text": "Language café in the park"}}, 0)
        await chat.phone.starts()
        await chat.phone.waits(60)
        await reports(chat)
        failures: tuple[Kind, ...] = ("not_found", "cut", "internal_error")
        for failure in failures:
            server.cloud.faults.add(failure, method="getFile")
            await chat.phone.sends_photo()
            await chat.phone.waits(60)
        assert await bot.ends(signal.SIGTERM) == 0
    logged = bot.log.read_text()
    assert "serving" in logged
    assert server.token.partition(":")[2] not in logged
    typed = ("Language café", "newcomers", "Emily", "Aarhus", "Quentin", "quill@example.org")
    for said in (*typed, "Welcome to Meldind", "What stage is it at?", "Your data has been deleted."):
        assert said not in logged
    if form == "json":
        assert all(json.loads(line)["event"] for line in logged.splitlines())


@pytest.mark.parametrize("form", ["json", "text"])
def test_every_line_is_searched_for_tokens_whoever_writes_it(form: str, capfd: pytest.CaptureFixture[str]) -> None:
    set_up_logging(form, "debug")
    structlog.get_logger("x").warning("an event", address=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("y").warning("a library: %s", f"/file/bot{TOKEN}/photos/1.jpg")
    try:
        int(TOKEN)
    except ValueError:
        logging.getLogger("y").exception("it failed")
        structlog.get_logger("x").exception("it failed")
    written = capfd.readouterr().err
    assert written.count("<token>") == 4
    assert TOKEN not in written


@pytest.mark.parametrize(
    "library", ["httpx", "aiohttp.client", "pyreqwest", "telegram.Bot", "asyncio", "sqlalchemy.engine", "procrastinate"]
)
def test_libraries_that_write_addresses_and_parameters_are_quiet(
    library: str, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up_logging("text", "debug")
    logging.getLogger(library).info("INSERT INTO answers … Language café in the park")
    logging.getLogger(library).debug("the same")
    logging.getLogger("meldind").info("this is told")
    written = capfd.readouterr().err
    assert "this is told" in written
    assert "Language" not in written
