"""A whole report, and each of its questions, as a librarian meets them."""

from typing import Any

import pytest

from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.then import Then
from conversations.forms.questions import Question
from conversations.language.events import File, Pressed, SentFile, SharedContact, SharedLocation, Wrote
from conversations.model.calls import Call
from conversations.model.outcomes import DraftStarted, ReportSubmitted
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from tests.conversations.dialogue import CATALOGUES, Dialogue

SUMMARY = "Every Wednesday volunteers help children with their homework while parents meet over coffee."


def talked_to(question: str, *, status: str = "Running", language: str = "en") -> Dialogue:
    """A dialogue that stands at `question` of the basics."""
    talk = Dialogue(language, library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.starts_report()
    for key in ("status", "title", "summary", "themes", "target_groups", "period_start", "partners", "sharing"):
        if key == question:
            return talk
        match key:
            case "status":
                talk.presses(status)
            case "title":
                talk.writes("Homework café")
            case "summary":
                talk.writes(SUMMARY)
            case "themes":
                talk.writes("Homework help")
                talk.presses("Next")
            case "target_groups":
                talk.writes("Children")
                talk.presses("Next")
            case "period_start":
                talk.writes("March 2026")
            case "partners":
                talk.presses("Nobody else")
            case "sharing":
                talk.presses("Anyone (public)")
    return talk


def test_the_nine_required_answers_take_at_most_fourteen_interactions() -> None:
    talk = Dialogue()
    talk.starts_report()
    talk.bot("1 of 9", "Which library are you reporting for?")
    talk.writes("odense")
    talk.bot("Library: Odense", "2 of 9", "What stage is it at?")
    talk.presses("Running")
    talk.bot("3 of 9", "What is it called?")
    talk.writes("Homework café on Wednesdays")
    talk.bot("4 of 9", "What do you do, who is it for, and why?")
    talk.writes(SUMMARY)
    talk.bot("5 of 9", "What is it about?", buttons=["Homework help", "More (2 of 2)"])
    talk.presses("Homework help")
    talk.bot("Chosen: Homework help")
    talk.presses("Next")
    talk.bot("6 of 9", "Who is it for?")
    talk.writes("children")
    talk.presses("Next")
    talk.bot("7 of 9", "When did it start?")
    talk.writes("marts 2026")
    talk.bot("Start: March 2026", "8 of 9", "Who do you do this with?")
    talk.presses("Nobody else")
    talk.bot("9 of 9", "Who can see this report?")
    talk.presses("Anyone (public)")
    talk.bot("Check your report", "Name: Homework café on Wednesdays", buttons=["Send report", "Add more", "✏️ Name"])
    talk.presses("Send report")
    talk.bot("Thank you. Your report has been sent.", "Reference: r1")
    assert talk.did <= 14
    assert talk.answers() == {
        "library": {"key": "dk-0461", "name": talk.answers()["library"]["name"]},  # type: ignore[index]
        "status": "running",
        "title": "Homework café on Wednesdays",
        "summary": SUMMARY,
        "themes": ["homework_help"],
        "target_groups": ["children"],
        "period_start": "2026-03",
        "partners": {"types": ["none"], "names": []},
        "sharing": "public",
    }
    assert talk.memory.reports.kept["r1"].status == "submitted"


def test_the_library_is_asked_once_and_then_remembered() -> None:
    talk = talked_to("end")
    talk.presses("Send report")
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.bot("Library: Odense Bibliotekerne", "2 of 9", "What stage is it at?")
    talk.presses("‹ Back")
    talk.bot("1 of 9", "Your answer: Odense Bibliotekerne", buttons=["Keep this answer ›"])
    talk.presses("Keep this answer ›")
    talk.bot("What stage is it at?")


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("Planned", "What are you planning to do, who is it for, and why?"),
        ("Running", "What do you do, who is it for, and why?"),
        ("Finished", "What did you do, who was it for, and why?"),
        ("Paused", "What do you do, who is it for, and why?"),
    ],
)
def test_the_status_decides_the_tense(status: str, asked: str) -> None:
    talked_to("summary", status=status).bot(asked)


def test_planned_work_is_never_asked_for_results() -> None:
    talk = talked_to("end", status="Planned")
    talk.presses("Add more")
    assert not [label for label in talk.labels() if label.startswith("Results")]
    talk.presses("‹ Back to the report")
    talk.presses("✏️ Stage")
    talk.presses("Finished")
    talk.presses("Add more")
    assert [label for label in talk.labels() if label.startswith("Results")]


def test_only_planned_work_may_start_on_a_day_not_yet_decided() -> None:
    talk = talked_to("period_start", status="Planned")
    talk.bot("When do you expect to start?", buttons=["Not decided yet"])
    talk.presses("Not decided yet")
    assert talk.answers()["period_start"] == "undecided"
    assert "Not decided yet" not in talked_to("period_start", status="Running").labels()


def test_several_messages_make_one_description() -> None:
    talk = talked_to("summary")
    talk.writes("We help with homework.")
    talk.bot("Write a little more: 8 characters are missing.")
    talk.writes("Every Wednesday")
    talk.bot("Saved so far. Send more, or tap “Done”.", "We help with homework.", "Every Wednesday")
    talk.writes("færdig")
    assert talk.answers()["summary"] == "We help with homework.\nEvery Wednesday"


def test_a_full_description_needs_no_done_and_a_further_message_is_still_added_to_it() -> None:
    talk = talked_to("summary")
    talk.writes("We help with homework.")
    talk.writes("Every Wednesday after school.")
    talk.bot("Description: We help with homework. Every Wednesday after school.", "What is it about?")
    talk.writes("Coffee is free.")
    talk.bot("Added to the description.", "What is it about?")
    assert talk.answers()["summary"] == "We help with homework.\nEvery Wednesday after school.\nCoffee is free."
    talk.writes("Homework help")
    assert "Coffee is free." in str(talk.answers()["summary"])
    talk.bot("Chosen: Homework help")


def test_too_much_text_is_refused_and_what_came_before_is_kept() -> None:
    talk = talked_to("summary")
    begun = SUMMARY.removesuffix(".")
    talk.writes(begun)
    talk.writes("x" * 1500)
    talk.bot("That is too long: 1,592 characters, and there is room for 1,500.", begun)
    talk.presses("Done")
    assert talk.answers()["summary"] == begun


def test_the_themes_that_the_story_suggests_come_first_and_none_is_chosen_for_her() -> None:
    talk = talked_to("themes")
    assert talk.labels()[0] == "Homework help"
    assert not any(button.chosen for row in talk.screen.rows for button in row)  # type: ignore[union-attr]


def test_a_fifth_theme_is_refused_with_a_word_at_the_press() -> None:
    talk = talked_to("themes")
    for label in talk.labels()[:4]:
        talk.presses(label)
    talk.presses("More (2 of 2)")
    fifth = talk.labels()[0]
    talk.presses(fifth)
    assert talk.toast() == "You can choose up to 4. Remove one first, then choose again."
    talk.presses("Next")
    assert len(talk.answers()["themes"]) == 4  # type: ignore[arg-type]


def test_the_same_toggle_arriving_twice_is_once() -> None:
    talk = talked_to("themes")
    press = talk.press_of(talk.button("Homework help"))
    talk.takes(press)
    talk.takes(press)
    talk.bot("Chosen: Homework help")


def test_typing_works_in_all_three_languages() -> None:
    for typed in ("Homework help", "lektiehjælp", "ucna pomoc", "Lektiehjælp, sprogcafé"):
        talk = talked_to("themes")
        talk.writes(typed)
        if "," not in typed:  # a list that is wholly understood goes on by itself
            talk.presses("Next")
        assert "homework_help" in talk.answers()["themes"]  # type: ignore[operator]


def test_a_label_written_nearly_right_is_offered() -> None:
    talk = talked_to("themes")
    talk.writes("services")
    talk.bot("Which of these do you mean by “services”?")
    assert "Help with online services" in talk.labels()
    talk.presses("Show all")
    assert "More (2 of 2)" in talk.labels()


def test_a_date_that_does_not_exist_is_told_apart_from_no_date() -> None:
    talk = talked_to("period_start")
    talk.writes("31.2.2026")
    talk.bot("That day is not in the calendar.", "When did it start?")
    talk.writes("soonish")
    talk.bot("Type a date.", "When did it start?")


def test_partners_are_kinds_and_then_names() -> None:
    talk = talked_to("partners")
    talk.presses("Charity or voluntary group")
    talk.presses("School")
    talk.presses("Next")
    talk.bot("What are these partners called?")
    talk.writes("Røde Kors, Vollsmose Skole")
    assert talk.answers()["partners"] == {"types": ["ngo", "school"], "names": ["Røde Kors", "Vollsmose Skole"]}


@pytest.mark.parametrize(
    ("text", "types", "names"),
    [
        ("røde kors og jobcentret", ["ngo", "job_centre"], ["røde kors"]),
        ("Slovenska filantropija, CSD", ["ngo", "social_work"], ["Slovenska filantropija"]),
        ("Red Cross and a primary school", ["ngo", "school"], ["Red Cross"]),
        ("ingen, vi gør det selv", ["none"], []),
    ],
)
def test_partners_and_their_kinds_are_taken_from_one_message(text: str, types: list[str], names: list[str]) -> None:
    talk = talked_to("partners")
    talk.writes(text)
    assert talk.answers()["partners"] == {"types": types, "names": names}


def test_the_kind_of_an_unknown_partner_is_asked_once() -> None:
    talk = talked_to("partners")
    talk.writes("Red Cross and Bluebell")
    talk.bot("What kind of partner is Bluebell?", "Bluebell", buttons=["School", "Skip"])
    talk.presses("School")
    assert talk.answers()["partners"] == {"types": ["ngo", "school"], "names": ["Red Cross", "Bluebell"]}


def test_a_partner_that_is_not_certain_is_not_kept() -> None:
    talk = talked_to("partners")
    talk.writes("not the Red Cross any more")
    talk.bot("Type only those who do this with you, or tap a kind.")
    assert "partners" not in talk.answers()


def test_an_unknown_partner_may_stay_without_a_kind() -> None:
    talk = talked_to("partners")
    talk.writes("Bluebell")
    talk.writes("a bit of everything")
    talk.bot("What kind of partner is Bluebell?")
    talk.presses("Skip")
    assert talk.answers()["partners"] == {"types": [], "names": ["Bluebell"]}


def test_the_names_of_partners_may_be_skipped_and_the_kinds_gone_back_to() -> None:
    talk = talked_to("partners")
    talk.presses("School")
    talk.presses("Next")
    talk.presses("‹ Back")
    talk.bot("Who do you do this with?", "Chosen: School")
    talk.presses("Next")
    talk.presses("Skip")
    assert talk.answers()["partners"] == {"types": ["school"], "names": []}


def adding(module: str, status: str = "Finished") -> Dialogue:
    talk = talked_to("end", status=status)
    talk.presses("Add more")
    talk.presses(next(label for label in talk.labels() if label.startswith(module)))
    return talk


def test_the_results_of_finished_work() -> None:
    talk = adding("Results")
    talk.bot("Results · 1 of 9", "What has changed for the people who take part?")
    talk.writes("Most of the children now finish their homework on their own.")
    talk.presses("Done")
    talk.bot("How do you know?")
    talk.presses("Our own figures")
    talk.presses("Next")
    talk.bot("What shows this? Give a figure, a quote (without names) or a link.")
    talk.writes("71,2 % of 30")
    talk.presses("Done")
    talk.bot("Which figure shows it best?", buttons=["71.2%"])
    talk.presses("71.2%")
    talk.bot("Which year is the figure from?", buttons=["2026", "2025"])
    talk.presses("2025")
    talk.bot("What did people gain?")
    talk.presses("Skip")
    talk.bot("About how many people took part?")
    talk.writes("10-12")
    talk.bot("Is that in total, or each time?")
    talk.presses("Each time")
    talk.bot("How many volunteers help?")
    talk.writes("ca. 5")
    talk.presses("Skip")
    talk.bot("Is it continuing?")
    talk.presses("Yes, permanently")
    talk.bot("What would you like to add?")
    talk.presses("‹ Back to the report")
    talk.bot("Check your report", buttons=["Send report"])
    answers = talk.answers()
    assert answers["participants"] == {"least": 10, "most": 12, "approximate": False, "counted": "each_time"}
    assert answers["volunteers"] == {"least": 5, "most": 5, "approximate": True}
    assert answers["evidence_types"] == ["statistics"]
    assert answers["evidence_figure"] == {
        "unit": "percent",
        "least": 71.2,
        "most": 71.2,
        "approximate": False,
        "of": None,
        "about": "",
        "year": "2025",
    }
    assert answers["outcome_areas"] is None
    assert answers["continues"] == "permanent"


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [
        ("43 of 50 in 2024", "43 of 50, 2024", ("of", 43, 43, 50, "2024")),
        ("skoraj 60 odstotkov, 2015", "about 60%, 2015", ("percent", 60, 60, None, "2015")),
        (
            "mellem 200 og 250 udlån om året, 2024",
            "200–250: “mellem 200 og 250 udlån om året, 2024”, 2024",
            ("number", 200, 250, None, "2024"),
        ),
    ],
)
def test_a_typed_figure_with_its_year_needs_no_second_question(
    typed: str, shown: str, value: tuple[object, ...]
) -> None:
    talk = at_the_figure("external_evaluation")
    talk.writes(typed)
    talk.bot(f"Figure: {shown}", "What did people gain?")
    figure: Any = talk.answers()["evidence_figure"]
    assert tuple(figure[part] for part in ("unit", "least", "most", "of", "year")) == value


def test_of_several_figures_one_is_chosen_and_words_without_one_are_asked_again() -> None:
    talk = at_the_figure("research")
    talk.writes("It went well")
    talk.bot("Type a figure, for example 60%, 43 of 50 or about 200.")
    talk.writes("43 of 50 families. 12 of 15 schools in 2023.")
    talk.bot(
        "Which figure do you mean?", buttons=["43 of 50: 43 of 50 families.", "12 of 15: 12 of 15 schools in 2023."]
    )
    talk.presses("12 of 15: 12 of 15 schools in 2023.")
    talk.bot("What did people gain?")
    assert "2023" in str(talk.answers()["evidence_figure"])


def test_a_figure_may_be_skipped_and_its_year_too() -> None:
    talk = at_the_figure("satisfaction")
    talk.writes("60 %")
    talk.bot("Which year is the figure from?")
    talk.presses("Skip")
    talk.bot("What did people gain?")
    assert "'year': ''" in str(talk.answers()["evidence_figure"])


@pytest.mark.parametrize("kind", ["user_stories", "observation"])
def test_what_people_tell_is_asked_for_no_figure(kind: str) -> None:
    talk = at_the_figure(kind)
    talk.bot("What did people gain?")


def at_the_figure(kind: str) -> Dialogue:
    """A librarian who has told a result, how it is known, and no more."""
    talk = adding("Results")
    talk.writes("The children read more.")
    talk.presses("Done")
    label = next(choice.label for choice in vocabulary.EVIDENCE_TYPES if choice.key == kind)
    talk.presses(CATALOGUES["en"].say(label))
    talk.presses("Next")
    talk.presses("Skip")
    return talk


def test_without_an_outcome_nobody_asks_how_it_is_known() -> None:
    talk = adding("Results")
    talk.presses("Skip")
    talk.bot("What did people gain?")


def test_more_about_it() -> None:
    talk = adding("More details")
    talk.bot("When did it end?")
    talk.writes("2025")
    talk.bot("That is before it started (March 2026).")
    talk.writes("juni 2026")
    talk.bot("What role does the library play here?")
    talk.presses("Learning centre")
    talk.presses("Next")
    talk.writes("Children had nowhere quiet to sit.")
    talk.presses("Done")
    talk.presses("Every week")
    talk.presses("In the library")
    talk.bot("What is the name or address of the place?")
    talk.takes(SharedLocation(55.4, 10.4))
    assert talk.answers()["location"] == {"place": "", "latitude": 55.4, "longitude": 10.4}
    assert talk.answers()["period_end"] == "2026-06"


def test_names_and_addresses_are_kept_apart() -> None:
    talk = adding("Help, sharing and funding")
    talk.presses("Skip")
    talk.presses("Offer a contact person")
    talk.presses("Next")
    talk.bot("Who can others ask?", "Only you see it.")
    talk.writes("hello")
    talk.bot("Type an email address or a phone number, with a name if there is one.")
    talk.writes("The homework team, lektier@example.org")
    talk.bot("Does this person know", "within a month")
    talk.presses("Yes")
    talk.bot("Which email or phone number can others use?")
    talk.takes(SharedContact("Desk", "+4565514301"))
    apart = [outcome for outcome in talk.memory.history if getattr(outcome, "personal", False)]
    assert [outcome.question for outcome in apart] == ["resource_person", "resource_person_knows", "contact"]  # type: ignore[union-attr]


@pytest.mark.parametrize("number", ["112", "1813", "+45 1", "", "12345678901234567"])
def test_a_shared_card_with_a_number_that_is_no_telephones_is_asked_again(number: str) -> None:
    talk = adding("Help, sharing and funding")
    for _ in range(2):
        talk.presses("Skip")
    talk.bot("Which email or phone number can others use?")
    talk.takes(SharedContact("Desk", number))
    talk.bot(
        "Type an email address or a phone number, with a name if there is one.",
        "Which email or phone number can others use?",
    )
    assert "contact" not in talk.answers()
    talk.takes(SharedContact("Desk", "4565514301"))
    assert talk.answers()["contact"] == {"name": "Desk", "email": "", "phone": "+4565514301"}


def test_the_address_behind_linked_words_is_kept_where_it_says_something() -> None:
    talk = talked_to("title")
    talk.takes(Wrote("Homework café (https://bib.dk/lektie)", 901, plain="Homework café"))
    assert talk.answers()["title"] == "Homework café (https://bib.dk/lektie)"
    talk = adding("Photos and links")
    talk.takes(Wrote("Our page (https://bib.dk/lektie)", 902, plain="Our page"))
    assert talk.answers()["link"] == ["https://bib.dk/lektie"]


def test_the_address_behind_linked_words_is_in_nobodys_way() -> None:
    talk = Dialogue()
    talk.starts_report()
    talk.takes(Wrote("odense (https://odensebib.dk)", 901, plain="odense"))
    talk.takes(Wrote("Running (https://odensebib.dk/2024)", 902, plain="Running"))
    assert talk.answers()["status"] == "running"
    talk = adding("Help, sharing and funding")
    for _ in range(2):
        talk.presses("Skip")
    talk.takes(Wrote("Ida Holm, 65514301 (https://odensebib.dk)", 903, plain="Ida Holm, 65514301"))
    assert talk.answers()["contact"] == {"name": "Ida Holm", "email": "", "phone": "65514301"}
    talk.presses("‹ Back")
    talk.takes(Wrote("Write to us (mailto:ida@bib.dk)", 904, plain="Write to us"))
    assert talk.answers()["contact"]["email"] == "ida@bib.dk"  # type: ignore[index]


def test_a_picture_of_another_format_is_refused_and_one_of_no_known_kind_is_not_yet() -> None:
    talk = adding("Photos and links")
    talk.presses("Skip")
    talk.takes(SentFile(File("document", "ref", "a.heic", "image/heic", 1000)))
    talk.bot("I cannot read this format of picture", "Would you like to add a photo?")
    talk.takes(SentFile(File("document", "ref", "a.pdf", "application/pdf", 1000)))
    talk.bot("Send a photo with the paper clip, or tap “Skip”.")
    talk.takes(SentFile(File("document", "ref", "scan", "", 1000)))
    talk.bot("1 photo saved.")


def test_pictures_with_their_consent() -> None:
    talk = adding("Photos and links")
    talk.writes("not a link")
    talk.bot("Send a link, for example https://www.")
    talk.writes("www.odensebib.dk/lektiecafe")
    assert talk.answers()["link"] == ["https://www.odensebib.dk/lektiecafe"]
    talk.bot("Would you like to add a photo?")
    talk.sends_photo(album="a")
    talk.sends_photo(album="a")
    talk.bot("2 photos saved.")
    assert talk.screen is not None
    assert talk.screen.album == "a"
    talk.presses("Done")
    talk.bot("Have the people in the photo agreed to it being shown?")
    talk.presses("Yes")
    assert talk.answers()["photo_consent"] is True


def test_a_picture_that_is_too_large_is_refused() -> None:
    talk = adding("Photos and links")
    talk.presses("Skip")
    talk.sends_photo(size=21 * 1024 * 1024)
    talk.bot("larger than 20 MB")


def test_a_picture_in_the_middle_is_saved_and_consent_is_asked_before_sending() -> None:
    talk = talked_to("partners")
    talk.sends_photo()
    talk.bot("The photo is saved with this report.", "Who do you do this with?")
    talk.presses("Nobody else")
    talk.presses("Anyone (public)")
    talk.bot("Have the people in the photo agreed to it being shown?")
    talk.presses("No")
    talk.bot("Check your report", buttons=["Send report"])


def test_an_open_call_is_asked_about() -> None:
    talk = Dialogue(
        library={"key": "dk-0461", "name": "Odense Bibliotekerne"}, calls=[Call("refugees-2016", "Refugees")]
    )
    talk.commands("/start c_refugees-2016")
    talk.bot("This report answers the call “Refugees”.")
    talk.goes_question_by_question()
    talk.bot("What stage is it at?")
    assert talk.answers()["campaign"] == "refugees-2016"
    talk.commands("/start c_unknown")
    talk.bot("That call is closed or does not exist.")


def test_one_report_for_one_submission() -> None:
    talk = talked_to("end")
    send = talk.press_of(talk.button("Send report"))
    talk.takes(send)
    talk.takes(send)
    assert [type(outcome) for outcome in talk.memory.history].count(ReportSubmitted) == 1
    assert [type(outcome) for outcome in talk.memory.history].count(DraftStarted) == 1


@pytest.mark.parametrize("language", ["en", "da", "sl"])
def test_what_is_stored_is_repeated_in_one_line_whatever_the_kind_of_question(language: str) -> None:
    talk = Dialogue(language, library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.starts_report()
    said = {
        "status": "running",
        "title": "Homework café",
        "summary": SUMMARY,
        "themes": "homework_help",
        "target_groups": "children",
        "period_start": "2026",
        "partners": "none",
    }
    for key, words in said.items():
        question = INITIATIVE.question(key)
        assert question is not None
        talk.writes(next((talk.reads(each.label) for each in choices_of(question) if each.key == words), words))
        if key not in talk.answers():
            talk.takes(Pressed("done", "", "r1", talk.memory.session.step))
        line = talk.said().splitlines()[0]
        shown, label = talk.reads(question.kind.show(talk.answers()[key])), talk.reads(question.label)
        assert line == f"{label}: {shown}" if len(shown) <= 80 else line.startswith(f"{label}: {shown[:60]}")
        assert len(line) <= len(label) + 2 + 80


def choices_of(question: Question) -> tuple[Choice, ...]:
    """The choices of a question, or of its first half."""
    kind = question.kind.first if isinstance(question.kind, Then) else question.kind
    return tuple(getattr(kind, "choices", ()))


@pytest.mark.parametrize(
    ("module", "skipped", "words", "repeated"),
    [
        ("More details", 2, "Meet people", "Need: Meet people"),
        ("Results", 3, "ca. 5", "Volunteers: "),
        ("Help, sharing and funding", 2, "Ida, ida@bib.dk", "Library contact: Ida, ida@bib.dk"),
        ("Photos and links", 0, "bib.dk/cafe", "Link: https://bib.dk/cafe"),
    ],
)
def test_what_was_read_from_words_is_repeated_too(module: str, skipped: int, words: str, repeated: str) -> None:
    talk = adding(module)
    for _ in range(skipped):
        talk.presses("Skip")
    talk.writes(words)
    if "Done" in talk.labels():
        talk.presses("Done")
    assert talk.said().startswith(repeated)


def test_a_summary_that_comes_next_repeats_everything_anyway() -> None:
    talk = talked_to("sharing")
    talk.presses("Anyone (public)")
    assert talk.said().count("Who can see it: Anyone") == 1
    talk.presses("✏️ Name")
    talk.writes("Homework club")
    assert talk.said().count("Name: Homework club") == 1
    assert talk.said().startswith("Check your report")
