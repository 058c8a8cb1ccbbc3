"""/broadcast: to whom it goes, how it reads, and that it goes once."""

import pytest

from tests.bot.reviewing import coordinator, gives, reports, says, sees, taps
from tests.bot.stage import Stage, Talk

WORDS = "New funds: apply by <1 March> & tell us *everything*."


async def written(stage: Stage, talk: Talk, words: str = WORDS) -> None:
    """A message to everybody who has reported, up to its preview."""
    await stage.settles()  # the cards of what was reported come first
    await talk.writes("/broadcast")
    await talk.presses("Write the message")
    await says(stage, talk, words)


async def test_it_goes_once_to_everybody_who_has_reported(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    first, second, quiet = bot_app.talk(), bot_app.talk(), bot_app.talk()
    await reports(first)
    await reports(first, "Another one")
    await reports(second)
    await quiet.starts()
    await written(bot_app, ann)
    ann.bot("This is how people will see it:", WORDS, "It goes to 2 people.")
    preview = ann.screen
    rows = preview.raw["reply_markup"]["inline_keyboard"]
    send = next(button["callback_data"] for row in rows for button in row if button["text"] == "Send to 2 people")
    await ann.phone.press_data(preview.message_id, send)
    await ann.phone.press_data(preview.message_id, send)
    await sees(bot_app, ann, "Sending to 2 people.")
    for talk in (first, second):
        await sees(bot_app, talk, WORDS)
        assert sum(WORDS in each.text for each in talk.phone.messages) == 1
    await quiet.phone.looks()
    assert not any(WORDS in each.text for each in quiet.phone.messages)


async def test_in_another_language_it_says_which(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    librarian = bot_app.talk()
    await reports(librarian)
    await librarian.writes("/language")
    await librarian.presses("Dansk")
    await written(bot_app, ann)
    await taps(bot_app, ann, "Send to one person")
    await sees(bot_app, librarian, "English")


async def test_only_those_it_is_meant_for(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    librarian = bot_app.talk()
    await reports(librarian)
    await bot_app.settles()
    for by, none, one in (
        ("Country: all", "Slovenia", "Denmark"),
        ("Theme: all", "Homework help", "Language café"),
        ("Status: all", "Published", "In review"),
    ):
        await ann.writes("/broadcast")
        await ann.presses(by)
        await ann.presses(none)
        ann.bot("It will reach 0 people.")
        assert "Write the message" not in ann.labels
        await ann.presses(by.replace("all", none))
        await ann.presses(one)
        ann.bot("It will reach one person.")


async def test_it_can_be_cancelled_at_the_preview(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    librarian = bot_app.talk()
    await reports(librarian)
    await written(bot_app, ann)
    await taps(bot_app, ann, "Cancel")
    ann.bot("Nothing was sent.")
    assert not any(WORDS in each.text for each in librarian.phone.messages)


@pytest.mark.parametrize("role", ["", "partner"])
async def test_nobody_else_may(bot_app: Stage, role: str) -> None:
    emily = bot_app.talk()
    await emily.starts()
    if role:
        await gives(bot_app, emily, role)
    await emily.writes("/broadcast")
    emily.bot("That command is for coordinators.")


async def test_a_role_taken_away_before_sending(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    librarian = bot_app.talk()
    await reports(librarian)
    await written(bot_app, ann)
    await gives(bot_app, ann)
    await taps(bot_app, ann, "Send to one person")
    ann.bot("That needs a role that you do not have.")
    await librarian.phone.looks()
    assert not any(WORDS in each.text for each in librarian.phone.messages)


async def test_when_the_number_has_changed_it_is_asked_again(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    await reports(bot_app.talk())
    await written(bot_app, ann)
    await reports(bot_app.talk())
    await taps(bot_app, ann, "Send to one person")
    shown = await sees(bot_app, ann, "The number of recipients has changed.")
    assert "It goes to 2 people." in shown.text


async def test_it_is_noted_who_sent_it(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    await reports(bot_app.talk())
    await written(bot_app, ann)
    await taps(bot_app, ann, "Send to one person")
    done = await bot_app.finds(lambda work: work.audit.page(0, 1))
    assert [(each.name, each.action, each.new) for each in done] == [("Ann", "broadcast", {"to": {}, "recipients": 1})]
