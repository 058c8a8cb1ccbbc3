"""What the rows of a sheet (XLSForm) mean: a call's own questions, or what cannot be carried, named by row."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial

from conversations.forms.expressions import NotCarried, parsed
from conversations.forms.initiative import CORE, INITIATIVE
from conversations.forms.sheets.columns import Column, cell, column, spoken, texts_in
from conversations.forms.sheets.left_out import LeftOut
from conversations.forms.sheets.lists import ChoiceLists, SheetFault, clean_texts, in_row
from conversations.language.events import FormSheet, SheetRow
from conversations.language.words import Words, _
from conversations.model.calls import MOST_OWN, OWN_KEYS, OwnKind, OwnQuestion
from conversations.reading.text import clean_line

STANDARD_GROUP = "meldind_"
"""How the names of groups begin that hold the questions every report has; a sheet that we wrote has these groups."""

LONGEST_QUESTION = 1000
LONGEST_HINT = 500
LONGEST_MESSAGE = 300
LONGEST_NAME = 64

_NAME = re.compile(r"[^\W\d][\w.-]*")
_KINDS: Mapping[str, OwnKind] = {
    "text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date",
    "note": "note",
}  # fmt: skip
_SELECT = re.compile(
    r"(?:(?P<one>select[_ ]one(?: from)?)|(?P<several>select[_ ]multiple(?: from)?|select all that apply(?: from)?))"
    r"\s+(?P<list>\S+)(?P<other>\s+or[_ ](?:specify[_ ])?other)?",
    re.IGNORECASE,
)
_NOT_ASKED = frozenset(
    {"start", "end", "today", "deviceid", "device id", "phonenumber", "username", "email", "audit", "simserial",
     "subscriberid", "start-geopoint", "background-audio", "hidden", "xml-external", "csv-external"}
)  # fmt: skip
"""Types of rows that a program fills in by itself."""
_YES = frozenset({"yes", "true", "true()", "1", "ja", "da", "x"})
_NO = frozenset({"", "no", "false", "false()", "0", "nej", "ne"})

_ASKED_BEFORE = frozenset(
    question.key for question in INITIATIVE.questions if question.module == CORE and question.key != "sharing"
)
"""The questions of every report that come before a call's own: conditions may refer to them."""

PARTNER_NAMES = "partners_names"
"""The question of a form that we wrote for the names of partners, whose kinds are another one there."""

TAKEN = frozenset(question.key for question in INITIATIVE.questions) | {
    "id", "call", "language", "revision", PARTNER_NAMES,
}  # fmt: skip
"""Names that a question of a sheet cannot have, because tables of reports have them already."""


@dataclass(frozen=True, slots=True)
class SheetQuestions:
    """The questions of a sheet, without keys; or its `faults`, and then nothing is taken."""

    questions: tuple[OwnQuestion, ...] = ()
    faults: tuple[Words, ...] = ()
    left_out: LeftOut = field(default_factory=LeftOut)


def questions_in(sheet: FormSheet, language: str, unnamed: frozenset[str] = frozenset()) -> SheetQuestions:
    """Returns what a sheet asks. Texts whose column names no language are in the sheet's own, otherwise in `language`.

    `unnamed` are the keys of questions of the call that have no name: in a sheet that we wrote, they stand for it.
    """
    if sheet.refused:
        return SheetQuestions(faults=(REFUSED[sheet.refused],))
    if sheet.complaint and not sheet.survey:
        return SheetQuestions(faults=(_complained(sheet.complaint),))
    reader = _SurveyReader(sheet, spoken(sheet.settings.get("default_language", "")) or language, unnamed)
    questions = reader.read()
    if not reader.faults and sheet.complaint:
        return SheetQuestions(faults=(_complained(sheet.complaint),))
    if reader.faults:
        return SheetQuestions(faults=reader.in_order())
    return SheetQuestions(questions, left_out=reader.left_out())


def _complained(complaint: str) -> Words:
    return _("It is not a valid XLSForm. The check says: “{complaint}”", complaint=clean_line(complaint)[:500])


REFUSED: Mapping[str, Words] = {
    "large": _("The file is too large. A sheet of questions has at most 2 MB."),
    "rows": _("The sheet has too many rows: at most 500 in “survey” and 1,000 in “choices” are read."),
    "slow": _("The sheet takes too long to read. Copy its rows into a new workbook."),
    "broken": _("The file cannot be read as a workbook. Save it again as .xlsx."),
    "kind": _("That is not an .xlsx workbook. Save the sheet as .xlsx (Excel) and send it again."),
    "lost": _("The file could not be fetched from Telegram. Send it again."),
    "no_survey": _("There is no sheet “survey” with the columns type, name and label, so this is not an XLSForm."),
}
"""Why a file could not be read, in words."""


@dataclass(slots=True)
class _SurveyReader:
    """Reads the rows from top to bottom."""

    sheet: FormSheet
    language: str
    unnamed: frozenset[str]
    faults: list[SheetFault] = field(default_factory=list)
    _lists: ChoiceLists = field(init=False)
    _groups: list[tuple[int, str]] = field(default_factory=list)
    _rows: dict[str, int] = field(default_factory=dict)
    _refers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _checks: list[tuple[int, str, str, str, bool]] = field(default_factory=list)
    _left_out: list[int] = field(default_factory=list)
    _read: list[SheetRow] = field(default_factory=list)

    def read(self) -> tuple[OwnQuestion, ...]:
        self._lists = ChoiceLists(self.sheet.choices, self.language, self.faults)
        found: list[OwnQuestion] = []
        standard = 0  # how deep we are inside of a group of standard questions
        for row in self.sheet.survey:
            kind = " ".join(cell(row.cells, "type").split())
            plain = kind.casefold().replace("_", " ")
            if not any(text.strip() for text in row.cells.values()):
                continue
            if standard:
                standard += plain.startswith("begin ") - plain.startswith("end ")
            elif plain == "calculate" and cell(row.cells, "name") == "call":
                continue  # in a sheet that we wrote: which call it is
            elif plain == "begin group" and cell(row.cells, "name").startswith(STANDARD_GROUP):
                standard = 1
            elif plain in ("begin group", "end group"):
                found.extend(self._group(row, plain))
            elif plain in {each.replace("_", " ") for each in _NOT_ASKED}:
                self._left_out.append(row.number)
            else:
                self._read.append(row)
                found.extend(self._question(row, kind, plain))
        for number, _relevant in self._groups:
            self._fault(number, "", _("this group has no end."))
        self._check_expressions()
        self._check_number(found)
        return tuple(found)

    def _check_number(self, found: Sequence[OwnQuestion]) -> None:
        asked = sum(each.kind != "note" for each in found)
        if asked > MOST_OWN:
            what = _("The sheet has {n} questions. A call asks at most {most} of its own.", n=asked, most=MOST_OWN)
            self.faults.append(SheetFault(what))
        elif not asked and not self.faults:
            self.faults.append(SheetFault(_("There is no question in the sheet.")))
        elif found and found[-1].kind == "note":
            number = self._rows.get(found[-1].name, 0)
            self._fault(number, "", _("a note needs a question below it. Use the thanks of the call for the end."))

    def _group(self, row: SheetRow, plain: str) -> Iterator[OwnQuestion]:
        """Notes the condition of a group for its questions; yields its label as a note above them."""
        if plain == "end group":
            if self._groups:
                self._groups.pop()
            else:
                self._fault(row.number, "", _("no group begins before this end."))
            return
        relevant = cell(row.cells, "relevant")
        outer = self._groups[-1][1] if self._groups else ""
        self._groups.append((row.number, _both(outer, relevant)))
        if relevant:
            self._checks.append((row.number, "relevant", relevant, "", False))
        self._columns(row, frozenset({"label", "relevant"}))
        if texts := self._texts(row, "label", LONGEST_QUESTION):
            name = self._name(row)
            if name:
                yield OwnQuestion("", "note", texts, name=name, relevant=self._groups[-1][1])

    def _question(self, row: SheetRow, kind: str, plain: str) -> Iterator[OwnQuestion]:
        select = _SELECT.fullmatch(kind)
        if not kind:
            self._fault(row.number, "type", _("the type is missing."))
        elif plain.startswith(("begin repeat", "end repeat")):
            self._fault(row.number, "type", _("a group that repeats cannot be asked in a chat."))
        elif select and select["other"]:
            what = _("“or_other” cannot be used. Add a choice for it, and a text question with a condition.")
            self._fault(row.number, "type", what)
        elif not select and plain not in _KINDS:
            self._fault(row.number, "type", _("the type “{type}” cannot be asked in a chat.", type=kind[:40]))
        else:
            of_kind: OwnKind = ("choice" if select["one"] else "several") if select else _KINDS[plain]
            yield from self._asked(row, of_kind, select["list"] if select else "")

    def _asked(self, row: SheetRow, kind: OwnKind, of_list: str) -> Iterator[OwnQuestion]:
        self._columns(row, frozenset())
        name, texts = self._name(row), self._texts(row, "label", LONGEST_QUESTION)
        if not texts:
            self._fault(row.number, "label", _("there is no label in Danish, Slovenian or English."))
        relevant, constraint = cell(row.cells, "relevant"), cell(row.cells, "constraint")
        if relevant:
            self._checks.append((row.number, "relevant", relevant, name, False))
        if constraint and kind != "note":
            self._checks.append((row.number, "constraint", constraint, name, True))
        choices = self._lists.of(of_list, row.number) if of_list else ()
        if not name or not texts:
            return
        yield OwnQuestion(
            "",
            kind,
            texts,
            tuple(each.texts for each in choices),
            name=name,
            names=tuple(each.key for each in choices),
            hints=self._texts(row, "hint", LONGEST_HINT),
            required=kind != "note" and self._required(row),
            relevant=_both(self._groups[-1][1] if self._groups else "", relevant),
            constraint=constraint if kind != "note" else "",
            messages=self._texts(row, "constraint_message", LONGEST_MESSAGE) if constraint else {},
        )

    def _name(self, row: SheetRow) -> str:
        """Returns the name of a row if it can be used, otherwise ""."""
        name, what = cell(row.cells, "name"), None
        if not name:
            what = _("the name is missing.")
        elif len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
            what = _("“{name}” is not a valid name: letters, digits, _ and - only, and a letter first.", name=name[:40])
        elif name in self._rows:
            what = _("the name “{name}” is in row {row} already.", name=name, row=self._rows[name])
        elif name in TAKEN or name.startswith(STANDARD_GROUP) or (name in OWN_KEYS and name not in self.unnamed):
            what = _("every report has “{name}” already. Choose another name.", name=name)
        if what is not None:
            self._fault(row.number, "name", what)
            return ""
        self._rows[name] = row.number
        return name

    def _texts(self, row: SheetRow, name: str, most: int) -> dict[str, str]:
        return clean_texts(texts_in(row.cells, name, self.language), most, partial(self._fault, row.number))

    def _required(self, row: SheetRow) -> bool:
        said = cell(row.cells, "required").casefold()
        if said not in _YES | _NO:
            self._fault(row.number, "required", _("only yes or no can stand here."))
        return said in _YES

    def _columns(self, row: SheetRow, carried: frozenset[str]) -> None:
        """Notes what stands in columns that change what is asked, and that are not carried."""
        for heading, text in row.cells.items():
            of = column(heading)
            is_carried = of.name in carried | {"type", "name"} if carried else of.is_carried
            if text.strip() and not is_carried and not of.is_for_a_program and of.name in _CHANGES:
                self._fault(row.number, heading, _("“{text}” cannot be used here.", text=clean_line(text)[:60]))

    def _check_expressions(self) -> None:
        order = {name: number for number, name in enumerate(self._rows)}
        self._refers = {
            name: parsed_names(text)
            for _row, _of, text, name, about_answer in self._checks
            if name and not about_answer
        }
        circle = next((found for name in self._rows if (found := self._circle(name))), ())
        if circle:
            what = _("the conditions go in a circle: {names}.", names=" → ".join(circle))
            self._fault(self._rows[circle[0]], "relevant", what)
        for number, of, text, name, about_answer in self._checks:
            here = order.get(name, sum(row < number for row in self._rows.values()))
            later = {each for each, place in order.items() if place > here} - set(circle)
            if (wrong := self._wrong(text, about_answer, later)) is not None:
                self._fault(number, of, wrong)

    def _wrong(self, text: str, about_answer: bool, later: Set[str]) -> Words | None:
        """Returns what is wrong with an expression of a question; `later` are those that come after it."""
        try:
            expression = parsed(text)
        except NotCarried as error:
            return _("“{part}” cannot be computed here.", part=error.part)
        if (expression.of_answer or expression.of_today) and not about_answer:
            return _("“{part}” cannot be computed here.", part="." if expression.of_answer else "today()")
        for name in expression.names:
            if name not in self._rows and name not in _ASKED_BEFORE:
                return _("there is no question “{name}” before it.", name=name)
            if name in later:
                return _("“{name}” is asked only later, in row {row}.", name=name, row=self._rows[name])
        return None

    def _circle(self, name: str) -> tuple[str, ...]:
        """Returns the names on a way of conditions from `name` back to it; empty if there is none."""
        ways: list[tuple[str, ...]] = [(name,)]
        seen: set[str] = set()
        while ways:
            way = ways.pop()
            for each in self._refers.get(way[-1], ()):
                if each == name:
                    return (*way, name)
                if each not in seen:
                    seen.add(each)
                    ways.append((*way, each))
        return ()

    def _fault(self, number: int, of: str, what: Words) -> None:
        self.faults.append(in_row(number, of, what))

    def in_order(self) -> tuple[Words, ...]:
        """Returns the faults from the first row to the last, those of the choices after the others."""
        found = sorted(self.faults, key=lambda each: (each.in_choices, each.row))
        return tuple(each.words for each in found)

    def left_out(self) -> LeftOut:
        columns = self._columns_with_text()
        return LeftOut(
            tuple(dict.fromkeys(each.language for each in columns if each.language and not spoken(each.language))),
            tuple(dict.fromkeys(each.heading for each in columns if not each.is_carried)),
            tuple(self._left_out),
        )

    def _columns_with_text(self) -> list[Column]:
        used = {heading: None for row in self._read for heading, text in row.cells.items() if text.strip()}
        return [column(heading) for heading in used]


_CHANGES = frozenset(
    {"calculation", "default", "trigger", "choice_filter", "repeat_count", "read_only", "readonly", "media", "image",
     "audio", "video", "big-image", "save_to"}
)  # fmt: skip
"""Columns that change what is asked, shown or stored."""


def parsed_names(text: str) -> tuple[str, ...]:
    """Returns the names that an expression refers to; empty if it cannot be read."""
    try:
        return parsed(text).names
    except NotCarried:
        return ()


def _both(one: str, other: str) -> str:
    return f"({one}) and ({other})" if one and other else one or other
