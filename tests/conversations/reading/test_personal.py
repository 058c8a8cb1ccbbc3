"""What may be about one person in a text that everybody may read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.personal import TAKEN_OUT, personal_in, without


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("En deltager med cpr 010190-1234 kom hver uge", "civil_number", "010190-1234"),
        ("Njen EMŠO je 0101006500006.", "civil_number", "0101006500006"),
        ("Ring til Fatima på 89 00 00 12", "phone", "89 00 00 12"),
        ("tlf. 89000012", "phone", "89000012"),
        ("call +45 89 00 00 12 for a place", "phone", "+45 89 00 00 12"),
        ("pokličite 031 123 456", "phone", "031 123 456"),
        ("(01) 200 11 00", "phone", "(01) 200 11 00"),
        ("skriv til fatima.h@mail.example", "email", "fatima.h@mail.example"),
        ("Deltageren Fatima Hassan siger, at hun er glad", "name", "Fatima Hassan"),
        ("En kvinde, hun hedder Amina Yusuf, fandt job", "name", "Amina Yusuf"),
        ("Fatima Hassan, en af deltagerne, fandt job", "name", "Fatima Hassan"),
        ("Udeleženka Ana Novak je našla delo", "name", "Ana Novak"),
        ("Ime ji je Ana Novak", "name", "Ana Novak"),
        ("One participant, Ahmed Ali, now works here", "name", "Ahmed Ali"),
        ("Her name is Mary Anne Byrne", "name", "Mary Anne Byrne"),
    ],
)
def test_what_is_noticed(text: str, kind: str, said: str) -> None:
    (found,) = personal_in(text)
    assert (found.kind, text[found.start : found.end]) == (kind, said)
    assert without(text, said) == text.replace(said, TAKEN_OUT)


@pytest.mark.parametrize(
    "text",
    [
        "Vi kørte i 2019-2021 og igen 2024 2025",
        "Den 24.12.2025 og 03-08-2026, kl. 9.30-16.30, 010126",
        "uge 32 33 34 35",
        "30.000.000 kr. og 30 000 000 kr.",
        "ISBN 978-87-7289-123-4, ISBN 0306406152 og 9788772891234",
        "Skriv til info@bibliotek.example eller boernebib@vejle.example",
        "Projektet hedder Bøger Uden Grænser",
        "We worked with Hans Christian Andersen texts, and the Red Cross",
        "Deltagerne Røde Kors sendte var glade; deltager i Vejle Kommune",
        "Udeleženci so brali Ivana Cankarja",
        "DK-746100, 5000 Odense C",
        "",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert personal_in(text) == []


@given(st.text() | st.text(alphabet="0123456789 -.@aA", max_size=40))
def test_any_text_can_be_looked_through(text: str) -> None:
    found = personal_in(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(earlier.end <= later.start for earlier, later in pairwise(found))
