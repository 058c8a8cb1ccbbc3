"""Who to write or telephone to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.contacts import Contact, read_contact, read_contacts, shared_number

MAIL = "anna@bib.example.dk"


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        (MAIL, Contact("", MAIL, "")),
        (f"  {MAIL}. ", Contact("", MAIL, "")),
        (f"Anna Holm {MAIL}", Contact("Anna Holm", MAIL, "")),
        (f"Anna Holm, {MAIL}", Contact("Anna Holm", MAIL, "")),
        (f"Anna Holm <{MAIL}>", Contact("Anna Holm", MAIL, "")),
        (f"Anna Holm ({MAIL})", Contact("Anna Holm", MAIL, "")),
        (f"{MAIL} – Anna Holm", Contact("Anna Holm", MAIL, "")),
        (f"just write to anna at {MAIL}", Contact("anna", MAIL, "")),
        (f"Anna Holm\nBibliotekar\nMail: {MAIL}\nTlf.: 33 73 33 73",
         Contact("Anna Holm, Bibliotekar", MAIL, "33733373")),
        (f"Navn: Anna Holm, e-mail: {MAIL}, telefon: 33733373", Contact("Anna Holm", MAIL, "33733373")),
        (f"Ime: Ana Hribar\nE-pošta: {MAIL}\nTel.: 01 200 11 00", Contact("Ana Hribar", MAIL, "012001100")),
        (f"Ana Hribar, GSM 040/123-456, e-naslov {MAIL}", Contact("Ana Hribar", MAIL, "040123456")),
        (f"Anna Holm; +45 33 73 33 73; {MAIL}", Contact("Anna Holm", MAIL, "+4533733373")),
        (f"mailto:{MAIL}", Contact("", MAIL, "")),
        ("Anna Holm 33733373", Contact("Anna Holm", "", "33733373")),
        ("33 73 33 73", Contact("", "", "33733373")),
        ("33-73-33-73", Contact("", "", "33733373")),
        ("+45 33733373", Contact("", "", "+4533733373")),
        ("0045 33 73 33 73", Contact("", "", "+4533733373")),
        ("+386 1 200 11 00", Contact("", "", "+38612001100")),
        ("ring på 89 00 00 12", Contact("", "", "89000012")),
        (f"email {MAIL} or call 89 00 00 12", Contact("", MAIL, "89000012")),
        (f"pišite na {MAIL} ali pokličite 05 612 34 56", Contact("", MAIL, "056123456")),
        (f"skriv til børnebiblioteket på {MAIL}", Contact("børnebiblioteket", MAIL, "", doubtful=True)),
        (f"Man kan skrive til Hanne Holm ({MAIL}) eller ringe 89 00 00 12", Contact("Hanne Holm", MAIL, "89000012")),
        ("45 89 00 00 12", Contact("", "", "+4589000012")),
        ("anna (at) bib.example.dk", Contact("", MAIL, "")),
        ("89 00 00 12 (hverdage 10-16), bibliotekets telefon", Contact("", "", "89000012")),
        (f"dr. Ana Novak, {MAIL}, dosegljiva med 8. in 14. uro", Contact("dr. Ana Novak", MAIL, "")),
        (f"{MAIL}, att. Lene", Contact("Lene", MAIL, "")),
        ("call us: +45 89 00 00 12", Contact("", "", "+4589000012")),
        ("you can reach Tom on 89 00 00 12", Contact("Tom", "", "89000012")),
        ("phone 89 00 00 12, ask for Eva", Contact("Eva", "", "89000012")),
        ("Can Demir (head of outreach) +386 41 222 333",
         Contact("Can Demir, head of outreach", "", "+38641222333")),
        ("+386 (0)1 200 11 00", Contact("", "", "+38612001100")),
        ("00386 40 123 456", Contact("", "", "+38640123456")),
        ("(01) 200-11-00", Contact("", "", "012001100")),
        ("+44 20 7946 0958", Contact("", "", "+442079460958")),
        ("tlf. 33733373 eller 33733374", Contact("", "", "33733373")),
        ("Læseklub@biblioteket, tlf. 33733373", Contact("Læseklub@biblioteket", "", "33733373")),
        (f"Simbioz@ koordinator, {MAIL}", Contact("Simbioz@ koordinator", MAIL, "")),
        (f"Čitalnica Šmarje\n{MAIL}", Contact("Čitalnica Šmarje", MAIL, "")),
        (f"{MAIL}, {MAIL.upper()}", Contact("", MAIL, "")),
        ("bibliotekær@bücher.example", Contact("", "bibliotekær@bücher.example", "")),
        (f"Hovedbiblioteket, Torvet 12, 8000 Aarhus C, {MAIL}",
         Contact("Hovedbiblioteket, Torvet 12, 8000 Aarhus C", MAIL, "")),
    ],
)  # fmt: skip
def test_contacts(text: str, contact: Contact) -> None:
    assert read_contact(text) == contact


@pytest.mark.parametrize(
    ("text", "country", "phone"),
    [
        ("33 73 33 73", "DK", "+4533733373"),
        ("33 73 33 73", "SI", "33733373"),
        ("01 200 11 00", "SI", "+38612001100"),
        ("040 123 456", "SI", "+38640123456"),
        ("01 200 11 00", "DK", "012001100"),
    ],
)
def test_a_country_makes_national_numbers_international(text: str, country: str, phone: str) -> None:
    assert read_contact(text, country) == Contact("", "", phone)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Anna Holm",
        "@annaholm",
        "Migam @ računalnikom",
        "Migam [email protected] računalnikom",
        "anna@",
        "anna@biblioteket",
        "a@b@c.dk",
        "010190-1234",
        "0101901234",
        "0101990500006",
        "03-08-2026",
        "03.08.2026",
        "2026",
        "1234",
        "8000 Aarhus C",
        "+45 123",
        "+45 33 73 33",
        "DK-746100",
        "https://example.dk/33733373",
        "anna@bib.example.dk og bo@bib.example.dk",
    ],
)
def test_what_is_no_contact(text: str) -> None:
    assert read_contact(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tina Mlakar - t@knj.example; Jure Novak - j@knj.example", ["Tina Mlakar", "Jure Novak"]),
        ("Ulla Dam\nu@bib.example\nPer Dam\np@bib.example", ["Ulla Dam", "Per Dam"]),
        ("u@bib.example Ulla Dam, p@bib.example Per Dam", ["Ulla Dam", "Per Dam"]),
        ("Eva 89 00 00 12\nOle 89 00 00 13", ["Eva", "Ole"]),
        ("Ana Novak\nana@knj.example\n01 234 56 78", ["Ana Novak"]),
        ("89 00 00 12 / 89 00 00 13", [""]),
        ("bibliotekets hovednummer", []),
    ],
)
def test_two_people_are_two_contacts(text: str, names: list[str]) -> None:
    assert [contact.name for contact in read_contacts(text)] == names


def test_a_long_story_is_no_name() -> None:
    assert read_contact(f"{'Vi har en café hver onsdag. ' * 10}{MAIL}") == Contact("", MAIL, "", doubtful=True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"Per er chef, {MAIL}", "Per"),
        (f"ana je vodja, {MAIL}", "ana"),
        ("det er nemmest at ringe på 70 10 10 10, spørg efter hanne fra bogbussen", "hanne fra bogbussen"),
        ("dobite me na 041 222 333", "dobite"),
        (f"my boss lise: {MAIL}", "boss lise"),
        ("Ring til Søren Bak 6133 2010, han er her mest om formiddagen", "Søren Bak"),
    ],
)
def test_a_name_in_a_sentence_is_to_be_confirmed(text: str, name: str) -> None:
    contact = read_contact(text)
    assert contact is not None
    assert (contact.name, contact.doubtful) == (name, True)


def test_two_people_with_a_number_each_are_two() -> None:
    found = read_contacts("Ana (041 123 456) in Petra (031 222 333)")
    assert [each.name for each in found] == ["Ana", "Petra"]


@given(st.text() | st.text(alphabet="+45 386()-./@ab.dk0123456789\n"))
def test_any_text_can_be_read(text: str) -> None:
    contact = read_contact(text)
    assert contact is None or contact.email or contact.phone
    assert contact is None or "\n" not in contact.name


@given(st.from_regex(r"[2-9][0-9]{7}", fullmatch=True))
def test_every_danish_number(digits: str) -> None:
    spaced = " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    for written in (digits, spaced, f"+45 {spaced}", f"0045{digits}"):
        contact = read_contact(f"Anna Holm {written}", "DK")
        assert contact == Contact("Anna Holm", "", f"+45{digits}")


@pytest.mark.parametrize(
    ("shared", "number"),
    [
        ("+4533733373", "+4533733373"),
        ("4533733373", "+4533733373"),
        ("38612001100", "+38612001100"),
        ("+45 33 73 33 73", "+4533733373"),
        ("33733373", "33733373"),
        ("01 200 11 00", "012001100"),
        ("112", ""),
        ("1813", ""),
        ("45337333", "45337333"),
        ("4533733", ""),
        ("", ""),
        ("٤٥٣٣٧٣٣٣٧٣", ""),
    ],
)
def test_a_number_out_of_an_address_book(shared: str, number: str) -> None:
    assert shared_number(shared) == number
