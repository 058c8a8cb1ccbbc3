"""The screens about one subscription: that it was saved, how often it comes, and what can be done with it."""

from conversations.context.context import Context
from conversations.flows.digests.digest import EVERY_WEEKDAY, HOURS, WEEKDAYS, time_words
from conversations.flows.subscriptions.words import PACES, headline
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _
from conversations.model.subscriptions import RESTS, WAKES, Subscription

REGISTER = Button(_("Register as a partner"), "organisation")
SUBSCRIBE = Button(_("Subscribe to something else"), "subscribe")


def kept_screen(subscription: Subscription, context: Context) -> Screen:
    """Returns that the subscription was saved, with a button to undo it."""
    lines = (
        heading(_("Subscribed: {what}", what=headline(subscription, context))),
        Line(how_often(subscription), Style.HELP),
    )
    undo = Button(_("Undo"), "sub_end", subscription.id)
    change = Button(_("Edit this subscription"), "sub_change", subscription.id)
    rows = ((undo, change), (Button(_("My subscriptions"), "subscriptions"),))
    if subscription.chat or not _may_register(context):
        return Screen(lines, rows)
    more = Line(_("Partners also get notifications about what libraries share only with each other."))
    return Screen((*lines, more), (*rows, (REGISTER,)))


def _may_register(context: Context) -> bool:
    """Returns whether the person has no library and no role, and has not registered an organisation."""
    return not context.person.roles and context.person.library is None and context.find.partners.own() is None


def ended_screen(ended: tuple[Subscription, ...], context: Context) -> Screen:
    """Returns that the subscriptions have ended, with a button to undo it."""
    lines = tuple(note(_("Stopped: {what}", what=headline(each, context))) for each in ended)
    ids = ".".join(each.id for each in ended)
    undo = (Button(_("Undo"), "sub_undo", ids if len(ids) <= 30 else "all"),)
    return Screen(lines, (undo, (Button(_("My subscriptions"), "subscriptions"),)))


def how_often(subscription: Subscription) -> Words:
    """Returns how often and when the subscription comes."""
    match subscription.pace:
        case "daily":
            return _("Every day at {time}", time=time_words(subscription.hour))
        case "weekly":
            return _(
                "Every week: {weekday} at {time}",
                weekday=EVERY_WEEKDAY[subscription.weekday],
                time=time_words(subscription.hour),
            )
        case "at_once":
            return _(
                "Straight away, but not between {night} and {morning}.",
                night=time_words(RESTS.hour),
                morning=time_words(WAKES.hour),
            )


def pace_rows(subscription: Subscription) -> tuple[tuple[Button, ...], ...]:
    """Returns the buttons that set how often and when it comes."""
    paces = tuple(Button(words, "pace", pace, chosen=pace == subscription.pace) for pace, words in PACES.items())
    days = tuple(
        Button(name, "weekday", str(number), chosen=number == subscription.weekday)
        for number, name in enumerate(WEEKDAYS)
    )
    hours = tuple(Button(time_words(hour), "hour", str(hour), chosen=hour == subscription.hour) for hour in HOURS)
    weekly = stacked(days, 4) if subscription.pace == "weekly" else ()
    return (paces, *weekly, *(stacked(hours, 3) if subscription.pace != "at_once" else ()))
