"""Text of another language is marked with its own, and everything is escaped."""

from bot.files.pages.marking import said, written
from conversations.language.words import InLanguages, Listed, _, own
from tests.conversations.dialogue import CATALOGUES


def test_what_is_in_another_language_is_marked() -> None:
    danish, english = CATALOGUES["da"], CATALOGUES["en"]
    title = InLanguages({"en": "Rooms <for> all"}, "en")
    assert said(title, danish) == '<span lang="en">Rooms &lt;for&gt; all</span> (engelsk)'
    assert said(title, english) == "Rooms &lt;for&gt; all"
    assert said(InLanguages({"en": "Rooms", "da": "Rum"}, "en"), danish) == "Rum"
    inside = said(_("What we know: {subject}", subject=Listed((title, "B&B"))), danish)
    assert inside == 'Hvad vi ved: <span lang="en">Rooms &lt;for&gt; all</span> (engelsk), B&amp;B'


def test_what_somebody_wrote_is_marked_with_its_language() -> None:
    danish = CATALOGUES["da"]
    assert written("Branje & <b>", "sl", danish) == '<span lang="sl">Branje &amp; &lt;b&gt;</span>'
    assert written("Læs <b>", "da", danish) == "Læs &lt;b&gt;"
    assert written("Læs", "", danish) == "Læs"
    assert written("", "sl", danish) == ""


def test_nobody_can_write_a_mark() -> None:
    told = "\ue000xx\ue001<script>\ue002 and \ue000"
    assert "<script>" not in said(own(told), CATALOGUES["en"])
    assert "\ue000" not in said(own(told), CATALOGUES["en"])
