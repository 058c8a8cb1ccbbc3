"""What people mean by the words they write for a question with choices, in each language."""

from collections.abc import Sequence

import pytest

from bot.language.catalogues import Catalogues
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.meaning import DELICATE, has_one_slip, meaning
from conversations.vocabulary.words import words_in
from tests.conversations.flows.reports.test_report import talked_to

CATALOGUES = Catalogues()
CHOICES = {
    "themes": vocabulary.THEMES,
    "target_groups": vocabulary.TARGET_GROUPS,
    "partners": vocabulary.PARTNER_TYPES,
    "status": vocabulary.STATUS,
    "frequency": vocabulary.FREQUENCY,
    "sharing": vocabulary.SHARING,
}


def labels(choices: tuple[Choice, ...]) -> dict[str, Sequence[str]]:
    return {each.key: CATALOGUES.spellings(each.label) for each in choices}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vocabulary", "language", "typed", "keys"),
    [
        ("target_groups", "da", "hjemløse", "homeless_people"),
        ("target_groups", "da", "demente", "people_with_dementia"),
        ("target_groups", "da", "børn og unge", "children young_people"),
        ("target_groups", "da", "kvinder med indvandrerbaggrund", "women immigrants"),
        ("target_groups", "sl", "brezdomci", "homeless_people"),
        ("target_groups", "sl", "upokojenci", "older_people"),
        ("target_groups", "sl", "romski otroci", "roma children"),
        ("target_groups", "sl", "slepi", "people_with_disabilities"),
        ("target_groups", "en", "pensioners", "older_people"),
        ("target_groups", "sl", "migranti in migrantke", "immigrants"),
        ("target_groups", "sl", "otroci, ki doma govorijo drug jezik", "bilingual_children"),
        ("target_groups", "en", "early school leavers", "young_people"),
        ("target_groups", "en", "kids and families", "children families"),
        ("target_groups", "da", "6-10 år", "children"),
        ("target_groups", "da", "13-17 årige", "young_people"),
        ("target_groups", "sl", "stari od 10 do 14 let", "children"),
        ("target_groups", "sl", "15-letniki", "young_people"),
        ("target_groups", "sl", "otroci, stari 3 do 6 let", "children"),
        ("target_groups", "en", "ages 7 to 16", "children young_people"),
        ("target_groups", "en", "over 65 years", "older_people"),
        ("target_groups", "sl", "moški nad 60 let", "men older_people"),
        ("target_groups", "da", "under 30 år", "young_people"),
        ("themes", "da", "bogklub", "reading_group"),
        ("themes", "da", "IT-hjælp til ældre", "digital_inclusion"),
        ("themes", "sl", "tečaj slovenščine za tujce", "language_course"),
        ("themes", "sl", "učna pomoč za romske otroke", "homework_help"),
        ("themes", "en", "toddler rhyme time", "early_literacy"),
        ("partners", "da", "kommunen og jobcenteret", "municipal_department job_centre"),
        ("partners", "sl", "osnovna šola in vrtec", "school kindergarten"),
        ("partners", "en", "just us", "none"),
        ("status", "da", "kører stadig", "running"),
        ("themes", "da", "vi læser bøger sammen", "reading_group"),
        ("target_groups", "da", "gamle mænd", "older_people men"),
        ("target_groups", "da", "nye borgere", "newcomers_expats"),
        ("status", "da", "det var sidste år", "finished"),
        ("status", "da", "venter på bevilling", "planned"),
        ("frequency", "da", "mandag og torsdag", "weekly"),
        ("frequency", "da", "hver 6. uge", "irregular"),
        ("frequency", "da", "en gang om måneden om tirsdagen", "monthly"),
        ("frequency", "sl", "štirikrat mesečno", "weekly"),
        ("frequency", "sl", "2x/mesec", "biweekly"),
        ("frequency", "sl", "dvakrat v mesecu ob torkih", "biweekly"),
        ("frequency", "sl", "vsak drugi ponedeljek popoldne", "biweekly"),
        ("frequency", "sl", "mesečno, ob petkih", "monthly"),
        ("frequency", "da", "hver anden uge, torsdage", "biweekly"),
        ("themes", "sl", "knjige, ki jih lahko berejo slepi", "accessibility"),
        ("themes", "sl", "nabor ukrajinskih slikanic", "multilingual_collection"),
        ("frequency", "en", "every 6 weeks", "irregular"),
        ("frequency", "en", "4 times a month", "weekly"),
        ("themes", "sl", "pomoč srednješolcem pri učenju", "homework_help"),
        ("themes", "en", "help pupils with homework", "homework_help"),
        ("sharing", "da", "fagfolk", "network"),
        ("status", "en", "on hold", "paused"),
        ("status", "en", "not started yet", "planned"),
        ("status", "da", "ikke begyndt endnu", "planned"),
        ("frequency", "da", "hver anden tirsdag", "biweekly"),
        ("frequency", "sl", "vsako sredo", "weekly"),
        ("frequency", "en", "one-off", "once"),
        ("sharing", "sl", "vsem", "public"),
    ],
)
def test_words_that_people_use_are_understood(vocabulary: str, language: str, typed: str, keys: str) -> None:
    meant = meaning(typed, vocabulary, language, labels(CHOICES[vocabulary]))
    assert (meant.keys, meant.among, meant.unknown) == (tuple(keys.split()), (), ())


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "prison officers"),
        ("da", "ikke flygtninge"),
        ("da", "veteraner"),
        ("sl", "žrtve nasilja"),
        ("en", "LGBT"),
        ("en", "carers"),
        ("en", "drug users"),
        ("da", "folk uden uddannelse"),
    ],
)
def test_what_is_none_of_the_choices_is_told(language: str, typed: str) -> None:
    meant = meaning(typed, "target_groups", language, labels(vocabulary.TARGET_GROUPS))
    assert (meant.keys, meant.among) == ((), ())
    assert meant.unknown == (typed,)


@pytest.mark.parametrize("typed", ["prizes", "romaner", "roman", "slepe", "pensionrs", "indsættelse", "demo", "dement"])
@pytest.mark.parametrize("language", ["da", "sl", "en"])
def test_no_delicate_group_is_meant_by_a_word_that_only_looks_like_it(language: str, typed: str) -> None:
    meant = meaning(typed, "target_groups", language, labels(vocabulary.TARGET_GROUPS))
    said_so = {"dement": {"people_with_dementia"}, "slepe": {"people_with_disabilities"}}.get(typed, set())
    assert {*meant.keys, *meant.among} & DELICATE <= said_so


def test_a_word_that_may_mean_two_groups_is_asked_about() -> None:
    talk = talked_to("target_groups")
    talk.writes("udsatte")
    talk.bot("Which of these do you mean by “udsatte”?")
    assert talk.labels()[:2] == ["Vulnerable children and teens", "People in disadvantaged areas"]


def test_what_is_not_known_is_named_and_the_rest_is_chosen() -> None:
    talk = talked_to("target_groups")
    talk.writes("women, children and dog owners")
    talk.bot("“dog owners” is not one of the choices. The rest is chosen.", "Chosen: Women, Children")


def test_where_nothing_is_known_all_are_shown() -> None:
    talk = talked_to("target_groups")
    talk.writes("xyzzy")
    talk.bot("“xyzzy” is not one of the choices. Here are all of them.")
    assert "More (2 of 2)" in talk.labels()


def test_several_choices_put_together_from_one_part_are_shown_before_they_are_kept() -> None:
    talk = talked_to("target_groups")
    talk.writes("lonely immigrants")
    talk.bot("Chosen: People who are lonely, Immigrants")
    assert "Next" in talk.labels()


def test_a_part_that_is_not_known_is_asked_about_where_one_choice_is_to_be_made() -> None:
    talk = talked_to("status")
    talk.writes("running, and the rest xyzzy")
    talk.bot("Do you mean “Running”?")
    assert talk.labels()[0] == "Running"
    talk.writes("yes")
    talk.bot("Stage: Running")


@pytest.mark.parametrize("typed", ["maybe running", "ogoing since last year"])
def test_a_doubt_or_a_slip_shows_the_choice_before_it_is_kept(typed: str) -> None:
    talk = talked_to("status")
    talk.writes(typed)
    talk.bot("Do you mean “Running”?")
    talk.presses("Running")
    talk.bot("Stage: Running")


def test_a_slip_in_a_short_word_is_not_guessed_beside_other_words() -> None:
    assert not meaning("book lovers", "target_groups", "en", labels(vocabulary.TARGET_GROUPS)).keys
    assert meaning("familes", "target_groups", "en", labels(vocabulary.TARGET_GROUPS)).keys == ("families",)


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "anyone but kids"), ("da", "alle men ikke børn"), ("sl", "vsi ampak ne otroci")]
)
def test_what_is_set_against_something_is_not_kept_unseen(language: str, typed: str) -> None:
    talk = talked_to("target_groups", language=language) if language == "en" else None
    meant = meaning(typed, "target_groups", language, labels(vocabulary.TARGET_GROUPS))
    assert not meant.certain
    if talk:
        talk.writes(typed)
        talk.bot("Who is it for?", "Chosen: ")


def test_perhaps_a_partner_is_asked_about() -> None:
    talk = talked_to("partners")
    talk.writes("maybe the museum")
    talk.bot("Type only those who do this with you, or tap a kind.")


def test_not_sure_is_a_question_where_an_answer_is_needed() -> None:
    talk = talked_to("sharing")
    talk.writes("not sure")
    talk.bot("Which of these do you mean by “not sure”?", buttons=["Anyone (public)", "Coordinators only"])


def test_what_it_is_not_leaves_the_others() -> None:
    talk = talked_to("status")
    talk.writes("not running")
    talk.bot("Which of these do you mean")
    assert "Running" not in talk.labels()
    talk = talked_to("themes")
    talk.writes("anything except digital")
    talk.bot("Tap or type what it is, not what it is not.")
    talk.writes("homework help")
    talk.writes("not homework help")
    assert "Chosen" not in talk.said()


def test_a_part_is_looked_for_in_a_word_but_not_in_four_thousand_letters_without_a_space() -> None:
    groups = words_in("da").section("target_groups")
    assert ("refugees",) in {entry.keys for entry in groups.beginning_with("krigsflygtninge")}
    assert not list(groups.beginning_with("x" * 4000 + "flygtninge"))


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("sporgcafe", True),  # swapped
        ("spogcafe", True),  # left out
        ("spprogcafe", True),  # added
        ("spragcafe", True),  # wrong
        ("sporgcaffe", False),
        ("sopgrcafe", False),
    ],
)
def test_one_letter_is_a_slip_and_two_are_another_word(typed: str, is_one: bool) -> None:
    assert has_one_slip(typed, "sprogcafe") is is_one


def test_another_frequency_beside_a_number_is_asked_about() -> None:
    found = meaning("4 times a year, and monthly in spring", "frequency", "en", labels(vocabulary.FREQUENCY))
    assert not found.keys
    assert found.among == ("irregular", "monthly")


def test_another_ending_is_no_slip_of_the_finger() -> None:
    meant = meaning("udeleženci so povedali", "evidence_types", "sl", labels(vocabulary.EVIDENCE_TYPES))
    assert meant.keys == ("user_stories",)


def test_the_stage_is_offered_by_the_tense_where_no_word_for_one_is_said() -> None:
    talk = talked_to("status")
    talk.writes("first lesson on 3 May 2028")
    talk.bot("Did you mean one of these?")
    assert talk.labels()[:2] == ["Planned", "Show all"]
