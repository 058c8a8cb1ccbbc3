"""When it was, as librarians write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.dates.dates import DateMeant, Tense, is_edtf
from conversations.reading.dates.dates import read_date as read_for

LANGUAGES = ("da", "sl", "en")


def readings(text: str, today: date | None = None) -> set[str]:
    """What `text` says to the readers who take it for one time: these rows are of all three languages."""
    read = (read_for(text, today or TODAY, language) for language in LANGUAGES)
    return {meant.value for meant in read if meant and meant.value}


def no_such_date(text: str) -> bool:
    """Whether the calendar does not have what a reader takes `text` for."""
    return any(read_for(text, TODAY, language) == DateMeant(missing="calendar") for language in LANGUAGES)


TODAY = date(2026, 11, 22)

POINTS = {
    "2026": ("2026", " 2026. ", "i 2026", "leta 2026", "v letu 2026", "in 2026", "året 2026", "år 2026",
             "i år", "letos", "this year", "To leto", "Vi startede i 2026", "til 2026", "indtil 2026", ("do leta "
             "2026"), "until 2026"),
    "2025": ("sidste år", "i fjor", "lani", "last year", "forrige år"),
    "2027": ("næste år", "prihodnje leto", "next year", "naslednje leto"),
    "2026-03": ("2026-03", "marts 2026", "Marts 2026", "i marts 2026", "marec 2026", "marca 2026", "March 2026",
                "mar. 2026", "3/2026", "03.2026", "3. 2026", "03-2026", "2026/3", "2026 marts", "marts i år",
                "letos marca", "marec letos", "Vi begyndte i marts 2026", "začeli smo marca 2026"),
    "2026-08": ("8/2026", "08.2026", "august 2026", "avgust 2026", "avgusta 2026", "avg. 2026", "August 2026"),
    "2026-05": ("maj 2026", "maja 2026", "May 2026", "05/2026"),
    "2026-08-03": ("3.8.2026", "3. 8. 2026", "3.\u00a08.\u00a02026", "03-08-2026", "3/8/2026", "2026-08-03",
                   "2026/08/03", "2026.08.03", "03.08.26", "3-8-26", "3. august 2026", "3. avgusta 2026",
                   "3 August 2026", "3rd August 2026", "August 3, 2026", "August 3rd 2026", "3 aug 2026",
                   "den 3. august 2026", "mandag den 3. august 2026", "ponedeljek, 3. avgust 2026",
                   "Monday, 3 August 2026", "dne 3. 8. 2026", "3. avg. 26", "the 3rd of August, 2026", "3 8 2026"),
    "2026-11-22": ("i dag", "danes", "today", "nu", "now", "22.11.2026"),
    "2026-11-21": ("i går", "včeraj", "yesterday"),
    "2026-11-23": ("i morgen", "jutri", "tomorrow"),
    "2026-11": ("denne måned", "ta mesec", "this month"),
    "2026-10": ("sidste måned", "prejšnji mesec", "last month"),
    "2026-12": ("næste måned", "naslednji mesec", "next month"),
    "2026-21": ("forår 2026", "foråret 2026", "i foråret 2026", "pomlad 2026", "spomladi 2026",
                "spring 2026", "2026-21", "forår i år"),
    "2026-22": ("sommer 2026", "sommeren 2026", "poletje 2026", "poleti 2026", "summer 2026", "2026 sommer"),
    "2026-23": ("efterår 2026", "efteråret 2026", "jesen 2026", "jeseni 2026", "autumn 2026", "fall 2026",
                "letos jeseni"),
    "2025-24": ("vinter 2025", "vinteren 2025", "zima 2025", "pozimi 2025", "winter 2025", "vinter 2025/26",
                "vinteren 2025-2026", "zima 2025/2026", "winter 2025-26"),
    "1999": ("1999",),
    "1999-03-01": ("1.3.99", "1.3.1999"),
    "2046": ("2046",),
    "1900": ("1900",),
}  # fmt: skip

PERIODS = {
    "2011/2012": ("2011/2012", "2011/12", "2011 / 12", "2011-2012", "skoleåret 2011/12", "skoleåret 2011-12",
                  "skoleår 2011/2012", "šolsko leto 2011/12", "v šolskem letu 2011/2012", "school year 2011/12",
                  "school year 2011-12", "sezona 2011/12", "skoleåret 2011", "i skoleåret 2011/12"),
    "1999/2000": ("1999/2000", "1999/00", "1999-00"),
    "2014/2018": ("2014-2018", "2014–2018", "2014 - 2018", "2014/2018", "2014 til 2018", "fra 2014 til 2018",
                  "2014 do 2018", "od 2014 do 2018", "od leta 2014 do leta 2018", "2014 to 2018", "from 2014 to 2018",
                  "2014-18", "2014/18"),
    "2020/2024": ("2020-24", "2020-2024"),
    "2014-06/2018-02": ("junij 2014 - februar 2018", "juni 2014 – februar 2018", "june 2014 to february 2018",
                        "fra juni 2014 til februar 2018", "od junija 2014 do februarja 2018", "6/2014-2/2018",
                        "06.2014 - 02.2018", "2014-06/2018-02", "jun. 2014 til feb. 2018"),
    "2015-01/2015-12": ("januar til december 2015", "januar-december 2015", "od januarja do decembra 2015",
                        "january to december 2015", "1.-12.2015"),
    "2025-12/2026-02": ("december til februar 2026", "december 2025 - februar"),
    "2026-03-03/2026-03-05": ("3.-5. marts 2026", "3.3.-5.3.2026", "3. do 5. marca 2026", "3-5 March 2026",
                              "2026-03-03/2026-03-05", "2026-03-03 - 2026-03-05", "3.3.2026 til 5.3.2026",
                              "3. marts - 5. marts 2026", "03-03-2026 - 05-03-2026"),
    "2026-03/2026-05": ("marts-maj 2026", "marec–maj 2026", "March to May 2026", "3-5.2026"),
    "2025-23/2026-21": ("efterår 2025 - forår 2026", "jesen 2025 do pomlad 2026"),
    "2003/..": ("2003-", "2003 -", "2003 - nu", "2003 til i dag", "od 2003 do danes", "2003 to now", "2003/.."),
    "2003": ("siden 2003", "Siden 2003.", "lige siden 2003", "od leta 2003", "od 2003", "since 2003", "fra 2003",
             "fra og med 2003", "2003 og frem", "from 2003", "od leta 2003 naprej", "from 2003 onwards"),
    "2025": ("siden sidste år", "od lani", "since last year"),
    "2024-22": ("siden sommeren 2024", "od poletja 2024", "since summer 2024"),
    "2026-03-03": ("siden 3. marts 2026", "fra 3.3.2026"),
}  # fmt: skip

NOT_READ = (
    "", " ", "?", "snart", "kmalu", "ved ikke", "marts", "sommer", "1899", "2047", "1.1.2047", "30.000", "12345", "2",
    "26", "14:30", "hver tirsdag", "vsak prvi četrtek v mesecu", "2014 eller 2018", "2018-2014", "12 34 5678",
    "+45 33 73 33 73", "nogle gange i 2026 og ellers ikke", "9" * 5_000, "2026 " * 500,
)  # fmt: skip

NO_SUCH_DATE = ("31.2.2026", "31. februar 2026", "31. februarja 2026", "February 30, 2026", "29.2.2026",
                "2026-02-30", "2026-13", "13/2026", "0.5.2026", "32.1.2026", "30.2.-3.3.2026")  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), [(text, edtf) for edtf, texts in POINTS.items() for text in texts])
def test_points(text: str, edtf: str) -> None:
    assert edtf in readings(text)


@pytest.mark.parametrize(("text", "edtf"), [(text, edtf) for edtf, texts in PERIODS.items() for text in texts])
def test_periods(text: str, edtf: str) -> None:
    assert edtf in readings(text)


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_asked_again(text: str) -> None:
    assert not readings(text)


@pytest.mark.parametrize("text", NO_SUCH_DATE)
def test_dates_the_calendar_does_not_have(text: str) -> None:
    assert not readings(text)
    assert no_such_date(text)


def test_this_year_is_the_year_of_the_reader() -> None:
    assert readings("i år", date(2031, 1, 1)) == {"2031"}
    assert readings("sidste måned", date(2031, 1, 1)) == {"2030-12"}
    assert readings("næste måned", date(2031, 12, 31)) == {"2032-01"}


OFFERED = {
    ("en", "next summer", date(2026, 5, 1), Tense.EITHER): ("2026-22", "2027-22"),
    ("en", "next March", date(2026, 2, 20), Tense.EITHER): ("2026-03", "2027-03"),
    ("en", "March to May", TODAY, Tense.EITHER): ("2025-03/2025-05", "2026-03/2026-05", "2027-03/2027-05"),
    ("da", "november til februar", TODAY, Tense.FUTURE): ("2026-11/2027-02", "2027-11/2028-02", "2028-11/2029-02"),
    ("en", "in October", TODAY, Tense.FUTURE): ("2027-10", "2028-10"),
    ("da", "2014 eller 2018 eller 2019 eller 2020 eller 2022", TODAY, Tense.EITHER): ("2014", "2018", "2019", "2020"),
}


@pytest.mark.parametrize(("said", "near"), OFFERED.items())
def test_which_times_are_offered_where_it_may_be_several(
    said: tuple[str, str, date, Tense], near: tuple[str, ...]
) -> None:
    language, text, today, tense = said
    meant = read_for(text, today, language, tense)
    assert meant is not None
    assert (meant.value, meant.near) == ("", near)


def test_what_is_planned_for_a_month_is_the_next_one() -> None:
    assert read_for("in March", TODAY, "en", Tense.FUTURE) == DateMeant("2027-03", completed=True)
    assert read_for("next summer", date(2026, 2, 1), "en") == DateMeant("2026-22")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["by the end of the year", "at year end"])
def test_a_time_is_read_in_another_language_than_the_readers_own(language: str, text: str) -> None:
    meant = read_for(text, TODAY, language)
    assert meant is not None
    assert (meant.value, meant.unread) == ("2026-12", ())


@pytest.mark.parametrize(
    ("language", "text"), [("en", "po 2024"), ("da", "po 2024"), ("en", "ni 2024"), ("sl", "for 2024")]
)
def test_a_short_word_of_another_language_says_no_time(language: str, text: str) -> None:
    meant = read_for(text, TODAY, language)
    assert meant is not None
    assert (meant.value, meant.unread) == ("2024", (text.split()[0],))


days = st.dates(date(1950, 1, 1), date(2040, 12, 31))


@given(days, st.sampled_from(("{d}.{m}.{y}", "{d}. {m}. {y}", "{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{y}-{m:02}-{d:02}")))
def test_every_day_however_written(day: date, form: str) -> None:
    assert readings(form.format(d=day.day, m=day.month, y=day.year)) == {day.isoformat()}


@given(days, days)
def test_what_was_read_is_read_the_same_again(one: date, other: date) -> None:
    first, last = sorted((one, other))
    for edtf in (f"{one.year}", f"{one:%Y-%m}", f"{first}/{last}", f"{first:%Y-%m}/{last:%Y-%m}", f"{one}/.."):
        assert readings(edtf) == {edtf}


SOME_WORDS = ("2026", "2011", "12", "3", "31", "februar", "marca", "sommer", "vinter", "siden", "til", "do", "-", "/",
              ".", "i", "år", "nu", "skoleåret", "26", "og", "frem", "danes", "today", "sidste")  # fmt: skip


@given(
    st.text() | st.lists(st.sampled_from(SOME_WORDS)).map(" ".join) | st.lists(st.sampled_from(SOME_WORDS)).map("".join)
)
def test_any_text_can_be_read(text: str) -> None:
    assert all(is_edtf(read) for read in readings(text))
