"""One table of every button that leads somewhere from any screen: who may press it, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from conversations.context.session import InFlow, Session
from conversations.engine.commands import COMMANDS
from conversations.engine.routes import FLOWS, ROUTES
from conversations.language.events import Commanded, Event, File, Pressed, Wrote
from conversations.language.screen import Screen
from conversations.model.attached import ReportFile
from conversations.model.calls import WholeCall
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.contacts import Note, Subject
from conversations.model.digests.digest import digest_of
from conversations.model.digests.figures import Figures
from conversations.model.digests.looking import Known, Place
from conversations.model.digests.periods import past_week
from conversations.model.events.event import LibraryEvent, When
from conversations.model.events.seats import SignUp
from conversations.model.experts import Expert, Nomination
from conversations.model.followups.looking import AskedFollowUp, Colleague
from conversations.model.followups.questions import FollowUp
from conversations.model.happenings import Happening
from conversations.model.matchmaking import Pairing
from conversations.model.people.members import Done, Member
from conversations.model.people.organisations import Organisation, Side
from conversations.model.people.permissions import Action
from conversations.model.people.person import Person
from conversations.model.privacy import VERSION
from conversations.model.reports import Report
from conversations.model.reviews import AskedQuestion, UnderReview
from conversations.model.subscriptions import Chat, Subscription, Wishes
from conversations.model.webhooks.webhook import EVENTS, Webhook
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.digests.test_digest import report_summary
from tests.conversations.flows.search.test_initiative import CAFE

REFUSED = "That needs a role that you do not have. /help shows what you can do."

ROLES: tuple[tuple[str, ...], ...] = ((), ("partner",), ("coordinator",), ("owner",), ("partner", "coordinator"))

OWNERS: frozenset[Action] = frozenset(
    {"invite coordinators", "change roles", "read audit", "name the controller", "manage webhooks"}
)


def allowed(roles: tuple[str, ...], action: Action) -> bool:
    """Who may do what, said here once more than in the code."""
    return bool({"owner"} & set(roles)) if action in OWNERS else bool({"coordinator", "owner"} & set(roles))


def somebody(*roles: str) -> Dialogue:
    """Somebody with these roles, in a place where there is something behind every button."""
    talk = Dialogue(roles=roles, name="Emily")
    talk.bot_name = "meldind_bot"
    books, now = talk.memory, talk.now
    books.person = Person(1, "en", roles=frozenset(roles), privacy_seen=VERSION)
    books.people.known[2] = Member(2, "Bo", frozenset({"owner"}))
    books.people.trail = [Done(now, "Bo", "roles", "2", None, ["partner"], ["owner"])]
    until = now + timedelta(days=30)
    books.calls.kept["inclusion"] = WholeCall("inclusion", "en", "open", {"en": "Inclusion now"}, deadline_at=until)
    _reports(talk)
    _figures(talk)
    _contacts(talk)
    _events(talk)
    books.collections.kept["ten"] = InitiativeCollection(
        "ten", "en", 2, "published", {"en": "Ten good ones"}, {"en": "Why these."}, ("i0",)
    )
    books.subscriptions.kept["s1"] = Subscription("s1", Wishes(themes=("language_cafe",)))
    books.subscriptions.because_of["i1"] = ("s1",)
    books.subscriptions.opened = [Chat(-7, "The square", now)]
    books.webhooks.kept["w1"] = Webhook("w1", "https://hooks.example.org/x", EVENTS)
    return talk


def _events(talk: Dialogue) -> None:
    """A theme day that somebody else posted, where one has a place; a follow-up about one's plan; a colleague."""
    books, day = talk.memory, talk.now.date() + timedelta(days=40)
    theme_day = LibraryEvent("e9", 2, "theme_day", "en", "published", {"en": "Theme day"}, when=When(day, day))
    books.events.seen["e9"] = books.events.drafts["e9"] = theme_day
    books.events.reader = books.followups.reader = 1
    books.events.places["e9", 1] = SignUp("e9", 1, "coming", 1)
    books.reports.kept["plan"] = Report("plan", "published", {"title": "Plan", "status": "planned"})
    books.followups.questions[3] = AskedFollowUp(3, "plan", FollowUp.START, 1, talk.now)
    books.followups.near = {"theirs": [Colleague(3, "Ivo", "en")]}


def _reports(talk: Dialogue) -> None:
    """Two reports of one's own, one of which was asked about, one of somebody else that waits, and an imported one."""
    books = talk.memory
    books.reports.kept["own"] = Report("own", "draft", {"title": "Café", "contact": {"name": "Emily"}})
    books.reports.kept["asked"] = Report("asked", "changes_requested", {"title": "Choir", "status": "running"})
    asked = AskedQuestion("status", "Is it still going on?", 2)
    books.review.reports["asked"] = UnderReview(
        "asked", "changes_requested", 1, {"title": "Choir", "status": "running"}, "en", 1, asked=asked
    )
    books.review.reports["theirs"] = UnderReview(
        "theirs", "submitted", 1, {"title": "Their garden", "status": "running", "outcome": ""}, "en", 2, since=talk.now
    )
    came = File("document", "ref", "evaluation.pdf", "application/pdf")
    books.review.files["theirs"] = [ReportFile("f1", "outcome", came, "0f" * 32)]
    books.review.reports["imported"] = UnderReview(
        "imported", "submitted", 1, {"title": "Old garden", "status": "running"}, "en", since=talk.now
    )
    books.review.languages = {1: "en", 2: "en"}
    books.review.personal["theirs"] = {"contact": {"name": "Agnes Holm"}}
    books.initiatives.published |= {"i1": CAFE, "i0": replace(CAFE, id="i0")}
    books.initiatives.told |= {("i1", "i0"): "inspired", ("i0", "i1"): "inspired"}


def _figures(talk: Dialogue) -> None:
    books = talk.memory.digests
    measured = report_summary(1, evidence=("statistics",), outcome=True, sharing="public", title="Their garden")
    books.all = [(measured, Happening("new", datetime(2026, 11, 18, tzinfo=UTC)))]
    books.counted = Figures(3, 2, 1, {"2026-11": 3}, {"language_cafe": 3}, countries={"DK": 3})
    books.places = [Place("DK-0461", "Odense", "Syddanmark", "reported", 3)]
    books.results = [Known(measured, {"outcome": "They speak."})]
    week = past_week(datetime(2026, 11, 23, tzinfo=UTC), UTC)
    offered = [(measured, Happening("offer", datetime(2026, 11, 18, tzinfo=UTC), new="resource_person"))]
    books.made["d1"] = digest_of(week, [*books.all, *offered], zone="UTC", made_at=talk.now)


def _contacts(talk: Dialogue) -> None:
    """Notes from and to oneself, one between others that was reported, a proposal, an organisation that waits."""
    books, now = talk.memory, talk.now
    garden = Side("library", "Odense Bibliotek", "Odense")
    books.contacts.reporters["i1"] = 2
    books.contacts.subjects["i1"] = Subject("Their garden", garden)
    for note in (
        Note("to_me", "i1", 2, 1, {"said": "May we come along?"}),
        Note("from_me", "i2", 1, 2, {"said": "May we come along?"}, "asked", "When would that be?"),
        Note("reported", "i3", 3, 2, {"said": "Rude words, nothing else."}, "reported"),
    ):
        books.contacts.notes[note.id] = note
    books.experts.experts["e1"] = Expert("e1", 2, "The host of the garden", ("advice",))
    books.experts.experts["e2"] = Expert("e2", 1, "Emily", ("advice",))
    books.experts.reader = 1
    books.experts.nominations["n1"] = Nomination("n1", "asked", 1, "The singer", now + timedelta(days=3))
    books.contacts.pairings[7] = Pairing(7, 1, 2, "own", "i1", "partners", now + timedelta(days=14))
    books.partners.libraries[1] = books.partners.libraries[2] = garden
    books.partners.kept[3] = Organisation("o1", 3, "ngo", "Friends of the garden", "DK-0461")
    books.partners.kept[4] = Organisation("o2", 4, "ngo", "Neighbours of the square", "DK-0461", "confirmed")


@dataclass(frozen=True, slots=True)
class Route:
    """A button, who may press it (None: everybody), and what comes of it.

    That is an outcome's name, `file: ` and the kind of what is enclosed, `at: ` and where one stands then, `to: ` and
    somebody who hears of it, or words on the screen.
    """

    action: str
    argument: str
    needs: Action | None
    comes: str
    report: str = ""
    revision: int | None = None


def _of(needs: Action | None, **comes: tuple[str, str] | list[tuple[str, str]]) -> list[Route]:
    pairs = (
        (action, each) for action, given in comes.items() for each in (given if isinstance(given, list) else [given])
    )
    return [Route(action, argument, needs, expected) for action, (argument, expected) in pairs]


TABLE = [
    *_of(
        "open calls",
        call_new=("", "at: calling"),
        call_change=("inclusion", "at: calling"),
        call_examples=("", "Call templates"),
        call_example=("povezujejo", "CallStarted"),
        call_standing=("inclusion", "at: standing"),
        call_results=("inclusion", "file: call_report"),
        call_form=("inclusion", "file: xlsform"),
    ),
    *_of(
        "make collections",
        coll_new=("", "at: collecting"),
        coll_edit=("ten", "at: collecting"),
        collect=[("i1", "Into which collection?"), ("i1.ten", "CollectionChanged")],
    ),
    *_of(
        "post events",
        events_own=("", "My events"),
        event_new=("", "at: posting"),
        event_edit=("e9", "at: posting"),
        event_guests=("e9", "person comes"),
        event_file=[("e9.xlsx", "file: guests"), ("e9.csv", "file: guests")],
        event_speakers=("e9", "offered to speak"),
        event_told=("e9", "at: came_of"),
    ),
    *_of(
        "hand over",
        followups=("0", "Follow-ups"),
        hand_over=("theirs", "Who takes over"),
        hand_to=("theirs.3", "Hand over"),
        hand_over_yes=("theirs.3", "ReportHandedOver"),
    ),
    *_of("read audit", audit=("0", "Bo: changed the role"), audit_file=("", "file: audit")),
    *_of("name the controller", controller=("", "at: controller")),
    *_of("manage webhooks", webhooks=("", "at: webhooks"), webhook=("w1", "at: webhooks")),
    *_of("invite partners", invite=("", "at: invite")),
    *_of(
        "see people",
        people=("", "at: people"),
        directory=[("", "Partners by municipality"), ("DK-0461", "Neighbours of")],
    ),
    *_of(
        "confirm partners",
        partner_card=("o1", "Friends of the garden"),
        partner_yes=("o1", "OrganisationDecided"),
        partner_no=("o1", "OrganisationDecided"),
    ),
    *_of("judge notes", note_clear=("reported", "NoteMoved")),
    *_of(
        "see figures",
        digest=[("", "DigestMade"), ("2026-W47", "DigestMade"), ("inclusion", "DigestMade")],
        digest_at=("0.1.9", "DigestWanted"),
        digest_cards=("d1.0", "Their garden"),
        digest_text=("d1", "TablesChosen"),
        digest_file=[("d1.html", "file: digest"), ("d1.xlsx", "file: digest")],
        digest_offers=("d1.0", "Their garden"),
        digest_weekly=("", "DigestWanted"),
        stats=("", "3 reports, from 2 libraries"),
        chart=[("months", "file: chart"), ("themes", "file: chart")],
        stats_text=("", "TablesChosen"),
        coverage=("DK", "Reported (1)"),
        coverage_text=("DK", "One municipality has reported"),
        coverage_of=[("DK.reported.0", "Reported: Odense"), ("DK.nothing.0", "Reported (1)")],
        map=("DK", "file: map"),
        places=("DK", "file: places"),
        evidence=[(".", "Their garden"), ("language_cafe.", "Their garden"), ("themes", "What should it be about?")],
        evidence_file=(".", "file: evidence"),
        sheet=[("r1", "In which language?"), ("r1.en", "file: sheet")],
    ),
    *_of(
        "export",
        export=[("", "Export reports to a file"), ("contacts", "All reports in a file, with names and contact details")]
        + [(f"{form}{also}", "ExportAsked") for form in ("xlsx", "csv", "jsonl") for also in ("", ".contacts")],
    ),
    *_of("review", queue=("0", "Their garden"), card=("theirs", "to: 1")),
    *(
        Route(action, "", "review", comes, "theirs", 1)
        for action, comes in {
            "publish": "ReportPublished",
            "release": "to: nobody",
            "ask": "ReportClaimed",
            "return": "ReportClaimed",
            "decline": "ReportClaimed",
            "whole": "to: 1",
            "contacts": "Agnes Holm",
            "files": "file: picture",
        }.items()
    ),
    Route("correct", "", "review", "ReportClaimed", "imported", 1),
    Route("take_back", "", "review", "RequestTakenBack", "asked", 1),
    Route("answer", "", None, "at: asked", "asked"),
    *_of(
        None,
        calls=("0", "Inclusion now"),
        call=("inclusion", "Inclusion now"),
        call_report=("inclusion", "Question by question"),
        call_share=("inclusion", "file: qr"),
        call_ics=("inclusion", "file: ics"),
        remind_later=("5", "ReminderPutOff"),
        remind_never=("", "RemindersChosen"),
        remind_again=("", "RemindersChosen"),
        live_in=[("", "What is your time zone?"), ("Europe/Ljubljana", "TimezoneChosen")],
        digest_stop=("0", "DigestUnwanted"),
        export_stop=("x1", "ExportCancelled"),
        initiative=("i1", "Sprogcafé om tirsdagen"),
        initiative_all=("i1", "Sprogcafé om tirsdagen"),
        lineage=[("i1.by", "What inspired “Sprog"), ("i1.of.0", "Inspired by “Sprog")],
        collections=("0", "Ten good ones"),
        collection=("ten", "Ten good ones"),
        coll_follow=("ten", "CollectionFollowed"),
        coll_share=("ten", "file: qr"),
        coll_text=("ten", "Ten good ones"),
        coll_file=[("ten.html", "file: collection"), ("ten.csv", "file: collection")],
        search=("", "at: search"),
        browse=("", "at: search"),
        privacy=[("", "Your data"), ("contacts", "Contact")],
        mydata=("", "file: mydata"),
        forget=("", "at: forget"),
        contacts_gone=("own", "Delete the contact details"),
        contacts_erased=("own", "ContactsErased"),
        organisation=("", "at: organisation"),
        contact=("i1", "at: contact"),
        note_yes=("to_me", "at: meeting"),
        note_ask=("to_me", "at: meeting"),
        note_abuse=("to_me", "at: meeting"),
        note_answer=("from_me", "at: meeting"),
        note_no=("to_me", "NoteMoved"),
        note_back=("from_me", "NoteMoved"),
        experts=("", "at: experts"),
        expert=("e1", "The host of the garden"),
        events=("0", "at: events"),
        event=("e9", "at: events"),
        event_share=("e9", "file: qr"),
        event_ics=("e9", "file: ics"),
        event_in=("e9", "Theme day"),
        event_out=("e9", "SignUpWithdrawn"),
        event_out_yes=("e9", "SignUpWithdrawn"),
        event_name=("e9", "at: signing_up"),
        visits=("", "at: visiting"),
        followup=("started.3", "FollowUpAnswered"),
        followup_later=("3", "FollowUpPutOff"),
        expert_own=("", "at: expert"),
        expert_offer=("", "at: expert"),
        expert_confirmed=("e2", "ExpertConfirmed"),
        expert_removed=("e2", "ExpertRemoved"),
        naming=("asked", "at: naming"),
        naming_back=("n1", "NominationTakenBack"),
        naming_again=("n1", "ExpertNamed"),
        pair_yes=("7", "at: pairing"),
        pair_no=("7", "PairingAnswered"),
        pair_never=("", "ProposalsChosen"),
        pair_again=("", "ProposalsChosen"),
        tables_again=("", "TablesChosen"),
        subscribe=("", "at: subscribing"),
        subscriptions=("", "at: subscriptions"),
        sub_change=("s1", "at: subscribing"),
        sub_chat=("-7", "at: subscribing"),
        sub_end=("s1", "SubscriptionsEnded"),
        sub_undo=("s1", "SubscriptionsRevived"),
        why=("i1", "because you subscribe to"),
        stop_news=("i1", "SubscriptionsEnded"),
    ),
]


def test_the_table_has_every_button_that_leads_somewhere() -> None:
    assert {each.action for each in TABLE} == set(ROUTES)


def press(talk: Dialogue, route: Route) -> set[str]:
    """All that comes of pressing it."""
    talk.screen = None
    turn = talk.takes(Pressed(route.action, route.argument, route.report, revision=route.revision))
    at = turn.session.at
    came = {type(each).__name__ for each in turn.outcomes}
    came |= {f"to: {each.to}" for each in turn.notices} or {"to: nobody"}
    came |= {f"file: {each.enclosed.kind}" for each in turn.screens if each.enclosed}
    came |= {f"at: {at.flow if isinstance(at, InFlow) else getattr(at, 'report', '')}"} if at else set()
    return came


@pytest.mark.parametrize("roles", ROLES)
@pytest.mark.parametrize("route", TABLE, ids=lambda route: f"{route.action}-{route.argument or route.report}")
def test_every_button_that_leads_somewhere(roles: tuple[str, ...], route: Route) -> None:
    talk = somebody(*roles)
    at_home = [*talk.redraws().splitlines(), *talk.labels()]
    came = press(talk, route)
    shown = [*talk.said().splitlines(), *talk.labels()] if talk.screen else [talk.toast()]
    reads = "\n".join(shown)
    if route.needs and not allowed(roles, route.needs):
        assert came == {"to: nobody"}
        assert set(shown) <= {REFUSED, *at_home}
        assert REFUSED in shown
    else:
        assert route.comes in came or route.comes in reads, (came, reads)
        assert REFUSED not in reads


NEEDED_BY: Mapping[str, Action | None] = {each.action: each.needs for each in TABLE}
"""What one must be allowed for each of the buttons."""


def not_for(talk: Dialogue, roles: tuple[str, ...]) -> set[str]:
    """What the newest screen offers that somebody with these roles may not do."""
    shown = () if talk.screen is None else talk.screen.rows
    needed = {button.action: NEEDED_BY.get(button.action) for row in shown for button in row}
    return {action for action, needs in needed.items() if needs and not allowed(roles, needs)}


@pytest.mark.parametrize("roles", ROLES)
def test_no_screen_offers_what_its_reader_may_not_do(roles: tuple[str, ...]) -> None:
    for command in COMMANDS:
        talk = somebody(*roles)
        talk.takes(Commanded(command.name))
        assert not not_for(talk, roles), command.name
    for route in TABLE:
        talk = somebody(*roles)
        press(talk, route)
        assert not not_for(talk, roles), route


@pytest.mark.parametrize("roles", ROLES)
def test_the_link_to_an_initiative_leads_coordinators_to_its_card_and_others_to_what_is_published(
    roles: tuple[str, ...],
) -> None:
    talk = somebody(*roles)
    talk.memory.review.reports["i1"] = UnderReview("i1", "published", 1, {"title": "As it is reviewed"}, "en", 2)
    turn = talk.takes(Commanded("start", "r_i1"))
    assert ("As it is reviewed" in talk.said()) == allowed(roles, "review")
    assert any("Sprogcafé om tirsdagen" in str(each.lines) for each in turn.screens) != allowed(roles, "review")


@pytest.mark.parametrize("roles", ROLES)
def test_a_call_that_is_not_opened_is_for_coordinators(roles: tuple[str, ...]) -> None:
    may = allowed(roles, "open calls")
    talk = somebody(*roles)
    talk.memory.calls.kept["later"] = WholeCall("later", "en", "draft", {"en": "For later"})
    talk.takes(Pressed("calls", "0"))
    assert ("For later" in talk.said()) == ("New call" in talk.labels()) == may
    for action in ("call", "call_share", "call_report"):
        talk.takes(Pressed(action, "later"))
        assert ("For later" in talk.said()) == (may and action == "call")
    talk.takes(Pressed("call", "inclusion"))
    assert ("Edit this call" in talk.labels()) == ("Responses so far" in talk.labels()) == may


@pytest.mark.parametrize("roles", [(), ("coordinator",)])
@pytest.mark.parametrize("action", sorted(ROUTES))
def test_what_was_never_on_a_button_opens_nothing(roles: tuple[str, ...], action: str) -> None:
    needs = {each.needs for each in TABLE if each.action == action}
    refused = None not in needs and not any(allowed(roles, each) for each in needs if each)
    for argument in ("", "nothing", "0", "-", "--5", "²", "9" * 30):
        talk = somebody(*roles)
        turn = talk.takes(Pressed(action, argument, argument, revision=1))
        if refused:
            assert not turn.outcomes
            assert not turn.notices
            assert not any(each.enclosed for each in turn.screens)
            assert list(talk.memory.calls.kept) == ["inclusion"]
            assert REFUSED in (talk.said() if turn.screens else talk.toast())


NEEDED_IN: Mapping[str, Action | None] = {
    "calling": "open calls",
    "standing": "open calls",
    "invite": "invite partners",
    "people": "see people",
    "controller": "name the controller",
    "review": "review",
    "correcting": "review",
    "broadcast": "broadcast",
    "collecting": "make collections",
    "search": None,
    "organisation": None,
    "contact": None,
    "meeting": None,
    "forget": None,
    "events": None,
    "posting": "post events",
    "signing_up": None,
    "came_of": "post events",
    "visiting": None,
    "experts": None,
    "expert": None,
    "naming": None,
    "pairing": None,
    "subscribing": None,
    "subscriptions": None,
    "webhooks": "manage webhooks",
}
"""What one must be allowed in each of the flows that one can stand in."""

STOOD: Mapping[str, tuple[str, ...]] = {
    "calling": ("title", "sheet", "deadline", "texts", "themes", "invited", "questions", "close"),
    "standing": ("places", "preview"),
    "collecting": ("title", "sheet", "texts", "order"),
    "invite": ("choose", "links"),
    "people": ("list", "person"),
    "controller": ("name",),
    "review": ("reason", "field", "question"),
    "correcting": ("field", "answer"),
    "broadcast": ("to", "call", "theme", "text", "preview"),
    "posting": ("kind", "sheet"),
    "came_of": ("words",),
    "webhooks": ("list", "one", "address", "events", "remove", "secret"),
}
"""The views in which somebody may stand whose role is taken away."""

PRESSES = (
    *(("make", ""), ("role", "owner"), ("give", "owner"), ("take", "owner"), ("person", "2"), ("page", "1")),
    *(("revoke", "v1"), ("status", "open"), ("status", "closed"), ("edit", "titles"), ("close", ""), ("none", "")),
    *(("remind", ""), ("preview", ""), ("all", ""), ("because", "test"), ("because", "more"), ("about", "status")),
    *(("to", ""), ("by", "call"), ("only", "inclusion"), ("write", ""), ("send_to", "1"), ("in", "da")),
)
"""What the buttons of these flows do."""


def test_what_each_flow_needs_is_said() -> None:
    assert set(NEEDED_IN) == set(FLOWS)
    assert set(STOOD) == {flow for flow, needs in NEEDED_IN.items() if needs}


@pytest.mark.parametrize(
    ("roles", "flow", "view"),
    [
        (roles, flow, view)
        for flow, views in STOOD.items()
        for view in views
        for roles in ((), ("partner",), ("coordinator",))
        if (needs := NEEDED_IN[flow]) and not allowed(roles, needs)
    ],
)
def test_nobody_stays_in_a_flow_without_its_role(roles: tuple[str, ...], flow: str, view: str) -> None:
    """However somebody came to stand there: what they do next asks for the role that is stored now."""
    events: list[Event] = [Wrote("Anything at all"), *(Pressed(*each, step=4) for each in PRESSES)]
    for event in events:
        talk = somebody(*roles)
        at = InFlow(flow, view, HELD if flow != "standing" else {**HELD, "this": "inclusion"})
        talk.memory.session = Session(4, at, talk.now)
        turn = talk.takes(event)
        assert not turn.outcomes, event
        assert not turn.notices, event
        assert turn.session.at is None, event
        assert isinstance(turn.screens[0], Screen)
        assert REFUSED in talk.said(), event
        talk.memory.session = Session(4, at, talk.now)
        assert not {each for each in SECRETS if each in talk.redraws()}, at
        assert talk.screen
        assert not {each.action for row in talk.screen.rows for each in row} & {action for action, _given in PRESSES}


HELD = {
    "this": "theirs",
    "slug": "inclusion",
    "key": "titles",
    "language": "en",
    "role": "partner",
    "uses": 1,
    "days": 3,
    "page": 0,
    "what": "decline",
    "revision": 1,
    "about": "status",
    "back": None,
    "text": "To all of you",
    "call": None,
    "country": None,
    "theme": None,
    "status": None,
    "gathered": None,
}
"""All that one of these flows may have in hand."""

SECRETS = ("Their garden", "Agnes", "Bo", "Friends of the garden", "Inclusion now")
"""What those without a role are not shown when the screen is drawn anew."""
