"""The audit trail for owners: who did what and when, page by page and as a file, each entry in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.calls.editor import field_words
from conversations.flows.calls.listing import STATUS_WORDS
from conversations.flows.followups.asking import LABELS as LABELS_OF_ANSWERS
from conversations.flows.reports.files.export import LABELS
from conversations.flows.shared.call_words import field_of, texts_of
from conversations.flows.shared.organisation_words import organisation_words
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.report_words import form_of, label_of, name_of, reason_of, title, value_of
from conversations.flows.shared.roles import ROLE_WORDS, roles_of
from conversations.flows.shared.step import Step
from conversations.forms.initiative import INITIATIVE
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, heading, note
from conversations.language.words import Place, Shortened, Words, _, counted, labelled, quoted
from conversations.model.calls import WholeCall, changed
from conversations.model.outcomes import AuditExported
from conversations.model.people.members import Done
from conversations.model.people.permissions import can

SHOWN = 8
"""Entries on one page."""


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the trail; the person stays where they stand."""
    if not can(context.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0
    found = context.find.people.done(page, SHOWN)
    lines = [Line(entry_words(done, context)) for done in found[:SHOWN]] or [Line(_("Nothing yet."))]
    newer = (Button(_("‹ Newer"), "audit", str(page - 1)),) if page else ()
    older = (Button(_("Older ›"), "audit", str(page + 1)),) if len(found) > SHOWN else ()
    rows = ((*newer, *older), (Button(_("As a file"), "audit_file"),))
    return Step(at, screen=Screen((heading(_("Activity log")), *lines), tuple(row for row in rows if row)))


def as_file(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Sends the whole trail as a file."""
    if not can(context.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    file = Enclosed("audit", "audit.jsonl", _("Everything that was done, one entry on each line."))
    return Step(at, outcomes=(AuditExported(),), screen=Screen((note(_("Here is the file.")),), enclosed=file))


LONGEST = 80
"""Most characters of a value or a title."""


ACTIONS: dict[str, Words] = {
    "submitted": labelled("done", "sent"),
    "corrected": labelled("done", "corrected"),
    "withdrawn": labelled("done", "withdrew"),
    "followed up": labelled("done", "answered a follow-up"),
    "confirmed": labelled("done", "confirmed a report"),
    "handed over": labelled("done", "handed a report over"),
    "imported": labelled("done", "imported"),
    "roles": labelled("done", "changed the role"),
    "invited": labelled("done", "made an invitation"),
    "uninvited": labelled("done", "cancelled an invitation"),
    "joined": labelled("done", "used an invitation"),
    "organisation": labelled("done", "registered an organisation"),
    "organisation decided": labelled("done", "decided on an organisation"),
    "note": labelled("done", "handled a message"),
    "pairing": labelled("done", "answered a suggestion"),
    "expert named": labelled("done", "named a contact person"),
    "nomination taken back": labelled("done", "took a name back"),
    "expert listed": labelled("done", "listed themselves"),
    "expert changed": labelled("done", "changed their entry"),
    "expert confirmed": labelled("done", "confirmed their entry"),
    "expert removed": labelled("done", "removed their entry"),
    "claimed": labelled("done", "started a review"),
    "released": labelled("done", "released a report"),
    "asked": labelled("done", "asked about an answer"),
    "taken back": labelled("done", "withdrew a question"),
    "published": labelled("done", "published"),
    "returned": labelled("done", "sent back for changes"),
    "declined": labelled("done", "declined"),
    "broadcast": labelled("done", "messaged several people"),
    "group used": labelled("done", "showed reports in a group"),
    "group moved": labelled("done", "the group became a supergroup"),
    "group gone": labelled("done", "the bot left the group"),
    "group muted": labelled("done", "the bot may not write there"),
    "call started": labelled("done", "started a call"),
    "call changed": labelled("done", "edited a call"),
    "event started": labelled("done", "began an event"),
    "event changed": labelled("done", "edited an event"),
    "event published": labelled("done", "published an event"),
    "event cancelled": labelled("done", "cancelled an event"),
    "event told of": labelled("done", "told what came of an event"),
    "collection started": labelled("done", "started a collection"),
    "collection changed": labelled("done", "edited a collection"),
    "reminded": labelled("done", "sent reminders"),
    "exported": labelled("done", "exported"),
    "audit exported": labelled("done", "exported this log"),
    "contacts read": labelled("done", "read contact details"),
    "contacts erased": labelled("done", "deleted contact details"),
    "cleared away": labelled("done", "deleted old data"),
    "forgotten": labelled("done", "deleted their data"),
    "controller named": labelled("done", "set the data controller"),
    "webhook added": labelled("done", "added a webhook"),
    "webhook changed": labelled("done", "edited a webhook"),
    "webhook removed": labelled("done", "removed a webhook"),
}
"""Actions in words; an action of a later version is shown as its key."""


UNTOLD = frozenset(
    {
        *("group used", "group moved", "group gone", "group muted", "imported", "audit exported", "uninvited"),
        *("expert listed", "expert changed", "expert confirmed", "expert removed", "nomination taken back"),
    }
)
"""Actions that are shown without details, because their details are numbers with no meaning to a reader."""


BY_ITSELF = frozenset({"cleared away", "group moved", "group gone", "group muted"})
"""Actions of the bot itself."""


ANSWERS: Mapping[str, Words] = {
    "sent": labelled("note is", "sent"),
    "asked": labelled("note is", "answered with a question"),
    "answered": labelled("note is", "the question was answered"),
    "connected": labelled("note is", "put in touch"),
    "declined": labelled("note is", "declined"),
    "taken_back": labelled("note is", "withdrawn"),
    "lapsed": labelled("note is", "lapsed"),
    "reported": labelled("note is", "reported as abuse"),
    "cleared": labelled("note is", "decided it was not abuse"),
    "yes": labelled("proposal", "yes"),
    "no": labelled("proposal", "no"),
}
"""Answers to a note or a proposal, in words."""


DECISIONS: Mapping[str, Words] = {
    "confirmed": labelled("organisation is", "confirmed"),
    "declined": labelled("organisation is", "not confirmed"),
}


def entry_words(done: Done, context: Context) -> Place:
    """Returns one entry in words: when, who, what, and the details."""
    action: Place = ACTIONS.get(done.action, done.action)
    said: Words = _("{at}, {name}: {action}", at=done.at, name=_who(done), action=action)
    for each in _details(done, context):
        said = _("{first} · {second}", first=said, second=Shortened(each, LONGEST))
    return said


def _who(done: Done) -> Place:
    if done.name:
        return done.name
    return _("the bot") if done.action in BY_ITSELF else _("the command line")


def _details(done: Done, context: Context) -> Iterable[Place]:
    """Yields the object of the action and what changed, as far as there are words for it."""
    match done.action:
        case action if action in UNTOLD:
            return ()
        case "roles":
            whom = name_of(int(done.about), context) if done.about.isdecimal() else done.about
            return (whom, *_change(_roles(done.old), _roles(done.new)))
        case "joined":
            return _change(_roles(done.old), _roles(done.new))
        case "invited":
            return (ROLE_WORDS.get(done.new["role"], done.new["role"]),)
        case "organisation" | "organisation decided":
            return (
                *_organisation(done.about, context),
                *([DECISIONS[done.new]] if done.action != "organisation" else []),
            )
        case "note" | "pairing":
            return (ANSWERS.get(done.new, done.new),)
        case "broadcast":
            return (counted("to one person", "to {n} people", done.new["recipients"]),)
        case "reminded":
            return (counted("to one person", "to {n} people", done.new),) if isinstance(done.new, int) else ()
        case "call started" | "call changed":
            return _call(done, context)
        case action if action.startswith("event "):
            found = context.find.events.draft(done.about)
            return (Shortened(found.title, LONGEST),) if found else ()
        case "collection started" | "collection changed":
            collection = context.find.collections.whole(done.about)
            return (collection.title if collection else done.about,)
        case "exported":
            return _exported(done.new)
        case "cleared away":
            return tuple(_cleared(what, number) for what, number in done.new.items())
        case "forgotten":
            return (_("with the reports"),) if done.new["with_reports"] else (_("the reports stay"),)
        case "controller named":
            return (quoted(done.new),)
        case "webhook added" | "webhook removed":
            return (str((done.new or done.old or {}).get("host", done.about)),)
        case "webhook changed":
            webhook = context.find.webhooks.one(done.about)
            return (webhook.host if webhook else done.about,)
        case _:
            return _report(done, context)


def _report(done: Done, context: Context) -> Iterable[Place]:
    """Yields the report, and the answer or decision; not what was deleted from the trail, and no personal answers."""
    review = context.find.review.report(done.about)
    form = form_of(review, context) if review else INITIATIVE
    yield title(review) if review else done.about
    if done.question:
        yield label_of(form, done.question)
    if done.action == "asked" and done.new:
        yield quoted(done.new)
    if done.action == "corrected" and done.question and (done.old, done.new) != (None, None):
        yield from _change(*(value_of(form, done.question, value) for value in (done.old, done.new)))
    if done.action == "followed up" and done.new in LABELS_OF_ANSWERS:
        yield LABELS_OF_ANSWERS[done.new]
    if done.action == "handed over":
        yield from _change(*(name_of(person, context) if person else _NONE for person in (done.old, done.new)))
    if isinstance(done.new, dict) and "reason" in done.new:
        yield reason_of(done.new["reason"])


def _call(done: Done, context: Context) -> Iterable[Place]:
    found = context.find.calls.whole(done.about)
    yield found.title if found else done.about
    if done.question == "status":
        yield from _change(STATUS_WORDS[done.old], STATUS_WORDS[done.new])
    elif done.question == "deadline":
        yield _("Deadline")
        yield from _change(*(_day(value) for value in (done.old, done.new)))
    elif done.question and (texts := texts_of(done.question)):
        yield texts.label
    elif done.question and (field := field_of(done.question)):
        empty = WholeCall(done.about, "en", "open")
        yield field.label
        before, now = (changed(empty, done.question, value) for value in (done.old, done.new))
        yield from _change(*(field_words(field, call, context) or _NONE for call in (before, now)))


def _organisation(this: str, context: Context) -> tuple[Place, ...]:
    found = context.find.partners.registered(this)
    return (organisation_words(found, context),) if found else ()


def _exported(told: Mapping[str, Any]) -> tuple[Place, ...]:
    form = LABELS.get(told["format"], told["format"])
    with_contacts = told.get("with_contacts") or told.get("contacts")
    return (form, _("with contact details")) if with_contacts else (form,)


def _cleared(what: str, number: int) -> Place:
    match what:
        case "inbox":
            return counted("one message that had come in", "{n} messages that had come in", number)
        case "outbox":
            return counted("one message that had gone out", "{n} messages that had gone out", number)
        case "drafts":
            return counted("one draft", "{n} drafts", number)
        case "contacts":
            return counted("the contact details of one report", "the contact details of {n} reports", number)
        case "given":
            return counted(
                "the contact details given in one message", "the contact details given in {n} messages", number
            )
        case "sign_ups":
            return counted("one sign-up for an event", "{n} sign-ups for events", number)
        case "files":
            return counted("one file", "{n} files", number)
        case "experts":
            return counted("the entry of one contact person", "the entries of {n} contact persons", number)
        case "nominations":
            return counted("one name without an answer", "{n} names without an answer", number)
        case "webhooks":
            return counted("one message to a webhook", "{n} messages to webhooks", number)
        case "warned":
            return counted("one draft’s author was warned", "the authors of {n} drafts were warned", number)
        case _:
            return what


def _roles(roles: Any) -> Place:
    return roles_of(frozenset(roles or ()))


def _day(deadline: Mapping[str, Any] | None) -> Place:
    """Returns the last day of a deadline as the audit trail stores it."""
    call = changed(WholeCall("", "en"), "deadline", deadline) if deadline else None
    return call.last_day or _NONE if call else _NONE


def _change(old: Place, new: Place) -> tuple[Place, ...]:
    return (_("before: {old}", old=Shortened(old, LONGEST)), _("now: {new}", new=new))


_NONE = "–"
