"""Converts the JSON of the control interface into actions of a hand."""

import base64
from collections.abc import Callable, Mapping

from bot.botapi.cloud import media
from bot.botapi.cloud.people import Attachment, Hand, NotPossible
from bot.botapi.cloud.world import Json

Action = Callable[[Hand, Json], Json]


def attachment(given: Json) -> Attachment:
    """Returns a file from its JSON: {"content": base64, "kind", "name", "mime", "size", "duration"}, the content
    required.
    """
    kind = given.get("kind", "photo")
    if kind not in media.FOLDERS:
        raise NotPossible(f"a phone sends no {kind}")
    content = base64.b64decode(given["content"], validate=True)
    name, mime = given.get("name", ""), given.get("mime", "")
    return Attachment(content, name, mime, given.get("size"), kind, given.get("duration"))


def types(hand: Hand, given: Json) -> Json:
    """{"text", "reply_to"}."""
    return {"message_id": hand.types(given["text"], given.get("reply_to"), given.get("topic"))}


def starts(hand: Hand, given: Json) -> Json:
    """{"payload"}."""
    return {"message_id": hand.starts(given.get("payload", ""))}


def presses(hand: Hand, given: Json) -> Json:
    """{"message_id", "data", "ephemeral"?}."""
    ephemeral = bool(given.get("ephemeral"))
    return {"query_id": hand.presses(given["message_id"], given["data"], ephemeral=ephemeral)}


def sends(hand: Hand, given: Json) -> Json:
    """{"files", "caption", "group"}."""
    attachments = [attachment(file) for file in given["files"]]
    return {"message_ids": hand.sends(attachments, given.get("caption", ""), given.get("group"))}


def writes(hand: Hand, given: Json) -> Json:
    """{"content"}: any fields of Message."""
    kind = next(iter(given["content"]), "nothing")
    return {"message_id": hand.writes(given["content"], f"sends a {kind}")}


def forwards(hand: Hand, given: Json) -> Json:
    """{"content", "origin"}, and a "file" in place of or beside the content."""
    content: Json = dict(given.get("content", {}))
    if "file" in given:
        sent = attachment(given["file"])
        kept = media.stored_as(
            hand.cloud.world, hand.chat, sent.kind, sent.content, name=sent.name, mime=sent.mime, size=sent.size
        )
        content |= kept[1]
    return {"message_id": hand.forwards(content, given["origin"])}


def edits(hand: Hand, given: Json) -> Json:
    """{"message_id", "text"}."""
    hand.edits(given["message_id"], given["text"])
    return {}


def deletes(hand: Hand, given: Json) -> Json:
    """{"message_id"}."""
    hand.deletes(given["message_id"])
    return {}


def inline_query(hand: Hand, given: Json) -> Json:
    """{"text", "offset"?}."""
    return {"query_id": hand.asks_inline(given["text"], given.get("offset", ""))}


def chooses(hand: Hand, given: Json) -> Json:
    """{"query_id", "result_id"}."""
    return {"message_id": hand.chooses(given["query_id"], given["result_id"])}


def speaks(hand: Hand, given: Json) -> Json:
    """{"language_code"}."""
    hand.speaks(given["language_code"])
    return {}


def blocks(hand: Hand, _: Json) -> Json:
    """No fields."""
    hand.blocks()
    return {}


def unblocks(hand: Hand, _: Json) -> Json:
    """No fields."""
    hand.unblocks()
    return {}


def disappears(hand: Hand, _: Json) -> Json:
    """No fields: the account is deleted."""
    hand.person.deactivated = True
    return {}


ACTIONS: Mapping[str, Action] = {
    action.__name__: action
    for action in (
        types,
        starts,
        presses,
        sends,
        writes,
        forwards,
        edits,
        deletes,
        inline_query,
        chooses,
        speaks,
        blocks,
        unblocks,
        disappears,
    )
}
