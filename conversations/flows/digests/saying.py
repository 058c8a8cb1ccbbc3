"""A digest in words: three lines that sum it up, then everything by theme."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from conversations.context.links import EVENT, REPORT
from conversations.flows.digests.labels import EVIDENCE, PROGRESS, THEMES
from conversations.flows.events.words import place_words
from conversations.language.screen import Line, heading, note
from conversations.language.words import Listed, PartialDate, Place, Shortened, Words, _, counted, labelled, quoted
from conversations.model.calls import zone_of
from conversations.model.digests.answered import Called, OwnAnswer, OwnAnswers
from conversations.model.digests.digest import (
    Announced,
    Digest,
    Left,
    Row,
    Silence,
    Waiting,
    by_theme,
    stands_out,
    usual,
)
from conversations.model.happenings import OFFERS, ReportSummary

MOST_IN_THEME = 8
MOST_BY_THEME = 80
MOST_IN_SECTION = 12
"""Most lines of a section in the chat; the file contains all."""

NAMES_ROOM = 700
SOON = 14
"""A call with silent places needs a decision from this many days before its deadline."""


def title(digest: Digest) -> Words:
    """Returns what the digest is about."""
    days = _days(digest)
    if digest.called:
        return _("Call: {title}. {days}", title=digest.called.title, days=days)
    if week := digest.period.week:
        return _("Weekly digest: week {week}, {days}", week=str(int(week[-2:])), days=days)
    return _("Digest: {days}", days=days)


def _days(digest: Digest) -> PartialDate:
    return PartialDate(f"{digest.period.first.isoformat()}/{digest.period.last.isoformat()}")


def opening(digest: Digest) -> tuple[Words, ...]:
    """Returns how many new initiatives came from how many libraries, what stands out, and what needs a decision."""
    told = (_new(digest),) if digest.called else (_new(digest), _against_before(digest))
    return (*told, _to_decide(digest)) if digest.is_of_now else told


def nothing(digest: Digest) -> Words:
    """Returns the one line of a period in which nothing happened."""
    days = _days(digest)
    if week := digest.period.week:
        return _("Week {week}, {days}: no new initiatives.", week=str(int(week[-2:])), days=days)
    return _("{days}: no new initiatives.", days=days)


def lines(digest: Digest, link: str = "") -> tuple[Line, ...]:
    """Returns the whole digest; `link` is the start of links to reports' cards, "" for no links."""
    silent = (note(unconfirmed(digest)),) if digest.unconfirmed else ()
    spread = (Line(spread_words(digest)),) if digest.inspired else ()
    if digest.is_empty:
        waiting = (Line(_to_decide(digest)),) if digest.is_of_now and digest.waiting else ()
        events = [line for name, number, section in _events(digest, link) for line in (_head(name, number), *section)]
        return (Line(nothing(digest)), *waiting, *events, *silent)
    opened = (heading(title(digest)), *(Line(each) for each in opening(digest)))
    told = [line for name, number, section in _sections(digest, link) for line in (_head(name, number), *section)]
    return (*opened, *spread, *told, *silent)


def spread_words(digest: Digest) -> Words:
    """Returns how many of the new initiatives were inspired by another one."""
    return counted(
        "One of the new initiatives was inspired by another library.",
        "{n} of the new initiatives were inspired by another library.",
        digest.inspired,
    )


def unconfirmed(digest: Digest) -> Words:
    """Returns how many initiatives nobody has confirmed for so long that they are marked."""
    return counted(
        "One initiative has not been confirmed for 18 months.",
        "{n} initiatives have not been confirmed for 18 months.",
        digest.unconfirmed,
    )


def _sections(digest: Digest, link: str) -> Iterator[tuple[Place, int, tuple[Line, ...]]]:
    """Yields every section: its name, its count, and its lines."""
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
    if digest.called:
        yield from _of_call(digest.called, link)
    yield from _events(digest, link)
    for silence in digest.silences:
        if silence.silent:
            name = _("No response yet: {call}", call=silence.title)
            yield name, len(silence.silent), (Line(Shortened(Listed(tuple(silence.silent)), NAMES_ROOM)),)
    for status in ("withdrawn", "declined"):
        if left := [each for each in digest.left if each.status == status]:
            yield LEFT_NAMES[status], len(left), _left(left, digest)
    if digest.waiting:
        yield labelled("digest", "Waiting for review"), len(digest.waiting), _queue(digest.waiting, digest, link)


COMING, CAME_OF = labelled("digest", "Coming events"), labelled("digest", "What came of events")


def _events(digest: Digest, link: str) -> Iterator[tuple[Place, int, tuple[Line, ...]]]:
    """Yields the events that are to come, and what came of others; `link` is the start of links to reports' cards."""
    there = link and link.removesuffix(REPORT) + EVENT
    for name, found in ((COMING, digest.to_come), (CAME_OF, digest.told_of)):
        if found:
            some = found[:MOST_IN_SECTION]
            lines = tuple(Line(said_of(each), link=(each.title, there and there + each.event)) for each in some)
            yield name, len(found), (*lines, *_rest(len(found) - len(some)))


def said_of(event: Announced) -> Words:
    """Returns an event as a line: when and where it is, or what came of it."""
    if event.came_of:
        # Translators: an event and what came of it, in the organiser's words.
        return _("{title}: {words}", title=event.title, words=Shortened(event.came_of, 200))
    return _(
        "{title}: {when}, {place}",
        title=event.title,
        when=PartialDate(event.days),
        place=place_words(event.place, event.online),
    )


def _of_call(called: Called, link: str) -> Iterator[tuple[Place, int, tuple[Line, ...]]]:
    for answers in called.own:
        shown = tuple(_own(answers, each) for each in answers.answers[:MOST_IN_SECTION])
        yield answers.question, answers.reports, (*shown, *_rest(len(answers.answers) - MOST_IN_SECTION))
    for name, reports in ((LATE, called.late), (DECLINED, called.declined)):
        if reports:
            shown = tuple(_named(each, link) for each in reports[:MOST_IN_SECTION])
            yield name, len(reports), (*shown, *_rest(len(reports) - MOST_IN_SECTION))


LATE, DECLINED = labelled("digest", "Late"), labelled("digest", "Declined")


def _own(answers: OwnAnswers, each: OwnAnswer) -> Line:
    """Returns a text with its library, and any other answer with how many reports give it."""
    words = Shortened(answers.words(each), 300)
    if answers.kind == "text":
        return Line(_("{answer} – {library}", answer=words, library=Shortened(each.libraries[0], 80)))
    return Line(_("{answer}: {n}", answer=words, n=len(each.libraries)))


def _named(report: ReportSummary, link: str) -> Line:
    words = _("{title} – {library}", title=_title(report), library=_library(report))
    return Line(words, link=(_title(report), link and link + report.id))


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
    """Returns one row as a line, a few lines long at most on a phone."""
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
                "{title} – {library}. How we know: {evidence}",
                title=_title(report),
                library=_library(report),
                evidence=evidence(report.evidence),
            )
        case "offer":
            return _("{title} – {library}", title=_title(report), library=_library(report))


def evidence(kinds: Iterable[str]) -> Place:
    """Returns kinds of evidence in words, or that none was named."""
    named = tuple(EVIDENCE.get(kind, kind) for kind in kinds)
    return Listed(named) if named else labelled("evidence", "not stated")


def theme_name(theme: str) -> Place:
    """Returns the name of a theme in the reader's language."""
    return THEMES.get(theme, theme)


OFFER_NAMES = {
    "resource_person": labelled("digest", "Contact persons offered"),
    "national_project": labelled("digest", "Would join a national project"),
}
"""The names of the sections with offers."""


LEFT_NAMES = {
    "withdrawn": labelled("digest", "Withdrawn, and counted earlier"),
    "declined": labelled("digest", "Declined, and counted earlier"),
}
"""The names of the sections with reports that no longer count."""


def _left(left: Sequence[Left], digest: Digest) -> tuple[Line, ...]:
    """Returns from which library and when each was; nobody sees the text of such a report any more."""
    zone = zone_of(digest.zone)
    shown = (
        _(
            "{library}, sent on {date}",
            library=each.library or labelled("library", "library not stated"),
            date=_day(each.submitted_at, zone),
        )
        for each in left[:MOST_IN_SECTION]
    )
    return (*(Line(each) for each in shown), *_rest(len(left) - MOST_IN_SECTION))


def _title(report: ReportSummary) -> Place:
    return Shortened(quoted(report.title), 120) if report.title else labelled("title", "a report without a name")


def _library(report: ReportSummary) -> Place:
    return Shortened(report.library, 80) if report.library else labelled("library", "library not stated")


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
        return _("There is no earlier period to compare with.")
    theme = stands_out(digest)
    if theme and theme.before == 0:
        return _(
            "{theme} stands out: {now}. In the periods before: {each}.",
            theme=theme_name(theme.theme),
            now=theme.now,
            each=_numbers(theme.each),
        )
    if theme:
        return _(
            "{theme} stands out: {now} (usually {before}).",
            theme=theme_name(theme.theme),
            now=theme.now,
            before=theme.before,
        )
    if before == 0:
        each = _numbers([sum(themes.values()) for themes in digest.earlier])
        if new > 1:
            return _("More than usual: {now}. In the periods before: {each}.", now=new, each=each)
        return _("About as many as usual. In the periods before: {each}.", each=each)
    if new > before + max(1, before // 4):
        return _("More than usual: {now} (usually {before}).", now=new, before=before)
    if new < before - max(1, before // 4):
        return _("Fewer than usual: {now} (usually {before}).", now=new, before=before)
    return _("About as many as usual ({before}).", before=before)


def _numbers(each: Sequence[int]) -> Listed:
    """Returns the counts of the earlier periods, the oldest first."""
    return Listed(tuple(str(number) for number in reversed(each)))


def _to_decide(digest: Digest) -> Words:
    waiting, urgent = len(digest.waiting), _urgent(digest)
    if waiting:
        since = _day(digest.waiting[0].since, zone_of(digest.zone))
        queue = counted(
            "One report is waiting for review, since {date}.",
            "{n} reports are waiting for review, the oldest since {date}.",
            waiting,
            date=since,
        )
        return _("{queue} {call}", queue=queue, call=_call_line(urgent)) if urgent else queue
    return _call_line(urgent) if urgent else _("No reports are waiting for review.")


def _urgent(digest: Digest) -> Silence | None:
    """Returns the call with the nearest deadline, if it is near and places are silent."""
    ending = [
        (each.deadline, each)
        for each in digest.silences
        if each.silent and each.deadline and 0 <= (each.deadline - digest.made_at).days < SOON
    ]
    return min(ending, key=lambda pair: pair[0])[1] if ending else None


def _call_line(silence: Silence) -> Words:
    return counted(
        "The call {call} ends soon, and one municipality has not responded.",
        "The call {call} ends soon, and {n} municipalities have not responded.",
        len(silence.silent),
        call=silence.title,
    )
