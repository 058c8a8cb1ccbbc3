"""Naming a contact person in a report: makes the link by which they are asked, and shows what became of it."""

from urllib.parse import urlencode

from conversations.context.context import Context
from conversations.context.links import EXPERT, link
from conversations.context.session import AtSummary, InFlow, Position, pack, unpack
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Shortened, Words, _, own, quoted
from conversations.model.experts import LINK_HOLDS, LONGEST_NAME, SHORTEST_NAME, Nomination, Sought
from conversations.model.outcomes import ExpertNamed, NominationTakenBack
from conversations.model.reports import Report
from conversations.reading.text import clean_line

MOST = 10
"""Most people who may be named in one report."""

CLOSED = frozenset({"withdrawn", "declined"})
"""The states of reports in which nobody is named any more."""

SHARE = "https://t.me/share/url"
"""Telegram's page to choose a chat to send something to."""

LABEL_ROOM = 24

GONE = _("That report is no longer there. /report starts a new one.")
BACK = Button(_("‹ Back"), "go_back")


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks whom to name in the report of the button, or shows who was named."""
    report = _report(event.argument, context)
    if report is None:
        return Step(at, (note(GONE),))
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "naming" else pack(at)
    view = "named" if context.find.experts.named_in(report.id) else "name"
    return Step(InFlow("naming", view, {"this": report.id, "back": back}))


def taken_back(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes a nomination back, if nobody has answered it."""
    found = _own(event.argument, context)
    if found is None or found.state != "asked":
        return Step(at, toast=_("This has been answered already."), silent=True)
    done = Screen((note(_("OK. The link no longer works, and the name is deleted.")),), _to_report(found.report))
    return Step(at, outcomes=(NominationTakenBack(found.id),), screen=done)


def again(at: Position | None, event: Pressed, context: Context) -> Step:
    """Makes a new link for the same person; the earlier one stops working."""
    found = _own(event.argument, context)
    report = _report(found.report, context) if found else None
    if found is None or report is None or found.state != "asked" or not found.name:
        return Step(at, toast=_("This has been answered already."), silent=True)
    made = _made(at, report, found.name, context)
    return Step(made.at, outcomes=(NominationTakenBack(found.id), *made.outcomes), screen=made.screen)


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who names somebody."""
    report, back = _report(str(at.held["this"]), context), unpack(at.held["back"])
    if report is None:
        return Step(back, (note(GONE),))
    if isinstance(event, Wrote) and (tapped := _tapped(event.text, at, context)):
        event = tapped
    match at.view, event:
        case _, Pressed("go_back"):
            return Step(back)
        case "named", Pressed("another"):
            return Step(InFlow("naming", "name", at.held))
        case "name", Pressed("named"):
            return _named(back, report, named_in(report), at, context)
        case "name", Wrote(text) if text:
            return _named(back, report, clean_line(text), at, context)
        case "name", _:
            return Step(at, (note(_("Type the name of the person.")),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _tapped(text: str, at: InFlow, context: Context) -> Pressed | None:
    button = same(text, [button for row in shown(at, context).rows for button in row], context)
    return Pressed(button.action, button.argument) if button and button.action in ("go_back", "another") else None


def _named(back: Position | None, report: Report, name: str, at: InFlow, context: Context) -> Step:
    if why := _misfit(name):
        return Step(at, (note(why),))
    if sum(each.is_open(context.now) for each in context.find.experts.named_in(report.id)) >= MOST:
        return Step(at, (note(_("You have asked many already. Wait until somebody answers.")),))
    return _made(back, report, name, context)


def _misfit(name: str) -> Words | None:
    if len(name) < SHORTEST_NAME:
        return _("Type the name of the person.")
    return _("That is too long for a name. Type a shorter one.") if len(name) > LONGEST_NAME else None


def _made(back: Position | None, report: Report, name: str, context: Context) -> Step:
    """Makes the link, and shows it once: only what it hashes to is stored."""
    code, until = context.new_code(), context.now + LINK_HOLDS
    nomination = Nomination(context.new_id(), report.id, context.person.id, name, until)
    there = link(EXPERT + code, context)
    lines = (
        heading(_("Send this link to {name}", name=name)),
        Line(there),
        Line(
            _(
                "They read which library named them and why, and decide for themselves. Nobody finds them before they "
                "say yes. You will get one message when they have answered. The link works until {until}, for one "
                "person.",
                until=until.astimezone(context.timezone).date(),
            )
        ),
        Line(_("If they say no, the name is deleted."), Style.HELP),
    )
    address = f"{SHARE}?{urlencode({'url': there, 'text': report.title})}"
    send = ((Button(_("Send the link"), "share", link=address),),) if context.bot else ()
    way = () if isinstance(back, AtSummary) and back.report == report.id else _to_report(report.id)
    rows = (*send, (Button(_("Take it back"), "naming_back", nomination.id),), *way)
    return Step(back, outcomes=(ExpertNamed(nomination, code),), screen=Screen(lines, rows, secret=True, revision=0))


def named_in(report: Report) -> str:
    """Returns the name, or whatever else the report says, of its contact person; "" if it names none."""
    said = report.answers.get("resource_person") or {}
    return next((str(said[part])[:LONGEST_NAME] for part in ("name", "email", "phone") if said.get(part)), "")


def _report(this: str, context: Context) -> Report | None:
    found = context.find.reports.one(this)
    return found if found and found.status not in CLOSED else None


def _own(this: str, context: Context) -> Nomination | None:
    found = context.find.experts.nomination(this)
    return found if found and found.named_by == context.person.id else None


def _to_report(report: str) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("‹ Back to the report"), "open", report),),)


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks for the name, or with those who were named."""
    report = _report(str(at.held["this"]), context)
    if report is None:
        return Screen((note(GONE),), ((BACK,),))
    return _list(report, context) if at.view == "named" else _ask(report)


def _ask(report: Report) -> Screen:
    lines = (
        heading(_("Who could others ask about {title}?", title=quoted(report.title))),
        Line(
            _(
                "Type the name. You get a link to send to the person, who decides alone: give advice, speak at a theme "
                "day or join a national project."
            )
        ),
    )
    name = named_in(report)
    known = ((Button(own(Shortened(name, LABEL_ROOM)), "named", report.id),),) if name else ()
    # Translators: a button: the author is the person who can be asked.
    myself = (Button(_("Myself"), "expert_offer", report.id),)
    return Screen(lines, (*known, myself, (BACK,)))


def _list(report: Report, context: Context) -> Screen:
    found = context.find.experts.named_in(report.id)
    agreed = context.find.experts.found(Sought(report=report.id))
    listed = {each.person: each.name for each in agreed}
    lines = [heading(_("Contact persons for {title}", title=quoted(report.title)))]
    rows: list[tuple[Button, ...]] = []
    for each in found:
        lines.append(Line(_standing(each, listed, context)))
        if each.state == "asked" and each.name:
            fresh = Button(_("New link: {name}", name=Shortened(each.name, LABEL_ROOM)), "naming_again", each.id)
            back = Button(_("Take back: {name}", name=Shortened(each.name, LABEL_ROOM)), "naming_back", each.id)
            rows += [(fresh,), (back,)]
    cards = tuple(Button(own(Shortened(each.name, LABEL_ROOM)), "expert", each.id) for each in agreed)
    another = (Button(_("Name another"), "another", report.id),)
    return Screen(tuple(lines), (*rows, *stacked(cards, 2), another, (BACK,)))


def _standing(each: Nomination, listed: dict[int, str], context: Context) -> Words:
    if each.is_open(context.now):
        until = each.expires_at.astimezone(context.timezone).date()
        return _("{name}: asked, no answer yet. The link works until {until}.", name=each.name, until=until)
    match each.state:
        case "asked":
            return _("{name}: did not answer; the link is too old.", name=each.name) if each.name else _("No answer.")
        case "agreed" if each.person in listed:
            return _("{name}: agreed", name=listed[each.person])
        case "agreed":
            return _("Agreed, and is not listed any more.")
        case "declined":
            return _("Said no; the name is deleted.")
        case _:
            return _("Taken back.")
