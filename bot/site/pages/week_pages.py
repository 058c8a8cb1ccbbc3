"""What happened week by week: a page for each week that is over and in which something happened."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from markupsafe import Markup

from bot.files.digest_pages import digest_content
from bot.files.pages.page import Entry, Section, values_of
from bot.site.files import SiteFile, mark, text_file
from bot.site.pages.layout import Way, rendered
from bot.site.pages.list_pages import how_many
from bot.site.site import Site
from conversations.language.languages import LANGUAGES
from conversations.language.words import PartialDate, Words, _, labelled
from conversations.model.digests.digest import EARLIER, Digest, by_theme
from conversations.model.digests.periods import Period, week_of
from storage.session.unit_of_work import UnitOfWork

A_WEEK = timedelta(days=7)


def week_files(site: Site) -> Iterator[SiteFile]:
    """Yields the page of all weeks, and the page of each."""
    weeks: list[tuple[Period, int]] = []
    earlier: deque[Mapping[str, int]] = deque(maxlen=EARLIER)
    for period in _weeks(site):
        found = site.storage.read_now(partial(_digest, site, period))
        digest = replace(found, earlier=tuple(earlier))
        earlier.appendleft({theme: len(rows) for theme, rows in by_theme(digest.of("new"))})
        if digest.is_empty and not digest.events:
            continue
        weeks.append((period, len(digest.of("new"))))
        made_of = mark(_told(digest), site.address)
        for language in LANGUAGES:
            yield text_file(f"{language}/{_path(period)}", made_of, partial(_page, site, language, digest))
    told = [(period.week, new) for period, new in weeks]
    for language in LANGUAGES:
        yield text_file(f"{language}/weeks.html", mark(told, site.address), partial(_list, site, language, weeks[::-1]))


def _weeks(site: Site) -> Iterator[Period]:
    first = site.storage.read_now(lambda work: work.public.first_day())
    this = week_of(site.today, site.zone)
    period = week_of(site.day(first), site.zone) if first else this
    while period.end <= this.start:
        yield period
        period = week_of(period.first + A_WEEK, site.zone)


def _digest(site: Site, period: Period, work: UnitOfWork) -> Digest:
    return work.public.digest(period, str(site.zone), site.now)


def _told(digest: Digest) -> Sequence[object]:
    rows = [(str(row.report), str(row.happening)) for row in digest.rows]
    return (rows, digest.earlier, [str(each) for each in digest.events])


def _path(period: Period) -> str:
    return f"week/{period.week}.html"


def _name(period: Period) -> Words:
    """Returns what a week is called."""
    return _(
        "Week {number}, {days}",
        number=period.first.isocalendar().week,
        days=PartialDate(f"{period.first}/{period.last}"),
    )


def _list(site: Site, language: str, weeks: Sequence[tuple[Period, int]]) -> str:
    catalogue = site.catalogue(language)
    entries = [
        (Way(_path(period), catalogue.say(_name(period))), [catalogue.say(_new(new))], "") for period, new in weeks
    ]
    values = {
        "title": catalogue.say(labelled("site", "Week by week")),
        "about": catalogue.say(_("What was new in each week: initiatives, results and events.")),
        "sections": [("", entries)] if entries else [],
        "nothing": catalogue.say(labelled("site", "There are none yet.")),
    }
    return rendered(site, language, "weeks.html", "entries.html", values)


def _new(number: int) -> Words:
    return how_many(number) if number else _("No new initiative, but results or events")


def _page(site: Site, language: str, digest: Digest) -> str:
    catalogue = site.catalogue(language)
    content = digest_content(digest, catalogue)
    linked = replace(content, parts=[_linked(part) for part in content.parts], made="")
    return rendered(site, language, _path(digest.period), "report.html", values_of(linked, catalogue))


def _linked(part: Section) -> Section:
    """Makes the titles of initiatives lead to their pages, instead of the references at the end of their facts."""
    if part.key == "events":
        return part
    groups = [replace(group, entries=[_with_link(entry) for entry in group.entries]) for group in part.groups]
    return replace(part, groups=groups)


def _with_link(entry: Entry) -> Entry:
    *facts, report = entry.facts
    title = Markup('<a href="../i/{}.html">{}</a>').format(report, entry.title)
    return replace(entry, title=title, facts=facts)
