"""A bot with aiogram that does what tests/clients/checks.py asks of it."""

import asyncio
import base64
import io
import os
from collections.abc import Awaitable
from urllib.parse import urlsplit

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.filters import Command, CommandObject
from aiogram.methods import SendMessage
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

CODES = {"TelegramBadRequest": 400, "TelegramForbiddenError": 403}

server = TelegramAPIServer.from_base(os.environ["API_ROOT"])
bot = Bot(os.environ["TOKEN"], session=AiohttpSession(api=server))
told = Dispatcher()


def picture() -> BufferedInputFile:
    return BufferedInputFile(base64.b64decode(os.environ["PICTURE"]), "a.png")


async def refusal(message: Message, action: Awaitable[object]) -> None:
    try:
        await action
    except TelegramRetryAfter as error:
        await message.answer(f"429 {error.retry_after}")
    except TelegramAPIError as error:
        await message.answer(f"{CODES[type(error).__name__]} {error.message}")
    else:
        await message.answer("nothing was refused")


@told.message(Command("me"))
async def me(message: Message) -> None:
    known = await bot.get_me()
    await bot.set_my_commands([BotCommand(command="me", description="Me")])
    await message.answer(f"{known.username} {len(await bot.get_my_commands())}")


@told.message(Command("html"))
async def html(message: Message) -> None:
    await message.answer("<b>a</b> &amp; <code>b</code>", parse_mode="HTML")


@told.message(Command("markdown"))
async def markdown(message: Message) -> None:
    await message.answer("*a* b\\.", parse_mode="MarkdownV2")


@told.message(Command("edit"))
async def edit(message: Message) -> None:
    sent = await message.answer("before")
    await sent.edit_text("after")


@told.message(Command("keyboard"))
async def keyboard(message: Message) -> None:
    button = InlineKeyboardButton(text="Button", callback_data="data")
    await message.answer("Press", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))


@told.callback_query(F.data == "data")
async def pressed(query: CallbackQuery) -> None:
    await query.answer("Toast")
    if isinstance(query.message, Message):
        await query.message.edit_text("pressed")


@told.message(Command("upload"))
async def upload(message: Message) -> None:
    await message.answer_photo(picture(), caption="photo")
    await message.answer_document(BufferedInputFile(b"content", "a.txt"), caption="document")


@told.message(F.document)
async def document(message: Message) -> None:
    content = await bot.download(message.document, io.BytesIO())
    await message.answer(f"got {content.read().decode()}")


@told.message(Command("poll"))
async def poll(message: Message) -> None:
    await message.answer_poll("Question?", ["Yes", "No"])


@told.message(Command("album"))
async def album(message: Message) -> None:
    await message.answer_media_group(
        [InputMediaPhoto(media=picture(), caption="one"), InputMediaPhoto(media=picture())]
    )


@told.message(Command("e400"))
async def e400(message: Message) -> None:
    await refusal(message, bot.edit_message_text("x", chat_id=message.chat.id, message_id=99999))


@told.message(Command("e403"))
async def e403(message: Message, command: CommandObject) -> None:
    await refusal(message, bot.send_message(int(command.args or 0), "x"))


@told.message(Command("e429"))
async def e429(message: Message) -> None:
    await refusal(message, bot.send_message(message.chat.id, "x"))


@told.message(Command("answer"))
async def answer(message: Message) -> SendMessage:
    return message.answer("answered")


async def main() -> None:
    hook = urlsplit(os.environ.get("HOOK", ""))
    if not hook.port:
        told.startup.register(lambda: print("ready", flush=True))
        await told.start_polling(bot)
        return
    app = web.Application()
    SimpleRequestHandler(told, bot, handle_in_background=False).register(app, path=hook.path)
    setup_application(app, told, bot=bot)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", hook.port).start()
    await bot.set_webhook(hook.geturl())
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
