"""A coordinator gathers published reports into a collection; everybody reads, follows and hands it on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.context.context import Context
from conversations.flows.collections import leaving
from conversations.language.events import Pressed
from conversations.model.collections.collection import MOST, moved
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import PersonForgotten
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.lineage.test_asking import CAFE, tells


def initiative(number: int, sharing: str = "public") -> Initiative:
    answers = {**CAFE.answers, "title": f"Café {number}", "sharing": sharing}
    return replace(CAFE, id=f"i{number}", published_at=CAFE.published_at + timedelta(days=number), answers=answers)


@pytest.fixture
def ann() -> Dialogue:
    """A coordinator, with three public initiatives and one for the network."""
    talk = Dialogue(roles=("coordinator",), name="Ann")
    talk.bot_name = "meldind_bot"
    published = talk.memory.initiatives.published
    published |= {f"i{number}": initiative(number) for number in (1, 2, 3)}
    published["i4"] = initiative(4, "network")
    talk.memory.initiatives.seen = frozenset({"public", "network", "coordinators"})
    return talk


def reader(ann: Dialogue, *roles: str) -> Dialogue:
    """Somebody else, who sees only what is public."""
    talk = Dialogue(beside=ann, roles=roles, name="Eva")
    talk.bot_name = "meldind_bot"
    talk.memory.initiatives.published = ann.memory.initiatives.published
    talk.memory.collections = replace(ann.memory.collections, reader=talk.memory.person.id)
    return talk


def enclosed(talk: Dialogue) -> tuple[str, str]:
    """What kind of file came with the newest screen, and what it is made of."""
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    return talk.screen.enclosed.kind, talk.screen.enclosed.data


def order(ann: Dialogue) -> list[str]:
    return list(ann.memory.collections.kept["ten-good-examples"].reports)


def gathers(ann: Dialogue, *reports: str) -> None:
    """Ann makes a collection with these initiatives, and an introduction in English."""
    ann.commands("/collections")
    ann.presses("New collection")
    ann.writes("Ten good examples")
    ann.writes("What libraries do about loneliness, for ministries and each other.")
    for report in reports:
        ann.commands(f"/start r_{report}")
        ann.takes(Pressed("collect", f"{report}.ten-good-examples"))


def publishes(ann: Dialogue) -> None:
    ann.takes(Pressed("coll_edit", "ten-good-examples"))
    ann.presses("Publish the collection")
    ann.bot("Published. Everybody can read it: /collections")


def test_nothing_is_published_yet() -> None:
    talk = Dialogue()
    talk.commands("/collections")
    talk.bot("No collection is published yet.", buttons=["Find initiatives"])
    assert "New collection" not in talk.labels()


def test_a_collection_is_made_and_read(ann: Dialogue) -> None:
    gathers(ann, "i1", "i2", "i4")
    eva = reader(ann)
    eva.commands("/collections")
    eva.bot("No collection is published yet.")
    eva.commands("/start k_ten-good-examples")
    eva.bot("That collection is not there any more, or is not published.")
    publishes(ann)
    eva.commands("/collections")
    eva.bot("Collections", "Ten good examples: 3 initiatives")
    eva.presses("Ten good examples")
    eva.bot(
        "Ten good examples",
        "What libraries do about loneliness",
        "2 initiatives from one library",
        "By country: Denmark 2",
        "By theme: Language café 2",
        "1. Café 1 – Vejle Bibliotekerne (Danish)",
        "2. Café 2",
        "One more is for libraries and registered partners.",
        buttons=["1. Café 1", "Follow", "Share and files"],
    )
    assert "Edit collection" not in eva.labels()
    assert "Café 4" not in eva.said()
    eva.presses("1. Café 1")
    eva.bot("Café 1", "Library: Vejle Bibliotekerne")


def test_what_is_added_with_one_tap_from_a_card_and_from_results(ann: Dialogue) -> None:
    ann.commands("/start r_i1")
    ann.presses("Add to a collection")
    ann.presses("New collection")
    ann.writes("Ten good examples")
    ann.presses("‹ Back")
    ann.bot("Ten good examples", "Not published yet", "One initiative")
    ann.commands("/start r_i2")
    ann.presses("+ Ten good examples")
    assert ann.toast() == "Added as number 2."
    ann.commands("/search café")
    ann.bot("+ adds one to the collection: Ten good examples")
    assert [each for each in ann.labels() if each.startswith("+")] == ["+ 1", "+ 2"]
    ann.presses("+ 1")
    assert ann.toast() == "Added as number 3."
    assert order(ann) == ["i1", "i2", "i4"]
    ann.takes(Pressed("collect", "i1.ten-good-examples"))
    assert ann.toast() == "It is in that collection already."


def test_no_more_than_it_has_room_for_and_nothing_that_is_for_coordinators(ann: Dialogue) -> None:
    gathers(ann)
    kept, published = ann.memory.collections.kept, ann.memory.initiatives.published
    published |= {f"m{number}": initiative(number + 100) for number in range(MOST)}
    full = tuple(f"m{number}" for number in range(MOST))
    kept["ten-good-examples"] = replace(kept["ten-good-examples"], reports=full)
    ann.takes(Pressed("collect", "i1.ten-good-examples"))
    assert ann.toast() == f"A collection has room for {MOST} initiatives. Take one out first."
    published["i5"] = initiative(5, "coordinators")
    ann.takes(Pressed("collect", "i5.ten-good-examples"))
    ann.bot("Only initiatives that others may see can be in a collection.")


def test_it_is_put_in_order_by_buttons_and_by_numbers(ann: Dialogue) -> None:
    gathers(ann, "i1", "i2", "i3")
    ann.takes(Pressed("coll_edit", "ten-good-examples"))
    ann.presses("Order and taking out")
    ann.presses("3. Café 3")
    ann.presses("↑ Up")
    assert order(ann) == ["i1", "i3", "i2"]
    ann.writes("3 to 1")
    assert order(ann) == ["i2", "i1", "i3"]
    ann.writes("9 to 1")
    ann.bot("Tap one, or write for example")
    ann.writes("2")
    ann.presses("Take out")
    ann.bot("Taken out.")
    assert order(ann) == ["i2", "i3"]
    ann.writes("‹ Back")
    ann.bot("2 initiatives")


def test_it_needs_an_introduction_and_something_in_it(ann: Dialogue) -> None:
    ann.takes(Pressed("coll_new"))
    ann.writes("Ten good examples")
    ann.presses("‹ Back")
    ann.presses("Publish the collection")
    ann.bot("Write an introduction first, in one language at least.")
    ann.presses("Introduction")
    ann.writes("x")
    ann.bot("That is too short.")
    ann.writes("What libraries do about loneliness.")
    ann.bot("Saved: English", "Type the text. Language: Dansk")
    ann.presses("‹ Back")
    ann.presses("Publish the collection")
    ann.bot("There is nothing in it yet. Add an initiative first.")


def test_a_name_of_words_that_say_what_to_do_elsewhere_is_a_name(ann: Dialogue) -> None:
    ann.takes(Pressed("coll_new"))
    ann.writes("Good examples")
    assert list(ann.memory.collections.kept) == ["good-examples"]


def test_each_reads_it_in_their_language(ann: Dialogue) -> None:
    gathers(ann, "i1")
    ann.takes(Pressed("coll_edit", "ten-good-examples"))
    ann.presses("Name")
    ann.presses("Dansk")
    ann.writes("Ti gode eksempler")
    ann.presses("‹ Back")
    publishes(ann)
    ida = reader(ann)
    ida.memory.person = replace(ida.memory.person, language="da")
    ida.commands("/start k_ten-good-examples")
    ida.bot("Ti gode eksempler", "What libraries do about loneliness")


def test_it_is_withdrawn(ann: Dialogue) -> None:
    gathers(ann, "i1")
    publishes(ann)
    ann.presses("Withdraw the collection")
    ann.bot("Withdrawn. Its link shows nothing any more.")
    eva = reader(ann)
    eva.commands("/start k_ten-good-examples")
    eva.bot("That collection is not there any more")
    ann.commands("/collections")
    ann.bot("Ten good examples: Withdrawn, one initiative")


def test_whoever_follows_is_told_of_what_is_added_until_they_stop(ann: Dialogue) -> None:
    gathers(ann, "i1")
    publishes(ann)
    eva = reader(ann, "partner")
    eva.commands("/start k_ten-good-examples")
    eva.presses("Follow")
    eva.bot("You will get a message when an initiative is added to this collection.")
    ann.takes(Pressed("collect", "i2.ten-good-examples"))
    eva.bot("New in the collection: Ten good examples", "Café 2", buttons=["Open the collection"])
    ann.takes(Pressed("collect", "i4.ten-good-examples"))
    eva.bot("New in the collection: Ten good examples")
    assert "Café 4" not in eva.said()
    eva.presses("Open the collection")
    eva.presses("Unfollow")
    eva.notices.clear()
    ann.takes(Pressed("collect", "i3.ten-good-examples"))
    assert not eva.notices


def test_it_is_handed_on_as_link_text_and_files(ann: Dialogue) -> None:
    gathers(ann, "i1", "i4")
    publishes(ann)
    eva = reader(ann)
    eva.commands("/start k_ten-good-examples")
    eva.presses("Share and files")
    eva.bot("Ten good examples", "https://t.me/meldind_bot?start=k_ten-good-examples", "One more is for libraries")
    assert enclosed(eva) == ("qr", "https://t.me/meldind_bot?start=k_ten-good-examples")
    eva.presses("As text")
    eva.bot("1. Café 1 – Vejle Bibliotekerne. Frivillige", "start=r_i1", "start=k_ten-good-examples")
    assert "Café 4" not in eva.said()
    eva.commands("/start k_ten-good-examples")
    eva.presses("Share and files")
    eva.presses("Table (CSV)")
    assert enclosed(eva) == ("collection", "ten-good-examples.csv.en")


def test_a_report_that_is_withdrawn_leaves_it_and_the_coordinator_is_told(ann: Dialogue) -> None:
    author = Dialogue(beside=ann)
    author.memory.initiatives.published = ann.memory.initiatives.published
    author.memory.collections = replace(ann.memory.collections, reader=author.memory.person.id)
    gathers(ann, "i1", "i2")
    publishes(ann)
    author.memory.initiatives.published.clear()
    tells(author)
    author.memory.initiatives.published |= {"r1": initiative(9), "i2": initiative(2)}
    kept = ann.memory.collections.kept
    kept["ten-good-examples"] = replace(kept["ten-good-examples"], reports=("r1", "i2"))
    (erased,) = leaving.told((PersonForgotten(with_reports=True),), _published(author))
    assert erased.to == ann.memory.person.id
    assert not leaving.told((PersonForgotten(with_reports=False),), _published(author))
    author.commands("/myreports")
    author.takes(Pressed("open", "r1"))
    author.presses("Withdraw")
    author.presses("Yes, withdraw it")
    ann.bot("“Café 9” has been withdrawn by its author, and is no longer in the collection: Ten good examples")
    del ann.memory.initiatives.published["r1"]
    ann.presses("Open the collection")
    ann.bot("One initiative from one library")


def _published(author: Dialogue) -> Context:
    """What the author finds once their report is published."""
    author.memory.review.reports["r1"] = replace(author.memory.review.reports["r1"], status="published")
    return author.context()


def test_others_cannot_make_or_change_one(ann: Dialogue) -> None:
    gathers(ann, "i1")
    eva = reader(ann, "partner")
    for press in (
        Pressed("coll_new"),
        Pressed("coll_edit", "ten-good-examples"),
        Pressed("collect", "i2.ten-good-examples"),
    ):
        eva.takes(press)
        eva.bot("That needs a role that you do not have.")
    assert order(ann) == ["i1"]


@pytest.mark.parametrize(
    ("report", "by", "order"),
    [("a", 1, "bac"), ("a", -1, "abc"), ("c", -2, "cab"), ("c", 5, "abc"), ("b", -9, "bac")],
)
def test_moving_stays_within_the_collection(report: str, by: int, order: str) -> None:
    assert moved(list("abc"), report, by) == list(order)
