"""Organisations in what people write: their names and their kinds."""

import pytest

from bot.language.catalogues import Catalogues
from conversations.language.words import Words
from conversations.vocabulary import vocabulary
from conversations.vocabulary.organisations import PartnersSaid, organisations_in, read_partners
from conversations.vocabulary.slovenian_names import in_nominative

LABELS = {
    choice.key: Catalogues().spellings(choice.label)
    for choice in vocabulary.PARTNER_TYPES
    if isinstance(choice.label, Words)
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "sammen med Røde Kors, hver tirsdag", [("Røde Kors", "ngo")]),
        ("da", "6 frivillige fra ungdommens røde kors", [("ungdommens røde kors", "ngo")]),
        (
            "da",
            "med Ungdomsskolen og Aarhus Universitet",
            [("Ungdomsskolen", "school"), ("Aarhus Universitet", "university")],
        ),
        ("da", "Tak til Jobcenter Aarhus", [("Jobcenter Aarhus", "job_centre")]),
        ("da", "vi var der med boligforeningen", [("", "housing_association")]),
        ("da", "Netværket via Teams danner ramme om det, og vi sender ansøgninger", []),
        ("sl", "skupaj z OŠ Prade in CSD", [("OŠ Prade", "school"), ("", "social_work")]),
        ("sl", "Sodeluje Ljudska univerza Krško.", [("Ljudska univerza Krško", "adult_education")]),
        ("sl", "V sodelovanju z Vrtcem Ljutomer", [("Vrtec Ljutomer", "kindergarten")]),
        ("sl", "z Rdečim križem Kranj", [("Rdeči križ Kranj", "ngo")]),
        ("sl", "skrbi Društvo gluhih in naglušnih Celje", [("Društvo gluhih in naglušnih Celje", "association")]),
        ("sl", "smo z osnovno šolo brali", [("", "school")]),
        ("sl", "so iz društva upokojencev", [("", "association")]),
        ("sl", "z Društvom podeželskih žena", [("Društvo podeželskih žena", "association")]),
        ("en", "with Gimnazija Koper and the museum", [("Gimnazija Koper", "school"), ("", "museum_culture")]),
        ("en", "together with the Red Cross", [("Red Cross", "ngo")]),
    ],
)
def test_organisations_in_a_running_text(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.kind) for each in organisations_in(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "røde kors og jobcentret", PartnersSaid(("ngo", "job_centre"), ("røde kors",))),
        ("da", "Jobcenter Randers, VUC", PartnersSaid(("job_centre", "adult_education"), ("Jobcenter Randers", "VUC"))),
        ("da", "Trygfonden har støttet", PartnersSaid(("funder",), ("Trygfonden",))),
        ("da", "Dansk Røde Kors i Herning", PartnersSaid(("ngo",), ("Dansk Røde Kors i Herning",))),
        ("da", "kirken", PartnersSaid(("faith_community",))),
        ("da", "ingen, vi gør det selv", PartnersSaid(("none",))),
        ("da", "Foreningen Solsikken", PartnersSaid(("association",), ("Foreningen Solsikken",))),
        ("da", "sammen med Tusindben og skolen", PartnersSaid(("school",), (), ("Tusindben",))),
        ("da", "andet", PartnersSaid(("other",))),
        ("da", "måske Røde Kors", PartnersSaid(doubtful=True)),
        ("da", "ingen endnu, men gerne Røde Kors", PartnersSaid(doubtful=True)),
        ("da", "Læger uden grænser og fagforeningen", PartnersSaid(("ngo", "trade_union"), ("Læger uden grænser",))),
        ("da", "jobcenter randers", PartnersSaid(("job_centre",), ("jobcenter randers",))),
        ("sl", "csd in občina", PartnersSaid(("social_work", "municipal_department"))),
        ("sl", "OŠ Livada", PartnersSaid(("school",), ("OŠ Livada",))),
        (
            "sl",
            "občina je plačala, šola sodelovala",
            PartnersSaid(("municipal_department", "school"), aside=("plačala", "sodelovala")),
        ),
        ("sl", "zavod", PartnersSaid(unknown=("zavod",))),
        ("en", "funded by the Sunflower Foundation", PartnersSaid(("funder",), ("Sunflower Foundation",))),
        ("en", "university of Ljubljana", PartnersSaid(("university",), ("university of Ljubljana",))),
        ("en", "Charity or voluntary group", PartnersSaid(("ngo",))),
    ],
)
def test_the_answer_to_the_question_about_partners(language: str, text: str, expected: PartnersSaid) -> None:
    assert read_partners(text, language, LABELS) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ljudsko univerzo Krško", "Ljudska univerza Krško"),
        ("zdravstvenim domom Ptuj", "zdravstveni dom Ptuj"),
        ("OŠ Livada", "OŠ Livada"),
        ("društvom upokojencev", "društvo upokojencev"),
    ],
)
def test_slovenian_names_are_shown_in_their_first_case(written: str, expected: str) -> None:
    assert in_nominative(written) == expected
