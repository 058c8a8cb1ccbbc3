"""A digest as tables: one row for each counted item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from bot.language.catalogues import Catalogue
from conversations.flows.digests.labels import GROUPS, PROGRESS, THEMES
from conversations.flows.digests.saying import DECLINED, LATE, OFFER_NAMES, evidence
from conversations.flows.events.words import KINDS, place_words
from conversations.flows.shared.report_status import STATUS_WORDS
from conversations.language.words import Listed, PartialDate, Place, labelled
from conversations.model.calls import zone_of
from conversations.model.digests.digest import Digest, Row
from conversations.vocabulary.choices import label_of

Cell: TypeAlias = str | int | date


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name, the heads of its columns and its rows, in the reader's language."""

    key: str
    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


DATE = labelled("column", "Date")
NAME = labelled("column", "Name")
LIBRARY = labelled("column", "Library")
MUNICIPALITY = labelled("column", "Municipality")
THEME = labelled("column", "Theme")
ABOUT = labelled("column", "Description")
NUMBER = labelled("column", "Reference")


def tables(digest: Digest, catalogue: Catalogue) -> list[Table]:
    """Returns all tables of `digest`; new initiatives are ordered by theme and date."""
    say, zone = catalogue.say, zone_of(digest.zone)

    def on(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    def table(key: str, name: Place, heads: Sequence[Place], rows: Sequence[Sequence[Cell]]) -> Table:
        return Table(key, say(name), [say(head) for head in heads], rows)

    def start(row: Row) -> tuple[Cell, ...]:
        return (on(row.happening.at), row.report.title, row.report.library)

    def names(keys: Sequence[str], labels: dict[str, Place]) -> str:
        return say(Listed(tuple(labels.get(key, key) for key in keys)))

    called = digest.called
    own = (
        ()
        if called is None
        else (
            table(
                "own",
                labelled("digest", "Own questions"),
                (
                    labelled("column", "Question"),
                    labelled("column", "Answer"),
                    labelled("column", "Reports"),
                    labelled("column", "Libraries"),
                ),
                [
                    (say(each.question), say(each.words(answer)), len(answer.libraries), "; ".join(answer.libraries))
                    for each in called.own
                    for answer in each.answers
                ],
            ),
            table(
                "late",
                LATE,
                (labelled("column", "Sent"), NAME, LIBRARY, NUMBER),
                [(on(each.submitted_at), each.title, each.library, each.id) for each in called.late],
            ),
            table(
                "declined",
                DECLINED,
                (labelled("column", "Sent"), NAME, LIBRARY, NUMBER),
                [(on(each.submitted_at), each.title, each.library, each.id) for each in called.declined],
            ),
        )
    )
    new = [
        (
            say(THEMES.get(row.report.theme, row.report.theme)),
            *start(row),
            row.report.place,
            row.report.line,
            say(PROGRESS.get(row.report.progress, row.report.progress)),
            names(row.report.themes, THEMES),
            names(row.report.groups, GROUPS),
            row.report.id,
        )
        for row in sorted(digest.of("new"), key=lambda row: row.report.theme)
    ]
    return [
        table(
            "new",
            labelled("digest", "New initiatives"),
            (
                THEME,
                DATE,
                NAME,
                LIBRARY,
                MUNICIPALITY,
                ABOUT,
                labelled("column", "Stage"),
                labelled("column", "All themes"),
                labelled("column", "Who it is for"),
                NUMBER,
            ),
            new,
        ),
        table(
            "offers",
            labelled("digest", "Offers to contribute"),
            (DATE, NAME, LIBRARY, labelled("column", "Offer"), NUMBER),
            [(*start(row), say(OFFER_NAMES[row.happening.new]), row.report.id) for row in digest.of("offer")],
        ),
        table(
            "progress",
            labelled("digest", "Further along"),
            (DATE, NAME, LIBRARY, labelled("column", "Before"), labelled("column", "Now"), NUMBER),
            [
                (
                    *start(row),
                    say(PROGRESS.get(row.happening.old, row.happening.old)),
                    say(PROGRESS.get(row.happening.new, row.happening.new)),
                    row.report.id,
                )
                for row in digest.of("progress")
            ],
        ),
        table(
            "outcomes",
            labelled("digest", "What has changed for people"),
            (DATE, NAME, LIBRARY, labelled("column", "How we know"), NUMBER),
            [(*start(row), say(evidence(row.report.evidence)), row.report.id) for row in digest.of("outcome")],
        ),
        table(
            "silent",
            labelled("digest", "No response yet"),
            (labelled("column", "Call"), MUNICIPALITY),
            [(say(silence.title), name) for silence in digest.silences for name in silence.silent],
        ),
        *own,
        table(
            "events",
            labelled("digest", "Events"),
            (
                labelled("column", "When"),
                NAME,
                labelled("column", "Where"),
                labelled("column", "Kind"),
                labelled("column", "What came of it"),
            ),
            [
                (
                    say(PartialDate(each.days)),
                    say(each.title),
                    say(place_words(each.place, each.online)),
                    say(label_of(KINDS, each.kind)),
                    each.came_of,
                )
                for each in digest.events
            ],
        ),
        table(
            "left",
            labelled("digest", "No longer counted"),
            (labelled("column", "Since"), LIBRARY, labelled("column", "Sent"), labelled("column", "Stage"), NUMBER),
            [
                (on(each.at), each.library, on(each.submitted_at), say(STATUS_WORDS[each.status]), each.report)
                for each in digest.left
            ],
        ),
        table(
            "waiting",
            labelled("digest", "Waiting for review"),
            (labelled("column", "Since"), NAME, LIBRARY, NUMBER),
            [(on(each.since), each.report.title, each.report.library, each.report.id) for each in digest.waiting],
        ),
    ]
