"""How many people, in the words of each language, and what is asked about instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.numbers.numbers import People, Who, read_people
from conversations.reading.numbers.phrases import Noun
from conversations.reading.numbers.running import people_in

LANGUAGES = ("da", "sl", "en")

SAID = {
    "da": {
        "halvtreds stykker": "50~", "godt 200": "200~", "små tyve": "20~", "knap 30": "30~", "en 25 stykker": "25~",
        "nogle og tyve": "20-29~", "et par hundrede": "200~", "fem-og-tyve": "25", "ethundredeogfem": "105", "ni": "9",
        "hver gang kommer der 8-10": "8-10 each_time", "mindst 20 pr gang": "20- each_time",
        "20 til hver gang": "20 each_time",
        "5 mødre og 7 børn": "12", "to pensionister og en gymnasieelev": "3", "13 (8 kvinder, 5 mænd)": "13",
        "10, nogle gange 15": "10-15", "25 (heraf 10 børn)": "25", "30 børn i alderen 6-10 år": "30",
        "12 gange med 20 deltagere": "20", "op til 15": "0-15",
        "i alt 42: 30 børn og 12 voksne": "42 in_all", "aldrig over 10": "0-10", "mindst 10 og højst 15": "10-15",
        "max 20 pga pladsen": "0-20",
    },
    "sl": {
        "kakih 25": "25~", "slabih dvajset": "20~", "dobrih 100 ljudi": "100~", "ene 15": "15~", "ducat": "12",
        "od osmih do desetih": "8-10", "med 10 in 15": "10-15", "do 25": "0-25", "vsaj trije": "3-",
        "tristo petdeset": "350",
        "stopetdeset": "150", "dvaintrideset": "32", "po 12 na srečanje": "12 each_time", "skupaj 240": "240 in_all",
        "10 žensk in 3 moški": "13", "dve upokojenki pa en dijak": "3", "dva študenta in upokojenka": "3",
        "15, včasih 20": "15-20", "ni": "0", "ni prostovoljcev": "0", "ni jih bilo": "0", "nimamo nobenega": "0",
        "malo čez 30": "30~", "nekje 20-25 vsakič": "20-25 each_time", "pribl. 45": "45~",
        "po dvajset na vsako delavnico": "20 each_time",
    },
    "en": {
        "two dozen kids": "24", "half a dozen": "6", "a score": "20", "thirtyish": "30~", "20-ish": "20~",
        "a couple": "2~",
        "two to three dozen": "24-36", "just over 60 in total": "60~ in_all", "nearly two hundred": "200~",
        "between eight and ten a week": "8-10 each_time", "two pensioners and a student": "3",
        "8, sometimes 12": "8-12",
        "30 people, 12 of them children": "30", "never more than 10": "0-10", "one hundred and fifty": "150",
        "5 mums, 5 babies": "10", "8 weekly": "8 each_time", "four from Age UK and two students": "6",
        "we don't have any": "0", "nobody came": "0", "none yet": "0", "40 or so": "40~",
        "children aged 3-6, around 20": "20~", "max. 15": "0-15", "1,200 visitors": "1200",
    },
}  # fmt: skip


def spelled(people: People | None) -> str:
    """`people` as the tables have it: 8-10~ each_time."""
    if people is None or people.numbers is None:
        return ""
    numbers = people.numbers
    ends = (
        f"{numbers.least}"
        if numbers.least == numbers.most
        else f"{numbers.least}-{'' if numbers.most is None else numbers.most}"
    )
    return f"{ends}{'~' if numbers.approximate else ''}{f' {people.counted}' if people.counted else ''}"


@pytest.mark.parametrize(
    ("language", "text", "said"), [(each, text, said) for each, texts in SAID.items() for text, said in texts.items()]
)
def test_numbers_in_each_language(language: str, text: str, said: str) -> None:
    assert spelled(read_people(text, language)) == said


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("da", "12 familier", Noun.HOUSEHOLDS), ("sl", "7 družin", Noun.HOUSEHOLDS),
        ("en", "20 families", Noun.HOUSEHOLDS),
        ("da", "6 årige", Noun.AGES), ("sl", "stari od 6 do 10 let", Noun.AGES), ("en", "ages 3 to 6", Noun.AGES),
        ("da", "0.-3. klasse", Noun.AGES), ("en", "people over 65", Noun.AGES),
        ("da", "12 gange", Noun.TIMES), ("sl", "8 delavnic", Noun.TIMES), ("en", "6 sessions", Noun.TIMES),
        ("da", "500 kr", Noun.THINGS), ("sl", "300 knjig", Noun.THINGS), ("en", "$500", Noun.THINGS),
    ],
)  # fmt: skip
def test_what_is_no_number_of_people_is_asked_about(language: str, text: str, counts: Noun) -> None:
    assert read_people(text, language) == People(counts=counts)


@pytest.mark.parametrize(
    ("language", "text", "near"),
    [
        ("da", "10 pr gang, 120 i alt", ["10 each_time", "120 in_all"]),
        ("sl", "letos 45, lani 38", ["45", "38"]),
        ("en", "35 signed up, 28 came", ["35", "28", "63"]),
        ("da", "3 hold med 12 på hver", ["36", "12"]),
        ("da", "15 par", ["30"]),
        ("en", "only me", ["1", "0"]),
        ("en", "15 women and their children", ["15"]),
        ("da", "10-12.000", ["10000-12000", "10-12000"]),
    ],
)
def test_one_of_several_numbers_is_offered(language: str, text: str, near: list[str]) -> None:
    read = read_people(text, language)
    assert read is not None
    assert read.numbers is None
    assert [spelled(each) for each in read.near] == near


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("only staff", "volunteers", "0"),
        ("2 librarians and 3 volunteers", "volunteers", "3"),
        ("20 children and 3 volunteers", "participants", "20"),
    ],
)
def test_volunteers_are_not_participants(text: str, who: Who, said: str) -> None:
    assert spelled(read_people(text, "en", who)) == said


@pytest.mark.parametrize(
    ("language", "text"),
    [("da", "mange"), ("da", "ingen tal"), ("sl", "kar veliko"), ("sl", "ni podatka"), ("sl", "ti so redni"),
     ("sl", "to je težko"), ("en", "hundreds"), ("en", "nobody counted"), ("en", "a lot"), ("en", "the whole village"),
     ("en", "from 2019 to 2023"), ("sl", "od 2019 do 2023")],
)  # fmt: skip
def test_what_says_no_number(language: str, text: str) -> None:
    assert read_people(text, language) is None


RUNNING = {
    ("da", "Der kommer omkring 20 hver gang, og 6 frivillige fra Røde Kors hjælper."): ["20~ each_time", "v6"],
    ("da", "Lektiecafé for 4.-9. klasse. 8 gange om foråret, ca. 35 par og 9 kommuner."): [],
    ("da", "I alt 180 deltagere i 2025."): ["180 in_all"],
    ("da", "Et par ord om Ungeværkstedet. 9 med. Kl. 17 med Røde Kors."): ["9"],
    ("da", "I foråret 2026 læste fædre højt. 40 var med i alt."): ["40 in_all"],
    ("sl", "Pet prostovoljk, 22 starejših. Prostovoljcev nimamo od leta 2018."): ["v5", "22", "v0"],
    ("sl", "Pridejo tujci, nekje 20-25 vsakič. Dobili smo 300 knjig za otroke."): ["20-25 each_time"],
    ("sl", "Pomagajo 3 študenti. Pomagajo 20 otrokom, pride okoli 10 jih vsakič."): ["v3", "10~ each_time"],
    ("sl", "Prišlo je skupno 90 obiskovalcev, na osmih obiskih."): ["90 in_all"],
    ("sl", "Nekje 6 do 10 ljudi vsakič, pomagajo trije prostovoljci."): ["6-10 each_time", "v3"],
    ("en", "No volunteers. About 25 people come each time; it is for children aged 3 to 6."): ["v0", "25~ each_time"],
    ("sl", "Pomagalo je 6 dijakov, vodili sta jih dve upokojenki, vključenih je bilo 20 otrok."): ["v6", "v2", "20"],
    ("en", "From 2019 to 2023 people met every week."): [],
    ("en", "Running since 2021. 4 volunteers, two schools and 600 books."): ["v4"],
    ("en", "The evenings run every second Tuesday. 10-15 women come."): ["10-15"],
    ("en", "It was once a week, and 34 people took part in all."): ["34 in_all"],
    ("en", "Ten regulars and three volunteers."): ["10", "v3"],
    ("en", "Each Saturday in 2025, about 30 in all."): ["30~ in_all"],
    ("en", "Around 15 of them each time."): ["15~ each_time"],
    ("sl", "Hodi jih od 6 do 9."): ["6-9"],
    ("sl", "Udeleženk je bilo 14, končali smo junija."): ["14"],
    ("sl", "Stalnih gostov je 8 do 10."): ["8-10"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said"), [(*key, said) for key, said in RUNNING.items()])
def test_numbers_inside_a_text(language: str, text: str, said: list[str]) -> None:
    assert [_spelled(each.value, each.who) for each in people_in(text, language)] == said


def _spelled(value: dict[str, int | str | bool | None], who: Who) -> str:
    least, most = value["least"], value["most"]
    ends = f"{least}" if least == most else f"{least}-{most}"
    counted = f" {value['counted']}" if value["counted"] else ""
    return f"{'v' if who == 'volunteers' else ''}{ends}{'~' if value['approximate'] else ''}{counted}"


def test_the_place_of_a_number_is_told() -> None:
    text = "Hej!\nDer kom 400 børn forbi."
    (found,) = people_in(text, "da")
    assert text[found.start : found.end] == "400 børn"


WORDS = ("30", "12.000", "-", "til", "og", "in", "do", "med", "en", "ni", "to", "dozen", "hundrede", "sto", "pr", ".",
         ",",
         "gang", "børn", "let", "familier", "heraf", "nogle", "half", "a", "%", "frivillige", "no", "ingen",
         "år")  # fmt: skip


@given(st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text: str, language: str) -> None:
    for who in ("participants", "volunteers"):
        read = read_people(text, language, who)
        for each in [read, *(read.near if read else ())]:
            if each and each.numbers:
                assert (
                    0 <= each.numbers.least <= (each.numbers.least if each.numbers.most is None else each.numbers.most)
                )
    assert all(0 <= found.start < found.end <= len(text) for found in people_in(text, language))
