"""A call's own questions, each with its kind and its words in each language; many at once come with a sheet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.calls.own_kinds import KIND_WORDS, OFFERED
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import InLanguages, Words, _, counted, own
from conversations.model.calls import MOST_OWN, OWN_KEYS, OwnKind, OwnQuestion, WholeCall, as_json
from conversations.model.outcomes import CallChanged
from conversations.reading.text import clean_line

WITH_CHOICES: tuple[OwnKind, ...] = ("choice", "several")
CHOICES_SHOWN = 20
LONGEST = 200
MOST_TYPED = 8
"""Choices that are typed; a sheet may have more."""
SHOWN = 10
"""Questions on one page of the list."""
LONGEST_CHOICE = 60


def take(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    """Takes an event at the list of questions, or at one of them."""
    if at.view == "question":
        return _one(at, event, call)
    match event:
        case Pressed("page", page) if page.isdecimal():
            return Step(replace(at, held={**at.held, "page": int(page[:3])}))
        case Pressed("add") if (key := _free(call)) is not None:
            question = OwnQuestion(key)
            return Step(_at(call, key, context.person.language), outcomes=(_saved(call, question),))
        case Pressed("question", key) if _question(call, key):
            return Step(_at(call, key, context.person.language))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _at(call: WholeCall, key: str, language: str, part: str = "texts") -> InFlow:
    held = {"this": f"{call.slug} {key}", "slug": call.slug, "key": key, "language": language, "part": part}
    return InFlow("calling", "question", held)


def _free(call: WholeCall) -> str | None:
    """Returns a key that no question of the call ever had, so that no answer is read as one to another question.

    None if the call asks as many as it may.
    """
    if sum(not question.retired for question in call.questions) >= MOST_OWN:
        return None
    used = {question.key for question in call.questions}
    return next((key for key in OWN_KEYS if key not in used), None)


def _question(call: WholeCall, key: str) -> OwnQuestion | None:
    return next((each for each in call.questions if each.key == key and not each.retired), None)


def _saved(call: WholeCall, question: OwnQuestion) -> CallChanged:
    questions = [question if each.key == question.key else each for each in call.questions]
    if question.key not in {each.key for each in call.questions}:
        questions.append(question)
    return _all(call, questions)


def _all(call: WholeCall, questions: Sequence[OwnQuestion]) -> CallChanged:
    return CallChanged(call.slug, "questions", [as_json(each) for each in questions])


def _one(at: InFlow, event: Event, call: WholeCall) -> Step:
    question = _question(call, str(at.held["key"]))
    if question is None:
        return Step(_list(call))
    match event:
        case Pressed("kind", kind) if kind in OFFERED and not question.name:
            chosen: Any = kind
            return Step(at, outcomes=(_saved(call, replace(question, kind=chosen)),))
        case Pressed("write", language) if language in LANGUAGES:
            return Step(_with(at, language=language))
        case Pressed("part", part) if part in {"texts", "choices"}:
            return Step(_with(at, part=part))
        case Pressed("remove"):
            return _removed(call, question)
        case Pressed("done"):
            return Step(_list(call))
        case Wrote(text) if at.held["part"] == "choices" and question.kind in WITH_CHOICES:
            return _choices(at, text, call, question)
        case Wrote(text):
            return _text(at, text, call, question)
        case _:
            return Step(at, (note(_("Type the text, or tap another language.")),))


def _with(at: InFlow, **changed: str) -> InFlow:
    return replace(at, held={**at.held, **changed})


def _list(call: WholeCall) -> InFlow:
    return InFlow("calling", "questions", {"this": f"{call.slug} questions", "slug": call.slug})


def _removed(call: WholeCall, question: OwnQuestion) -> Step:
    """Removes a question that nobody can have answered; any other stays stored, but is no longer asked."""
    if call.status == "draft":
        left = [each for each in call.questions if each.key != question.key]
        return Step(_list(call), outcomes=(_all(call, left),))
    return Step(_list(call), outcomes=(_saved(call, replace(question, retired=True)),))


def _text(at: InFlow, text: str, call: WholeCall, question: OwnQuestion) -> Step:
    line, language = clean_line(text), str(at.held["language"])
    if not 3 <= len(line) <= LONGEST:
        return Step(at, (note(_("A question has 3 to {most} characters.", most=LONGEST)),))
    written = replace(question, texts={**question.texts, language: line})
    return Step(at, (note(_("Saved: {language}", language=NAMES[language])),), (_saved(call, written),))


def _choices(at: InFlow, text: str, call: WholeCall, question: OwnQuestion) -> Step:
    """Reads one choice a line; in another language the lines are the same choices in the same order."""
    language = str(at.held["language"])
    lines = [line for line in (clean_line(part)[:LONGEST_CHOICE] for part in text.split("\n")) if line]
    known = question.choices
    first = not question.names and not any(set(choice) - {language} for choice in known)
    if not first and len(known) > MOST_TYPED and len(lines) == len(known):
        pass  # the choices of a sheet, in one more language
    elif not 2 <= len(lines) <= MOST_TYPED or (not first and len(lines) != len(known)):
        wanted = _("Type 2 to {most} choices, one on each line, the same in every language.", most=MOST_TYPED)
        return Step(at, (note(wanted),))
    before = known if len(known) == len(lines) else [{} for _line in lines]
    choices = [{**choice, language: line} for choice, line in zip(before, lines, strict=True)]
    written = replace(question, choices=choices)
    return Step(at, (note(_("Saved: {language}", language=NAMES[language])),), (_saved(call, written),))


def shown(at: InFlow, call: WholeCall) -> Screen:
    """Returns the screen with the questions, or with one of them."""
    question = _question(call, str(at.held["key"])) if at.view == "question" else None
    return _shown_list(at, call) if question is None else _shown_one(at, call, question)


def _shown_list(at: InFlow, call: WholeCall) -> Screen:
    asked = [each for each in call.questions if not each.retired]
    lines = (
        heading(_("Questions that only this call asks")),
        Line(
            _("They come after the others. You can also send a whole sheet of questions (XLSForm, .xlsx)."), Style.HELP
        ),
    )
    pages = max(1, -(-len(asked) // SHOWN))
    page = int(at.held.get("page", 0)) % pages
    questions = tuple(
        Button(_label(each, call), "question", each.key) for each in asked[page * SHOWN : (page + 1) * SHOWN]
    )
    following = (page + 1) % pages
    label = _("More questions ({page} of {pages})", page=following + 1, pages=pages)
    more = ((Button(label, "page", str(following)),),) if pages > 1 else ()
    add = ((Button(_("Add a question"), "add"),),) if _free(call) else ()
    return Screen(lines, (*stacked(questions), *more, *add, (Button(_("‹ Back"), "back"),)))


def _label(question: OwnQuestion, call: WholeCall) -> Words:
    if not question.texts:
        return _("A question without text")
    return own(InLanguages(question.texts, call.language))


def _shown_one(at: InFlow, call: WholeCall, question: OwnQuestion) -> Screen:
    now, part = str(at.held["language"]), str(at.held["part"])
    lines = [heading(_("What would you like to ask?"))]
    for language in LANGUAGES:
        text = question.texts.get(language) or _("still missing")
        lines.append(Line(_("{language}: {text}", language=NAMES[language], text=text)))
    if question.kind in WITH_CHOICES:
        lines.extend(Line(InLanguages(choice, call.language)) for choice in question.choices[:CHOICES_SHOWN])
        if (left := len(question.choices) - CHOICES_SHOWN) > 0:
            lines.append(Line(counted("… and one more", "… and {n} more", left)))
    lines.extend(_from_sheet(question, call))
    lines.append(Line(_next(part, now), Style.HELP))
    # A question of a sheet keeps its kind: conditions of others and answers in other programs depend on it.
    offered = (question.kind,) if question.name else OFFERED
    kinds = tuple(Button(KIND_WORDS[kind], "kind", kind, chosen=kind == question.kind) for kind in offered)
    languages = tuple(Button(NAMES[each], "write", each, chosen=each == now) for each in LANGUAGES)
    parts = (
        (
            (
                Button(_("The question"), "part", "texts", chosen=part == "texts"),
                Button(_("The choices"), "part", "choices", chosen=part == "choices"),
            ),
        )
        if question.kind in WITH_CHOICES
        else ()
    )
    ends = (Button(_("Done"), "done"), Button(_("Remove the question"), "remove"))
    return Screen(tuple(lines), (*stacked(kinds, 3), *parts, languages, ends))


def _from_sheet(question: OwnQuestion, call: WholeCall) -> list[Line]:
    """Returns what only a sheet says of a question: its hint, and when and how it has to be answered."""
    lines = [Line(InLanguages(question.hints, call.language), Style.HELP)] if question.hints else []
    if question.required:
        lines.append(Line(_("It has to be answered."), Style.HELP))
    if question.relevant:
        lines.append(Line(_("Asked only if: {condition}", condition=question.relevant[:200]), Style.HELP))
    if question.constraint:
        lines.append(Line(_("Taken only if: {condition}", condition=question.constraint[:200]), Style.HELP))
    return lines


def _next(part: str, language: str) -> Words:
    if part == "choices":
        return _("Send the choices, one on each line. Language: {language}", language=NAMES[language])
    return _("Type the text. Language: {language}", language=NAMES[language])
