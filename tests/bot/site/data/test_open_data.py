"""The data of the site, read as other programs read it: feeds, calendars, tables, descriptions."""

import asyncio
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import feedparser
import frictionless
import pytest
from icalendar import Calendar

from bot.files.open_data.linked_data import initiative_data
from bot.site.pages.head import json_ld
from bot.site.site import Site
from conversations.language.languages import LANGUAGES
from conversations.model.outcomes import Answered, LineageTold, ReportWithdrawn
from storage.session.publishing import public_initiatives
from storage.session.storage import Storage
from tests.bot.site.publishing import ADDRESS, CATALOGUES, NOW, demo_storage, files_of, published
from tests.contract.kept import ODENSE
from tests.storage.chat import keep
from tests.storage.publishing import publish


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Storage]:
    with demo_storage(tmp_path) as storage:
        yield storage


@pytest.fixture
def site(tmp_path: Path, demo: Storage) -> Path:
    """The site of the demo data."""
    published(demo, tmp_path / "site")
    return tmp_path / "site"


def ids(site: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (site / "reports.jsonl").read_text("utf-8").splitlines()]


def test_the_tables_are_what_their_description_says(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    report = frictionless.validate("datapackage.json")
    assert report.valid, report.to_summary()
    assert report.tasks[0].stats["rows"] == len(ids(site)) > 10
    package = json.loads((site / "datapackage.json").read_text("utf-8"))
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    for field in fields.values():
        assert set(field["titles"]) == set(LANGUAGES)
        assert all(field["titles"].values())
    assert fields["answer_status"]["titles"]["sl"] == "Faza dejavnosti"
    assert "running" in fields["answer_status"]["constraints"]["enum"]
    (running,) = (each for each in fields["answer_status"]["choices"] if each["value"] == "running")
    assert running["labels"]["da"] == "I gang"
    assert package["homepage"] == f"{ADDRESS}/"


def test_a_key_that_is_none_is_an_error_of_the_table(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site)
    table = Path("reports.csv").read_text("utf-8-sig")
    for right, wrong in ((",running,", ",runing,"), ("study_space", "study_spaces")):
        assert right in table
        Path("reports.csv").write_text(table.replace(right, wrong), "utf-8-sig")
        assert not frictionless.validate("datapackage.json").valid


def test_every_feed_is_read_by_a_feed_reader_and_leads_to_pages_that_are_there(site: Path) -> None:
    files = files_of(site)
    feeds = {path: feedparser.parse(content) for path, content in files.items() if "/feeds/" in path}
    assert not [path for path, feed in feeds.items() if feed.bozo]
    assert len({feed.feed.id for feed in feeds.values()}) == len(feeds)
    assert len({feed.feed.title for path, feed in feeds.items() if path.startswith("sl/")}) == len(feeds) / 3
    everything = {this: f"{ADDRESS}/da/i/{this}.html" for this in ids(site)}
    assert {entry.id.rpartition("/")[2]: entry.link for entry in feeds["da/feeds/all.xml"].entries} == everything
    for path, feed in feeds.items():
        changed = [entry.updated for entry in feed.entries]
        assert changed == sorted(changed, reverse=True)
        assert feed.feed.language == path[:2]
        links = {link.rel: link.href.removeprefix(f"{ADDRESS}/") for link in feed.feed.links}
        assert links["self"] == path
        assert links["alternate"] in files
        for entry in feed.entries:
            assert entry.link.removeprefix(f"{ADDRESS}/") in files
    danish, slovenian = (feeds[f"en/feeds/country/{country}.xml"].entries for country in ("DK", "SI"))
    assert danish
    assert slovenian
    assert {entry.title_detail.language for entry in slovenian} == {"sl"}
    assert feeds["en/feeds/theme/language_cafe.xml"].feed.title == "What libraries do for inclusion: Language café"
    assert feeds["en/feeds/call/krisetid.xml"].entries


def test_calendars_have_the_open_calls_and_the_coming_events(site: Path) -> None:
    for path in ("calls.ics", "da/calls.ics", "sl/calls.ics"):
        deadlines = calendar_in(site / path).events
        assert {str(entry["UID"]) for entry in deadlines} == {"call-krisetid@meldind", "call-povezujejo@meldind"}
        assert {str(entry["URL"]) for entry in deadlines} == {
            f"https://t.me/meldind_bot?start=c_{slug}" for slug in ("krisetid", "povezujejo")
        }
        for entry in deadlines:
            assert isinstance(entry.start, date)
            assert not isinstance(entry.start, datetime)
            assert entry.start > NOW.date()
    danish, english = (calendar_in(site / path) for path in ("da/events.ics", "events.ics"))
    (entry,) = danish.events
    assert str(entry["SUMMARY"]) == "Temadag: sprogcaféer og læsegrupper"
    assert [str(zone["TZID"]) for zone in danish.walk("VTIMEZONE")] == ["Europe/Copenhagen"]
    assert len(english.events) == 1


def calendar_in(path: Path) -> Calendar:
    found = Calendar.from_ical(path.read_bytes())
    assert isinstance(found, Calendar)
    return found


def nodes_in(told: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a JSON-LD document."""
    match told:
        case dict():
            yield told
            for each in told.values():
                yield from nodes_in(each)
        case list():
            for each in told:
                yield from nodes_in(each)
        case _:
            pass


@pytest.mark.parametrize("address", [ADDRESS, ""], ids=["with its address", "without"])
def test_what_the_catalogue_of_data_sets_names_is_there(site: Path, demo: Storage, address: str) -> None:
    published(demo, site, address=address)
    told = json.loads((site / "catalog.jsonld").read_text("utf-8"))
    context = told["@context"]
    described = {node["@id"]: node for node in told["@graph"]}
    assert {node["@type"] for node in described.values()} == {
        "dcat:Catalog", "dcat:Dataset", "dcat:Distribution", "foaf:Agent",
    }  # fmt: skip
    files, here = files_of(site), f"{address}/" if address else ""
    for node in nodes_in(told["@graph"]):
        for name in node:
            assert name.startswith("@") or name.partition(":")[0] in context
        this = node.get("@id")
        if this is None or this.startswith(("http://publications.europa.eu/", "http://www.iana.org/")):
            continue
        path, hash_, _part = this.removeprefix(here).partition("#")
        assert (this in described) if hash_ else (path in files or path in ("", "./")), this
    published_sets = [node for node in described.values() if node["@type"] == "dcat:Dataset"]
    for node in published_sets:
        assert {each["@language"] for each in node["dct:title"]} == set(LANGUAGES)
        assert node["dct:publisher"]["@id"] in described


def test_an_initiative_is_told_as_schema_org_says_it(site: Path, demo: Storage) -> None:
    for each in public_initiatives(demo):
        told = initiative_data(each.initiative, "x.html", ["y.html"], CATALOGUES["da"])
        assert told["@type"] == "Report"
        assert (told["name"], told["inLanguage"]) == (each.initiative.title, each.initiative.language)
        assert told["author"]["@type"] in ("Library", "Organization")
        assert told["isBasedOn"] == [{"@type": "Report", "@id": "y.html#initiative", "url": "y.html"}]
        assert None not in told.values()
        assert "" not in told.values()


def test_every_page_of_an_initiative_has_it_as_json_ld_and_all_that_it_names_is_there(site: Path) -> None:
    files = files_of(site)
    pages = {path for path in files if "/i/" in path}
    assert len(pages) == 3 * len(ids(site))
    for path in pages:
        (found,) = re.findall(rb'<script type="application/ld\+json">(.*?)</script>', files[path], re.DOTALL)
        told = json.loads(found)
        assert told["url"] == told["mainEntityOfPage"]["@id"] == f"{ADDRESS}/{path}"
        assert told["mainEntityOfPage"]["inLanguage"] == path[:2]
        feed, *_others = re.findall(rb'<link rel="alternate" type="application/atom\+xml" href="([^"]+)"', files[path])
        assert feed.decode().removeprefix(f"{ADDRESS}/") in files


def based_on(page: Path) -> list[str]:
    """The pages of what inspired the initiative of a page."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    return [other["url"] for other in json.loads(found).get("isBasedOn", ())]


def test_text_cannot_leave_the_element_it_is_in(demo: Storage) -> None:
    each = next(iter(public_initiatives(demo)))
    odd = replace(each.initiative, answers={**each.initiative.answers, "title": "</script><script>alert(1)//"})
    site = Site(demo, CATALOGUES, None, NOW, NOW.tzinfo)  # type: ignore[arg-type]
    text = str(json_ld(site, replace(each, initiative=odd), "da"))
    assert text.count("<") == 2
    found = json.loads(text.partition(">")[2].rpartition("<")[0])
    assert found["name"] == "</script><script>alert(1)//"


def test_every_language_of_every_page_is_in_the_sitemap(site: Path) -> None:
    index = (site / "sitemap.xml").read_text("utf-8")
    parts = [path for path in files_of(site) if path.startswith("sitemap-")]
    assert parts
    assert all(f"<loc>{ADDRESS}/{path}</loc>" in index for path in parts)
    text = "".join((site / path).read_text("utf-8") for path in parts)
    for path in files_of(site):
        if path.endswith(".html") and path[2:3] == "/":
            assert f"<loc>{ADDRESS}/{path}</loc>" in text, path
            assert f'hreflang="{path[:2]}" href="{ADDRESS}/{path}"' in text
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in (site / "robots.txt").read_text()


def test_without_an_address_everything_that_needs_none_is_there(tmp_path: Path, demo: Storage) -> None:
    site = tmp_path / "elsewhere"
    published(demo, site, address="", bot="")
    files = files_of(site)
    assert not [path for path in files if path.startswith("sitemap")]
    assert b"Sitemap" not in files["robots.txt"]
    feed = feedparser.parse(files["sl/feeds/theme/study_space.xml"])
    assert not feed.bozo
    assert feed.entries
    for entry in feed.entries:
        target = os.path.normpath(Path("sl/feeds/theme") / entry.link)
        assert target in files
    assert b"t.me" not in files["calls.ics"]
    Calendar.from_ical(files["events.ics"])


async def test_what_is_withdrawn_or_no_longer_public_is_gone_from_all_data_at_the_next_run(
    storage: Storage, tmp_path: Path
) -> None:
    for this in ("stays", "withdrawn7", "hidden7"):
        await publish(storage, this, title=f"Sprogcafé {this}", themes=["study_space"], library=ODENSE)
    await publish(storage, "network7", sharing="network")
    await keep(storage, LineageTold("stays", "withdrawn7", "inspired"))
    site = tmp_path / "site"
    await asyncio.to_thread(published, storage, site)
    assert based_on(site / "en/i/stays.html") == [f"{ADDRESS}/en/i/withdrawn7.html"]
    assert sorted(ids(site)) == ["hidden7", "stays", "withdrawn7"]
    await keep(storage, ReportWithdrawn("withdrawn7"), Answered("hidden7", "sharing", "network"))
    await asyncio.to_thread(published, storage, site)
    assert ids(site) == ["stays"]
    assert based_on(site / "en/i/stays.html") == []
    data = {path: content for path, content in files_of(site).items() if not path.endswith(".html")}
    for gone in (b"withdrawn7", b"hidden7", b"network7"):
        assert [path for path, content in data.items() if gone in content] == []
    assert len(feedparser.parse(data["da/feeds/theme/study_space.xml"]).entries) == 1


@pytest.mark.parametrize("address", [ADDRESS, ""], ids=["with its address", "without"])
def test_a_page_that_every_page_leads_to_names_all_data(site: Path, demo: Storage, address: str) -> None:
    published(demo, site, address=address)
    files = files_of(site)
    for language in LANGUAGES:
        page = files[f"{language}/data.html"].decode()
        named = set(re.findall(r'class="title"><a href="([^"]+)"', page))
        paths = {
            each.removeprefix(f"{address}/") if address else os.path.normpath(f"{language}/{each}") for each in named
        }
        feeds = {path for path in files if path.startswith(f"{language}/feeds/")}
        tables = {"reports.csv", "reports.jsonl", "datapackage.json", "catalog.jsonld"}
        assert paths == feeds | tables | {f"{language}/calls.ics", f"{language}/events.ics"}
        assert 'href="../data.html"' in files[f"{language}/i/{ids(site)[0]}.html"].decode()
