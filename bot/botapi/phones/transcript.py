"""A transcript of a chat: messages with their senders, buttons, and presses."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.botapi.cloud import rich_text
from bot.botapi.cloud.world import Change, Chat, Json, World

SPECIAL = ("location", "contact", "venue", "dice", "poll")
FILES = ("photo", "document", "voice", "audio", "video", "animation", "video_note", "sticker")


def transcript(world: World, chat: Chat) -> str:
    """Everything visible in `chat`, one line for each change, with its buttons below."""
    names = {person.id: person.first_name for person in world.people.values()}
    return "".join(f"{line}\n" for change in chat.changes for line in lines(change, names))


def lines(change: Change, names: Mapping[int, str]) -> Iterable[str]:
    """`change` in words; empty for invisible changes."""
    who = "bot" if change.by is None else names[change.by]
    if "only" in change.detail:
        who = f"{who} (to {names[change.detail['only']]} alone)" if change.by is None else f"{who} (to the bot alone)"
    message = change.message or {}
    match change.kind:
        case "message":
            yield from said(f"{who}: ", message, change.detail.get("keyboard"))
        case "edit":
            yield from said(f"{who} edits: ", message, None)
        case "delete":
            yield f"{who} deletes: {summary(message).partition(chr(10))[0]}"
        case "toast" if change.text:
            yield f"toast: {change.text}"
        case "press":
            yield f"{who} presses [{change.text}]"
        case "inline_query":
            yield f"{who} asks inline: {change.text}"
        case "inline_results":
            yield f"bot offers {len(change.detail['results'])} inline results"
        case "member":
            yield f"{who}: ({change.text})"
        case "toast" | "action":
            return


def said(lead: str, message: Json, keyboard: Json | None) -> Iterable[str]:
    """Yields a message after `lead`; further lines and buttons are indented."""
    indent = " " * len(lead)
    first, *more = summary(message).splitlines() or [""]
    yield f"{lead}{first}"
    yield from (f"{indent}{line}" for line in more)
    rows = [[button["text"] for button in row] for row in buttons_of(message)] or button_rows(keyboard)
    for row in rows:
        yield indent + " ".join(f"[{label}]" for label in row)


def summary(message: Json) -> str:
    """Returns the text of `message`, with its other content in parentheses."""
    forwarded = "(forwarded) " if "forward_origin" in message else ""
    if "text" in message:
        return forwarded + str(message["text"])
    if "rich_message" in message:
        return forwarded + rich_text.plain_text(message["rich_message"]["blocks"])
    caption = f" {message['caption']}" if message.get("caption") else ""
    for kind in FILES:
        if kind in message:
            return f"{forwarded}({kind_and_name(kind, message[kind])}){caption}"
    for kind in SPECIAL:
        if kind in message:
            return f"{forwarded}({kind}: {', '.join(str(value) for value in message[kind].values())})"
    others = [name for name in message if name not in ("message_id", "date", "chat", "from", "edit_date")]
    return f"({', '.join(others)})"


def kind_and_name(kind: str, value: Any) -> str:
    """Returns the kind and name of a file."""
    return f"{kind} {value['file_name']}" if isinstance(value, dict) and "file_name" in value else kind


def buttons_of(message: Json) -> list[list[Json]]:
    """Returns the buttons on `message`, row by row: those in a rich message, and those below."""
    below: list[list[Json]] = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [*rich_text.button_rows(message.get("rich_message")), *below]


def button_rows(markup: Json | None) -> list[list[str]]:
    """Returns the labels of a keyboard of either kind, row by row."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    return [[button if isinstance(button, str) else button["text"] for button in row] for row in rows]
