"""Checks with Telegram that people who add the bot to a group or channel are administrators there.

It asks when the bot is added, before they change the chat's subscriptions, and once a day.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.language.catalogues import Catalogues
from bot.runtime.logs import described
from bot.runtime.timers import Timer
from bot.sending.notices import notify
from bot.telegram.api import BotApi
from conversations.context.session import Notice
from conversations.flows.subscriptions.editor_chats import no_longer, not_administrator, ready
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from storage.subscriptions.subscribed_chats import AskedChat

log = structlog.get_logger("meldind.administrators")

LOOK_SECONDS = 30.0
ADMINISTRATORS = ("creator", "administrator")


class Administrators:
    """Asks Telegram about waiting chats, and notifies the people who added the bot of the result."""

    def __init__(
        self,
        api: BotApi,
        storage: Storage,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._api = api
        self._storage = storage
        self._catalogues = catalogues
        self._hand_on = hand_on
        self._clock = clock
        self.timer = Timer("chats to ask about", LOOK_SECONDS, self._ask_about_all)

    async def _ask_about_all(self) -> None:
        now = self._clock()
        for chat in await self._storage.read(lambda work: work.subscribed_chats.asked(now)):
            await self._ask(chat)

    async def _ask(self, asked: AskedChat) -> None:
        try:
            found = await self._api.ask("getChatMember", {"chat_id": asked.chat, "user_id": asked.telegram_id})
            may = found.get("status") in ADMINISTRATORS
        except (BadRequest, Forbidden):  # the bot is no longer there
            may = False
        except TelegramError as error:
            log.warning("cannot ask about an administrator, trying again", **described(error))
            return
        self._hand_on(await self._storage.write(partial(self._answered, asked, may)))

    def _answered(self, asked: AskedChat, may: bool, work: UnitOfWork) -> list[OutboxRow]:
        now = self._clock()
        if asked.again:
            return self._answered_again(asked, may, now, work)
        key = f"subscribed chat:{asked.chat}"
        if may:
            screen = ready(asked.chat, asked.title) if work.subscribed_chats.open(asked.chat, now) else None
            notices = [Notice(asked.person, screen, key, "anew")] if screen else []
            return notify(work, notices, self._catalogues, now)
        work.subscribed_chats.forget(asked.chat, now)
        leave = work.outbox.add(
            Outgoing(chat_id=asked.chat, method="leaveChat", payload={}, kind="reply", due_at=now, key=f"leave:{key}")
        )
        told = notify(work, [Notice(asked.person, not_administrator(asked.title), key, "anew")], self._catalogues, now)
        return [leave, *told]

    def _answered_again(self, asked: AskedChat, may: bool, now: datetime, work: UnitOfWork) -> list[OutboxRow]:
        if may:
            work.subscribed_chats.sure(asked.chat, asked.person, now)
            return []
        if not work.subscribed_chats.orphan(asked.chat, asked.person):
            return []
        told = Notice(asked.person, no_longer(asked.title), f"subscribed chat:{asked.chat}", "anew")
        return notify(work, [told], self._catalogues, now)
