"""What is kept of the full description of the Bot API, and what it became."""

import json
from typing import Any

import pytest

from bot.botapi.specification import compact
from bot.botapi.specification.description import API


def field(prose: str, *types: str, required: bool = False) -> dict[str, Any]:
    return {"name": "x", "types": list(types or ("String",)), "required": required, "description": prose}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (field("Text of the message to be sent, 1-4096 characters after entities parsing"), (1, 4096, "parsed")),
        (
            field("Text of the notification. If not specified, nothing is shown, 0-200 characters."),
            (0, 200, "characters"),
        ),
        (field("Data to be sent, 1-64 bytes"), (1, 64, "bytes")),
        (field("Values between 1-100 are accepted. Defaults to 100.", "Integer"), (1, 100, "value")),
        (field("Must be between 1 and 360 if specified.", "Integer"), (1, 360, "value")),
        (field("Should be between 60 and 86400, or 0x7FFFFFFF", "Integer"), None),
        (field("Messages to be sent, must include 2-10 items", "Array of InputMediaPhoto"), (2, 10, "items")),
        (field("At most 100 commands can be specified.", "Array of BotCommand"), (0, 100, "items")),
        (field("Anything"), None),
    ],
)
def test_limits_are_read_from_the_prose(given: dict[str, Any], kept: tuple[int, int, str] | None) -> None:
    (read,) = compact.fields({"fields": [given]}).values()
    limits = None if kept is None else dict(zip(("least", "most", "unit"), kept, strict=True))
    assert {name: value for name, value in read.items() if name != "types"} == (limits or {})


@pytest.mark.parametrize("prose", ["Type of the media, must be photo", 'Always "photo".', "Type, always “photo”"])
def test_fixed_words_are_read_from_the_prose(prose: str) -> None:
    (read,) = compact.fields({"fields": [field(prose.replace("Always", "Type, always"), required=True)]}).values()
    assert read == {"types": ["String"], "required": True, "equals": "photo"}


def test_the_file_in_the_package_is_in_its_own_form() -> None:
    assert json.loads(compact.lines(API)) == API
    assert API["methods"]["sendMessage"]["fields"]["text"]["most"] == 4096
    whole = {"version": "Bot API 0", "methods": {}, "types": {"A": {"subtypes": ["B"]}, "B": {"fields": []}}}
    assert compact.compact(whole)["types"] == {"A": {"subtypes": ["B"]}, "B": {"fields": {}}}


def test_what_is_new_is_marked_with_the_version_that_brought_it() -> None:
    earlier = {
        "methods": {
            "getMe": {"fields": {"old": {}, "newer": {"since": "8.0"}}},
            "newer": {"since": "8.0", "fields": {}},
        },
        "types": {},
    }
    new: dict[str, Any] = {
        "version": "Bot API 9.0",
        "methods": {"getMe": {"fields": {"old": {}, "newer": {}, "newest": {}}}, "newer": {"fields": {}}},
        "types": {"User": {"fields": {"id": {}}}},
    }
    assert compact.dated(new, earlier) == {
        "version": "Bot API 9.0",
        "methods": {
            "getMe": {"fields": {"old": {}, "newer": {"since": "8.0"}, "newest": {"since": "9.0"}}},
            "newer": {"since": "8.0", "fields": {}},
        },
        "types": {"User": {"since": "9.0", "fields": {"id": {}}}},
    }
