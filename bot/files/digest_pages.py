"""The page of a digest: three lines, key figures, a map, themes in a chart, and every row as a short entry."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.files.pages.marking import said, written
from bot.files.pages.page import BarChart, Entry, Group, KeyFigure, ReportPage, Section, chart, report_page
from bot.files.pictures.maps import LANGUAGE_OF, CountryMap, Told, country_map
from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import COUNTRY_NAMES, TITLES
from conversations.flows.digests.labels import PROGRESS
from conversations.flows.digests.saying import (
    CAME_OF,
    COMING,
    DECLINED,
    LATE,
    LEFT_NAMES,
    OFFER_NAMES,
    evidence,
    nothing,
    opening,
    theme_name,
    title,
)
from conversations.flows.digests.statistics import STATES
from conversations.flows.events.words import KINDS, place_words
from conversations.flows.shared.report_status import STATUS_WORDS
from conversations.language.languages import language_words
from conversations.language.words import PartialDate, Place, Words, _, counted, labelled
from conversations.model.calls import zone_of
from conversations.model.digests.answered import Called
from conversations.model.digests.digest import Announced, Digest, Left, Row, by_theme
from conversations.model.happenings import OFFERS, ReportSummary
from conversations.vocabulary.choices import label_of
from storage import registers

FEW = 4
"""A chart of fewer initiatives tells nothing that the list does not."""

WHOSE: Mapping[frozenset[str], Words] = {
    frozenset({"DK"}): _("Public libraries in Denmark"),
    frozenset({"SI"}): _("Public libraries in Slovenia"),
}
BOTH = _("Public libraries in Denmark and Slovenia")
SELF_REPORTED = _("Source: what the libraries reported themselves, collected with Meldind.")


def digest_page(digest: Digest, catalogue: Catalogue, partners: Iterable[str] = ()) -> str:
    """Returns `digest` as a page; `partners` has the municipality of each partner (`DK-0461`)."""
    return report_page(digest_content(digest, catalogue, partners), catalogue)


def digest_content(digest: Digest, catalogue: Catalogue, partners: Iterable[str] = ()) -> ReportPage:
    """Returns the content of the page of `digest`."""
    there = Counter(partners)
    new = [row.report for row in digest.of("new")]
    maps = [country_map(country, told(new, country, there), catalogue, OF_PERIOD) for country in countries(new)]
    return ReportPage(
        whose=said(whose(row.report for row in digest.rows), catalogue),
        title=said(title(digest), catalogue),
        opening=[said(line, catalogue) for line in ((nothing(digest),) if digest.is_empty else opening(digest))],
        figures=() if digest.is_empty else list(_figures(digest, catalogue)),
        maps=maps,
        chart=_themes(digest, catalogue),
        parts=list(_parts(digest, catalogue)),
        sources=sources(maps, catalogue),
        made=catalogue.say(_("Meldind, made on {date}.", date=_day(digest.made_at, digest))),
    )


OF_PERIOD: Mapping[str, Place] = {**STATES, "silent": labelled("coverage", "nothing new")}
"""The states of municipalities in a digest, which is about a time and not about everything."""


def whose(reports: Iterable[ReportSummary]) -> Words:
    """Returns whose initiatives a page is about, by the countries of its `reports`."""
    return WHOSE.get(frozenset(countries(reports)), BOTH)


def countries(reports: Iterable[ReportSummary]) -> list[str]:
    """Returns the countries with reports, in a fixed order."""
    found = {report.country for report in reports}
    return [country for country in COUNTRY_NAMES if country in found]


def told(reports: Iterable[ReportSummary], country: str, partners: Mapping[str, int]) -> dict[str, Told]:
    """Returns what is known from each municipality of a country that has reports or partners.

    A municipality without a library has the state of the one whose library serves it.
    """
    known: dict[str, set[str]] = {}
    numbers: Counter[str] = Counter()
    for report in reports:
        if report.country == country:
            known.setdefault(report.municipality, set()).add(report.progress)
            numbers[report.municipality] += 1
    found = {}
    for here in registers.municipalities(country):
        key = f"{country}-{here.code}"
        near = registers.served_from(country, here.code)
        heard = known.get(key) or (known.get(f"{country}-{near.municipality.code}") if near else None)
        state = "silent" if not heard else "planned" if heard <= {"planned", "stopped"} else "reported"
        if heard or key in partners:
            found[key] = Told(state, numbers[key], partners.get(key, 0))
    return found


def sources(maps: Iterable[CountryMap], catalogue: Catalogue) -> list[str]:
    """Returns where the content of a page comes from."""
    return [catalogue.say(SELF_REPORTED), *(each.source for each in maps)]


def library(report: ReportSummary, catalogue: Catalogue) -> Markup:
    """Returns the library of a report, in the language of its country."""
    if not report.library:
        return said(labelled("library", "library not stated"), catalogue)
    return written(report.library, LANGUAGE_OF.get(report.country, ""), catalogue)


def name(report: ReportSummary, catalogue: Catalogue) -> Markup:
    """Returns the title of a report, in its own language."""
    if not report.title:
        return said(labelled("title", "a report without a name"), catalogue)
    return written(report.title, report.language, catalogue)


def facts(report: ReportSummary, catalogue: Catalogue) -> list[str]:
    """Returns the library of a report, its municipality unless the library has its name, the stage and language."""
    place = report.place if report.place and report.place.casefold() not in report.library.casefold() else ""
    return [
        library(report, catalogue),
        written(place, LANGUAGE_OF.get(report.country, ""), catalogue),
        said(PROGRESS.get(report.progress, report.progress), catalogue),
        said(language_words(report.language), catalogue),
    ]


def _figures(digest: Digest, catalogue: Catalogue) -> Iterator[KeyFigure]:
    new, offers, further = len(digest.of("new")), len(digest.of("offer")), len(digest.of("progress"))
    changed, waiting, libraries = len(digest.of("outcome")), len(digest.waiting), digest.libraries
    silent = digest.unconfirmed
    for number, label in (
        (new, counted("new initiative", "new initiatives", new)),
        (libraries, counted("library", "libraries", libraries)),
        (changed, counted("result for people", "results for people", changed)),
        (further, counted("initiative further along", "initiatives further along", further)),
        (offers, counted("offer to contribute", "offers to contribute", offers)),
        (waiting, counted("report waiting for review", "reports waiting for review", waiting)),
        (digest.inspired, counted("inspired by another library", "inspired by another library", digest.inspired)),
        (silent, counted("not confirmed for 18 months", "not confirmed for 18 months", silent)),
    ):
        if number or label.text in ("new initiative", "library"):
            yield KeyFigure(catalogue.say(number), catalogue.say(label))


def _themes(digest: Digest, catalogue: Catalogue) -> BarChart | None:
    rows = digest.of("new")
    themes = [(catalogue.say(theme_name(theme)), len(found)) for theme, found in by_theme(rows)]
    if len(rows) < FEW or len(themes) < 2:
        return None
    return chart(catalogue.say(TITLES["themes"]), [(label, number, catalogue.say(number)) for label, number in themes])


def _parts(digest: Digest, catalogue: Catalogue) -> Iterator[Section]:
    """Yields every section; together they have one entry or name for each row of the digest's tables."""

    def part(key: str, label: Place, groups: Iterable[Group]) -> Section:
        return Section(key, said(label, catalogue), list(groups))

    def rows(found: Sequence[Row]) -> list[Entry]:
        return [_entry(row, digest, catalogue) for row in found]

    themes = (Group(said(theme_name(theme), catalogue), rows(found)) for theme, found in by_theme(digest.of("new")))
    yield part("new", labelled("digest", "New initiatives"), themes)
    offers = (Group(said(OFFER_NAMES[offer], catalogue), rows(list(digest.offers(offer)))) for offer in OFFERS)
    yield part("offers", labelled("digest", "Offers to contribute"), offers)
    yield part("progress", labelled("digest", "Further along"), [Group("", rows(digest.of("progress")))])
    yield part("outcomes", labelled("digest", "What has changed for people"), [Group("", rows(digest.of("outcome")))])
    if digest.called:
        yield from _of_call(digest.called, digest, catalogue)
    events = (
        Group(said(label, catalogue), [_event(each, catalogue) for each in found])
        for label, found in ((COMING, digest.to_come), (CAME_OF, digest.told_of))
    )
    yield part("events", labelled("digest", "Events"), events)
    silent = (Group(said(each.title, catalogue), names=each.silent) for each in digest.silences)
    yield part("silent", labelled("digest", "No response yet"), silent)
    left = (
        Group(said(label, catalogue), [_left(each, digest, catalogue) for each in digest.left if each.status == status])
        for status, label in LEFT_NAMES.items()
    )
    yield part("left", labelled("digest", "No longer counted"), left)
    waiting = [_short(each.report, each.since, digest, catalogue) for each in digest.waiting]
    yield part("waiting", labelled("digest", "Waiting for review"), [Group("", waiting)])


def _of_call(called: Called, digest: Digest, catalogue: Catalogue) -> Iterator[Section]:
    own = (
        Group(
            said(answers.question, catalogue),
            [
                Entry(
                    said(answers.words(each), catalogue),
                    [said(counted("one report", "{n} reports", len(each.libraries)), catalogue)],
                    "; ".join(each.libraries),
                )
                for each in answers.answers
            ],
        )
        for answers in called.own
    )
    yield Section("own", said(labelled("digest", "Own questions"), catalogue), list(own))
    for key, label, reports in (("late", LATE, called.late), ("declined", DECLINED, called.declined)):
        entries = [_short(each, each.submitted_at, digest, catalogue) for each in reports]
        yield Section(key, said(label, catalogue), [Group("", entries)])


def _entry(row: Row, digest: Digest, catalogue: Catalogue) -> Entry:
    report, what = row.report, row.happening
    day = said(_day(what.at, digest), catalogue)
    match what.kind:
        case "new":
            line = written(report.line, report.language, catalogue)
            return Entry(name(report, catalogue), [*facts(report, catalogue), day, report.id], line)
        case "progress":
            before, after = (PROGRESS.get(each, each) for each in (what.old, what.new))
            change = said(_("{before} → {after}", before=before, after=after), catalogue)
            return Entry(name(report, catalogue), [library(report, catalogue), change, day, report.id])
        case "outcome":
            how = (catalogue.say(_("How we know")), said(evidence(report.evidence), catalogue))
            return Entry(name(report, catalogue), [*facts(report, catalogue), day, report.id], told=[how])
        case "offer":
            return Entry(name(report, catalogue), [*facts(report, catalogue), day, report.id])


def _short(report: ReportSummary, moment: datetime, digest: Digest, catalogue: Catalogue) -> Entry:
    since = said(_day(moment, digest), catalogue)
    return Entry(name(report, catalogue), [library(report, catalogue), since, report.id])


def _event(event: Announced, catalogue: Catalogue) -> Entry:
    when = said(PartialDate(event.days), catalogue)
    facts = [
        said(label_of(KINDS, event.kind), catalogue),
        when,
        said(place_words(event.place, event.online), catalogue),
    ]
    return Entry(said(event.title, catalogue), facts, written(event.came_of, event.language, catalogue))


def _left(left: Left, digest: Digest, catalogue: Catalogue) -> Entry:
    """Returns from which library and when it was; nobody sees the text of such a report any more."""
    sent = said(_("sent on {date}", date=_day(left.submitted_at, digest)), catalogue)
    place = left.library or catalogue.say(labelled("library", "library not stated"))
    return Entry(
        place, [sent, said(STATUS_WORDS[left.status], catalogue), said(_day(left.at, digest), catalogue), left.report]
    )


def _day(moment: datetime, digest: Digest) -> date:
    return moment.astimezone(zone_of(digest.zone)).date()
