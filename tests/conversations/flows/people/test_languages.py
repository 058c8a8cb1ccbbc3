"""Which language a newcomer is offered, by what their phone says; what they choose counts from then on."""

import pytest

from conversations.language.languages import LANGUAGES, NAMES, guess
from tests.conversations.dialogue import Dialogue

OFFERED = {
    "da": "da da-DK da_DK DA da-dk da-GL da-FO da-Latn-DK nb nb-NO nb_NO nn nn-NO no no-NO NO sv sv-SE sv_FI SV-se",
    "sl": "sl sl-SI sl_SI SL sl-si sl-IT sl-AT sl-Latn-SI sl-rozaj",
    "en": """en en-GB en_US en-BR en-DK EN en-001 it it-IT pt-br pt-PT de de-AT hr hr-HR sr-Latn bs hu fi is fo kl fr ar
        fa uk tr so zh-hans zh-hant-TW x x-default i-klingon und 123 -- da2 dansk slo engelsk""",
}
TAGS = [(tag, language) for language, tags in OFFERED.items() for tag in tags.split()]


def test_there_are_enough_of_them() -> None:
    assert len({tag for tag, _language in TAGS}) == len(TAGS) >= 60


@pytest.mark.parametrize(("tag", "language"), TAGS)
def test_a_phone_that_says(tag: str, language: str) -> None:
    assert guess(tag, "sl") == language


@pytest.mark.parametrize("fallback", LANGUAGES)
@pytest.mark.parametrize("tag", [None, ""])
def test_a_phone_that_says_nothing(tag: str | None, fallback: str) -> None:
    assert guess(tag, fallback) == fallback


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_named_in_itself_and_can_be_chosen(language: str) -> None:
    talk = Dialogue("en")
    talk.commands("/language")
    talk.presses(NAMES[language])
    assert talk.turn is not None
    assert talk.turn.language == language
