"""Answers for methods that are not played out: the smallest value of the type the specification promises."""

import re
from collections.abc import Sequence
from typing import Any

from bot.botapi.cloud import Call
from bot.botapi.errors import SpecError
from bot.botapi.methods.sending import send
from bot.botapi.methods.targets import chat_known, message_there
from bot.botapi.spec import TYPES, Mismatch, check_for
from bot.botapi.world import Json

ZEROS: dict[str, Any] = {"Integer": 0, "Float": 0.0, "String": "", "Boolean": True}


def plausible(call: Call) -> Any:
    """What `call` returns by its type; a message it sends or edits is a real one."""
    now = call.world.clock.now()
    if "Message" in call.method.returns:
        if "message_id" in call.params and "chat_id" in call.params:
            chat = chat_known(call.world, call.params["chat_id"])
            return message_there(chat, call.params["message_id"], "edit").body
        if "inline_message_id" in call.params:
            return True
        return send(call, sent_content(call, now))
    if call.method.returns == ("Boolean",) and "chat_id" in call.params:
        chat_known(call.world, call.params["chat_id"])
    return example(call.method.returns, call.params, now)


def sent_content(call: Call, now: float) -> Json:
    """What the message of a method such as sendPoll holds: the field of Message that is named like it."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", call.method.name.removeprefix("send")).lower()
    field = TYPES["Message"]["fields"].get(name)
    if field is None:
        return {"text": call.method.name}
    return {name: example(tuple(field["types"]), call.params, now)}


def example(types: Sequence[str], given: Json, now: float) -> Any:
    """A value of the first of `types`; fields that `given` has in the right type are taken over from it."""
    name = types[0]
    if name in ZEROS:
        return ZEROS[name]
    if name.startswith("Array of "):
        return []
    described = TYPES[name]
    if "subtypes" in described:
        return example(described["subtypes"], given, now)
    made: Json = {}
    for field_name, field in described["fields"].items():
        if field_name in given and fits(field["types"], given[field_name]):
            made[field_name] = given[field_name]
        elif "equals" in field:
            made[field_name] = field["equals"]
        elif field.get("required"):
            made[field_name] = int(now) if field_name == "date" else least(field, given, now)
    return made


def least(field: Json, given: Json, now: float) -> Any:
    """The smallest value a required field may have."""
    value = example(field["types"], given, now)
    match field.get("unit"):
        case "value":
            return max(value, field["least"])
        case "characters" | "bytes" | "parsed":
            return "x" * field["least"]
        case _:
            return value


def fits(types: Sequence[str], value: Any) -> bool:
    """Whether `value` is of one of `types`."""
    try:
        check_for(tuple(types))(value, [])
    except (Mismatch, SpecError):
        return False
    return True
