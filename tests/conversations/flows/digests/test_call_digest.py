"""The digest of one call: which one is meant, what it brought, and its own questions with their answers, counted."""

from datetime import timedelta
from typing import Any

from bot.files.digest_tables import tables
from conversations.model.calls import CallStanding, OwnQuestion, WholeCall
from conversations.model.digests.answered import ToCall
from conversations.model.digests.packing import pack, unpack
from conversations.model.happenings import Happening
from tests.conversations.dialogue import CATALOGUES, Dialogue
from tests.conversations.flows.digests.test_digest import WEDNESDAY, coordinator, report_summary

OWN = (
    OwnQuestion("own_1", "choice", {"en": "Which room?", "da": "Hvilket lokale?"}, ({"en": "Hall"}, {"en": "Garden"})),
    OwnQuestion("own_2", "number", {"en": "How many evenings?"}),
    OwnQuestion("own_3", "text", {"en": "What surprised you?"}, retired=True),
    OwnQuestion("own_4", "text", {"en": "Never answered, asked no more"}, retired=True),
)


def call(slug: str, **given: Any) -> WholeCall:
    return WholeCall(slug, "en", **{"status": "open", "titles": {"en": slug.title(), "da": f"{slug} da"}, **given})


def with_calls(*calls: WholeCall) -> Dialogue:
    talk = coordinator()
    talk.memory.calls.kept = {each.slug: each for each in calls}
    return talk


def answered(number: int, *, late: bool = False, status: str = "published", **answers: Any) -> ToCall:
    return ToCall(report_summary(number, call="rooms", status=status), late, answers)


def rooms() -> Dialogue:
    """A call with questions of its own, and four reports to it."""
    talk = with_calls(call("rooms", questions=OWN))
    talk.memory.calls.standings = {"rooms": CallStanding(4, 1, ("Odense",), (), ("Aarhus", "Vejle"))}
    three = {"least": 3, "most": 3, "approximate": False}
    talk.memory.digests.answered = [
        answered(1, own_1="1", own_2=three, own_3="That all came."),
        answered(2, own_1="1", own_2={"least": 10, "most": None, "approximate": False}),
        answered(3, late=True, own_1="2", own_2=three),
        answered(4, status="declined", own_1="2"),
    ]
    talk.memory.digests.all = [(each.report, Happening("new", WEDNESDAY)) for each in talk.memory.digests.answered[:3]]
    return talk


def test_the_only_open_call_is_meant_and_named_in_heading_and_file() -> None:
    talk = rooms()
    talk.memory.calls.kept["over"] = call("over", status="closed")
    talk.commands("/digest call")
    talk.bot("Call: Rooms.", "3 new initiatives", buttons=["Spreadsheet"])
    assert "compare with" not in talk.said(), "there is only one such call"
    talk.presses("Spreadsheet")
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    assert talk.screen.enclosed.name == "meldind-rooms.xlsx"


def test_it_tells_who_was_late_declined_and_silent_and_counts_own_answers() -> None:
    talk = rooms()
    talk.commands("/digest rooms")
    talk.bot(
        "Which room? (3)",
        "Hall: 2",
        "Garden: 1",
        "How many evenings? (3)",
        "3: 2",
        "10 or more: 1",
        "What surprised you? (1)",
        "That all came. – Bibliotek 1",
        "Late (1)",
        "“Sprogcafé 3” – Bibliotek 3",
        "Declined (1)",
        "“Sprogcafé 4” – Bibliotek 4",
        "No response yet: Rooms (2)",
        "Aarhus, Vejle",
    )
    assert "Never answered" not in talk.said()


def test_its_file_has_the_same() -> None:
    talk = rooms()
    talk.commands("/digest rooms")
    (digest,) = talk.memory.digests.made.values()
    assert unpack(pack(digest)) == digest
    by_key = {table.key: table for table in tables(digest, CATALOGUES["en"])}
    assert [(row[1], row[2]) for row in by_key["own"].rows[:2]] == [("Hall", 2), ("Garden", 1)]
    assert by_key["own"].rows[0][3] == "Bibliotek 1; Bibliotek 2"
    assert [row[-1] for key in ("late", "declined") for row in by_key[key].rows] == ["r3", "r4"]
    assert [row[1] for row in by_key["silent"].rows] == ["Aarhus", "Vejle"]


def test_one_is_asked_which_of_several_open_calls_is_meant() -> None:
    talk = with_calls(call("rooms"), call("books"), call("over", status="closed"), call("draft", status="draft"))
    talk.commands("/digest call")
    talk.bot("Which call?", buttons=["Rooms", "Books"])
    assert "Over" not in talk.labels()
    talk.presses("Books")
    talk.bot("Call: Books.", "No new initiatives.")


def test_a_call_is_known_by_its_title_in_any_language() -> None:
    talk = with_calls(call("rooms"), call("books"))
    talk.commands("/digest BOOKS DA")
    talk.bot("Call: Books.")


def test_a_closed_call_has_a_digest_that_names_the_silent_and_ends_no_more() -> None:
    talk = with_calls(call("over", status="closed", deadline_at=WEDNESDAY - timedelta(days=9)))
    talk.memory.calls.standings = {"over": CallStanding(0, 0, (), (), ("Vejle",))}
    talk.commands("/digest call")
    talk.bot("Call: Over.", "No response yet: Over (1)", "Vejle")
    assert "ends soon" not in talk.said()


def test_without_any_call_one_is_told_what_to_write() -> None:
    talk = with_calls()
    talk.commands("/digest call")
    talk.bot("I do not know that time.")
