"""Reviews of the whole bot, on both databases: cards, claims, and two coordinators at the same moment."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import coordinator, gives, reports, says, sees, taps
from tests.bot.stage import Stage, Talk, on_stage


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """The bot on each kind of database."""
    async with on_stage(tmp_path, database_url=database_url) as running:
        yield running


async def card(stage: Stage, talk: Talk) -> tuple[int, dict[str, str]]:
    """The message of the newest card, and what its buttons carry."""
    shown = await sees(stage, talk, "For review:")
    rows = shown.raw["reply_markup"]["inline_keyboard"]
    return shown.message_id, {button["text"]: button["callback_data"] for row in rows for button in row}


def published(work: UnitOfWork) -> list[str]:
    return [done.name for done in work.audit.page(0, 50) if done.action == "published"]


async def test_two_press_publish_at_the_same_time(stage: Stage) -> None:
    ann, bo = await coordinator(stage, name="Ann"), await coordinator(stage, name="Bo")
    librarian = stage.talk()
    await reports(librarian)
    cards = [(talk, *await card(stage, talk)) for talk in (ann, bo)]
    await asyncio.gather(*(talk.phone.press_data(message, data["Publish"]) for talk, message, data in cards))
    for talk in (ann, bo):
        await sees(stage, talk, "Published: “Language café in the park”")
        async with asyncio.timeout(30):
            while not talk.phone.toasts:  # the other's decision may be shown before one's own press is answered
                await asyncio.sleep(0.02)
                await talk.phone.looks()
    (first,) = await stage.finds(published)
    toasts = {talk.phone.name: talk.phone.toasts for talk in (ann, bo)}
    second = "Bo" if first == "Ann" else "Ann"
    assert toasts == {first: ["Published."], second: [f"Already published by {first}."]}
    await librarian.phone.looks()
    assert sum("Your report has been published:" in each.text for each in librarian.phone.messages) == 1


async def test_the_same_press_twice_is_once(stage: Stage) -> None:
    ann = await coordinator(stage, name="Ann")
    await reports(stage.talk())
    message, data = await card(stage, ann)
    for _ in range(2):
        await ann.phone.press_data(message, data["Publish"])
    await sees(stage, ann, "Published:")
    await ann.phone.sees("Published:")
    assert await stage.finds(published) == ["Ann"]


async def test_a_card_is_edited_in_place_and_comes_anew_when_the_report_comes_back(stage: Stage) -> None:
    ann, bo = await coordinator(stage, name="Ann"), await coordinator(stage, name="Bo")
    librarian = stage.talk()
    await reports(librarian)
    before, _data = await card(stage, bo)
    await taps(stage, ann, "Send back")
    assert (await sees(stage, bo, "Ann has been reviewing this")).message_id == before
    await says(stage, ann, "Where is it?")
    assert (await sees(stage, bo, "Reason: Where is it?")).message_id == before
    await taps(stage, librarian, "Open the report")
    await taps(stage, librarian, "Send again")
    after, _data = await card(stage, bo)
    assert after > before


async def test_an_author_in_the_middle_of_another_report_answers_and_goes_on(stage: Stage) -> None:
    ann, librarian = await coordinator(stage, name="Ann"), stage.talk()
    await reports(librarian)
    await librarian.writes("/report")
    await librarian.presses("Question by question")
    await librarian.presses("Planned")
    await taps(stage, ann, "Ask a question")
    await taps(stage, ann, "Name")
    await says(stage, ann, "Is it really in the park?")
    await librarian.phone.looks()
    await librarian.writes("Reading circle")  # typed before the question was seen: it belongs to the draft
    librarian.bot("4 of 9")
    await taps(stage, librarian, "Answer")
    librarian.bot("A coordinator asks about Name", "Your answer: Language café in the park")
    await says(stage, librarian, "Language café by the lake")
    assert "Language café by the lake" in (await sees(stage, ann, "For review:")).text
    await librarian.writes("/report")
    await librarian.presses("Continue ›")
    librarian.bot("4 of 9")


async def test_nobody_hears_of_what_happens_who_has_stopped_the_bot(stage: Stage) -> None:
    ann, bo = await coordinator(stage, name="Ann"), await coordinator(stage, name="Bo")
    await bo.phone.blocks()
    await reports(stage.talk())
    await sees(stage, ann, "For review:")
    await bo.phone.looks()
    assert not any("For review:" in each.text for each in bo.phone.messages)


async def test_a_press_by_somebody_whose_role_was_taken_away(stage: Stage) -> None:
    ann = await coordinator(stage, name="Ann")
    await reports(stage.talk())
    message, data = await card(stage, ann)
    await gives(stage, ann)
    for pressed in data.values():
        await ann.phone.press_data(message, pressed)
    await stage.settles()
    await ann.phone.waits()
    assert set(ann.phone.toasts) == {"That needs a role that you do not have. /help shows what you can do."}
    assert await stage.finds(published) == []


@pytest.mark.parametrize(
    "forged",
    [
        "-.r1.publish.",
        "{report}.r0.publish.",
        "{report}.r99.publish.",
        "{report}.1.publish.",
        "{report}.r1.publish.; DROP TABLE reports",
        "{report}.r1.because.test",
        "{report}.r1.about.title",
        "{report}.r1.send_to.1",
        "zzzzzzzzzz.r1.publish.",
        "{report}.r999999999999.publish.",
        "{report}.r1.no_such_thing.",
    ],
)
async def test_forged_callback_data_publishes_nothing_to_others(bot_app: Stage, forged: str) -> None:
    ann, eve = await coordinator(bot_app, name="Ann"), bot_app.talk()
    await eve.starts()
    await reports(eve)
    message, _data = await card(bot_app, ann)
    (waiting,) = await bot_app.finds(lambda work: work.reviews.waiting())
    data = forged.format(report=waiting.id)
    for talk, pressed in ((eve, eve.screen.message_id), (ann, message)):
        await talk.phone.press_data(pressed, data)
        await bot_app.settles()
    harmless = "DROP" in forged  # a coordinator's own press: what follows the action is not looked at
    assert await bot_app.finds(published) == (["Ann"] if harmless else [])
