"""Notifies two people of each other: both at once, in waking hours, each person at most once a week."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogues
from bot.sending.notices import notify
from conversations.context.session import Notice
from conversations.flows.contacts.proposals import proposed
from conversations.flows.events.visiting import details
from conversations.language.screen import Line
from conversations.model.calls import zone_of
from conversations.model.contacts import Subject
from conversations.model.matchmaking import A_WEEK, Pairing
from conversations.model.reminders import next_waking
from storage.messages.outbox import OutboxRow
from storage.session.unit_of_work import UnitOfWork

AT_ONCE = 50
"""Pairings handled in one transaction: few enough not to delay turns."""


class MatchNotices:
    """Sends match notices; `zone` is the time zone of people who have set none."""

    def __init__(self, catalogues: Catalogues, zone: ZoneInfo) -> None:
        self._catalogues = catalogues
        self._zone = zone

    def tell(self, work: UnitOfWork, now: datetime) -> list[OutboxRow]:
        """Put due match notices into the outbox, each once; those at night wait for the reader's morning."""
        for new, found in work.visits.matched(now):
            work.pairings.add(new, found, now)
        work.pairings.end_old(now)
        rows: list[OutboxRow] = []
        for free in work.pairings.free(now - A_WEEK, AT_ONCE):
            if any(next_waking(now, self._zone_of(name)) > now for name in free.timezones):
                continue
            if not work.pairings.tell(free.pairing, now - A_WEEK, now):
                continue
            notices = _notices(work, free.pairing, f"{now:%Y-%m}")
            if not notices:
                work.pairings.end(free.pairing)
            rows += notify(work, notices, self._catalogues, now)
        return rows

    def _zone_of(self, name: str) -> tzinfo:
        return zone_of(name) if name else self._zone


def _notices(work: UnitOfWork, pairing: Pairing, month: str) -> list[Notice]:
    """Returns the notices for the two; empty if one of them can no longer be proposed."""
    common: tuple[Line, ...] = ()
    if pairing.reason == "visit":
        if (agreed := work.visits.agreed(pairing.first, pairing.second, month)) is None:
            return []
        common = (Line(details(*agreed)),)
    first, second = _subject(work, pairing, pairing.first), _subject(work, pairing, pairing.second)
    if first is None or second is None:
        return []
    told = ((pairing.first, first, second), (pairing.second, second, first))
    return [
        Notice(reader, proposed(pairing, reader, own if own.title else None, other, common), pairing.about, "anew")
        for reader, own, other in told
    ]


def _subject(work: UnitOfWork, pairing: Pairing, person: int) -> Subject | None:
    """Returns the subject of a person's part: a report that is still published, an organisation that is still a
    partner, or, for a visit, a library.
    """
    report = pairing.report_of(person)
    if report:
        found = work.initiatives.stored([report]).get(report)
        return work.notes.subject(report) if found and found.sharing != "coordinators" else None
    known = pairing.reason == "visit" or work.organisations.of_partner(person)
    side = work.organisations.side(person) if known else None
    return Subject("", side) if side else None
