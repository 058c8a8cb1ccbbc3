"""Telling an initiative in one's own words: what is read from it, asked, added, kept and sent."""

from datetime import date
from typing import Any

import pytest

from conversations.context.session import Filling, Session
from conversations.forms.initiative import INITIATIVE
from conversations.language.events import Edited
from conversations.model.outcomes import DraftStarted
from conversations.model.registers import LibraryFound, Registers
from conversations.model.reports import Report
from conversations.reading.numbers.numbers import Numbers
from conversations.reading.story.story import FromText, Participants, Partner, Story
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.calls.test_calls import call, librarian

TOLD = {
    "en": "Every Tuesday refugees and neighbours talk over coffee at our language café. It has run since March 2024.",
    "da": "Hver tirsdag mødes flygtninge og naboer til sprogcafé og taler sammen. Vi har kørt siden marts 2024.",
    "sl": "Vsak torek se begunci in sosedje srečajo v jezikovni kavarni. Poteka od marca 2024.",
}
ADDED = {"en": "and the Red Cross is with us too", "da": "og så er Røde Kors med", "sl": "z nami je tudi Rdeči križ"}

VEJLE = LibraryFound("dk-0630", "Vejle Bibliotekerne", "Vejle")

SAYS: dict[str, dict[str, Any]] = {
    "language café": {"themes": ("language_cafe",)},
    "sprogcafé": {"themes": ("language_cafe",)},
    "jezikovni kavarni": {"themes": ("language_cafe",)},
    "refugees": {"target_groups": ("refugees",)},
    "flygtninge": {"target_groups": ("refugees",)},
    "begunci": {"target_groups": ("refugees",)},
    "since March 2024": {"period_start": "2024-03", "status": "running"},
    "since April 2024": {"period_start": "2024-04", "status": "running"},
    "siden marts 2024": {"period_start": "2024-03", "status": "running"},
    "od marca 2024": {"period_start": "2024-03", "status": "running"},
    "Red Cross": {"partners": (Partner("Red Cross", "ngo"),)},
    "Røde Kors": {"partners": (Partner("Røde Kors", "ngo"),)},
    "Rdeči križ": {"partners": (Partner("Rdeči križ", "ngo"),)},
    "in Vejle": {"library": VEJLE},
    "30 people": {"participants": Participants(Numbers(30, 30, approximate=False), "in_all")},
    "still a plan": {"status": "planned"},
    "4 volunteers": {"volunteers": Numbers(4, 4, approximate=False)},
    "until May 2027": {"period_end": "2027-05"},
}
"""What is read from a text with these words: these tests are about what becomes of it, not about how it is read."""


def read(text: str, _language: str, _today: date, _registers: Registers) -> Story:
    found: dict[str, FromText[Any]] = {}
    for words, fields in SAYS.items():
        if words in text:
            found |= {field: FromText(value, ()) for field, value in fields.items()}
    return Story(text, **found)


@pytest.fixture(autouse=True)
def _reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conversations.flows.reports.told.read_story", read)


def told(language: str = "en", **known: Any) -> Dialogue:
    """A librarian of Odense who has told of a language café."""
    talk = Dialogue(language, library={"key": "dk-0461", "name": "Odense Bibliotekerne"}, **known)
    talk.commands("/report")
    talk.writes(TOLD[language])
    return talk


def say(talk: Dialogue, question: str) -> str:
    found = INITIATIVE.question(question)
    assert found is not None
    return talk.reads(found.label)


@pytest.mark.parametrize("language", ["en", "da", "sl"])
def test_what_is_told_is_read_and_only_what_is_missing_is_asked(language: str) -> None:
    talk = told(language)
    answers = talk.answers()
    assert answers["summary"] == TOLD[language]
    assert (answers["themes"], answers["target_groups"]) == (["language_cafe"], ["refugees"])
    assert (answers["status"], answers["period_start"]) == ("running", "2024-03")
    lines = talk.said().splitlines()
    for question in ("themes", "target_groups", "status", "period_start"):
        assert any(line.startswith(f"📝 {say(talk, question)}: ") for line in lines), question
    assert any(line.startswith(f"{say(talk, 'library')}: Odense") for line in lines), "what was known is not read"
    missing = next(line for line in lines if say(talk, "sharing") in line)
    assert say(talk, "title") in missing
    assert say(talk, "themes") not in missing
    assert f"✏️ {say(talk, 'themes')}" in talk.labels()


@pytest.mark.parametrize("language", ["en", "da", "sl"])
@pytest.mark.parametrize("by", ["pressing", "typing"])
def test_from_the_command_to_the_receipt_it_takes_few_steps(language: str, by: str) -> None:
    talk = told(language)
    does = talk.presses if by == "pressing" else talk.writes
    nobody, anyone, send = {
        "en": ("Nobody else", "Anyone (public)", "Send report"),
        "da": ("Ingen andre", "Alle (offentligt)", "Send indmelding"),
        "sl": ("Brez partnerjev", "Vsi (javno)", "Pošlji prispevek"),
    }[language]
    does(anyone)
    talk.writes("Café")
    does(nobody)
    does(send)
    assert talk.memory.reports.kept["r1"].status == "submitted"
    assert talk.did == 6
    assert talk.answers()["title"] == "Café"


@pytest.mark.parametrize("language", ["en", "da", "sl"])
def test_a_later_addition_is_read_too_and_said_back(language: str) -> None:
    talk = told(language)
    talk.writes(ADDED[language])
    assert talk.answers()["partners"]["types"] == ["ngo"]  # type: ignore[index]
    assert talk.answers()["summary"] == f"{TOLD[language]}\n{ADDED[language]}"
    line = next(line for line in talk.said().splitlines() if line.startswith(f"📝 {say(talk, 'partners')}"))
    assert any(name in line for name in ("Red Cross", "Røde Kors", "Rdeči križ"))


def test_an_addition_at_the_summary_is_read_and_partners_are_added() -> None:
    talk = told()
    talk.writes(ADDED["en"])
    talk.presses("Anyone (public)")
    talk.writes("Café")
    talk.bot("📝 Working with: Charity or voluntary group", buttons=["Send report"])
    talk.writes("and children from the School, too: in Vejle")
    talk.bot("Library: Odense Bibliotekerne", buttons=["Send report"])
    assert talk.answers()["library"] == {"key": "dk-0461", "name": "Odense Bibliotekerne"}, "it was known, not read"


def test_a_later_message_changes_what_was_read_but_not_what_the_person_answered() -> None:
    talk = told()
    talk.writes("Sorry, we have run since April 2024, not before.")
    assert talk.answers()["period_start"] == "2024-04"
    talk.presses("✏️ Start")
    talk.writes("May 2024")
    talk.writes("Sorry, we have run since March 2024 after all.")
    assert talk.answers()["period_start"] == "2024-05"


def test_an_answer_with_the_pencil_is_no_longer_marked_and_leads_back_to_what_is_missing() -> None:
    talk = told()
    talk.presses("✏️ Themes")
    talk.writes("Homework help")
    talk.presses("Next")
    talk.bot("Still missing:", "Themes: Language café", "Who can see this report?")
    assert "📝 Themes" not in talk.said()
    assert "📝 Stage" in talk.said()


def test_the_library_of_the_text_is_taken_and_remembered_once_it_is_sent() -> None:
    talk = Dialogue()
    talk.commands("/report")
    talk.writes(TOLD["en"] + " We are in Vejle.")
    talk.bot("📝 Library: Vejle Bibliotekerne")
    assert talk.memory.person.library is None
    talk.presses("Anyone (public)")
    talk.writes("Café")
    talk.presses("Nobody else")
    talk.presses("Send report")
    assert talk.memory.person.library == {"key": "dk-0630", "name": "Vejle Bibliotekerne"}


def test_several_messages_are_one_story() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("At the old mill")
    talk.bot("Write a sentence or two")
    talk.writes("Refugees and neighbours talk over coffee.")
    talk.writes("It has run since March 2024.")
    assert talk.answers()["summary"] == (
        "At the old mill\nRefugees and neighbours talk over coffee.\nIt has run since March 2024."
    )
    assert talk.answers()["period_start"] == "2024-03"


def test_a_photo_that_comes_first_waits_for_the_story() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.sends_photo()
    talk.bot("The photo is waiting for your answer.")
    talk.writes(TOLD["en"])
    talk.bot("The photo is saved with this report.", "This is what I understood from your text.")
    assert len(talk.answers()["photo"]) == 1  # type: ignore[arg-type]


def test_a_photo_with_a_caption_tells_it() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.sends_photo(TOLD["en"])
    talk.bot("The photo is saved with this report.", "This is what I understood from your text.")
    assert talk.answers()["summary"] == TOLD["en"]


def test_what_was_told_is_stored_before_anything_is_confirmed() -> None:
    talk = told()
    talk.commands("/cancel")
    talk.goes_away(20)
    talk.commands("/report")
    talk.presses("Continue ›")
    talk.bot("This is what I understood from your text.", "📝 Themes: Language café", "Who can see this report?")
    talk.writes(ADDED["en"])
    assert talk.answers()["summary"] == f"{TOLD['en']}\n{ADDED['en']}"


def test_an_edited_message_is_read_again_after_asking() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    message = talk.writes(TOLD["en"])
    talk.takes(Edited(TOLD["en"].replace("March", "April").replace("refugees", "everybody"), message))
    talk.bot("You changed a message. Shall I replace the saved answer?")
    talk.presses("Yes, replace it")
    assert talk.answers()["period_start"] == "2024-04"
    assert talk.answers()["target_groups"] is None
    talk.bot("Still missing: Name, Who it is for", "📝 Start: April 2024")


def test_each_of_several_told_messages_can_be_edited() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    first = talk.writes(TOLD["en"])
    second = talk.writes(ADDED["en"])
    talk.takes(Edited(TOLD["en"].replace("March", "April"), first))
    talk.bot("Shall I replace that part of the saved answer?")
    talk.presses("Yes, replace it")
    talk.takes(Edited(ADDED["en"].replace("Red Cross", "Caritas"), second))
    talk.presses("Yes, replace it")
    answers = talk.answers()
    assert answers["period_start"] == "2024-04"
    assert not answers["partners"]  # the Red Cross is said no more
    assert answers["summary"] == f"{TOLD['en'].replace('March', 'April')}\nand the Caritas is with us too"


def test_what_is_too_short_for_a_description_is_kept_and_completed() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("language café")
    talk.bot("📝 Themes: Language café", "language café")
    assert "summary" not in talk.answers()
    talk.writes("Refugees and neighbours talk over coffee.")
    assert talk.answers()["summary"] == "language café\nRefugees and neighbours talk over coffee."


def test_a_list_that_is_told_is_asked_about_and_keeps_the_call_it_is_for() -> None:
    talk = librarian(call())
    talk.commands("/start c_inclusion")
    talk.writes("• Language café\n• Homework help\n• Book bus")
    talk.bot("Is this one initiative or several?")
    talk.presses("3 initiatives")
    assert [talk.answers(f"r{number}")["campaign"] for number in (1, 2, 3)] == ["inclusion"] * 3


def test_a_sentence_about_the_initiative_is_no_name_of_a_library() -> None:
    talk = Dialogue()
    talk.starts_report()
    talk.writes("We talk since March 2024 with refugees at our language café")
    talk.bot("What is this text for?", buttons=["Use it as the description"])


def test_more_words_than_a_name_has_are_offered_as_no_organisation() -> None:
    talk = Dialogue()
    talk.starts_report()
    talk.writes("I do not know what it is called, it is the one by the station")
    talk.bot("Type part of the library’s name, or the name of the municipality.")
    assert not any("Another organisation" in label for label in talk.labels())
    talk.writes("The Friends of the Old Mill")
    assert "Another organisation: The Friends of the Old Mill" in talk.labels()


def test_the_name_of_a_library_alone_is_the_first_answer() -> None:
    talk = Dialogue()
    talk.commands("/report")
    talk.writes("odense")
    talk.bot("Library: Odense", "2 of 9")


LISTED = "• Language café on Tuesdays\n• Homework help for children\n• Book bus"
POST = "Every Wednesday volunteers help children with their homework, and their parents meet over a cup of coffee."


@pytest.mark.parametrize("question", ["library", "status", "target_groups", "period_start", "partners", "sharing"])
def test_a_list_or_a_long_text_at_any_question_is_held(question: str) -> None:
    for text, asked in ((LISTED, "Is this one initiative or several?"), (POST, "What is this text for?")):
        talk = told()
        talk.presses("Anyone (public)")
        talk.writes("Café")
        talk.presses("Nobody else")
        talk.presses(f"✏️ {say(talk, question)}")
        before = talk.answers()
        talk.writes(text)
        talk.bot(asked)
        assert talk.answers() == before
        talk.presses("Continue where I was")
        assert talk.answers() == before


def test_a_held_text_becomes_the_description_and_is_read() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.starts_report()
    talk.writes(TOLD["en"], forwarded=True)
    talk.presses("Use it as the description")
    talk.bot("This is what I understood from your text.", "📝 Themes: Language café")
    assert talk.answers()["summary"] == TOLD["en"]
    assert sum(isinstance(each, DraftStarted) for each in talk.memory.history) == 1


def test_what_is_written_at_the_parts_of_a_sent_report_may_be_its_results() -> None:
    talk = told()
    talk.presses("Anyone (public)")
    talk.writes("Café")
    talk.presses("Nobody else")
    talk.presses("Send report")
    talk.bot("A coordinator will read it before anyone else sees it")
    talk.presses("Add more")
    talk.presses("Add more")
    talk.writes("Twelve of the fifteen people now have work.")
    talk.presses("It says what changed")
    assert talk.answers()["outcome"] == "Twelve of the fifteen people now have work."


def test_a_stray_word_at_the_summary_gets_one_line_and_the_report_stays() -> None:
    talk = told()
    talk.presses("Anyone (public)")
    talk.writes("Café")
    talk.presses("Nobody else")
    talk.writes("hm")
    assert len(talk.said().splitlines()) == 1
    talk.presses("Back to my report ›")
    talk.bot("Check your report")


def test_a_part_can_be_left_at_every_question_and_its_counter_never_grows() -> None:
    talk = told()
    talk.presses("Anyone (public)")
    talk.writes("Café")
    talk.presses("Nobody else")
    talk.presses("Add more")
    part = next(label for label in talk.labels() if label.startswith("Results"))
    talk.presses(part)
    totals = []
    while "Results ·" in talk.said():
        assert "‹ Back to the report" in talk.labels()
        totals.append(int(talk.said().splitlines()[0].rsplit(" ", 1)[1]))
        talk.presses("Skip")
    assert totals == sorted(totals, reverse=True)
    talk.bot("What would you like to add?")
    talk.presses(next(label for label in talk.labels() if label.startswith("More details")))
    talk.presses("‹ Back to the report")
    talk.bot("Check your report")


PEOPLE = {"least": 30, "most": 30, "approximate": False, "counted": "in_all"}


def test_the_number_of_people_follows_the_stage_and_is_never_hidden() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("A reading group for 30 people, who talk about one novel each month.")
    talk.bot("📝 Participants: 30", buttons=["✏️ Participants"])
    talk.presses("Planned")
    assert talk.answers()["participants_expected"] == PEOPLE
    assert talk.answers()["participants"] is None


def test_the_number_of_people_follows_a_stage_that_is_changed_with_the_pencil() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("A reading group for 30 people, who talk about one novel each month; still a plan.")
    talk.bot("📝 Expected participants: 30", buttons=["✏️ Expected participants"])
    talk.presses("✏️ Stage")
    talk.presses("Running")
    talk.bot("📝 Participants: 30")
    assert talk.answers()["participants"] == PEOPLE
    assert talk.answers()["participants_expected"] is None


def test_a_later_message_that_says_the_stage_moves_the_number_of_people_too() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("A reading group for 30 people, who talk about one novel each month.")
    talk.writes("It is still a plan, by the way.")
    talk.bot("📝 Expected participants: 30")
    assert talk.answers()["participants"] is None


def test_the_end_and_the_volunteers_of_a_plan_are_shown_and_can_be_changed() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("It is still a plan: a reading group until May 2027, with 4 volunteers.")
    talk.bot("📝 End: May 2027", "📝 Volunteers: 4", buttons=["✏️ End", "✏️ Volunteers"])
    talk.presses("✏️ End")
    talk.writes("June 2027")
    talk.bot("End: June 2027")


@pytest.mark.parametrize(
    "said", ["No, it was since April 2024", "sorry, we have run since April 2024", "Oops! since April 2024"]
)
def test_a_correction_changes_the_answer_and_is_no_part_of_the_description(said: str) -> None:
    talk = told()
    talk.writes(said)
    talk.bot("Noted: Start", "📝 Start: April 2024")
    assert talk.answers()["period_start"] == "2024-04"
    assert talk.answers()["summary"] == TOLD["en"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("da", "nej, det var i 2023"), ("sl", "ne, bilo je 2023"), ("en", "no, sorry, it was 2023")],
)
def test_an_answer_that_begins_with_no_is_read_without_it(language: str, said: str) -> None:
    talk = Dialogue(language, library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.memory.reports.kept["r1"] = Report("r1", "draft", {"library": {"key": "dk-0461"}, "status": "finished"})
    talk.memory.session = Session(1, Filling("r1", "period_start"), talk.now)
    talk.writes(said)
    assert talk.answers()["period_start"] == "2023"


@pytest.mark.parametrize(("language", "greets"), [("da", "Hej!"), ("sl", "Dober dan"), ("en", "Hello there")])
def test_a_greeting_is_answered_and_no_part_of_the_description(language: str, greets: str) -> None:
    talk = Dialogue(language)
    talk.commands("/report")
    talk.writes(greets)
    talk.writes(TOLD[language])
    assert talk.answers()["summary"] == TOLD[language]


@pytest.mark.parametrize(
    ("language", "said"), [("da", "ingen"), ("da", "nej"), ("sl", "seveda"), ("en", "none"), ("en", "yes")]
)
def test_yes_and_no_are_hardly_the_name_and_are_asked_about(language: str, said: str) -> None:
    talk = told(language)
    talk.memory.session = Session(1, Filling("r1", "title"), talk.now)
    talk.writes(said)
    talk.bot(said)
    assert "title" not in talk.answers()
    talk.presses(talk.labels()[0])
    assert talk.answers()["title"] == said


@pytest.mark.parametrize(("language", "yes"), [("da", "ja"), ("sl", "ok"), ("en", "yes please"), ("en", "continue")])
def test_yes_goes_on_with_a_draft_and_is_not_kept(language: str, yes: str) -> None:
    talk = told(language)
    talk.commands("/help")
    talk.commands("/report")
    number = {"da": "Der mangler 3 svar", "sl": "Manjkajo še 3 odgovori", "en": "3 answers are missing"}[language]
    talk.bot(number)
    talk.writes(yes)
    assert talk.memory.session.at == Filling("r1", "sharing", None, talk.memory.session.at.aside)  # type: ignore[union-attr]
