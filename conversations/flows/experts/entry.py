"""The entry of a contact person: what for, themes, languages, library; to agree to it, to change it, to remove it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Notice, Position, pack, unpack
from conversations.flows.experts.words import OFFER, about_lines
from conversations.flows.shared import reaching
from conversations.flows.shared.organisation_words import side_words
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant, same
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, QuestionKind, Said, Understood
from conversations.forms.kinds.choosing import SomeOf
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.yes_no import YesNo
from conversations.language.events import Event, Pressed, SharedContact, SharedLocation, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, labelled, quoted
from conversations.model.experts import LONGEST_NAME, SHORTEST_NAME, Expert, Nomination
from conversations.model.outcomes import (
    ExpertConfirmed,
    ExpertDescribed,
    ExpertNamed,
    ExpertRemoved,
    NominationAnswered,
    Outcome,
)
from conversations.reading.text import clean_line
from conversations.vocabulary import vocabulary

KINDS: Mapping[str, QuestionKind] = {
    "uses": SomeOf(vocabulary.EXPERT_USES, most=3, words="expert_uses"),
    "themes": SomeOf(vocabulary.THEMES, most=8, words="themes"),
    "groups": SomeOf(vocabulary.TARGET_GROUPS, most=8, words="target_groups"),
    "languages": SomeOf(vocabulary.SPOKEN, most=8, words="spoken"),
    "library": Library(),
}
"""The parts of an entry that are read as questions of the form are."""

PROMPTS: Mapping[str, Words] = {
    "uses": _("What can others ask you to do?"),
    "themes": _("What do you know about?"),
    "groups": _("Which groups do you know about?"),
    "languages": _("Which languages do you speak?"),
    "library": _("Which library are you from?"),
    "name": _("What is your name, as others should see it?"),
    "contact": _("Which email or phone number can others see?"),
}

HELPS: Mapping[str, Words] = {
    "uses": _("Choose one or more, or type it."),
    "themes": _("Choose up to eight themes, or type your own words."),
    "groups": _("Choose up to eight groups, or type your own words."),
    "languages": _("Choose, or type them: Danish and English."),
    "library": _("Type part of its name, or the name of the municipality."),
    "name": _("Type it."),
    "contact": _("Without one, others write to you through the bot, and see no address unless you both say yes."),
}

CHANGES = (
    ("uses", labelled("entry", "What for")),
    ("themes", labelled("entry", "Themes")),
    ("groups", labelled("entry", "Groups")),
    ("languages", labelled("entry", "Languages")),
    ("library", labelled("entry", "Library")),
    ("name", labelled("entry", "Name")),
    ("contact", labelled("entry", "Contact details")),
)
"""The buttons that change a part."""

NO = Button(_("No, thank you"), "no_thanks")
BACK = Button(_("‹ Back"), "back")
LEAVE = Button(_("‹ Cancel"), "go_back")
WITHOUT_CONTACT = Button(_("None: only through the bot"), "no_contact")

NEEDED = ("uses", "name", "themes")
"""What an entry has to say, in the order in which it is asked for."""


def asked(at: Position | None, nomination: Nomination, context: Context) -> Step:
    """Asks somebody who followed the link of a nomination. What the report says is proposed; nothing is stored yet."""
    report = context.find.review.report(nomination.report)
    answers = report.answers if report else {}
    entry = {
        "name": nomination.name,
        "themes": list(answers.get("themes") or ()),
        "groups": list(answers.get("target_groups") or ()),
        "library": context.person.library or answers.get("library"),
    }
    return Step(_begun(at, entry, context, nomination=nomination.id))


def offered(at: Position | None, event: Pressed, context: Context) -> Step:
    """Lets people offer themselves, in a report of their own if the button names one; or shows their entry."""
    if context.find.experts.own():
        return mine(at, event, context)
    report = context.find.reports.one(event.argument) if event.argument else None
    answers = report.answers if report else {}
    entry = {
        "name": "",
        "themes": list(answers.get("themes") or ()),
        "groups": list(answers.get("target_groups") or ()),
        "library": context.person.library or answers.get("library"),
    }
    return Step(_begun(at, entry, context, report=report.id if report else ""))


def mine(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the person their own entry, which they can change or remove."""
    own_entry = context.find.experts.own()
    if own_entry is None:
        return Step(at, screen=Screen((note(_("You are not listed as a contact person.")),), ((OFFER,),)))
    return Step(InFlow("expert", "own", {"this": own_entry.id, "back": _back(at)}))


def confirmed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Stores that the entry still holds, and shows it; a second press changes nothing."""
    found = context.find.experts.own()
    if found is None or found.id != event.argument:
        return Step(at, screen=Screen((note(_("You are not listed as a contact person.")),), ((OFFER,),)))
    thanks = note(_("Thank you. You are asked again in a year."))
    outcomes = (ExpertConfirmed(found.id),)
    return Step(at, outcomes=outcomes, screen=_card((thanks,), replace(found, asked_at=None), context))


def removed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Removes the entry at once."""
    found = context.find.experts.own()
    if found is None or found.id != event.argument:
        return Step(_away(at), screen=Screen((note(_("You are not listed as a contact person.")),), ((OFFER,),)))
    lines = (
        note(_("You are not listed any more, and what you wrote about yourself is deleted.")),
        Line(_("You can offer yourself again at any time: /experts."), Style.HELP),
    )
    return Step(_away(at), outcomes=(ExpertRemoved(found.id),), screen=Screen(lines))


def _begun(
    at: Position | None, entry: Mapping[str, Any], context: Context, *, nomination: str = "", report: str = ""
) -> InFlow:
    held = {
        "this": context.new_id(),
        "nomination": nomination,
        "report": report,
        "entry": {**entry, "uses": [], "languages": _spoken(context), "contact": ""},
        "gathered": None,
        "back": _back(at),
    }
    return InFlow("expert", "uses", held)


def _spoken(context: Context) -> list[str]:
    return [each.key for each in vocabulary.SPOKEN if each.key == context.person.language]


def _back(at: Position | None) -> Mapping[str, Any] | None:
    return at.held["back"] if isinstance(at, InFlow) and at.flow == "expert" else pack(at)


def _away(at: Position | None) -> Position | None:
    """Returns where a person goes on whose entry is gone."""
    return unpack(at.held["back"]) if isinstance(at, InFlow) and at.flow == "expert" else at


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who describes themselves."""
    if at.view == "own":
        return _at_own(at, event, context)
    if not _is_new(at) and _listed(at, context) is None:
        return Step(unpack(at.held["back"]), (note(_("You are not listed as a contact person.")),))
    if isinstance(event, Wrote) and (tapped := _tapped(event.text, at, context)):
        event = tapped
    match at.view, event:
        case _, Pressed("go_back"):
            return Step(unpack(at.held["back"]))
        case _, Pressed("no_thanks") if at.held["nomination"]:
            return _declined(at, context)
        case _, Pressed("back"):
            return Step(_at(at, "check" if _is_new(at) else "own"))
        case "check", Pressed("agree"):
            return _agreed(at, context)
        case "check", Pressed("part", view) if view in PROMPTS:
            return Step(_at(at, view))
        case "name", Wrote(text) if text:
            return _named(at, clean_line(text), context)
        case "contact", Pressed("no_contact"):
            return _with(at, "contact", "", context)
        case "contact", Wrote() | SharedContact() | Pressed("use"):
            reached = reaching.read(event, ())
            return Step(at, (note(reached),)) if isinstance(reached, Words) else _with(at, "contact", reached, context)
        case view, Wrote() | Pressed() | SharedLocation() if view in KINDS:
            return _read(at, event, context)
        case "name", _:
            return Step(at, (note(_("Type your name.")),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _at_own(at: InFlow, event: Event, context: Context) -> Step:
    found = _listed(at, context)
    if found is None:
        return Step(unpack(at.held["back"]), (note(_("You are not listed as a contact person.")),))
    if isinstance(event, Wrote) and (button := meant(event.text, shown(at, context), context)):
        event = Pressed(button.action, button.argument)
    match event:
        case Pressed("go_back"):
            return Step(unpack(at.held["back"]))
        case Pressed("expert_removed"):
            return removed(at, Pressed("expert_removed", found.id), context)
        case Pressed("expert_confirmed"):
            return confirmed(at, Pressed("expert_confirmed", found.id), context)
        case Pressed("part", view) if view in PROMPTS:
            return Step(_at(replace(at, held={**at.held, "entry": _entry_of(found)}), view))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _tapped(text: str, at: InFlow, context: Context) -> Pressed | None:
    """Turns the written label of a button into a press, and a plain no to the question into a no."""
    screen = shown(at, context)
    if at.view in KINDS or at.view in ("name", "contact"):
        button = same(text, list(chain(*screen.rows)), context)
        button = button if button and button.action in ("go_back", "back", "no_thanks", "no_contact") else None
    else:
        button = meant(text, screen, context)
    if button is None and at.view in ("uses", "check"):
        answer = YesNo().read(Wrote(text), None, Asked(context, {}))
        if isinstance(answer, Understood):
            button = next((each for each in chain(*screen.rows) if each.action == _SAID[answer.value]), None)
    return Pressed(button.action, button.argument) if button else None


_SAID = {True: "agree", False: "no_thanks"}
"""The action of the button that yes or no presses."""


def _read(at: InFlow, said: Said, context: Context) -> Step:
    """Reads a part as the form reads an answer."""
    value = _entry(at).get(at.view)
    match KINDS[at.view].read(said, at.held.get("gathered"), Asked(context, {}, value)):
        case Understood(answer):
            return _with(at, at.view, answer, context)
        case Gathering(gathered, told):
            return Step(_holding(at, gathered=dict(gathered)), (note(told),) if told else ())
        case NotUnderstood(why, gathered):
            return Step(_holding(at, gathered=dict(gathered)) if gathered else at, (note(why),))


def _named(at: InFlow, name: str, context: Context) -> Step:
    if len(name) < SHORTEST_NAME:
        return Step(at, (note(_("Type your name.")),))
    if len(name) > LONGEST_NAME:
        return Step(at, (note(_("That is too long for a name. Type a shorter one.")),))
    return _with(at, "name", name, context)


def _with(at: InFlow, part: str, value: Any, context: Context) -> Step:
    """Takes over a part: an entry that others see is changed at once, a new one goes on to what is missing."""
    at = _holding(at, entry={**_entry(at), part: value}, gathered=None)
    if _is_new(at):
        missing = next((each for each in NEEDED if not _entry(at)[each]), "check")
        return Step(_at(at, missing))
    changed = ExpertDescribed(_described(at, context))
    own_view = InFlow("expert", "own", {"this": at.held["this"], "back": at.held["back"]})
    saved = (note(_("Saved. Others see it like this now.")),)
    return Step(own_view, outcomes=(changed,), screen=_card(saved, changed.expert, context))


def _agreed(at: InFlow, context: Context) -> Step:
    """Lists the person, if the nomination is still open, and tells the librarian once."""
    expert = _described(at, context)
    back, this = unpack(at.held["back"]), str(at.held["nomination"])
    outcomes: tuple[Outcome, ...] = (ExpertDescribed(expert),)
    notices: tuple[Notice, ...] = ()
    if this:
        found = context.find.experts.nomination(this)
        if found is None or not found.is_open(context.now):
            return Step(back, (note(_("This has been answered already. Thank you.")),))
        outcomes = (NominationAnswered(this, True), *outcomes)
        notices = (_told(found, expert, context),)
    elif at.held["report"]:
        report, until = str(at.held["report"]), context.now
        own_nomination = Nomination(context.new_id(), report, context.person.id, "", until)
        named = ExpertNamed(own_nomination, context.new_code())
        outcomes = (named, NominationAnswered(own_nomination.id, True), *outcomes)
    thanks = (
        note(_("Thank you. You are listed now. Change or remove it at any time: /experts.")),
        Line(_("You are asked once a year whether it still holds."), Style.HELP),
    )
    screen = _card(thanks, expert, context)
    return Step(back, outcomes=outcomes, notices=notices, screen=screen)


def _told(nomination: Nomination, expert: Expert, context: Context) -> Notice:
    """Returns what the librarian reads about a yes."""
    title = context.find.contacts.subject(nomination.report).title
    lines = (note(_("{name} agreed to be listed as a contact person.", name=expert.name)), Line(quoted(title)))
    rows = ((Button(_("About this person"), "expert", expert.id),),)
    return Notice(nomination.named_by, Screen(lines, rows, revision=0), f"named:{nomination.id}", "anew")


def _declined(at: InFlow, context: Context) -> Step:
    """Says no: the name is erased, and the librarian is told once, without it."""
    back, this = unpack(at.held["back"]), str(at.held["nomination"])
    found = context.find.experts.nomination(this)
    if found is None or not found.is_open(context.now):
        return Step(back, (note(_("This has been answered already. Thank you.")),))
    title = context.find.contacts.subject(found.report).title
    lines = (
        note(_("The person you named would rather not be listed. The name is deleted.")),
        Line(quoted(title)),
    )
    rows = ((Button(_("Name another"), "naming", found.report),),)
    told = Notice(found.named_by, Screen(lines, rows, revision=0), f"named:{this}", "anew")
    kind = note(_("OK, that is quite all right. Your name is deleted, and nobody will ask you again because of this."))
    return Step(back, (kind,), (NominationAnswered(this, False),), (told,))


def _is_new(at: InFlow) -> bool:
    return "nomination" in at.held


def _listed(at: InFlow, context: Context) -> Expert | None:
    """Returns the person's entry, if it is the one that the position is about."""
    found = context.find.experts.own()
    return found if found and found.id == at.held["this"] else None


def _entry(at: InFlow) -> Mapping[str, Any]:
    entry: Mapping[str, Any] = at.held["entry"]
    return entry


def _entry_of(expert: Expert) -> dict[str, Any]:
    return {
        "name": expert.name,
        "uses": list(expert.uses),
        "themes": list(expert.themes),
        "groups": list(expert.groups),
        "languages": list(expert.languages),
        "library": expert.library,
        "contact": expert.contact,
    }


def _described(at: InFlow, context: Context) -> Expert:
    entry = _entry(at)
    home = context.registers.home(entry["library"])
    return Expert(
        str(at.held["this"]),
        context.person.id,
        entry["name"],
        tuple(entry["uses"]),
        tuple(entry["themes"]),
        tuple(entry["groups"]),
        tuple(entry["languages"]),
        entry["library"],
        home.name,
        home.municipality,
        home.region,
        home.country,
        entry["contact"],
    )


def _at(at: InFlow, view: str) -> InFlow:
    return replace(_holding(at, gathered=None), view=view)


def _holding(at: InFlow, **held: Any) -> InFlow:
    return replace(at, held={**at.held, **held})


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks for a part, or shows the entry."""
    if at.view == "own":
        found = _listed(at, context)
        if found is None:
            return Screen((note(_("You are not listed as a contact person.")),), ((LEAVE,),))
        return _own(found, context)
    if at.view == "check":
        return _check(at, context)
    return _part(at, context)


def _part(at: InFlow, context: Context) -> Screen:
    first = at.view == "uses" and _is_new(at) and not _entry(at)["uses"]
    lines = [*(_why(at, context) if first else ()), heading(PROMPTS[at.view])]
    rows: tuple[tuple[Button, ...], ...] = ()
    if kind := KINDS.get(at.view):
        gathered, among = at.held.get("gathered"), Asked(context, {}, _entry(at).get(at.view))
        lines += kind.lines(gathered, among)
        rows = kind.rows(gathered, among)
    elif at.view == "contact":
        rows = ((WITHOUT_CONTACT,),)
    lines.append(Line(HELPS[at.view], Style.HELP))
    return Screen(tuple(lines), (*rows, (_way_out(at),)))


def _way_out(at: InFlow) -> Button:
    """Returns the button that leads away from a part."""
    described = not _is_new(at) or all(_entry(at)[each] for each in NEEDED)
    return replace(BACK if described else _no(at), argument=_ids(at))


def _no(at: InFlow) -> Button:
    return NO if at.held["nomination"] else LEAVE


def _ids(at: InFlow) -> str:
    """Returns the ids of the entry and the nomination, which a button carries: by them an erasure finds the message."""
    return ".".join(filter(None, (str(at.held["this"]), str(at.held.get("nomination") or ""))))


def _why(at: InFlow, context: Context) -> tuple[Line, ...]:
    """Returns who named the person and what it is about, for somebody who followed a link."""
    found = context.find.experts.nomination(str(at.held["nomination"])) if at.held["nomination"] else None
    if found is None:
        return ()
    subject = context.find.contacts.subject(found.report)
    return (
        note(_("You have been named as a contact person: somebody whom other libraries can ask.")),
        *((Line(_("Named by: {who}", who=side_words(subject.library))),) if subject.library.name else ()),
        *((Line(_("Because of: {title}", title=quoted(subject.title))),) if subject.title else ()),
        Line(_("Nobody finds you unless you say yes. You choose what for, and can stop at any time."), Style.HELP),
    )


def _check(at: InFlow, context: Context) -> Screen:
    expert = _described(at, context)
    lines = (
        heading(_("May others see this?")),
        *(Line(each.text) for each in about_lines(expert, context)),
        Line(
            _(
                "People who search here can find it, and it can be in the report of a call that you were named for. "
                "They write to you through the bot."
            ),
            Style.HELP,
        ),
    )
    yes = (Button(_("Yes, list me"), "agree", expert.id),)
    no = (replace(_no(at), argument=_ids(at)),)
    return Screen(lines, (yes, *_changes(), no))


def _own(expert: Expert, context: Context) -> Screen:
    state = (
        Line(_("Others find you."), Style.HELP)
        if expert.is_found(context.now)
        else note(_("Nobody finds you at the moment: you have not answered whether it still holds."))
    )
    still = ((Button(_("Yes, it still holds"), "expert_confirmed", expert.id),),) if expert.asked_at else ()
    gone = Button(_("Remove me"), "expert_removed", expert.id)
    away = Button(_("‹ Back"), "go_back")
    return Screen((*about_lines(expert, context), state), (*still, *_changes(), (gone,), (away,)))


def _card(notes: tuple[Line, ...], expert: Expert, context: Context) -> Screen:
    """Returns the entry, after something was done with it, and the way to change or remove it."""
    lines = (*notes, *about_lines(expert, context))
    rows = ((Button(_("Change it"), "expert_own", expert.id), Button(_("Remove me"), "expert_removed", expert.id)),)
    return Screen(lines, rows, news=len(notes))


def _changes() -> tuple[tuple[Button, ...], ...]:
    return stacked(tuple(Button(_("✏️ {label}", label=label), "part", view) for view, label in CHANGES), 2)
