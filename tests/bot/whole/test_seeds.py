"""The seed documents' own offers, told in the chat as they stand there, come out of the export with the right keys."""

import asyncio
import io
import json
from pathlib import Path
from typing import Any

from bot.files.reports.exports import Wish, write_reports
from bot.files.reports.tables import columns
from tests.bot.stage import Stage, Talk

SIXTEEN = Path(__file__).parents[2] / "conversations" / "reading" / "story" / "sixteen_offers.txt"

# The offers of the Danish list of spring 2020: the name, and what a librarian writes for its themes and groups.
OFFERS = {
    "Biblioteket Kommer": ("Biblioteket Kommer", "Syge", ["home_delivery"], ["people_ill"]),
    "Udlån af depoter": ("Depoter og temakasser", "Børn", ["loan_collections"], ["children"]),
    "Formidling på plejehjem i karantænetider": (
        "Onlinearrangementer", "Beboere på plejehjem", ["online_events"], ["nursing_home_residents"],
    ),
    "Smittefare": ("Netværk for ansatte", "Bibliotekets ansatte", ["staff_network"], ["staff"]),
    "Digitale tilbud for ældre og svage": ("digital inklusion", "ældre", ["digital_inclusion"], ["older_people"]),
    "Telefonisk kontakt": (
        "samtaler og telefonkontakt", "ensomme", ["conversation_contact"], ["lonely_people"],
    ),
    "Snak sammen online": (
        "samtaler og telefonkontakt, trivsel og ensomhed", "ensomme",
        ["conversation_contact", "wellbeing_loneliness"], ["lonely_people"],
    ),
    "Samtalekasser": ("depoter og kasser", "beboere på plejehjem", ["loan_collections"], ["nursing_home_residents"]),
    "Online arrangementer": ("onlinearrangementer", "alle", ["online_events"], ["general_public"]),
    "Bogpakke i udsatte områder": (
        "læsestart for de små", "familier, beboere i udsatte områder",
        ["early_literacy"], ["families", "vulnerable_residents"],
    ),
    "Læsesale": ("studiepladser", "studerende", ["study_space"], ["students"]),
    "Digital Læsekreds for ensomme ældre": (
        "laesegruppe, digital inklusion", "aeldre, ensomme", ["reading_group", "digital_inclusion"],
        ["older_people", "lonely_people"],
    ),
    "Lektiehjælp": ("lektiehjælp", "børn, familier", ["homework_help"], ["children", "families"]),
    "Non-readers i biblioteksrummet": ("tilgængelighed", "ikke-læsere", ["accessibility"], ["non_readers"]),
    "Åbne biblioteket for udvalgte besøg": (
        "samarbejde med skoler", "udsatte børn og unge", ["school_cooperation"], ["vulnerable_children"],
    ),
    "Sende biblioteket på bogtur i lokalområdet": (
        "opsøgende arbejde", "børn, ældre", ["outreach"], ["children", "older_people"],
    ),
}  # fmt: skip

# The six libraries of the Slovenian campaign of 2015: library, title, themes, groups, partners as typed, and the keys.
SIX = [
    (
        "Kamnik", "Učenje slovenskega jezika za tujce", "Jezikovni tečaj", "Priseljenci",
        "Naučili smo se osnov slovenščine in spoznali knjižnico kot prostor srečevanja.",
        ["language_course"], ["immigrants"], "SI", "Knjižnica Franceta Balantiča Kamnik",
    ),
    (
        "Brežice", "Migam z računalnikom", "Digitalno vključevanje", "Starejši",
        "Starejši udeleženci zdaj sami uporabljajo računalnik in splet.",
        ["digital_inclusion"], ["older_people"], "SI", "Knjižnica Brežice",
    ),
    (
        "Ljutomer", "Medgeneracijsko branje v Domu starejših občanov Ljutomer", "Medgeneracijsko", "Stanovalci domov",
        "Otroci in stanovalci doma vsak mesec berejo skupaj in se pogovarjajo.",
        ["intergenerational"], ["nursing_home_residents"], "SI", "Splošna knjižnica Ljutomer",
    ),
    (
        "Ljubljana", "Karierni coaching kot metoda dela z brezposelnimi vseh starosti", "Priprava na zaposlitev",
        "Iskalci zaposlitve", "Brezposelni so ob podpori knjižnice našli pot do zaposlitve ali izobraževanja.",
        ["employment_readiness"], ["jobseekers"], "SI", "Mestna knjižnica Ljubljana",
    ),
    (
        "Novo mesto", "Pomoč romskim otrokom pri branju in razumevanju slovenskega jezika", "Učna pomoč",
        "Romi, Otroci",
        "Romski otroci bolje berejo in razumejo slovenski jezik.",
        ["homework_help"], ["roma", "children"], "SI", "Knjižnica Mirana Jarca Novo mesto",
    ),
    (
        "Radovljica", "Zmoremo – čez ovire do oviranih", "Dostopnost za vse", "Osebe z oviranostmi",
        "Knjižnica je dostopna vsem, tudi osebam z oviranostmi.",
        ["accessibility"], ["people_with_disabilities"], "SI", "Knjižnica Antona Tomaža Linharta Radovljica",
    ),
]  # fmt: skip


def records(stage: Stage) -> list[dict[str, Any]]:
    """What `meldind export` gives, as a reader of its file gets it."""
    file = io.BytesIO()
    write_reports(stage.storage, Wish(), file)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()]


async def test_the_sixteen_offers_of_one_message(bot_app: Stage) -> None:
    librarian = bot_app.talk("da")
    await librarian.writes("/report")
    await librarian.writes("odense")
    await librarian.presses("Planlagt")
    await librarian.writes(SIXTEEN.read_text(encoding="utf-8"))
    librarian.bot("Er det ét initiativ eller flere?", buttons=["16 initiativer"])
    await librarian.presses("16 initiativer")
    title = title_in(librarian.screen.text)
    for number in range(16):
        if number:
            await librarian.writes("/report")
            title = title_in(librarian.screen.text)
            await librarian.presses("Fortsæt ›")
        themes, groups, *_keys = OFFERS[title]
        librarian.bot("5 af 9")
        await chooses(librarian, themes, "Videre")
        await chooses(librarian, groups, "Videre")
        await librarian.writes("2020")
        await librarian.presses("Ingen andre")
        await librarian.presses("Alle (offentligt)")
        await librarian.presses("Send indmelding")
        librarian.bot("Tak. Din indmelding er sendt")
    found = {record["answers"]["title"]: record for record in await asyncio.to_thread(records, bot_app)}
    assert set(found) == set(OFFERS)
    for title, (_themes, _groups, themes_keys, group_keys) in OFFERS.items():
        record = found[title]
        assert record["answers"]["themes"] == themes_keys, title
        assert record["answers"]["target_groups"] == group_keys, title
        assert record["answers"]["period_start"] == "2020"
        assert record["status"] == "submitted"
        assert record["language"] == "da"
        assert record["library"]["isil"] == "DK-746100"
        assert record["library"]["municipality"] == "Odense"


async def chooses(librarian: Talk, words: str, onwards: str) -> None:
    """Write one or several choices; after one, more could follow, so a button says that it is all."""
    await librarian.writes(words)
    if onwards in librarian.labels:
        await librarian.presses(onwards)


def title_in(text: str) -> str:
    """The offer that the bot names."""
    return next(title for title in OFFERS if title in text)


async def test_the_six_libraries_of_the_campaign(bot_app: Stage) -> None:
    for place, title, theme, groups, outcome, *_keys in SIX:
        librarian = bot_app.talk("sl")
        await librarian.writes("/report")
        await librarian.writes(place)
        await librarian.presses("Zaključeno")
        await librarian.writes(title)
        await librarian.writes(f"{title}: storitev splošne knjižnice za podporo socialni vključenosti.")
        await chooses(librarian, theme, "Naprej")
        await chooses(librarian, groups, "Naprej")
        await librarian.writes("januar do december 2015")
        await librarian.presses("Brez partnerjev")
        await librarian.presses("Vsi (javno)")
        await tells_what_changed(librarian, outcome)
        await librarian.presses("Pošlji prispevek")
        librarian.bot("Hvala")
    found = {record["answers"]["title"]: record for record in await asyncio.to_thread(records, bot_app)}
    assert len(found) == 6
    for _place, title, _theme, _groups, outcome, themes, target_groups, country, library in SIX:
        record = found[title]
        assert record["library"]["name"] == library
        assert record["library"]["country"] == country
        assert record["answers"]["themes"] == themes
        assert record["answers"]["target_groups"] == target_groups
        assert record["answers"]["period_start"] == "2015-01/2015-12"
        assert record["answers"]["outcome"] == outcome
        assert record["answers"]["evidence_types"] == ["impact_survey"]
        assert record["language"] == "sl"


async def tells_what_changed(librarian: Talk, outcome: str) -> None:
    """The module about what came of it, which the campaign was for: results with their kind of evidence."""
    await librarian.presses("Dodaj še kaj")
    await librarian.presses(next(label for label in librarian.labels if label.startswith("Rezultati")))
    await librarian.writes(outcome)
    await librarian.presses("Končano")
    await librarian.writes("anketa o učinkih")
    await librarian.presses("Naprej")
    while "Pošlji prispevek" not in librarian.labels:
        await librarian.presses("‹ Nazaj na prispevek")


async def test_the_spreadsheet_has_the_same_columns_as_the_record(bot_app: Stage) -> None:
    file = io.BytesIO()
    write_reports(bot_app.storage, Wish("csv"), file)
    assert file.getvalue().decode("utf-8-sig").strip().split(",") == list(columns(with_contacts=False))
