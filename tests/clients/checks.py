"""What a bot is asked, and what a phone must see then."""

from collections.abc import Awaitable, Callable, Mapping

from bot.botapi import BotApiServer, Phone

Check = Callable[[BotApiServer, Phone], Awaitable[None]]


async def me(server: BotApiServer, phone: Phone) -> None:
    """getMe, setMyCommands, getMyCommands."""
    await phone.command("/me")
    await phone.sees(f"{server.world.bot['username']} 1")
    assert await phone.commands() == ["/me – Me"]


async def html(_: BotApiServer, phone: Phone) -> None:
    """A text in HTML."""
    await phone.command("/html")
    seen = await phone.sees("a & b")
    assert [entity["type"] for entity in seen.raw["entities"]] == ["bold", "code"]


async def markdown(_: BotApiServer, phone: Phone) -> None:
    """A text in MarkdownV2."""
    await phone.command("/markdown")
    seen = await phone.sees("a b.")
    assert [entity["type"] for entity in seen.raw["entities"]] == ["bold"]


async def edit(_: BotApiServer, phone: Phone) -> None:
    """A message that is changed."""
    await phone.command("/edit")
    assert (await phone.sees("after")).edited


async def keyboard(_: BotApiServer, phone: Phone) -> None:
    """A button, its press and the answer to it."""
    await phone.command("/keyboard")
    await phone.sees("Press")
    await phone.presses("Button")
    await phone.sees("pressed")
    assert phone.toasts[-1:] == ["Toast"]


async def upload(_: BotApiServer, phone: Phone) -> None:
    """A photo and a document from the bot."""
    await phone.command("/upload")
    photo = await phone.sees("photo")
    document = await phone.sees("document")
    assert len(photo.raw["photo"]) == 2
    assert await phone.file(document.raw["document"]["file_id"]) == b"content"


async def download(_: BotApiServer, phone: Phone) -> None:
    """A document to the bot."""
    await phone.sends_document(b"what is in it", "b.txt", mime="text/plain")
    await phone.sees("got what is in it")


async def poll(_: BotApiServer, phone: Phone) -> None:
    """A poll."""
    await phone.command("/poll")
    seen = await phone.sees("Question?")
    assert [option["text"] for option in seen.raw["poll"]["options"]] == ["Yes", "No"]


async def album(_: BotApiServer, phone: Phone) -> None:
    """Two pictures as one album."""
    await phone.command("/album")
    first = await phone.sees("one")
    await phone.waits()
    groups = [screen.raw.get("media_group_id") for screen in phone.messages[-2:]]
    assert groups == [first.raw["media_group_id"]] * 2


async def refused(_: BotApiServer, phone: Phone) -> None:
    """400."""
    await phone.command("/e400")
    await phone.sees("message to edit not found")
    assert phone.screen.text.startswith("400")


async def blocked(server: BotApiServer, phone: Phone) -> None:
    """403."""
    other = server.phone(first_name="Bo")
    await other.starts()
    await other.blocks()
    await phone.command(f"/e403 {other.person_id}")
    await phone.sees("bot was blocked by the user")
    assert phone.screen.text.startswith("403")


async def too_many(server: BotApiServer, phone: Phone) -> None:
    """429 with retry_after."""
    server.cloud.faults.add("too_many_requests", method="sendMessage", times=1, seconds=7)
    await phone.command("/e429")
    await phone.sees("429 7")


async def answer(server: BotApiServer, phone: Phone) -> None:
    """A call in the webhook's answer."""
    before = server.journal.count
    await phone.command("/answer")
    await phone.sees("answered")
    assert server.journal.count == before + 1


CHECKS: Mapping[str, Check] = {
    "getMe, commands": me,
    "HTML": html,
    "MarkdownV2": markdown,
    "edit": edit,
    "keyboard, press, toast": keyboard,
    "photo, document": upload,
    "download": download,
    "poll": poll,
    "album": album,
    "400": refused,
    "403": blocked,
    "429, retry_after": too_many,
}
"""What is tried with each client, by long polling and by a webhook."""

ANSWER = "call in the answer"
"""What is tried by a webhook only."""
