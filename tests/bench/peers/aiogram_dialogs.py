"""aiogram-dialog: a window for each question, with the storage in memory that is aiogram's default."""

import asyncio
import os
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs, utils
from aiogram_dialog.widgets.input import TextInput
from aiogram_dialog.widgets.kbd import Column, Next, Select
from aiogram_dialog.widgets.text import Const, Format

from tests.bench.peers.questions import QUESTIONS, SEND, THANKS, Question, summary


class Report(StatesGroup):
    library = State()
    status = State()
    title = State()
    summary = State()
    theme = State()
    target_group = State()
    setting = State()
    start = State()
    frequency = State()
    partners = State()
    outcome = State()
    sharing = State()
    confirm = State()
    sent = State()


async def write(_message: Message, field: Any, manager: DialogManager, text: str) -> None:
    manager.dialog_data[field.widget_id] = text
    await manager.next()


async def press(_query: CallbackQuery, field: Any, manager: DialogManager, choice: str) -> None:
    manager.dialog_data[field.widget_id] = choice
    await manager.next()


async def read_over(dialog_manager: DialogManager, **_: Any) -> dict[str, str]:
    return {"summary": summary(dialog_manager.dialog_data)}


def window(question: Question) -> Window:
    state = getattr(Report, question.key)
    if not question.choices:
        return Window(Const(question.prompt), TextInput(id=question.key, on_success=write), state=state)
    choices = Select(
        Format("{item}"), id=question.key, item_id_getter=str, items=list(question.choices), on_click=press
    )
    return Window(Const(question.prompt), Column(choices), state=state)


report = Dialog(
    *(window(question) for question in QUESTIONS),
    Window(Format("{summary}"), Next(Const(SEND)), state=Report.confirm, getter=read_over),
    Window(Const(THANKS), state=Report.sent),
)

# In place of a control character, which the local server takes out of what buttons carry.
utils.CB_SEP = "|"

# One person's updates one after another: without it a press that comes before the last one is done leads astray.
dispatcher = Dispatcher(events_isolation=SimpleEventIsolation())


@dispatcher.message(Command("report"))
async def begin(_message: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Report.library, mode=StartMode.RESET_STACK)


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"]))
    dispatcher.include_router(report)
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(main())
