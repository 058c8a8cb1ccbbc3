"""Is it deaf? What `/metrics` says, and what the bot does about polls that nobody answers."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.botapi import BotApiServer
from bot.receiving import polling, watching, webhook
from bot.runtime.errors import Unusable
from bot.runtime.health import Health
from bot.telegram.api import BotApi
from tests.bot.ports import held_port
from tests.bot.process import BotProcess
from tests.bot.receiving.test_webhook import SECRET
from tests.bot.stage import Stage, on_stage, settings_for, until

MUCH = 3600.0


async def figures(address: str) -> dict[str, float]:
    """What /metrics says, by the name of the figure with its labels."""
    async with aiohttp.ClientSession() as session, session.get(f"http://{address}/metrics") as response:
        assert response.status == 200
        assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        lines = (await response.text()).splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if line and not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot whose polls are short, and whose patience is little longer."""
    monkeypatch.setattr(polling, "POLL_SECONDS", 1)
    monkeypatch.setattr(watching, "PATIENCE", 3.0)


async def test_it_is_told_how_much_is_done_and_since_when_nothing_was(tmp_path: Path, port: int) -> None:
    address = f"127.0.0.1:{port}"
    async with on_stage(tmp_path, http=address) as stage:
        before = await figures(address)
        stage.server.cloud.faults.add("too_many_requests", method="sendMessage", times=1, seconds=0)
        stage.server.cloud.updates.push_raw({"message": {"text": "no message"}}, 0)
        talk = stage.talk()
        await talk.starts()
        await talk.writes("/help")
        await stage.settles()
        after = await figures(address)
    assert after["meldind_healthy"] == 1.0
    assert after["meldind_oldest_inbox_seconds"] == 0.0
    assert after["meldind_oldest_due_seconds"] == 0.0
    for name in ("last_poll", "last_received", "last_sent"):
        assert 0.0 <= after[f"meldind_{name}_seconds"] < MUCH
    grown = {name: value - before.get(name, 0.0) for name, value in after.items() if name.endswith(("_total", "}"))}
    assert grown["meldind_updates_total"] >= 2
    assert grown["meldind_turns_total"] >= 2
    assert grown["meldind_quarantined_total"] >= 1
    assert grown['meldind_sends_total{fate="sent"}'] >= 2
    assert grown['meldind_sends_total{fate="flood"}'] == 1
    assert grown['meldind_pauses_total{reason="flood"}'] == 1
    assert any(re.fullmatch(r'meldind_build_info\{mode="polling",version="[\d.]+"\}', name) for name in after)


@pytest.mark.parametrize("module", ["prometheus_client", "aiohttp", "PIL", "psycopg", "rich", "pygments", "pydantic"])
def test_nobody_pays_for_what_nobody_asks_for(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MELDIND_LANGUAGE", "none")  # so that it comes no further than its settings
    script = (
        "import sys, bot.app; from bot.cli import main; main._run(['run'], debug=False);"
        f" print(sys.modules.get('{module}'))"
    )
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert "MELDIND_LANGUAGE" in told.stderr
    assert told.stdout == "None\n"


async def test_a_poll_that_hangs_is_given_up_and_the_bot_hears_again(
    hurried: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew: list[BotApi] = []
    connect = BotApi.reconnect_polling

    async def connect_anew(api: BotApi) -> None:
        anew.append(api)
        await connect(api)

    async def given_up() -> bool:
        return bool(anew)

    monkeypatch.setattr(BotApi, "reconnect_polling", connect_anew)
    async with on_stage(tmp_path) as stage:
        # The poll that hangs is the next one: another may be under way, and bring what comes first.
        stage.server.cloud.faults.add("delay", method="getUpdates", times=1, seconds=MUCH)
        talk = stage.talk()
        await talk.phone.starts()
        await until(given_up)
        await talk.phone.sees("Welcome")
        await talk.writes("/help")


async def test_whatever_holds_a_poll_up_it_is_begun_anew_with_new_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 0.05)
    health, done = Health(), []

    async def poll() -> None:
        done.append("polled")
        if len(done) < 4:
            await asyncio.Event().wait()
        health.heard()

    async def connect_anew() -> None:
        done.append("connected")

    await watching.watched(poll, health, connect_anew)
    assert done == ["polled", "connected", "polled", "connected", "polled"]


async def test_a_network_that_is_away_for_long_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 0.02)
    health, polls = Health(), 0

    async def poll() -> None:
        nonlocal polls
        polls += 1
        if polls > 2 * watching.TIMES:
            return health.heard()
        health.unreached()
        await asyncio.Event().wait()  # until it is cancelled
        return None

    async def connect_anew() -> None:
        pass

    await watching.watched(poll, health, connect_anew)
    assert polls == 2 * watching.TIMES + 1


@pytest.mark.parametrize("kind", ["cut", "page"])
async def test_a_poll_that_does_not_reach_telegram_is_no_poll_that_hangs(
    hurried: None, tmp_path: Path, kind: str
) -> None:
    async with on_stage(tmp_path) as stage:
        stage.server.cloud.faults.add(kind, method="getUpdates", times=1)  # type: ignore[arg-type]

        async def met() -> bool:
            return stage.application is not None and stage.application.health.last_unreached is not None

        await until(met)
        talk = stage.talk()
        await talk.phone.starts()
        await talk.phone.sees("Welcome")


async def test_a_bot_that_hears_nothing_for_good_ends_with_a_line(hurried: None, tmp_path: Path) -> None:
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path))
        server.cloud.faults.add("delay", method="getUpdates", times=None, seconds=MUCH)
        await stage.start()
        assert stage.receiving is not None
        await asyncio.wait([stage.receiving])
        with pytest.raises(Unusable, match=r"not answered for 9 seconds"):
            await stage.stop()


@pytest.mark.parametrize("kind", ["unauthorized", "not_found", "bad_gateway", "conflict"])
async def test_an_answer_is_an_answer_whatever_it_says(hurried: None, tmp_path: Path, kind: str) -> None:
    """A refused token is no connection that hangs: the bot stays, is red, and hears again."""
    async with on_stage(tmp_path) as stage:
        assert stage.application is not None
        health = stage.application.health
        stage.server.cloud.faults.add(kind, method="getUpdates", times=3)  # type: ignore[arg-type]
        if kind in ("unauthorized", "not_found"):

            async def red() -> bool:
                return health.trouble(polling=True) == "Telegram refuses the token"

            await until(red)
        talk = stage.talk()
        await talk.starts()
        talk.bot("Welcome")
        assert health.trouble(polling=True) == ""


async def test_the_process_ends_with_one_line_and_not_with_success(tmp_path: Path) -> None:
    """As systemd sees it, which starts it again."""
    async with BotApiServer() as server:
        server.cloud.faults.add("delay", method="getUpdates", times=None, seconds=MUCH)
        bot = BotProcess(server, tmp_path)
        bot.command = (
            sys.executable,
            "-c",
            "from bot.receiving import watching; watching.PATIENCE = 0.4; from bot.cli.main import main; main()",
        )
        await bot.start()
        assert await bot.waits() == 1
    last = bot.log.read_text().splitlines()[-1]
    assert last.startswith("meldind: Telegram has not answered for 1 seconds")


async def test_silence_that_telegram_asked_for_is_no_deafness() -> None:
    health = Health()
    health.heard(quiet=MUCH)
    polls = 0

    async def poll() -> None:
        nonlocal polls
        polls += 1
        await asyncio.Event().wait()

    watching_it = asyncio.create_task(watching.watched(poll, health, lambda: asyncio.sleep(0)))
    await asyncio.wait([watching_it], timeout=0.2)
    watching_it.cancel()
    assert polls == 1


async def test_a_webhook_that_is_taken_away_is_set_again_and_what_waits_is_told(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "WATCH_SECONDS", 0.05)
    address = f"127.0.0.1:{port}"
    given = {"webhook_url": f"http://{address}/hook", "webhook_listen": address, "webhook_secret": SECRET}
    with held_port() as another:
        http = f"127.0.0.1:{another}"
        async with on_stage(tmp_path, mode="webhook", http=http, **given) as stage:
            updates = stage.server.cloud.updates

            async def is_set() -> bool:
                return updates.webhook_url == given["webhook_url"]

            await until(is_set)
            updates.webhook_url = ""
            await until(is_set)
            await stage.talk().starts()

            async def told() -> bool:
                return (await figures(http)).get("meldind_webhook_pending_updates") == 0.0

            await until(told)
    state = Health(pending=3, webhook_error="Connection refused")
    assert state.trouble(polling=False) == "Telegram holds updates (3) and cannot bring them: Connection refused"
