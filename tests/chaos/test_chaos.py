"""A campaign in short, on each database; and that it would notice what is lost, doubled or stuck."""

import tempfile
from copy import copy
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, update

from bot.botapi import BotApiServer
from storage.models import answers, outbox, reports
from tests.chaos import kept
from tests.chaos.boundaries import Boundary
from tests.chaos.campaign import Campaign
from tests.chaos.databases import Trouble, database
from tests.chaos.fleet import fleet
from tests.chaos.plan import Clock, Life, Weather

LIVES = {
    "sqlite": [
        Life(Boundary.HANDLED, 8, 0, Trouble.LOCKED),
        Life(Boundary.NOTIFIED, 2, 0, None),
        Life(Boundary.SENT, 10, 0.3, Clock.AHEAD),
        Life(Boundary.UNREAD_ANSWER, 12, 0, Weather.ANSWERS_LOST),
    ],
    "postgresql": [
        Life(Boundary.NOTIFIED, 1, 0, Trouble.SWALLOWED),
        Life(Boundary.SENT, 10, 0, Trouble.SERVER_KILLED),
    ],
}
"""A few of the many: make chaos has all boundaries and all that may go wrong."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", LIVES)
async def test_killed_at_boundaries_while_things_go_wrong_it_keeps_its_promises(kind: str) -> None:
    helpers = 1 if kind == "postgresql" else 0
    # Not in a folder of pytest, which nobody else may enter: PostgreSQL does not run as root.
    with tempfile.TemporaryDirectory(prefix="meldind-chaos-") as folder, database(kind, Path(folder)) as troubled:
        async with BotApiServer() as server, fleet(server, troubled.url, Path(folder), 1, Random(1), helpers) as bot:
            campaign = Campaign(server, troubled, bot, seed=1, phones=2, patience=60)
            await campaign.run(LIVES[kind])
        assert campaign.record.problems == []
        assert campaign.record.kills == {life.boundary: 1 for life in LIVES[kind]}
        assert sum(bool(each.receipt) for each in campaign.crowd.everybody) >= 2
        if kind == "sqlite":
            _what_is_missing_is_noticed(campaign)


def _what_is_missing_is_noticed(campaign: Campaign) -> None:
    # On a slow machine anybody may have repeated herself, and then it is not looked at her answers one by one.
    reported = copy(next(each for each in campaign.crowd.everybody if each.receipt))
    reported.repeats_herself, reported.acknowledged = False, {"sharing": "public"}
    spoil = (
        delete(answers).where(answers.c.question == "sharing"),
        update(reports).where(reports.c.id == reported.receipt).values(status="draft"),
        update(outbox).where(outbox.c.kind == "reply").values(state="pending"),
    )
    noticed = ("the answer to sharing is not kept", f"no report for the receipt {reported.receipt}", "messages wait")
    for statement, problem in zip(spoil, noticed, strict=True):
        with campaign.engine.connect() as connection, connection.begin() as transaction:
            connection.execute(statement)
            found = [*kept.lost(connection, [reported]), *kept.unfinished(connection)]
            transaction.rollback()
        assert any(problem in each for each in found), (problem, found)
