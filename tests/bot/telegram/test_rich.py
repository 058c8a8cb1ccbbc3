"""Screens as rich messages: what becomes of headings, lists, tables and long texts."""

from bot.botapi.rich.html import blocks_of_html
from bot.language.catalogues import Catalogues
from bot.telegram.rich import LONGEST_RICH, MOST_BLOCKS, RICH, SHORT, requests
from conversations.language.screen import Button, Line, Screen, Style, Table, heading
from conversations.language.words import _, own
from storage.messages.outbox import PLAIN

ENGLISH = Catalogues()["en"]
ME, GROUP = 7, -100


def html_of(*lines: Line) -> str:
    ((_method, payload),) = requests(Screen(lines, rich=True), ENGLISH, ME)
    return str(payload[RICH]["html"])


def test_headings_after_the_first_line_are_sections_with_lists() -> None:
    digest = (heading(own("Week 46")), Line("One new."), heading(own("Cafés (2)")), Line("A"), Line("B"))
    assert html_of(*digest, Line("Small print", Style.HELP)) == (
        "<h3>Week 46</h3><p>One new.</p><details open><summary>Cafés (2)</summary><ul><li>A</li><li>B</li></ul>"
        "</details><footer>Small print</footer>"
    )


def test_a_first_line_that_is_none_leaves_the_headings_sections() -> None:
    assert html_of(Line("Nothing new."), heading(own("Events (1)")), Line("A")) == (
        "<p>Nothing new.</p><details open><summary>Events (1)</summary><p>A</p></details>"
    )


def test_a_heading_with_nothing_below_it_folds_nothing() -> None:
    assert html_of(Line("Lead"), heading(own("One")), heading(own("Two"))) == "<p>Lead</p><h4>One</h4><h4>Two</h4>"


def test_what_fills_more_than_a_screen_is_folded() -> None:
    for length, opened in ((SHORT - 20, " open"), (SHORT, "")):
        assert f"<details{opened}><summary>Cafés" in html_of(Line("Lead"), heading(own("Cafés")), Line("A" * length))


def test_what_people_wrote_is_escaped_and_links_and_line_breaks_are_kept() -> None:
    line = Line("“A & B” <c>\nd", link=("“A & B”", "https://t.me/bot?start=r_1"))
    assert html_of(line) == '<p><a href="https://t.me/bot?start=r_1">“A &amp; B”</a> &lt;c&gt;<br>d</p>'


def test_a_table_with_numbers_as_the_reader_writes_them() -> None:
    rows = ((own("Reading & talking"), 12000), (_("As plain text"), 3))
    found = html_of(Line("the same in words", table=Table(rows)))
    assert found == (
        '<table striped><tr><td>Reading &amp; talking</td><td align="right">12,000</td></tr>'
        '<tr><td>As plain text</td><td align="right">3</td></tr></table>'
    )
    (table,) = blocks_of_html(found)
    assert [cell["text"] for row in table["cells"] for cell in row] == [
        "Reading & talking",
        "12,000",
        "As plain text",
        "3",
    ]


def test_the_buttons_and_the_same_as_text_come_with_it() -> None:
    screen = Screen((heading(own("Figures")),), ((Button(own("More"), "stats"),),), rich=True)
    ((method, payload),) = requests(screen, ENGLISH, ME)
    assert method == "sendRichMessage"
    assert payload["reply_markup"] == payload[PLAIN][-1]["reply_markup"]
    assert payload[PLAIN][0]["text"] == "<b>Figures</b>"


def test_a_group_gets_text_and_so_does_everybody_if_it_is_too_much() -> None:
    lines = (heading(own("Figures")), Line("A"))
    assert [method for method, _payload in requests(Screen(lines, rich=True), ENGLISH, GROUP)] == ["sendMessage"]
    assert [method for method, _payload in requests(Screen(lines), ENGLISH, ME)] == ["sendMessage"]
    long = Screen((Line("A" * LONGEST_RICH),), rich=True)
    assert {method for method, _payload in requests(long, ENGLISH, ME)} == {"sendMessage"}
    many = Screen((Line("A", table=Table(((own("B"), 1),) * MOST_BLOCKS)),), rich=True)
    assert {method for method, _payload in requests(many, ENGLISH, ME)} == {"sendMessage"}
