"""Screens as Telegram gets them: escaped once, within every limit."""

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.botapi.specification.limits import inline_button
from bot.language.catalogues import FSI, PDI, Catalogues
from bot.telegram.buttons import pack, unpack
from bot.telegram.rendering import (
    LONGEST_TEXT,
    MOST_BUTTONS,
    WIDEST_ROW,
    has_moments,
    render,
    without_format,
    without_moments,
)
from conversations.language.events import Pressed
from conversations.language.languages import LANGUAGES
from conversations.language.screen import Button, Line, Screen, Style, description, heading, note, stacked
from conversations.language.words import Moment, Shortened, Words, _
from conversations.reading.text import clean_text, length_utf16
from conversations.vocabulary.vocabulary import THEMES

ENGLISH = Catalogues()["en"]

# What people can have written: everything that has passed the gate.
written = st.text(max_size=6000).map(clean_text)
styles = st.sampled_from(list(Style))


def texts(screen: Screen) -> list[str]:
    return [message["text"] for message in render(screen, ENGLISH)]


def laid_out(screen: Screen, language: str = "en") -> list[list[str]]:
    keyboard = render(screen, Catalogues()[language])[0]["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in keyboard]


class _Strict(HTMLParser):
    """Reads HTML as Telegram does: only known tags, properly nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "i", "blockquote")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> str:
    reader = _Strict()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.text


def test_a_question_stands_out_with_its_help_right_below_and_what_happened_apart() -> None:
    screen = Screen((note(_("Saved.")), heading(_("What stage is it at?")), Line(_("Choose one."), Style.HELP)))
    assert texts(screen) == ["Saved.\n\n<b>What stage is it at?</b>\n<i>Choose one.</i>"]


def test_how_far_one_is_stands_on_top_of_the_question() -> None:
    screen = Screen((note(_("Saved.")), Line("2 of 9", Style.HELP), heading(_("What stage is it at?"))))
    assert texts(screen) == ["Saved.\n\n<i>2 of 9</i>\n<b>What stage is it at?</b>"]


def test_small_print_is_folded_and_keeps_its_words_without_format() -> None:
    (message,) = render(Screen((heading(_("Saved.")), Line("Yours & ours.", Style.FOLDED))), ENGLISH)
    assert message["text"] == "<b>Saved.</b>\n\n<blockquote expandable>Yours &amp; ours.</blockquote>"
    assert without_format(message)["text"] == "Saved.\n\nYours & ours."


def test_a_moment_is_marked_and_keeps_its_words_on_an_older_server() -> None:
    at = datetime(2027, 1, 15, 23, tzinfo=UTC)
    until = _("Deadline: end of {day} ({left})", day=Moment(date(2027, 1, 15), at), left="R & D")
    (message,) = render(Screen((Line(until),)), ENGLISH)
    marked = '<tg-time unix="1800054000">15 January 2027</tg-time>'
    assert message["text"] == f"Deadline: end of {marked} (R &amp; D)"
    assert has_moments(message)
    assert without_moments(message)["text"] == "Deadline: end of 15 January 2027 (R &amp; D)"
    assert not has_moments(without_moments(message))
    assert without_format(message)["text"] == "Deadline: end of 15 January 2027 (R & D)"


def test_a_long_description_is_folded_and_a_short_one_is_not() -> None:
    assert texts(Screen((description("ord " * 50, 600),)))[0].startswith("ord")
    assert texts(Screen((description("ord " * 80, 600),)))[0].startswith("<blockquote expandable>ord")


def test_lines_of_a_list_stand_together_and_sentences_apart() -> None:
    assert texts(Screen((Line("one"), Line("two.")))) == ["one\ntwo."]
    assert texts(Screen((Line("One."), Line("Two.")))) == ["One.\n\nTwo."]


def test_what_people_wrote_is_never_markup() -> None:
    assert texts(Screen((Line("<b>Lejre Bibliotek & Arkiv</b> {n} %s"),))) == [
        "&lt;b&gt;Lejre Bibliotek &amp; Arkiv&lt;/b&gt; {n} %s"
    ]


def test_no_link_of_anybody_has_a_preview() -> None:
    (message,) = render(Screen((Line("https://example.org/x"),)), ENGLISH)
    assert message["link_preview_options"] == {"is_disabled": True}


def test_braces_in_somebodys_words_are_no_places() -> None:
    assert texts(Screen((Line(Words("Title: {title}", {"title": "{title} {x}"})),))) == ["Title: {title} {x}"]


def test_words_from_right_to_left_keep_to_themselves() -> None:
    assert ENGLISH.say("سلام") == f"{FSI}سلام{PDI}"
    assert ENGLISH.say("سلام\nhej\n") == f"{FSI}سلام{PDI}\n{FSI}hej{PDI}\n"
    assert ENGLISH.say("Sprogcafé æøå č") == "Sprogcafé æøå č"


@given(st.lists(st.tuples(written, styles), max_size=6))
def test_every_screen_is_within_limits_and_nothing_is_lost(lines: list[tuple[str, Style]]) -> None:
    messages = render(Screen(tuple(Line(text, style) for text, style in lines)), ENGLISH)
    shown = ""
    for message in messages:
        text = read(message["text"])
        assert 0 < length_utf16(text) <= LONGEST_TEXT
        assert without_format(message)["text"] == text
        shown += text
    expected = "".join(ENGLISH.say(text) for text, _style in lines)
    if expected.strip():
        assert "".join(shown.split()) == "".join(expected.split())


def test_a_long_text_is_cut_between_paragraphs_and_keeps_its_buttons_at_the_end() -> None:
    paragraph = "Word " * 500
    screen = Screen((Line(f"{paragraph}\n\n{paragraph}"),), ((Button(_("Next"), "next"),),), step=1)
    first, last = render(screen, ENGLISH)
    assert first["text"] == last["text"] == paragraph.strip()
    assert "reply_markup" not in first
    assert last["reply_markup"]["inline_keyboard"] == [[{"text": "Next", "callback_data": "-.1.next."}]]


def test_three_thousand_emoji_are_six_thousand_units() -> None:
    assert [length_utf16(text) for text in texts(Screen((Line("🙂" * 3000),)))] == [4096, 1904]


def test_an_empty_screen_says_something() -> None:
    assert texts(Screen(())) == ["…"]


def test_buttons_are_cut_at_a_word_and_chosen_ones_ticked() -> None:
    label = "Knjižnica Mirana Jarca Novo mesto, oddelek za otroke"
    screen = Screen((Line("?"),), ((Button(label, "is", "x"), Button(_("Other"), "is", "y", chosen=True)),))
    assert laid_out(screen) == [["Knjižnica Mirana Jarca Novo mesto…"], ["✓ Other"]]


def test_what_one_came_for_and_what_takes_something_away_look_so_and_a_link_is_copied() -> None:
    send = Button(_("Send report"), "send", tone="primary")
    delete = Button(_("Delete draft"), "view", "discard", tone="danger")
    copied = Button(_("Copy the link"), "", copies="https://example.org/" + "x" * 300)
    plain = Button(_("Add more"), "view", "modules")
    message = render(Screen((), ((send,), (delete,), (copied,), (plain,))), ENGLISH)[-1]
    (one,), (two,), (three,), (four,) = message["reply_markup"]["inline_keyboard"]
    assert (one["style"], two["style"]) == ("primary", "danger")
    assert three == {"text": "Copy the link", "copy_text": {"text": copied.copies[:256]}}
    assert "style" not in four
    for button in (one, two, three, four):
        inline_button(button)


def test_buttons_stand_beside_each_other_where_a_narrow_phone_shows_all_of_them() -> None:
    threes = (Button("a" * 11, "is", "c"), Button("b" * 16, "is", "d"), Button("c" * 17, "is", "e"))
    assert laid_out(Screen((Line("?"),), (threes[:2], threes))) == [
        ["a" * 11, "b" * 16],
        ["a" * 11, "b" * 16],
        ["c" * 17],
    ]
    themes = [choice for choice in THEMES if choice.key in ("language_cafe", "online_events")]
    for chosen in (False, True):
        pair = tuple(Button(choice.label, "on", choice.key, chosen=chosen) for choice in themes)
        screen = Screen((Line("?"),), (pair,))
        rows = {language: len(laid_out(screen, language)) for language in LANGUAGES}
        assert rows == {"da": 2, "sl": 1, "en": 1}


def test_too_many_buttons_are_laid_out_anew() -> None:
    buttons = tuple(Button(str(number), "is", str(number)) for number in range(130))
    rows = render(Screen((Line("?"),), stacked(buttons, 10)), ENGLISH)[0]["reply_markup"]["inline_keyboard"]
    assert sum(map(len, rows)) == MOST_BUTTONS
    assert max(map(len, rows)) <= WIDEST_ROW


def test_shortened_words_end_at_a_word_and_close_what_they_open() -> None:
    assert ENGLISH.say(Shortened("Story time in the park", 12)) == "Story time…"
    assert ENGLISH.say(Shortened("سلام سلام سلام", 10)) == f"{FSI}سلام…{PDI}"


@given(
    report=st.from_regex(r"[0-9a-z]{0,12}", fullmatch=True),
    step=st.integers(0, 999_999_999),
    action=st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
    argument=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20),
)
def test_what_a_button_carries_comes_back(report: str, step: int, action: str, argument: str) -> None:
    data = pack(Screen((), report=report, step=step), Button("x", action, argument))
    assert len(data.encode()) <= 64
    assert unpack(data, 7) == Pressed(action, argument, report, step, 7)


@pytest.mark.parametrize(
    "data", [None, "", "x", "a.b.c.d", "-.1.Next.x", "-.1.next", "r." * 40, 5, "r.-1.is.x", "æ.1.is.x"]
)
def test_data_that_no_button_of_ours_carries_is_unknown(data: object) -> None:
    assert unpack(data, 7) == Pressed("unknown", message=7)


def test_a_button_that_carries_too_much_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="64"):
        pack(Screen(()), Button("x", "is", "y" * 64))
