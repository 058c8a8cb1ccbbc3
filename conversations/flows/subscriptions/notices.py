"""Notices of new initiatives: of one, of several in a summary, and of one that is no longer shown."""

from collections.abc import Sequence

from conversations.context.links import REPORT
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, quoted
from conversations.model.initiatives import Initiative
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import label_of

SUMMARY_ROOM = 400
TITLE_ROOM = 120
"""Characters of the description and of the title in a notice."""

TOGETHER = 20
"""Most initiatives in one summary, so that it fits into one message."""

NO_LONGER = _("This initiative is no longer shown. Its library has withdrawn it, or shows it to others only.")

SUBSCRIPTIONS = Button(_("My subscriptions"), "subscriptions")


def notice(initiative: Initiative, *, contact: bool) -> Screen:
    """Returns the notice of a new initiative for a person; `contact`: there is somebody whom they can write to."""
    write = (Button(_("Contact the library"), "contact", initiative.id),) if contact else ()
    read = Button(_("Read more"), "initiative", initiative.id)
    about = (
        Button(_("Why am I getting this?"), "why", initiative.id),
        Button(_("Stop these notifications"), "stop_news", initiative.id),
    )
    return Screen(told(initiative), ((read, *write), about))


def in_group(initiative: Initiative, bot: str) -> Screen:
    """Returns the same for a group or channel, without buttons for one person."""
    return Screen(told(initiative), ((_opens(initiative, bot, _("Read more")),),) if bot else ())


def told(initiative: Initiative) -> tuple[Line, ...]:
    """Returns the lines about an initiative; the notice is not updated as long as they stay the same."""
    where = Listed(tuple(each for each in (initiative.library, initiative.place) if each))
    groups = Listed(tuple(label_of(vocabulary.TARGET_GROUPS, key) for key in initiative.groups))
    themes = Listed(tuple(label_of(vocabulary.THEMES, key) for key in initiative.themes))
    return (
        heading(_("New: {title}", title=_title(initiative))),
        *((Line(_("Library: {name}", name=where)),) if where.items else ()),
        *((Line(_("Themes: {themes}", themes=themes)),) if themes.items else ()),
        *((Line(_("Who it is for: {groups}", groups=groups)),) if groups.items else ()),
        *((Line(Shortened(initiative.summary, SUMMARY_ROOM)),) if initiative.summary else ()),
    )


def no_longer() -> Screen:
    """Returns what replaces a notice when its initiative can no longer be shown."""
    return Screen((note(NO_LONGER),))


def summary(there: Sequence[Initiative], number: int, *, bot: str = "", group: bool = False) -> Screen:
    """Returns several initiatives in one message; of `number` that it told of, `there` are those still shown."""
    heads = heading(counted("One new initiative", "{n} new initiatives", number))
    lines = tuple(Line(_("{title}. {library}", title=_title(each), library=_where(each))) for each in there)
    gone = number - len(there)
    missing = (Line(counted("One is no longer shown.", "{n} are no longer shown.", gone), Style.HELP),) if gone else ()
    if group:
        rows = tuple((_opens(each, bot, _title(each)),) for each in there) if bot else ()
    else:
        rows = (*((Button(_title(each), "initiative", each.id),) for each in there), (SUBSCRIPTIONS,))
    return Screen((heads, *lines, *missing), rows)


def _title(initiative: Initiative) -> Place:
    return quoted(initiative.title, TITLE_ROOM) if initiative.title else initiative.id


def _where(initiative: Initiative) -> Place:
    if not initiative.library and not initiative.place:
        # Translators: it is not said which library an initiative is from.
        return _("Library not named")
    return Listed(tuple(each for each in (initiative.library, initiative.place) if each))


def _opens(initiative: Initiative, bot: str, label: Place | Words) -> Button:
    return Button(label, "open", link=f"https://t.me/{bot}?start={REPORT}{initiative.id}")
