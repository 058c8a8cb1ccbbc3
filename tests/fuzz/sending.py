"""Who sends the updates: people with roles and phones, in their own chats and in groups, and the keyboards they see."""

from collections import deque
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.botapi.specification.description import TYPES
from tests.conversations.engine.test_any_sequence import REPORTED
from tests.fuzz.breaking import broken
from tests.fuzz.values import of_field, of_type, text

BROKEN_SHARE = 0.4
NOW = 1_795_000_000

KINDS = tuple(kind for kind in TYPES["Update"]["fields"] if kind != "update_id")

_ENVELOPE = """
message_id from chat date sender_chat sender_boost_count sender_business_bot sender_tag guest_query_id edit_date
business_connection_id message_thread_id direct_messages_topic is_topic_message is_automatic_forward reply_to_message
external_reply quote reply_to_story reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user
guest_bot_caller_chat has_protected_content is_from_offline is_paid_post author_signature paid_star_count entities
link_preview_options suggested_post_info effect_id caption_entities show_caption_above_media has_media_spoiler caption
reply_markup forward_origin media_group_id receiver_user ephemeral_message_id
"""
ENVELOPE = frozenset(_ENVELOPE.split())
"""The fields of Message that say how it came; all others say what it is."""

CONTENT = tuple(name for name in TYPES["Message"]["fields"] if name not in ENVELOPE)

WHOLE = ("/report", *(words.strip() for words in REPORTED))
"""What a librarian writes who reports without going astray; in between she does all that the others do."""

WITH_ROLES = 5
"""How many of those who send have roles, the first of them; they send more than the others."""

TAGS = (None, "da", "sl", "en", "de", "pt-br", "nb", "x", "", "zh-hans-CN")


@dataclass(slots=True)
class Sender:
    """A person, with the buttons that were ever shown in their chat: (message, data)."""

    id: int
    name: str
    tag: str | None
    seen: "deque[tuple[int, str]]" = field(default_factory=lambda: deque(maxlen=60))
    messages: int = 1
    diligence: float = 0.0
    """How much of what they send is what comes next in a report."""
    said: int = 0

    def user(self) -> dict[str, Any]:
        """Them, as Telegram tells of them."""
        told = {"id": self.id, "is_bot": False, "first_name": self.name}
        return told if self.tag is None else {**told, "language_code": self.tag}

    def chat(self) -> dict[str, Any]:
        """Their own chat with the bot."""
        return {"id": self.id, "type": "private", "first_name": self.name}

    def next_words(self) -> str:
        """What comes next in a whole report, from the command to what is done with it afterwards."""
        self.said += 1
        return WHOLE[(self.said - 1) % len(WHOLE)]

    def next_message(self) -> int:
        """A number for a message in their chat."""
        self.messages += 1
        return self.messages


@dataclass(slots=True)
class Senders:
    """All who send, the groups they are in, and the buttons shown there."""

    random: Random
    people: list[Sender]
    groups: tuple[int, ...] = (-1001, -1002, -1003)
    in_groups: "deque[tuple[int, int, str]]" = field(default_factory=lambda: deque(maxlen=30))
    number: int = 1_000_000
    others: "deque[dict[str, Any]]" = field(default_factory=lambda: deque(maxlen=50))

    def next(self) -> tuple[str, Sender, dict[str, Any], list[str]]:
        """The next update, whole or broken: its kind, who it comes from, the update, and what was done to it."""
        kind, sender, update, diligent = self.update()
        ways: list[str] = []
        given = update
        if self.random.random() < BROKEN_SHARE * (0.05 if diligent else 1):
            given, ways = broken(self.random, update, self.others)
        self.others.append(update)
        return kind, sender, given, ways

    def update(self) -> tuple[str, Sender, dict[str, Any], bool]:
        """The next update as the specification has it: its kind, who it comes from, the update, and if it is part of
        somebody's report, which is to get somewhere."""
        sender = self.random.choice(self.people if self.random.random() < 0.8 else self.people[:WITH_ROLES])
        diligent = self.random.random() < sender.diligence
        kind = "message" if diligent else self._kind()
        match kind:
            case "message" if diligent:
                body = {**self._envelope(sender), "text": sender.next_words()}
            case "message":
                body = self._message(sender)
            case "edited_message":
                body = {
                    **self._message(sender),
                    "edit_date": NOW,
                    "message_id": self.random.randint(1, sender.messages),
                }
            case "callback_query":
                body = self._press(sender)
            case "my_chat_member":
                body = self._membership(sender)
            case _:
                body = of_field(self.random, kind, TYPES["Update"]["fields"][kind])
                if isinstance(body, dict) and "from" in body:
                    body["from"] = sender.user()
        self.number += 1
        return kind, sender, {"update_id": self.number, kind: body}, diligent

    def _kind(self) -> str:
        dice = self.random.random()
        if dice < 0.40:
            return "message"
        if dice < 0.80:
            return "callback_query"
        if dice < 0.86:
            return "edited_message"
        return "my_chat_member" if dice < 0.89 else self.random.choice(KINDS)

    def _envelope(self, sender: Sender) -> dict[str, Any]:
        chat = sender.chat()
        return {"message_id": sender.next_message(), "date": NOW, "from": sender.user(), "chat": chat}

    def _message(self, sender: Sender) -> dict[str, Any]:
        fields = TYPES["Message"]["fields"]
        message = self._envelope(sender)
        if self.random.random() < 0.05:
            message["chat"] = self._group()
        if self.random.random() < 0.6:
            return {**message, "text": text(self.random)}
        for name in self.random.sample(CONTENT, self.random.choice((1, 1, 1, 1, 2, 3))):
            message[name] = of_field(self.random, name, fields[name], 1)
        for name in self.random.sample(sorted(ENVELOPE - message.keys()), self.random.randrange(3)):
            message[name] = of_field(self.random, name, fields[name], 2)
        message.pop("media_group_id", None)
        if {"photo", "document", "video"} & message.keys() and self.random.random() < 0.3:
            message["media_group_id"] = self.random.choice(("album", "other"))
        return message

    def _press(self, sender: Sender) -> dict[str, Any]:
        query: dict[str, Any] = {"id": str(self.number), "from": sender.user(), "chat_instance": "1"}
        dice = self.random.random()
        if dice < 0.04 and self.in_groups:
            chat, message, data = self.random.choice(self.in_groups)
            return {**query, "message": self._pressed(message, self._group(chat)), "data": data}
        owner = sender if dice < 0.85 else self.random.choice(self.people)
        if not owner.seen or dice > 0.95:
            message, data = self.random.randint(1, 50), text(self.random)
        else:
            # Mostly the newest keyboard, now and then one of long ago.
            newest = owner.seen[-1][0]
            shown = [each for each in owner.seen if each[0] == newest]
            message, data = self.random.choice(shown if self.random.random() < 0.85 else list(owner.seen))
        if dice > 0.93:
            return {**query, "inline_message_id": "i", "data": data}
        return {**query, "message": self._pressed(message, sender.chat()), "data": data}

    def _pressed(self, message: int, chat: dict[str, Any]) -> dict[str, Any]:
        gone = self.random.random() < 0.1
        return {"chat": chat, "message_id": message, "date": 0} if gone else {
            "chat": chat, "message_id": message, "date": NOW, "text": "?",
        }  # fmt: skip

    def _membership(self, sender: Sender) -> dict[str, Any]:
        chat = sender.chat() if self.random.random() < 0.7 else self._group()
        return {
            "chat": chat,
            "from": sender.user(),
            "date": NOW,
            "old_chat_member": of_type(self.random, "ChatMember", 2),
            "new_chat_member": of_type(self.random, "ChatMember", 2),
        }

    def _group(self, chat: int | None = None) -> dict[str, Any]:
        number = chat or self.random.choice(self.groups)
        return {"id": number, "type": "supergroup", "title": "Biblioteker"}
