"""A raw update, read: who it is from, and what has happened.

Read from the JSON itself and not through the library's classes: those refuse an update as a whole when one field of a
hundred is not what they know, and take 157 µs for a press, not 4. What is needed is checked, the rest is left alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.runtime.errors import UnreadableUpdate
from bot.telegram.buttons import unpack
from bot.telegram.messages import LARGEST_NUMBER, identifier, read_message, said
from conversations.language.events import Edited, Event, Pressed
from conversations.reading.text import clean_line, clean_text

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are kept and handled."""

INLINE = "inline_query"
ASKED_FOR = (*KINDS, INLINE)
"""The kinds of update the bot asks for: those that it keeps and handles, and questions asked inline, which it does not
keep. It does not ask which of the answers were chosen."""

Json: TypeAlias = Mapping[str, Any]

_GROUP_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@(\w+))?(?:\s|$)", re.ASCII)

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something a person did in their own chat with the bot."""

    person: int
    chat: int
    language_tag: str | None
    event: Event
    press: str | None = None
    pressed_message: int | None = None
    from_group: bool = False
    """Pressed in a group, where the answer does not belong: it comes to `chat`, the person's own."""
    name: str = field(default="", compare=False)
    """What Telegram calls the person."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A person blocked the bot."""

    person: int


@dataclass(frozen=True, slots=True)
class CameBack:
    """A person unblocked the bot."""

    person: int


@dataclass(frozen=True, slots=True)
class NotPrivate:
    """The bot is in a group or channel; no word of it is kept, but that `person` added it or sent it a command."""

    chat: int
    language_tag: str | None
    person: int | None = None
    name: str = ""
    added: bool = False
    command: str = ""
    to: str = ""
    """The bot that the command names, where it names one; it may be another one in that group."""
    title: str = ""
    topic: int | None = None
    """Where in the group it was said; None: in no topic."""
    may_write: bool = False
    """Whether it was just told that the bot may write there."""


@dataclass(frozen=True, slots=True)
class LeftGroup:
    """The bot is no longer in a group."""

    chat: int


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group has become a supergroup, with the number `new`."""

    chat: int
    new: int


@dataclass(frozen=True, slots=True)
class PressedInGroup:
    """Somebody pressed a button in a group."""

    press: str
    chat: int
    person: int
    language_tag: str | None
    event: Pressed
    name: str = ""
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class PressedElsewhere:
    """A press on a message of inline mode, which belongs to no chat of the bot."""

    press: str
    language_tag: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked inline, in a chat the bot knows nothing of; `offset` is how many answers are there already."""

    id: str
    person: int
    language_tag: str | None
    words: str
    offset: int


Reading: TypeAlias = (
    Incoming | Stopped | CameBack | NotPrivate | LeftGroup | GroupMoved | PressedInGroup | PressedElsewhere | None
)
"""None: nothing anyone has to answer."""


def lane(update: Json) -> int:
    """What has to be handled in order: the person's id, or the chat's where there is no person; else 0."""
    for kind in KINDS:
        if isinstance(body := update.get(kind), Mapping):
            for holder in (body.get("from"), body.get("chat"), _mapping(body.get("message")).get("chat")):
                if (found := _id(_mapping(holder))) is not None:
                    return found
    return 0


def read_update(update: Json, bot: int = 0) -> Reading:
    """What happened to the bot with the number `bot`.

    Raises UnreadableUpdate where a part that is needed is not what it should be.
    """
    try:
        return None if _is_own_card(update, bot) else _read(update)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        # Python's own words for these, and those raised here, repeat names of fields but nothing that stood in them.
        what = f"no {error.args[0]}" if isinstance(error, KeyError) else str(error)
        raise UnreadableUpdate(f"{kind_of(update)}: {what}") from error


def read_inline(query: object) -> Asked:
    """A question asked inline. Raises UnreadableUpdate where a part that is needed is not what it should be."""
    told = _mapping(query)
    this, words, offset = told.get("id"), told.get("query"), told.get("offset", "")
    person = _id(_mapping(told.get("from")))
    if not isinstance(this, str) or not isinstance(words, str) or person is None:
        raise UnreadableUpdate("a question without its id, its words or its asker")
    ours = isinstance(offset, str) and offset.isascii() and offset.isdecimal() and len(offset) < 6
    return Asked(this, person, _tag(told.get("from")), words, int(offset) if ours else 0)


def kind_of(update: Json) -> str | None:
    """The kind of an update that is handled; None for one that is not."""
    return next((kind for kind in KINDS if update.get(kind) is not None), None)


def _is_own_card(update: Json, bot: int) -> bool:
    """Whether this is a card that somebody asked `bot` for inline, and sent to it: nobody's own words.

    What comes through another bot, such as a translator, is what its sender wants to say.
    """
    message = _mapping(update.get("message") or update.get("edited_message"))
    return bot != 0 and _id(_mapping(message.get("via_bot"))) == bot


def _read(update: Json) -> Reading:
    match kind_of(update):
        case "message":
            return _new_message(update["message"])
        case "edited_message":
            return _edited_message(update["edited_message"])
        case "callback_query":
            return _press(update["callback_query"])
        case "my_chat_member":
            return _membership(update["my_chat_member"])
        case _:
            return None


def _new_message(message: Json) -> Reading:
    chat = message["chat"]
    if chat["type"] != "private":
        return _in_group(message, _needed_id(chat))
    if _is_of_a_bot(message):
        return None  # bots that answer each other never end
    event = read_message(message)
    return None if event is None else _from_person(message, event)


def _in_group(message: Json, chat: int) -> Reading:
    if "migrate_to_chat_id" in message:
        new = _id({"id": message["migrate_to_chat_id"]})
        return None if new is None else GroupMoved(chat, new)
    if "migrate_from_chat_id" in message:
        return None  # the same, told once more in the supergroup
    if _is_of_a_bot(message):
        return None
    sender = _mapping(message.get("from"))
    # Who speaks on behalf of a chat is nobody whose roles are known.
    person = None if "sender_chat" in message else _id(sender)
    text = message.get("text")
    command = _GROUP_COMMAND.match(text) if isinstance(text, str) else None
    typed, to = (command[1].lower(), command[2] or "") if command else ("", "")
    return NotPrivate(chat, _tag(sender), person, _name(sender), command=typed, to=to, topic=_topic(message))


def _edited_message(message: Json) -> Reading:
    text = message.get("text", message.get("caption"))
    if message["chat"]["type"] != "private" or not isinstance(text, str) or _is_of_a_bot(message):
        return None
    return _from_person(message, Edited(clean_text(said(message)[0]), _number(message["message_id"])))


def _from_person(message: Json, event: Event) -> Incoming:
    sender = message.get("from") or message["chat"]  # a private chat has the number of its person
    return Incoming(_needed_id(sender), _needed_id(message["chat"]), _tag(sender), event, name=_name(sender))


def _press(query: Json) -> Reading:
    press = identifier(query["id"])
    message = query.get("message")
    if message is None:  # of inline mode: it carries nothing that the conversation could go on from
        return PressedElsewhere(press, _tag(query.get("from")))
    number = _number(message["message_id"])
    sender = query["from"]
    event = unpack(query.get("data"), number)
    if message["chat"].get("type") != "private":
        chat = _needed_id(message["chat"])
        return PressedInGroup(press, chat, _needed_id(sender), _tag(sender), event, _name(sender), _topic(message))
    return Incoming(
        person=_needed_id(sender),
        chat=_needed_id(message["chat"]),
        language_tag=_tag(sender),
        event=event,
        press=press,
        pressed_message=number,
        name=_name(sender),
    )


def _membership(change: Json) -> Reading:
    chat, status = change["chat"], change["new_chat_member"]["status"]
    if chat["type"] == "private":
        person = _needed_id(change["from"])
        return Stopped(person) if status == "kicked" else CameBack(person)
    if status in ("left", "kicked"):
        return LeftGroup(_needed_id(chat))
    sender = _mapping(change.get("from"))
    before = _mapping(change.get("old_chat_member")).get("status")
    added = before in (None, "left", "kicked")
    return NotPrivate(
        _needed_id(chat),
        _tag(sender),
        _id(sender),
        _name(sender),
        added=added,
        title=_title(chat),
        may_write=_may_write(change["new_chat_member"], chat["type"]),
    )


def _may_write(standing: Json, kind: object) -> bool:
    """Whether the bot, which stands so in a chat of that kind, may write there."""
    match standing.get("status"):
        case "restricted":
            return standing.get("can_send_messages") is True
        case "administrator" if kind == "channel":
            return standing.get("can_post_messages") is True
        case status:
            return status in ("member", "administrator")


def _is_of_a_bot(message: Json) -> bool:
    """Whether another bot wrote it; who speaks on behalf of a chat is a person, though it looks like a bot's."""
    return "sender_chat" not in message and _mapping(message.get("from")).get("is_bot") is True


def _topic(message: Json) -> int | None:
    """The topic of its group in which the message is; None: in none."""
    topic = message.get("message_thread_id")
    return topic if message.get("is_topic_message") is True and type(topic) is int and topic > 0 else None


def _title(chat: Json) -> str:
    title = chat.get("title")
    return clean_line(title)[:LONGEST_NAME] if isinstance(title, str) else ""


def _mapping(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _id(holder: Json) -> int | None:
    found = holder.get("id")
    return found if type(found) is int and -LARGEST_NUMBER <= found <= LARGEST_NUMBER else None


def _needed_id(holder: Json) -> int:
    if (found := _id(holder)) is None:
        raise ValueError("no id")
    return found


def _name(sender: Json) -> str:
    parts = (sender.get("first_name"), sender.get("last_name"))
    return clean_line(" ".join(part for part in parts if isinstance(part, str)))[:LONGEST_NAME]


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError("no number")
    return value


def _tag(sender: object) -> str | None:
    tag = _mapping(sender).get("language_code")
    return tag if isinstance(tag, str) and tag else None
