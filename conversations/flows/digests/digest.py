"""/digest: the digest of a week or of other days, its files, its cards, and subscribing to the weekly one."""

from collections.abc import Sequence
from datetime import UTC

from conversations.context.context import Context
from conversations.context.links import REPORT, link
from conversations.context.session import Position
from conversations.flows.digests.saying import lines, title
from conversations.flows.digests.tables import as_text
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted, labelled, quoted
from conversations.model.calls import WholeCall
from conversations.model.digests.digest import Digest, Row
from conversations.model.digests.looking import Weekly, gather
from conversations.model.digests.periods import DAY, LONGEST, Period, days, past_week, read_period, week_of
from conversations.model.outcomes import DigestMade, DigestUnwanted, DigestWanted, TablesChosen
from conversations.model.people.permissions import can
from conversations.reading.text import fold

SHOWN = 8
"""Cards on one page."""

WEEKDAYS = (
    labelled("weekday", "Mon"),
    labelled("weekday", "Tue"),
    labelled("weekday", "Wed"),
    labelled("weekday", "Thu"),
    labelled("weekday", "Fri"),
    labelled("weekday", "Sat"),
    labelled("weekday", "Sun"),
)
EVERY_WEEKDAY = (
    labelled("every", "Mondays"),
    labelled("every", "Tuesdays"),
    labelled("every", "Wednesdays"),
    labelled("every", "Thursdays"),
    labelled("every", "Fridays"),
    labelled("every", "Saturdays"),
    labelled("every", "Sundays"),
)
HOURS = (7, 8, 9, 12, 15, 17)
MONDAY_MORNING = (0, 8)

LONGEST_NUMBER = 19
"""Most characters of a chat's id."""

GONE = _("That digest is no longer available. /digest makes a new one.")


def command(at: Position | None, words: str, context: Context) -> Step:
    """Shows the digest of the past week, of the period that is named, or of one call."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    typed = words.strip()
    if not typed:
        return _made(at, past_week(context.now, context.timezone), context)
    if period := read_period(typed, context.today, context.timezone, context.person.language):
        return _made(at, period, context)
    return _of_call(at, typed, context)


def shown(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the digest that the button names."""
    return command(at, event.argument, context)


def as_file(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends a digest as a file; the button names it as `<id>.html` or `<id>.xlsx`."""
    this, _dot, form = event.argument.partition(".")
    digest = _kept(this, at, context)
    if isinstance(digest, Step) or form not in FILE_WORDS:
        return digest if isinstance(digest, Step) else Step(at, toast=GONE, silent=True)
    file = file_of(digest, this, form, context.person.language)
    return Step(at, screen=Screen((note(title(digest)),), enclosed=file))


def file_of(digest: Digest, this: str, form: str, language: str) -> Enclosed:
    """Returns the `html` or `xlsx` file of the digest that is stored as `this`."""
    name = digest.call or digest.period.week or f"{digest.period.first}-{digest.period.last}"
    return Enclosed("digest", f"meldind-{name}.{form}", FILE_WORDS[form], f"{this}.{form}.{language}")


FILE_WORDS = {
    "html": _("To print, or to save as a PDF, from any browser."),
    "xlsx": _("Every row that the digest counts."),
}


def in_text(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the digest that the button names as text, as all from now on."""
    digest = _kept(event.argument, at, context)
    if isinstance(digest, Step):
        return digest
    screen = screen_of(digest, event.argument, card_link(context), rich=False)
    return Step(at, outcomes=(TablesChosen(False),), screen=screen)


def cards(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the new initiatives, with a button to the card of each."""
    this, _dot, page = event.argument.partition(".")
    digest = _kept(this, at, context)
    if isinstance(digest, Step):
        return digest
    rows = digest.of("new")
    lead = heading(counted("One new initiative", "{n} new initiatives", len(rows)))
    return Step(at, screen=_listed(lead, rows, "digest_cards", this, page))


def offers(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the offers to contribute. Contacts are on the cards, where reading them is recorded."""
    this, _dot, page = event.argument.partition(".")
    digest = _kept(this, at, context)
    if isinstance(digest, Step):
        return digest
    rows = digest.of("offer")
    lead = heading(counted("One offer to contribute", "{n} offers to contribute", len(rows)))
    return Step(at, screen=_listed(lead, rows, "digest_offers", this, page))


def weekly(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Subscribes the person to the weekly digest, or shows when it comes."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    comes = context.find.digests.weekly()
    if not comes:
        return _wanted(at, Weekly(0, 0, *MONDAY_MORNING, str(context.timezone)), context)
    return Step(at, screen=_weekly_screen(comes[0], comes, context))


def choose(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sets the day, the hour or the chat of the weekly digest: `<chat>.<weekday>.<hour>`."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    chat, weekday, hour = _numbers(event.argument)
    if (
        chat is None
        or weekday not in range(7)
        or hour not in range(24)
        or chat not in (0, *context.find.review.groups())
    ):
        return Step(at, silent=True)
    return _wanted(at, Weekly(0, chat, weekday, hour, str(context.timezone)), context)


def stop(at: Position | None, event: Pressed, context: Context) -> Step:
    """Stops the weekly digest in that chat."""
    chat = event.argument
    if not chat.removeprefix("-").isdecimal() or len(chat) > LONGEST_NUMBER:
        return Step(at, silent=True)
    told = note(_("You will no longer get the digest automatically. /digest shows it at any time."))
    again = ((WEEKLY,),) if can(context.person, "see figures") else ()
    return Step(at, outcomes=(DigestUnwanted(int(chat)),), screen=Screen((told,), again))


WEEKLY = Button(_("Get this every week"), "digest_weekly")


def screen_of(digest: Digest, this: str, report_link: str, *, rich: bool, alone: bool = False) -> Screen:
    """Returns `digest` with its buttons; `this` is the id under which it is stored.

    A digest that comes `alone`, not as an answer, has buttons that work wherever its reader stands. It is `rich` for a
    reader whose app shows tables.
    """
    told = lines(digest, report_link)
    revision = 0 if alone else None
    if digest.is_empty:
        return Screen(told, (_neighbours(digest), (WEEKLY,)), numbered=True, revision=revision)
    files = (
        Button(_("Printable page"), "digest_file", f"{this}.html"),
        Button(_("Spreadsheet"), "digest_file", f"{this}.xlsx"),
    )
    more = [Button(_("New initiatives"), "digest_cards", f"{this}.0")] if digest.of("new") else []
    if digest.of("offer"):
        # Translators: what libraries offer: help, material, knowledge.
        more.append(Button(_("Offers"), "digest_offers", f"{this}.0"))
    queue = (Button(_("Review queue"), "queue", "0"),) if digest.waiting else ()
    rows = ((*more, *queue), files, _neighbours(digest), (WEEKLY,), as_text("digest_text", this) if rich else ())
    return Screen(told, tuple(row for row in rows if row), numbered=True, revision=revision, rich=rich)


def card_link(context: Context) -> str:
    """Returns the start of a link to a report's card, to which its id is added; "" if the bot's name is not known."""
    return link(REPORT, context) if context.bot else ""


def _made(at: Position | None, period: Period, context: Context, call: str = "") -> Step:
    digest = gather(context.find, period, context.timezone, context.now, call)
    this = context.new_id()
    screen = screen_of(digest, this, card_link(context), rich=context.person.tables)
    return Step(at, outcomes=(DigestMade(this, digest),), screen=screen)


def _of_call(at: Position | None, typed: str, context: Context) -> Step:
    """Shows the digest of a call, named by slug or title; with only the word `call`, of the one call there is."""
    calls = [each for each in context.find.calls.all() if each.status != "draft"]
    named = [each for each in calls if each.slug == typed or fold(typed) in map(fold, each.titles.values())]
    if typed.casefold() in CALL_WORDS and calls:
        named = [each for each in calls if each.status == "open"] or calls
        if len(named) > 1:
            return Step(at, screen=Screen((heading(_("Which call?")),), _calls(named)))
    if len(named) != 1:
        why = _("I do not know that time. Try /digest week 46, /digest October, /digest 1.11.-15.11. or /digest call.")
        return Step(at, screen=Screen((note(why),), _calls(calls)))
    return _made(at, days(context.today - (LONGEST - 1) * DAY, context.today, context.timezone), context, named[0].slug)


def _calls(calls: Sequence[WholeCall]) -> tuple[tuple[Button, ...], ...]:
    """Returns a button for each call, MOST_CALLS at most; a slug fits into a button."""
    return stacked(tuple(Button(each.title, "digest", each.slug) for each in calls[:MOST_CALLS]))


MOST_CALLS = 20


CALL_WORDS = frozenset({"call", "opfordring", "poziv"})


def _neighbours(digest: Digest) -> tuple[Button, ...]:
    if not digest.period.week or digest.call:
        return ()
    before = week_of(digest.period.first - DAY, UTC).week
    return (Button(_("‹ The week before"), "digest", before),)


def _kept(this: str, at: Position | None, context: Context) -> Digest | Step:
    """Returns the digest that is stored as `this`, or the step that tells this person why they cannot see it."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    return context.find.digests.kept(this) or Step(at, toast=GONE, silent=True)


def _listed(lead: Line, rows: tuple[Row, ...], action: str, this: str, page: str) -> Screen:
    pages = -(-len(rows) // SHOWN) or 1
    number = (int(page) if page.isdecimal() and page.isascii() and len(page) < 7 else 0) % pages
    buttons = tuple(
        Button(quoted(row.report.title) if row.report.title else row.report.id, "card", row.report.id)
        for row in rows[number * SHOWN : (number + 1) * SHOWN]
    )
    more = ((Button(_("More ›"), action, f"{this}.{(number + 1) % pages}"),),) if pages > 1 else ()
    tip = Line(_("Tap one to open it."), Style.HELP)
    return Screen((lead, tip) if rows else (lead,), (*stacked(buttons), *more))


def _wanted(at: Position | None, chosen: Weekly, context: Context) -> Step:
    wanted = DigestWanted(chosen.chat, chosen.weekday, chosen.hour, chosen.timezone)
    others = [each for each in context.find.digests.weekly() if each.chat != chosen.chat]
    return Step(at, outcomes=(wanted,), screen=_weekly_screen(chosen, [chosen, *others], context))


def _weekly_screen(chosen: Weekly, comes: Sequence[Weekly], context: Context) -> Screen:
    groups = context.find.review.groups()
    told = tuple(
        Line(
            _(
                "{place}: {weekday} at {time}",
                place=_place(each.chat),
                weekday=EVERY_WEEKDAY[each.weekday],
                time=time_words(each.hour),
            )
        )
        for each in comes
    )
    told_first = (
        heading(_("The digest is sent every week")),
        *told,
        Line(
            _(
                "It covers the week before. Time zone: {name}.",
                name=chosen.timezone,
            ),
            Style.HELP,
        ),
    )
    weekdays = tuple(
        Button(name, "digest_at", f"{chosen.chat}.{number}.{chosen.hour}", chosen=number == chosen.weekday)
        for number, name in enumerate(WEEKDAYS)
    )
    hours = tuple(
        Button(time_words(hour), "digest_at", f"{chosen.chat}.{chosen.weekday}.{hour}", chosen=hour == chosen.hour)
        for hour in HOURS
    )
    places = tuple(
        Button(_place(chat), "digest_at", f"{chat}.{chosen.weekday}.{chosen.hour}", chosen=chat == chosen.chat)
        for chat in (0, *groups)
    )
    ends = Button(_("Turn off"), "digest_stop", str(chosen.chat))
    return Screen(
        told_first, (*stacked(weekdays, 4), *stacked(hours, 3), *(stacked(places) if groups else ()), (ends,))
    )


def _place(chat: int) -> Words:
    # Translators: where the weekly digest is sent.
    return _("Here") if chat == 0 else _("In the coordinators’ group")


def time_words(hour: int) -> Words:
    """Returns a full hour, as on a clock."""
    # Translators: a full hour of the day, as on a clock.
    return _("{hour}:00", hour=str(hour))


def _numbers(argument: str) -> tuple[int | None, int, int]:
    parts = argument.split(".")
    if len(parts) != 3 or not all(part.removeprefix("-").isdecimal() and len(part) <= LONGEST_NUMBER for part in parts):
        return None, 0, 0
    chat, weekday, hour = (int(part) for part in parts)
    return chat, weekday, hour
