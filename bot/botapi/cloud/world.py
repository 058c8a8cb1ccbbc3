"""The state of the local Telegram: the bot, people, chats, messages, files, and the changes over time.

Messages are stored in the Bot API's form (dictionaries); a change makes a new dictionary.
"""

import itertools
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

from bot.botapi.cloud.clock import Clock, Signal

Json = dict[str, Any]
ChangeKind = Literal[
    "message", "edit", "delete", "toast", "action", "press", "inline_query", "inline_results", "member"
]


FIRST_PERSON = 501
"""The id of the first person who is added."""


@dataclass(slots=True)
class Person:
    """A person with a phone. `language_code` may be None, because some clients send none."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    started: bool = False  # has written to the bot, so that it may answer
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> Json:
        """Returns the Bot API's User."""
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        known = {name: value for name, value in optional.items() if value is not None}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **known}


@dataclass(slots=True)
class Message:
    """The current state of a message. `markup` is the keyboard it was sent with, of any kind.

    An ephemeral message is shown to the person `only`.
    """

    body: Json
    by_bot: bool
    markup: Json | None = None
    deleted: bool = False
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change in a chat; `version` counts changes from 1. `by` is a person's id, None: the bot."""

    version: int
    kind: ChangeKind
    by: int | None
    at: float
    message: Json | None = None
    text: str | None = None
    detail: Json = field(default_factory=dict)

    def visible(self) -> bool:
        """Returns whether a person sees it as done by the bot: a message, an edit, a deletion, or a toast with text."""
        return self.by is None and (
            self.kind in ("message", "edit", "delete") or (self.kind == "toast" and bool(self.text))
        )

    def as_json(self) -> Json:
        """Returns the JSON for the control interface."""
        return {
            "version": self.version,
            "kind": self.kind,
            "by": self.by,
            "at": self.at,
            **({} if self.message is None else {"message": self.message}),
            **({} if self.text is None else {"text": self.text}),
            **self.detail,
        }


@dataclass(slots=True)
class Interaction:
    """One action of a person, and the Bot API methods called for the chat until the next one."""

    what: str
    at: float
    calls: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's), a group or a supergroup (negative ids)."""

    id: int
    type: Literal["private", "group", "supergroup"]
    title: str | None = None
    members: set[int] = field(default_factory=set)
    bot_status: Literal["member", "administrator", "left", "kicked"] = "member"
    migrated_to: int | None = None
    muted: bool = False
    """Whether the bot may not write here."""
    topics: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    ephemeral: dict[int, Message] = field(default_factory=dict)
    """Those that only one person sees, by their own numbers."""
    changes: list[Change] = field(default_factory=list)
    interactions: list[Interaction] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent. The reported `size` in bytes may exceed `content`, to test limits cheaply."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes
    size: int
    chat_id: int


@dataclass(slots=True)
class Query:
    """A press or an inline query that can be answered until `dies_at`; a press is one on a button of `message_id`."""

    person: int
    chat_id: int
    dies_at: float
    answered: bool = False
    asked_at: float = 0.0
    message_id: int = 0


@dataclass(slots=True)
class World:
    """The whole state. Changes go through its methods, which notify the listeners."""

    clock: Clock
    bot: Json
    random: Random
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    files_by_path: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # by scope (as JSON) and language
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # name, description… by field and language
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    listeners: list[Callable[[Chat, Change], None]] = field(default_factory=list)
    _people_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(FIRST_PERSON))
    _group_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(4001))
    _message_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _ephemeral_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _query_ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(7_000_000_001))
    _file_numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
    ) -> Person:
        """Add a person and their private chat."""
        person = Person(next(self._people_ids), first_name, last_name, username, language_code)
        self.people[person.id] = person
        self.chats[person.id] = Chat(person.id, "private", members={person.id})
        return person

    def number_messages_from(self, first: int) -> None:
        """Give the next message the id `first`, for a bot whose database has messages of an earlier world."""
        self._message_ids = itertools.count(first)

    def add_group(self, title: str, members: Iterable[int], kind: Literal["group", "supergroup"] = "group") -> Chat:
        """Add a group that includes the bot."""
        number = next(self._group_ids)
        chat = Chat(-number if kind == "group" else -1_000_000_000_000 - number, kind, title, set(members))
        self.chats[chat.id] = chat
        return chat

    def chat_json(self, chat: Chat) -> Json:
        """Returns the Bot API's Chat."""
        if chat.type != "private":
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        user = self.people[chat.id].user()
        return {
            **{name: user[name] for name in ("id", "first_name", "last_name", "username") if name in user},
            "type": "private",
        }

    def person_message(self, person: Person, chat: Chat, content: Json, *, ephemeral: bool = False) -> Json:
        """Store a message by `person` in `chat`; returns its Bot API form. Only the bot gets an `ephemeral` one."""
        head = self._ephemeral_head(chat, self.bot) if ephemeral else self._head(chat)
        body = {**head, "from": person.user(), **content}
        self._keep(chat, Message(body, by_bot=False, only=person.id if ephemeral else None), by=person.id)
        return body

    def bot_message(
        self,
        chat: Chat,
        content: Json,
        markup: Json | None = None,
        *,
        receiver: Person | None = None,
        replaces: int | None = None,
    ) -> Json:
        """Store a message by the bot in `chat`; returns its Bot API form, which has only inline keyboards.

        With a `receiver` it is an ephemeral one, which nobody else sees; `replaces` is a message that it hides.
        """
        head = self._head(chat) if receiver is None else self._ephemeral_head(chat, receiver.user())
        body = {**head, "from": self.bot, **content}
        if markup and "inline_keyboard" in markup:
            body["reply_markup"] = markup
        message = Message(body, by_bot=True, markup=markup, only=None if receiver is None else receiver.id)
        self._keep(chat, message, by=None, detail={} if replaces is None else {"replaces": replaces})
        return body

    def edit(self, chat: Chat, message: Message, content: Json, *, by: int | None) -> Json:
        """Replace a message's content (everything but id, date, chat and sender); returns the new body."""
        kept = {name: message.body[name] for name in KEPT if name in message.body}
        message.body = {**kept, "edit_date": int(self.clock.now()), **content}
        if message.by_bot:
            message.markup = content.get("reply_markup")
        self.change(chat, "edit", by, message=message.body, detail=for_only(message))
        return message.body

    def delete(self, chat: Chat, message: Message, *, by: int | None) -> None:
        """Mark a message as deleted for everyone."""
        message.deleted = True
        self.change(chat, "delete", by, message=message.body, detail=for_only(message))

    def change(
        self,
        chat: Chat,
        kind: ChangeKind,
        by: int | None,
        *,
        message: Json | None = None,
        text: str | None = None,
        detail: Json | None = None,
    ) -> Change:
        """Record a change in `chat` and notify the listeners."""
        change = Change(len(chat.changes) + 1, kind, by, self.clock.now(), message, text, detail or {})
        chat.changes.append(change)
        chat.changed.fire()
        for listener in self.listeners:
            listener(chat, change)
        return change

    def add_file(
        self, content: bytes, *, name: str, mime: str, folder: str, chat: Chat, size: int | None = None
    ) -> StoredFile:
        """Store a file sent in `chat`; `size` overrides the reported size."""
        number = next(self._file_numbers)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            file_id=f"LocalFile{number}_{secrets.token_urlsafe(36)}",
            unique_id=f"LF{number}_{secrets.token_urlsafe(6)}",
            path=f"{folder}/file_{number}.{suffix}",
            name=name,
            mime=mime,
            content=content,
            size=len(content) if size is None else size,
            chat_id=chat.id,
        )
        self.files[stored.file_id] = self.files_by_path[stored.path] = stored
        return stored

    def new_query_id(self) -> str:
        """Returns the id of a press or an inline query: digits in a string, as Telegram's are."""
        return str(next(self._query_ids))

    def _ephemeral_head(self, chat: Chat, receiver: Json) -> Json:
        numbers = {"message_id": 0, "ephemeral_message_id": next(self._ephemeral_ids)}
        return {**self._head(chat, numbers), "receiver_user": receiver}

    def _head(self, chat: Chat, numbers: Json | None = None) -> Json:
        return {
            **(numbers or {"message_id": next(self._message_ids)}),
            "date": int(self.clock.now()),
            "chat": self.chat_json(chat),
        }

    def _keep(self, chat: Chat, message: Message, *, by: int | None, detail: Json | None = None) -> None:
        if message.only is None:
            chat.messages[message.body["message_id"]] = message
        else:
            chat.ephemeral[message.body["ephemeral_message_id"]] = message
        below = {"keyboard": message.markup} if message.markup and "inline_keyboard" not in message.markup else {}
        self.change(chat, "message", by, message=message.body, detail={**below, **for_only(message), **(detail or {})})


def for_only(message: Message) -> Json:
    """The detail of a change that says who alone sees `message`; empty if all do."""
    return {} if message.only is None else {"only": message.only}


KEPT = (
    *("message_id", "date", "chat", "from", "reply_to_message", "media_group_id", "forward_origin", "via_bot"),
    *("message_thread_id", "is_topic_message", "ephemeral_message_id", "receiver_user"),
)


def content_of(body: Json) -> Json:
    """Returns a message's body without its sender, chat, id and dates: the part that can be compared or copied."""
    return {name: value for name, value in body.items() if name not in KEPT and name != "edit_date"}
