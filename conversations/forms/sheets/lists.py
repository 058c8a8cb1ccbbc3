"""The lists of choices of a sheet, and the bounds of its texts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from conversations.forms.sheets.columns import cell, texts_in
from conversations.language.events import SheetRow
from conversations.language.words import Words, _
from conversations.model.calls import MOST_CHOICES
from conversations.reading.text import clean_line, clean_text, fold

LONGEST_CHOICE_TEXT = 60
"""Characters of a choice: a button has no room for more."""


@dataclass(frozen=True, slots=True)
class SheetFault:
    """What cannot be carried, and where it stands."""

    words: Words
    row: int = 0
    in_choices: bool = False


def in_row(row: int, of: str, what: Words) -> SheetFault:
    """Returns the fault `what` in a row of the sheet `survey`, in the column `of` if that is known."""
    if not of:
        return SheetFault(_("Row {row}: {what}", row=row, what=what), row)
    return SheetFault(_("Row {row}, {column}: {what}", row=row, column=of, what=what), row)


Complaint: TypeAlias = Callable[[str, Words], None]

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.-]{1,32}")


@dataclass(frozen=True, slots=True)
class ListedChoice:
    """One choice of a list: the key under which it is stored, and its words in each language."""

    key: str
    texts: Mapping[str, str]


@dataclass(slots=True)
class ChoiceLists:
    """The lists of the sheet `choices`; what is wrong with one that is used is added to `faults`."""

    rows: Sequence[SheetRow]
    language: str
    faults: list[SheetFault]
    _known: dict[str, tuple[ListedChoice, ...]] = field(default_factory=dict)

    def of(self, name: str, asked_in: int) -> tuple[ListedChoice, ...]:
        """Returns the choices of the list that is used in the row `asked_in`."""
        if name not in self._known:
            rows = [row for row in self.rows if cell(row.cells, "list_name") == name]
            if not rows:
                what = _("there is no list “{list}” in the sheet “choices”.", list=name[:40])
                self.faults.append(in_row(asked_in, "type", what))
            elif len(rows) > MOST_CHOICES:
                what = _(
                    "the list “{list}” has {n} choices, and {most} can be shown.",
                    list=name[:40],
                    n=len(rows),
                    most=MOST_CHOICES,
                )
                self.faults.append(in_row(asked_in, "type", what))
                rows = []
            self._known[name] = tuple(self._read(rows))
        return self._known[name]

    def _read(self, rows: Sequence[SheetRow]) -> list[ListedChoice]:
        found: list[ListedChoice] = []
        lines: dict[str, int] = {}
        for row in rows:
            name = cell(row.cells, "name")
            key = choice_key(name)
            texts = clean_texts(
                texts_in(row.cells, "label", self.language), LONGEST_CHOICE_TEXT, partial(self._fault, row)
            )
            if not key:
                self._fault(row, "name", _("the name is missing."))
            elif key in lines:
                self._fault(
                    row, "name", _("the name “{name}” is in row {row} already.", name=name[:40], row=lines[key])
                )
            elif not texts:
                self._fault(row, "label", _("there is no label in Danish, Slovenian or English."))
            else:
                lines[key] = row.number
                found.append(ListedChoice(key, texts))
        return found

    def _fault(self, row: SheetRow, of: str, what: Words) -> None:
        said = _("Sheet “choices”, row {row}, {column}: {what}", row=row.number, column=of, what=what)
        self.faults.append(SheetFault(said, row.number, in_choices=True))


def choice_key(name: str) -> str:
    """Returns the key of the choice with that name: the name, or its letters and digits where it has others."""
    if _PLAIN_KEY.fullmatch(name):
        return name
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:32].strip("_")


def clean_texts(texts: Iterable[tuple[str, str, str]], most: int, complain: Complaint) -> dict[str, str]:
    """Returns the texts (heading, language, text) on one line each, by language.

    `complain` is told, with the heading, of one that is too long, or that holds an answer.
    """
    found: dict[str, str] = {}
    for heading, language, text in texts:
        line = clean_line(clean_text(text))
        if len(line) > most:
            complain(
                heading,
                _("that is too long: {length} characters, and there is room for {most}.", length=len(line), most=most),
            )
        elif "${" in line:
            complain(heading, _("an answer cannot stand inside of a text: “{text}”.", text=line[:60]))
        if line:
            found[language] = line
    return found
