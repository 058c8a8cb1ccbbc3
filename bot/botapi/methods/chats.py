"""The methods about chats and their members."""

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.examples import example
from bot.botapi.cloud.groups import open_topic_by_bot
from bot.botapi.cloud.world import Chat, Json
from bot.botapi.methods.targets import chat_known
from bot.botapi.specification.errors import bad_request


def get_chat(call: Call) -> Json:
    """getChat."""
    chat = chat_known(call.world, call.params["chat_id"])
    full: Json = example(("ChatFullInfo",), call.world.chat_json(chat), call.world.clock.now())
    return full


def member(call: Call, chat: Chat, user_id: int) -> Json:
    """Returns the bot or a person as a ChatMember of `chat`; error 400 if unknown."""
    if user_id == call.world.bot["id"]:
        user, status = call.world.bot, chat.bot_status
    elif person := call.world.people.get(user_id):
        if chat.type != "private" and user_id == min(chat.members):
            owner: Json = example(("ChatMemberOwner",), {"user": person.user()}, call.world.clock.now())
            return owner
        user, status = person.user(), "member" if user_id in chat.members else "left"
    else:
        raise bad_request("user not found")
    kinds = {
        "member": "Member",
        "administrator": "Administrator",
        "left": "Left",
        "kicked": "Banned",
    }
    shown: Json = example((f"ChatMember{kinds[status]}",), {"user": user, "status": status}, call.world.clock.now())
    return shown


def get_chat_member(call: Call) -> Json:
    """getChatMember."""
    return member(call, chat_known(call.world, call.params["chat_id"]), call.params["user_id"])


def get_chat_member_count(call: Call) -> int:
    """getChatMemberCount, the bot included."""
    return len(chat_known(call.world, call.params["chat_id"]).members) + 1


def get_chat_administrators(call: Call) -> list[Json]:
    """getChatAdministrators: the group's creator, and the bot if it is an administrator."""
    chat = chat_known(call.world, call.params["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    founder = call.world.people[min(chat.members)].user()
    owner: Json = example(("ChatMemberOwner",), {"user": founder}, call.world.clock.now())
    bot = [member(call, chat, call.world.bot["id"])] if chat.bot_status == "administrator" else []
    return [owner, *bot]


def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = chat_known(call.world, call.params["chat_id"])
    if chat.type == "private":
        raise bad_request("chat not found")
    chat.bot_status = "left"
    call.world.change(chat, "member", None, text="left")
    return True


def create_forum_topic(call: Call) -> Json:
    """createForumTopic."""
    chat = chat_known(call.world, call.params["chat_id"])
    if chat.type == "group":
        raise bad_request("the chat is not a forum")
    topic = open_topic_by_bot(call.cloud, chat, call.params["name"])
    made: Json = example(("ForumTopic",), {**call.params, "message_thread_id": topic}, call.world.clock.now())
    return made


HANDLERS = {
    "createForumTopic": create_forum_topic,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
}
