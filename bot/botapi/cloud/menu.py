"""What a person sees besides the bot's messages: the command menu, the bot's name and its descriptions."""

import json

from bot.botapi.cloud.world import Json, World


def commands_for(world: World, person_id: int) -> list[Json]:
    """The commands a person sees in the private chat: those of the narrowest scope, in their own language if possible.

    The order is that of https://core.telegram.org/bots/api#determining-list-of-commands.
    """
    language = spoken_by(world, person_id)
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
