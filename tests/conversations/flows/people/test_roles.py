"""Roles: invitations, changes, the trail; and one table of who gets what from every command and button."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from conversations.engine.commands import COMMANDS, GROUPS, Command, commands_of
from conversations.language.events import Commanded, Pressed, Wrote
from conversations.memory.people import PeopleInMemory
from conversations.model.calls import WholeCall
from conversations.model.outcomes import AuditExported, InvitationMade, InvitationRevoked, InvitationUsed, RolesChanged
from conversations.model.people.members import Done, Invitation, Member
from conversations.model.people.permissions import MATRIX, Action, Role, can
from conversations.model.people.person import Person
from conversations.model.privacy import VERSION
from conversations.model.reviews import UnderReview
from tests.conversations.dialogue import Dialogue
from tests.conversations.engine.test_routes import REFUSED, ROLES, allowed
from tests.conversations.engine.test_routes import somebody as in_a_full_place

NOT_YOURS = "That command is for coordinators. /help shows yours."


def somebody(*roles: str, language: str = "en") -> Dialogue:
    talk = Dialogue(language)
    talk.memory.person = Person(1, language, roles=frozenset(roles), privacy_seen=VERSION)
    talk.memory.people.known[1] = Member(1, "Emily", frozenset(roles))
    talk.memory.people.known[2] = Member(2, "Bo", frozenset({"owner"}))
    return talk


# Invitations


def invited(role: str = "partner", uses: int = 1) -> tuple[Dialogue, PeopleInMemory]:
    """A newcomer, where the invitation with the code `right` is open."""
    talk = Dialogue()
    book = talk.memory.people
    book.made["i1"] = Invitation("i1", role, uses, 0, talk.now + timedelta(days=3))
    book.codes["right"] = "i1"
    book.reader = 1
    return talk, book


def test_whoever_follows_an_invitation_has_its_role() -> None:
    talk, _book = invited()
    talk.commands("/start i_right")
    talk.bot("Welcome to Meldind", "Your role now: Partner")
    assert talk.memory.person.roles == {"partner"}
    assert talk.memory.history[-1] == InvitationUsed("i1", "partner")


@pytest.mark.parametrize(
    ("role", "purpose", "first", "organisation"),
    [
        ("librarian", "A report takes less than four minutes", "Report an initiative", False),
        ("partner", "See what public libraries do", "Find initiatives", True),
        ("coordinator", "You are a coordinator", "Review queue", False),
        ("owner", "You are a coordinator", "Review queue", False),
    ],
)
def test_whoever_follows_an_invitation_is_greeted_as_by_start(
    role: str, purpose: str, first: str, organisation: bool
) -> None:
    talk, _book = invited(role)
    talk.memory.person = Person(1, "en")
    talk.commands("/start i_right")
    said = talk.said()
    order = ("Welcome to Meldind", "Your role now:", purpose, "/help", "Your data")
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert said.count("Your data") == 1
    assert talk.labels()[0] == first
    assert ("Choose organisation" in talk.labels()) is organisation
    by_invitation = talk.labels()
    talk.commands("/start")
    talk.bot("Welcome to Meldind", purpose)
    assert talk.labels() == by_invitation
    assert "Your role now:" not in talk.said()
    assert "Responsible for what is stored" not in talk.said()


def test_a_coordinator_is_greeted_with_how_much_waits() -> None:
    talk = somebody("coordinator")
    talk.commands("/start")
    talk.bot("There is nothing to review.")
    talk.memory.review.reports["r1"] = UnderReview("r1", "submitted", 1, {}, "en", 2, since=talk.now)
    talk.commands("/start")
    talk.bot("One report is waiting for review.")


def test_a_bot_without_an_owner_says_how_it_gets_one_until_it_has_one() -> None:
    unowned = "This bot has no owner yet."
    talk, book = invited("owner")
    talk.commands("/start")
    talk.bot("Welcome to Meldind", unowned)
    book.now = talk.now + timedelta(days=4)  # nobody came in time
    talk.commands("/start")
    talk.bot("Welcome to Meldind", unowned)
    book.now = talk.now
    talk.commands("/start i_right")
    assert unowned not in talk.said()
    talk.memory.person = Person(3, "en", privacy_seen=VERSION)
    talk.commands("/start")
    assert unowned not in talk.said()


def test_a_bot_that_was_offered_to_nobody_misses_no_owner() -> None:
    talk, _book = invited("partner")
    talk.commands("/start")
    assert "This bot has no owner yet." not in talk.said()


@pytest.mark.parametrize("text", ["https://t.me/meldind_bot?start=i_{code}", "Try this: i_{code} :-)"])
@pytest.mark.parametrize("forwarded", [False, True])
def test_an_invitation_that_is_pasted_or_passed_on_is_followed_and_not_kept(text: str, forwarded: bool) -> None:
    code = "w3q4Zk0fT0m1b2c3d4e5fg"
    for begins in ("/start", "/report", "/search"):
        talk, book = invited()
        book.codes[code] = "i1"
        talk.commands(begins)
        talk.takes(Wrote(text.format(code=code), 5, forwarded))
        talk.bot("Welcome to Meldind", "Your role now: Partner")
        assert talk.turn
        assert code not in f"{talk.turn.session} {talk.memory.history}"


def test_wrong_used_expired_revoked_and_tried_too_often_are_one_answer() -> None:
    answers = set()
    talk, _book = invited()
    talk.commands("/start i_wrong")
    answers.add(talk.said())
    talk, book = invited()
    book.made["i1"] = replace(book.made["i1"], used=1)
    talk.commands("/start i_right")
    answers.add(talk.said())
    talk, book = invited()
    book.now = talk.now + timedelta(days=4)
    talk.commands("/start i_right")
    answers.add(talk.said())
    talk, book = invited()
    book.keep(talk.memory.person, InvitationRevoked("i1"), talk.now)
    talk.commands("/start i_right")
    answers.add(talk.said())
    talk, book = invited()
    for number in range(5):
        talk.commands(f"/start i_guess{number}")
    talk.commands("/start i_right")
    answers.add(talk.said())
    assert not talk.memory.person.roles
    assert len(answers) == 1
    talk.goes_away(1.1)
    talk.commands("/start i_right")
    assert talk.memory.person.roles == {"partner"}


def test_however_many_codes_others_try_an_invitation_stays_open() -> None:
    talk, book = invited()
    book.tried = [(who, talk.now) for who in range(100, 1100) for _ in range(5)]
    talk.commands("/start i_right")
    talk.bot("Your role now: Partner")


@pytest.mark.parametrize("role", ["partner", "coordinator", "librarian"])
def test_who_taps_a_link_again_uses_nothing_up_and_hears_what_they_are(role: str) -> None:
    for uses in (1, 3):
        talk, book = invited(role, uses)
        talk.commands("/start i_right")
        for _ in range(7):  # which is no guessing either
            talk.commands("/start i_right")
            talk.bot("You have that role already, so the invitation was not used.", f"Your role: {role.capitalize()}")
        assert book.made["i1"].used == 1
        assert not book.tried


def test_who_has_the_role_from_elsewhere_uses_nothing_up() -> None:
    talk, book = invited("partner", 3)
    talk.memory.person = replace(talk.memory.person, roles=frozenset({"partner"}))
    talk.commands("/start i_right")
    talk.bot("You have that role already, so the invitation was not used.", "Your role: Partner")
    assert book.made["i1"].used == 0


def test_whose_role_was_taken_away_does_not_get_it_back_by_the_same_link() -> None:
    talk, book = invited("coordinator", 3)
    talk.commands("/start i_right")
    book.keep(talk.memory.person, RolesChanged(1, frozenset()), talk.now)
    talk.memory.person = replace(talk.memory.person, roles=frozenset())
    talk.commands("/start i_right")
    talk.bot("That invitation cannot be used.")
    assert not talk.memory.person.roles


@pytest.mark.parametrize("code", ["", "x" * 65, "ÆØÅ", "a b", "'; drop table people; --", "🎉"])
def test_any_payload_is_answered(code: str) -> None:
    talk, _book = invited()
    talk.commands(f"/start i_{code}")
    assert talk.said()
    assert not talk.memory.person.roles


def made(talk: Dialogue) -> InvitationMade:
    (found,) = [each for each in talk.memory.history if isinstance(each, InvitationMade)]
    return found


def test_a_coordinator_invites_partners_and_takes_it_back() -> None:
    talk = somebody("coordinator")
    talk.commands("/invite")
    talk.bot("Who would you like to invite?")
    assert "Coordinator" not in talk.labels()
    talk.presses("5 people")
    talk.presses("7 days")
    talk.presses("Create the link")
    talk.bot("Role: Partner", "/start i_", "It works for 5 people until")
    invitation = made(talk)
    assert (invitation.role, invitation.uses) == ("partner", 5)
    assert invitation.expires_at - talk.now > timedelta(days=6)
    talk.commands("/invite")
    talk.presses("1 open invitation")
    talk.bot("Partner: used 0 of 5")
    talk.takes(Pressed("revoke", invitation.invitation, step=talk.screen.step if talk.screen else 0))
    talk.bot("The link no longer works.")
    assert "1 open invitation" not in talk.labels()


def test_an_owner_invites_coordinators_and_a_coordinator_cannot_forge_it() -> None:
    talk = somebody("owner")
    talk.commands("/invite")
    talk.presses("Coordinator")
    talk.presses("Create the link")
    assert made(talk).role == "coordinator"
    talk = somebody("coordinator")
    talk.commands("/invite")
    assert talk.screen
    talk.takes(Pressed("role", "coordinator", step=talk.screen.step))
    talk.bot(REFUSED)
    talk.takes(Pressed("role", "owner", step=talk.screen.step))
    talk.takes(Pressed("uses", "999", step=talk.screen.step))
    talk.presses("Create the link")
    assert (made(talk).role, made(talk).uses) == ("partner", 1)


@pytest.mark.parametrize("role", ["coordinator", "owner"])
def test_a_coordinator_takes_back_no_invitation_to_a_role_that_only_owners_give(role: str) -> None:
    for who, taken_back in (("coordinator", False), ("owner", True)):
        talk = somebody(who)
        talk.memory.people.made["i9"] = Invitation("i9", role, 1, 0, talk.now + timedelta(days=3))
        talk.commands("/invite")
        talk.presses("1 open invitation")
        assert talk.screen
        talk.takes(Pressed("revoke", "i9", step=talk.screen.step))
        assert ("i9" not in talk.memory.people.made) == taken_back


def test_the_role_to_invite_with_is_asked_when_the_link_is_made() -> None:
    talk = somebody("owner")
    talk.commands("/invite")
    talk.presses("Coordinator")
    talk.memory.person = Person(1, "en", roles=frozenset({"coordinator"}), privacy_seen=VERSION)
    talk.presses("Create the link")
    talk.bot(REFUSED)
    assert not [each for each in talk.memory.history if isinstance(each, InvitationMade)]


# Changing roles


def test_an_owner_gives_and_takes_roles_and_the_person_is_told() -> None:
    talk = somebody("owner")
    talk.memory.people.known[3] = Member(3, "Ana", frozenset({"partner"}), language="sl")
    talk.commands("/people")
    talk.presses("Partners")
    talk.presses("Ana")
    talk.bot("Ana", "Role: Partner")
    talk.presses("Add role: Coordinator")
    talk.bot("Role: Partner, Coordinator")
    assert talk.turn
    (notice,) = talk.turn.notices
    assert notice.to == 3
    talk.presses("Remove role: Partner")
    assert talk.memory.people.known[3].roles == {"coordinator"}


def test_the_last_owner_stays() -> None:
    talk = somebody("owner")
    del talk.memory.people.known[2]
    talk.commands("/people")
    talk.presses("Owners")
    talk.presses("Emily")
    talk.presses("Remove role: Owner")
    talk.bot("This is the last owner.")
    assert talk.memory.person.roles == {"owner"}


def test_an_owner_who_steps_down_is_out_at_once() -> None:
    talk = somebody("owner")
    talk.commands("/people")
    talk.presses("Owners")
    talk.presses("Emily")
    talk.presses("Remove role: Owner")
    assert talk.memory.person.roles == frozenset()
    talk.takes(Pressed("take", "owner", step=talk.memory.session.step))
    assert len(talk.memory.people.members("owner")) == 1


def test_a_coordinator_sees_people_and_changes_nothing() -> None:
    talk = somebody("coordinator")
    talk.commands("/people")
    talk.presses("Emily")
    assert not [label for label in talk.labels() if label.startswith(("Give", "Take"))]
    for action in ("give", "take"):
        talk.takes(Pressed(action, "owner", step=talk.memory.session.step))
        talk.bot(REFUSED)
    assert not [each for each in talk.memory.history if isinstance(each, RolesChanged)]


@pytest.mark.parametrize("argument", ["", "-1", "99", "9" * 40, "²", "1; --", "owner"])
def test_a_forged_person_is_nobody(argument: str) -> None:
    talk = somebody("owner")
    talk.commands("/people")
    talk.takes(Pressed("person", argument, step=talk.memory.session.step))
    talk.bot("Tap one of the buttons.")


# The trail


def test_owners_read_the_trail_page_by_page_and_take_it_as_a_file() -> None:
    talk = somebody("owner")
    talk.memory.people.trail = [
        Done(talk.now, "Bo", "roles", str(number), None, ["partner"], ["owner"]) for number in range(12)
    ]
    talk.commands("/people")
    talk.presses("Activity log")
    talk.bot("Bo: changed the role · Person 11 · before: Partner · now: Owner")
    talk.presses("Older ›")
    talk.bot("changed the role · Emily")
    talk.presses("As a file")
    assert talk.screen
    assert talk.screen.enclosed
    assert talk.screen.enclosed.kind == "audit"
    assert talk.memory.history[-1] == AuditExported()


@pytest.mark.parametrize(
    ("action", "about", "question", "old", "new", "reads"),
    [
        ("submitted", "r9", None, "draft", "submitted", "sent · “Café”"),
        ("published", "gone", None, "submitted", "published", "published · gone"),
        (
            "corrected",
            "r9",
            "status",
            "planned",
            "running",
            "“Café” · Stage · before: Planned · now: Running",
        ),
        ("corrected", "r9", "contact", None, None, "corrected · “Café” · Library contact"),
        (
            "declined",
            "r9",
            None,
            "submitted",
            {"status": "declined", "reason": {"chosen": "test"}},
            "looks like a test.",
        ),
        ("asked", "r9", "summary", "submitted", "For whom?", "“Café” · Description · “For whom?”"),
        ("invited", "0f3c", None, None, {"role": "partner", "uses": 3}, "made an invitation · Partner"),
        ("organisation decided", "o1", None, "waiting", "declined", "decided on an organisation · not confirmed"),
        ("note", "n1", None, "sent", "connected", "handled a message · put in touch"),
        ("pairing", "7", None, None, "yes", "answered a suggestion · yes"),
        (
            "broadcast",
            "b1",
            None,
            None,
            {"to": {"call": "x"}, "recipients": 2},
            "messaged several people · to 2 people",
        ),
        ("reminded", "inclusion", None, None, 1, "sent reminders · to one person"),
        ("call started", "inclusion", None, None, {"en": "Inclusion now"}, "started a call · Inclusion now"),
        ("call changed", "inclusion", "status", "open", "closed", "· Inclusion now · before: Open · now: Closed"),
        ("call changed", "inclusion", "themes", [], ["language_cafe"], "Themes · before: – · now: Language café"),
        (
            "call changed",
            "inclusion",
            "deadline",
            {"at": None, "timezone": "UTC"},
            {"at": "2026-12-01T12:00:00+00:00", "timezone": "UTC"},
            "Deadline · before: – · now: 1 December 2026",
        ),
        ("call changed", "inclusion", "titles", {"en": "A"}, {"en": "B"}, "Inclusion now · Title"),
        ("exported", "", None, None, {"format": "csv", "with_contacts": True}, "Table (CSV) · with contact details"),
        ("cleared away", "", None, None, {"drafts": 2, "inbox": 1}, "2 drafts · one message that had come in"),
        ("forgotten", "4", None, None, {"with_reports": False}, "deleted their data · the reports stay"),
        ("controller named", "", None, None, "The agency", "set the data controller · “The agency”"),
        ("webhook added", "w1", None, None, {"host": "hooks.example.org"}, "added a webhook · hooks.example.org"),
        ("webhook changed", "w1", "state", "active", "paused", "edited a webhook · w1"),
        ("webhook removed", "w1", None, {"host": "hooks.example.org"}, None, "removed a webhook · hooks.example.org"),
        ("cleared away", "", None, None, {"webhooks": 2}, "2 messages to webhooks"),
        ("imported", "r9", None, None, {"sha256": "0f3c"}, "imported"),
        ("group moved", "-5", None, -4, -5, "the group became a supergroup"),
        ("of a later version", "r9", None, None, None, "of a later version · “Café”"),
    ],
)
@pytest.mark.parametrize("language", ["da", "sl", "en"])
def test_the_trail_reads_as_words(
    action: str, about: str, question: str | None, old: object, new: object, reads: str, language: str
) -> None:
    talk = somebody("owner", language=language)
    talk.memory.calls.kept["inclusion"] = WholeCall("inclusion", "en", "open", {"en": "Inclusion now"})
    answers = {"title": "Café", "status": "running"}
    talk.memory.review.reports["r9"] = UnderReview("r9", "submitted", 1, answers, "en")
    talk.memory.people.trail = [Done(talk.now, "", action, about, question, old, new)]
    talk.takes(Pressed("audit", "0"))
    line = talk.said().splitlines()[-1]
    assert not re.search(r"[{}\[\]_]|r9|0f3c|-5", line)
    if language == "en":
        assert line.endswith(reads)


# What each role may do; the buttons are in tests/conversations/engine/test_routes.py


@pytest.mark.parametrize("roles", ROLES)
@pytest.mark.parametrize("action", get_args(Action))
def test_what_each_role_may_do(roles: tuple[str, ...], action: Action) -> None:
    assert can(Person(1, "en", roles=frozenset(roles)), action) == allowed(roles, action)
    assert set(MATRIX) == set(get_args(Role))


FOR_COORDINATORS: Mapping[str, tuple[str, ...]] = {
    "invite": ("", "coordinator"),
    "people": ("", "2"),
    "broadcast": ("", "To all of you"),
    "review": ("", "theirs"),
    "digest": ("", "2026-W47", "inclusion", "call"),
    "stats": ("", "themes"),
    "export": ("", "xlsx", "xlsx.contacts"),
    "evidence": ("", "theme:language_cafe", "group:refugees"),
    "coverage": ("", "DK", "SI"),
}
"""The commands of coordinators, each alone and with words."""


@pytest.mark.parametrize("roles", ROLES)
@pytest.mark.parametrize("command", [each.name for each in COMMANDS])
def test_every_command(roles: tuple[str, ...], command: str) -> None:
    for words in FOR_COORDINATORS.get(command, ("",)):
        talk = in_a_full_place(*roles)
        at_home = [*talk.redraws().splitlines(), *talk.labels()]
        turn = talk.takes(Commanded(command, words))
        refused = command in FOR_COORDINATORS and not {"coordinator", "owner"} & set(roles)
        assert (NOT_YOURS in talk.said()) == refused
        assert REFUSED not in talk.said()
        if refused:
            assert not turn.outcomes
            assert not turn.notices
            assert turn.session.at is None
            assert not any(each.enclosed for each in turn.screens)
            assert {*talk.said().splitlines(), *talk.labels()} <= {NOT_YOURS, *at_home}


def test_help_lists_every_command_under_a_heading() -> None:
    assert {each.name for each in COMMANDS if each.group not in GROUPS} == {"help", "start"}
    talk = somebody("coordinator")
    talk.commands("/help")
    shown = talk.said()
    headings = ["Review", "Report", "Find", "Notifications", "Figures", "People", "You and your data"]
    assert [shown.index(f"\n{each}\n") for each in headings] == sorted(shown.index(f"\n{each}\n") for each in headings)


def test_every_command_of_coordinators_is_in_their_menu_alone() -> None:
    everybodys = {each.name for each in commands_of(frozenset())}
    assert everybodys == {each.name for each in commands_of(frozenset({"partner"}))}
    assert {each.name for each in commands_of(frozenset({"coordinator"}))} - everybodys == set(FOR_COORDINATORS)


@pytest.mark.parametrize("roles", [(), ("partner",)])
@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if each.name in FOR_COORDINATORS], ids=lambda each: each.name
)
def test_what_a_command_does_asks_for_the_role_too(roles: tuple[str, ...], command: Command) -> None:
    talk = in_a_full_place(*roles)
    step = command.take(None, "", talk.context())
    assert step.at is None
    assert not step.outcomes
    assert not step.notices
    assert step.screen
    assert [talk.reads(line.text) for line in step.screen.lines] == [REFUSED]
    assert not step.screen.rows
