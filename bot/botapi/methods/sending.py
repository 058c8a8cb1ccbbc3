"""The methods that send new messages to a chat."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.botapi.cloud import media
from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Json
from bot.botapi.methods.targets import chat_to_write_to, in_topic, receiver_of, replaced_by, replied_to
from bot.botapi.rich.blocks import rich_message

CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def send(call: Call, content: Json, count: int = 1) -> Json:
    """Send a message with `content` to the chat of `call`; it counts as `count` messages for the flood limits."""
    chat = chat_to_write_to(call)
    call.cloud.flood.spend(chat.id, count)
    if call.get("protect_content"):
        content = {**content, "has_protected_content": True}
    receiver = receiver_of(call, chat)
    content = {**in_topic(call, chat), **content}
    if call.get("reply_parameters"):
        content = {**replied_to(call, chat), **content}
    return call.world.bot_message(
        chat, content, call.get("reply_markup"), receiver=receiver, replaces=replaced_by(call)
    )


def picked(params: Mapping[str, Any], *names: str) -> Json:
    """Returns the entries of `params` with the keys `names`."""
    return {name: params[name] for name in names if name in params}


def send_message(call: Call) -> Json:
    """sendMessage."""
    return send(call, picked(call.params, "text", "entities", "link_preview_options"))


def send_rich_message(call: Call) -> Json:
    """sendRichMessage."""
    chat = chat_to_write_to(call)
    return send(call, {"rich_message": rich_message(call.world, chat, call.params["rich_message"], call.uploads)})


def sender_of(kind: str) -> Callable[[Call], Json]:
    """Returns the method that sends a file as `kind`: sendPhoto, sendDocument…"""

    def send_file(call: Call) -> Json:
        chat = chat_to_write_to(call)
        _, shown = media.sent_by_bot(call.world, chat, kind, call.params[kind], call.uploads)
        own = shown[kind]
        if isinstance(own, dict):
            own |= picked(call.params, "duration", "width", "height", "length", "performer", "title", "emoji")
        spoiler = {"has_media_spoiler": True} if call.get("has_spoiler") else {}
        return send(call, {**shown, **picked(call.params, *CAPTION), **spoiler})

    return send_file


def send_media_group(call: Call) -> list[Json]:
    """sendMediaGroup: one message for each item, with a common album id."""
    chat = chat_to_write_to(call)
    items = call.params["media"]
    shown = [media.sent_by_bot(call.world, chat, item["type"], item["media"], call.uploads)[1] for item in items]
    call.cloud.flood.spend(chat.id, len(items))
    group = {"media_group_id": call.world.new_query_id(), **replied_to(call, chat)}
    return [
        call.world.bot_message(chat, {**group, **content, **picked(item, *CAPTION)})
        for item, content in zip(items, shown, strict=True)
    ]


def send_poll(call: Call) -> Json:
    """sendPoll; nobody votes here."""
    options = [
        {**picked(option, "text", "text_entities"), "persistent_id": str(number), "voter_count": 0}
        for number, option in enumerate(call.params["options"])
    ]
    poll: Json = {
        "id": call.world.new_query_id(),
        **picked(call.params, "question", "question_entities", "explanation", "explanation_entities"),
        **picked(call.params, "correct_option_ids", "open_period", "close_date", "description", "country_codes"),
        "options": options,
        "type": call.get("type", "regular"),
        "is_anonymous": call.get("is_anonymous", True),
        "total_voter_count": 0,
        **{
            name: call.get(name, False)
            for name in ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
        },
    }
    return send(call, {"poll": poll})


def send_location(call: Call) -> Json:
    """sendLocation."""
    names = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    return send(call, {"location": picked(call.params, *names)})


def send_contact(call: Call) -> Json:
    """sendContact."""
    return send(call, {"contact": picked(call.params, "phone_number", "first_name", "last_name", "vcard")})


def send_chat_action(call: Call) -> bool:
    """sendChatAction: "typing…" for a few seconds."""
    chat = chat_to_write_to(call)
    call.world.change(chat, "action", None, text=call.params["action"])
    return True


HANDLERS = {
    "sendMessage": send_message,
    "sendRichMessage": send_rich_message,
    "sendMediaGroup": send_media_group,
    "sendPoll": send_poll,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
    "sendPhoto": sender_of("photo"),
    "sendDocument": sender_of("document"),
    "sendVoice": sender_of("voice"),
    "sendAudio": sender_of("audio"),
    "sendVideo": sender_of("video"),
    "sendAnimation": sender_of("animation"),
    "sendVideoNote": sender_of("video_note"),
    "sendSticker": sender_of("sticker"),
}
