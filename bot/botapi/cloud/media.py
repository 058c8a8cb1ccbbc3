"""Files as parts of messages: the JSON of photos, documents, voices and others in the Bot API."""

import struct
from collections.abc import Mapping

from bot.botapi.cloud.world import Chat, Json, StoredFile, World
from bot.botapi.specification import limits
from bot.botapi.specification.errors import bad_request, broken
from bot.botapi.specification.values import Upload

FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
    "animation": "animations",
    "video_note": "video_notes",
    "sticker": "stickers",
}
MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "animation": "video/mp4",
    "video_note": "video/mp4",
    "sticker": "image/webp",
}
SUFFIXES = {"photo": "jpg", "voice": "oga", "audio": "mp3", "video": "mp4", "animation": "mp4", "video_note": "mp4"}
SMALL = 90  # pixels, the longer side of the smallest size of a photo
MAX_SIDES = 10_000  # pixels, width and height together, https://core.telegram.org/bots/api#sendphoto
MAX_RATIO = 20  # same place


def sent_by_bot(
    world: World, chat: Chat, kind: str, given: Upload | str, uploads: Mapping[str, Upload]
) -> tuple[StoredFile, Json]:
    """Returns the file that a bot sends as `kind` (an upload, attach://… or the id of a known file) and its JSON.

    Raises ApiError for a missing file, and SpecError for one that is too big or not a picture.
    """
    if isinstance(given, str) and given.startswith("attach://"):
        attached = uploads.get(given.removeprefix("attach://"))
        if attached is None:
            raise broken("wrong file identifier/HTTP URL specified")
        given = attached
    if isinstance(given, str):
        stored = world.files.get(given)
        if stored is None:
            # A link would have to be downloaded, but this server makes no requests to other machines.
            reason = "failed to get HTTP URL content" if "://" in given else "wrong file identifier/HTTP URL specified"
            raise bad_request(reason)
        if (kind == "photo") != stored.path.startswith("photos/"):
            was = stored.path.partition("/")[0].rstrip("s").capitalize()
            raise broken(f"can't use file of type {was} as {kind.capitalize()}")
        return stored, as_json(world, chat, kind, stored)
    limits.upload_within(len(given.content))
    if not given.content:
        raise broken("file must be non-empty")
    if kind == "photo":
        limits.photo_within(len(given.content))
        picture_within(given.content)
    return stored_as(world, chat, kind, given.content, name=given.name, mime=given.mime)


def stored_as(
    world: World, chat: Chat, kind: str, content: bytes, *, name: str = "", mime: str = "", size: int | None = None
) -> tuple[StoredFile, Json]:
    """Store `content` as a file of `kind` in `chat`; returns the file and its JSON. `size`: another reported size."""
    name = name if name and kind in ("document", "audio", "video", "animation") else f"file.{SUFFIXES.get(kind, 'bin')}"
    mime = MIMES.get(kind) or mime or "application/octet-stream"
    stored = world.add_file(content, name=name, mime=mime, folder=FOLDERS[kind], chat=chat, size=size)
    return stored, as_json(world, chat, kind, stored)


def as_json(world: World, chat: Chat, kind: str, stored: StoredFile) -> Json:
    """`stored` as the field `kind` of a message shows it: {kind: value}, for a photo a list of sizes."""
    basic: Json = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
    match kind:
        case "photo":
            width, height = dimensions(stored.content) or (1280, 960)
            scale = SMALL / max(width, height, SMALL)
            small = world.add_file(
                stored.content, name=stored.name, mime=stored.mime, folder="photos", chat=chat, size=stored.size
            )  # pictures are not resized here: the small size has the same bytes and its own id
            sizes = [
                {
                    "file_id": small.file_id,
                    "file_unique_id": small.unique_id,
                    "file_size": small.size,
                    "width": max(1, int(width * scale)),
                    "height": max(1, int(height * scale)),
                },
                {**basic, "width": width, "height": height},
            ]
            return {"photo": sizes}
        case "document":
            return {"document": {**basic, "file_name": stored.name, "mime_type": stored.mime}}
        case "voice":
            return {"voice": {**basic, "duration": 3, "mime_type": stored.mime}}
        case "audio":
            return {"audio": {**basic, "duration": 3, "file_name": stored.name, "mime_type": stored.mime}}
        case "video":
            frame = {"width": 640, "height": 360, "duration": 3}
            return {"video": {**basic, **frame, "file_name": stored.name, "mime_type": stored.mime}}
        case "animation":
            frame = {"width": 320, "height": 180, "duration": 3}
            shown = {**basic, **frame, "file_name": stored.name, "mime_type": stored.mime}
            return {"animation": shown, "document": {**basic, "file_name": stored.name, "mime_type": stored.mime}}
        case "video_note":
            return {"video_note": {**basic, "length": 240, "duration": 3}}
        case _:
            look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": {**basic, **look, "emoji": "📚"}}


def picture_within(content: bytes) -> None:
    """Raise SpecError if Telegram cannot show `content` as a photo."""
    size = dimensions(content)
    if size is None:
        raise broken("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > MAX_SIDES or max(size) > MAX_RATIO * min(size):
        raise broken("PHOTO_INVALID_DIMENSIONS")


def dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, WebP or JPEG picture in pixels; None for anything else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:4] == b"GIF8" and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return 512, 512
    return jpeg_dimensions(content) if content[:2] == b"\xff\xd8" else None


def jpeg_dimensions(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header of a JPEG file, found by walking its segments."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
