"""No framework: aiohttp and sqlite3. The updates that came together are kept in one durable commit, then answered."""

import asyncio
import contextlib
import json
import os
import signal
import sqlite3
from collections.abc import Mapping
from typing import Any, TypeAlias

import aiohttp

from tests.bench.peers.questions import QUESTIONS, SEND, THANKS, summary

Json: TypeAlias = Mapping[str, Any]
Call: TypeAlias = tuple[str, dict[str, Any]]
"""A method of the Bot API and its parameters."""

TABLES = "CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, answers TEXT NOT NULL, sent INTEGER NOT NULL)"
KEEP = """INSERT INTO people VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET answers = excluded.answers, sent = excluded.sent"""


def keyboard(choices: tuple[str, ...]) -> dict[str, Any]:
    rows = [[{"text": choice, "callback_data": choice}] for choice in choices]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def answered(database: sqlite3.Connection, person: int, said: str) -> tuple[str, tuple[str, ...]]:
    """Keep what `person` said, and return what to show: a text and choices."""
    row = database.execute("SELECT answers FROM people WHERE id = ?", (person,)).fetchone()
    answers = json.loads(row[0]) if row and said != "/report" else {}
    sent = len(answers) == len(QUESTIONS)
    if said != "/report" and not sent:
        answers[QUESTIONS[len(answers)].key] = said
    database.execute(KEEP, (person, json.dumps(answers), sent))
    if sent:
        return THANKS, ()
    if len(answers) == len(QUESTIONS):
        return summary(answers), (SEND,)
    question = QUESTIONS[len(answers)]
    return question.prompt, question.choices


def turn(database: sqlite3.Connection, update: Json) -> list[Call]:
    """Keep what the update says, and return the calls that answer it."""
    if query := update.get("callback_query"):
        text, choices = answered(database, query["from"]["id"], query["data"])
        place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        return [
            ("answerCallbackQuery", {"callback_query_id": query["id"]}),
            ("editMessageText", {**place, "text": text, **keyboard(choices)}),
        ]
    message = update["message"]
    text, choices = answered(database, message["from"]["id"], message["text"])
    return [("sendMessage", {"chat_id": message["chat"]["id"], "text": text, **keyboard(choices)})]


async def main() -> None:
    this = asyncio.current_task()
    assert this is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    database = sqlite3.connect("people.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute(TABLES)
    root = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['BOT_TOKEN']}"
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, parameters: dict[str, Any]) -> Any:
            async with session.post(f"{root}/{method}", json=parameters) as response:
                return (await response.json())["result"]

        replies: set[asyncio.Task[Any]] = set()
        offset = 0
        while True:
            updates = await ask("getUpdates", {"offset": offset, "timeout": 25})
            database.execute("BEGIN IMMEDIATE")
            calls = [call for update in updates for call in turn(database, update)]
            database.execute("COMMIT")
            for method, parameters in calls:
                reply = asyncio.create_task(ask(method, parameters))
                replies.add(reply)
                reply.add_done_callback(replies.discard)
            offset = max((update["update_id"] + 1 for update in updates), default=offset)


if __name__ == "__main__":
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(main())
