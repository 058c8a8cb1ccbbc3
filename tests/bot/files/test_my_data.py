"""/mydata: everything that is kept about a person, to read and for programs."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.files.my_data import SAID
from conversations.context.session import Session, Turn
from conversations.model.outcomes import Answered
from conversations.model.privacy import KINDS
from storage.privacy.my_data import OF_REPORTS
from storage.privacy.personal_columns import HELD
from storage.session.unit_of_work import UnitOfWork
from tests.bot.comparing import kept_as_read
from tests.bot.reviewing import coordinator, gives, reports
from tests.bot.stage import Stage, Talk


async def files(talk: Talk) -> dict[str, str]:
    """The documents on the screen, by their names."""
    documents = [screen.raw["document"] for screen in talk.phone.messages if "document" in screen.raw]
    return {each["file_name"]: (await talk.phone.file(each["file_id"])).decode() for each in documents}


async def asks(stage: Stage, talk: Talk) -> dict[str, str]:
    """What comes of /mydata."""
    await talk.writes("/mydata")
    await stage.settles()
    await talk.phone.looks()
    return await files(talk)


async def with_contact(stage: Stage, talk: Talk) -> None:
    """The person's report names somebody."""

    def answer(work: UnitOfWork) -> None:
        person = work.people.arrive(talk.phone.person_id, talk.phone.person_id, "en", datetime.now(UTC)).person
        (report,) = work.reports.of(person.id)
        value = {"name": "Quentin Quill", "email": "quill@example.org", "phone": ""}
        said = Answered(report.id, "contact", value, "Quentin", 7, personal=True)
        work.keep(person, Turn(Session(), (), (said,)), datetime.now(UTC))

    await stage.storage.write(answer)


async def test_all_their_things_and_nobody_elses(bot_app: Stage) -> None:
    boss, talk = await coordinator(bot_app, name="Boss"), Talk(bot_app.server.phone("en", "Emily"))
    await talk.starts()
    await reports(talk, "Story time <b>& more</b>")
    await gives(bot_app, talk, "partner")
    await with_contact(bot_app, talk)
    await reports(boss, "The coordinators own")
    await bot_app.settles()
    found = await asks(bot_app, talk)
    page, told = found["my-data.html"], json.loads(found["my-data.json"])
    said = re.sub(r"<[^>]+>|[\u2066-\u2069]", "", page)
    for words in (
        "Everything we store about you",
        "Data controller: the library organisation that runs this bot",
        str(talk.phone.person_id),
        "Partner",
        "Emily",
        "Privacy notice shown",
        "Story time &lt;b&gt;&amp; more&lt;/b&gt;",
        "Quentin Quill",
        "the bot: Welcome to Meldind",
        "you: /report",
        "sent",
        "12 months after the initiative ended.",
    ):
        assert words in said, words
    assert set(told["tables"]) == {each.table.name for each in HELD} | {table.name for table, _by in OF_REPORTS}
    assert told["tables"]["personal_answers"][0]["value"]["email"] == "quill@example.org"
    for of_somebody_else in ("The coordinators own", str(boss.phone.person_id), "code_hash"):
        # A number is looked for as a whole one: any digits may stand in the parts of a second.
        in_it = re.search(rf"(?<!\d){re.escape(of_somebody_else)}(?!\d)", page + found["my-data.json"])
        assert in_it is None, of_somebody_else


async def test_for_a_newcomer_there_is_little_to_tell(bot_app: Stage) -> None:
    talk = bot_app.talk("sl")
    await talk.starts()
    page = (await asks(bot_app, talk))["my-data.html"]
    assert '<html lang="sl">' in page
    assert "Vse, kar hranimo o vas" in page


@pytest.mark.parametrize("language", ["da", "sl", "en"])
async def test_as_it_is_read_on_the_phone(bot_app: Stage, language: str) -> None:
    talk = bot_app.talk(language)
    await talk.starts()
    await asks(bot_app, talk)
    written = await bot_app.transcript(talk)
    kept_as_read(f"mydata.{language}", written[written.index("/mydata") :])


async def test_an_update_that_could_not_be_read_is_theirs_too(bot_app: Stage) -> None:
    talk = bot_app.talk("en")
    await talk.starts()
    sender = {"id": talk.phone.person_id, "is_bot": False, "first_name": "Emily"}
    where = {"id": talk.phone.person_id, "type": "private"}
    bodies: list[dict[str, Any]] = [
        {"callback_query": True, "message": {"from": sender, "chat": where, "text": 7}},
        {"message": {"from": sender, "chat": where}},
        {"callback_query": {"from": sender, "data": ["x"]}},
        {"edited_message": {"from": sender, "chat": 5}},
        {"message": {"message_id": 9, "date": 0, "from": sender, "chat": where, "text": "Caf\ud800e"}},
    ]
    for body in bodies:
        bot_app.server.cloud.updates.push_raw(body, talk.phone.person_id)
    await bot_app.settles()
    assert len(await asks(bot_app, talk)) == 2


def test_every_kind_that_is_kept_is_read_out() -> None:
    assert {kind.key for kind in KINDS} == set(SAID)
