"""A bot with pyTelegramBotAPI that does what tests/clients/checks.py asks of it."""

import base64
import io
import os
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import telebot
from telebot import apihelper
from telebot.types import (
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    Message,
    Update,
)

apihelper.API_URL = os.environ["API_ROOT"] + "/bot{0}/{1}"
apihelper.FILE_URL = os.environ["API_ROOT"] + "/file/bot{0}/{1}"
bot = telebot.TeleBot(os.environ["TOKEN"], threaded=False)


def picture() -> io.BytesIO:
    file = io.BytesIO(base64.b64decode(os.environ["PICTURE"]))
    file.name = "a.png"
    return file


def refusal(message: Message, action: Callable[[], object]) -> None:
    try:
        action()
    except apihelper.ApiTelegramException as error:
        given = error.result_json.get("parameters", {})
        bot.send_message(message.chat.id, f"{error.error_code} {given.get('retry_after', error.description)}")
    else:
        bot.send_message(message.chat.id, "nothing was refused")


@bot.message_handler(commands=["me"])
def me(message: Message) -> None:
    known = bot.get_me()
    bot.set_my_commands([BotCommand("me", "Me")])
    bot.send_message(message.chat.id, f"{known.username} {len(bot.get_my_commands())}")


@bot.message_handler(commands=["html"])
def html(message: Message) -> None:
    bot.send_message(message.chat.id, "<b>a</b> &amp; <code>b</code>", parse_mode="HTML")


@bot.message_handler(commands=["markdown"])
def markdown(message: Message) -> None:
    bot.send_message(message.chat.id, "*a* b\\.", parse_mode="MarkdownV2")


@bot.message_handler(commands=["edit"])
def edit(message: Message) -> None:
    sent = bot.send_message(message.chat.id, "before")
    bot.edit_message_text("after", sent.chat.id, sent.message_id)


@bot.message_handler(commands=["keyboard"])
def keyboard(message: Message) -> None:
    markup = InlineKeyboardMarkup().add(InlineKeyboardButton("Button", callback_data="data"))
    bot.send_message(message.chat.id, "Press", reply_markup=markup)


@bot.callback_query_handler(func=lambda query: query.data == "data")
def pressed(query: CallbackQuery) -> None:
    bot.answer_callback_query(query.id, "Toast")
    bot.edit_message_text("pressed", query.message.chat.id, query.message.message_id)


@bot.message_handler(commands=["upload"])
def upload(message: Message) -> None:
    bot.send_photo(message.chat.id, picture(), caption="photo")
    bot.send_document(message.chat.id, ("a.txt", b"content"), caption="document")


@bot.message_handler(content_types=["document"])
def document(message: Message) -> None:
    content = bot.download_file(bot.get_file(message.document.file_id).file_path)
    bot.send_message(message.chat.id, f"got {content.decode()}")


@bot.message_handler(commands=["poll"])
def poll(message: Message) -> None:
    bot.send_poll(message.chat.id, "Question?", [InputPollOption("Yes"), InputPollOption("No")])


@bot.message_handler(commands=["album"])
def album(message: Message) -> None:
    bot.send_media_group(message.chat.id, [InputMediaPhoto(picture(), caption="one"), InputMediaPhoto(picture())])


@bot.message_handler(commands=["e400"])
def e400(message: Message) -> None:
    refusal(message, lambda: bot.edit_message_text("x", message.chat.id, 99999))


@bot.message_handler(commands=["e403"])
def e403(message: Message) -> None:
    refusal(message, lambda: bot.send_message(int(message.text.split()[1]), "x"))


@bot.message_handler(commands=["e429"])
def e429(message: Message) -> None:
    refusal(message, lambda: bot.send_message(message.chat.id, "x"))


class Hook(BaseHTTPRequestHandler):
    """Hands what is posted to the bot."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        bot.process_new_updates([Update.de_json(body.decode())])

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


hook = urlsplit(os.environ.get("HOOK", ""))
if hook.port:
    server = ThreadingHTTPServer(("127.0.0.1", hook.port), Hook)
    bot.set_webhook(hook.geturl())
    print("ready", flush=True)
    server.serve_forever()
else:
    print("ready", flush=True)
    bot.infinity_polling(timeout=5, long_polling_timeout=5)
