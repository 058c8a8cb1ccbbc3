"""Answers of methods that are not simulated: the smallest value of the specified type."""

import re
from typing import Any

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.examples import example
from bot.botapi.cloud.world import Json
from bot.botapi.methods.sending import send
from bot.botapi.methods.targets import chat_known, message_there
from bot.botapi.specification.description import TYPES

PURPOSES = {"pinChatMessage": "pin", "unpinChatMessage": "unpin", "setMessageReaction": "react"}


def plausible(call: Call) -> Any:
    """Returns the smallest result of the specified type; a message it sends, or one it is about, is a real one."""
    now = call.world.clock.now()
    gives_message = "Message" in call.method.returns
    if "inline_message_id" in call.params and gives_message:
        return True
    if "chat_id" in call.params and "message_id" in call.params:
        chat = chat_known(call.world, call.params["chat_id"])
        message = message_there(chat, call.params["message_id"], PURPOSES.get(call.method.name, "edit"))
        if gives_message:
            return message.body
    elif gives_message:
        return send(call, sent_content(call, now))
    elif "chat_id" in call.params:
        chat_known(call.world, call.params["chat_id"])
    return example(call.method.returns, call.params, now)


def sent_content(call: Call, now: float) -> Json:
    """Returns the content of the message of a method such as sendPoll: the field of Message with the same name."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", call.method.name.removeprefix("send")).lower()
    field = TYPES["Message"]["fields"].get(name)
    if field is None:
        return {"text": call.method.name}
    return {name: example(tuple(field["types"]), call.params, now)}
