"""Calls through the whole bot: the five ready ones, answered; links and pictures; menus, invitations, the trail."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import update

from bot.botapi import PIXEL
from bot.runtime.invitations import first_owner, invited
from conversations.forms.variants import relevant_answers
from storage.models import people, reports
from storage.reports.exporting import Wanted
from storage.session.unit_of_work import UnitOfWork
from tests.bot.calls import answers, opens_example
from tests.bot.reporting import FIRST_ASKED
from tests.bot.reviewing import coordinator, gives, sees, taps
from tests.bot.stage import Stage, Talk, until

SOON = date.today() + timedelta(days=14)  # noqa: DTZ011 - any day that is not past

CALLS = [
    ("integration", "da", "da", ["title", "themes", "target_groups", "sharing"]),
    ("networks", "da", "da", ["title", "themes", "own_1"]),
    ("councils", "da", "da", ["title", "themes", "own_1"]),
    ("crisis", "da", "da", ["title", "themes"]),
    ("povezujejo", "sl", "sl", ["title", "themes", "outcome", "evidence_types", "participants"]),
]


@pytest.mark.parametrize(("key", "language", "reads", "wanted"), CALLS, ids=[each[0] for each in CALLS])
async def test_each_ready_call_is_opened_and_answered(
    bot_app: Stage, key: str, language: str, reads: str, wanted: list[str]
) -> None:
    ann = await coordinator(bot_app, language)
    slug = await opens_example(bot_app, ann, key, language, SOON)
    for title in ("Sprogcafé, første gang", "Sprogcafé, anden gang"):
        await answers(bot_app, bot_app.talk(reads), slug, reads, title)

    def sent(work: UnitOfWork) -> list[dict[str, object]]:
        records = work.exporting(relevant_answers).after(None, Wanted(call=slug))
        return [dict(record.answers) for record in records]

    found = await bot_app.finds(sent)
    assert len(found) == 2
    for each in found:
        assert set(wanted) <= set(each)
    if key == "crisis":
        assert {"target_groups", "partners"}.isdisjoint(found[0])
        assert found[0]["sharing"] == "network", "which the call decides and its authors read"


async def test_what_a_short_call_collects_for_the_network_is_found_there_and_not_called_public(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "en", name="Ann")
    slug = await opens_example(bot_app, ann, "crisis", "en", SOON)
    author, partner, stranger = bot_app.talk("en"), bot_app.talk("en"), bot_app.talk("en")
    await partner.starts()
    await gives(bot_app, partner, "partner")
    await answers(bot_app, author, slug, "en", "Phone friends")
    await sees(bot_app, ann, "Can be seen by: Libraries and registered partners")
    await taps(bot_app, ann, "Publish")
    accepted = await sees(bot_app, author, "Your report has been accepted: “Phone friends”")
    assert "Libraries and registered partners can find it here now. It is not public." in accepted.text
    await partner.writes("/search phone friends")
    partner.bot("Phone friends")
    await stranger.writes("/search phone friends")
    assert "Phone friends" not in stranger.labels


async def test_a_link_and_its_picture_lead_to_the_report(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "en")
    slug = await opens_example(bot_app, ann, "crisis", "en", SOON)
    await bot_app.settles()
    await ann.presses("Share it")
    await bot_app.settles()
    await ann.phone.looks()
    pictures = [each for each in ann.phone.messages if "photo" in each.raw]
    assert len(pictures) == 1
    assert (await ann.phone.file(pictures[0].raw["photo"][0]["file_id"])).startswith(PIXEL[:8])
    ann.bot("https://t.me/", f"?start=c_{slug}")
    link = next(line for line in ann.screen.text.splitlines() if "?start=" in line)
    librarian = bot_app.talk("en")
    await librarian.starts(link.partition("?start=")[2])
    librarian.bot("This report answers the call", FIRST_ASKED)


@pytest.mark.parametrize(
    ("language", "label", "summary"),
    [
        ("da", "Tilføj til kalenderen", "Frist: "),
        ("sl", "Dodaj v koledar", "Rok: "),
        ("en", "Add to calendar", "Deadline: "),
    ],
)
async def test_a_deadline_goes_into_ones_calendar(bot_app: Stage, language: str, label: str, summary: str) -> None:
    ann = await coordinator(bot_app, "en")
    slug = await opens_example(bot_app, ann, "crisis", "en", SOON)
    librarian = bot_app.talk(language)
    await librarian.writes("/calls")
    await librarian.presses(librarian.labels[0])
    await librarian.presses(label)
    await bot_app.settles()
    await librarian.phone.looks()
    (sent,) = [each for each in librarian.phone.messages if "document" in each.raw]
    document = sent.raw["document"]
    assert document["file_name"] == f"meldind-{slug}.ics"
    calendar: Any = Calendar.from_ical(await librarian.phone.file(document["file_id"]))
    (entry,) = calendar.walk("VEVENT")
    assert entry["DTSTART"].dt == SOON
    assert entry["SUMMARY"].startswith(summary)
    assert entry["URL"].endswith(f"?start=c_{slug}")
    assert len(entry.walk("VALARM")) == 2


async def test_an_invitation_through_the_chat_and_the_menu_that_comes_with_it(bot_app: Stage) -> None:
    owner = await coordinator(bot_app, "en", role="owner", name="Ann")
    await owner.writes("/invite")
    await owner.presses("Coordinator")
    await owner.presses("Create the link")
    await bot_app.settles()
    await owner.phone.looks()
    assert [each for each in owner.phone.messages if "photo" in each.raw]
    payload = next(line for line in owner.screen.text.splitlines() if "?start=" in line).partition("?start=")[2]
    new = Talk(bot_app.server.phone("da", "Bo"))
    await new.starts()
    assert not [line for line in await new.phone.commands() if line.startswith("/invite")]
    await new.starts(payload)
    new.bot("Koordinator")
    await bot_app.settles()
    assert [line for line in await new.phone.commands() if line.startswith("/invite")]
    await new.starts(payload)
    new.bot("Den rolle har du allerede, så invitationen er ikke brugt.", "Koordinator")
    await owner.writes("/people")
    await owner.presses("Bo")
    await owner.presses("Remove role: Coordinator")
    await sees(bot_app, new, "Din rolle er ændret.")
    assert not [line for line in await new.phone.commands() if line.startswith("/invite")]
    await new.writes("/invite")
    assert "koordinatorer" in new.screen.text


async def test_a_role_removed_ends_at_the_next_press(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "en")
    await ann.writes("/calls")
    await gives(bot_app, ann)
    await ann.presses("New call")
    ann.bot("That needs a role that you do not have.")


@pytest.mark.parametrize(
    "data",
    [
        "-.0.call_new.",
        "-.0.call_change.x",
        "-.0.audit.0",
        "-.0.audit_file.",
        "-.0.people.",
        "-.0.invite.",
        "-.1.give.owner",
        "-.1.status.open",
        "-.1.revoke.i1",
        "-.1.make.",
        "-.0.call_standing.x",
        "-.0.remind_later.999999999999999999",
        "-.0.call.../../etc",
        "-.0.live_in.Mars/Olympus",
    ],
)
async def test_forged_presses_of_a_librarian_change_nothing(bot_app: Stage, data: str) -> None:
    librarian = bot_app.talk()
    shown = await librarian.starts()
    before = await bot_app.finds(
        lambda work: (work.calls.all(), work.audit.page(0, 9), work.members.with_role("owner"))
    )
    await librarian.phone.press_data(shown.message_id, data)
    await bot_app.settles()
    assert await bot_app.finds(all_there_is) == before
    assert librarian.screen.text


def all_there_is(work: UnitOfWork) -> object:
    return work.calls.all(), work.audit.page(0, 9), work.members.with_role("owner")


async def test_the_first_owner_comes_by_the_printed_code(bot_app: Stage) -> None:
    code = await bot_app.storage.write(first_owner)
    assert code is not None
    assert len(code) == 22
    again = await bot_app.storage.write(first_owner)  # a restart before anybody came: the line above is out of date
    first, second = bot_app.talk(), bot_app.talk()
    await first.starts(f"i_{code}")
    first.bot("That invitation cannot be used.")
    await second.starts(f"i_{again}")
    second.bot("Your role now: Owner")
    assert await bot_app.storage.write(first_owner) is None


async def test_the_offer_to_be_the_first_owner_is_for_one_person_and_three_days(bot_app: Stage) -> None:
    await bot_app.storage.write(first_owner)
    now = datetime.now(UTC)
    (offer,) = await bot_app.finds(lambda work: work.invitations.open_at(now))
    assert (offer.role, offer.uses) == ("owner", 1)
    assert timedelta(days=3) - timedelta(minutes=5) < offer.expires_at - now <= timedelta(days=3)


async def test_the_trail_as_a_file(bot_app: Stage) -> None:
    owner = await coordinator(bot_app, "en", role="owner", name="Ann")
    await bot_app.storage.write(lambda work: invited(work, "partner", 1, timedelta(days=1)))
    await owner.writes("/people")
    await owner.presses("Activity log")
    owner.bot("the command line: made an invitation")
    await owner.presses("As a file")
    await bot_app.settles()
    await owner.phone.looks()
    (file,) = [each for each in owner.phone.messages if "document" in each.raw]
    lines = (await owner.phone.file(file.raw["document"]["file_id"])).decode().splitlines()
    assert [json.loads(line)["action"] for line in lines] == ["audit exported", "invited"]


async def test_where_a_call_stands_and_who_would_be_reminded(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "en")
    slug = await opens_example(bot_app, ann, "crisis", "en", SOON)
    await answers(bot_app, bot_app.talk("en"), slug, "en")
    begun = bot_app.talk("da")
    await begun.starts(f"c_{slug}")
    await begun.writes("Aarhus")
    await ann.writes("/calls")
    await ann.presses("Library offers in a time of crisis")
    await ann.presses("Responses so far")
    ann.bot("1 report", "Responded (1)", "Odense", "Draft started (1)", "Aarhus", "No response (95)", "Aabenraa")
    await ann.presses("Send a reminder")
    ann.bot("A reminder would reach 1 person.", "Aarhus")
    await ann.presses("Send the reminder")
    ann.bot("One person will get a reminder, during the day.")
    await bot_app.settles()
    due = datetime.now(UTC) + timedelta(days=1)
    occasions = await bot_app.storage.write(lambda work: list(work.reminders.due(due, 10)))
    assert [each.kind for each in occasions] == ["call-now"]


async def test_a_nudge_reaches_the_phone_and_its_buttons_work(bot_app: Stage) -> None:
    librarian = bot_app.talk("en")
    await librarian.writes("/report")
    await librarian.writes("Odense")
    midday = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # somewhere it is noon, whenever this runs

    def left_long_ago(work: UnitOfWork) -> None:
        work._connection.execute(update(reports).values(changed_at=datetime.now(UTC) - timedelta(hours=50)))
        work._connection.execute(update(people).values(timezone=midday))

    await bot_app.storage.write(left_long_ago)
    assert bot_app.application is not None
    for _twice in range(2):
        await bot_app.application.schedule.look()
    nudge = await sees(bot_app, librarian, "You started a report that has not been sent yet.")
    assert sum("not been sent yet" in each.text for each in librarian.phone.messages) == 1
    await librarian.phone.presses("Not now", message_id=nudge.message_id)

    async def told() -> bool:
        await librarian.phone.looks()
        return librarian.phone.toasts == ["OK, I will ask again another day."]

    await until(told)
    await librarian.phone.presses("Stop reminders", message_id=nudge.message_id)
    await sees(bot_app, librarian, "You will get no more reminders.")
    await librarian.writes("/settings")
    librarian.bot("Reminders: off", buttons=["Turn reminders on"])
