"""Owners set up webhooks under /settings, and see how they do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversations.model.outcomes import WebhookAdded, WebhookChanged, WebhookRemoved, WebhookTested
from conversations.model.webhooks.webhook import EVENTS, MOST, TEST, Webhook, WebhookDelivery, proof_of
from tests.conversations.dialogue import Dialogue

URL = "https://hooks.example.org/meldind?key=abc"


def owner(language: str = "en", *webhooks: Webhook) -> Dialogue:
    talk = Dialogue(language, roles=("owner",), name="Bo")
    for each in webhooks:
        talk.memory.webhooks.kept[each.id] = each
    return talk


def opens(talk: Dialogue) -> None:
    talk.commands("/settings")
    talk.presses("Webhooks")


HOOK = Webhook("w1", URL, EVENTS)


def test_an_address_is_added_and_its_secret_is_shown_once() -> None:
    talk = owner()
    opens(talk)
    talk.bot("Webhooks", "Other systems are told", buttons=["Add an address"])
    talk.presses("Add an address")
    talk.bot("What is the address?", "It begins with https://")
    talk.writes(URL)
    talk.bot("What should hooks.example.org be told of?", buttons=["Report published", "Call closed", "Add it"])
    talk.presses("Call opened")
    talk.presses("Call closed")
    assert [talk.button(each).chosen for each in ("Report published", "Call opened")] == [True, False]
    talk.presses("Add it")
    talk.bot("Added: hooks.example.org", "Its secret: secret of webhook r1 1", "shown only now", "A test message")
    added, tested = talk.memory.history[-2:]
    reports = ["report.published", "report.corrected", "report.withdrawn"]
    assert added == WebhookAdded("r1", URL, reports, proof_of("secret of webhook r1 1"))
    assert tested == WebhookTested("r1")
    assert talk.screen is not None
    assert talk.screen.secret
    assert talk.button("Copy the secret").copies == "secret of webhook r1 1"
    talk.presses("Show the webhook")
    talk.bot("Webhook: hooks.example.org", "Address: https://hooks.example.org/meldind", "In use", "Test message")
    assert "key=abc" not in talk.said()
    assert "secret of" not in talk.said()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("my server", "That is no web address"),
        ("http://example.org/hook", "begin with https://"),
        ("https://me:word@example.org/hook", "name or password"),
        ("https://192.168.1.7/hook", "inside a private network"),
        ("https://localhost/hook", "inside a private network"),
        (f"https://example.org/{'x' * 600}", "too long"),
    ],
)
def test_an_address_that_is_of_no_use_is_asked_again(typed: str, says: str) -> None:
    talk = owner()
    opens(talk)
    talk.presses("Add an address")
    talk.writes(typed)
    talk.bot(says, "What is the address?")
    talk.writes(URL)
    talk.bot("What should hooks.example.org be told of?")


def test_it_can_be_typed_and_a_command_in_between_loses_nothing() -> None:
    talk = owner("da")
    opens(talk)
    talk.writes("tilføj en adresse")
    talk.writes(URL)
    talk.commands("/help")
    talk.redraws()
    talk.bot("Hvad skal hooks.example.org have besked om?")
    talk.writes("opfordring åbnet")
    talk.writes("tilføj")
    talk.bot("Tilføjet: hooks.example.org", "Den hemmelige nøgle:")
    assert "call.opened" not in talk.memory.webhooks.kept["r1"].events


def test_nothing_chosen_and_the_same_address_twice() -> None:
    talk = owner("en", HOOK)
    opens(talk)
    talk.presses("Add an address")
    talk.writes(URL)
    talk.bot("That address has been added already.")
    talk.writes("https://hooks.example.org/other")
    for each in ("Report published", "Report corrected", "Report withdrawn", "Call opened", "Call closed"):
        talk.presses(each)
    talk.presses("Add it")
    talk.bot("Choose at least one.")
    talk.presses("Cancel")
    talk.bot("Nothing was changed.")
    assert list(talk.memory.webhooks.kept) == ["w1"]


def test_it_is_tested_paused_used_again_and_removed() -> None:
    talk = owner("en", HOOK)
    opens(talk)
    talk.presses("hooks.example.org")
    talk.presses("Send a test")
    talk.bot("A test message is on its way.")
    assert talk.memory.history[-1:] == [WebhookTested("w1")]
    opens(talk)
    talk.presses("hooks.example.org")
    talk.bot("One message is waiting.", "Test message. On its way.")
    talk.presses("Pause")
    talk.bot("hooks.example.org is paused.", "Paused: what happens meanwhile is not sent", "Test message. Not sent.")
    talk.presses("Use it again")
    talk.bot("hooks.example.org is in use again.", "In use", buttons=["Pause"])
    talk.presses("Remove")
    talk.bot("Remove hooks.example.org?")
    talk.presses("No, keep it")
    talk.presses("Remove")
    talk.writes("yes")
    talk.bot("hooks.example.org is removed.", "Webhooks", buttons=["Add an address"])
    assert "hooks.example.org" not in talk.labels()
    assert talk.memory.history[-1:] == [WebhookRemoved("w1")]


def test_its_events_and_its_secret_are_changed() -> None:
    talk = owner("en", HOOK)
    opens(talk)
    talk.presses("hooks.example.org")
    talk.presses("Choose events")
    talk.presses("Report corrected")
    talk.presses("Save")
    talk.bot("Saved.", "Told of: Report published, Report withdrawn, Call opened, Call closed")
    assert "report.corrected" not in talk.memory.webhooks.kept["w1"].events
    talk.presses("New secret")
    talk.bot("Make a new secret for hooks.example.org?", "For one day messages are signed with both secrets.")
    talk.presses("Yes, a new secret")
    talk.bot("hooks.example.org has a new secret.", "Its secret: secret of webhook w1 2")
    value = {"number": 2, "proof": proof_of("secret of webhook w1 2")}
    assert talk.memory.history[-1] == WebhookChanged("w1", "secret", value)


def test_how_it_does_is_seen_in_the_settings_and_on_its_card() -> None:
    talk = owner("en", HOOK)
    now = talk.now
    failing = replace(
        HOOK,
        failing_since=now,
        waiting=1,
        deliveries=(
            WebhookDelivery("report.published", "waiting", now, 2, 503, "status", now + timedelta(minutes=2)),
            WebhookDelivery("report.corrected", "given_up", now, 9, None, "slow"),
            WebhookDelivery("call.opened", "sent", now, 1, 200),
            WebhookDelivery(TEST, "passed", now),
        ),
    )
    talk.memory.webhooks.kept["w1"] = failing
    talk.commands("/settings")
    talk.bot("Webhooks: one", "One webhook needs a look.")
    talk.presses("Webhooks")
    talk.bot("hooks.example.org: Takes nothing since")
    talk.presses("hooks.example.org")
    talk.bot(
        *("Takes nothing since", "One message is waiting."),
        *("Report published. Not yet: it answered 503. Next try:", "Report corrected. Not delivered: no answer within"),
        *("Call opened. Delivered.", "Test message. Not sent."),
    )


def test_only_owners_see_them_and_only_as_long_as_they_are() -> None:
    for roles in ((), ("partner",), ("coordinator",)):
        talk = Dialogue(roles=roles)
        talk.memory.webhooks.kept["w1"] = HOOK
        talk.commands("/settings")
        assert "Webhooks" not in talk.labels()
        assert "Webhooks" not in talk.said()
    talk = owner("en", HOOK)
    opens(talk)
    talk.presses("hooks.example.org")
    talk.memory.person = replace(talk.memory.person, roles=frozenset())
    talk.presses("Remove")
    talk.bot("That needs a role that you do not have.")
    assert list(talk.memory.webhooks.kept) == ["w1"]


def test_there_is_an_end_to_how_many() -> None:
    talk = owner("en", *(replace(HOOK, id=f"w{number}", url=f"{URL}{number}") for number in range(MOST)))
    opens(talk)
    assert "Add an address" not in talk.labels()


@pytest.mark.parametrize(
    ("language", "label", "says"),
    [("da", "Webhooks", "Skriv eller indsæt den."), ("sl", "Webhooki", "Vpišite ali prilepite ga.")],
)
def test_each_language(language: str, label: str, says: str) -> None:
    talk = owner(language)
    talk.commands("/settings")
    talk.presses(label)
    talk.presses({"da": "Tilføj en adresse", "sl": "Dodaj naslov"}[language])
    talk.bot(says)
