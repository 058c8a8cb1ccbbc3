"""aiogram: its finite state machine with the storage in memory that is its default."""

import asyncio
import os

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.peers.questions import QUESTIONS, SEND, THANKS, Question, summary


class Report(StatesGroup):
    writing = State()
    choosing = State()
    confirming = State()


dispatcher = Dispatcher()


def keyboard(choices: tuple[str, ...]) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(text=choice, callback_data=choice)] for choice in choices]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


async def keep(answer: str | None, state: FSMContext) -> tuple[str, tuple[str, ...]]:
    """Keep `answer`, go on, and return what to show: a text and choices."""
    answers = (await state.get_data())["answers"]
    answers = {**answers, QUESTIONS[len(answers)].key: answer}
    await state.update_data(answers=answers)
    if len(answers) == len(QUESTIONS):
        await state.set_state(Report.confirming)
        return summary(answers), (SEND,)
    question = QUESTIONS[len(answers)]
    await stand_at(question, state)
    return question.prompt, question.choices


async def stand_at(question: Question, state: FSMContext) -> None:
    await state.set_state(Report.choosing if question.choices else Report.writing)


@dispatcher.message(Command("report"))
async def begin(message: Message, state: FSMContext) -> None:
    await state.set_data({"answers": {}})
    await stand_at(QUESTIONS[0], state)
    await message.answer(QUESTIONS[0].prompt, reply_markup=keyboard(QUESTIONS[0].choices))


@dispatcher.message(Report.writing, F.text)
async def write(message: Message, state: FSMContext) -> None:
    text, choices = await keep(message.text, state)
    await message.answer(text, reply_markup=keyboard(choices))


@dispatcher.callback_query(Report.choosing)
async def press(query: CallbackQuery, state: FSMContext) -> None:
    text, choices = await keep(query.data, state)
    await query.answer()
    await query.message.edit_text(text, reply_markup=keyboard(choices))


@dispatcher.callback_query(Report.confirming, F.data == SEND)
async def send(query: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await query.answer()
    await query.message.edit_text(THANKS)


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"]))
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(main())
