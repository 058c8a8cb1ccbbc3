"""Whom the reports to a call are for: decided in the call, read before sending, and not called public when not so."""

import pytest

from conversations.context.session import Notice
from conversations.flows.shared.report_status import status_words
from conversations.forms.initiative import CORE
from conversations.forms.variants import form_of
from conversations.model.calls import Unsaid
from conversations.model.outcomes import CallChanged
from tests.conversations.dialogue import CATALOGUES, Dialogue
from tests.conversations.flows.calls.test_calls import answer_short, begun, call, coordinator, librarian
from tests.conversations.flows.reviews.test_review import office, reported

PUBLIC_WORDS = {"en": ("public", "published", "anyone"), "da": ("offentlig", "alle"), "sl": ("javen", "objavlj")}
NOT_PUBLIC = {"en": "it is not public", "da": "den er ikke offentlig", "sl": "prispevek ni javen"}
"""What may be said of the others."""


def sent(talk: Dialogue) -> object:
    return talk.memory.reports.kept["r1"].answers.get("sharing")


def test_the_author_reads_whom_a_short_report_is_for_before_it_is_sent() -> None:
    talk = librarian(call(variant="short", sharing="network"))
    talk.commands("/start c_inclusion")
    talk.bot("Reports to this call can be seen by: Libraries and registered partners")
    talk.goes_question_by_question()
    talk.bot("2 of 5")
    answer_short(talk)
    talk.bot("Who can see it: Libraries and registered partners", buttons=["Send report", "✏️ Who can see it"])
    talk.presses("Send report")
    assert sent(talk) == "network"


def test_the_author_may_choose_otherwise_for_their_own_report() -> None:
    talk = librarian(call(variant="short", sharing="public"))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    answer_short(talk)
    talk.presses("✏️ Who can see it")
    talk.presses("Coordinators only")
    talk.presses("Send report")
    assert sent(talk) == "coordinators"


def test_each_author_is_asked_where_the_call_says_so() -> None:
    talk = librarian(call(variant="short", sharing="ask"))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    talk.bot("2 of 6")
    answer_short(talk)
    talk.bot("Who can see this report?")
    talk.presses("Anyone (public)")
    talk.bot("Who can see it: Anyone", buttons=["Send report"])


@pytest.mark.parametrize("variant", ["short", "standard", "impact"])
@pytest.mark.parametrize("sharing", ["", "ask", "public", "network", "coordinators"])
def test_the_question_is_asked_unless_it_is_decided(variant: str, sharing: str) -> None:
    asked = form_of(call(variant=variant, sharing=sharing)).question("sharing")
    assert asked is not None
    required = sharing == "ask" or (sharing == "" and variant != "short")
    assert (asked.required, asked.module == CORE) == (required, required)


def test_a_call_from_before_keeps_its_reports_to_coordinators_and_says_so() -> None:
    talk = librarian(call(variant="short"))
    talk.commands("/start c_inclusion")
    talk.bot("Reports to this call can be seen by: Coordinators only")
    talk.goes_question_by_question()
    answer_short(talk)
    talk.bot("Who can see it: Coordinators only", buttons=["✏️ Who can see it"])
    talk.presses("Send report")
    assert sent(talk) is None
    talk.commands("/myreports")
    talk.presses("In review · “Language café in the park”")
    talk.presses("✏️ Who can see it")
    talk.presses("Anyone (public)")
    assert sent(talk) == "public"


def test_what_is_decided_while_a_draft_is_open_is_read_before_it_is_sent() -> None:
    talk = librarian(call(variant="short"))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    answer_short(talk)
    talk.memory.calls.keep(CallChanged("inclusion", "sharing", "public"))
    talk.presses("Send report")
    talk.bot("Reports to this call can be seen by: Anyone", "Who can see it: Anyone", buttons=["Send report"])
    assert talk.memory.reports.kept["r1"].status == "draft"
    talk.presses("Send report")
    assert (talk.memory.reports.kept["r1"].status, sent(talk)) == ("submitted", "public")


def test_a_change_of_the_call_leaves_what_an_author_has_read() -> None:
    talk = librarian(call(variant="short", sharing="network"))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    answer_short(talk)
    talk.memory.calls.keep(CallChanged("inclusion", "sharing", "public"))
    talk.presses("Send report")
    assert sent(talk) == "network"


def test_a_call_that_nobody_has_decided_for_cannot_be_opened() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.memory.calls.keep(CallChanged(slug, "variant", "short"))
    talk.presses("Open the call")
    talk.bot("First choose who can see its reports.", buttons=["Anyone (public)", "Coordinators only"])
    talk.writes("coordinators only")
    talk.bot("Who can see the reports: Coordinators only", buttons=["Open the call"])
    talk.presses("Open the call")
    talk.bot("The call is open.")


def test_other_forms_ask_each_author_and_the_sheet_says_so() -> None:
    talk, _slug = begun()
    talk.presses("No deadline")
    talk.bot("Who can see the reports: Each author decides")
    talk.presses("Open the call")
    talk.bot("The call is open.")


def test_authors_who_were_never_asked_are_told_when_it_is_decided() -> None:
    talk = coordinator()
    talk.memory.calls.kept = {"inclusion": call(variant="short")}
    talk.memory.calls.unasked = [Unsaid(7, "r7", "Sprogcafé", 2)]
    talk.commands("/calls")
    talk.presses("Inclusion now")
    talk.presses("Edit this call")
    talk.bot("Who can see the reports: not decided yet; until then coordinators only")
    talk.presses("✏️ Who can see the reports")
    talk.presses("Anyone (public)")
    assert talk.turn is not None
    (notice,) = talk.turn.notices
    assert (notice.to, notice.how, notice.screen.report) == (7, "anew", "r7")
    assert "only coordinators can see yours" in shown(notice)
    assert [button.action for row in notice.screen.rows for button in row] == ["open"]


def shown(notice: Notice, language: str = "en") -> str:
    return "\n".join(CATALOGUES.say(line.text, language) for line in notice.screen.lines)


def reported_for(label: str) -> tuple[Dialogue, Dialogue]:
    """An author whose report is for those, and the coordinator who has its card."""
    author, ann = office("en")
    reported(author, for_whom=label)
    return author, ann


@pytest.mark.parametrize("language", ["en", "da", "sl"])
@pytest.mark.parametrize("label", ["Anyone (public)", "Libraries and registered partners", "Coordinators only"])
def test_only_what_everybody_may_see_is_called_public(language: str, label: str) -> None:
    author, ann = reported_for(label)
    ann.bot(f"Can be seen by: {label}", buttons=["Publish"])
    ann.presses("Publish")
    author.commands("/myreports")
    screens = [author.notices["published:r1"], ann.notices["card:r1"], author.screen]
    author.presses(author.labels()[0])
    screens.append(author.screen)
    for screen in screens:
        assert screen is not None
        text = "\n".join(
            CATALOGUES.say(each, language)
            for each in (*(line.text for line in screen.lines), *(b.label for row in screen.rows for b in row))
        ).casefold()
        text = text.replace(NOT_PUBLIC[language], "")
        assert any(word in text for word in PUBLIC_WORDS[language]) is (label == "Anyone (public)")


def test_a_report_that_says_nothing_is_for_coordinators() -> None:
    assert status_words("published", {}).text == status_words("published", {"sharing": "network"}).text == "Accepted"
    assert status_words("published", {"sharing": "public"}).text == "Published"
    assert status_words("submitted", {}).text == "In review"
