"""Themes proposed from a story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.vocabulary.mentions import proposed
from conversations.vocabulary.vocabulary import THEMES

STORIES = {
    "language_cafe": ("Sprogcafé hver onsdag", "sprogcafeen", "Jezikovna kavarna ob sredah", "v jezikovni kavarni",
                      "Language café on Mondays"),
    "language_course": ("Danskundervisning for nye borgere", "Tečaj slovenščine", "Učenje slovenskega jezika",
                        "Danish lessons and a language course"),
    "homework_help": ("Lektiehjælp", "lektiecaféen", "hjemmelektiehjælp",
                      "Učna pomoč", "z učno pomočjo", "Homework help"),
    "employment_readiness": ("Hjælp til jobsøgning", "Karierni coaching za brezposelne", "Support for job seekers"),
    "internships_jobs": ("Virksomhedspraktik på biblioteket", "Delovna praksa", "Internships at the library"),
    "reading_group": ("Læsekreds", "nyhedslæsegrupper", "Bralni klub",
                      "v bralni skupini", "Reading group", "book clubs"),
    "early_literacy": ("Bogpakker til små børn", "Pravljične ure", "Story time for toddlers"),
    "digital_inclusion": ("IT-café", "digitale tilbud", "Računalniški tečaj", "Digitalna pismenost", "computer help"),
    "home_delivery": ("Biblioteket Kommer", "”Biblioteket kommer”-ordningen", "Knjiga na dom", "Home delivery"),
    "outreach": ("Bogbussen kører ud", "opsøgende arbejde", "Bibliobus", "Mobile library", "besøg på plejehjemmet",
                 "v domu starejših občanov"),
    "loan_collections": ("Samtalekasser", "Depoter til institutioner", "Premične zbirke", "Deposit collections"),
    "conversation_contact": ("Telefonisk kontakt", "Pogovori po telefonu", "Phone calls to older people"),
    "online_events": ("Onlinearrangementer", "Dogodki na spletu", "Webinars"),
    "wellbeing_loneliness": ("mod ensomhed", "Proti osamljenosti", "Loneliness among men"),
    "study_space": ("Læsesale", "Prostor za učenje", "A place to study"),
    "local_integration": ("integrationsindsats", "flygtningebørn", "Vključevanje priseljencev", "begunci", "Refugees"),
    "democracy_citizenship": ("Demokrati og debat", "Aktivno državljanstvo", "Democracy talks"),
    "civic_information": ("Borgerservice", "pomoč pri e-upravi", "Help with public services", "online services"),
    "cultural_exchange": ("Kulturmøder", "Medkulturni večer", "Živa knjižnica", "Intercultural evenings"),
    "multilingual_collection": ("Bøger på flere sprog", "Večjezična zbirka", "Multilingual shelves"),
    "accessibility": ("for ordblinde", "non-readers", "Dostopnost za slepe", "oviranih", "Easy-to-read books"),
    "intergenerational": ("på tværs af generationer", "Medgeneracijsko branje", "across generations"),
    "school_cooperation": ("Samarbejde med skoler", "Sodelovanje s šolami", "We work with schools"),
    "local_community_life": ("liv i bymidten", "v lokalni skupnosti", "our village"),
    "staff_network": ("Netværk for ansatte", "strokovna mreža", "Staff networks"),
    "advocacy": ("en kampagne", "Zagovorništvo", "zagovorniška kampanja", "An advocacy plan"),
}  # fmt: skip


@pytest.mark.parametrize(("theme", "story"), [(theme, story) for theme, told in STORIES.items() for story in told])
def test_what_a_few_words_suggest(theme: str, story: str) -> None:
    assert proposed(story, "themes")[:1] == (theme,)


def test_every_theme_has_words_and_every_word_a_theme() -> None:
    assert set(STORIES) == {choice.key for choice in THEMES} - {"other"}


@pytest.mark.parametrize(
    "story",
    ["", "?", "Vi har åbent hver dag.", "Odprti smo vsak dan.", "primer dobre prakse", "vloga splošnih knjižnic",
     "for example", "erfaringer", "Smittefare", "Knjižnica Brežice"],
)  # fmt: skip
def test_words_that_suggest_nothing(story: str) -> None:
    assert proposed(story, "themes") == ()


def test_a_story_of_several_themes() -> None:
    story = "Digital læsekreds for ensomme ældre: vi mødes online, og frivillige hjælper med computer og tablet."
    assert proposed(story, "themes") == ("digital_inclusion", "reading_group", "wellbeing_loneliness", "online_events")


def test_never_more_than_four() -> None:
    assert len(proposed("; ".join(story for told in STORIES.values() for story in told), "themes")) == 4


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    found = proposed(text, "themes")
    assert len(found) == len(set(found)) <= 4
    assert set(found) <= {choice.key for choice in THEMES}
    assert proposed(text.upper(), "themes") == proposed(text.upper().casefold(), "themes")
