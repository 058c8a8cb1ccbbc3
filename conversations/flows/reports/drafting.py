"""Creating drafts: an empty one, from a text or a picture, from a list of offers, as a copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.context.context import Context
from conversations.context.overlay import report_after
from conversations.flows.reports.form_navigation import begin
from conversations.flows.shared.step import Notes, Step
from conversations.flows.shared.titles import title_of
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.text import joined, shortened
from conversations.forms.variants import CALL_QUESTION
from conversations.language.screen import Line, note
from conversations.language.words import _, counted, quoted
from conversations.model.outcomes import Answered, DraftLeft, DraftStarted, Outcome, Parts
from conversations.model.reports import Report
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


def from_text(context: Context, told: Parts, *, forwarded: bool = False) -> Step:
    """Opens a new draft whose description is the text of the messages `told`, cut to what the form takes."""
    answers, aside = story(told)
    report, outcomes = started(context, answers, aside=aside, forwarded=forwarded, told=told)
    begun = note(_("A new report with your text as its description."))
    return opened(report, outcomes, context, (begun, *cut(joined(told), LONGEST_STORY)))


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
    exact = context.registers.libraries(offer.library)[0] if offer.library else None
    library = {"library": {"key": exact.key, "name": exact.name}} if exact else {}
    return {**library, "title": offer.title, **answers}, aside


def made(drafts: int, first: Offer) -> Line:
    """Returns the note that says how many drafts were made, and which one is open."""
    return note(
        counted(
            "One draft made: {title}",
            "{n} drafts made. The first is {title}; the others wait in /myreports.",
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
        (note(_("A copy of {title}. Only what may be new is asked.", title=title_of(report))),),
        outcomes,
    )


def _apart(outcome: Outcome) -> Outcome:
    """Keeps names and addresses apart in a copy too."""
    if isinstance(outcome, Answered) and (question := INITIATIVE.question(outcome.question)) and question.personal:
        return Answered(outcome.report, outcome.question, outcome.value, personal=True)
    return outcome


def story(told: Parts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the text of `told` as the answer to `summary` if it fits, otherwise as an unfinished answer."""
    text = joined(told)
    if LIKE_A_STORY <= len(text) <= LONGEST_STORY:
        return {"summary": text}, {}
    kept = [list(part) for part in told]
    if len(text) > LONGEST_STORY:
        kept = [[told[0][0] if len(told) == 1 else 0, shortened(text, LONGEST_STORY)]]
    return {}, {"summary": {"parts": kept}} if clean_line(joined(kept)) else {}
