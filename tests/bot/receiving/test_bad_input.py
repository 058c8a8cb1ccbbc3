"""What no question expects: one kind sentence in the reader's language, the same question again, nothing lost."""

import pytest

from bot.botapi import Screen
from tests.bot.stage import Stage, Talk

TITLE = {"da": "Hvad hedder initiativet?", "sl": "Kako se dejavnost imenuje?", "en": "What is it called?"}
RUNNING = {"da": "I gang", "sl": "V teku", "en": "Running"}

KINDS = ("sticker", "dice", "video_note", "video", "audio", "animation", "poll", "story", "game", "venue", "contact")


async def at_the_title(stage: Stage, language: str) -> Talk:
    librarian = stage.talk(language)
    await librarian.writes("/report")
    await librarian.writes("odense")
    await librarian.presses(RUNNING[language])
    librarian.bot(TITLE[language])
    return librarian


@pytest.mark.parametrize("language", ["da", "sl", "en"])
async def test_every_kind_of_message_is_answered_and_the_question_stays(bot_app: Stage, language: str) -> None:
    librarian = await at_the_title(bot_app, language)
    for kind in KINDS:
        before = librarian.count
        await librarian.phone.sends_kind(kind)
        screen = await librarian.phone.waits()
        assert librarian.count == before + 1, kind
        assert TITLE[language] in screen.text, kind
        assert note_of(screen), kind
    for act in (
        librarian.phone.sends_voice(),
        librarian.phone.sends_document(b"PK", "tool.zip", mime="application/zip"),
        librarian.phone.shares_location(55.4, 10.4),
    ):
        await act
        screen = await librarian.phone.waits()
        assert TITLE[language] in screen.text
        assert note_of(screen)
    await librarian.writes("Lektiecafé")
    librarian.bot("4 ")


def note_of(screen: Screen) -> str:
    """The sentence above the progress line."""
    first = screen.text.splitlines()[0]
    return "" if first.startswith("3 ") else first


@pytest.mark.parametrize(
    "title",
    [
        "<b>Bold</b> & brave",
        "&lt;script&gt;",
        "Jezik: moj, tvoj, naš",
        "#OstaniDoma",
        "Simbioz@",
        "Lejre Bibliotek & Arkiv",
        "🙂 Læsehunden 🐕",
        "//Nethood",
        "مقهى اللغة",
        "A_b*c`d[e](f)",
    ],
)
async def test_a_title_is_kept_and_shown_as_it_was_written(bot_app: Stage, title: str) -> None:
    librarian = await at_the_title(bot_app, "en")
    await librarian.writes(title)
    librarian.bot("4 of 9")
    await librarian.writes("/myreports")
    assert any(title in label.replace("\u2068", "").replace("\u2069", "") for label in librarian.labels)
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    assert report.title == title


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Home\u0000work café", "Homework café"),
        ("Homework\u202e café\u200b", "Homework café"),
        ("Homework cafe\u0301", "Homework café"),
        ("  Homework\n\ncafé  ", "Homework café"),
    ],
)
async def test_what_nobody_sees_is_taken_out(bot_app: Stage, sent: str, kept: str) -> None:
    librarian = await at_the_title(bot_app, "en")
    await librarian.writes(sent)
    librarian.bot("4 of 9")
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    assert report.title == kept


@pytest.mark.parametrize("language", ["da", "sl", "en"])
async def test_ten_thousand_characters(bot_app: Stage, language: str) -> None:
    librarian = await at_the_title(bot_app, language)
    # The phone itself cuts a long text into messages of 4,096 characters.
    for part in ("x" * 4096, "y" * 4096, "z" * 1808):
        await librarian.writes(part)
        librarian.bot(TITLE[language])
        assert note_of(librarian.screen)


async def test_a_paste_that_the_client_cut_is_read_as_one(bot_app: Stage) -> None:
    librarian = await at_the_title(bot_app, "en")
    await librarian.phone.types("Children learn " * 273 + "x and so much more.")
    await bot_app.settles()
    await librarian.phone.looks()
    librarian.bot("There is room for 1,500 characters", TITLE["en"])
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    assert report.title == ""


async def test_twenty_choices_where_four_are_allowed(bot_app: Stage) -> None:
    librarian = await at_the_title(bot_app, "da")
    await librarian.writes("Lektiecafé")
    await librarian.writes("Hver onsdag hjælper frivillige børn med lektierne, mens forældrene mødes.")
    await librarian.writes(
        "Sprogcafé, Sprogkursus, Lektiehjælp, Læsegruppe, Demokrati, Tilgængelighed, Onlinearrangementer, Andet"
    )
    librarian.bot("Hvad handler det om?")
    assert "4" in note_of(librarian.screen)
    await librarian.writes("Sprogcafé, Lektiehjælp")
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    assert report.answers["themes"] == ["language_cafe", "homework_help"]


async def test_a_file_over_the_limit(bot_app: Stage) -> None:
    librarian = await at_the_title(bot_app, "en")
    await librarian.sends_photo(size=21 * 1024 * 1024)
    librarian.bot("That file is larger than 20 MB. Send a smaller one.", "What is it called?")


async def test_a_command_with_a_typo(bot_app: Stage) -> None:
    librarian = await at_the_title(bot_app, "en")
    await librarian.writes("/reprot")
    librarian.bot("I do not know /reprot. Did you mean /report?", "What is it called?")
    await librarian.writes("/HELP")
    librarian.bot("/report", buttons=["Back to my report ›"])
    await librarian.presses("Back to my report ›")
    librarian.bot("What is it called?")
