"""The methods about the bot itself: its name and descriptions in each language, its commands and menu buttons."""

import json
from collections.abc import Callable

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Json

WORDS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}


def get_me(call: Call) -> Json:
    """getMe."""
    return {
        **call.world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": any(chat.topics for chat in call.world.chats.values() if chat.type == "private"),
    }


def commands_key(call: Call) -> tuple[str, str]:
    """Returns the key of a set of commands: the scope as normalised JSON, and the language."""
    return json.dumps(call.get("scope", {"type": "default"}), sort_keys=True), call.get("language_code", "")


def set_my_commands(call: Call) -> bool:
    """setMyCommands."""
    call.world.commands[commands_key(call)] = call.params["commands"]
    return True


def get_my_commands(call: Call) -> list[Json]:
    """getMyCommands: exactly those set for this scope and language."""
    return call.world.commands.get(commands_key(call), [])


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.world.commands.pop(commands_key(call), None)
    return True


def setter_of(field: str) -> Callable[[Call], bool]:
    """setMyName and similar methods: an empty text removes the value for the language."""

    def set_words(call: Call) -> bool:
        key = (field, call.get("language_code", ""))
        if text := call.get(field, ""):
            call.world.words[key] = text
        else:
            call.world.words.pop(key, None)
        return True

    return set_words


def getter_of(field: str) -> Callable[[Call], Json]:
    """getMyName and similar methods: the value for the language, otherwise the default."""

    def get_words(call: Call) -> Json:
        words = call.world.words
        otherwise = call.world.bot["first_name"] if field == "name" else ""
        for_all = words.get((field, ""), otherwise)
        return {field: words.get((field, call.get("language_code", "")), for_all)}

    return get_words


def set_chat_menu_button(call: Call) -> bool:
    """setChatMenuButton, for one chat or all."""
    call.world.menu_buttons[call.get("chat_id")] = call.get("menu_button", {"type": "default"})
    return True


def get_chat_menu_button(call: Call) -> Json:
    """getChatMenuButton."""
    buttons = call.world.menu_buttons
    return buttons.get(call.get("chat_id"), buttons.get(None, {"type": "default"}))


HANDLERS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **{f"setMy{name}": setter_of(field) for name, field in WORDS.items()},
    **{f"getMy{name}": getter_of(field) for name, field in WORDS.items()},
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
