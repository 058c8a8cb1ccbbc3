"""What people saw acknowledged, against what is in the database."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from storage.models import answers, exports, inbox, invitations, outbox, people, reports, sessions
from tests.chaos.coordinator import Coordinator
from tests.chaos.librarians import PUBLISHED, Librarian

FINISHED = ("submitted", "published")
GIVEN_UP = ("failed", "uncertain", "cancelled")
"""States of a message that need not have arrived; each says why."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it is kept."""

    id: str
    status: str
    answers: Mapping[str, Any]


def lost(connection: Connection, librarians: Sequence[Librarian]) -> list[str]:
    """The answers, receipts and submissions of these people that are not as they were acknowledged."""
    found = _reports(connection, [each.chat for each in librarians])
    held = _sessions(connection, [each.chat for each in librarians])
    problems = []
    for librarian in librarians:
        own = found[librarian.chat]
        problems += [
            f"{librarian.token}: {problem}" for problem in _of_one(librarian, own, held.get(librarian.chat, ""))
        ]
    return problems


def _of_one(librarian: Librarian, own: Sequence[Report], held: str) -> list[str]:
    sent = [report for report in own if report.status in FINISHED]
    problems = []
    if len(sent) > 1:
        problems.append(f"{len(sent)} reports of one submission")
    if librarian.receipt and librarian.receipt not in {report.id for report in sent}:
        problems.append(f"no report for the receipt {librarian.receipt}")
    if not librarian.repeats_herself:
        for question, value in librarian.acknowledged.items():
            if not any(_agrees(report.answers.get(question), value) for report in own):
                problems.append(f"the answer to {question} is not kept")
    if (
        librarian.told
        and librarian.token not in held
        and not any(librarian.token in str(report.answers.get("summary")) for report in own)
    ):
        problems.append("the text that was acknowledged is not kept")
    for report in sent:
        # What she read over is what was sent, whatever way it came about; there it stands in one line.
        said = " ".join(str(report.answers.get("summary", "")).split())
        if librarian.read_over and "…" not in librarian.read_over and said not in librarian.read_over:
            problems.append("what was sent is not what was read over")
    return problems


def unfinished(connection: Connection) -> list[str]:
    """What still waits to be handled or delivered."""
    waits = connection.scalar(select(func.count()).where(inbox.c.state == "pending"))
    unsent = connection.scalar(select(func.count()).where(outbox.c.state == "pending"))
    aside = connection.scalars(select(inbox.c.reason).where(inbox.c.state == "quarantined")).all()
    problems = [f"{waits} updates wait"] if waits else []
    problems += [f"{unsent} messages wait"] if unsent else []
    return [*problems, *(f"an update was set aside: {reason}" for reason in aside)]


def files_wait(connection: Connection) -> bool:
    """Whether a file that the coordinator asked for is still to be made."""
    return connection.scalar(select(exports.c.id).where(exports.c.state == "asked").limit(1)) is not None


def files_lost(connection: Connection, shown: int) -> list[str]:
    """Files that were asked for, and of which less were `shown`; of those that failed she was told."""
    done = connection.scalar(select(func.count()).where(exports.c.state == "done")) or 0
    return [f"{done} files were made, {shown} were shown"] if shown < done else []


def notices_lost(
    connection: Connection, librarians: Sequence[Librarian], coordinator: Coordinator, seen: Mapping[int, Sequence[str]]
) -> list[str]:
    """Notices that neither arrived nor ended with a reason; `seen` has all that each chat was ever shown."""
    given_up: defaultdict[int, list[str]] = defaultdict(list)
    rows = select(outbox.c.chat_id, outbox.c.payload).where(outbox.c.state.in_(GIVEN_UP), outbox.c.kind == "notice")
    for chat, payload in connection.execute(rows):
        given_up[chat].append(str(payload.get("text", "")))

    def arrived(chat: int, *parts: str) -> bool:
        shown = (*seen.get(chat, ()), *given_up[chat])
        return any(all(part in text for part in parts) for text in shown)

    problems = []
    found = _reports(connection, [each.chat for each in librarians])
    for librarian in librarians:
        for report in found[librarian.chat]:
            if report.status in FINISHED and not any(arrived(chat, librarian.token) for chat in coordinator.chats):
                problems.append(f"{librarian.token}: the coordinator never heard of the report")
            if report.status == "published" and not arrived(librarian.chat, PUBLISHED):
                problems.append(f"{librarian.token}: never heard that it is published")
    kept = {
        f"Published: “{report.answers['title']}”"
        for own in found.values()
        for report in own
        if report.status == "published"
    }
    problems += [f"not so in the database: {headline}" for headline in coordinator.published - kept]
    made = connection.scalar(select(func.count()).select_from(invitations)) or 0
    if made < len(coordinator.invitations):
        problems.append(f"{len(coordinator.invitations)} invitations were shown, {made} are kept")
    return problems


def _reports(connection: Connection, chats: Collection[int]) -> Mapping[int, list[Report]]:
    rows = connection.execute(
        select(people.c.telegram_id, reports.c.id, reports.c.status, answers.c.question, answers.c.value)
        .join(reports, reports.c.person_id == people.c.id)
        .outerjoin(answers, answers.c.report_id == reports.c.id)
        .where(people.c.telegram_id.in_(chats))
        .order_by(reports.c.created_at, answers.c.id)
    )
    found: defaultdict[int, dict[str, Report]] = defaultdict(dict)
    for chat, this, status, question, value in rows:
        report = found[chat].setdefault(this, Report(this, status, {}))
        if question is not None:
            report.answers[question] = value  # type: ignore[index]
    return defaultdict(list, {chat: list(own.values()) for chat, own in found.items()})


def _sessions(connection: Connection, chats: Collection[int]) -> Mapping[int, str]:
    rows = connection.execute(
        select(people.c.telegram_id, sessions.c.position)
        .join(sessions, sessions.c.person_id == people.c.id)
        .where(people.c.telegram_id.in_(chats))
    )
    return {chat: str(position) for chat, position in rows}


def _agrees(kept: Any, value: Any) -> bool:
    if isinstance(value, dict):
        return isinstance(kept, dict) and value.items() <= kept.items()
    return bool(kept == value)


def counted(connection: Connection) -> Counter[str]:
    """How many rows there are in each state of delivery, and how many reports were sent."""
    states = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    sent = select(func.count()).where(reports.c.status.in_(FINISHED))
    return Counter({**dict(connection.execute(states).tuples()), "reports": connection.scalar(sent) or 0})
