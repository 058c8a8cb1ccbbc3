"""What a person sees besides the bot's messages: the command menu, the bot's name and its descriptions."""

import json
import re
from collections.abc import Sequence

from bot.botapi.cloud.world import Chat, Json, World

COMMAND = re.compile(r"/([A-Za-z0-9_]+)(?:@(\w+))?(?!\S)")


def commands_for(world: World, person_id: int) -> list[Json]:
    """The commands a person sees in the private chat: those of the narrowest scope, in their own language if possible.

    The order is that of https://core.telegram.org/bots/api#determining-list-of-commands.
    """
    return narrowest(
        world, person_id, [{"type": "chat", "chat_id": person_id}, {"type": "all_private_chats"}, {"type": "default"}]
    )


def sends_unseen(world: World, person_id: int, group: Chat, text: str) -> bool:
    """Returns whether `text` is a command that only the bot sees when the person sends it in `group`."""
    written = COMMAND.match(text)
    if written is None or written[2] not in (None, world.bot["username"]):
        return False
    in_group = {"chat_id": group.id}
    scopes: list[Json] = [
        {"type": "chat_member", **in_group, "user_id": person_id},
        {"type": "chat", **in_group},
        {"type": "all_group_chats"},
        {"type": "default"},
    ]
    commands = narrowest(world, person_id, scopes)
    return any(entry["command"] == written[1] and bool(entry.get("is_ephemeral")) for entry in commands)


def narrowest(world: World, person_id: int, scopes: Sequence[Json]) -> list[Json]:
    """The commands of the first of `scopes` that has any, in the person's language if possible."""
    language = spoken_by(world, person_id)
    for scope in scopes:
        for code in (language, ""):
            if commands := world.commands.get((json.dumps(scope, sort_keys=True), code)):
                return commands
    return []


def profile_for(world: World, person_id: int) -> Json:
    """Returns the bot's name, description and short description in the person's language, otherwise those for
    everyone.
    """
    language = spoken_by(world, person_id)
    otherwise = {"name": world.bot["first_name"], "description": "", "short_description": ""}
    return {
        field: world.words.get((field, language)) or world.words.get((field, ""), default)
        for field, default in otherwise.items()
    }


def spoken_by(world: World, person_id: int) -> str:
    """Returns the language of the person's app as two letters; "" if unknown."""
    return (world.people[person_id].language_code or "").partition("-")[0]
