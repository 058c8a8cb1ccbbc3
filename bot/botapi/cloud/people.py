"""Actions of people on their phones, and the updates the bot gets for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.botapi.cloud import media
from bot.botapi.cloud.cloud import Cloud
from bot.botapi.cloud.menu import sends_unseen
from bot.botapi.cloud.rich_text import button_rows
from bot.botapi.cloud.world import Chat, Interaction, Json, Message, Person, Query
from bot.botapi.specification import limits
from bot.botapi.specification.entities import with_found

BOT_ONLY = {"message_id", "date", "chat", "from"}

MAY = (
    *("send_messages", "send_audios", "send_documents", "send_photos", "send_videos", "send_video_notes"),
    *("send_voice_notes", "send_polls", "send_other_messages", "add_web_page_previews", "react_to_messages"),
    *("edit_tag", "change_info", "invite_users", "pin_messages", "manage_topics"),
)
RESTRICTED: Json = {"is_member": True, "until_date": 0, **{f"can_{what}": False for what in MAY}}
"""The ChatMember status of a bot in a group without any rights."""


class NotPossible(Exception):  # noqa: N818 - said to the person with the phone
    """A phone cannot do this: the button or message does not exist, or not in this chat."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a person sends from a phone. `size` overrides the reported size in bytes.

    `duration` is in seconds, for kinds that have one.
    """

    content: bytes
    name: str = ""
    mime: str = ""
    size: int | None = None
    kind: str = "photo"
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """A person's actions in one of their chats."""

    cloud: Cloud
    person: Person
    chat: Chat

    def writes(self, content: Json, what: str) -> int:
        """Send a message with `content` (fields of Message); returns its id. `what` is its name in the transcript."""
        if self.chat.type == "private" and (self.person.blocked or self.person.deactivated):
            raise NotPossible("one cannot write to a bot that one has blocked")
        self._acts(what)
        world = self.cloud.world
        unseen = self.chat.type != "private" and sends_unseen(world, self.person.id, self.chat, content.get("text", ""))
        body = world.person_message(self.person, self.chat, content, ephemeral=unseen)
        if self.chat.bot_status in ("member", "administrator"):
            self.cloud.updates.push("message", body, self.person.id)
        return int(body["message_id"])

    def types(self, text: str, reply_to: int | None = None, topic: int | None = None) -> int:
        """Send a text; returns its message id. It is trimmed, entities are marked, and above 4096 units it is split.

        `topic` is the number of a group's topic.
        """
        message_id = 0
        for part in split(text):
            content: Json = {"text": part}
            if found := with_found(part, []):
                content["entities"] = found
            if topic is not None:
                content |= {"message_thread_id": topic, "is_topic_message": True}
            if reply_to is not None:
                content["reply_to_message"] = self._message(reply_to)
            message_id = self.writes(content, f"types {shortened(part)}")
        return message_id

    def starts(self, payload: str = "") -> int:
        """Open the bot, by a deep link if there is a payload; an invalid payload is left out.

        It also lets a blocked bot write again, as the app's button Restart does.
        """
        if self.person.blocked:
            self.unblocks()
        allowed = limits.START_PAYLOAD.fullmatch(payload)
        return self.types(f"/start {payload}" if payload and allowed else "/start")

    def presses(self, message_id: int, data: str, *, ephemeral: bool = False) -> str:
        """Press a button with `data`; returns the press's id. An old button's message may be "inaccessible".

        `message_id` is the number of an `ephemeral` message among those.
        """
        message = (self.chat.ephemeral if ephemeral else self.chat.messages).get(message_id)
        if ephemeral and (message is None or message.deleted or message.only != self.person.id):
            raise NotPossible(f"there is no message {message_id} that only this person sees")
        label = label_on(message, data)
        self._acts(f"presses {label}")
        world, now = self.cloud.world, self.cloud.clock.now()
        query_id = world.new_query_id()
        world.queries[query_id] = Query(
            self.person.id,
            self.chat.id,
            now + limits.PRESS_LIVES,
            asked_at=now,
            message_id=0 if ephemeral else message_id,
        )
        inaccessible = {"chat": world.chat_json(self.chat), "message_id": message_id, "date": 0}
        body: Json = {
            "id": query_id,
            "from": self.person.user(),
            "message": inaccessible if message is None or message.deleted else message.body,
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        detail = {"message_id": message_id, "query_id": query_id}
        world.change(self.chat, "press", self.person.id, text=label, detail=detail)
        self.cloud.updates.push("callback_query", body, self.person.id, limits.PRESS_LIVES)
        return query_id

    def sends(self, attachments: Sequence[Attachment], caption: str = "", group: str | None = None) -> list[int]:
        """Send files, several of them as an album with the caption on the first; returns their message ids.

        `group` adds them to an existing album.
        """
        if len(attachments) > 1 and group is None:
            group = self.cloud.world.new_query_id()
        ids = []
        for number, attachment in enumerate(attachments):
            _, content = media.stored_as(
                self.cloud.world,
                self.chat,
                attachment.kind,
                attachment.content,
                name=attachment.name,
                mime=attachment.mime,
                size=attachment.size,
            )
            if attachment.duration is not None:
                content[attachment.kind]["duration"] = attachment.duration
            if caption and number == 0:
                content["caption"] = caption
                if found := with_found(caption, []):
                    content["caption_entities"] = found
            if group is not None:
                content["media_group_id"] = group
            ids.append(self.writes(content, f"sends a {attachment.kind}"))
        return ids

    def forwards(self, content: Json, origin: Mapping[str, Any]) -> int:
        """Send `content` as forwarded from `origin` (a MessageOrigin without its date)."""
        date = int(self.cloud.clock.now()) - 3600
        return self.writes({**content, "forward_origin": {"date": date, **origin}}, "forwards a message")

    def edits(self, message_id: int, text: str) -> None:
        """Change the text or caption of an own message."""
        before = self._message(message_id)
        if before.get("from", {}).get("id") != self.person.id:
            raise NotPossible("only one's own messages can be edited")
        field = "text" if "text" in before else "caption"
        content = {name: value for name, value in before.items() if name not in {*BOT_ONLY, field, "entities"}}
        content[field] = text
        if found := with_found(text, []):
            content["entities" if field == "text" else "caption_entities"] = found
        self._acts(f"edits {shortened(text)}")
        body = self.cloud.world.edit(self.chat, self.chat.messages[message_id], content, by=self.person.id)
        self.cloud.updates.push("edited_message", body, self.person.id)

    def deletes(self, message_id: int) -> None:
        """Delete a message for both sides; as in Telegram, the bot gets no update."""
        self._message(message_id)
        self.cloud.world.delete(self.chat, self.chat.messages[message_id], by=self.person.id)

    def asks_inline(self, text: str, offset: str = "") -> str:
        """Type the bot's name and `text` in another chat, or scroll to `offset`; returns the query's id."""
        self._acts(f"asks inline {shortened(text)}")
        world, now = self.cloud.world, self.cloud.clock.now()
        query_id = world.new_query_id()
        world.inline_queries[query_id] = Query(self.person.id, self.chat.id, now + limits.INLINE_QUERY_LIVES)
        world.change(self.chat, "inline_query", self.person.id, text=text, detail={"query_id": query_id})
        body = {"id": query_id, "from": self.person.user(), "query": text, "offset": offset, "chat_type": "sender"}
        self.cloud.updates.push("inline_query", body, self.person.id, limits.INLINE_QUERY_LIVES)
        return query_id

    def chooses(self, query_id: str, result_id: str) -> int:
        """Send one of the bot's results for an inline query; returns the message's id."""
        for change in reversed(self.chat.changes):
            if change.kind == "inline_results" and change.detail["query_id"] == query_id:
                for result in change.detail["results"]:
                    if result["id"] == result_id:
                        content = {**message_of(result), "via_bot": self.cloud.world.bot}
                        return self.writes(content, f"chooses {shortened(result.get('title', result_id))}")
        raise NotPossible(f"the bot offers no result {result_id}")

    def speaks(self, language_code: str | None) -> None:
        """Set the app to another language; the bot sees it with the next message."""
        self.person.language_code = language_code

    def blocks(self) -> None:
        """Stop the bot."""
        self._switches(blocked=True)

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._switches(blocked=False)

    def _switches(self, *, blocked: bool) -> None:
        self._acts("blocks the bot" if blocked else "unblocks the bot")
        was, self.person.blocked = self.person.blocked, blocked
        if was != blocked:
            states = ("member", "kicked") if blocked else ("kicked", "member")
            member_changed(self.cloud, self.chat, self.person, *states)

    def _acts(self, what: str) -> None:
        """Begin a new interaction; from now on the bot may write to this person."""
        self.person.started = True
        self.chat.interactions.append(Interaction(what, self.cloud.clock.now()))

    def _message(self, message_id: int) -> Json:
        message = self.chat.messages.get(message_id)
        if message is None or message.deleted:
            raise NotPossible(f"there is no message {message_id} in this chat")
        return message.body


def hand(cloud: Cloud, person_id: int, chat_id: int | None = None) -> Hand:
    """Returns the actions of a person in the private chat or the group `chat_id`; raises NotPossible if they are not
    there.
    """
    person = cloud.world.people.get(person_id)
    chat = cloud.world.chats.get(person_id if chat_id is None else chat_id)
    if person is None or chat is None or person_id not in chat.members:
        raise NotPossible("there is no such person in such a chat")
    return Hand(cloud, person, chat)


def label_on(message: Message | None, data: str) -> str:
    """Returns the label of the button with `data` on `message`, or `data` itself if there is no such button."""
    body = message.body if message else {}
    rows = [*body.get("reply_markup", {}).get("inline_keyboard", []), *button_rows(body.get("rich_message"))]
    return next((button["text"] for row in rows for button in row if button.get("callback_data") == data), data)


def member_changed(cloud: Cloud, chat: Chat, person: Person, old: str, new: str) -> None:
    """Tell the bot that `person` changed its standing in `chat` from `old` to `new`."""

    def standing(status: str) -> Json:
        more: Mapping[str, Json] = {"kicked": {"until_date": 0}, "restricted": RESTRICTED}
        return {"user": cloud.world.bot, "status": status, **more.get(status, {})}

    cloud.world.change(chat, "member", person.id, text=new)
    body = {
        "chat": cloud.world.chat_json(chat),
        "from": person.user(),
        "date": int(cloud.clock.now()),
        "old_chat_member": standing(old),
        "new_chat_member": standing(new),
    }
    cloud.updates.push("my_chat_member", body, person.id)


def message_of(result: Json) -> Json:
    """Returns the message of an inline result; raises NotPossible if it would have to be downloaded."""
    shown: Json = result.get("input_message_content", {})
    if "message_text" in shown:
        entities = {"entities": shown["entities"]} if "entities" in shown else {}
        markup = {"reply_markup": result["reply_markup"]} if "reply_markup" in result else {}
        return {"text": shown["message_text"], **entities, **markup}
    if "latitude" in shown:
        return {"location": {name: shown[name] for name in ("latitude", "longitude")}}
    raise NotPossible(f"a result of the type {result['type']} cannot be sent here")


def split(text: str) -> list[str]:
    """`text` as the app sends it: in parts of at most 4096 characters, without white space around them."""
    parts = [text[at : at + 4096].strip() for at in range(0, len(text), 4096)]
    kept = [part for part in parts if part]
    if not kept:
        raise NotPossible("an empty message cannot be sent")
    return kept


def shortened(text: str) -> str:
    """Returns the first words of `text` on one line, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line[:57]}…”" if len(line) > 60 else f"“{line}”"
