"""Creating drafts: an empty one, from a text or a picture, from a list of offers, as a copy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.overlay import report_after
from conversations.context.session import AtSummary, Filling
from conversations.flows.reports.form_navigation import answer_of, aside_of, begin, missing_of, to_missing
from conversations.flows.reports.told import ToldStory, read_answers, replaceable, told_in, with_told
from conversations.flows.shared.step import Notes, Step
from conversations.flows.shared.titles import title_of
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.text import joined, shortened, with_part
from conversations.forms.questions import Form, Question
from conversations.forms.variants import CALL_QUESTION, form_for
from conversations.language.screen import Line, note
from conversations.language.words import Listed, _, counted, quoted
from conversations.model.outcomes import Answered, DraftLeft, DraftStarted, Outcome, Parts
from conversations.model.reports import Report
from conversations.reading.story.corrections import correction_in
from conversations.reading.story.lists import Offer
from conversations.reading.text import clean_line

LIKE_A_STORY, LONGEST_STORY = 30, 1500
"""Characters of a text that can describe an initiative: at least, and at most (the limit of `summary`)."""


def new_draft(context: Context, answers: Mapping[str, Any] | None = None, *, forwarded: bool = False) -> Step:
    """Opens a new draft with the remembered library and `answers`, at its first open question."""
    report, outcomes = started(context, answers or {}, forwarded=forwarded)
    return opened(report, outcomes, context)


def opened(report: Report, outcomes: tuple[Outcome, ...], context: Context, notes: Notes = ()) -> Step:
    """Opens `report`, which `outcomes` have just created."""
    library = report.answers.get("library")
    remembered = (note(_("Library: {name}", name=str(library["name"]))),) if library else ()
    return Step(begin(report, context), (*notes, *remembered), outcomes)


def started(
    context: Context,
    answers: Mapping[str, Any],
    *,
    aside: Mapping[str, Any] | None = None,
    copied_from: str = "",
    forwarded: bool = False,
    told: Parts = (),
) -> tuple[Report, tuple[Outcome, ...]]:
    """Returns a new draft with the outcomes that create it: the remembered library, `answers`, and unfinished answers
    in `aside`.

    `told` are the messages that contain the description among the answers.
    """
    report = context.new_id()
    library = {"library": dict(context.person.library)} if context.person.library else {}
    outcomes: tuple[Outcome, ...] = (
        DraftStarted(report, copied_from, forwarded),
        *(_answered(report, key, value, told) for key, value in {**library, **answers}.items()),
    )
    if aside:
        outcomes = (*outcomes, DraftLeft(report, {"aside": dict(aside)}))
    draft = report_after(None, report, outcomes)
    assert draft is not None  # noqa: S101 - DraftStarted makes it
    return draft, outcomes


def _answered(report: str, question: str, value: Any, told: Parts) -> Answered:
    """Returns an answer of a new draft; the description changes when one of the messages `told` is edited."""
    if question != "summary" or not told:
        return Answered(report, question, value)
    if len(told) == 1:
        return Answered(report, question, value, value, told[0][0])
    return Answered(report, question, value, value, parts=told)


def from_text(
    context: Context, told: Parts, *, forwarded: bool = False, answers: Mapping[str, Any] | None = None
) -> Step:
    """Opens a new draft from the text of the messages `told`: its description, and the answers that it surely gives.

    `answers` are known already. The person is shown everything that was understood, and asked for what is missing.
    """
    known = dict(answers or {})
    remembered = {"library": context.person.library} if context.person.library else {}
    text, told = joined(told), _fitting(told)
    read = read_answers(text, {**remembered, **known}, INITIATIVE, context)
    read = {key: value for key, value in read.items() if key not in known}
    about, aside = story(told)
    aside = with_told(aside, ToldStory(told, tuple(read), listed=True))
    report, outcomes = started(context, {**known, **read, **about}, aside=aside, forwarded=forwarded, told=told)
    step = to_missing(report, aside, context)
    return replace(step, notes=(*cut(text, LONGEST_STORY), *step.notes), outcomes=(*outcomes, *step.outcomes))


def _fitting(told: Parts) -> Parts:
    """Returns the messages of a told text as far as the description has room: what is not shown is not kept either."""
    room, fitting = LONGEST_STORY, []
    for message, said in told:
        if room < LIKE_A_STORY < len(said):
            break
        fitting.append((message, shortened(said, room)))
        room -= len(fitting[-1][1]) + 1
    return tuple(fitting)


def more_told(at: Filling | AtSummary, text: str, context: Context) -> Step | None:
    """Reads the told text again after more of it has come: `text` is all of it.

    The description stays as it is, because it has no room for more. None: the person stands in no draft that was told.
    """
    report = context.find.reports.one(at.report)
    told = told_in(at.aside)
    if report is None or report.status != "draft" or not told.listed:
        return None
    step = _read_anew(at, report, told, text, context)
    return replace(step, notes=(*cut(text, LONGEST_STORY), *step.notes))


def added(at: Filling | AtSummary, text: str, message: int, context: Context, *, reads: bool = False) -> Step | None:
    """Adds a text to the description of the report in which the person stands, and says what it changes.

    In a draft that was told, at the summary of any draft, and if it `reads`, the answers that the text surely gives are
    taken over too, except where the person answered otherwise.
    None: the report is gone, or has no room for the text and the text gives no answer.
    """
    report = context.find.reports.one(at.report)
    form = form_for(report, context) if report else INITIATIVE
    if report is None:
        return None
    aside = aside_of(at) if isinstance(at, Filling) else at.aside
    told = told_in(aside)
    reads = report.status == "draft" and (reads or told.listed or isinstance(at, AtSummary))
    found = read_answers(text, report.answers, form, context) if reads else {}
    read = {key: found[key] for key in replaceable(found, report.answers, told)}
    # "No, it was in 2024" changes an answer; the description would not be read with it.
    parts = None if read and correction_in(text) else _longer(report, aside, text, message)
    if parts is None and not read:
        return None
    outcomes: tuple[Outcome, ...] = tuple(Answered(report.id, key, value) for key, value in read.items())
    if parts is not None:
        about, unfinished = story(parts)
        outcomes = (*outcomes, *(_answered(report.id, key, value, parts) for key, value in about.items()))
        aside = {**{key: value for key, value in aside.items() if key != "summary"}, **unfinished}
    kept_parts = parts if parts is not None else told.parts
    asides = with_told(aside, replace(told, parts=kept_parts, read=tuple(dict.fromkeys((*told.read, *read)))))
    changed = report_after(report, report.id, outcomes) or report
    new = [question for question in form.questions if read.get(question.key) is not None]
    kept = note(_("Added to the description.") if parts is not None else _("Noted."))
    notes = (kept, *(_said(question, changed, context) for question in new))
    if isinstance(at, AtSummary):
        return Step(replace(at, view="answers", aside=asides), notes, outcomes)
    if _asks_again(at, report, told) or (reads and _is_asked_for(at, report, form)):
        step = to_missing(changed, asides, context)
        if new and isinstance(step.at, Filling):  # the answers stand on the screen below
            notes = (note(_("Noted: {labels}", labels=Listed(tuple(each.label for each in new)))),)
        return replace(step, notes=(*notes, *step.notes), outcomes=(*outcomes, *step.outcomes))
    return Step(replace(at, aside={key: each for key, each in asides.items() if key != at.question}), notes, outcomes)


def told_anew(at: Filling | AtSummary, report: Report, parts: Parts, context: Context) -> Step:
    """Reads the description of a draft again after the person edited one of its messages.

    Answers that were read from the earlier text, and that the text does not give any more, are taken back.
    """
    told = replace(told_in(at.aside), parts=parts)
    if report.status != "draft" or not told.read:
        return Step(replace(at, aside=with_told(at.aside, told)) if told_in(at.aside).parts else at)
    return _read_anew(at, report, told, joined(parts), context)


def _read_anew(at: Filling | AtSummary, report: Report, told: ToldStory, text: str, context: Context) -> Step:
    """Replaces the answers that were read from `told` by those that `text` gives."""
    others = {key: value for key, value in report.answers.items() if key not in told.read}
    form = form_for(report, context)
    read = read_answers(text, others, form, context)
    read = {key: read[key] for key in replaceable(read, others, told)}
    new = {key: read.get(key) for key in (*told.read, *read)}
    outcomes = tuple(Answered(report.id, key, value) for key, value in new.items() if value != report.answers.get(key))
    changed = report_after(report, report.id, outcomes) or report
    said = tuple(_said(question, changed, context) for question in form.questions if new.get(question.key))
    aside = with_told(at.aside, replace(told, read=tuple(read)))
    if isinstance(at, AtSummary) or not _asks_again(at, report, told):
        return Step(replace(at, aside=aside), said, outcomes)
    step = to_missing(changed, aside, context)
    return replace(step, outcomes=(*outcomes, *step.outcomes))


def _is_asked_for(at: Filling, report: Report, form: Form) -> bool:
    """Returns whether the person stands at a question that has to be answered before the report is sent."""
    return not at.editing and any(each.key == at.question for each in missing_of(form, report))


def _asks_again(at: Filling, report: Report, told: ToldStory) -> bool:
    """Returns whether the question on the screen is the one below everything that was understood."""
    return report.status == "draft" and told.listed and told.at == at.question and not at.editing


def _longer(report: Report, aside: Mapping[str, Any], text: str, message: int) -> Parts | None:
    """Returns the messages of the description with one more; None if it has no room for it."""
    told = told_in(aside).parts
    unfinished = (aside.get("summary") or {}).get("parts")
    written = report.answers.get("summary")
    before: Sequence[Sequence[Any]] = told or unfinished or ([[0, written]] if written else [])
    parts = with_part(before, message, text)
    return tuple((number, said) for number, said in parts) if len(joined(parts)) <= LONGEST_STORY else None


def _said(question: Question, report: Report, context: Context) -> Line:
    return note(_("{label}: {answer}", label=question.label, answer=answer_of(question, report, context)))


def cut(text: str, most: int) -> Notes:
    """Returns the note that a text is too long, if it is."""
    if len(text) <= most:
        return ()
    return (
        note(_("There is room for {most} characters of your text; the rest of it is still in this chat.", most=most)),
    )


def from_offers(context: Context, offers: Sequence[Offer], shared: Mapping[str, Any]) -> Step:
    """Creates a draft for every offer, each with the answers in `shared`, and opens the first."""
    drafts: list[Report] = []
    outcomes: tuple[Outcome, ...] = ()
    for offer in offers:
        answers, aside = offered(offer, context)
        report, begun = started(context, {**shared, **answers}, aside=aside)
        drafts.append(report)
        outcomes = (*outcomes, *begun)
    return opened(drafts[0], outcomes, context, (made(len(drafts), offers[0]),))


def offered(offer: Offer, context: Context) -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the answers that one item of a list gives, with its library if it names one, and the unfinished answers.

    The answers belong to no message: an edit of the list would change many answers, so none of them is asked about.
    """
    answers, aside = story(((0, offer.summary),))
    exact = context.registers.libraries(offer.library).exact if offer.library else None
    library = {"library": {"key": exact.key, "name": exact.name}} if exact else {}
    return {**library, "title": offer.title, **answers}, aside


def made(drafts: int, first: Offer) -> Line:
    """Returns the note that says how many drafts were made, and which one is open."""
    return note(
        counted(
            "One draft created: {title}",
            "{n} drafts created. The first is {title}; you can find the others with /myreports.",
            drafts,
            title=quoted(first.title),
        )
    )


def copy_of(report: Report, context: Context) -> Step:
    """Opens a new draft with the answers of `report` that are probably the same again."""
    answers = {
        question.key: report.answers[question.key]
        for question in INITIATIVE.questions
        if question.copied and report.answers.get(question.key) is not None
    }
    if answers.get(CALL_QUESTION) not in {call.slug for call in context.find.calls.open()}:
        # A closed call takes no reports, so the copy leaves it out.
        answers.pop(CALL_QUESTION, None)
    copy, outcomes = started(context, answers, copied_from=report.id)
    outcomes = tuple(_apart(outcome) for outcome in outcomes)
    return Step(
        begin(copy, context),
        (note(_("A copy of {title}. I only ask about what may be new.", title=title_of(report))),),
        outcomes,
    )


def _apart(outcome: Outcome) -> Outcome:
    """Keeps names and addresses apart in a copy too."""
    if isinstance(outcome, Answered) and (question := INITIATIVE.question(outcome.question)) and question.personal:
        return Answered(outcome.report, outcome.question, outcome.value, personal=True)
    return outcome


def story(told: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the text of `told` as the answer to `summary`, cut to what fits; if it is short, as an unfinished one."""
    text = joined(told)
    if len(text) >= LIKE_A_STORY:
        return {"summary": shortened(text, LONGEST_STORY)}, {}
    return {}, {"summary": {"parts": [list(part) for part in told]}} if clean_line(text) else {}
