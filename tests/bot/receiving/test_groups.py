"""The coordinators' group: cards come there too, and only stored roles count."""

from datetime import UTC, datetime

from bot.botapi import Phone, Screen
from bot.botapi.cloud.people import member_changed
from bot.receiving.groups import moved
from conversations.model.digests.looking import Weekly
from storage.messages.outbox import Outgoing
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import coordinator, gives, reports, sees
from tests.bot.stage import Stage, Talk


async def group_of(stage: Stage, *talks: Talk) -> list[Phone]:
    """A group of these people, the first of whom added the bot; everybody's view of it."""
    members = [talk.phone.person_id for talk in talks]
    chat = (await talks[0].phone.phones.post("groups", {"title": "Koordinatorer", "members": members}))["id"]
    await stage.settles()
    return [talk.phone.in_chat(chat) for talk in talks]


async def used_group(stage: Stage, *talks: Talk) -> list[Phone]:
    """A group in which cards are shown."""
    phones = await group_of(stage, *talks)
    await phones[0].sees("Should new reports be shown in this group?")
    await phones[0].presses("Show reports here")
    await phones[0].sees("New reports will be shown in this group.")
    await stage.settles()
    return phones


def calls(stage: Stage, chat: int) -> list[str]:
    return [entry.method for entry in stage.server.journal.entries if entry.chat_id == chat]


async def test_cards_come_to_the_group_and_a_coordinator_publishes_there(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    (group,) = await used_group(bot_app, ann)
    librarian = bot_app.talk()
    await reports(librarian)
    await group.sees("For review: “Language café in the park”")
    await group.presses("Publish")
    await group.sees("Published: “Language café in the park”")
    assert "By Ann." in (await sees(bot_app, ann, "Published: “Language café in the park”")).text
    await sees(bot_app, librarian, "Your report has been published:")


async def test_a_group_that_is_used_later_gets_what_waits(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    await reports(bot_app.talk())
    (group,) = await group_of(bot_app, ann)
    await group.types("/review")
    await group.sees("One report is waiting now.")
    await group.sees("For review: “Language café in the park”")


async def test_what_takes_words_goes_on_privately(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    (group,) = await used_group(bot_app, ann)
    await reports(bot_app.talk())
    await group.sees("For review:")
    await group.presses("Send back")
    await sees(bot_app, ann, "What should be changed in “Language café in the park”?")
    await group.sees("Ann has been reviewing this")
    assert group.toasts == ["I have written to you privately."]


async def test_others_in_the_group_cannot_decide(bot_app: Stage) -> None:
    ann, emily = await coordinator(bot_app, name="Ann"), bot_app.talk()
    await emily.starts()
    stranger = bot_app.talk()
    _ann, of_emily, of_stranger = await used_group(bot_app, ann, emily, stranger)
    await reports(bot_app.talk())
    for phone in (of_emily, of_stranger):
        await phone.sees("For review:")
        await phone.presses("Publish")
        await phone.waits()
        assert phone.toasts == ["That needs a role that you do not have. /help shows what you can do."]
    assert [each.title for each in await bot_app.finds(lambda work: work.reviews.waiting())]
    await gives(bot_app, emily, "coordinator")
    await of_emily.presses("Publish")
    await of_emily.sees("Published:")


async def test_a_role_taken_away_no_longer_counts_in_the_group(bot_app: Stage) -> None:
    ann, bo = await coordinator(bot_app, name="Ann"), await coordinator(bot_app, "da", name="Bo")
    _ann, of_bo = await used_group(bot_app, ann, bo)
    await reports(bot_app.talk())
    await of_bo.sees("For review:")
    await gives(bot_app, bo)
    await of_bo.presses("Publish")
    await of_bo.waits()
    assert [each.title for each in await bot_app.finds(lambda work: work.reviews.waiting())]


async def test_what_belongs_elsewhere_is_said_to_those_with_a_role_alone(bot_app: Stage) -> None:
    ann, emily = await coordinator(bot_app, "sl", name="Ana"), bot_app.talk()
    partner = await coordinator(bot_app, role="partner", name="Petra")
    await emily.starts()
    of_ann, of_emily, of_partner = await group_of(bot_app, ann, emily, partner)
    before = len(calls(bot_app, of_ann.chat_id))
    name = bot_app.server.cloud.world.bot["username"]
    for phone, text in ((of_emily, "/digest"), (of_ann, "/digest@another_bot"), (of_ann, "/unknown"), (of_ann, "hej")):
        await phone.types(text)
        await bot_app.settles()
    assert len(calls(bot_app, of_ann.chat_id)) == before
    for phone, text in ((of_ann, "/digest"), (of_partner, f"/subscribe@{name}")):
        await phone.types(text)
        await bot_app.settles()
    screen = await of_ann.sees("Za to mi pišite v zasebnem klepetu.")
    assert screen.labels == ("Odpri klepet",)
    assert screen.raw["reply_markup"]["inline_keyboard"][0][0]["url"] == f"https://t.me/{name}"
    # The bot is no administrator there, so the first answer is not taken for one person alone, and is said to all.
    assert calls(bot_app, of_ann.chat_id)[before:] == ["sendMessage"] * 3


async def test_a_group_of_somebody_else_is_left(bot_app: Stage) -> None:
    emily = bot_app.talk()
    await emily.starts()
    (group,) = await group_of(bot_app, emily)
    await group.sees("Write to me privately: reports do not belong in a group.")
    await bot_app.settles()
    assert calls(bot_app, group.chat_id) == ["sendMessage", "leaveChat"]


async def test_a_group_that_was_left_and_adds_the_bot_again_is_told_again(bot_app: Stage) -> None:
    emily = bot_app.talk()
    await emily.starts()
    (group,) = await group_of(bot_app, emily)
    await bot_app.settles()
    chat = bot_app.server.cloud.world.chats[group.chat_id]
    assert chat.bot_status == "left"
    chat.bot_status = "member"
    world = bot_app.server.cloud.world
    member_changed(bot_app.server.cloud, chat, world.people[emily.phone.person_id], "left", "member")
    await bot_app.settles()
    assert calls(bot_app, group.chat_id) == ["sendMessage", "leaveChat"] * 2


async def with_topics(stage: Stage, talk: Talk) -> tuple[Phone, int]:
    """A group that has a topic beside the general one."""
    given = {"title": "Koordinatorer", "members": [talk.phone.person_id], "kind": "supergroup"}
    chat = (await talk.phone.phones.post("groups", given))["id"]
    topic = (await talk.phone.phones.post(f"groups/{chat}/topics", {}))["topic"]
    await stage.settles()
    return talk.phone.in_chat(chat), topic


def topic_of(screen: Screen) -> int | None:
    """Where in its group it is shown."""
    return screen.raw.get("message_thread_id")


async def test_cards_and_answers_go_to_the_topic_in_which_review_was_said(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    group, topic = await with_topics(bot_app, ann)
    await group.types("/review", topic=topic)
    assert topic_of(await group.sees("New reports will be shown in this group.")) == topic
    await reports(bot_app.talk())
    assert topic_of(await group.sees("For review: “Language café in the park”")) == topic
    await group.presses("Publish")
    await group.sees("Published: “Language café in the park”")
    await group.types("/digest", topic=topic)
    assert topic_of(await group.sees("For that, write to me privately.")) == topic
    await group.types("/digest")
    await bot_app.settles()
    assert topic_of(await group.sees("For that, write to me privately.")) is None


async def test_without_its_topic_a_card_comes_to_the_group_all_the_same(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    group, topic = await with_topics(bot_app, ann)
    await group.types("/review", topic=topic)
    await group.sees("New reports will be shown in this group.")
    bot_app.server.cloud.world.chats[group.chat_id].topics.clear()
    await reports(bot_app.talk())
    assert topic_of(await group.sees("For review: “Language café in the park”")) is None


async def test_a_group_that_takes_no_cards_is_told_to_the_coordinators_once(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    owner = await coordinator(bot_app, "da", role="owner", name="Bo")
    (group,) = await used_group(bot_app, ann)
    await group.phones.post(f"groups/{group.chat_id}/mute", {"muted": True})
    await reports(bot_app.talk())
    await sees(bot_app, ann, "I can no longer write in the coordinators’ group.")
    await sees(bot_app, owner, "Jeg må ikke længere skrive i koordinatorgruppen.")
    await reports(bot_app.talk(), "Another one")
    await sees(bot_app, ann, "For review: “Another one”")
    assert (
        len([each for each in ann.phone.messages if "I can no longer write in the coordinators’ group." in each.text])
        == 1
    )
    await group.phones.post(f"groups/{group.chat_id}/mute", {"muted": False})
    await group.types("/review")
    await group.sees("For review: “Another one”")


async def test_a_group_that_becomes_a_supergroup_takes_its_cards_along(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    (group,) = await used_group(bot_app, ann)
    new = (await group.phones.post(f"groups/{group.chat_id}/migrate", {}))["id"]
    await bot_app.settles()
    await reports(bot_app.talk())
    moved = ann.phone.in_chat(new)
    await moved.sees("For review:")
    await moved.presses("Publish")
    await moved.sees("Published:")


async def test_a_supergroup_is_learned_of_from_the_error_too(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    (group,) = await used_group(bot_app, ann)
    world = bot_app.server.cloud.world
    new = world.add_group("Koordinatorer", world.chats[group.chat_id].members, "supergroup")
    world.chats[group.chat_id].migrated_to = new.id  # and the update about it was lost
    await reports(bot_app.talk())
    await ann.phone.in_chat(new.id).sees("For review:")
    await bot_app.settles()
    assert await bot_app.finds(lambda work: work.groups.used()) == [new.id]


async def test_thrown_out_of_the_group_the_coordinators_are_told(bot_app: Stage) -> None:
    ann, bo = await coordinator(bot_app, name="Ann"), await coordinator(bot_app, "da", name="Bo")
    group, _bo = await used_group(bot_app, ann, bo)
    await group.phones.post(f"groups/{group.chat_id}/kick", {})
    await sees(bot_app, ann, "I was removed from the coordinators’ group.")
    assert await bot_app.finds(lambda work: work.groups.of(group.chat_id)) is None
    before = len(calls(bot_app, group.chat_id))
    await reports(bot_app.talk())
    await sees(bot_app, ann, "For review:")
    assert len(calls(bot_app, group.chat_id)) == before


async def test_found_to_be_thrown_out_the_coordinators_are_told_once(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    (group,) = await used_group(bot_app, ann)
    bot_app.server.cloud.world.chats[group.chat_id].bot_status = "kicked"  # and the update about it was lost
    await reports(bot_app.talk())
    await sees(bot_app, ann, "I was removed from the coordinators’ group.")
    await reports(bot_app.talk(), "Another one")
    await sees(bot_app, ann, "For review: “Another one”")
    told = [each for each in ann.phone.messages if "I was removed" in each.text]
    assert len(told) == 1
    assert await bot_app.finds(lambda work: work.groups.used()) == []


async def test_only_a_coordinator_has_cards_come_to_the_group(bot_app: Stage) -> None:
    ann, emily = await coordinator(bot_app, name="Ann"), bot_app.talk()
    await emily.starts()
    stranger = bot_app.talk()
    of_ann, *others = await group_of(bot_app, ann, emily, stranger)
    for phone in others:
        await phone.sees("Should new reports be shown in this group?")
        await phone.presses("Show reports here")
        await phone.waits()
        assert phone.toasts == ["That needs a role that you do not have. /help shows what you can do."]
        await phone.types("/review")
    await bot_app.settles()
    assert await bot_app.finds(lambda work: work.groups.used()) == []
    await of_ann.presses("Show reports here")
    await of_ann.sees("New reports will be shown in this group.")
    assert await bot_app.finds(lambda work: work.groups.used()) == [of_ann.chat_id]


async def test_what_waits_for_a_group_and_its_digest_go_along_to_the_supergroup(storage: Storage) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)

    def move(work: UnitOfWork) -> tuple[list[int], list[int], list[int]]:
        person = work.people.arrive(7, 7, "en", now).person
        work.groups.add(-4, "en", person.id, now)
        work.groups.use(-4, None, now)
        work.digests(person.id).subscribe(Weekly(0, -4, 0, 8, "UTC"), now)
        work.outbox.add(Outgoing(-4, "sendMessage", {"text": "waits"}, "notice", now))
        for _twice in range(2):
            moved(work, -4, -1004, now)
        waiting = [each.chat_id for each in work.delivery_queue.due(now, 9)]
        return work.groups.used(), [each.chat for each in work.digests(person.id).weekly()], waiting

    assert await storage.write(move) == ([-1004], [-1004], [-1004])
