"""A digest in words: the three lines somebody busy can repeat, then everything by theme."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from conversations.calls import zone_of
from conversations.digests.digest import Digest, Row, Silence, Waiting, by_theme, stands_out, usual
from conversations.digests.happenings import OFFERS, Glance
from conversations.digests.labels import EVIDENCE, PROGRESS, THEMES
from conversations.screen import Line, heading
from conversations.words import Listed, Place, Shortened, Words, _, counted, labelled, quoted

MOST_IN_THEME = 8
MOST_BY_THEME = 80
MOST_IN_SECTION = 12
"""Lines in the chat; the file has all."""

NAMES_ROOM = 700
SOON = 14
"""Days before its deadline from which a call's silence asks for a decision."""


def title(digest: Digest) -> Words:
    """What the digest is about."""
    first, last = digest.period.first, digest.period.last
    if week := digest.period.week:
        number = int(week[-2:])
        return _("Week {week}: {first} – {last}", week=str(number), first=first, last=last)
    return _("{first} – {last}", first=first, last=last)


def opening(digest: Digest) -> tuple[Words, ...]:
    """How many new initiatives from how many libraries; what stands out; what needs a decision."""
    return _new(digest), _against_before(digest), _to_decide(digest)


def nothing(digest: Digest) -> Words:
    """The one line of a time in which nothing happened."""
    if week := digest.period.week:
        first, last = digest.period.first, digest.period.last
        return _("Nothing new in week {week}, {first} – {last}.", week=str(int(week[-2:])), first=first, last=last)
    return _("Nothing new from {first} to {last}.", first=digest.period.first, last=digest.period.last)


def lines(digest: Digest, link: str = "") -> tuple[Line, ...]:
    """The whole digest; `link` is what leads to a report's card when its id is added, "" where nothing does."""
    if digest.is_empty:
        return (Line(nothing(digest)),)
    sections = tuple(_sections(digest, link))
    contents = Listed(tuple(_("{section} ({n})", section=name, n=number) for name, number, _lines in sections))
    opened = (heading(title(digest)), *(Line(each) for each in opening(digest)))
    told = [line for name, number, section in sections for line in (_head(name, number), *section)]
    return (*opened, Line(_("Contents: {sections}", sections=contents)), *told)


def _sections(digest: Digest, link: str) -> Iterator[tuple[Place, int, tuple[Line, ...]]]:
    """Every section: its name, how many it counts, and its lines."""
    room = MOST_BY_THEME
    for theme, rows in by_theme(digest.of("new")):
        shown = min(MOST_IN_THEME, max(1, room))
        room -= shown
        yield theme_name(theme), len(rows), _some(rows, shown, link)
    for offer in OFFERS:
        if rows := list(digest.offers(offer)):
            yield OFFER_NAMES[offer], len(rows), _some(rows, MOST_IN_SECTION, link)
    if changed := digest.of("progress"):
        yield labelled("digest", "Further along"), len(changed), _some(changed, MOST_IN_SECTION, link)
    if told := digest.of("outcome"):
        yield labelled("digest", "What has changed for people"), len(told), _some(told, MOST_IN_SECTION, link)
    for silence in digest.silences:
        if silence.silent:
            name = _("Not heard from yet: {call}", call=silence.title)
            yield name, len(silence.silent), (Line(Shortened(Listed(tuple(silence.silent)), NAMES_ROOM)),)
    if digest.waiting:
        yield labelled("digest", "Waiting for a decision"), len(digest.waiting), _queue(digest.waiting, digest, link)


def _head(name: Place, number: int) -> Line:
    return heading(_("{section} ({n})", section=name, n=number))


def _some(rows: Sequence[Row], most: int, link: str) -> tuple[Line, ...]:
    shown = tuple(Line(said(row), link=(_title(row.report), link and link + row.report.id)) for row in rows[:most])
    return (*shown, *_rest(len(rows) - most))


def _rest(left: int) -> tuple[Line, ...]:
    if left <= 0:
        return ()
    return (Line(counted("… and one more, which is in the file.", "… and {n} more, which are in the file.", left)),)


def said(row: Row) -> Words:
    """One row as a line: never longer than a few lines on a phone."""
    report, what = row.report, row.happening
    match what.kind:
        case "new":
            return _(
                "{title} – {library}. {line}",
                title=_title(report),
                library=_library(report),
                line=Shortened(report.line, 140),
            )
        case "progress":
            return _(
                "{title} – {library}: {before} → {after}",
                title=_title(report),
                library=_library(report),
                before=PROGRESS.get(what.old, what.old),
                after=PROGRESS.get(what.new, what.new),
            )
        case "outcome":
            return _(
                "{title} – {library}. How it is known: {evidence}",
                title=_title(report),
                library=_library(report),
                evidence=evidence(report.evidence),
            )
        case "offer":
            return _("{title} – {library}", title=_title(report), library=_library(report))


def evidence(kinds: Iterable[str]) -> Place:
    """Kinds of evidence, or that none was named."""
    named = tuple(EVIDENCE.get(kind, kind) for kind in kinds)
    return Listed(named) if named else labelled("evidence", "not told")


def theme_name(theme: str) -> Place:
    """A theme in the reader's language."""
    return THEMES.get(theme, theme)


OFFER_NAMES = {
    "resource_person": labelled("digest", "Resource persons offered"),
    "national_project": labelled("digest", "Would join a national project"),
}
"""The sections of offers."""


def _title(report: Glance) -> Place:
    return Shortened(quoted(report.title), 120) if report.title else labelled("title", "a report without a name")


def _library(report: Glance) -> Place:
    return Shortened(report.library, 80) if report.library else labelled("library", "library not told")


def _queue(waiting: Sequence[Waiting], digest: Digest, link: str) -> tuple[Line, ...]:
    zone = zone_of(digest.zone)
    shown = tuple(
        Line(
            _(
                "{title} – {library}, since {date}",
                title=_title(each.report),
                library=_library(each.report),
                date=_day(each.since, zone),
            ),
            link=(_title(each.report), link and link + each.report.id),
        )
        for each in waiting[:MOST_IN_SECTION]
    )
    return (*shown, *_rest(len(waiting) - MOST_IN_SECTION))


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _new(digest: Digest) -> Words:
    new = len(digest.of("new"))
    if not new:
        return _("No new initiatives.")
    # Translators: fills {libraries} in “One new initiative, {libraries}.”
    libraries = counted("from one library", "from {n} libraries", digest.libraries)
    return counted("One new initiative, {libraries}.", "{n} new initiatives, {libraries}.", new, libraries=libraries)


def _against_before(digest: Digest) -> Words:
    new, before = len(digest.of("new")), usual(digest)
    if before is None:
        return _("There is nothing before it to compare with.")
    if theme := stands_out(digest):
        return _(
            "{theme} stands out: {now}, where {before} is usual.",
            theme=theme_name(theme.theme),
            now=theme.now,
            before=theme.before,
        )
    if new > before + max(1, before // 4):
        return _("More than usual: {now}, where {before} is usual.", now=new, before=before)
    if new < before - max(1, before // 4):
        return _("Fewer than usual: {now}, where {before} is usual.", now=new, before=before)
    return _("About as many as usual ({before}).", before=before)


def _to_decide(digest: Digest) -> Words:
    waiting, urgent = len(digest.waiting), _urgent(digest)
    if waiting:
        since = _day(digest.waiting[0].since, zone_of(digest.zone))
        queue = counted(
            "One report waits for a decision, since {date}.",
            "{n} reports wait for a decision, the oldest since {date}.",
            waiting,
            date=since,
        )
        return _("{queue} {call}", queue=queue, call=_call_line(urgent)) if urgent else queue
    return _call_line(urgent) if urgent else _("Nothing waits for a decision.")


def _urgent(digest: Digest) -> Silence | None:
    """The call that ends soonest, if soon, and places are silent."""
    ending = [
        (each.deadline, each)
        for each in digest.silences
        if each.silent and each.deadline and (each.deadline - digest.made_at).days < SOON
    ]
    return min(ending, key=lambda pair: pair[0])[1] if ending else None


def _call_line(silence: Silence) -> Words:
    return counted(
        "The call {call} ends soon, and one municipality is silent.",
        "The call {call} ends soon, and {n} municipalities are silent.",
        len(silence.silent),
        call=silence.title,
    )
