"""How the description of the Bot API is read from the typings."""

from pathlib import Path
from typing import Any

import pytest

from bot.botapi.specification import compact, typings

HEAD = "/**\n * Based on Bot API v10.9 (01.01.2030)\n */\n\n"
OBJECTS = (
    HEAD
    + """
export type TelegramDiceColor = "red" | "blue"
export type TelegramDiceSize = 1 | 2

/**
 * A file to be uploaded.
 */
export type TelegramInputFile = Blob

export interface TelegramNothing {}

/**
 * One of
 */
export type TelegramShape = TelegramDice | TelegramNothing

export interface TelegramDice {
    /**
     * Type of the thing, always “dice”
     */
    type: "dice"
    /**
     * *Optional*. Its *colour*, see [colours](https://example.org/colours)
     */
    color?: TelegramDiceColor
    /**
     * Its size
     */
    size: TelegramDiceSize
    /**
     * Numbers in rows; up to 8 items
     */
    rows: number[][]
    /**
     * Where it fell
     */
    latitude: number
    /**
     * A picture of it
     */
    picture?: TelegramInputFile | string
}

/**
 * The package's own.
 */
export interface TelegramAPIResponseError {
    /**
     * No
     */
    ok: false
}
"""
)
PARAMS = (
    HEAD
    + """
export interface ThrowDiceParams {
    /**
     * Unique identifier for the target chat
     */
    chat_id: number | string
    /**
     * What is said with it, 1-64 characters
     */
    text: string | { toString(): string }
    /**
     * Identifier of the thing \\_to\\_ throw
     */
    dice?:
        | Objects.TelegramDice
        | { toJSON(): Objects.TelegramDice }
        | Objects.TelegramNothing
    /**
     * A file
     */
    file?: Objects.TelegramInputFile | string
    /**
     * 2-10 items
     */
    several?: (
        | Objects.TelegramDice
        | Objects.TelegramNothing
    )[]
    /**
     * Which kinds of update are wanted
     */
    wanted?: Exclude<keyof Objects.TelegramUpdate, "update_id">[]
}
"""
)
METHODS = (
    HEAD
    + """
export interface APIMethods {
    /**
     * Use this method to throw.
     */
    throwDice: CallAPI<
        Params.ThrowDiceParams,
        Objects.TelegramDice | true
    >
    /**
     * Use this method to look.
     */
    getDice: CallAPIWithoutParams<Objects.TelegramDice[]>
}
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("objects", OBJECTS), ("params", PARAMS), ("methods", METHODS)):
        (tmp_path / f"{name}.d.ts").write_text(text, encoding="utf-8")
    return tmp_path


EMPTY: dict[str, Any] = {"version": "Bot API 0", "methods": {}, "types": {}}


def test_methods_parameters_and_what_they_return_are_read(folder: Path) -> None:
    read = compact.compact(typings.read(folder, EMPTY))
    assert read["version"] == "Bot API 10.9"
    assert read["methods"] == {
        "throwDice": {
            "returns": ["Dice", "Boolean"],
            "fields": {
                "chat_id": {"types": ["Integer", "String"], "required": True},
                "text": {"types": ["String"], "required": True, "least": 1, "most": 64, "unit": "characters"},
                "dice": {"types": ["Dice", "Nothing"]},
                "file": {"types": ["InputFile", "String"]},
                "several": {"types": ["Array of Dice", "Array of Nothing"]},
                "wanted": {"types": ["Array of String"]},
            },
        },
        "getDice": {"returns": ["Array of Dice"], "fields": {}},
    }


def test_types_unions_and_lists_of_words_are_read(folder: Path) -> None:
    assert compact.compact(typings.read(folder, EMPTY))["types"] == {
        "InputFile": {"fields": {}},
        "Nothing": {"fields": {}},
        "Shape": {"subtypes": ["Dice", "Nothing"]},
        "Dice": {
            "fields": {
                "type": {"types": ["String"], "required": True, "equals": "dice"},
                "color": {"types": ["String"]},
                "size": {"types": ["Integer"], "required": True},
                "rows": {
                    "types": ["Array of Array of Integer"],
                    "required": True,
                    "least": 0,
                    "most": 8,
                    "unit": "items",
                },
                "latitude": {"types": ["Float"], "required": True},
                "picture": {"types": ["String"]},
            }
        },
    }


def test_numbers_and_plain_texts_are_as_the_earlier_version_says(folder: Path) -> None:
    earlier = {
        **EMPTY,
        "types": {"Dice": {"fields": {"size": {"types": ["Float"]}}}, "Shape": {"subtypes": ["String", "Dice"]}},
    }
    read = compact.compact(typings.read(folder, earlier))["types"]
    assert read["Dice"]["fields"]["size"]["types"] == ["Float"]
    assert read["Shape"]["subtypes"] == ["String", "Dice", "Nothing"]


def test_prose_is_read_without_its_marks() -> None:
    comment = "*\n     * *Optional*. A *text\\_id*, `see` [here](https://example.org/a_b), must be *plain*\n     "
    assert typings.prose(comment) == "Optional. A text_id, see here, must be plain"


def test_a_folder_that_names_no_version_is_refused(tmp_path: Path) -> None:
    for name in ("objects", "params", "methods"):
        (tmp_path / f"{name}.d.ts").write_text("export interface X {}", encoding="utf-8")
    with pytest.raises(ValueError, match="does not say which version"):
        typings.read(tmp_path, EMPTY)
