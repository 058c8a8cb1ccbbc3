"""MarkdownV2 and the older Markdown: what they mean, and what Telegram says of mistakes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.helpers import escape_markdown

from bot.botapi import BotApiServer
from bot.botapi.specification.errors import SpecError
from bot.botapi.specification.markdown import parse, parse_v2

from ..asking import ask


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


USER = {"id": 7, "is_bot": False, "first_name": ""}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        (r"1\. a\-b \\ \_", r"1. a-b \ _", []),
        ("*b* _i_ __u__ ~s~ ||h|| `c`", "b i u s h c",
         [entity("bold", 0, 1), entity("italic", 2, 1), entity("underline", 4, 1), entity("strikethrough", 6, 1),
          entity("spoiler", 8, 1), entity("code", 10, 1)]),
        ("*b _i __u___*", "b i u", [entity("bold", 0, 5), entity("italic", 2, 3), entity("underline", 4, 1)]),
        ("😀 *æ*", "😀 æ", [entity("bold", 3, 1)]),
        ("`a_b*c.`", "a_b*c.", [entity("code", 0, 6)]),
        (r"`a\`b`", "a`b", [entity("code", 0, 3)]),
        ("```\nx = 1\n```", "x = 1\n", [entity("pre", 0, 6)]),
        ("```python\nx = 1```", "x = 1", [entity("pre", 0, 5, language="python")]),
        ("```x```", "x", [entity("pre", 0, 1)]),
        ("[a](https://t.me/b_c)", "a", [entity("text_link", 0, 1, url="https://t.me/b_c")]),
        (r"[a](https://t.me/\))", "a", [entity("text_link", 0, 1, url="https://t.me/)")]),
        ("[a](tg://user?id=7)", "a", [entity("text_mention", 0, 1, user=USER)]),
        (r"[t\.me]", "t.me", [entity("text_link", 0, 4, url="t.me")]),
        ("[a](nowhere)", "a", []),
        ("![x](tg://emoji?id=5)", "x", [entity("custom_emoji", 0, 1, custom_emoji_id="5")]),
        ("![x](tg://time?unix=5&format=wDT)", "x", [entity("date_time", 0, 1, unix_time=5, date_time_format="wDT")]),
        (">a\n>b\nc", "a\nb\nc", [entity("blockquote", 0, 3)]),
        (">a *b*", "a b", [entity("blockquote", 0, 3), entity("bold", 2, 1)]),
        ("x\n>a\n**>b\n>c||\ny", "x\na\nb\nc\ny", [entity("blockquote", 2, 1), entity("expandable_blockquote", 4, 3)]),
        (">a\n>b||", "a\nb", [entity("expandable_blockquote", 0, 3)]),
        ("**", "", []),
    ],
)  # fmt: skip
def test_what_markdownv2_means(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_v2(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a.", r"Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a-b", "Character '-' is reserved"),
        ("a|b", "Character '|' is reserved"),
        ("Hi!", "Character '!' is reserved"),
        ("a > b", "Character '>' is reserved"),
        ("a]", "Character ']' is reserved"),
        ("*>a*", "Character '>' is reserved"),
        ("æ *b", "Can't find end of Bold entity at byte offset 3"),
        ("_a", "Can't find end of Italic entity at byte offset 0"),
        ("*_a*_", "Can't find end of Italic entity at byte offset 4"),
        ("`a", "Can't find end of Code entity at byte offset 0"),
        ("```py\na", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("[a", "Can't find end of TextUrl entity at byte offset 0"),
        ("![a]", "Custom emoji entity must contain a tg://emoji URL"),
        ("![a](tg://emoji?id=x)", "Invalid custom emoji identifier specified"),
        ("![a](https://t.me)", "Custom emoji URL must have scheme tg"),
        ("![a](b", "Can't find end of a custom emoji URL at byte offset 5"),
    ],
)
def test_what_telegram_says_of_mistakes(source: str, why: str) -> None:
    with pytest.raises(SpecError) as refused:
        parse_v2(source)
    assert str(refused.value).startswith(f"Bad Request: can't parse entities: {why}".replace("\\\\", "\\"))


def test_a_link_to_a_time_is_refused_by_an_older_server() -> None:
    with pytest.raises(SpecError, match="Custom emoji URL"):
        parse_v2("![x](tg://time?unix=5)", has_times=False)


@given(st.text())
def test_what_is_escaped_comes_out_as_it_was(text: str) -> None:
    assert parse_v2(escape_markdown(text, version=2)) == (text, [])


@given(st.text(alphabet="*_~|`[]()!>\\ \na.😀"))
def test_nothing_but_its_own_error_comes_of_any_text(source: str) -> None:
    for way in (parse_v2, parse):
        try:
            text, entities = way(source)
        except SpecError:
            continue
        units = len(text.encode("utf-16-le")) // 2
        assert all(each["offset"] >= 0 and each["offset"] + each["length"] <= units for each in entities)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a. b! (c)", "a. b! (c)", []),
        ("*b* _i_ `c`", "b i c", [entity("bold", 0, 1), entity("italic", 2, 1), entity("code", 4, 1)]),
        (r"a\_b \. \*", r"a_b \. *", []),
        ("*a_b*", "a_b", [entity("bold", 0, 3)]),
        ("```py\nx```", "x", [entity("pre", 0, 1, language="py")]),
        ("[a](t.me)", "a", [entity("text_link", 0, 1, url="t.me")]),
        ("[t.me] x", "t.me x", [entity("text_link", 0, 4, url="t.me")]),
        ("[a](tg://user?id=7)", "a", [entity("text_mention", 0, 1, user=USER)]),
        ("[a](t.me", "a", [entity("text_link", 0, 1, url="t.me")]),
    ],
)
def test_what_the_older_markdown_means(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse(source) == (text, entities)


@pytest.mark.parametrize(("source", "at"), [("a_b", 1), ("æ*b", 2), ("`", 0), ("[a", 0), ("```a``", 0)])
def test_the_older_markdown_names_where_an_entity_begins(source: str, at: int) -> None:
    why = f"Bad Request: can't parse entities: Can't find end of the entity starting at byte offset {at}"
    with pytest.raises(SpecError, match=why):
        parse(source)


async def test_a_bot_sends_them(server: BotApiServer) -> None:
    await server.phone().starts()
    for mode in ("MarkdownV2", "Markdown", "markdownv2"):
        sent = (await ask(server, "sendMessage", chat_id=501, text="*b* c", parse_mode=mode))["result"]
        assert (sent["text"], sent["entities"]) == ("b c", [entity("bold", 0, 1)])
    assert server.violations == []
