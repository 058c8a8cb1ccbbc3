"""How many people, as librarians write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.numbers.numbers import Numbers, read_people

LANGUAGES = ("da", "sl", "en")


def readings(text: str, *, most: int = 1_000_000) -> list[Numbers]:
    """What `text` says to the readers who take it for one number: these rows are of all three languages."""
    read = (read_people(text, language, most=most) for language in LANGUAGES)
    return [people.numbers for people in read if people and people.numbers]


EXACT = {
    "30": 30, " 30 ": 30, "30.": 30, "0": 0, "007": 7,
    "30.000": 30_000, "30,000": 30_000, "30 000": 30_000, "30\u00a0000": 30_000, "30\u202f000": 30_000,
    "30'000": 30_000, "1.000": 1_000, "1.000.000": 1_000_000, "123.456": 123_456, "12 345": 12_345,
    "30 børn": 30, "30 otrok pr. gang": 30, "30 otrok na srečanje": 30, "30 children each time": 30,
    "der kom 30": 30, "vi var 30 i alt": 30, "Bilo jih je 30.": 30, "We were 30 people": 30, "Deltagere: 30": 30,
    "vi arbejder med 30 børn": 30,
    "(30)": 30, "3️⃣0️⃣": 30, "٣٠": 30, "🔟": 10, "30børn": 30,
    # in words
    "nul": 0, "en": 1, "to": 2, "ti": 10, "tolv": 12, "atten": 18, "tyve": 20, "tredive": 30, "fyrre": 40,
    "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80, "halvfems": 90, "toogtyve": 22, "femogtredive": 35,
    "niogtres": 69, "hundrede": 100, "et hundrede": 100, "to hundrede": 200, "hundrede og fem": 105,
    "to hundrede og halvtreds": 250, "tusind": 1_000, "to tusind fem hundrede": 2_500, "30 tusind": 30_000,
    "et dusin": 12, "to dusin": 24, "en million": 1_000_000, "tredive børn": 30, "ti pr. gang": 10, "ti i alt": 10,
    "Tyve deltagere hver gang": 20, "ingen": 0, "ingen deltagere": 0,
    "nič": 0, "ena": 1, "dve": 2, "trije": 3, "štiri": 4, "pet": 5, "deset": 10, "petnajst": 15, "dvajset": 20,
    "petindvajset": 25, "enaindvajset": 21, "devetindevetdeset": 99, "sto": 100, "sto petdeset": 150, "dvesto": 200,
    "petsto": 500, "tisoč": 1_000, "dva tisoč": 2_000, "tri tisoč petsto": 3_500, "ducat": 12, "dvajset otrok": 20,
    "pet na srečanje": 5, "2 tisoč": 2_000, "stiri": 4,
    "zero": 0, "one": 1, "twelve": 12, "twenty-five": 25, "twenty five": 25, "ninety-nine": 99, "a hundred": 100,
    "one hundred and twenty": 120, "two thousand": 2_000, "a dozen": 12, "two dozen": 24, "half a dozen": 6, "30 "
    "børn og 10 voksne": 40, "thirty people": 30,
    "none": 0,
}  # fmt: skip

APPROXIMATE = (
    "ca. 30", "Ca 30", "ca.30", "cirka 30", "måske 30", "op mod 30", "morda 30",
    "circa 30", "omkring 30", "omtrent 30", "knap 30", "~30", "≈ 30", "~ 30",
    "30 ca.", "30 eller deromkring", "omkring tredive", "der kom ca. 30 børn", "okoli 30", "okrog 30", "približno 30",
    "priblizno 30", "cca 30", "skoraj 30", "okoli trideset", "okoli tridesetih", "bilo jih je okoli 30", "about 30",
    "around 30", "approx. 30", "roughly thirty", "30 or so", "30ish", "30-ish", "about thirty people", "nearly 30",
)  # fmt: skip

RANGES = (
    "10-12", "10–12", "10 — 12", "10 til 12", "fra 10 til 12", "mellem 10 og 12", "mellem ti og tolv", "ti til tolv",
    "ti-tolv", "10 eller 12", "imellem 10 og 12 børn", "10 do 12",
    "od 10 do 12", "med 10 in 12", "od deset do dvanajst",
    "od desetih do dvanajstih", "med desetimi in dvanajstimi", "10 ali 12", "10–12 otrok na srečanje", "10 to 12",
    "between 10 and 12", "between ten and twelve", "from 10 to 12", "ten to twelve", "10 or 12", "between 10-12",
    "10 til tolv", "der er 10-12 hver gang",
)  # fmt: skip

AT_LEAST = {
    "over 30.000": 30_000, "over 30": 30, "mere end 30": 30, "flere end 30": 30, "mindst 30": 30, "min. 30": 30,
    "30+": 30, "30 +": 30, "+30": 30, ">30": 30, "> 30 børn": 30,
    "30 eller flere": 30, "fra 30": 30, "30 og opefter": 30,
    "over tredive": 30, "več kot 60": 60, "vec kot 60": 60, "več od 60": 60,
    "vsaj 60": 60, "najmanj 60": 60, "nad 60": 60,
    "več kot šestdeset": 60, "60 ali več": 60, "od 60 naprej": 60, "more than 60": 60,
    "at least 60": 60, "over a hundred": 100,
    "60 or more": 60, "60 plus": 60, "1.000+": 1_000,
}  # fmt: skip

AT_MOST = (
    "under 20", "op til 20", "højst 20", "maks. 20", "max 20", "færre end 20",
    "mindre end 20", "ikke mere end 20", "<20",
    "op til tyve", "manj kot 20", "manj kot dvajset", "do 20", "največ 20", "pod 20", "ne več kot 20", "up to 20",
    "at most 20", "fewer than 20", "less than twenty", "no more than 20",
    "20 eller færre", "20 ali manj", "20 or fewer",
)  # fmt: skip

NO_COUNT = (
    "", " ", "?", "mange", "veliko", "many", "ved ikke", "ne vem",
    "En del", "Et ukendt antal",
    "a few", "en gang om ugen", "det ved jeg ikke, vi har en café", "a lot",
    "71,2", "71.2", "12.5", "1,5", "30.00", "1.234,5", "1.234,567", "0.500", "1.23.456", "71,2 %", "30 %", "30%",
    "30 procent", "30 odstotkov", "30 percent", "30 kr.", "30 €", "€30", "30k", "½", "1½", "10²",
    "-5", "- 5", "–5", "minus 5", "minus fem", "ikke 30", "ne 30",
    "10, 12", "10 12", "10/12", "24/7", "10:30", "3.8.2026", "03-08-2026", "2 x 12",
    "3 hold med 12 på hver", "12-10", "10-12.000", "10-årige", "30-krat", "1.000.001", "2 millioner", "9" * 5_000,
    "1000000000000000000",
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), EXACT.items())
def test_exact(text: str, value: int) -> None:
    assert Numbers(value, value, approximate=False) in readings(text)


@pytest.mark.parametrize("text", APPROXIMATE)
def test_approximate(text: str) -> None:
    assert Numbers(30, 30, approximate=True) in readings(text)


@pytest.mark.parametrize("text", RANGES)
def test_ranges(text: str) -> None:
    assert Numbers(10, 12, approximate=False) in readings(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("okoli 500", Numbers(500, 500, approximate=True)),
        ("mellem ti og tredive", Numbers(10, 30, approximate=False)),
        ("mellem hundrede og to hundrede", Numbers(100, 200, approximate=False)),
        ("med sto in dvesto", Numbers(100, 200, approximate=False)),
        ("one hundred to two hundred", Numbers(100, 200, approximate=False)),
        ("twenty to thirty", Numbers(20, 30, approximate=False)),
        ("30 to 40", Numbers(30, 40, approximate=False)),
        ("100 to 120", Numbers(100, 120, approximate=False)),
        ("to til tre", Numbers(2, 3, approximate=False)),
        ("ca. 10-12", Numbers(10, 12, approximate=True)),
        ("ca. 10 til ca. 12", Numbers(10, 12, approximate=True)),
        ("10.000-12.000", Numbers(10_000, 12_000, approximate=False)),
        ("500-1.000", Numbers(500, 1_000, approximate=False)),
        ("0-1000000", Numbers(0, 1_000_000, approximate=False)),
        ("mindst ca. 30", Numbers(30, None, approximate=True)),
        ("op til ca. 30", Numbers(0, 30, approximate=True)),
        ("op til 20-30", Numbers(0, 30, approximate=False)),
        ("30 – mest børn", Numbers(30, 30, approximate=False)),
    ],
)
def test_other_shapes(text: str, numbers: Numbers) -> None:
    assert numbers in readings(text)


@pytest.mark.parametrize(("text", "value"), AT_LEAST.items())
def test_at_least(text: str, value: int) -> None:
    assert Numbers(value, None, approximate=False) in readings(text)


@pytest.mark.parametrize("text", AT_MOST)
def test_at_most(text: str) -> None:
    assert Numbers(0, 20, approximate=False) in readings(text)


@pytest.mark.parametrize("text", NO_COUNT)
def test_not_a_count(text: str) -> None:
    assert not readings(text)


def test_the_bounds_are_the_callers() -> None:
    assert not readings("31", most=30)
    assert not readings("over 31", most=30)
    assert Numbers(30, 30, approximate=False) in readings("30", most=30)


@given(st.integers(0, 1_000_000), st.sampled_from(("", ".", ",", " ", "\u00a0", "'")))
def test_every_number_however_grouped(value: int, mark: str) -> None:
    assert Numbers(value, value, approximate=False) in readings(f"{value:,}".replace(",", mark))


@given(st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_ranges_read_back(one: int, other: int) -> None:
    """Unless the ends are the wrong way round or the first may be meant in thousands: then it is asked again."""
    read = readings(f"{one} - {other}")
    assert Numbers(one, other, approximate=False) in read or (not read and other not in range(one, one + 1_000))


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for read in readings(text):
        assert 0 <= read.least <= (1_000_000 if read.most is None else read.most) <= 1_000_000


SOME_WORDS = ("ca.", "mellem", "over", "op til", "til", "og", "to", "in", "do", "10", "12.000", "sto", "-", "+", "ni",
              "hundrede", "tusind", "million", "ti", "twenty", "dusin", "børn", "ikke", "%")  # fmt: skip


@given(st.lists(st.sampled_from(SOME_WORDS)).map(" ".join))
def test_any_heap_of_number_words_can_be_read(text: str) -> None:
    for read in readings(text):
        assert 0 <= read.least <= (1_000_000 if read.most is None else read.most) <= 1_000_000
