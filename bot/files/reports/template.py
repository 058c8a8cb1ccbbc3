"""`meldind template`: an empty workbook with the columns that an import reads, or the form of a call (XLSForm)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

from bot.files.reports.readable import FIELDS
from bot.files.reports.tables import COMPUTED, asked, column_of, columns
from bot.files.xlsform.writing import xlsform
from bot.language.catalogues import Catalogue, Catalogues
from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.errors import Unusable
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.files import Files
from conversations.forms.kinds.partners import Partners
from conversations.forms.variants import own_question
from conversations.language.words import Place
from conversations.model.calls import OWN_KEYS, WholeCall
from conversations.vocabulary.choices import Choice
from storage.session.unit_of_work import UnitOfWork

_BY_ITSELF = frozenset(("created_at", "submitted_at", "published_at", "revision"))
"""Columns that an import fills in where they are missing."""
_ROWS = 1000
"""Rows of the sheet that offer the choices of a column."""


def write_template(url: str, slug: str | None, language: str, output: Path) -> None:
    """Write the workbook to `output`; with `slug`, for reports to that call. Raises Unusable if it cannot be done."""
    call = None if slug is None else _call(url, slug)
    catalogue = Catalogues()[language]
    names = list(_columns(call))
    try:
        with output.open("xb") as file:
            book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
            _write(book, names, call, catalogue)
            book.close()
    except FileExistsError:
        raise Unusable(f"{output} already exists. Choose another name.") from None
    except OSError as error:
        raise Unusable(f"{output} cannot be written: {error.strerror}.") from None


def write_form(url: str, slug: str, output: Path) -> None:
    """Write the form of the call as XLSForm to `output`. Raises Unusable if it cannot be done."""
    content = xlsform(_call(url, slug), Catalogues(), datetime.now(UTC))
    try:
        with output.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Unusable(f"{output} already exists. Choose another name.") from None
    except OSError as error:
        raise Unusable(f"{output} cannot be written: {error.strerror}.") from None


def _call(url: str, slug: str) -> WholeCall:
    must_be_current(url)
    storage = open_storage(url)
    try:
        call: WholeCall | None = storage.read_now(partial(_whole, slug))
    finally:
        storage.close_now()
    if call is None:
        raise Unusable(f"There is no call “{slug}”; its slug is at the end of its link.")
    return call


def _whole(slug: str, work: UnitOfWork) -> WholeCall | None:
    return work.calls.whole(slug)


def _columns(call: WholeCall | None) -> Iterator[str]:
    """Yields the columns of the sheet: what has to be filled in first, and a call's own questions if there is one."""
    own = tuple(question.key for question in call.asked()) if call else ()
    left_out = COMPUTED | _BY_ITSELF
    left_out |= {column_of(each.key) for each in INITIATIVE.questions if isinstance(each.kind, Files)}
    first = ("title", "library_name")
    yield from first
    yield from (name for name in columns(with_contacts=True, own=own) if name not in left_out and name not in first)


def _write(book: Any, names: Sequence[str], call: WholeCall | None, catalogue: Catalogue) -> None:
    bold = book.add_format({"bold": True})
    reports, explained, choices = (book.add_worksheet(name) for name in ("reports", "columns", "choices"))
    questions = {column_of(key): key for key in asked(with_contacts=True, own=OWN_KEYS)}
    for column, head in enumerate(("column", "what it is", "how to write it")):
        explained.write_string(0, column, head, bold)
    for column, head in enumerate(("column", "key", "label")):
        choices.write_string(0, column, head, bold)
    for sheet, widths in ((explained, (28, 50, 90)), (choices, (28, 28, 50))):
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
    reports.freeze_panes(1, 1)
    line = 1
    for column, name in enumerate(names):
        label, kind = _meaning(questions.get(name), name, call)
        reports.write_string(0, column, name, bold)
        reports.set_column(column, column, 24)
        explained.write_row(column + 1, 0, (name, catalogue.say(label), _how(name, kind)))
        listed = _choices(kind)
        for choice in listed:
            choices.write_row(line, 0, (name, choice.key, catalogue.say(choice.label)))
            line += 1
        if listed and isinstance(kind, OneOf):
            source = f"=choices!$B${line - len(listed) + 1}:$B${line}"
            reports.data_validation(1, column, _ROWS, column, {"validate": "list", "source": source})
    if call:
        at = names.index("call")
        reports.data_validation(1, at, _ROWS, at, {"validate": "list", "source": [call.slug]})


def _meaning(key: str | None, name: str, call: WholeCall | None) -> tuple[Place, QuestionKind | None]:
    """Returns what a column holds, and the kind of its question if it has one."""
    question = INITIATIVE.question(key) if key else None
    if question is None and key and call:
        own = next((each for each in call.asked() if each.key == key), None)
        question = own_question(own, call.language) if own else None
    if question is not None:
        return question.label, question.kind
    return FIELDS.get(name, name), None


def _choices(kind: QuestionKind | None) -> Sequence[Choice]:
    match kind:
        case OneOf(choices=choices) | SomeOf(choices=choices):
            return choices
        case Partners(first=SomeOf(choices=choices)):
            return choices
        case _:
            return ()


def _how(name: str, kind: QuestionKind | None) -> str:
    """Returns how a cell of the column is written."""
    match kind:
        case OneOf():
            return "One key of the sheet “choices”, or a word for it"
        case SomeOf():
            return "Keys of the sheet “choices” with semicolons between them, or words for them"
        case Partners():
            return "types: keys with commas between them; names: names with commas between them"
        case None if name == "id":
            return "Leave it empty for a new report; with a reference, that report is changed"
        case None if name == "status":
            return "Empty: submitted (to be reviewed). Also published, draft, withdrawn"
        case None if name == "library_name":
            return "The name of the library, or its town; required"
        case _:
            return "Required" if name == "title" else "As you would type it in the chat"
