"""Changes of groups: the bot is added, the group becomes a supergroup, the bot is removed."""

from collections.abc import Sequence
from typing import Literal

from bot.botapi.cloud.cloud import Cloud
from bot.botapi.cloud.people import NotPossible, member_changed
from bot.botapi.cloud.world import Chat


def add_group(cloud: Cloud, title: str, members: Sequence[int], kind: Literal["group", "supergroup"] = "group") -> Chat:
    """Create a group of `members` (people's ids), the first of whom adds the bot."""
    people = [cloud.world.people[member] for member in members]
    if not people:
        raise NotPossible("a group needs somebody who adds the bot")
    chat = cloud.world.add_group(title, members, kind)
    member_changed(cloud, chat, people[0], "left", "member")
    body = cloud.world.person_message(people[0], chat, {"new_chat_members": [cloud.world.bot]})
    cloud.updates.push("message", body, people[0].id)
    return chat


def migrate(cloud: Cloud, chat: Chat) -> Chat:
    """Migrate the group `chat` to a supergroup and return it; calls with the old id get an error with the new one."""
    if chat.type != "group":
        raise NotPossible("only a group can become a supergroup")
    founder = cloud.world.people[min(chat.members)]
    new = cloud.world.add_group(chat.title or "", chat.members, "supergroup")
    body = cloud.world.person_message(founder, chat, {"migrate_to_chat_id": new.id})
    cloud.updates.push("message", body, founder.id)
    chat.migrated_to = new.id
    body = cloud.world.person_message(founder, new, {"migrate_from_chat_id": chat.id})
    cloud.updates.push("message", body, founder.id)
    return new


def open_topic(cloud: Cloud, chat: Chat) -> int:
    """Create a topic in the supergroup or private chat `chat`; returns its number."""
    if chat.type == "group":
        raise NotPossible("only a supergroup and a private chat have topics")
    founder = cloud.world.people[min(chat.members)]
    created = {"forum_topic_created": {"name": "Topic", "icon_color": 7322096}}
    topic = int(cloud.world.person_message(founder, chat, created)["message_id"])
    chat.topics.add(topic)
    return topic


def open_topic_by_bot(cloud: Cloud, chat: Chat, name: str) -> int:
    """Create a topic as the bot; returns its number."""
    created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    topic = int(cloud.world.bot_message(chat, created)["message_id"])
    chat.topics.add(topic)
    return topic


def mute_bot(cloud: Cloud, chat: Chat, *, muted: bool) -> None:
    """Take from the bot the right to write in the group `chat`, or give it back."""
    if chat.type == "private":
        raise NotPossible("rights are those in a group")
    chat.muted = muted
    old, new = ("member", "restricted") if muted else ("restricted", "member")
    member_changed(cloud, chat, cloud.world.people[min(chat.members)], old, new)


def remove_bot(cloud: Cloud, chat: Chat) -> None:
    """Remove the bot from the group `chat`."""
    if chat.type == "private":
        raise NotPossible("one can only be thrown out of a group")
    chat.bot_status = "kicked"
    member_changed(cloud, chat, cloud.world.people[min(chat.members)], "member", "kicked")
