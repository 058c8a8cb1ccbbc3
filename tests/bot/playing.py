"""A play of several people and the bot, written down in the order in which it happened."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.jobs.match_notices import MatchNotices
from bot.jobs.reminders import Reminders
from bot.jobs.timed.call_closed import CallClosed
from bot.language.catalogues import Catalogues
from storage.reports.exporting import Wanted
from storage.reports.records import STATUSES, Record
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import gives
from tests.bot.stage import Stage, Talk

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_DAY = r"\d{1,2}\.?\s(?:[A-Z]?[a-z]+|\d{1,2}\.)\s\d{4}"
_SECRET = re.compile(r"x_[\w-]{22}")
_MOMENT = re.compile(rf"{_DAY},? (?:kl\.|ob|at) \d{{1,2}}[.:]\d\d")


def without_moments(text: str) -> str:
    """`text` without days and times, which are never the same."""
    return re.sub(_DAY, "(some day)", _MOMENT.sub("(a moment ago)", text))


class Play:
    """What is done and seen in the chats of these people, act by act."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._talks: dict[str, Talk] = {}
        self._read: dict[str, int] = {}
        self._told: list[str] = []
        self._chat = ""

    async def enters(self, name: str, language: str, *roles: str) -> None:
        """Somebody with a phone in that language, and these roles."""
        talk = Talk(self._stage.server.phone(language, name))
        await talk.starts()
        self._talks[name], self._read[name] = talk, 0
        if roles:
            await gives(self._stage, talk, *roles)
        await self._watch(name)
        self._told.clear()
        self._chat = ""

    async def acts(self, script: str) -> None:
        """Play `script`: `@name` says whose turn it is, then come texts, and buttons in square brackets.

        `(a morning)` lets a waking hour come, in which people may be told of each other; `(the end of a call)` one in
        which coordinators are told that a call has closed. `(the link)` follows the newest link with a secret that
        anybody was shown.
        """
        name = ""
        for line in script.strip().splitlines():
            if line.startswith("@"):
                name = line[1:]
                continue
            if line == "(the link)":
                line = f"/start {_SECRET.findall(chr(10).join(self._told))[-1]}"
            if line.startswith("("):
                await self.passes(line[1:-1])
                continue
            talk = self._talks[name]
            await (talk.presses(line[1:-1]) if line.startswith("[") else talk.writes(line))
            await self._stage.settles()
            for each in (name, *(other for other in self._talks if other != name)):
                await self._watch(each)

    async def passes(self, what: str) -> None:
        """Let `what` pass: `a morning`, `the end of a call`."""
        if what == "the end of a call":
            await self._end_of_a_call()
            return
        assert what == "a morning", what
        await self._morning()

    async def statuses(self) -> list[str]:
        """How far each report has come."""
        return [record.status for record in await self._stage.finds(_reports)]

    async def written(self) -> str:
        """All of it; numbers of reports and moments, which are never the same, stand as such."""
        text = "\n".join(self._told).strip()
        for number, record in enumerate(await self._stage.finds(_reports), start=1):
            text = text.replace(record.id, f"report{number}")
        text = _SECRET.sub("x_secret", text)
        return without_moments(text) + "\n"

    async def _morning(self) -> None:
        application = self._stage.application
        assert application is not None
        proposals = MatchNotices(Catalogues(), COPENHAGEN)
        # That of yesterday: what is due then is sent at once.
        ten = (datetime.now(COPENHAGEN) - timedelta(days=1)).replace(hour=10)
        await self._stage.storage.write(lambda work: proposals.tell(work, ten.astimezone(UTC)))
        application.sender.look_for_unsent()
        await self._stage.settles()
        for each in self._talks:
            await self._watch(each)

    async def _end_of_a_call(self) -> None:
        application, now = self._stage.application, datetime.now(UTC)
        assert application is not None
        # Where it is noon now, so that nothing waits for the morning; "Etc/GMT-3" is three hours before UTC.
        job = Reminders(Catalogues(), ZoneInfo(f"Etc/GMT{now.hour - 12:+}"), (CallClosed(),))
        await job.plan(self._stage.storage, now)
        await self._stage.storage.write(lambda work: job.tell(work, now))
        application.sender.look_for_unsent()
        await self._stage.settles()
        for each in self._talks:
            await self._watch(each)

    async def _watch(self, name: str) -> None:
        """Write down what is new in somebody's chat."""
        lines = (await self._talks[name].phone.transcript()).splitlines()
        new, self._read[name] = lines[self._read[name] :], len(lines)
        if not new:
            return
        if name != self._chat:
            self._told.append(f"\n=== {name} ===")
            self._chat = name
        self._told.extend(_in_order(new))


def _in_order(lines: Sequence[str]) -> list[str]:
    """A toast comes beside what the press changes, now before and now after it: here it comes first."""
    toasts = [line for line in lines if line.startswith("toast:")]
    rest = [line for line in lines if not line.startswith("toast:")]
    return [*rest[:1], *toasts, *rest[1:]]


def _reports(work: UnitOfWork) -> list[Record]:
    """All reports, the oldest first."""
    return work.exporting(dict).after(None, Wanted(statuses=STATUSES))
