"""Tells the coordinator of a collection when an initiative leaves it because its author took it back."""

from collections.abc import Iterator, Sequence

from conversations.context.context import Context
from conversations.context.session import Notice
from conversations.language.screen import Button, Screen, note
from conversations.language.words import _
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.outcomes import Answered, Outcome, PersonForgotten, ReportWithdrawn


def told(outcomes: Sequence[Outcome], context: Context) -> tuple[Notice, ...]:
    """Returns a message for each initiative that this turn takes out of a collection.

    It goes to the person who made the collection, or to all coordinators if that person is none any more.
    """
    return tuple(
        Notice(to, _screen(title, collection), f"left:{collection.slug}", how="anew")
        for report, title in _leaving(outcomes, context)
        for collection in context.find.collections.having(report)
        for to in _coordinators(collection, context)
    )


def _leaving(outcomes: Sequence[Outcome], context: Context) -> Iterator[tuple[str, str]]:
    """The reports that readers can no longer see after this turn, with their titles."""
    for outcome in outcomes:
        match outcome:
            case ReportWithdrawn(report) | Answered(report, "sharing", "coordinators"):
                found = context.find.initiatives.initiative(report)
                if found:
                    yield report, found.title
            case PersonForgotten(with_reports=True):
                yield from ((each.id, each.title) for each in context.find.reports.own() if each.status == "published")
            case _:
                pass


def _coordinators(collection: InitiativeCollection, context: Context) -> Sequence[int]:
    find = context.find.people
    those = dict.fromkeys(each.id for role in ("coordinator", "owner") for each in find.members(role))
    return [collection.made_by] if collection.made_by in those else list(those)


def _screen(title: str, collection: InitiativeCollection) -> Screen:
    told = _(
        "“{title}” has been withdrawn by its author, and is no longer in the collection: {collection}",
        title=title,
        collection=collection.title,
    )
    return Screen((note(told),), ((Button(_("Open the collection"), "collection", collection.slug),),), revision=0)
