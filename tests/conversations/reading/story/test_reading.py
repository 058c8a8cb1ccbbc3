"""Reading a told message."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.story.reading import read_story
from conversations.reading.story.story import Partner
from conversations.reading.text import clean_text
from tests.conversations.dialogue import REGISTERS

TODAY = date(2026, 11, 30)
VEJLE = "Vi har en sprogcafé på Vejle Bibliotek hver tirsdag, sammen med Røde Kors. Den er for flygtninge. Mvh Karen"
KOLDING = "Our homework club for teenagers meets every Monday at Kolding library. The Red Cross helps us."
JESENICE = "V knjižnici na Jesenicah vsako sredo pripravljamo jezikovno kavarno za priseljence. Sodeluje CSD Jesenice."


def answers(text: str, language: str = "da") -> dict[str, Any]:
    return read_story(text, language, TODAY, REGISTERS).answers()


def partners(text: str, language: str = "da") -> list[Partner]:
    found = read_story(text, language, TODAY, REGISTERS).partners
    return list(found.value) if found else []


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Herning Gymnasium, Social- og Sundhedsskolen og Herning Folkeblad var med.", "da",
         ["Herning Gymnasium", "Social- og Sundhedsskolen", "Herning Folkeblad"]),
        ("Det er et samarbejde mellem biblioteket, Røde Kors og Holbæk Skole.", "da", ["Røde Kors", "Holbæk Skole"]),
        ("5 frivillige fra Coding Pirates underviste.", "da", ["Coding Pirates"]),
        ("Foreningen Nydansker, Ishøj Kirke og os på Ishøj Bibliotek.", "da", ["Foreningen Nydansker", "Ishøj Kirke"]),
        ("Zraven sta bila Vrtec Litija in Župnijska Karitas Krim.", "sl", ["Vrtec Litija", "Župnijska Karitas Krim"]),
        ("Delamo v sodelovanju z Andragoškim zavodom Maribor in društvom Odnos.", "sl",
         ["Andragoški zavod Maribor", "društvo Odnos"]),
        ("It is done jointly by the library, Red Cross and Ljudska univerza Kočevje.", "en",
         ["Red Cross", "Ljudska univerza Kočevje"]),
        ("The prison chaplain was with us every time.", "en", []),
        ("We run it together with the care home Vesterled.", "en", ["Vesterled"]),
        ("Partner: društvo Romski svet.", "sl", ["društvo Romski svet"]),
        ("Začelo se je leta 2019. Partner je Dom starejših občanov Ajdovščina.", "sl",
         ["Dom starejših občanov Ajdovščina"]),
        ("Pri nas v Litiji se učimo. dogovarjamo se z oš litija", "sl", ["oš litija"]),
        ("Der kommer 15 kvinder, mange af dem fra Syrien, og fængselspræsten er med.", "da", []),
        ("Seniorer lærer om MitID. Lavet med Ældre Sagen og virksomheden Nordlys.", "da", ["Ældre Sagen", "Nordlys"]),
        ("Sodelovanje s šolo. Partner je OŠ Polhov Gradec.", "sl", ["OŠ Polhov Gradec"]),
        ("Partner: Knjižnica Miklova hiša. Pišem iz Knjižnice Kočevje.", "sl", ["Knjižnica Miklova hiša"]),
        ("Vi læste sammen med beboerne på plejehjemmet Enghaven hver uge.", "da", []),
    ],
)  # fmt: skip
def test_who_is_with_them(text: str, language: str, wanted: list[str]) -> None:
    assert [partner.name for partner in partners(text, language)] == wanted


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Jobcenteret stod for oplægget.", "da", "job_centre"),
        ("Det er sammen med jobcentret.", "da", "job_centre"),
        ("Vores læsesal. Vejle Bibliotek + gymnasiet", "da", "school"),
        ("Andre biblioteker er med.", "da", "other_library"),
        ("Začelo se je leta 2019. Sodelujejo vrtci.", "sl", "kindergarten"),
        ("Sodelujemo z zdravstvenim domom.", "sl", "health_service"),
        ("It is on Tuesdays, together with the job centre, and began in 2025.", "en", "job_centre"),
        ("From October to April in Vejle, with the care home.", "en", "care_home"),
        ("Taught by the adult education centre.", "en", "adult_education"),
        ("We worked with 4 schools.", "en", "school"),
        ("Book boxes for inmates. Vejle library and the prison.", "en", "prison"),
        ("Tečaj vodimo skupaj z Zavodom za zaposlovanje.", "sl", "job_centre"),
        ("Sodelujemo s CSD.", "sl", "social_work"),
        ("Zraven je tudi društvo mladih.", "sl", "association"),
        ("Finske og islandske biblioteker er med.", "da", "other_library"),
        ("Babycafé hver onsdag, og sundhedsplejersken er med.", "da", "health_service"),
        ("A debate in May. The local radio was partner.", "en", "media"),
        ("For all pupils, with the schools in the municipality.", "en", "school"),
        ("Vi taler med tre skoler om det.", "da", "school"),
    ],
)
def test_a_partner_of_which_only_the_kind_is_said(text: str, language: str, kind: str) -> None:
    assert partners(text, language) == [Partner(None, kind)]


def test_the_whole_name_of_the_library_holds_no_partner() -> None:
    assert partners("Online læsekreds hver måned. Ringsted Bibliotek & Borgerservice.") == []


def test_a_word_in_passing_is_no_theme_group_or_frequency() -> None:
    found = answers("Vi har en læsekreds. Man booker tid, og to bibliotekarer følger folk til sprogskolen.")
    assert found["themes"] == ["reading_group"]
    assert "target_groups" not in found
    assert "frequency" not in found


@pytest.mark.parametrize(
    ("text", "language", "themes"),
    [
        ("Praktikpladser på biblioteket for ledige.", "da", ["internships_jobs"]),
        ("Vi læser noveller i vores læsekreds på torvet.", "da", ["reading_group"]),
        ("Bogbussen kører til Jelling. Vi har bøger med på arabisk.", "da", ["outreach", "multilingual_collection"]),
        ("Kampagnen løb i juni, og 300 børn fik lektiehjælp.", "da", ["homework_help"]),
        ("Bralni klub za starejše v domu starejših občanov.", "sl", ["reading_group"]),
        ("Dvojezična polica: italijanske slikanice za otroke.", "sl", ["multilingual_collection"]),
        ("Network for children's librarians. We meet once a month and share ideas.", "en", ["staff_network"]),
        ("A reading circle for deaf people.", "en", ["reading_group"]),
        ("We drive the book bus out to the villages.", "en", ["outreach"]),
        ("Digital inclusion for girls.", "en", ["digital_inclusion"]),
        ("Pogovor z županom o demokraciji.", "sl", ["democracy_citizenship"]),
        ("Læsekreds for pensionister.", "da", ["reading_group"]),
    ],
)
def test_a_theme_is_what_is_done_and_not_for_whom_or_where(text: str, language: str, themes: list[str]) -> None:
    assert answers(text, language)["themes"] == themes


@pytest.mark.parametrize(
    ("text", "language", "groups"),
    [
        ("Suppe & Snak er for hjemløse.", "da", ["homeless_people"]),
        ("Den frivillige er blevet hjemløs. Vi læser.", "da", None),
        ("Against loneliness: we visit nursing home residents.", "en", ["nursing_home_residents"]),
        ("Netværk for bibliotekarer der arbejder med tosprogede børn.", "da", ["staff"]),
        ("Værksted for børn. 9 børn og 9 voksne.", "da", ["children"]),
        ("Sang for småbørnsfamilier. 20 børn og voksne hver gang.", "da", ["families", "children"]),
        ("All families with newborn babies get a book.", "en", ["families"]),
        ("Za družine z dojenčki.", "sl", ["families"]),
        ("Učna pomoč za otroke iz priseljenskih družin.", "sl", ["immigrants", "children"]),
        ("A café for women. It is against loneliness.", "en", ["women"]),
        ("Homework club for kids with 4 volunteers, most of them retired teachers.", "en", ["children"]),
    ],
)
def test_whom_it_is_for(text: str, language: str, groups: list[str] | None) -> None:
    assert answers(text, language).get("target_groups") == groups


@pytest.mark.parametrize(
    ("text", "language", "frequency"),
    [
        ("Kvindernes Lørdag: en sprogcafé, der mødes første lørdag i måneden.", "da", "monthly"),
        ("It-hjælp otte fredage i foråret 2026.", "da", "series"),
        ("Job workshop at the library every Thursday.", "en", "weekly"),
        ("The shelf is open day and night. We fill it up once a week.", "en", "always"),
        ("Bilo nas je 10-12 na srečanje, vsaka dva tedna.", "sl", "biweekly"),
    ],
)
def test_how_often_is_what_is_said_outright(text: str, language: str, frequency: str) -> None:
    assert answers(text, language)["frequency"] == frequency


def test_that_it_has_no_end_is_read() -> None:
    assert answers("We deliver books home, and it's permanent.", "en")["period_end"] == "permanent"


def test_one_bad_address_does_not_lose_the_others() -> None:
    assert answers("Læs https://bib.dk/cafe eller ftp://bib.dk/fil")["link"] == ["https://bib.dk/cafe"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Vi læser højt på Plejecenter Skovhuset.", "Plejecenter Skovhuset"),
        ("Babysang på Tingbjerg Bibliotek hver torsdag.", "Tingbjerg Bibliotek"),
        ("Vi læser højt på plejehjemmet.", None),
        ("Hvidovre Bibliotek har en strikkeklub for kvinder, der bor i Avedøre.", None),
        ("Jeg er fra Skælskør. Vi vil gerne lave en debataften.", None),
        ("Vores læseklub er i Vamdrup og Lunderskov. Kolding Bibliotek", None),
        ("Vi læser højt i Nr. Nebel. Varde Bibliotek", "Nr. Nebel"),
        ("Sprogcafé hver uge\nSted: Kulturhuset Islev\nRødovre Bibliotek", "Kulturhuset Islev"),
        ("Partnerja sta društvo Ozara in Dom upokojencev Ptuj.", None),
    ],
)
def test_where_it_is(text: str, place: str | None) -> None:
    assert (answers(text).get("location") or {}).get("place") == place


def test_months_joined_by_and_are_a_period() -> None:
    found = answers("Kodeklub for piger hver lørdag i oktober og november 2025, 22 piger var tilmeldt.")
    assert (found["period_start"], found["period_end"]) == ("2025-10", "2025-11")


def test_one_message_fills_in_a_report() -> None:
    story = read_story(VEJLE, "da", TODAY, REGISTERS)
    found = story.answers()
    assert found["library"]["name"] == "Vejle Bibliotekerne"
    assert found["status"] == "running"
    assert found["themes"] == ["language_cafe"]
    assert found["target_groups"] == ["refugees"]
    assert found["frequency"] == "weekly"
    assert found["partners"] == {"types": ["ngo"], "names": ["Røde Kors"]}
    assert story.words("frequency") == ("hver tirsdag",)
    assert story.words("partners") == ("Røde Kors",)
    assert story.words("themes") == ("sprogcafé",)


def test_it_is_read_in_every_language() -> None:
    english, slovenian = answers(KOLDING, "en"), answers(JESENICE, "sl")
    assert (english["status"], english["frequency"]) == (slovenian["status"], slovenian["frequency"])
    assert english["library"]["name"] == "Koldingbibliotekerne"
    assert slovenian["library"]["name"] == "Občinska knjižnica Jesenice"
    assert english["partners"] == {"types": ["ngo"], "names": ["Red Cross"]}
    assert slovenian["partners"] == {"types": ["social_work"], "names": ["CSD Jesenice"]}


def test_a_library_is_known_by_its_letters() -> None:
    found = answers("MKL ima jezikovno kavarno za tujce.", "sl")
    assert found["library"]["name"] == "Mestna knjižnica Ljubljana"
    assert "location" not in found


@pytest.mark.parametrize(
    ("text", "language", "groups"),
    [
        ("A book club for immigrants, led by two retired teachers.", "en", ["immigrants"]),
        ("Læsekreds for flygtninge, ledet af pensionister.", "da", ["refugees"]),
        ("Učna pomoč za dijake, pomagajo študenti.", "sl", ["young_people"]),
        ("Učna pomoč, pomagamo študentom in dijakom.", "sl", ["students", "young_people"]),
    ],
)
def test_those_who_help_are_not_those_it_is_for(text: str, language: str, groups: list[str]) -> None:
    assert answers(text, language)["target_groups"] == groups


def test_a_club_that_is_told_of_is_no_partner_of_itself() -> None:
    told = "Zaposlitveni klub za brezposelne, skupaj z Zavodom za zaposlovanje Kranj. Cikel 6 delavnic."
    found = answers(told, "sl")
    assert found["partners"]["names"] == ["Zavod za zaposlovanje Kranj"]
    assert (found["title"], found["frequency"]) == ("Zaposlitveni klub za brezposelne", "series")


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        ("Vi planlægger en læsekreds for kvinder.", "da", "planned"),
        ("vi holder lige pause med vores højtlæsning", "da", "paused"),
        ("Så sluttede vores forløb for unge.", "da", "finished"),
        ("Sprogcafeen kører stadig hver uge.", "da", "running"),
        ("We'd like to start phone calls to older people.", "en", "planned"),
        ("Končali smo bralne delavnice za mlade.", "sl", "finished"),
        ("Bomo odprli prostor za učenje.", "sl", "planned"),
        ("Tre debataftener i oktober 2025, sammen med skolen.", "da", "finished"),
        ("Sprogcafé siden oktober 2025, sammen med skolen.", "da", "running"),
        ("Book talks in March 2025 for young people.", "en", "finished"),
        ("Vi har fået penge til en læseklub.", "da", "planned"),
        ("Sprogcafé", "da", None),
        ("Poleti 2025 smo brali v parku. Brali smo tudi otrokom.", "sl", "finished"),
        ("Vi holdt en række foredrag om grundloven i 2024.", "da", "finished"),
        ("Fra september 2023 til maj 2024 lavede vi sprogcafé hver uge.", "da", "finished"),
        ("In spring 2025 we ran a weekly chess club.", "en", "finished"),
        ("Sidste år blev vores kor til. Det synger hver tirsdag.", "da", None),
        ("Leta 2023 smo organizirali razstavo o migracijah.", "sl", "finished"),
        ("We have had 60 children since 2024, and we had fun.", "en", "running"),
        ("Vi havde 40 med i 2024, og vi mødes stadig.", "da", "running"),
    ],
)
def test_status(text: str, language: str, status: str | None) -> None:
    assert answers(text, language).get("status") == status


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Foredrag i 2024 med 60 deltagere.", "da"),
        ("Razstava za 65 obiskovalcev.", "sl"),
        ("A talk for 65 people", "en"),
    ],
)
def test_a_number_of_people_is_no_group(text: str, language: str) -> None:
    assert "target_groups" not in answers(text, language)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Projektet ”Bøger uden grænser” er slut.", "Bøger uden grænser"),
        ("📚 LÆSEKLUB FOR MÆND 📚\nDen første torsdag mødes vi på Lemvig Bibliotek.", "Læseklub for mænd"),
        ("Telefončki: prostovoljke pokličejo starejše.", "Telefončki"),
        ("Lani smo izvedli projekt Skupaj za mizo. Kuhali smo.", "Skupaj za mizo"),
        ("Projekt: Naboer i snak\nVi mødes hver uge.", "Naboer i snak"),
        ("Lektiecaféen i Gellerup har haft lukket.", "Lektiecaféen"),
        ("“Grandma, tell me!” Older people and children make a book.", "Grandma, tell me!"),
        ("Højtlæsning for ældre hver fredag. Vi læser noveller.", "Højtlæsning for ældre"),
        ("Lektiecafé om onsdagen. Vi er seks.", "Lektiecafé om onsdagen"),
        ("Vi har haft projekt Ordkraft, som er for ordblinde.", "Ordkraft"),
        ("Vi har en sprogcafé hver tirsdag.", None),
        ("Jeg hedder Anne. Vi vil gerne lave en debataften.", None),
        ("Debat. I november holdt vi tre aftener om klima.", None),
        ("Tilbud til ældre. Vi kører bøger ud.", None),
        ("Jobcafé i Lemvig, torsdage 14-16", None),
        ("Kort fortalt: vi kører ud med bøger.", None),
        ("Kursus i at søge job på dansk, otte aftener i 2026", "Kursus i at søge job på dansk"),
        ("Nyt samarbejde: Røde Kors kører sammen med os ud med bøger.", None),
        ("BogBowling er navnet på vores nye tilbud.", "BogBowling"),
        ("Vi har haft konceptet Bøger og bobler, hvor kvinder mødes.", "Bøger og bobler"),
        ("Læs med Hr. Hund: børn læser højt for hunden Bølle.", "Læs med Hr. Hund"),
        ("Kvinder læser verden – læsekreds for indvandrerkvinder.", "Kvinder læser verden"),
        ("Mandag i Mandehjørnet er en læsekreds for mænd på Ikast Bibliotek.", "Mandag i Mandehjørnet"),
        ("Vores nye tilbud Digi-Doktor hjælper folk med telefonen.", "Digi-Doktor"),
        ("Snakkeklubben på Svendborg Bibliotek er lukket.", "Snakkeklubben"),
        ("Tirsdagsklubben for mænd over 60 mødes hver uge.", "Tirsdagsklubben"),
        ("Dansk for begyndere blev afsluttet i juni.", "Dansk for begyndere"),
        ("Biblioteket Kommer er på pause.", "Biblioteket Kommer"),
        ("Røde Kors er med til det.", None),
        ("Når høsten er i hus, går vi i gang.", None),
        ("Sidste år blev vores kor til.", None),
        ("Afsluttet projekt: ”Ord på vej” 2022-2024.", "Ord på vej"),
        ("På pause indtil videre: IT-hjælp for seniorer i Frederikssund.", "IT-hjælp for seniorer"),
        ("ordblindeklubben, svendborg. børn og forældre mødes.", "ordblindeklubben"),
        ("Vi har startet Strik & Snak på Kolding Bibliotek.", "Strik & Snak"),
        ("Vi har Røde Kors og Ældre Sagen med.", None),
        ("Human library in Celje on 12 May 2026. 85 came.", "Human library"),
        ("En deltager siger: ”Nu tør jeg tale dansk i butikken.”", None),
        ("Karen: ”Nu tør jeg tale dansk.”", None),
        ("Mandehulen er en læseklub for mænd på Kolding Bibliotek.", "Mandehulen"),
        ("Vi åbner Læsefyret, en lektiecafé for børn, til sommer.", "Læsefyret"),
        ("Kolding Bibliotek har startet Bøger på tur: en ladcykel med bøger.", "Bøger på tur"),
        ("Skanderborg library is opening The Lighthouse, a homework club for girls.", "The Lighthouse"),
        ("Der var en dejlig dag i parken den 3. maj: Verden i parken. 200 kom.", "Verden i parken"),
        ("Hør og gæt en lyd. Børn kan ringe og høre.", "Hør og gæt en lyd"),
        ("Beremo z dedkom. Srečanja za otroke in starejše.", "Beremo z dedkom"),
        ("Tak for sidst. Vi har fået 12 nye med.", None),
        ("Ungerådet, Kolding Bibliotek. 24 unge debatterede demokrati.", "Ungerådet"),
        ("Kulturmøde i maj 2024: vi lavede mad fra syv lande.", "Kulturmøde"),
        ("Bøger på farsi, arabisk og ukrainsk. Kan lånes hele året.", "Bøger på farsi, arabisk og ukrainsk"),
        ("Vores læsekreds for mennesker med demens er på pause.", "læsekreds for mennesker med demens"),
        ("Za brezdomce imamo delavnice, to je pomoč pri iskanju službe.", None),
        ("Radi bi vzpostavili pomoč pri e-storitvah: eDavki, eUprava.", None),
        ("Naš projekt Mostovi med generacijami trenutno miruje.", "Mostovi med generacijami"),
        ("Učna pomoč romskim otrokom poteka vsako sredo.", "Učna pomoč romskim otrokom"),
        ("Planned: “Open Doors”, with braille signs. Starts in April 2027.", "Open Doors"),
        ("Godaften. Jeg skriver fra Assens.", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert answers(text).get("title") == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("”Mandehulen” er en læseklub for mænd på Kolding Bibliotek.", "Mandehulen"),
        ("Afsluttet projekt: ”Ord på vej” 2022-2024.", "Ord på vej"),
        ("Hej! Vi har startet Strik & Snak på Kolding Bibliotek.", "Strik & Snak"),
    ],
)
def test_what_is_said_to_be_the_title_is_where_it_stands(text: str, title: str) -> None:
    found = read_story(text, "da", TODAY, REGISTERS).title
    assert found is not None
    assert [text[begins:ends] for begins, ends in found.spans] == [title]


def test_a_group_that_it_is_not_for_and_a_volunteer_who_is_ill_are_no_groups() -> None:
    assert answers("Læsekreds for voksne, ikke for børn.")["target_groups"] == ["adults"]
    assert "target_groups" not in answers("Vi holder pause, fordi den frivillige er syg.")
    assert answers("Alle mænd er velkomne.")["target_groups"] == ["men"]


def test_those_who_help_are_volunteers_and_no_group() -> None:
    found = answers("Lektiecafé for børn hver mandag. Fem studerende hjælper til.")
    assert found["volunteers"] == {"least": 5, "most": 5, "approximate": False}
    assert found["target_groups"] == ["children"]
    assert "participants" not in answers("Vi læser højt i tre børnehaver.")


def test_who_writes_no_capitals_writes_none_in_the_names_of_partners() -> None:
    found = answers("vi kører bøger ud, det bliver sammen med ældresagen")
    assert found["partners"] == {"types": ["ngo"], "names": ["ældresagen"]}


def test_partners_have_names_or_only_kinds() -> None:
    text = "Kulturfest sammen med boligforeningen, Ungdomsskolen og Aarhus Universitet."
    partners = read_story(text, "da", TODAY, REGISTERS).partners
    assert partners is not None
    assert partners.value == (
        Partner(None, "housing_association"),
        Partner("Ungdomsskolen", "school"),
        Partner("Aarhus Universitet", "university"),
    )
    assert answers("Vi har ingen samarbejdspartnere.")["partners"] == {"types": ["none"], "names": []}


def test_the_town_of_a_partner_or_a_care_home_is_not_the_library() -> None:
    assert "library" not in answers("Sodeluje Ljudska univerza Krško.", "sl")
    assert "library" not in answers("Højtlæsning på plejehjemmet i Skagen.")
    assert answers("Højtlæsning på plejehjemmet i Skagen.")["location"]["place"] == "Skagen"


@pytest.mark.parametrize(
    ("text", "language", "library"),
    [
        ("Lektiecafé i Gellerup hver torsdag.", "da", "Aarhus Kommunes Biblioteker"),
        ("Homework café in Vollsmose, Mondays 15-17.", "en", "Odense Biblioteker og Borgerservice"),
        ("Vi taler med to skoler i Brøndby om det.", "da", "Brøndby-Bibliotekerne"),
        ("Partner: Knjižnica Domžale. Pišem iz Knjižnice Kočevje.", "sl", "Knjižnica Kočevje"),
        ("Kulturfest i Vollsmose. Vi var med sammen med boligforeningen.", "da", None),
    ],
)
def test_a_district_belongs_to_the_library_of_its_municipality(text: str, language: str, library: str | None) -> None:
    assert answers(text, language).get("library", {}).get("name") == library


def test_the_town_in_an_address_of_the_web_is_no_library() -> None:
    assert "library" not in answers("Sprogcafé hver tirsdag. Læs mere på www.ballerup.example/dansk")


def test_that_no_day_is_fixed_is_read() -> None:
    assert answers("Vi vil lave en telefonkæde. Der er ikke sat nogen dato på endnu.")["period_start"] == "undecided"


def test_greeting_and_signature_say_nothing_of_the_initiative() -> None:
    found = answers("Kære kolleger\n\nVi låner bogkasser ud.\n\nVenlig hilsen\nUngdomsbiblioteket, Børn og Unge")
    assert "target_groups" not in found
    assert "title" not in found


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Sommerbogen er slut. Flere af mødrene er begyndt at komme på biblioteket.",
         "Flere af mødrene er begyndt at komme på biblioteket."),
        ("Vi mødes hver tirsdag. Deltagerne drikker kaffe.", None),
        ("Vi planlægger et forløb. Deltagerne har fået en invitation.", None),
    ],
)  # fmt: skip
def test_what_changed(text: str, outcome: str | None) -> None:
    assert answers(text).get("outcome") == outcome


def test_a_later_message_is_read_alike() -> None:
    found = answers("Og så er Røde Kors med, og det er hver tirsdag")
    assert found["partners"] == {"types": ["ngo"], "names": ["Røde Kors"]}
    assert found["frequency"] == "weekly"


@given(st.text() | st.lists(st.sampled_from([VEJLE, KOLDING, JESENICE, "”", ". ", "\n- ", "Mvh", ": "])).map("".join))
def test_any_text_can_be_read(text: str) -> None:
    story = read_story(text, "sl", TODAY, REGISTERS)
    assert story.text == clean_text(text)[:8_000]
    for question in story.answers():
        assert all(words and words in story.text for words in story.words(question))


def test_a_year_counts_nobody_and_a_bare_last_year_is_when_it_began() -> None:
    found = answers("In spring 2026 fathers read to their children. We began last year.", "en")
    assert "participants" not in found
    assert found["period_start"] == "2026-21"
    assert answers("Vi begyndte sidste år med en sprogcafé.")["period_start"] == "2025"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Srečanja za starejše. Prostovoljk je pet.", "volunteers", {"least": 5, "most": 5, "approximate": False}),
        (
            "Prišlo je vsaj 80 ljudi.",
            "participants",
            {"least": 80, "most": None, "approximate": False, "counted": None},
        ),
        (
            "Skupaj jih je bilo 70.",
            "participants",
            {"least": 70, "most": 70, "approximate": False, "counted": "in_all"},
        ),
    ],
)
def test_how_many_in_slovenian_order(text: str, field: str, value: dict[str, Any]) -> None:
    assert answers(text, "sl")[field] == value
