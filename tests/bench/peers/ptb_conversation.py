"""python-telegram-bot: a ConversationHandler that a PicklePersistence keeps, with its own defaults."""

import os
from pathlib import Path
from typing import Any, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.bench.peers.questions import QUESTIONS, SEND, THANKS, Question, summary

Context: TypeAlias = ContextTypes.DEFAULT_TYPE

CONFIRM = len(QUESTIONS)


def keyboard(choices: tuple[str, ...]) -> InlineKeyboardMarkup | None:
    if not choices:
        return None
    return InlineKeyboardMarkup.from_column([InlineKeyboardButton(choice, callback_data=choice) for choice in choices])


async def show(update: Update, text: str, choices: tuple[str, ...] = ()) -> None:
    if query := update.callback_query:
        await query.answer()
        await query.edit_message_text(text, reply_markup=keyboard(choices))
    elif update.message:
        await update.message.reply_text(text, reply_markup=keyboard(choices))


async def begin(update: Update, context: Context) -> int:
    answers(context).clear()
    await show(update, QUESTIONS[0].prompt, QUESTIONS[0].choices)
    return 0


def answers(context: Context) -> dict[Any, Any]:
    assert context.user_data is not None
    return context.user_data


async def write(update: Update, context: Context) -> int:
    assert update.message is not None
    return await go_on(update, context, update.message.text)


async def press(update: Update, context: Context) -> int:
    assert update.callback_query is not None
    return await go_on(update, context, update.callback_query.data)


async def go_on(update: Update, context: Context, answer: str | None) -> int:
    kept = answers(context)
    number = len(kept)
    kept[QUESTIONS[number].key] = answer
    if number + 1 == len(QUESTIONS):
        await show(update, summary(kept), (SEND,))
        return CONFIRM
    question = QUESTIONS[number + 1]
    await show(update, question.prompt, question.choices)
    return number + 1


async def send(update: Update, _context: Context) -> int:
    await show(update, THANKS)
    return ConversationHandler.END


def handler(question: Question) -> Any:
    return CallbackQueryHandler(press) if question.choices else MessageHandler(filters.TEXT & ~filters.COMMAND, write)


def main() -> None:
    root = os.environ["TELEGRAM_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .persistence(PicklePersistence(Path("conversations.pickle")))
        .build()
    )
    conversation: Any = ConversationHandler(
        entry_points=[CommandHandler("report", begin)],
        states={
            **{number: [handler(question)] for number, question in enumerate(QUESTIONS)},
            CONFIRM: [CallbackQueryHandler(send)],
        },
        fallbacks=[CommandHandler("report", begin)],
        name="report",
        persistent=True,
    )
    application.add_handler(conversation)
    application.run_polling()


if __name__ == "__main__":
    main()
