"""Several offers in one message."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.story.lists import LONGEST_TITLE, Offer, read_offers
from conversations.reading.text import clean_text
from tests.conversations.dialogue import REGISTERS

SIXTEEN = Path(__file__).with_name("sixteen_offers.txt").read_text(encoding="utf-8")
LIBRARIES = """Sodelujoče knjižnice:

Knjižnica Franceta Balantiča Kamnik : Učenje slovenskega jezika za tujce
Knjižnica Brežice: Migam [email protected] računalnikom
Splošna knjižnica Ljutomer: Medgeneracijsko branje v Domu starejših občanov Ljutomer
Mestna knjižnica Ljubljana: Karierni coaching kot metoda dela z brezposelnimi vseh starosti
Knjižnica Mirana Jarca Novo mesto: Pomoč romskim otrokom pri branju in razumevanju slovenskega jezika
Knjižnica Antona Tomaža Linharta Radovljica: Zmoremo – čez ovire do oviranih

Skupni video Knjižnice povezujejo"""


def titles(text: str) -> list[str]:
    return [offer.title for offer in read_offers(text, REGISTERS)]


def test_the_sixteen_offers_of_spring_2020() -> None:
    offers = read_offers(SIXTEEN, REGISTERS)
    assert [offer.title for offer in offers] == [
        "Biblioteket Kommer",
        "Udlån af depoter",
        "Formidling på plejehjem i karantænetider",
        "Smittefare",
        "Digitale tilbud for ældre og svage",
        "Telefonisk kontakt",
        "Snak sammen online",
        "Samtalekasser",
        "Online arrangementer",
        "Bogpakke i udsatte områder",
        "Læsesale",
        "Digital Læsekreds for ensomme ældre",
        "Lektiehjælp",
        "Non-readers i biblioteksrummet",
        "Åbne biblioteket for udvalgte besøg",
        "Sende biblioteket på bogtur i lokalområdet",
    ]
    assert all(offer.summary for offer in offers)
    assert offers[3].summary == "Viden om smittefare ved materialer og materialehåndtering skal afdækkes"
    assert offers[12].summary.count("\n") == 1
    assert offers[15].summary.endswith("som led i en aktiv og kombineret kultur- og socialindsats.")


def test_what_follows_the_list_is_not_part_of_it() -> None:
    assert read_offers(f"{SIXTEEN}\n\nKommentarer\n\nPopulære indlæg", REGISTERS) == read_offers(SIXTEEN, REGISTERS)
    assert read_offers(f"Vi har meget i gang:\n\n{SIXTEEN}", REGISTERS) == read_offers(SIXTEEN, REGISTERS)
    assert read_offers(clean_text(SIXTEEN), REGISTERS) == read_offers(SIXTEEN, REGISTERS)


def test_lines_of_libraries() -> None:
    assert read_offers(LIBRARIES, REGISTERS) == (
        Offer("Učenje slovenskega jezika za tujce", "", "Knjižnica Franceta Balantiča Kamnik"),
        Offer("Migam [email protected] računalnikom", "", "Knjižnica Brežice"),
        Offer("Medgeneracijsko branje v Domu starejših občanov Ljutomer", "", "Splošna knjižnica Ljutomer"),
        Offer("Karierni coaching kot metoda dela z brezposelnimi vseh starosti", "", "Mestna knjižnica Ljubljana"),
        Offer(
            "Pomoč romskim otrokom pri branju in razumevanju slovenskega jezika",
            "",
            "Knjižnica Mirana Jarca Novo mesto",
        ),
        Offer("Zmoremo – čez ovire do oviranih", "", "Knjižnica Antona Tomaža Linharta Radovljica"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "• Sprogcafé\n• Lektiehjælp",
        " • Sprogcafé\n • Lektiehjælp",
        "- Sprogcafé\n- Lektiehjælp",
        "– Sprogcafé\n– Lektiehjælp",
        "-Sprogcafé\n-Lektiehjælp",
        "* Sprogcafé\n* Lektiehjælp",
        "1. Sprogcafé\n2. Lektiehjælp",
        "1) Sprogcafé\n2) Lektiehjælp",
        "1️⃣ Sprogcafé\n2️⃣ Lektiehjælp",
        "📚 Sprogcafé\n📚 Lektiehjælp",
        "✅ Sprogcafé\n✅ Lektiehjælp",
        "➡️ Sprogcafé\n➡️ Lektiehjælp",
        "Vi har to tilbud:\n\n- Sprogcafé\n\n- Lektiehjælp\n\nVenlig hilsen",
        "- Sprogcafé;\n- ”Lektiehjælp”",
        "• **Sprogcafé**\n• **Lektiehjælp**",
        "• Sprogcafé\n• 12\n• Lektiehjælp\n• www.bib.dk\n• anna@bib.dk",
    ],
)
def test_marks(text: str) -> None:
    assert titles(text) == ["Sprogcafé", "Lektiehjælp"]


def test_the_lines_of_an_item_are_its_summary() -> None:
    assert read_offers(
        "1. Sprogcafé\nHver onsdag.\nMed frivillige.\n\n2. Lektiehjælp\n\nHver tirsdag.\n\n3. Job", REGISTERS
    ) == (
        Offer("Sprogcafé", "Hver onsdag.\nMed frivillige."),
        Offer("Lektiehjælp", "Hver tirsdag."),
        Offer("Job", ""),
    )


def test_a_list_within_an_item_stays_there() -> None:
    assert read_offers("• Sprogcafé\n  - for nye\n  - for øvede\n• Lektiehjælp", REGISTERS) == (
        Offer("Sprogcafé", "for nye\nfor øvede"),
        Offer("Lektiehjælp", ""),
    )
    assert titles("Vi har:\n- Sprogcafé\n    - for nye\n    - for øvede\n- Lektiehjælp") == ["Sprogcafé", "Lektiehjælp"]


def test_a_name_and_its_explanation_on_one_line() -> None:
    text = "- Lektiehjælp: frivillige hjælper børn hver tirsdag\n- Bralni klub – redna srečanja vsako sredo popoldne"
    assert read_offers(text, REGISTERS) == (
        Offer("Lektiehjælp", "frivillige hjælper børn hver tirsdag"),
        Offer("Bralni klub", "redna srečanja vsako sredo popoldne"),
    )


def test_a_colon_in_a_name_stays() -> None:
    assert titles("- Jezik: moj, tvoj, naš\n- Simbioz@") == ["Jezik: moj, tvoj, naš", "Simbioz@"]


def test_a_long_line_is_cut_for_the_title_and_kept_for_the_summary() -> None:
    long = (
        "Vi hjælper børn og unge i udsatte boligområder med lektier og læsning hver dag efter skole og i ferierne " * 2
    )
    offers = read_offers(f"• {long}\n• Sprogcafé. {long}", REGISTERS)
    assert offers[0].title.endswith("…")
    assert len(offers[0].title) <= LONGEST_TITLE
    assert offers[0].summary == long.strip()
    assert offers[1] == Offer("Sprogcafé", long.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vi har en sprogcafé hver onsdag. Der kommer 10-12 hver gang.",
        "• Sprogcafé",
        "- Sprogcafé for alle",
        "– Hvad laver I?\n– Vi læser sammen.",
        "– Kdaj pridete?\n– Jutri!",
        "– Jeg kom for at lære dansk.\n– Og jeg for at møde nogen.",
        "Hovedbiblioteket\nTorvet 12\n8000 Aarhus C",
        "Knjižnica Kamnik\nLjubljanska 1\n1241 Kamnik",
        "3. marts begyndte vi.\n5. marts kom de første.",
        "2. Sprogcafé\n4. Lektiehjælp",
        "Tid: onsdag kl. 14\nSted: biblioteket",
        "Knjižnica Brežice: Migam",
        "Vi er glade 😊\nTak 🙏",
        "😊 Hej\n🙏 Tak",
        "-5\n-7",
        "• 1\n• 2",
        "• en\n• sl",
        "en – to\ntre – fire",
    ],
)
def test_what_is_no_list(text: str) -> None:
    assert read_offers(text, REGISTERS) == ()


SOME_LINES = ("• A offer", "- Sprogcafé", "– Ja.", "1. Et", "2. To", "", "  indrykket", "tekst", "📚 Bog", "📚 Læs",
              "•", "- ", "x" * 200, "Knjižnica A: Branje", "1️⃣ En")  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(SOME_LINES)).map("\n".join))
def test_any_text_can_be_read(text: str) -> None:
    offers = read_offers(text, REGISTERS)
    assert len(offers) != 1
    for offer in offers:
        assert 3 <= len(offer.title) <= LONGEST_TITLE
        assert "\n" not in offer.title + offer.library
        assert offer.summary == clean_text(offer.summary)


names = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåčšž", min_size=1, max_size=40).map("Café {}".format)


@given(st.lists(names, min_size=2, max_size=8), st.sampled_from(("• ", "- ", "* ")))
def test_every_list_reads_back(wanted: list[str], mark: str) -> None:
    assert titles("\n".join(mark + name for name in wanted)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a) jobcafé\nb) danskkursus\nc) ordblindecafé", ["jobcafé", "danskkursus", "ordblindecafé"]),
        ("i) læseklub\nii) debataftener\niii) bogkasser", ["læseklub", "debataftener", "bogkasser"]),
        ("a) job club b) repair café c) poetry evenings", ["job club", "repair café", "poetry evenings"]),
        ("☕ Snak dansk\n📖 Læs med en hund\n💻 Nørklecafé", ["Snak dansk", "Læs med en hund", "Nørklecafé"]),
        ("Bralni klub za moške\nČajanka za osamljene\nTečaj za babice\nLp, Tanja",
         ["Bralni klub za moške", "Čajanka za osamljene", "Tečaj za babice"]),
        ("Vi har disse tilbud: sprogcafé, lektiecafé og bogbus. Hilsen Per", ["sprogcafé", "lektiecafé", "bogbus"]),
        ("Først har vi mandeklubben, som mødes hver onsdag. Dernæst er der lektiehjælpen.",
         ["mandeklubben", "lektiehjælpen"]),
        ("Prvič, jezikovna kavarna ob sredah. Drugič, bralni klub.", ["jezikovna kavarna ob sredah", "bralni klub"]),
        ("Firstly we run a sewing group. And finally we have a book box.", ["sewing group", "book box"]),
        ("Vi har:\n\nSprogcafé\nHver tirsdag. 20 deltagere.\n\nBogbus\nFor 5.-9. klasse.", ["Sprogcafé", "Bogbus"]),
        ("1/ sprogcafé 2/ lektiecafé 3/ bogbus", ["sprogcafé", "lektiecafé", "bogbus"]),
        ("Hos os har vi en sprogcafé, en læseklub for mænd og en it-café.",
         ["sprogcafé", "læseklub for mænd", "it-café"]),
        ("Den ene er sprogcafé om mandagen. Den anden er højtlæsning i børnehaverne.",
         ["sprogcafé om mandagen", "højtlæsning i børnehaverne"]),
        ("Lektiecafé: for 5.-9. klasse, sammen med skolen.\nBogen Kommer: til dem, der ikke kan gå.",
         ["Lektiecafé", "Bogen Kommer"]),
        ("1. Sprogcafé\n2. Lektiehjælp\n\n4. Bogbus", ["Sprogcafé", "Lektiehjælp", "Bogbus"]),
        ("Læs løs – læseklub for ordblinde, 10 deltagere.\nNyt netværk – mentorordning siden 2020.",
         ["Læs løs", "Nyt netværk"]),
        ("To ting fra os: en ukrainsk bogsamling og en familiecafé om søndagen.",
         ["ukrainsk bogsamling", "familiecafé om søndagen"]),
        ("Tako jezikovna kavarna kot bralni klub.", ["jezikovna kavarna", "bralni klub"]),
        ("✅ Sprogcafé ✅ Lektiehjælp ✅ Læseklub 🚌", ["Sprogcafé", "Lektiehjælp", "Læseklub"]),
        ("1/ Sprogcafé 2/ Lektiehjælp 3/ Læseklub", ["Sprogcafé", "Lektiehjælp", "Læseklub"]),
        ("• Kuhinja sveta – enkrat na mesec\n• Bralni pari → od 2020", ["Kuhinja sveta", "Bralni pari"]),
        ("lektiecafe; sprogcafe; it cafe; bibliotek på hjul",
         ["lektiecafe", "sprogcafe", "it cafe", "bibliotek på hjul"]),
        (("Branje ob kavi\nVsak četrtek se dobi 12 starejših.\n\nPrva knjiga\nOtrok dobi knjigo.\n\n"
         "Tablica za babico\nMladi učijo starejše."), ["Branje ob kavi", "Prva knjiga", "Tablica za babico"]),
        ("1. Mothers’ hour – meetings of young mothers\n2. Travelling trunk – books for villages\n3. Film evenings",
         ["Mothers’ hour", "Travelling trunk", "Film evenings"]),
        ("Hos os er der hver uge lektiehjælp, babysang, brætspilscafé og dansktræning.",
         ["lektiehjælp", "babysang", "brætspilscafé", "dansktræning"]),
        ("Tilbud A: Snak og strik\nTilbud B: Digitale dage\nTilbud C: Bog på recept",
         ["Snak og strik", "Digitale dage", "Bog på recept"]),
        ("We would like to report:\n- Online book club\n- Coffee and crime\n- First words for toddlers",
         ["Online book club", "Coffee and crime", "First words for toddlers"]),
        ("Først har vi vores mandeklub. Desuden kører vi en lektiecafé for 6.-9. klasse.",
         ["mandeklub", "lektiecafé for 6.-9. klasse"]),
        ("Naše dejavnosti so: Branje v vrtcu, Knjižni stroj, Poletni bralci in Gledališki dnevi.",
         ["Branje v vrtcu", "Knjižni stroj", "Poletni bralci", "Gledališki dnevi"]),
        ("1 - Sprogcafé\n2 - Bogbus\n3 - Digital hjælp", ["Sprogcafé", "Bogbus", "Digital hjælp"]),
        ("Knjižnica ima klub za dekleta, branje s psom ob sobotah in pomoč pri e-upravi.",
         ["klub za dekleta", "branje s psom ob sobotah", "pomoč pri e-upravi"]),
        ("Imamo dve stvari. Jezikovno kavarno za ženske. In bralno skupino za dislektike.",
         ["Jezikovno kavarno za ženske", "bralno skupino za dislektike"]),
        ("- Strikkecafé – alle er velkomne\n- Læseven (hver tirsdag)", ["Strikkecafé", "Læseven"]),
    ],
)  # fmt: skip
def test_styles(text: str, wanted: list[str]) -> None:
    assert titles(text) == wanted


def test_a_heading_is_the_library_of_what_stands_under_it() -> None:
    text = "Thisted:\n- sprogcafé\n- lektiecafé\nKnjižnica Metlika:\n- bralni klub"
    assert [(offer.title, offer.library) for offer in read_offers(text, REGISTERS)] == [
        ("sprogcafé", "Biblioteket i Thy"),
        ("lektiecafé", "Biblioteket i Thy"),
        ("bralni klub", "Ljudska knjižnica Metlika"),
    ]


def test_lines_and_parts_of_towns() -> None:
    for text in (
        "Celje: knjiga na dom; Velenje: bralni klub",
        "V Celju imamo knjigo na dom, v Velenju pa bralni klub.",
    ):
        assert [offer.library for offer in read_offers(text, REGISTERS)][:2] == [
            "Osrednja knjižnica Celje",
            "Knjižnica Velenje",
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Jezikovna kavarna\n- kdaj: ob torkih\n- za koga: priseljenci\n- partner: CSD Koper",
        "Digital Drop-in\n- every Tuesday 10-12\n- for people over 60\n- with 3 volunteers\n- since 2022",
        "Demokratidag den 5. juni\n10.00 Velkomst\n10.30 Debat\n13.00 Workshop for unge",
        "Mål for læsekredsen:\n1. flere skal læse\n2. færre skal være ensomme",
        "Partnerji projekta:\n• CSD Celje\n• Rdeči križ\n• OŠ Lava",
        "Vores sprogcafé består af tre dele:\n1. Kaffe og snak\n2. Øvelser to og to\n3. Sang",
        "Najprej preberemo zgodbo, nato se pogovorimo in na koncu spijemo čaj.",
        "Sprogcafé i Vejle med kaffe, kage og snak, hver tirsdag og torsdag",
        "Sprogcafé hver mandag, onsdag og fredag kl. 15",
        "Læsegruppe for kvinder\nMål:\n- mere dansk\n- nye venner\nStart: februar 2027",
        "1. Welcome\n2. Coffee\n3. Reading aloud\n4. Discussion",
        "Language café for women. We meet on Mondays, drink tea and speak Danish. We also sing now and then.",
    ],
)
def test_one_initiative_is_never_split(text: str) -> None:
    assert read_offers(text, REGISTERS) == ()
