"""Atom feeds as feed readers read them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest

from bot.files.open_data.feeds import LONG_AGO, Feed, FeedEntry, atom
from conversations.language.languages import LANGUAGES
from tests.bot.files.open_data.test_public_records import NOW, TOLD
from tests.conversations.dialogue import CATALOGUES

LATER = NOW + timedelta(days=2)
PAGE = "https://example.org/da/i/abc234.html?a=1&b=2"


def read(*entries: FeedEntry, language: str = "da", address: str = "https://example.org/da/feeds/all.xml") -> Any:
    feed = Feed("all", language, "Læs <her> & nu", address, "https://example.org/da/", entries)
    found = feedparser.parse(b"".join(atom(feed, CATALOGUES[language])))
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_has_what_atom_requires() -> None:
    found = read(FeedEntry(TOLD, PAGE))
    assert (found.version, found.encoding) == ("atom10", "utf-8")
    assert (found.feed.title, found.feed.language) == ("Læs <her> & nu", "da")
    assert found.feed.author == "Meldind"
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": "https://example.org/da/feeds/all.xml",
        "alternate": "https://example.org/da/",
    }
    (entry,) = found.entries
    assert (entry.title, entry.link, entry.author) == ("=Sprogcafé", PAGE, "Odense Bibliotekerne")
    assert entry.title_detail.language == "da"
    assert [(tag.term, tag.label) for tag in entry.tags] == [("language_cafe", "Sprogcafé"), ("DK", "Danmark")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_stay_and_the_time_is_that_of_the_last_change(language: str) -> None:
    before = read(FeedEntry(TOLD, PAGE), language=language)
    corrected = replace(TOLD, changed_at=LATER, answers={**TOLD.answers, "title": "Sprogcaféen"})
    after = read(FeedEntry(corrected, "https://other.example/x.html"), language=language, address="../all.xml")
    assert before.entries[0].id == after.entries[0].id == "tag:meldind,2026:initiative/abc234"
    assert before.feed.id == after.feed.id
    assert before.entries[0].updated == before.feed.updated == "2026-11-23T08:30:15Z"
    assert after.entries[0].updated == after.feed.updated == "2026-11-25T08:30:15Z"
    assert after.entries[0].published == before.entries[0].published


def test_a_feed_without_entries_is_valid_too() -> None:
    found = read()
    assert found.entries == []
    assert datetime.fromisoformat(found.feed.updated) == LONG_AGO


def test_text_is_text_whatever_people_write() -> None:
    odd = replace(TOLD, answers={"title": "<b>]]> &amp; \x0b\ufffe{id}", "summary": "</entry>"})
    (entry,) = read(FeedEntry(odd, PAGE)).entries
    assert entry.title_detail.type == "text/plain"
    assert entry.title == "<b>]]> &amp; {id}"
    assert entry.summary == "</entry>"
