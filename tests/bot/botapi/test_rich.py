"""Rich messages: sent as blocks and as HTML, shown, changed, and refused."""

import json
from typing import Any

import aiohttp
import pytest

from bot.botapi import PIXEL, BotApiServer, Phone
from bot.botapi.rich.blocks import label_of, letters, roman
from bot.botapi.rich.html import blocks_of_html
from bot.botapi.specification.errors import SpecError

from .asking import ask, refused

TABLE = {
    "type": "table",
    "cells": [[{"text": "Town", "is_header": True, "align": "left", "valign": "top"}]],
    "is_striped": True,
    "is_compact": True,
    "caption": "Figures",
}
BUTTONS = {"type": "buttons", "buttons": [{"text": "More", "callback_data": "more", "style": "link"}], "align": "left"}
BLOCKS = [
    {"type": "heading", "text": "Digest", "size": 1},
    {"type": "paragraph", "text": ["Hello ", {"type": "bold", "text": "Ida"}]},
    {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "One"}]}]},
    {"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "Two"}], "value": 4, "type": "i"}]},
    TABLE,
    {"type": "details", "summary": "Long", "blocks": [{"type": "paragraph", "text": "Words"}], "is_open": True},
    {"type": "blockquote", "blocks": [{"type": "paragraph", "text": "Said"}], "credit": "Bo"},
    {"type": "map", "location": {"latitude": 55.5, "longitude": 12.5}},
    {"type": "divider"},
    BUTTONS,
]
SHOWN = """Digest
Hello Ida
• One
iv. Two
Figures
Town
Long
Words
Said
Bo
(map: 55.5, 12.5)
———"""


async def started(server: BotApiServer) -> Phone:
    phone = server.phone()
    await phone.starts()
    return phone


async def test_blocks_are_shown_and_their_buttons_pressed(server: BotApiServer) -> None:
    ida = await started(server)
    below = {"inline_keyboard": [[{"text": "Below", "callback_data": "below"}]]}
    given: dict[str, Any] = {"rich_message": {"blocks": BLOCKS}, "reply_markup": below}
    sent = (await ask(server, "sendRichMessage", chat_id=501, **given))["result"]
    assert sent["rich_message"]["blocks"][2]["items"][0]["label"] == "•"
    assert sent["rich_message"]["blocks"][7]["zoom"] == 15
    await ida.looks()
    assert ida.screen.text == SHOWN
    assert ida.screen.buttons == (("More",), ("Below",))
    await ida.presses("More")
    updates = (await ask(server, "getUpdates"))["result"]
    assert updates[-1]["callback_query"]["data"] == "more"
    assert "Ida presses [More]" in await ida.transcript()
    assert server.violations == []


async def test_a_rich_message_takes_the_place_of_a_text_and_gives_it_back(server: BotApiServer) -> None:
    ida = await started(server)
    sent = (await ask(server, "sendMessage", chat_id=501, text="Plain"))["result"]
    it = {"chat_id": 501, "message_id": sent["message_id"]}
    edited = (await ask(server, "editMessageText", **it, rich_message={"html": "<h2>Rich</h2>"}))["result"]
    assert "text" not in edited
    assert edited["rich_message"] == {"blocks": [{"type": "heading", "text": "Rich", "size": 2}]}
    assert "not modified" in await refused(server, "editMessageText", **it, rich_message={"html": "<h2>Rich</h2>"})
    assert "rich_message" not in (await ask(server, "editMessageText", **it, text="Plain"))["result"]
    await ida.looks()
    assert ida.screen.text == "Plain"


async def test_pictures_come_with_the_request(server: BotApiServer) -> None:
    ida = await started(server)
    block = {"type": "photo", "photo": {"type": "photo", "media": "attach://one", "has_spoiler": True}}
    html = '<figure><img src="tg://photo?id=two"/><figcaption>Two<cite>Bo</cite></figcaption></figure>'
    media = [{"id": "two", "media": {"type": "photo", "media": "attach://one"}}]
    shown: dict[str, Any] = {}
    for rich in ({"blocks": [block]}, {"html": html, "media": media}):
        form = aiohttp.FormData({"chat_id": "501", "rich_message": json.dumps(rich)})
        form.add_field("one", PIXEL, filename="one.png")
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{server.url}/bot{server.token}/sendRichMessage", data=form) as response,
        ):
            shown = (await response.json())["result"]["rich_message"]["blocks"][0]
        assert len(shown["photo"]) == 2
    assert shown["caption"] == {"text": "Two", "credit": "Bo"}
    await ida.looks()
    assert ida.screen.text == "(photo)\nTwo"
    assert server.violations == []


PARAGRAPH = {"type": "paragraph", "text": "x"}


def row_of(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"blocks": [{**BUTTONS, "buttons": list(buttons)}]}


def nested(depth: int) -> dict[str, Any]:
    return {"type": "blockquote", "blocks": [nested(depth - 1)]} if depth > 1 else PARAGRAPH


@pytest.mark.parametrize(
    ("rich", "why"),
    [
        ({}, "exactly one of the fields html, markdown and blocks"),
        ({"html": "x", "blocks": []}, "exactly one of the fields"),
        ({"markdown": "# x"}, "are not understood by the local server"),
        ({"blocks": []}, "must be non-empty"),
        ({"html": " "}, "must be non-empty"),
        ({"blocks": [{"type": "loud", "text": "x"}]}, "must be one of"),
        ({"blocks": [{"type": "heading", "text": "x", "size": 7}]}, "SIZE_TOO_LONG"),
        ({"blocks": [{"type": "thinking", "text": "x"}]}, "can be used only in drafts"),
        ({"blocks": [{"type": "paragraph", "text": "x" * 32_769}]}, "rich message is too long"),
        ({"blocks": [PARAGRAPH] * 501}, "too many blocks"),
        ({"blocks": [nested(17)]}, "nested too deep"),
        ({"blocks": [{"type": "table", "cells": [TABLE["cells"][0] * 21]}]}, "too many columns"),  # type: ignore[index]
        (row_of(), "from 1 to 8 buttons"),
        (row_of({"text": "x"}), "must have exactly one action"),
        (row_of({"text": "x", "url": "t.me", "style": "link"}), "only callback buttons"),
        (row_of({"text": "x", "url": "t.me", "style": "loud"}), "invalid button style"),
        ({"html": "<script>"}, 'unsupported start tag "script"'),
        ({"html": "<p>x"}, 'find end tag corresponding to start tag "p"'),
        ({"html": "<p>x</b>"}, 'unexpected end tag "b"'),
        ({"html": "<p><h1>x</h1></p>"}, 'the tag "h1" can\'t be inside of a text'),
        ({"html": "<figure></figure>"}, 'the tag "figure" must have one'),
        ({"html": "<li>x</li>"}, 'the tag "li" can\'t be here'),
        ({"html": "<h1>x</h1><tg-time>x</tg-time>"}, 'needs the attribute "unix"'),
        ({"html": '<tg-button type="loud">x</tg-button>'}, 'unknown type "loud"'),
        ({"html": '<tg-map lat="x" long="1"/>'}, "numbers for its place"),
        ({"html": '<img src="tg://photo?id=x"/>'}, "no media with the identifier"),
        ({"html": '<img src="tg://photo?id=a"/>', "media": [{"id": "a", "media": {"type": "audio", "media": "f"}}]},
         "can't show a audio"),
        ({"html": '<img src="https://example.org/x.png"/>'}, "failed to get HTTP URL content"),
    ],
)  # fmt: skip
async def test_what_is_refused(server: BotApiServer, rich: dict[str, Any], why: str) -> None:
    await started(server)
    assert why in await refused(server, "sendRichMessage", chat_id=501, rich_message=rich)


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("Hello <b>dear <i>Ida</i></b>&nbsp;&amp; Bo &copy;",
         [{"type": "paragraph", "text": [
             "Hello ", {"type": "bold", "text": ["dear ", {"type": "italic", "text": "Ida"}]}, "\u00a0& Bo &copy;"]}]),
        ("a\n b<br>c", [{"type": "paragraph", "text": "a b\nc"}]),
        ("<h3>H</h3>text<hr/><footer>F</footer>",
         [{"type": "heading", "text": "H", "size": 3}, {"type": "paragraph", "text": "text"}, {"type": "divider"},
          {"type": "footer", "text": "F"}]),
        ('<pre><code class="language-python">  x = 1\n</code></pre>',
         [{"type": "pre", "text": "  x = 1\n", "language": "python"}]),
        ("<pre> x </pre>", [{"type": "pre", "text": " x "}]),
        ('<ul><li><input type="checkbox" checked>A</li><li>B</li></ul>',
         [{"type": "list", "items": [
             {"blocks": [{"type": "paragraph", "text": "A"}], "has_checkbox": True, "is_checked": True},
             {"blocks": [{"type": "paragraph", "text": "B"}]}]}]),
        ('<ol start="3" type="a" reversed><li>A</li><li>B</li></ol>',
         [{"type": "list", "items": [{"blocks": [{"type": "paragraph", "text": "A"}], "value": 3, "type": "a"},
                                     {"blocks": [{"type": "paragraph", "text": "B"}], "value": 2, "type": "a"}]}]),
        ("<blockquote expandable>A<br>B<cite>C</cite></blockquote>",
         [{"type": "expandable_blockquote", "text": "A\nB", "credit": "C"}]),
        ("<blockquote><p>A</p></blockquote>",
         [{"type": "blockquote", "blocks": [{"type": "paragraph", "text": "A"}]}]),
        ("<aside>A<cite>B</cite></aside>", [{"type": "pullquote", "text": "A", "credit": "B"}]),
        ("<details open><summary>S</summary>C</details>",
         [{"type": "details", "summary": "S", "blocks": [{"type": "paragraph", "text": "C"}], "is_open": True}]),
        ('<table bordered><caption>C</caption><tr><th>H</th><td colspan="2" align="right"></td></tr></table>',
         [{"type": "table", "is_bordered": True, "caption": "C",
           "cells": [[{"text": "H", "is_header": True, "align": "left", "valign": "middle"},
                      {"colspan": 2, "align": "right", "valign": "middle"}]]}]),
        ('<tg-time unix="5" format="D">soon</tg-time>',
         [{"type": "paragraph",
           "text": {"type": "date_time", "text": "soon", "unix_time": 5, "date_time_format": "D"}}]),
        ('<a name="x"></a><a href="#x">up</a>',
         [{"type": "anchor", "name": "x"},
          {"type": "paragraph", "text": {"type": "anchor_link", "text": "up", "anchor_name": "x"}}]),
        ('<tg-reference name="n">N</tg-reference><a href="#n">1</a>',
         [{"type": "paragraph", "text": [{"type": "reference", "text": "N", "name": "n"},
                                         {"type": "reference_link", "text": "1", "reference_name": "n"}]}]),
        ('<a href="mailto:a@b.dk">m</a><a href="tel:+45">t</a><a href="https://t.me">u</a>',
         [{"type": "paragraph", "text": [{"type": "email_address", "text": "m", "email_address": "a@b.dk"},
                                         {"type": "phone_number", "text": "t", "phone_number": "+45"},
                                         {"type": "url", "text": "u", "url": "https://t.me"}]}]),
        ('<a href="tg://user?id=7">I</a>',
         [{"type": "paragraph", "text": {"type": "text_mention", "text": "I",
                                         "user": {"id": 7, "is_bot": False, "first_name": ""}}}]),
        ('<tg-emoji emoji-id="5">x</tg-emoji><img src="tg://emoji?id=6" alt="y"/>',
         [{"type": "paragraph", "text": [{"type": "custom_emoji", "custom_emoji_id": "5", "alternative_text": "x"},
                                         {"type": "custom_emoji", "custom_emoji_id": "6", "alternative_text": "y"}]}]),
        ("<tg-math>x &lt; y</tg-math><tg-math-block>E</tg-math-block>",
         [{"type": "paragraph", "text": {"type": "mathematical_expression", "expression": "x < y"}},
          {"type": "mathematical_expression", "expression": "E"}]),
        (('<tg-button-row align="right"><tg-button type="url" url="t.me" style="success">A</tg-button>'
          '<tg-button type="disabled">B</tg-button></tg-button-row>'),
         [{"type": "buttons", "align": "right", "buttons": [{"text": "A", "style": "success", "url": "t.me"},
                                                            {"text": "B", "disabled": {}}]}]),
        ('<p><tg-button type="copy_text" text="c">A</tg-button><tg-button type="web_app" url="w">B</tg-button></p>',
         [{"type": "paragraph", "text": [{"type": "button", "button": {"text": "A", "copy_text": {"text": "c"}}},
                                         {"type": "button", "button": {"text": "B", "web_app": {"url": "w"}}}]}]),
        ('<p><tg-button type="switch_inline_query" query="q">A</tg-button></p>',
         [{"type": "paragraph", "text": {"type": "button", "button": {"text": "A", "switch_inline_query": "q"}}}]),
        ('<p><tg-button type="switch_inline_query_chosen_chat" query="q" allow-user-chats>A</tg-button></p>',
         [{"type": "paragraph", "text": {"type": "button", "button": {
             "text": "A", "switch_inline_query_chosen_chat": {"query": "q", "allow_user_chats": True}}}}]),
        ('<tg-map lat="1" long="2.5" zoom="9"/>',
         [{"type": "map", "location": {"latitude": 1.0, "longitude": 2.5}, "zoom": 9}]),
        ('<tg-collage><img src="f" tg-spoiler/><figcaption>C</figcaption></tg-collage>',
         [{"type": "collage", "caption": {"text": "C"},
           "blocks": [{"type": "photo", "photo": {"type": "photo", "media": "f", "has_spoiler": True}}]}]),
        ("<tg-thinking>Hm</tg-thinking>&#33;&#x3f;",
         [{"type": "thinking", "text": "Hm"}, {"type": "paragraph", "text": "!?"}]),
    ],
)  # fmt: skip
def test_html_becomes_blocks(html: str, blocks: list[dict[str, Any]]) -> None:
    assert blocks_of_html(html) == blocks


def test_html_inside_of_a_text_that_is_no_text_is_refused() -> None:
    with pytest.raises(SpecError, match="can't be inside of a text"):
        blocks_of_html("<b><p>x</p></b>")


def test_the_labels_of_lists() -> None:
    assert [label_of({"value": value, "type": kind}) for value, kind in ((27, "A"), (2, "a"), (9, "I"), (-1, "i"))] == [
        "AA.",
        "b.",
        "IX.",
        "-1.",
    ]
    assert (letters(703), roman(1994), label_of({"value": 7})) == ("aaa", "mcmxciv", "7.")
