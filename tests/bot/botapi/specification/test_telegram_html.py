"""The HTML of messages, read as Telegram reads it."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.botapi.specification.errors import SpecError
from bot.botapi.specification.telegram_html import ENTITY_OF, parse, utf16


def spans(entities: list[dict[str, Any]], text: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [
        (entity["type"], units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
        for entity in entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Hej</b> verden", "Hej verden", [("bold", "Hej")]),
        ("<B>a<i>b</I></>c", "abc", [("bold", "ab"), ("italic", "b")]),
        ("🎉<u>x</u>", "🎉x", [("underline", "x")]),
        ("&lt;b&gt; &amp; &quot;&#233;&#x1F389;", '<b> & "é🎉', []),
        ("&nbsp;&copy", "&nbsp;&copy", []),
        ('<a href="https://x.dk/?a=1&amp;b=2">her</a>', "her", [("text_link", "her")]),
        ("<a>x.dk</a> <a href=''>ingen</a>", "x.dk ingen", [("text_link", "x.dk")]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", "x")]),
        ("<code class=language-py>x</code>", "x", [("code", "x")]),
        ("<span class='tg-spoiler'>s</span><tg-spoiler>t</tg-spoiler>", "st", [("spoiler", "s"), ("spoiler", "t")]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", "q")]),
        ("<b></b>tom", "tom", []),
        ("<a href='tg://user?id=501'>Ida</a>", "Ida", [("text_mention", "Ida")]),
        ("<code class='language-py'><pre>x</pre></code>", "x", [("pre", "x")]),
        ("<tg-emoji emoji-id='5'>👍</tg-emoji>", "👍", [("custom_emoji", "👍")]),
        ("<tg-time unix='1800000000' format='D'>then</tg-time>", "then", [("date_time", "then")]),
        ("<tg-time unix='x'>never</tg-time>", "never", []),
        ("<b title='&lt;' lang=da hidden >x</b >", "x", [("bold", "x")]),
    ],
)
def test_what_is_shown(source: str, text: str, entities: list[tuple[str, str]]) -> None:
    shown, found, _ = parse(source)
    assert (shown, spans(found, shown)) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("æ<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ='x'>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='a'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        ("&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities"),
    ],
)
def test_what_is_refused(source: str, complaint: str) -> None:
    with pytest.raises(SpecError) as refusal:
        parse(source)
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {complaint}")


@pytest.mark.parametrize("source", ["Ben & Jerry", "a > b", "&nbsp;"])
def test_what_telegram_lets_pass_and_should_be_escaped(source: str) -> None:
    text, _, remarks = parse(source)
    assert text == source
    assert len(remarks) == 1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    shown, entities, remarks = parse(html.escape(text).replace("&#x27;", "'"))
    assert (shown, entities, remarks) == (text, [], [])


PLAIN_TAGS = sorted(tag for tag in ENTITY_OF if not tag.startswith(("tg-", "span", "a", "pre", "code")))
LEAVES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda text: (html.escape(text), text, 0))


def wrapped(children: Any) -> Any:
    """A list of pieces inside a tag: (source, what is shown, number of entities)."""

    def join(tag: str, pieces: list[tuple[str, str, int]]) -> tuple[str, str, int]:
        source, text, count = ("".join(piece[0] for piece in pieces), "".join(piece[1] for piece in pieces), 0)
        count = sum(piece[2] for piece in pieces) + 1
        return f"<{tag}>{source}</{tag}>", text, count

    return st.builds(join, st.sampled_from(PLAIN_TAGS), st.lists(children, min_size=1, max_size=3))


@given(st.recursive(LEAVES, wrapped, max_leaves=8))
def test_any_nesting_is_read_and_every_entity_lies_in_the_text(document: tuple[str, str, int]) -> None:
    source, text, count = document
    shown, entities, _ = parse(source)
    assert shown == text
    assert len(entities) == count
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16(shown)
    assert entities == sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


@given(st.text(alphabet="<>&/ab=\"' ;#x1😀"))
def test_anything_else_is_read_or_refused_in_telegrams_words(source: str) -> None:
    try:
        shown, entities, _ = parse(source)
    except SpecError as refusal:
        assert refusal.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017
    else:
        assert all(entity["offset"] + entity["length"] <= utf16(shown) for entity in entities)
