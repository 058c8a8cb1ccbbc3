"""Which commands a person finds in the menu of a chat."""

import json

from bot.botapi.world import Json, World


def commands_for(world: World, person_id: int) -> list[Json]:
    """The commands a person sees in the private chat: the narrowest scope that has any, the own language first.

    The order is that of https://core.telegram.org/bots/api#determining-list-of-commands.
    """
    language = (world.people[person_id].language_code or "").partition("-")[0]
    scopes: list[Json] = [
        {"type": "chat", "chat_id": person_id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    for scope in scopes:
        for code in (language, ""):
            if commands := world.commands.get((json.dumps(scope, sort_keys=True), code)):
                return commands
    return []
