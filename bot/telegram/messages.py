"""Reads a message into the event of its kind."""

import re
from collections.abc import Mapping
from typing import Any

from bot.telegram.linked import with_addresses
from bot.telegram.mime import kind_told
from conversations.engine.commands import COMMANDS
from conversations.language.events import (
    Commanded,
    Event,
    File,
    FileKind,
    SentFile,
    SentUnsupported,
    SharedContact,
    SharedLocation,
    Wrote,
)
from conversations.reading.text import clean_line, clean_text, length_utf16

LARGEST_NUMBER = 2**63 - 1
"""The largest number that the database can store; Telegram's ids are far smaller."""

# Up to 32 letters, digits and underscores, as Telegram recognises commands; a title such as "//Nethood" is not one.
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)

_COMMANDS = frozenset(command.name for command in COMMANDS)

# Fields of service messages, which report a change of the chat and not something a person sent.
_SERVICE = frozenset(
    {
        "boost_added",
        "channel_chat_created",
        "chat_background_set",
        "chat_owner_changed",
        "chat_owner_left",
        "chat_shared",
        "checklist_tasks_added",
        "checklist_tasks_done",
        "community_chat_added",
        "community_chat_joined",
        "community_chat_removed",
        "connected_website",
        "delete_chat_photo",
        "direct_message_price_changed",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "gift",
        "gift_upgrade_sent",
        "giveaway_completed",
        "giveaway_created",
        "group_chat_created",
        "left_chat_member",
        "managed_bot_created",
        "message_auto_delete_timer_changed",
        "migrate_from_chat_id",
        "migrate_to_chat_id",
        "new_chat_members",
        "new_chat_photo",
        "new_chat_title",
        "paid_message_price_changed",
        "passport_data",
        "pinned_message",
        "poll_option_added",
        "poll_option_deleted",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "suggested_post_approval_failed",
        "suggested_post_approved",
        "suggested_post_declined",
        "suggested_post_paid",
        "suggested_post_refunded",
        "supergroup_chat_created",
        "unique_gift",
        "users_shared",
        "video_chat_ended",
        "video_chat_participants_invited",
        "video_chat_scheduled",
        "video_chat_started",
        "web_app_data",
        "write_access_allowed",
    }
)

_UNSUPPORTED = (
    "sticker",
    "dice",
    "video_note",
    "audio",
    "live_photo",
    "video",
    "animation",
    "poll",
    "story",
    "game",
    "paid_media",
    "checklist",
    "invoice",
    "giveaway",
    "giveaway_winners",
    "rich_message",
)


def read_message(message: Mapping[str, Any]) -> Event | None:
    """Returns the event of a message; None: a service message. Raises KeyError, TypeError or ValueError if
    malformed.
    """
    number = message["message_id"]
    if type(number) is not int or not 0 <= number <= LARGEST_NUMBER:
        raise TypeError("a message without a number")
    forwarded = "forward_origin" in message
    if "text" in message:
        return _written(message, number, forwarded=forwarded)
    if file := _file(message):
        return SentFile(
            file=file,
            caption=clean_text(said(message)[0]),
            album=identifier(message.get("media_group_id", "")),
            message=number,
            forwarded=forwarded,
        )
    if "venue" in message:  # also has the field location
        venue = message["venue"]
        return _located(venue["location"], clean_line(_text(venue["title"])), number)
    if "location" in message:
        return _located(message["location"], "", number)
    if "contact" in message:
        card = message["contact"]
        name = clean_line(f"{_text(card['first_name'])} {_text(card.get('last_name', ''))}")
        return SharedContact(name, clean_line(_text(card["phone_number"])), number)
    return _something_else(message, number)


def said(message: Mapping[str, Any]) -> tuple[str, str]:
    """Returns the text or caption of a message: with the addresses of its links, and as it was typed."""
    of = "text" if "text" in message else "caption"
    typed = _text(message.get(of, ""))
    return with_addresses(typed, message.get("entities" if of == "text" else "caption_entities", [])), typed


def _written(message: Mapping[str, Any], number: int, *, forwarded: bool) -> Event:
    text, typed = said(message)
    cleaned = clean_text(typed)
    # A forwarded "/start" is another person's text, not a command.
    if not forwarded and (command := _COMMAND.fullmatch(cleaned)):
        name = command[1].lower()
        # Text that is not a command may be an answer that begins with a slash; it is passed on unchanged.
        return Commanded(name, (command[2] or "").strip() if name in _COMMANDS else cleaned, number)
    whole = clean_text(text)
    sent = message.get("date")
    return Wrote(
        whole,
        number,
        forwarded=forwarded,
        plain=cleaned if cleaned != whole else "",
        length=length_utf16(typed),
        sent=sent if type(sent) is int else 0,
    )


def _file(message: Mapping[str, Any]) -> File | None:
    if message.get("photo"):
        largest = max(message["photo"], key=_extent)
        return _as_file("photo", largest, mime="image/jpeg")
    if "animation" in message:  # also has the field document, for clients without animations
        return None
    if "document" in message:
        document = message["document"]
        name = clean_line(_text(document.get("file_name", "")))
        return _as_file("document", document, mime=kind_told(_text(document.get("mime_type", "")), name))
    if "voice" in message:
        voice = message["voice"]
        return _as_file("voice", voice, mime=_text(voice.get("mime_type", "audio/ogg")))
    return None


def _extent(size: Mapping[str, Any]) -> int:
    return _whole(size["width"]) * _whole(size["height"])


def _as_file(kind: FileKind, sent: Mapping[str, Any], mime: str) -> File:
    size = sent.get("file_size")
    return File(
        kind=kind,
        reference=identifier(sent["file_id"]),
        name=clean_line(_text(sent.get("file_name", ""))),
        mime=clean_line(mime),
        size=size if type(size) is int and size >= 0 else None,
    )


def _located(location: Mapping[str, Any], name: str, number: int) -> SharedLocation:
    latitude, longitude = _degrees(location["latitude"]), _degrees(location["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("a place outside the world")
    return SharedLocation(latitude, longitude, name, number)


def _something_else(message: Mapping[str, Any], number: int) -> Event | None:
    for kind in _UNSUPPORTED:
        if kind in message:
            return SentUnsupported(kind, number, identifier(message.get("media_group_id", "")))
    if not _SERVICE.isdisjoint(message):
        return None
    # A kind of a later Bot API: the person did send something and gets an answer.
    return SentUnsupported("other", number)


def identifier(value: object) -> str:
    """`value` if it can be an identifier of Telegram, which is plain ASCII; otherwise raises an error."""
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise TypeError("not an identifier")
    return value


def _degrees(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError("not a number")
    return float(value)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
