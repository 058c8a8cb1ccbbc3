"""A published initiative as readers see it: its card, the whole of it, and the form that is shared."""

from typing import Any
from urllib.parse import urlencode

from conversations.context.context import Context
from conversations.context.links import REPORT, link
from conversations.context.session import Position
from conversations.flows.collections import adding
from conversations.flows.digests.labels import graded
from conversations.flows.lineage import spread
from conversations.flows.shared.attached import with_files
from conversations.flows.shared.report_status import confirmed_words, history
from conversations.flows.shared.report_words import label_of, value_of
from conversations.flows.shared.step import Step
from conversations.forms.figure import FEW, figure_told, is_figure, is_small
from conversations.forms.initiative import INITIATIVE
from conversations.language.events import File, Pressed
from conversations.language.languages import language_words
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, description, heading, note
from conversations.language.words import Listed, Place, _, own
from conversations.model.followups.questions import unconfirmed
from conversations.model.initiatives import Initiative
from conversations.model.people.permissions import can
from conversations.reading.links import links_in
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.choices import label_of as choice_label
from conversations.vocabulary.grades import strongest

SUMMARY_ROOM = 600
"""Characters of the description on a card."""

NOT_FOR_READERS = frozenset({"title", "library", "photo", "photo_consent", "sharing", "campaign"})
"""Answers that are shown in another way, or that only the author and coordinators may see."""

SHARE = "https://t.me/share/url"
"""Telegram's page to choose a chat to share something with."""

GONE = _("That initiative cannot be shown. It may have been withdrawn, or it is not for everyone.")
"""One answer for an unknown, a withdrawn or a hidden initiative, so that nobody can tell these apart."""


def shown(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the card of the initiative that the button names, wherever the person stands."""
    found = context.find.initiatives.initiative(event.argument)
    return Step(at, screen=gone()) if found is None else Step(at, screen=card(found, context))


def read(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the whole initiative that the button names."""
    found = context.find.initiatives.initiative(event.argument)
    return Step(at, screen=gone()) if found is None else Step(at, screen=whole(found, context))


def card(initiative: Initiative, context: Context) -> Screen:
    """Returns the initiative in short, with its first picture and the buttons for its reader."""
    all_of_it = Button(_("Read full report"), "initiative_all", initiative.id)
    lineage = context.find.initiatives.lineage(initiative.id)
    *told, standing = _in_short(initiative, context)
    return Screen(
        (*told, *spread.lines(lineage), standing),
        (
            (all_of_it,),
            *spread.buttons(initiative, lineage),
            *_ways(initiative, context),
            *adding.buttons(initiative, context),
        ),
        enclosed=_picture(initiative, context),
    )


def whole(initiative: Initiative, context: Context) -> Screen:
    """Returns the whole initiative, without personal answers and without small numbers of people."""
    told = ((key, value) for key, value in initiative.answers.items() if key not in NOT_FOR_READERS)
    lines = (
        heading(own(initiative.title)),
        *_where(initiative),
        *(_answer(key, value, initiative, context) for key, value in told),
        *history(context.find.followups.stages(initiative.id), context),
        _standing(initiative, context),
    )
    # Translators: a button: the short card of an initiative instead of all its answers.
    in_short = Button(_("In short"), "initiative", initiative.id)
    return Screen(lines, ((in_short,), *_ways(initiative, context)), numbered=True)


def passed_on(initiative: Initiative, context: Context) -> Screen:
    """Returns the card for a chat in which the bot is not a member, with a link to where it can be read."""
    read_it = Button(_("Read full report"), "", link=link(REPORT + initiative.id, context))
    return Screen(_in_short(initiative, context), ((read_it,),) if context.bot else ())


def gone() -> Screen:
    """Returns the screen for an initiative that cannot be shown."""
    return Screen((note(GONE),))


def _in_short(initiative: Initiative, context: Context) -> tuple[Line, ...]:
    about = (
        (_("Themes: {themes}", themes=_labels(vocabulary.THEMES, initiative.themes)), initiative.themes),
        (_("Who it is for: {groups}", groups=_labels(vocabulary.TARGET_GROUPS, initiative.groups)), initiative.groups),
    )
    return (
        heading(own(initiative.title)),
        *_where(initiative),
        _answer("status", initiative.progress, initiative, context),
        *(Line(words) for words, keys in about if keys),
        description(initiative.summary, SUMMARY_ROOM),
        *_evidence(initiative),
        _standing(initiative, context),
    )


def _evidence(initiative: Initiative) -> tuple[Line, ...]:
    """Returns how a result is known, the figure that shows it, and where it can be read; nothing without a grade."""
    kinds = initiative.chosen("evidence_types")
    if strongest(kinds) is None:
        return ()
    figure = initiative.answers.get("evidence_figure")
    lines = [_("How we know: {kinds}", kinds=graded(kinds))]
    if is_figure(figure) and not is_small(figure):
        lines.append(_("Figure: {figure}", figure=figure_told(figure)))
    if links := links_in(str(initiative.answers.get("evidence_detail") or "")):
        lines.append(_("Source: {link}", link=links[0]))
    return tuple(Line(each) for each in lines)


def _where(initiative: Initiative) -> tuple[Line, ...]:
    library = (Line(_("Library: {name}", name=initiative.library)),) if initiative.library else ()
    return (*library, *((Line(_("Municipality: {name}", name=initiative.place)),) if initiative.place else ()))


def _answer(key: str, value: Any, initiative: Initiative, context: Context) -> Line:
    people = isinstance(value, dict) and not is_figure(value)
    few = is_small(value) or (people and isinstance(most := value.get("most"), int) and most < FEW)
    # Translators: a number of people that is not told exactly.
    answer: Place = _("fewer than five") if few else value_of(INITIATIVE, key, value)
    if not value:  # the answer consists of files only
        answer = with_files("", INITIATIVE.question(key), initiative, context)
    return Line(_("{label}: {answer}", label=label_of(INITIATIVE, key), answer=answer))


def _standing(initiative: Initiative, context: Context) -> Line:
    """Returns from when the text is, in which language it is, and who may see it."""
    published, changed = (
        moment.astimezone(context.timezone).date() for moment in (initiative.published_at, initiative.changed_at)
    )
    public = initiative.sharing == "public"
    lines = [_("Published: {date}", date=published) if public else _("Accepted: {date}", date=published)]
    if changed > published:
        lines.append(_("Last changed: {date}", date=changed))
    confirmed = initiative.confirmed.astimezone(context.timezone).date()
    if confirmed not in (published, changed) or unconfirmed(initiative.progress, initiative.confirmed, context.now):
        lines.append(confirmed_words(initiative.progress, initiative.confirmed, context))
    if initiative.language != context.person.language:
        lines.append(_("Written in: {language}", language=language_words(initiative.language)))
    if not public:
        lines.append(_("Can be seen by: {whom}", whom=choice_label(vocabulary.SHARING, initiative.sharing)))
    first, *others = lines
    for other in others:
        first = _("{first} · {second}", first=first, second=other)
    return Line(first, Style.HELP)


def _ways(initiative: Initiative, context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns the buttons for a reader; coordinators also get one to the review."""
    share = (Button(_("Share"), "share", link=_share(initiative, context)),) if context.bot else ()
    review = (Button(_("Review"), "card", initiative.id),) if can(context.person, "review") else ()
    write = (Button(_("Contact"), "contact", initiative.id),) if _can_be_asked(initiative, context) else ()
    return ((*share, *write, *review),) if share or write or review else ()


def _can_be_asked(initiative: Initiative, context: Context) -> bool:
    """Returns whether another person reported it: an imported initiative has nobody to ask."""
    return context.find.contacts.reporter(initiative.id) not in (None, context.person.id)


def _share(initiative: Initiative, context: Context) -> str:
    """Returns the address at which Telegram shares the link to the initiative, with its title."""
    return f"{SHARE}?{urlencode({'url': link(REPORT + initiative.id, context), 'text': initiative.title})}"


def _picture(initiative: Initiative, context: Context) -> Enclosed | None:
    words = _("Photo: {title}", title=initiative.title)
    match context.find.initiatives.picture(initiative):
        case File("photo", reference, name):
            return Enclosed("photo", name, words, reference)
        case File("document", digest, name):
            return Enclosed("picture", name, words, f"{initiative.id}.{digest}")
        case _:
            return None


def _labels(choices: tuple[Choice, ...], keys: tuple[str, ...]) -> Listed:
    return Listed(tuple(choice_label(choices, key) for key in keys))
