"""Files in both directions, and how large they may be."""

import struct

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, Message
from telegram.error import BadRequest, NetworkError

from bot.botapi import PIXEL, BotApiServer, Phone

from .asking import ask, refused


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)


def jpeg(width: int, height: int) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"


async def started(server: BotApiServer) -> Phone:
    phone = server.phone()
    await phone.starts()
    return phone


async def test_a_photo_comes_and_goes(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    await ida.sends_photo(jpeg(1200, 800), caption="Our #park on example.org")
    message = (await bot.get_updates(timeout=5))[-1].message
    assert message
    assert message.caption
    assert [entity.type for entity in message.caption_entities] == ["hashtag", "url"]
    assert [(size.width, size.height) for size in message.photo] == [(90, 60), (1200, 800)]
    file = await bot.get_file(message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == jpeg(1200, 800)
    again = await bot.send_photo(ida.person_id, message.photo[-1].file_id, caption="Yours")
    assert again.photo[-1].file_id == message.photo[-1].file_id
    assert (await ida.waits()).text == "(photo) Yours"
    assert await ida.file(again.photo[-1].file_id) == jpeg(1200, 800)
    assert server.violations == []


async def test_an_album_is_several_messages_with_one_id(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    await ida.sends_album([PIXEL, PIXEL, PIXEL], caption="Three")
    messages = [update.message for update in await bot.get_updates(timeout=5) if update.message][1:]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption for message in messages] == ["Three", None, None]
    sent = await bot.send_media_group(
        ida.person_id, [InputMediaPhoto(PIXEL, caption="<b>a</b>", parse_mode="HTML"), InputMediaPhoto(png(300, 200))]
    )
    assert [message.caption for message in sent] == ["a", None]
    assert sent[0].caption_entities[0].type == "bold"
    with pytest.raises(BadRequest, match="Can't use the media of the specified type in the album"):
        await bot.send_media_group(ida.person_id, [InputMediaPhoto(PIXEL), InputMediaDocument(b"x")])


async def test_documents_and_voices(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    await ida.sends_document(b"%PDF", "plan.pdf", caption="The plan")
    await ida.sends_voice()
    document, voice = [update.message for update in await bot.get_updates(timeout=5)][1:]
    assert document
    assert document.document
    assert voice
    assert voice.voice
    assert (document.document.file_name, document.document.mime_type) == ("plan.pdf", "application/pdf")
    sent = await bot.send_document(ida.person_id, b"a;b", filename="export.csv")
    assert sent.document
    assert await ida.file(sent.document.file_id) == b"a;b"
    assert (await bot.send_voice(ida.person_id, voice.voice.file_id)).voice
    assert (await bot.send_video(ida.person_id, b"film", filename="a.mp4", duration=9)).video
    assert (await ida.waits()).text == "(video a.mp4)"
    edited = await bot.edit_message_media(InputMediaPhoto(png(10, 20)), ida.person_id, sent.message_id)
    assert isinstance(edited, Message)
    assert edited.photo[-1].height == 20
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("x", ida.person_id, sent.message_id)
    await bot.edit_message_caption(ida.person_id, sent.message_id, caption="New")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_caption(ida.person_id, sent.message_id, caption="New")
    await bot.edit_message_caption(ida.person_id, sent.message_id)
    await ida.looks()
    assert ida.messages[-3].text == "(photo)"
    assert server.violations == []


async def test_files_that_are_too_big_to_fetch(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    await ida.sends_document(b"x", "film.mp4", size=20 * 1024 * 1024)
    await ida.sends_document(b"x", "film.mp4", size=20 * 1024 * 1024 + 1)
    fits, big = [update.message for update in await bot.get_updates(timeout=5)][1:]
    assert fits
    assert fits.document
    assert big
    assert big.document
    await bot.get_file(fits.document.file_id)
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(big.document.file_id)
    with pytest.raises(BadRequest, match="Wrong file_id or the file is temporarily unavailable"):
        await bot.get_file("nothing")
    assert server.violations == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no picture", "Image_process_failed"),
        (png(9000, 1001), "Photo_invalid_dimensions"),
        (png(2100, 100), "Photo_invalid_dimensions"),
        (PIXEL + b"\0" * (10 << 20), "File of size 10485830 bytes is too big for a photo"),
        (b"", "File must be non-empty"),
    ],
)
async def test_photos_telegram_does_not_take(server: BotApiServer, bot: Bot, content: bytes, why: str) -> None:
    ida = await started(server)
    with pytest.raises(BadRequest, match=why):
        await bot.send_photo(ida.person_id, content)
    assert len(server.violations) == 1


async def test_uploads_over_50_megabytes(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(ida.person_id, b"\0" * (50 * 1024 * 1024 + 1))
    assert server.violations[0].problem == "Request Entity Too Large"


async def test_files_that_are_not_there(server: BotApiServer) -> None:
    ida = await started(server)
    send = {"chat_id": ida.person_id}
    assert "wrong file identifier" in await refused(server, "sendPhoto", **send, photo="nothing")
    assert "failed to get HTTP URL content" in await refused(server, "sendPhoto", **send, photo="https://x.dk/a.png")
    assert "wrong file identifier" in await refused(server, "sendPhoto", **send, photo="attach://nothing")
    await ida.sends_document(b"x")
    document = next(iter(server.world.files))
    assert "can't use file of type Document as Photo" in await refused(server, "sendPhoto", **send, photo=document)
    assert (await ask(server, "sendDocument", **send, document=document))["ok"]
