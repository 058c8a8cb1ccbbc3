"""What running text speaks of: a story, a message that tells of an initiative, a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.vocabulary.mentions import keys_in, mentions_in
from conversations.vocabulary.vocabulary import TARGET_GROUPS


@pytest.mark.parametrize(
    ("section", "language", "text", "keys"),
    [
        ("target_groups", "da", "En sprogcafé for flygtninge og indvandrere, hver tirsdag.", "refugees immigrants"),
        ("target_groups", "sl", "Pravljične ure za romske otroke in njihove starše.", "roma children families"),
        ("target_groups", "en", "Computer help for older people. Families are welcome too.", "older_people families"),
        ("themes", "da", "Lektiehjælp om onsdagen, og bagefter sprogcafé.", "homework_help language_cafe"),
        ("themes", "sl", "V jezikovni kavarni se pogovarjamo, potem je bralni klub.", "language_cafe reading_group"),
        ("themes", "en", "We run a book club and homework help.", "reading_group homework_help"),
        ("frequency", "en", "It meets every second Tuesday at the library.", "biweekly"),
    ],
)
def test_what_a_text_speaks_of_in_the_order_of_mention(section: str, language: str, text: str, keys: str) -> None:
    assert keys_in(text, section, language) == tuple(keys.split())


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "It is not for children. Older people come.", "older_people"),
        ("da", "Ikke for børn, men for unge.", "young_people"),
        ("sl", "Ni za otroke, ampak za starejše.", "older_people"),
        ("en", "Not only for women.", "women"),
        ("da", "Bøger til ældre, der ikke selv kan komme.", "older_people"),
    ],
)
def test_what_is_negated_is_not_spoken_of(language: str, text: str, keys: str) -> None:
    assert keys_in(text, "target_groups", language) == tuple(keys.split())


@pytest.mark.parametrize(
    "text", ["Vi laver det med Ældre Sagen.", "Tak til Ungdommens Røde Kors", "Alzheimerforeningen"]
)
def test_the_name_of_an_organisation_is_no_group(text: str) -> None:
    assert keys_in(text, "target_groups", "da") == ()


def test_a_text_in_another_language_than_its_readers_is_read_in_its_own() -> None:
    text = "Vi har en læsekreds for mænd, og de mødes på biblioteket den første torsdag i måneden."
    assert keys_in(text, "target_groups", "sl") == ("men",)


def test_the_words_of_a_mention_are_those_written() -> None:
    assert [(each.key, each.said) for each in mentions_in("For Ældre og unge.", "target_groups", "da")] == [
        ("older_people", "Ældre"),
        ("young_people", "unge"),
    ]


@given(st.text(), st.sampled_from(["da", "sl", "en"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    assert set(keys_in(text, "target_groups", language)) <= {choice.key for choice in TARGET_GROUPS}
