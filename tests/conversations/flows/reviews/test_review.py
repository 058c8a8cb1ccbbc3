"""Reviews without any I/O: an author and coordinators, each at their own phone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.language.events import Pressed, Wrote
from conversations.model.outcomes import ContactsRead, ReportClaimed, ReportPublished, ReportReleased, ReportSentAgain
from conversations.model.people.permissions import can
from tests.conversations.dialogue import Dialogue

STORY = "Every Tuesday newcomers and neighbours meet to talk Danish over coffee in the park."


def reported(author: Dialogue, title: str = "Language café", for_whom: str = "Anyone (public)") -> None:
    """The author sends a report."""
    author.starts_report()
    author.writes("odense")
    author.writes("running")
    author.writes(title)
    author.writes(STORY)
    for label in ("Language café", "Next", "Immigrants", "Next"):
        author.presses(label)
    author.writes("March 2026")
    for label in ("Nobody else", for_whom, "Send report"):
        author.presses(label)
    if "Different: send it" in author.labels():
        author.presses("Different: send it")


def office(*languages: str) -> tuple[Dialogue, ...]:
    """An author who reads English, and coordinators who read these languages."""
    author = Dialogue()
    names = ("Ann", "Bo", "Cy")
    return author, *(
        Dialogue(language, beside=author, roles=("coordinator",), name=name)
        for language, name in zip(languages, names, strict=False)
    )


def status(author: Dialogue) -> str:
    return author.memory.review.reports["r1"].status


def test_every_coordinator_gets_the_card_and_the_author_hears_of_the_publication() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    for each in (ann, bo):
        each.bot("For review: “Language café”", STORY, buttons=["Publish", "Ask a question", "Send back", "Decline"])
    ann.presses("Publish")
    assert ann.toast() == "Published."
    bo.bot("Published: “Language café”", "By Ann.")
    author.bot("Your report has been published: “Language café”", buttons=["Open the report"])


def test_the_second_to_publish_is_told_by_whom_it_was() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    press = bo.press_of(bo.button("Publish"))
    ann.presses("Publish")
    bo.takes(press)
    assert bo.toast() == "Already published by Ann."
    assert [type(outcome) for outcome in bo.memory.history] == []


def test_the_first_tap_claims_it_and_a_claim_lapses() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    ann.presses("Read full report")
    bo.bot("Ann has been reviewing this since 22 November 2026 at")
    bo.presses("Publish")
    assert bo.toast().startswith("Ann is reviewing it. You can take it over from ")
    bo.now += timedelta(minutes=30)
    bo.presses("Publish")
    assert bo.toast() == "Published."


def test_one_who_has_no_time_after_all_leaves_it_to_the_others() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    ann.presses("Read full report")
    bo.presses("Release")
    assert bo.toast().startswith("Ann is reviewing it.")
    ann.presses("Release")
    assert ann.toast() == "Others can take it now."
    assert ann.memory.history == [ReportClaimed("r1"), ReportReleased("r1")]
    bo.presses("Publish")
    assert bo.toast() == "Published."


def test_one_who_reads_may_go_on_reading_without_claiming_again() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Read full report")
    ann.presses("Send back")
    assert ann.memory.history.count(ReportClaimed("r1")) == 1


@pytest.mark.parametrize(
    ("label", "reason", "told", "after"),
    [
        (
            "Send back",
            "It names people who take part.",
            "A coordinator has sent your report back for changes:",
            "changes_requested",
        ),
        ("Decline", "It has been reported already.", "Your report was declined:", "declined"),
    ],
)
def test_a_reason_that_is_ready_is_read_in_the_authors_language(label: str, reason: str, told: str, after: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.presses(label)
    ann.presses(reason)
    author.bot(told, "Language café", f"Reason: {reason}")
    author.presses("Open the report")
    assert status(author) == after


def test_the_card_shows_what_is_decided_on() -> None:
    author, ann = office("en")
    reported(author, for_whom="Anyone (public)")
    ann.bot(
        "For review:", "Working with: Nobody else", "Can be seen by: Anyone (public)", buttons=["Publish", "Decline"]
    )


def test_a_reason_of_ones_own_and_the_report_comes_back() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    ann.presses("Send back")
    ann.writes("Please tell where it is <b>exactly</b>.")
    ann.bot("Sent back. The author will see your reason.")
    author.bot("Reason: Please tell where it is <b>exactly</b>.")
    author.presses("Open the report")
    author.presses("✏️ Name")
    author.writes("Language café in the park")
    author.presses("Send again")
    assert author.memory.history[-1] == ReportSentAgain("r1")
    for each in (ann, bo):
        each.bot("For review: “Language café in the park”", buttons=["Publish"])


def test_a_question_about_one_answer_comes_back_answered() -> None:
    author, ann = office("en")
    reported(author)
    author.starts_report()
    author.writes("aarhus")  # the author is in the middle of something else
    ann.presses("Ask a question")
    ann.presses("Start")
    ann.writes("Did it not start in 2025?")
    ann.bot("Your question has been sent.")
    author.bot("A question about your report", "Start: March 2026", "“Did it not start in 2025?”", buttons=["Answer"])
    author.presses("Answer")
    author.bot("A coordinator asks about Start: “Did it not start in 2025?”", "When did it start?", "March 2026")
    author.writes("October 2025")
    author.bot("Thank you. Your answer has been sent to the coordinators.")
    ann.bot("For review:", "Start: October 2025")
    author.starts_report()
    assert author.memory.reports.kept["r2"].answers["library"]


def test_a_field_is_read_as_in_the_form() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Ask a question")
    ann.presses("Start")
    ann.writes("When?")
    author.presses("Answer")
    author.writes("some time ago")
    assert status(author) == "changes_requested"
    author.writes("2024")
    assert status(author) == "submitted"


def test_one_asks_about_what_was_answered_and_by_one_tap_about_what_is_missing() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Ask a question")
    assert {"Library", "Description", "Start"} <= set(ann.labels())
    assert not {"Participants", "Contacts"} & set(ann.labels())
    ann.writes("participants")  # typed, it is found all the same
    ann.bot("What would you like to know?", "Participants")
    ann.presses("‹ Cancel")
    ann.presses("Language café")
    ann.presses("Ask a question")
    ann.presses("Something that is missing")
    ann.presses("Participants")
    ann.writes("How many come?")
    author.bot("A question about your report", "Participants", "A coordinator asks: “How many come?”")


def test_pressing_answer_again_later_opens_the_report() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Ask a question")
    ann.presses("Name")
    ann.writes("Is that the name?")
    press = author.press_of(author.button("Answer"))
    author.takes(press)
    author.writes("Language café in the park")
    author.takes(press)
    author.bot("Language café in the park · In review")


def test_corrected_before_it_is_read_the_card_is_renewed_and_an_old_one_does_nothing() -> None:
    author, ann = office("en")
    reported(author)
    press = ann.press_of(ann.button("Publish"))
    author.commands("/myreports")
    author.presses("In review · “Language café”")
    author.presses("✏️ Name")
    author.writes("Language café in the park")
    ann.bot("For review: “Language café in the park”")
    ann.takes(press)
    assert ann.toast() == "The report has been changed in the meantime. Read it again."
    assert status(author) == "submitted"


def test_corrected_after_publication_it_stays_published_and_is_noted() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Publish")
    author.presses("Open the report")
    author.presses("✏️ Name")
    author.writes("Language café in the park")
    ann.bot("Corrected after it was published", "Name: before Language café, now Language café in the park")
    assert status(author) == "published"


def test_withdrawn_the_card_has_no_buttons() -> None:
    author, ann = office("en")
    reported(author)
    press = ann.press_of(ann.button("Publish"))
    author.commands("/myreports")
    author.presses("In review · “Language café”")
    author.presses("Withdraw")
    author.presses("Yes, withdraw it")
    ann.bot("Withdrawn by its author: “Language café”")
    assert ann.labels() == []
    ann.takes(press)
    assert ann.toast() == "Its author has withdrawn it."


def test_what_a_coordinator_writes_elsewhere_is_left_alone() -> None:
    author, ann = office("en")
    ann.starts_report()
    ann.writes("aarhus")
    card_came_at = ann.memory.session
    reported(author)
    ann.presses("Publish")
    assert ann.memory.session.at == card_came_at.at
    assert ann.memory.session.step == card_came_at.step


def test_contact_details_are_apart_and_reading_them_is_noted() -> None:
    author, ann = office("en")
    reported(author)
    author.memory.review.personal["r1"] = {"contact": {"name": "", "email": "bib@odense.dk", "phone": ""}}
    ann.presses("Read full report")
    assert "bib@odense.dk" not in ann.said()
    ann.presses("Contact details")
    assert ContactsRead("r1") in ann.memory.history


def test_review_lists_what_waits_the_oldest_first() -> None:
    author, ann = office("en")
    for number in range(8):
        reported(author, f"Café number {number}")
        author.now += timedelta(hours=10)
    ann.now = author.now
    ann.commands("/review")
    ann.bot("8 reports are waiting for review.", "Café number 0: for 3 days", "Café number 5: for 30 hours")
    assert ann.labels()[:6] == [f"Café number {number}" for number in range(6)]
    ann.presses("More reports")
    assert ann.labels()[:2] == ["Café number 6", "Café number 7"]
    ann.presses("Café number 6")
    ann.bot("For review: “Café number 6”")


def test_what_was_imported_comes_after_what_somebody_waits_with() -> None:
    author, ann = office("en")
    reported(author, "An old one")
    kept = author.memory.review.reports
    kept["r1"] = replace(kept["r1"], author=None)
    author.now += timedelta(hours=10)
    reported(author, "A new one")
    ann.now = author.now
    ann.commands("/review")
    ann.bot("Oldest first, imported ones last. Tap one to open it.")
    assert ann.labels()[:2] == ["A new one", "An old one"]


FORGED = ("publish", "ask", "return", "decline", "whole", "contacts", "files")


@pytest.mark.parametrize("action", FORGED)
@pytest.mark.parametrize("roles", [(), ("partner",)])
def test_others_cannot_whatever_their_buttons_say(action: str, roles: tuple[str, ...]) -> None:
    author, ann = office("en")
    eve = Dialogue(beside=author, roles=roles, name="Eve")
    reported(author)
    for who in (eve, author):
        who.takes(Pressed(action, "", "r1", revision=1))
        assert who.toast() == "That needs a role that you do not have. /help shows what you can do."
    assert eve.memory.history == []
    assert status(author) == "submitted"
    ann.bot("For review:", buttons=["Publish"])


@pytest.mark.parametrize("action", FORGED)
@pytest.mark.parametrize("report", ["", "r9", "x" * 30])
def test_a_report_that_is_not_there(action: str, report: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.takes(Pressed(action, "", report, revision=1))
    assert ann.toast() == "That report is no longer available."


@pytest.mark.parametrize("action", ["publish", "ask", "return", "decline"])
def test_a_press_without_the_revision_that_was_read_decides_nothing(action: str) -> None:
    author, ann = office("en")
    reported(author)
    for forged in (Pressed(action, "", "r1", step=1), Pressed(action, "", "r1", revision=0)):
        ann.takes(forged)
        assert ann.toast() == "The report has been changed in the meantime. Read it again."
    assert ann.memory.history == []


def test_a_draft_is_nobodys_to_review() -> None:
    author, ann = office("en")
    author.starts_report()
    author.writes("odense")
    ann.takes(Pressed("whole", "", "r1", revision=0))
    assert ann.toast() == "That report is no longer available."


def test_a_role_taken_away_counts_at_the_next_step() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Send back")
    ann.memory.person = replace(ann.memory.person, roles=frozenset())
    ann.writes("Because.")
    ann.bot("That needs a role that you do not have.")
    assert status(author) == "submitted"
    assert not can(ann.memory.person, "review")
    assert ReportPublished("r1", 1) not in ann.memory.history


def test_decided_by_another_while_the_reason_was_written() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    ann.presses("Decline")
    bo.now += timedelta(minutes=45)
    bo.presses("Publish")
    ann.screen = None
    ann.writes("It is a test.")
    ann.bot("Already published by Bo.")
    assert status(author) == "published"


ROLES = ("", "partner", "coordinator", "owner")

# What every button and command does for whom: who is the author of the report, and who may act on it.
MATRIX = {
    "publish": {"coordinator", "owner"},
    "ask": {"coordinator", "owner"},
    "return": {"coordinator", "owner"},
    "decline": {"coordinator", "owner"},
    "whole": {"coordinator", "owner"},
    "contacts": {"coordinator", "owner"},
    "files": {"coordinator", "owner"},
    "card": {"coordinator", "owner"},
    "queue": {"coordinator", "owner"},
    "/review": {"coordinator", "owner"},
    "/broadcast": {"coordinator", "owner"},
    "answer": set(),
    "open": set(),
    "again": set(),
}
REFUSALS = ("That needs a role that you do not have", "That command is for coordinators")


@pytest.mark.parametrize("owns", [True, False], ids=["own report", "somebody else's"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("does", MATRIX)
def test_who_may_do_what_to_whose_report(does: str, role: str, owns: bool) -> None:
    author = Dialogue()
    ann = Dialogue(beside=author, roles=("coordinator",), name="Ann")
    other = Dialogue(beside=author)
    who = author if owns else other
    reported(author)
    if does == "answer":
        ann.presses("Ask a question")
        ann.presses("Name")
        ann.writes("Is that the name?")
    if role:
        who.memory.person = replace(who.memory.person, roles=frozenset({role}))
    before = (len(who.memory.history), status(author))
    if does.startswith("/"):
        who.commands(does)
    else:
        argument = "r1" if does in {"card", "open", "again"} else ""
        who.takes(Pressed(does, argument, "r1", who.memory.session.step, revision=1))
    told = who.toast() + (who.said() if who.screen and who.turn and who.turn.screens else "")
    refused = any(refusal in told for refusal in REFUSALS)
    if MATRIX[does]:
        assert refused == (role not in MATRIX[does])
        if refused:
            assert before == (len(who.memory.history), status(author))
    else:  # what belongs to a person needs no role, and no role reaches another's
        assert ("Language café" in told) == (owns and does != "again")
        assert owns or before == (len(who.memory.history), status(author))


VIEWS = {
    "reason": ("go_back", "because:more"),
    "field": ("go_back", "about:title"),
    "question": ("go_back",),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "press"), [(view, press) for view, presses in VIEWS.items() for press in presses])
def test_every_step_of_a_decision_asks_for_the_role_again(view: str, press: str, role: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Send back" if view == "reason" else "Ask a question")
    if view == "question":
        ann.presses("Name")
    ann.memory.person = replace(ann.memory.person, roles=frozenset({role} - {""}))
    action, _colon, argument = press.partition(":")
    ann.takes(Pressed(action, argument, step=ann.memory.session.step))
    allowed = role in {"coordinator", "owner"}
    assert ann.said().startswith(REFUSALS[0]) != allowed
    assert (status(author) == "changes_requested") == (allowed and press == "because:more")


BROADCAST = {
    "to": ("by:country", "write", "cancel_broadcast"),
    "country": ("only:DK", "all", "to"),
    "text": ("to", "cancel_broadcast"),
    "preview": ("in:da", "send_to:1", "write", "to"),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("view", "press"), [(view, press) for view, presses in BROADCAST.items() for press in presses])
def test_every_step_of_a_broadcast_asks_for_the_role_again(view: str, press: str, role: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.commands("/broadcast")
    if view == "country":
        ann.presses("Country: all")
    elif view != "to":
        ann.presses("Write the message")
    if view == "preview":
        ann.writes("Hello")
    ann.memory.person = replace(ann.memory.person, roles=frozenset({role} - {""}))
    action, _colon, argument = press.partition(":")
    ann.takes(Pressed(action, argument, step=ann.memory.session.step))
    allowed = role in {"coordinator", "owner"}
    assert ann.said().startswith(REFUSALS[0]) != allowed
    assert bool(author.memory.review.sent) == (allowed and press == "send_to:1")


@pytest.mark.parametrize("action", ["whole", "contacts"])
def test_nobody_reads_a_report_that_was_withdrawn_or_its_contacts(action: str) -> None:
    author, ann = office("en")
    reported(author)
    press = Pressed(action, "", "r1", revision=1)
    ann.takes(press)
    assert not ann.toast()
    author.memory.review.reports["r1"] = replace(author.memory.review.reports["r1"], status="withdrawn")
    turn = ann.takes(press)
    assert ann.toast() == "That report is no longer available."
    assert not turn.screens
    assert not turn.outcomes


@pytest.mark.parametrize("decides", ["Send back", "Decline", "Ask a question"])
def test_a_reason_or_question_about_an_earlier_version_is_not_sent(decides: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.presses(decides)
    if decides == "Ask a question":
        ann.presses("Stage")
    author.commands("/myreports")
    author.presses("In review · “Language café”")
    author.presses("✏️ Name")
    author.writes("Language café in the park")
    assert author.memory.review.reports["r1"].revision == 2
    ann.screen = None
    turn = ann.takes(Wrote("Explain a little more."))
    ann.bot("The report has been changed in the meantime.")
    assert not turn.outcomes
    assert status(author) == "submitted"
