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
    confirmed,
    to_confirm,
)
from conversations.forms.kinds.choosing import find
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import PartialDate, Place, Words, _
from conversations.reading.dates.dates import Tense, date_bounds, read_date
from conversations.reading.dates.open_ends import beside_open_end, is_doubtful, read_open_end
from conversations.vocabulary.choices import Choice, label_of
from conversations.vocabulary.coverage import telling


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
        if answer := confirmed(said, gathered, asked):
            return answer
        instead = self.instead(asked.answers)
        match said:
            case Pressed("is", key) if any(choice.key == key for choice in instead):
                return Understood(key)
            case Pressed("near", at) if at.isdecimal() and int(at[:2]) < len(near := self.among(gathered)):
                value = near[int(at[:2])]
                return self._kept(value, "", asked) if is_date(value) else Understood(value)
            case Wrote(text):
                return self._typed(text, instead, asked)
            case _:
                return NotUnderstood(_ASK, {})

    def _typed(self, text: str, instead: tuple[Choice, ...], asked: Asked) -> Reading:
        language, today = asked.context.person.language, asked.context.today
        meant = read_date(text, today, language, self._tense(asked), end=bool(self.after))
        open_end = read_open_end(text, language)
        if meant is not None and meant.value and not (open_end and self._is_over(meant.value, asked)):
            either = [choice.key for choice in instead if choice.key == open_end]
            if is_doubtful(text, language) and not either:
                return to_confirm(meant.value, text, _IS_IT)
            if either:
                return NotUnderstood(_("Which of these do you mean?"), {"near": [meant.value, *either]}, asks=True)
            kept = self._kept(meant.value, text, asked)
            left_over = telling(meant.unread, language)
            if isinstance(kept, Understood) and (left_over or self._is_to_come(meant.value, asked)):
                return to_confirm(meant.value, text, _IS_IT)
            return kept
        if meant is not None and meant.near and any(choice.key == open_end for choice in instead):
            return NotUnderstood(_("Which of these do you mean?"), {"near": [*meant.near, open_end]}, asks=True)
        if open_end and any(choice.key == open_end for choice in instead):
            if telling(beside_open_end(text, language), language):
                return to_confirm(open_end, text, _IS_IT)
            return Understood(open_end, text)
        if open_end == "either" and instead:
            return NotUnderstood(
                _("Which of these do you mean?"), {"near": [choice.key for choice in instead]}, asks=True
            )
        if meant is not None and meant.near:
            why = _("Which year?") if meant.missing == "year" else _("Which of these do you mean?")
            return NotUnderstood(why, {"near": list(meant.near)}, asks=True)
        if meant is not None:
            return NotUnderstood(_("That day is not in the calendar. Check the date and type it again."), {})
        if instead and isinstance(found := find(text, instead, asked), Choice):
            return Understood(found.key, text)
        return NotUnderstood(_ASK, {})

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns the dates of which one may be meant; none where one is shown."""
        return () if self.so_far(gathered) else QuestionKind.among(self, gathered)

    def so_far(self, gathered: Gathered) -> Any:
        """Returns the date that is shown, until it is confirmed."""
        return (gathered or {}).get("shown")

    def _kept(self, edtf: str, text: str, asked: Asked) -> Reading:
        if why := self._too_early(edtf, asked) or self._too_late(edtf, asked):
            return NotUnderstood(why, {})
        return Understood(edtf, text)

    def _is_to_come(self, edtf: str, asked: Asked) -> bool:
        """Whether `edtf` lies after today where a time in the past is asked for."""
        return self._tense(asked) is Tense.PAST and date_bounds(edtf)[0] > asked.context.today

    def _is_over(self, edtf: str, asked: Asked) -> bool:
        """Whether `edtf` lies before today where an end to come is asked for: "permanent, since 2019"."""
        last = date_bounds(edtf)[1]
        return self._tense(asked) is Tense.FUTURE and last is not None and last < asked.context.today

    def _tense(self, asked: Asked) -> Tense:
        """Whether what is asked for lies before today: the start of what runs, and the end of what is over."""
        status = asked.answers.get("status")
        if status == "finished":
            return Tense.PAST
        return Tense.FUTURE if self.after or status == "planned" else Tense.PAST

    def _too_early(self, edtf: str, asked: Asked) -> Words | None:
        start = asked.answers.get(self.after) if self.after else None
        if not isinstance(start, str) or not is_date(start):
            return None
        last = date_bounds(edtf)[1]
        if last is None or last >= date_bounds(start)[0]:
            return None
        return _("That is before it started ({start}). Check the date and type it again.", start=PartialDate(start))

    def _too_late(self, edtf: str, asked: Asked) -> Words | None:
        end = asked.answers.get(self.before) if self.before else None
        if not isinstance(end, str) or not is_date(end):
            return None
        last = date_bounds(end)[1]
        if last is None or date_bounds(edtf)[0] <= last:
            return None
        return _("That is after it ended ({end}). Check the date and type it again.", end=PartialDate(end))

    def holds(self, value: Any, answers: Answers) -> bool:
        """Returns True for a date; for another answer, whether it is still allowed."""
        return is_date(value) or any(choice.key == value for choice in self.instead(answers))

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the dates of which one may be meant, and the answers that are allowed instead of a date."""
        near = QuestionKind.among(self, gathered)
        offered = tuple(Button(self.show(value), "near", str(at)) for at, value in enumerate(near) if is_date(value))
        return stacked(offered) + stacked(
            tuple(
                Button(choice.label, "is", choice.key, chosen=choice.key == asked.value)
                for choice in self.instead(asked.answers)
            )
        )

    def show(self, value: Any) -> Place:
        """Returns the date, or the label of the other answer."""
        return PartialDate(value) if is_date(value) else label_of((UNDECIDED, PERMANENT), value)


_ASK = _("Type a date. A year or a month is enough: 2026, March 2026, 3 March 2026.")

_IS_IT = _("Is this what you mean? Tap it, or type a date.")

UNDECIDED = Choice("undecided", _("Not decided yet"))
PERMANENT = Choice("permanent", _("It has no end date"))


def is_date(value: str) -> bool:
    """Returns whether an answer is a date and not one of the other answers."""
    return value[:1].isdigit()
