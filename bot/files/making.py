"""Makes the enclosure of a message when it is sent. It runs as heavy work, and imports late."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.heavy.errors import Gone
from bot.heavy.task import HeavyTask
from bot.language.catalogues import Catalogues
from conversations.flows.digests.charts import unpack as unpack_chart
from conversations.flows.digests.topic import Topic, subject
from conversations.model.attached import ReportFile
from conversations.model.calls import zone_of
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.happenings import ReportSummary
from conversations.model.initiatives import Initiative
from storage.digests.digests import Counting
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork


@cache
def _catalogues() -> Catalogues:
    return Catalogues()


def enclosure(given: Mapping[str, Any], task: HeavyTask) -> None:
    """Write the content of an enclosure with that `kind` and `data`."""
    task.file.write(made(given["kind"], given["data"], task.storage))


def made(kind: str, data: str, storage: Storage) -> bytes:
    """Returns the content of an enclosure of that kind (see conversations.language.screen.Enclosed).

    It only reads, and takes the summaries of reports as they are. Raises Gone.
    """
    match kind:
        case "audit":
            lines = storage.read_now(lambda work: list(work.audit.lines()))
            return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        case "digest":
            this, form, language = data.split(".")
            return _digest(this, form, language, storage)
        case "chart":
            from bot.files.pictures.pictures import chart_picture

            chart, language = unpack_chart(data)
            return chart_picture(chart, _catalogues()[language])
        case "map" | "places":
            return _coverage(kind, json.loads(data))
        case "evidence":
            return _evidence(data, storage)
        case "call_report":
            return _call_report(json.loads(data), storage)
        case "mydata":
            person, form, language = data.split(".")
            return _my_data(int(person), form, language, storage)
        case "ics":
            return _calendar(json.loads(data), storage)
        case "xlsform":
            return _form(data, storage)
        case "guests":
            event, form, language = data.split(".")
            return _guests(event, form, language, storage)
        case "collection":
            slug, form, language = data.split(".")
            return _collection(slug, form, language, storage)
        case "sheet":
            report, language = data.rsplit(".", 1)
            return _sheet(report, language, storage)
        case _:
            raise ValueError(f"nothing makes an enclosure of the kind {kind}")


def _coverage(kind: str, told: Mapping[str, Any]) -> bytes:
    from bot.files.pictures.maps import Told

    catalogue, country = _catalogues()[told["in"]], str(told["country"])
    # Messages that an earlier version queued have no data about partners.
    states = {key: Told(*known) for key, known in told["states"].items()}
    if kind == "map":
        from bot.files.pictures.pictures import map_picture

        return map_picture(country, states, catalogue)
    from bot.files.places import places_workbook

    return places_workbook(country, states, catalogue)


def _evidence(data: str, storage: Storage) -> bytes:
    from bot.files.proof_pages import evidence_page

    if data.startswith("{"):
        told = json.loads(data)
        language, topic = told.pop("in"), Topic(**told)
    else:  # queued by an earlier version
        theme, group, language = data.split(".")
        topic = Topic(theme, group)
    known = storage.read_now(lambda work: work.digests(0, Counting.REFRESHED).known(topic.theme, topic.group))
    call = storage.read_now(lambda work: work.calls.whole(topic.call)) if topic.call else None
    about = subject(topic, call)
    found = topic.of(known, _catalogues().spellings)
    return evidence_page(found, about, _catalogues()[language], datetime.now(UTC).date()).encode()


def _collection(slug: str, form: str, language: str, storage: Storage) -> bytes:
    from bot.files.collection_files import collection_page, collection_table, public_ones

    def look(work: UnitOfWork) -> tuple[InitiativeCollection | None, Sequence[Initiative]]:
        found = work.collections.whole(slug)
        return found, public_ones(found, work) if found else ()

    collection, those = storage.read_now(look)
    if collection is None:
        raise Gone
    if form == "html":
        return collection_page(collection, those, _catalogues()[language], datetime.now(UTC).date()).encode()
    return collection_table(storage, those, form, language)


def _sheet(report: str, language: str, storage: Storage) -> bytes:
    from bot.files.proof_pages import sheet_page

    def look(work: UnitOfWork) -> tuple[ReportSummary | None, Mapping[str, Any], Sequence[ReportFile]]:
        digests = work.digests(0, Counting.REFRESHED)
        return digests.summary(report), digests.answers(report), work.attachments.files(report)

    summary, answers, files = storage.read_now(look)
    if summary is None:
        raise Gone
    return sheet_page(summary, answers, files, _catalogues()[language], datetime.now(UTC).date()).encode()


def _call_report(told: Mapping[str, str], storage: Storage) -> bytes:
    from bot.files.call_report_pages import call_report_content
    from bot.files.call_reports import gathered

    catalogue, now = _catalogues()[told["in"]], datetime.now(UTC)
    report = storage.read_now(lambda work: gathered(work, told["call"], told["in"], now))
    if report is None:
        raise Gone
    match told["form"]:
        case "html":
            from bot.files.pages.page import report_page

            return report_page(call_report_content(report, catalogue), catalogue).encode()
        case "docx":
            from bot.files.pages.documents import document

            return document(call_report_content(report, catalogue), catalogue, now)
        case _:
            from bot.files.call_report_tables import call_report_workbook

            return call_report_workbook(report, catalogue)


def _my_data(person: int, form: str, language: str, storage: Storage) -> bytes:
    from bot.files.my_data import my_data_json, my_data_page

    if form == "json":
        return my_data_json(storage, person)
    return my_data_page(storage, person, _catalogues()[language])


def _form(slug: str, storage: Storage) -> bytes:
    from bot.files.xlsform.writing import xlsform

    call = storage.read_now(lambda work: work.calls.whole(slug))
    if call is None:
        raise Gone
    return xlsform(call, _catalogues(), datetime.now(UTC))


def _calendar(told: Mapping[str, str], storage: Storage) -> bytes:
    from bot.files.calendars import calendar, deadline_calendar

    if "call" in told:
        call = storage.read_now(lambda work: work.calls.whole(told["call"]))
        if call is None or call.deadline_at is None:
            raise Gone
        return deadline_calendar(call, _catalogues()[told["in"]], told["link"], zone_of(told["zone"]))
    event = storage.read_now(lambda work: work.events.one(told["event"]))
    if event is None:
        raise Gone
    return calendar(event, _catalogues()[told["in"]], told["link"])


def _guests(this: str, form: str, language: str, storage: Storage) -> bytes:
    from bot.files.guests import guests_csv, guests_workbook

    event, guests = storage.read_now(lambda work: (work.events.one(this), work.sign_ups.guests(this)))
    if event is None:
        raise Gone
    catalogue = _catalogues()[language]
    return guests_csv(guests, catalogue) if form == "csv" else guests_workbook(event, guests, catalogue)


def _digest(this: str, form: str, language: str, storage: Storage) -> bytes:
    digest = storage.read_now(lambda work: work.digests(0).kept(this))
    if digest is None:
        raise Gone
    catalogue = _catalogues()[language]
    if form == "html":
        from bot.files.digest_pages import digest_page

        partners = storage.read_now(lambda work: [each.municipality for each in work.organisations.of_partners()])
        return digest_page(digest, catalogue, partners).encode()
    from bot.files.digest_tables import tables
    from bot.files.workbook import workbook
    from conversations.flows.digests.saying import nothing, opening
    from conversations.language.words import labelled

    lines = [nothing(digest)] if digest.is_empty else opening(digest)
    overview = catalogue.say(labelled("sheet", "Overview"))
    return workbook(tables(digest, catalogue), overview, [catalogue.say(line) for line in lines])
