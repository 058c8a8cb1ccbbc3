"""Dates, as exactly as people know them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import (
    Answers,
    Asked,
    Gathered,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
)
from conversations.forms.kinds.choosing import find
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import PartialDate, Place, Words, _
from conversations.reading.dates.dates import date_bounds, no_such_date, read_date
from conversations.vocabulary.choices import Choice, label_of


@dataclass(frozen=True, slots=True)
class Date(QuestionKind):
    """A date in EDTF (ISO 8601-2), or one of the keys in `instead`.

    It is not before the date answered to `after`, and not after the one answered to `before`.
    """

    instead: Callable[[Answers], tuple[Choice, ...]] = lambda _answers: ()
    after: str = ""
    before: str = ""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a date; the answer keeps the text that the person wrote beside it."""
        instead = self.instead(asked.answers)
        match said:
            case Pressed("is", key) if any(choice.key == key for choice in instead):
                return Understood(key)
            case Wrote(text):
                if edtf := read_date(text, asked.context.today):
                    if why := self._too_early(edtf, asked) or self._too_late(edtf, asked):
                        return NotUnderstood(why)
                    return Understood(edtf, text)
                if instead and isinstance(meant := find(text, instead, asked), Choice):
                    return Understood(meant.key, text)
                if no_such_date(text):
                    return NotUnderstood(_("That day is not in the calendar. Check the date and type it again."))
                return NotUnderstood(_("Please write a date. A year or a month is enough: 2026, March 2026, 3.3.2026."))
            case _:
                return NotUnderstood(_("Please write a date. A year or a month is enough: 2026, March 2026, 3.3.2026."))

    def _too_early(self, edtf: str, asked: Asked) -> Words | None:
        start = asked.answers.get(self.after) if self.after else None
        if not isinstance(start, str) or not is_date(start):
            return None
        last = date_bounds(edtf)[1]
        if last is None or last >= date_bounds(start)[0]:
            return None
        return _(
            "That is before it started ({start}). Please check the date and write it again.", start=PartialDate(start)
        )

    def _too_late(self, edtf: str, asked: Asked) -> Words | None:
        end = asked.answers.get(self.before) if self.before else None
        if not isinstance(end, str) or not is_date(end):
            return None
        last = date_bounds(end)[1]
        if last is None or date_bounds(edtf)[0] <= last:
            return None
        return _("That is after it ended ({end}). Please check the date and write it again.", end=PartialDate(end))

    def holds(self, value: Any, answers: Answers) -> bool:
        """Returns True for a date; for another answer, whether it is still allowed."""
        return is_date(value) or any(choice.key == value for choice in self.instead(answers))

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the answers that are allowed instead of a date."""
        return stacked(
            tuple(
                Button(choice.label, "is", choice.key, chosen=choice.key == asked.value)
                for choice in self.instead(asked.answers)
            )
        )

    def show(self, value: Any) -> Place:
        """Returns the date, or the label of the other answer."""
        return PartialDate(value) if is_date(value) else label_of((UNDECIDED, PERMANENT), value)


UNDECIDED = Choice("undecided", _("Not decided yet"))
PERMANENT = Choice("permanent", _("No end, it is permanent"))


def is_date(value: str) -> bool:
    """Returns whether an answer is a date and not one of the other answers."""
    return value[:1].isdigit()
