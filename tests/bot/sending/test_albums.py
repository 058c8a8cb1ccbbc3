"""What the items of one album are told is put together."""

from bot.language.catalogues import Catalogues
from bot.sending.albums import Told, together
from conversations.language.screen import Line, Screen, Style, note
from conversations.language.words import Words, _, counted

EN = Catalogues()["en"]
QUESTION = Line(_("What stage is it at?"), Style.QUESTION)


def said_of(*items: tuple[Words, ...]) -> list[str]:
    """The lines of the message after all items, each of which was told these words."""
    told: list[Told] = []
    lines: list[str] = []
    for words in items:
        screen = Screen((*map(note, words), QUESTION), news=len(words))
        screen, told = together(screen, told, EN)
        lines = [EN.say(line.text) for line in screen.lines]
        assert screen.news == len(lines) - 1
    return lines


def saved(number: int) -> Words:
    return counted("{n} photo saved.", "{n} photos saved.", number)


NO_VIDEOS = _("I cannot take videos. Type your answer, or send a photo where I ask for one.")


def test_all_is_said_once_and_the_question_is_the_last() -> None:
    assert said_of((saved(1),), (NO_VIDEOS,), (NO_VIDEOS,), ()) == [
        "1 photo saved.",
        EN.say(NO_VIDEOS),
        "What stage is it at?",
    ]


def test_of_what_counts_the_items_the_newest_number_is_said() -> None:
    assert said_of((saved(1),), (NO_VIDEOS,), (saved(2),)) == [
        EN.say(NO_VIDEOS),
        "2 photos saved.",
        "What stage is it at?",
    ]


def test_a_line_with_a_link_keeps_it() -> None:
    line = Line(_("Done"), Style.HELP, (_("Done"), "https://bib.dk"))
    _screen, told = together(Screen((line,), news=1), (), EN)
    screen, _told = together(Screen((QUESTION,)), told, EN)
    assert screen.lines == (Line("Done", Style.HELP, ("Done", "https://bib.dk")), QUESTION)
