"""The answers that ODK Central and KoboToolbox export for a form of ours, as rows of a table of reports.

Columns are named by question (`title`), with groups in front (`meldind_core_1-title`, `meldind_core_1/title`), or by
the words of the question; several choices stand in one cell with spaces between them, or in a column each
(`themes/sport` with 1 and 0).
"""

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.files.reports.tables import column_of
from bot.files.xlsform.writing import in_form
from bot.language.catalogues import Catalogues
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.partners import Partners
from conversations.forms.kinds.then import Then
from conversations.forms.questions import Prompt, Question
from conversations.forms.sheets.lists import choice_key
from conversations.forms.sheets.survey import PARTNER_NAMES
from conversations.forms.variants import own_question
from conversations.language.languages import LANGUAGES
from conversations.language.words import Place
from conversations.model.calls import WholeCall
from conversations.reading.text import fold

_INSTANCE = ("KEY", "instanceID", "meta-instanceID", "meta/instanceID", "_uuid")
"""The columns that tell submissions apart, the best first."""
_SENT = ("SubmissionDate", "_submission_time")
_META = frozenset(
    {
        *_INSTANCE, *_SENT, "start", "end", "today", "deviceid", "username", "subscriberid", "simserial", "phonenumber",
        "audit", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
        "DeviceID", "Edits", "FormVersion", "formhub/uuid", "__version__", "meta/rootUuid", "meta/instanceName",
        "meta-instanceName", "instanceName", "_id", "_validation_status", "_notes", "_status", "_submitted_by", "_tags",
        "_index", "__submission/deviceID", "__submission/submitterName",
    }
)  # fmt: skip
_ID_LENGTH = 16
_YES = frozenset({"1", "1.0", "true", "yes"})


def is_of_submissions(heads: Iterable[str]) -> bool:
    """Returns whether these are the columns of a table of submissions."""
    return not set(_INSTANCE).isdisjoint(heads)


@dataclass(slots=True)
class Submissions:
    """Reads rows of submissions with these `heads`; `calls` are those whose forms they may fill in."""

    heads: Sequence[str]
    calls: Mapping[str, WholeCall]
    catalogues: Catalogues
    _forms: dict[str, "_FormColumns"] = field(default_factory=dict)

    def cells(self, texts: Sequence[str]) -> dict[str, str]:
        """Returns the cells of one submission by the columns of a table of reports; empty if it has none."""
        told = {head: text.strip() for head, text in zip(self.heads, texts, strict=False) if head and text.strip()}
        slug = next((text for head, text in told.items() if _last(head) == "call"), "")
        form = self._form(slug)
        cells = dict(form.cells(told))
        if not cells:
            return {}
        instance = next((told[head] for head in _INSTANCE if head in told), "")
        sent = next((told[head] for head in _SENT if head in told), "")
        return {
            "id": _id_of(instance or repr(sorted(told.items()))),
            **({"call": slug} if slug else {}),
            **({"submitted_at": _utc(sent)} if sent else {}),
            **cells,
        }

    def known(self) -> tuple[str, ...]:
        """Returns the columns of a table of reports that these submissions fill in."""
        slugs = ("", *self.calls)
        found = dict.fromkeys(name for slug in slugs for name in self._form(slug).columns())
        return ("id", "call", "submitted_at", *found)

    def unknown(self) -> tuple[str, ...]:
        """Returns the heads of columns from which nothing is taken, except those that every export has."""
        forms = [self._form(slug) for slug in ("", *self.calls)]
        return tuple(
            head
            for head in self.heads
            if head
            and head not in _META
            and _last(head) not in {"call", *_META}
            and not any(form.takes(head) for form in forms)
        )

    def _form(self, slug: str) -> "_FormColumns":
        if slug not in self._forms:
            self._forms[slug] = _FormColumns(self.heads, _questions(self.calls.get(slug)), self.catalogues)
        return self._forms[slug]


@dataclass(frozen=True, slots=True)
class _FormQuestion:
    """A question of a form: its name there, its column in a table of reports, its kind, and its words."""

    name: str
    column: str
    kind: QuestionKind
    label: Place


def _questions(call: WholeCall | None) -> tuple[_FormQuestion, ...]:
    found = []
    for question in INITIATIVE.questions:
        if in_form(question):
            column = "library_name" if question.key == "library" else column_of(question.key)
            found.append(_FormQuestion(question.key, column, question.kind, _label(question)))
            if isinstance(question.kind, Partners):
                found.append(_FormQuestion(PARTNER_NAMES, "", question.kind.second, question.kind.prompt))
    for own in call.questions if call else ():
        if own.kind != "note" and own.texts:
            asked = own_question(own, call.language if call else "")
            found.append(_FormQuestion(own.name or own.key, own.key, asked.kind, asked.label))
    return tuple(found)


def _label(question: Question) -> Place:
    return question.prompt.running if isinstance(question.prompt, Prompt) else question.prompt


class _FormColumns:
    """Which column of the table belongs to which question of one form, and to which of its choices."""

    def __init__(self, heads: Sequence[str], questions: Sequence[_FormQuestion], catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._named = {question.name: question for question in questions}
        labels = {self._plain(each, of): of for of in questions for each in LANGUAGES}
        self._of: dict[str, tuple[_FormQuestion, str]] = {}
        for head in heads:
            if found := self._found(head, labels):
                self._of[head] = found

    def _plain(self, language: str, question: _FormQuestion) -> str:
        return fold(self._catalogues[language].say(question.label))

    def _found(self, head: str, labels: Mapping[str, _FormQuestion]) -> tuple[_FormQuestion, str] | None:
        """Returns the question of a column, and the choice that has the column for itself, "" if none."""
        if question := self._question(head, labels):
            return question, ""
        before, sign, choice = head.rpartition("/")
        question = self._question(before, labels) if sign else None
        if question and (key := self._key(_choices(question.kind), choice)):
            return question, key
        return None

    def _question(self, head: str, labels: Mapping[str, _FormQuestion]) -> _FormQuestion | None:
        for name in _endings(head):
            if name in self._named:
                return self._named[name]
        return labels.get(fold(head)) or labels.get(fold(_last(head, "/")))

    def _key(self, choices: Mapping[str, Place], text: str) -> str:
        """Returns the key of the choice with that key or those words; "" if there is none."""
        for key in (text, choice_key(text)):
            if key in choices:
                return key
        wanted = fold(text)
        spelled = ((key, self._catalogues[each].say(label)) for key, label in choices.items() for each in LANGUAGES)
        return next((key for key, said in spelled if fold(said) == wanted), "")

    def columns(self) -> Iterator[str]:
        yield from dict.fromkeys(question.column for question, _choice in self._of.values() if question.column)

    def takes(self, head: str) -> bool:
        return head in self._of

    def cells(self, told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yields the cells of one submission, by the columns of a table of reports."""
        alone: dict[str, list[str]] = {}
        whole: dict[str, str] = {}
        for head, text in told.items():
            if head not in self._of:
                continue
            question, key = self._of[head]
            if not key:
                whole[question.name] = text
            elif text.casefold() in _YES:
                alone.setdefault(question.name, []).append(key)
        for name in dict.fromkeys((*whole, *alone)):
            question = self._named[name]
            if question.column:
                text = self._text(question, alone.get(name), whole.get(name, ""))
                yield question.column, self._with_names(question, text, whole.get(PARTNER_NAMES, ""))

    def _text(self, question: _FormQuestion, alone: Sequence[str] | None, whole: str) -> str:
        """Returns an answer as a table of reports writes it; what is not understood stays, to be told of."""
        choices = _choices(question.kind)
        if isinstance(_first(question.kind), OneOf):
            return self._key(choices, whole) or whole
        if not isinstance(_first(question.kind), SomeOf):
            return whole
        keys = list(alone or ()) or [self._key(choices, each) or each for each in _apart(whole, choices)]
        if isinstance(question.kind, Then):
            part = "types" if isinstance(question.kind, Partners) else "sources"
            return f"{part}: {', '.join(keys)}"
        return "; ".join(keys)

    def _with_names(self, question: _FormQuestion, text: str, names: str) -> str:
        if not isinstance(question.kind, Partners) or not names:
            return text
        return f"{text}; names: {names.replace(';', ',').replace(': ', ' ')}"


def _apart(whole: str, choices: Mapping[str, Place]) -> list[str]:
    """Returns the choices in a cell: keys with spaces between them, or words with other signs."""
    keys = whole.split()
    if all(key in choices or choice_key(key) in choices for key in keys):
        return keys
    return [part for each in whole.replace(";", ",").split(",") if (part := each.strip())]


def _first(kind: QuestionKind) -> QuestionKind:
    return kind.first if isinstance(kind, Then) else kind


def _choices(kind: QuestionKind) -> dict[str, Place]:
    match _first(kind):
        case OneOf(choices=choices) | SomeOf(choices=choices):
            return {choice.key: choice.label for choice in choices}
        case _:
            return {}


def _endings(head: str) -> Iterator[str]:
    """Yields a head without the groups in front, the longest first: a name may have a dash."""
    yield head
    at_groups = [at for at, sign in enumerate(head) if sign in "-/:"]
    yield from (head[at + 1 :] for at in at_groups)


def _last(head: str, signs: str = "-/") -> str:
    for sign in signs:
        head = head.rpartition(sign)[2]
    return head


def _utc(text: str) -> str:
    """Returns a time as the export of reports writes it."""
    plain = text.strip().replace(" ", "T", 1)
    has_zone = plain.endswith("Z") or "+" in plain[10:] or "-" in plain[10:]
    return plain if has_zone or len(plain) < 16 else f"{plain}Z"


def _id_of(instance: str) -> str:
    """Returns the id of the report that a submission becomes: always the same."""
    bare = instance.strip().removeprefix("uuid:")
    return b32encode(hashlib.sha256(f"submission {bare}".encode()).digest()).decode().lower()[:_ID_LENGTH]
