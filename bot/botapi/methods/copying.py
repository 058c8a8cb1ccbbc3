"""The methods that send a message again: forwarded with its origin, or copied without."""

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Json, content_of
from bot.botapi.methods.sending import CAPTION, picked, send
from bot.botapi.methods.targets import chat_known, message_there
from bot.botapi.specification.errors import bad_request


def source(call: Call, message_id: int, purpose: str) -> Json:
    """Returns the body of the message to forward or copy."""
    chat = chat_known(call.world, call.params["from_chat_id"])
    body = message_there(chat, message_id, purpose).body
    if body.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return body


def forwarded(body: Json) -> Json:
    """Returns the content of a forwarded `body`: without its keyboard, with its origin."""
    content = {name: value for name, value in content_of(body).items() if name != "reply_markup"}
    origin = body.get("forward_origin") or {"type": "user", "date": body["date"], "sender_user": body["from"]}
    return {**content, "forward_origin": origin}


def copied(call: Call, body: Json) -> Json:
    """Returns the content of a copied `body`, with another caption if `call` gives one."""
    content = {name: value for name, value in content_of(body).items() if name != "reply_markup"}
    if "caption" in call.params and "text" not in content:
        content = {name: value for name, value in content.items() if name not in CAPTION} | picked(
            call.params, *CAPTION
        )
    return content


def forward_message(call: Call) -> Json:
    """forwardMessage."""
    return send(call, forwarded(source(call, call.params["message_id"], "forward")))


def forward_messages(call: Call) -> list[Json]:
    """forwardMessages."""
    bodies = [source(call, message_id, "forward") for message_id in call.params["message_ids"]]
    return [picked(send(call, forwarded(body)), "message_id") for body in bodies]


def copy_message(call: Call) -> Json:
    """copyMessage."""
    return picked(send(call, copied(call, source(call, call.params["message_id"], "copy"))), "message_id")


def copy_messages(call: Call) -> list[Json]:
    """copyMessages."""
    bodies = [source(call, message_id, "copy") for message_id in call.params["message_ids"]]
    return [picked(send(call, copied(call, body)), "message_id") for body in bodies]


HANDLERS = {
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
}
