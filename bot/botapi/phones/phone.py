"""A simulated phone, for tests, the terminal and load tests. It uses the server's control interface."""

import asyncio
import base64
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.botapi.cloud.examples import message_field
from bot.botapi.cloud.people import NotPossible
from bot.botapi.cloud.world import Json
from bot.botapi.phones.remote import Remote
from bot.botapi.phones.screens import Screen, matching, screen_of
from bot.botapi.phones.transcript import button_rows, buttons_of

__all__ = ["PIXEL", "Phone", "Phones", "Screen"]

PATIENCE = 20.0  # seconds to wait for the bot, which may share its machine with others
QUIET = 0.03  # seconds without a change after which a reaction is complete
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # a default picture


class Phones(Remote):
    """The phones of one server, with one HTTP client: `async with Phones(url) as phones`."""

    async def add(
        self,
        language: str | None = "en",
        first_name: str = "Ida",
        *,
        last_name: str | None = None,
        username: str | None = None,
    ) -> "Phone":
        """Returns the phone of a new person, in the private chat with the bot."""
        optional = {"last_name": last_name, "username": username, "language_code": language}
        user = await self.post("people", {"first_name": first_name, **optional})
        return Phone(self, user["id"], user["id"], first_name, user["bot_username"])


class Phone:
    """One person's view of one chat. Actions return at once; `waits` and `sees` wait for the bot's reaction."""

    def __init__(self, phones: Remote, person_id: int, chat_id: int, name: str, bot_username: str) -> None:
        self.phones = phones
        self.person_id = person_id
        self.chat_id = chat_id
        self.name = name
        self.toasts: list[str] = []
        self.keyboard: tuple[tuple[str, ...], ...] = ()  # below the input line
        self.inline_results: list[Json] = []
        self._bot_username = bot_username
        self._shown: dict[tuple[bool, int], Screen] = {}  # by whether only this person sees it, and its number
        self._version = 0  # the version of the chat that is known here
        self._acted = 0  # the version after this phone's last action
        self._seen = 0  # the version that waits or next_screen returned last
        self._keyboard: Json = {}

    def in_chat(self, chat_id: int) -> "Phone":
        """Returns the same person's view of another chat, a group."""
        return Phone(self.phones, self.person_id, chat_id, self.name, self._bot_username)

    # actions of the person

    async def types(self, text: str, *, reply_to: int | None = None, topic: int | None = None) -> int:
        """Send a text; returns its message id (of the last part if it is longer than 4096 characters)."""
        return int((await self._does("types", text=text, reply_to=reply_to, topic=topic))["message_id"])

    async def command(self, command: str) -> int:
        """Send a command such as `/report`, possibly with arguments."""
        return await self.types(command)

    async def starts(self, payload: str = "") -> int:
        """Open the bot, by a deep link if there is a payload."""
        return int((await self._does("starts", payload=payload))["message_id"])

    async def presses(self, label: str, *, message_id: int | None = None) -> None:
        """Press the button with `label` on the latest message that has it (or on the given message).

        A part of a label suffices if only one button of the latest keyboard contains it. If no message has the label, a
        button below the input line is pressed. A link to the bot opens it; other links and unknown labels raise
        NotPossible.
        """
        await self.looks()
        found = self._find(label, message_id)
        if found is not None:
            screen, button = found
            if "callback_data" in button:
                await self.press_data(screen.message_id, button["callback_data"], ephemeral=screen.ephemeral)
                return
            await self._follows(button)
            return
        rows = self._keyboard.get("keyboard", []) if message_id is None else []
        buttons = [button if isinstance(button, dict) else {"text": button} for row in rows for button in row]
        chosen = matching(label, buttons, exactly=True) or matching(label, buttons, exactly=False)
        if chosen is None:
            raise NotPossible(f"there is no button “{label}”; there are {self._all_labels()}")
        if chosen.get("request_location"):
            await self.shares_location(55.676, 12.568)
        elif chosen.get("request_contact"):
            await self.shares_contact("+4512345678")
        else:
            await self.types(chosen["text"])

    async def press_data(self, message_id: int, data: str, *, ephemeral: bool = False) -> str:
        """Press a button with `data`, even if the message has no such button; returns the press's id."""
        pressed = await self._does("presses", message_id=message_id, data=data, ephemeral=ephemeral or None)
        return str(pressed["query_id"])

    async def sends_photo(
        self, content: bytes = PIXEL, *, caption: str = "", group: str | None = None, size: int | None = None
    ) -> int:
        """Send a picture; `group` is an album's id, `size` overrides the reported size in bytes."""
        return await self._sends([{"kind": "photo", "content": content, "size": size}], caption, group)

    async def sends_album(self, pictures: Sequence[bytes], *, caption: str = "") -> int:
        """Send pictures as one album with the caption on the first; returns the first message's id."""
        return await self._sends([{"kind": "photo", "content": content} for content in pictures], caption, None)

    async def sends_document(
        self, content: bytes, name: str = "file.pdf", *, mime: str = "application/pdf", caption: str = "",
        size: int | None = None,
    ) -> int:  # fmt: skip
        """Send a file under a name."""
        file = {"kind": "document", "content": content, "name": name, "mime": mime, "size": size}
        return await self._sends([file], caption, None)

    async def sends_voice(self, content: bytes = b"OggS") -> int:
        """Send a voice message."""
        return await self._sends([{"kind": "voice", "content": content}], "", None)

    async def shares_location(self, latitude: float, longitude: float) -> int:
        """Share a place."""
        return await self.sends_raw({"location": {"latitude": latitude, "longitude": longitude}})

    async def shares_contact(self, phone_number: str, first_name: str | None = None) -> int:
        """Share a contact: the person's own unless another name is given."""
        contact: Json = {"phone_number": phone_number, "first_name": first_name or self.name}
        if first_name is None:
            contact["user_id"] = self.person_id
        return await self.sends_raw({"contact": contact})

    async def forwards(
        self, text: str = "", *, photo: bytes | None = None, origin: Mapping[str, Any] | None = None
    ) -> int:
        """Forward a text, or a picture with the text as its caption; `origin` is a MessageOrigin without its date."""
        given: Json = {"origin": origin or {"type": "hidden_user", "sender_user_name": "A colleague"}}
        if photo is None:
            given["content"] = {"text": text}
        else:
            given["content"] = {"caption": text} if text else {}
            given["file"] = encoded({"kind": "photo", "content": photo})
        return int((await self._does("forwards", **given))["message_id"])

    async def sends_raw(self, content: Mapping[str, Any]) -> int:
        """Send a message with any fields of the Bot API's Message, such as `{"dice": …}`."""
        return int((await self._does("writes", content=content))["message_id"])

    async def sends_kind(self, kind: str) -> int:
        """Send a message with the field `kind` of Message (sticker, story, poll…) in its smallest form."""
        return await self.sends_raw({kind: message_field(kind, time.time())})

    async def edits(self, message_id: int, text: str) -> None:
        """Change the text or caption of an own message."""
        await self._does("edits", message_id=message_id, text=text)

    async def deletes(self, message_id: int) -> None:
        """Delete a message on both sides; the bot is not told."""
        await self._does("deletes", message_id=message_id)

    async def blocks(self) -> None:
        """Stop the bot."""
        await self._does("blocks")

    async def unblocks(self) -> None:
        """Let the bot write again."""
        await self._does("unblocks")

    async def disappears(self) -> None:
        """Delete the account: "user is deactivated" from then on."""
        await self._does("disappears")

    async def inline_query(self, text: str, *, offset: str = "") -> str:
        """Send an inline query, or ask for the results after `offset`; the answer is in `inline_results`."""
        return str((await self._does("inline_query", text=text, offset=offset))["query_id"])

    async def chooses(self, query_id: str, result_id: str) -> int:
        """Send one of the results of an inline query to this chat; returns the message's id."""
        return int((await self._does("chooses", query_id=query_id, result_id=result_id))["message_id"])

    # the person's view

    async def waits(self, timeout: float = PATIENCE, *, quiet: float = QUIET) -> Screen:  # noqa: ASYNC109
        """Returns the screen after the bot has reacted to this phone's last action with a message, an edit or a toast.

        A reaction is complete when nothing changed for `quiet` seconds. Raises TimeoutError, with the transcript, if
        there is none within `timeout` seconds.
        """
        await self._look(since=self._acted, patience=timeout, quiet=quiet)
        return self.screen

    async def next_screen(self, timeout: float = PATIENCE, *, quiet: float = QUIET) -> Screen:  # noqa: ASYNC109
        """Returns the screen after the bot has shown anything new since the last look, for any reason."""
        await self._look(since=self._seen, patience=timeout, quiet=quiet)
        return self.screen

    async def sees(self, text: str, timeout: float = PATIENCE) -> Screen:  # noqa: ASYNC109
        """Returns the bot's latest message that contains `text`; waits for it if necessary."""
        async with asyncio.timeout(timeout):
            while True:
                await self.looks()
                for screen in reversed(self.messages):
                    if screen.by_bot and text in screen.text:
                        return screen
                await self._look(since=self._version, patience=timeout, quiet=0)

    async def looks(self) -> None:
        """Update this view."""
        self._take(await self.phones.get(f"chats/{self.chat_id}/changes", after=self._version))

    @property
    def messages(self) -> list[Screen]:
        """All messages of both sides as displayed at the last look, oldest first."""
        return list(self._shown.values())

    @property
    def screen(self) -> Screen:
        """The bot's latest message as displayed."""
        for screen in reversed(self.messages):
            if screen.by_bot:
                return screen
        raise NotPossible("the bot has said nothing yet")

    async def commands(self) -> list[str]:
        """Returns the commands in this person's menu, each `/command – description`."""
        entries = await self.phones.get(f"people/{self.person_id}/commands")
        return [f"/{entry['command']} – {entry['description']}" for entry in entries]

    async def transcript(self) -> str:
        """Returns the transcript of the chat."""
        return str(await self.phones.get(f"chats/{self.chat_id}/transcript"))

    async def interactions(self) -> list[tuple[str, list[str]]]:
        """Returns the person's actions, each with the Bot API calls that followed."""
        done = await self.phones.get(f"chats/{self.chat_id}/interactions")
        return [(entry["what"], entry["calls"]) for entry in done]

    async def file(self, file_id: str) -> bytes:
        """Returns the content of a file that was sent in the chat."""
        return await self.phones.file(file_id)

    # internals

    async def _does(self, action: str, **given: Any) -> Any:
        """Perform an action and store the version of the chat after it."""
        body = {name: value for name, value in given.items() if value is not None}
        if self.chat_id != self.person_id:
            body["chat_id"] = self.chat_id
        done = await self.phones.post(f"people/{self.person_id}/{action}", body)
        self._acted = done["version"]
        return done

    async def _sends(self, files: Sequence[Json], caption: str, group: str | None) -> int:
        done = await self._does("sends", files=[encoded(file) for file in files], caption=caption, group=group)
        return int(done["message_ids"][0])

    async def _follows(self, button: Json) -> None:
        """Press a button that is not a callback button: a link to the bot opens it."""
        link = urlsplit(button.get("url", ""))
        if link.netloc != "t.me" or link.path.strip("/") != self._bot_username:
            raise NotPossible(f"“{button['text']}” leads elsewhere: {button}")
        await self.starts(parse_qs(link.query).get("start", [""])[0])

    async def _look(self, *, since: int, patience: float, quiet: float) -> None:
        """Update the view after the bot has shown something newer than `since`."""
        path = f"chats/{self.chat_id}/changes"
        seen = await self.phones.get(path, after=self._version, since=since, timeout=patience, quiet=quiet)
        self._take(seen)
        self._seen = self._version
        if not seen["reacted"]:
            raise TimeoutError(f"nothing from the bot within {patience} s:\n{await self.transcript()}")

    def _take(self, seen: Json) -> None:
        """Apply changes to the view."""
        for change in seen["changes"]:
            if change["version"] <= self._version:
                continue
            if change.get("only", self.person_id) != self.person_id:
                continue
            match change["kind"]:
                case "message" | "edit":
                    shown = screen_of(change["message"], by_bot=change["by"] is None)
                    self._shown[shown.ephemeral, shown.message_id] = shown
                    self._shown.pop((False, change.get("replaces", 0)), None)
                    self._note_keyboard(change.get("keyboard", {}))
                case "delete":
                    gone = screen_of(change["message"], by_bot=False)
                    self._shown.pop((gone.ephemeral, gone.message_id), None)
                case "toast" if change.get("text") and change.get("person") == self.person_id:
                    self.toasts.append(change["text"])
                case "inline_results":
                    self.inline_results = change["results"]
                case _:
                    pass
        self._version = max(self._version, seen["version"])

    def _note_keyboard(self, keyboard: Json) -> None:
        if "keyboard" in keyboard or "remove_keyboard" in keyboard:
            self._keyboard = keyboard
            self.keyboard = tuple(map(tuple, button_rows(keyboard)))

    def _find(self, label: str, message_id: int | None) -> tuple[Screen, Json] | None:
        """Returns the message and inline button for `label`: an equal label on any message, or a containing one
        on one.
        """
        boards = [screen for screen in reversed(self.messages) if message_id in (None, screen.message_id)]
        boards = [screen for screen in boards if screen.buttons]
        for exactly, among in ((True, boards), (False, boards[:1])):
            for screen in among:
                button = matching(label, [button for row in buttons_of(screen.raw) for button in row], exactly=exactly)
                if button is not None:
                    return screen, button
        return None

    def _all_labels(self) -> str:
        latest = next((screen for screen in reversed(self.messages) if screen.buttons), None)
        labels = [*(latest.labels if latest else ()), *(label for row in self.keyboard for label in row)]
        return " ".join(f"[{label}]" for label in labels) or "none"


def encoded(file: Json) -> Json:
    """Returns a file for the control interface: its content in base64."""
    kept = {name: value for name, value in file.items() if value is not None}
    return {**kept, "content": base64.b64encode(file["content"]).decode()}
