"""The form of a call as XLSForm, so that a library can answer in ODK or KoboToolbox; `meldind import` reads that."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter

from bot.files.xlsform.conditions import RELEVANT
from bot.language.catalogues import Catalogues
from conversations.forms.figure import Figure
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.calls import OpenCall
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.dates import Date
from conversations.forms.kinds.files import Files
from conversations.forms.kinds.numbers import Exactly, Number
from conversations.forms.kinds.partners import Partners
from conversations.forms.kinds.text import Text
from conversations.forms.kinds.then import Then
from conversations.forms.kinds.yes_no import YesNo
from conversations.forms.questions import Prompt, Question
from conversations.forms.sheets.survey import PARTNER_NAMES, STANDARD_GROUP
from conversations.forms.variants import form_of
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.words import InLanguages, Place
from conversations.model.calls import OWN_KEYS, OwnQuestion, WholeCall
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.vocabulary import YES_NO

HEADS = {language: f"{NAMES[language]} ({language})" for language in LANGUAGES}
"""The languages as the columns of the form name them."""

_OWN_TYPES = {
    "text": "text", "number": "integer", "integer": "integer", "decimal": "decimal", "date": "date", "note": "note",
}  # fmt: skip
_WITH_HINTS = (Date, Figure)
"""Kinds of questions whose help is not about the chat."""


def xlsform(call: WholeCall, catalogues: Catalogues, now: datetime) -> bytes:
    """Returns the workbook with the questions of every report and the call's own, in all languages.

    A text that is missing in a language is there in another one, marked.
    """
    rows = _Rows(call, catalogues)
    survey = [*rows.survey()]
    settings = {
        "form_title": catalogues[call.language].say(call.title),
        "form_id": f"meldind_{call.slug.replace('-', '_')}",
        "version": f"{now:%Y%m%d%H%M}",
        "default_language": HEADS[call.language],
    }
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, written in (("survey", survey), ("choices", rows.choices), ("settings", [settings])):
        _write(book, name, written)
    book.close()
    return file.getvalue()


def _write(book: Any, name: str, rows: Sequence[Mapping[str, str]]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    first = [head for head in _ORDER if any(head in row for row in rows)]
    heads = list(dict.fromkeys((*first, *(head for row in rows for head in row))))
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, 40 if "::" in head else 20)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            if row.get(head):
                sheet.write_string(number, column, row[head])


_ORDER = ("type", "list_name", "name", *(f"label::{head}" for head in HEADS.values()))


def in_form(question: Question) -> bool:
    """Returns whether a question of every report is in the form: it is about no file, no contact person and no call."""
    return not isinstance(question.kind, Files | OpenCall) and not question.personal and question.only_if in RELEVANT


def _has_hint(kind: QuestionKind) -> bool:
    return isinstance(kind, _WITH_HINTS) or (isinstance(kind, Text) and not kind.several)


@dataclass(slots=True)
class _Rows:
    """The rows of the form of one call; the lists of choices are gathered on the way."""

    call: WholeCall
    catalogues: Catalogues
    choices: list[dict[str, str]] = field(default_factory=list)

    def survey(self) -> Iterator[dict[str, str]]:
        yield {"type": "calculate", "name": "call", "calculation": f"'{self.call.slug}'"}
        open_group, number = "", 0
        own_written = False
        for question in form_of(self.call).questions:
            is_own = question.key in OWN_KEYS
            if not is_own and not in_form(question):
                continue
            group = "" if is_own else question.module.key
            if group != open_group:
                if open_group:
                    yield {"type": "end_group"}
                if group:
                    number += 1
                    name = f"{STANDARD_GROUP}{group}_{number}"
                    yield {"type": "begin_group", "name": name, **self._in_all("label", question.module.title)}
                open_group = group
            if is_own and not own_written:
                own_written = True
                for each in self.call.shown():
                    yield self._own(each)
            elif not is_own:
                yield from self._standard(question)
        if open_group:
            yield {"type": "end_group"}

    def _own(self, question: OwnQuestion) -> dict[str, str]:
        name, written_in = question.name or question.key, self.call.language
        if question.kind in ("choice", "several"):
            pairs = zip(question.choice_keys, question.choices, strict=False)
            self._list(name, tuple(Choice(key, InLanguages(texts, written_in)) for key, texts in pairs))
            kind = f"{'select_one' if question.kind == 'choice' else 'select_multiple'} {name}"
        else:
            kind = _OWN_TYPES[question.kind]
        return {
            "type": kind,
            "name": name,
            **self._in_all("label", InLanguages(question.texts, written_in)),
            **(self._in_all("hint", InLanguages(question.hints, written_in)) if question.hints else {}),
            "required": "yes" if question.required else "",
            "relevant": question.relevant,
            "constraint": question.constraint,
            **(
                self._in_all("constraint_message", InLanguages(question.messages, written_in))
                if question.messages
                else {}
            ),
        }

    def _standard(self, question: Question) -> Iterator[dict[str, str]]:
        prompt = question.prompt.running if isinstance(question.prompt, Prompt) else question.prompt
        kind = question.kind.first if isinstance(question.kind, Then) else question.kind
        of_type, constraint = self._type(question.key, kind)
        relevant = RELEVANT[question.only_if]
        yield {
            "type": of_type,
            "name": question.key,
            **self._in_all("label", prompt),
            **(self._in_all("hint", question.help) if question.help and _has_hint(kind) else {}),
            "required": "yes" if question.required else "",
            "relevant": relevant,
            "constraint": constraint,
            "appearance": "multiline" if isinstance(kind, Text) and kind.several else "",
        }
        if isinstance(question.kind, Partners):
            known = "${partners} != '' and not(selected(${partners}, 'none'))"
            label = self._in_all("label", question.kind.prompt)
            yield {"type": "text", "name": PARTNER_NAMES, **label, "relevant": known}

    def _type(self, key: str, kind: QuestionKind) -> tuple[str, str]:
        """Returns the type of a question, and what its answer has to be."""
        match kind:
            case OneOf(choices=choices):
                self._list(key, choices)
                return f"select_one {key}", ""
            case SomeOf(choices=choices, most=most, alone=alone):
                self._list(key, choices)
                bounds = [f"count-selected(.) <= {most}"] if most < len(choices) else []
                bounds += [f"(not(selected(., '{each}')) or count-selected(.) = 1)" for each in sorted(alone)]
                return f"select_multiple {key}", " and ".join(bounds)
            case YesNo():
                self._list("yes_no", YES_NO)
                return "select_one yes_no", ""
            case Number(most=most):
                return "integer", f". >= 0 and . <= {most}"
            case Exactly(whole=whole):
                return ("integer" if whole else "decimal"), ""
            case Text(least=least, most=most):
                shortest = f"string-length(.) >= {least} and " if least else ""
                return "text", f"{shortest}string-length(.) <= {most}"
            case _:
                return "text", ""  # written as in the chat, and read in the same way

    def _list(self, name: str, choices: Sequence[Choice]) -> None:
        if not any(row["list_name"] == name for row in self.choices):
            self.choices += [
                {"list_name": name, "name": each.key, **self._in_all("label", each.label)} for each in choices
            ]

    def _in_all(self, name: str, words: Place) -> dict[str, str]:
        return {
            f"{name}::{HEADS[language]}": self.catalogues[language].say(words).replace("${", "$ {")
            for language in LANGUAGES
        }
