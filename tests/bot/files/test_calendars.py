"""An event as a calendar reads it: its hours, its whole days, and the same entry when it changes or goes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.files.calendars import calendar, deadline_calendar
from bot.language.catalogues import Catalogues
from conversations.model.calls import WholeCall, end_of, zone_of
from conversations.model.events.event import LibraryEvent, When

CATALOGUES = Catalogues()
LINK = "https://t.me/MeldindBot?start=e_abc"
EVENT = LibraryEvent(
    "abc",
    1,
    "theme_day",
    "da",
    "published",
    titles={"da": "Temadag; om læsning, sprog og æblegrød på bænken ved åen i Ærøskøbing", "en": "Theme day"},
    texts={"da": "Første linje\nanden linje"},
    when=When(date(2027, 3, 29), date(2027, 3, 29), time(10), time(15)),
    timezone="Europe/Copenhagen",
    place="Fredericia Bibliotek, Prinsessegade 27",
    link="https://example.org/tema",
    host="Nordisk Biblioteksnetværk",
    changed_at=datetime(2026, 12, 1, 8, 30, 15, 99, tzinfo=UTC),
)


def read(event: LibraryEvent, language: str = "da", link: str = LINK) -> tuple[Calendar, Any]:
    """The file as a calendar program reads it, and its one entry."""
    content = calendar(event, CATALOGUES[language], link)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    (entry,) = found.walk("VEVENT")
    return found, entry


def test_hours_are_those_of_the_place_also_when_the_clocks_have_changed() -> None:
    file, entry = read(EVENT)
    assert (file["VERSION"], file["METHOD"]) == ("2.0", "PUBLISH")
    assert entry.start.utcoffset() == timedelta(hours=2)
    assert entry.start.astimezone(UTC) == datetime(2027, 3, 29, 8, tzinfo=UTC)
    assert entry.end.astimezone(UTC) == datetime(2027, 3, 29, 13, tzinfo=UTC)
    assert [str(zone["TZID"]) for zone in file.walk("VTIMEZONE")] == ["Europe/Copenhagen"]
    winter = replace(
        EVENT, when=When(date(2027, 3, 27), date(2027, 3, 27), time(10), time(15)), timezone="Europe/Ljubljana"
    )
    assert read(winter)[1].start.astimezone(UTC) == datetime(2027, 3, 27, 9, tzinfo=UTC)


def test_texts_are_whole_in_the_readers_language() -> None:
    _file, entry = read(EVENT)
    assert entry["SUMMARY"] == EVENT.titles["da"]
    assert entry["LOCATION"] == EVENT.place
    assert entry["DESCRIPTION"] == f"Første linje\nanden linje\n\nhttps://example.org/tema\n\n{LINK}"
    assert entry["URL"] == "https://example.org/tema"
    assert entry["ORGANIZER"] == LINK
    assert entry["ORGANIZER"].params["CN"] == "Nordisk Biblioteksnetværk"
    assert read(EVENT, "en")[1]["SUMMARY"] == "Theme day"
    assert read(EVENT, "sl")[1]["SUMMARY"] == f"{EVENT.titles['da']} (danščina)"


def test_the_entry_stays_the_same_and_its_number_grows() -> None:
    _file, first = read(EVENT)
    moved = replace(EVENT, sequence=3, when=When(date(2027, 4, 1), date(2027, 4, 1), time(9)))
    _file, later = read(moved)
    assert first["UID"] == later["UID"] == "abc@meldind"
    assert (first["SEQUENCE"], later["SEQUENCE"]) == (0, 3)
    assert later["DTSTAMP"].dt == datetime(2026, 12, 1, 8, 30, 15, tzinfo=UTC)


def test_a_cancelled_event_is_taken_out() -> None:
    file, entry = read(replace(EVENT, status="cancelled", sequence=1))
    assert (file["METHOD"], entry["STATUS"], entry["UID"]) == ("CANCEL", "CANCELLED", "abc@meldind")


def test_whole_days_have_no_time_zone_and_end_on_the_day_after() -> None:
    file, entry = read(replace(EVENT, when=When(date(2027, 5, 3), date(2027, 5, 4))))
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2027, 5, 3), date(2027, 5, 5))
    assert file.walk("VTIMEZONE") == []


def test_an_online_event_whose_bot_has_no_name_yet() -> None:
    _file, entry = read(replace(EVENT, place="", online=True, link="", texts={}, host=""), "en", "/start e_abc")
    assert entry["LOCATION"] == "Online"
    assert "URL" not in entry
    assert "DESCRIPTION" not in entry


def test_an_event_without_days_has_none() -> None:
    with pytest.raises(ValueError, match="without days"):
        calendar(replace(EVENT, when=None), CATALOGUES["da"], LINK)


COPENHAGEN = zone_of("Europe/Copenhagen")
CALL = WholeCall(
    "inclusion",
    "da",
    "open",
    titles={"da": "Læsning, sprog og æblegrød; for alle", "sl": "Branje za vse"},
    introductions={"da": "Fortæl om jeres arbejde.\nKort."},
    deadline_at=end_of(date(2026, 12, 14), COPENHAGEN),
    timezone="Europe/Copenhagen",
    organisers="Nordisk Biblioteksnetværk",
    since=datetime(2026, 11, 30, 8, 30, 15, 99, tzinfo=UTC),
)
CALL_LINK = "https://t.me/MeldindBot?start=c_inclusion"


def read_deadline(call: WholeCall, language: str = "da", zone: str = "Europe/Copenhagen") -> tuple[Calendar, Any]:
    content = deadline_calendar(call, CATALOGUES[language], CALL_LINK, zone_of(zone))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    found = Calendar.from_ical(content)
    assert isinstance(found, Calendar)
    (entry,) = found.walk("VEVENT")
    return found, entry


def test_the_deadline_of_a_call_is_its_last_day_with_reminders_in_the_morning() -> None:
    file, entry = read_deadline(CALL)
    assert (file["VERSION"], file["METHOD"]) == ("2.0", "PUBLISH")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2026, 12, 14), date(2026, 12, 15))
    assert (entry["UID"], entry["TRANSP"]) == ("call-inclusion@meldind", "TRANSPARENT")
    assert entry["SUMMARY"] == "Frist: Læsning, sprog og æblegrød; for alle"
    assert entry["DESCRIPTION"] == f"Fortæl om jeres arbejde.\nKort.\n\n{CALL_LINK}"
    assert entry["URL"] == CALL_LINK
    assert entry["ORGANIZER"].params["CN"] == "Nordisk Biblioteksnetværk"
    midnight = datetime(2026, 12, 14, tzinfo=COPENHAGEN)
    alarms = [(alarm["ACTION"], midnight + alarm["TRIGGER"].dt) for alarm in entry.walk("VALARM")]
    assert alarms == [
        ("DISPLAY", datetime(2026, 12, 7, 9, tzinfo=COPENHAGEN)),
        ("DISPLAY", datetime(2026, 12, 13, 9, tzinfo=COPENHAGEN)),
    ]
    assert {str(alarm["DESCRIPTION"]) for alarm in entry.walk("VALARM")} == {str(entry["SUMMARY"])}


def test_a_deadline_is_read_in_ones_language_and_on_ones_own_day() -> None:
    assert read_deadline(CALL, "sl")[1]["SUMMARY"] == "Rok: Branje za vse"
    assert read_deadline(CALL, "en")[1]["SUMMARY"].startswith("Deadline: Læsning")
    assert read_deadline(CALL, zone="Asia/Tokyo")[1]["DTSTART"].dt == date(2026, 12, 15)
    assert read_deadline(CALL, zone="America/Nuuk")[1]["DTSTART"].dt == date(2026, 12, 14)


def test_a_deadline_that_is_moved_replaces_the_one_before_and_a_closed_call_is_taken_out() -> None:
    first = read_deadline(CALL)[1]
    moved = replace(CALL, deadline_at=end_of(date(2027, 1, 4), COPENHAGEN), since=datetime(2026, 12, 1, tzinfo=UTC))
    later = read_deadline(moved)[1]
    assert first["UID"] == later["UID"]
    assert first["SEQUENCE"] < later["SEQUENCE"] < 2**31
    file, entry = read_deadline(replace(moved, status="closed"))
    assert (file["METHOD"], entry["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_call_without_a_deadline_has_none() -> None:
    with pytest.raises(ValueError, match="without a deadline"):
        deadline_calendar(replace(CALL, deadline_at=None), CATALOGUES["da"], CALL_LINK, UTC)
