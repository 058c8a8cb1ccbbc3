"""The fields that a told message fills in."""

from conversations.model.registers import LibraryFound
from conversations.reading.numbers.numbers import Numbers
from conversations.reading.story.story import FromText, Participants, Partner, Story, with_added


def test_the_answers_are_those_the_form_stores() -> None:
    story = Story(
        "Sprogcafé i Vejle med Røde Kors, ca. 20 hver gang",
        library=FromText(LibraryFound("DK-863000", "Vejle Bibliotekerne", "Vejle"), ((12, 17),)),
        status=FromText("planned", ()),
        themes=FromText(("language_cafe",), ((0, 9),)),
        participants=FromText(Participants(Numbers(20, 20, approximate=True), "each_time"), ((33, 49),)),
        partners=FromText((Partner("Røde Kors", "ngo"), Partner(None, "school")), ((22, 31),)),
        place=FromText("Vejle", ((12, 17),)),
        links=FromText(("https://a.example",), ()),
    )
    assert story.answers() == {
        "library": {"key": "DK-863000", "name": "Vejle Bibliotekerne"},
        "status": "planned",
        "themes": ["language_cafe"],
        "participants_expected": {"least": 20, "most": 20, "approximate": True, "counted": "each_time"},
        "partners": {"types": ["ngo", "school"], "names": ["Røde Kors"]},
        "location": {"place": "Vejle", "latitude": None, "longitude": None},
        "link": ["https://a.example"],
    }
    assert story.words("participants_expected") == ("ca. 20 hver gang",)
    assert story.words("title") == ()


def test_a_later_message_adds_to_what_is_there() -> None:
    before = {"themes": ["language_cafe"], "partners": {"types": ["none"], "names": []}, "frequency": "monthly"}
    later = Story(
        "Og Røde Kors er med, og det er hver uge",
        themes=FromText(("local_integration", "language_cafe"), ()),
        frequency=FromText("weekly", ((29, 39),)),
        partners=FromText((Partner("Røde Kors", "ngo"),), ((3, 12),)),
    )
    assert with_added(before, later) == {
        "themes": ["language_cafe", "local_integration"],
        "partners": {"types": ["ngo"], "names": ["Røde Kors"]},
        "frequency": "weekly",
    }
