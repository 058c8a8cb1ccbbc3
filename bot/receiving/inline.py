"""Inline queries in any chat: answers with public initiatives. Nothing of the query is stored."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from telegram.error import TelegramError

from bot.language.catalogues import Catalogues, shortened
from bot.receiving.surroundings import surroundings
from bot.runtime.errors import UnreadableUpdate
from bot.runtime.logs import described
from bot.telegram.api import BotApi
from bot.telegram.rendering import render
from bot.telegram.updates import INLINE, Asked, read_inline
from conversations.context.context import Context
from conversations.flows.search.card import passed_on
from conversations.flows.search.wanted import read_wanted
from conversations.language.languages import guess
from conversations.model.initiatives import Initiative, Sharing
from conversations.model.people.person import Person
from conversations.model.search import MOST
from conversations.reading.text import clean_line
from storage.engine.errors import StorageClosed
from storage.registers.port import StoredRegisters
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.inline")

PAGE = 10
"""Results in one answer; Telegram asks for more when the person scrolls."""

CACHED_SECONDS = 60
"""How long Telegram may cache an answer, and thus still offer a withdrawn initiative."""

AT_ONCE = 4
LONGEST_QUERY = 100
LONGEST_DESCRIPTION = 120

EVERYBODY: frozenset[Sharing] = frozenset({"public"})
"""The kinds of sharing that every reader of any chat may see, whatever the asker may see."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The answer to one query: results in Telegram's form, and the offset of the next ones ("": no more)."""

    results: list[dict[str, Any]]
    next_offset: str


class Inline:
    """Answers inline queries. Of several queries of one person only the last is answered."""

    def __init__(
        self,
        storage: Storage,
        api: BotApi,
        catalogues: Catalogues,
        timezone: ZoneInfo,
        language: str,
        bot_name: Callable[[], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._api = api
        self._catalogues = catalogues
        self._registers = StoredRegisters(catalogues.spellings)
        self._timezone = timezone
        self._language = language
        self._bot_name = bot_name
        self._clock = clock
        self._asking: dict[int, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    def asked(self, update: Mapping[str, Any]) -> None:
        """Answer a query soon, unless the person sends another one first."""
        try:
            query = read_inline(update[INLINE])
        except UnreadableUpdate as error:
            log.info("inline question cannot be read", reason=str(error))
            return
        if before := self._asking.get(query.person):
            before.cancel()
        task = asyncio.create_task(self._answer(query), name=f"inline {query.person}")
        self._asking[query.person] = task
        task.add_done_callback(partial(self._done, query.person))

    async def stop(self) -> None:
        """Stop answering."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, person: int, task: asyncio.Task[None]) -> None:
        if self._asking.get(person) is task:
            del self._asking[person]

    async def _answer(self, query: Asked) -> None:
        try:
            async with self._turns:
                offer = await self._storage.read(partial(self._offer, query))
                answer = {
                    "inline_query_id": query.id,
                    "results": offer.results,
                    "next_offset": offer.next_offset,
                    "cache_time": CACHED_SECONDS,
                    "is_personal": True,  # a card is in the language of the person who asks
                }
                await self._api.ask("answerInlineQuery", answer)
        except TelegramError as error:
            log.info("inline question not answered", reason=error.message)  # usually it was too late
        except StorageClosed:
            pass
        except Exception as error:  # noqa: BLE001 - one question is no reason to answer no others
            log.warning("inline question failed", **described(error))

    def _offer(self, query: Asked, work: UnitOfWork) -> Offer:
        known = work.members.of_telegram(query.person)
        language = known.language if known else guess(query.language_tag, self._language)
        # Anybody may read the card, so the asker's own rights do not count.
        nobody = Person(0, language)
        context = surroundings(work, nobody, self._clock(), self._timezone, self._registers, self._bot_name())
        wanted = read_wanted(clean_line(query.words)[:LONGEST_QUERY], context)
        numbers = work.search.find(wanted, EVERYBODY, MOST).numbers
        page = numbers[query.offset : query.offset + PAGE]
        more = query.offset + PAGE < len(numbers)
        found = work.initiatives.numbered(page, EVERYBODY)
        return Offer([self._result(each, context) for each in found], str(query.offset + PAGE) if more else "")

    def _result(self, initiative: Initiative, context: Context) -> dict[str, Any]:
        (message, *_rest) = render(passed_on(initiative, context), self._catalogues[context.person.language])
        keyboard = {"reply_markup": message.pop("reply_markup")} if "reply_markup" in message else {}
        where = ", ".join(part for part in (initiative.library, initiative.place) if part)
        return {
            "type": "article",
            "id": initiative.id,
            "title": initiative.title or initiative.id,
            "description": shortened(f"{where}: {initiative.summary}".removeprefix(": "), LONGEST_DESCRIPTION),
            "input_message_content": {
                "message_text": message["text"],
                "parse_mode": message["parse_mode"],
                "link_preview_options": message["link_preview_options"],
            },
            **keyboard,
        }
