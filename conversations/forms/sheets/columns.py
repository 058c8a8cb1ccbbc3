"""The columns of a sheet of questions: their names with the language of their texts, and what is carried."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.language.languages import LANGUAGES
from conversations.reading.text import fold

TEXT_COLUMNS = frozenset({"label", "hint", "constraint_message"})
"""The columns that have a text in each language."""

_OTHER_NAMES = {
    "relevance": "relevant",
    "constraint message": "constraint_message",
    "constraintmsg": "constraint_message",
    "list name": "list_name",
    "list": "list_name",
    "value": "name",
    "caption": "label",
    "command": "type",
    "skip logic": "relevant",
}
_CARRIED = frozenset({"type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message"})
_MEANT_FOR_A_PROGRAM = (
    "appearance", "autoplay", "body", "bind", "instance", "control", "guidance_hint", "$", "kobo--", "note", "comment",
    "disabled", "required_message", "audit", "tags", "parameters",
)  # fmt: skip
"""Columns whose loss does not change what is asked."""

_SPOKEN = {
    "da": ("da", "dan", "dansk", "danish", "danski", "danscina"),
    "sl": ("sl", "slv", "slovenscina", "slovenski", "slovensko", "slovenian", "slovene", "slovensk"),
    "en": ("en", "eng", "english", "engelsk", "anglescina", "anglesko"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in the file, its name in XLSForm, and the language in its heading, "" if there is none."""

    heading: str
    name: str
    language: str = ""

    @property
    def is_carried(self) -> bool:
        """Whether what is written in it becomes part of a question."""
        return self.name in _CARRIED

    @property
    def is_for_a_program(self) -> bool:
        """Whether it only says how a program shows or stores a question."""
        return self.name.startswith(_MEANT_FOR_A_PROGRAM)


def column(heading: str) -> Column:
    """Returns the column with that heading, such as `label::Dansk (da)`."""
    name, sign, language = heading.partition("::")
    if not sign and ":" in heading:
        name, _sign, language = heading.partition(":")
    plain = " ".join(name.split()).casefold()
    plain = _OTHER_NAMES.get(plain, plain.replace(" ", "_"))
    return Column(heading, plain, " ".join(language.split()) if plain in TEXT_COLUMNS else "")


def spoken(language: str) -> str:
    """Returns the code of one of the bot's languages, by a code or name such as `Dansk (da)`; "" for any other."""
    code = re.search(r"\(\s*([A-Za-z]{2,3})(?:[-_][A-Za-z]+)?\s*\)\s*$", language)
    wanted = fold(code[1] if code else re.sub(r"[-_].*$", "", language)).strip()
    return next((each for each in LANGUAGES if wanted in _SPOKEN.get(each, (each,))), "")


def texts_in(cells: Mapping[str, str], name: str, otherwise: str) -> Iterator[tuple[str, str, str]]:
    """Yields the heading, the language and the text of each column `name` in one of the bot's languages.

    A text without a language in its heading is in `otherwise`, and comes first.
    """
    columns = [(column(heading), text) for heading, text in cells.items()]
    of_name = [(each, text) for each, text in columns if each.name == name and text.strip()]
    yield from ((each.heading, otherwise, text) for each, text in of_name if not each.language)
    yield from (
        (each.heading, language, text)
        for each, text in of_name
        if each.language and (language := spoken(each.language))
    )


def cell(cells: Mapping[str, str], name: str) -> str:
    """Returns the text of the column `name`, whatever its heading is called; "" if it is empty."""
    return next((text for heading, text in cells.items() if column(heading).name == name), "").strip()
