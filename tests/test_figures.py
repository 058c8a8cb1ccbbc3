"""Figures that documents and people are told, as figures: none changes in the code alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.files.pictures import bare
from bot.receiving import limits as bounds
from bot.receiving import watching, webhook
from bot.runtime import health, settings
from conversations.engine import engine
from conversations.flows.people import redeeming
from conversations.model import contacts as contacting
from conversations.model import matchmaking as pairing
from conversations.model import retention
from storage.people import invitations
from storage.reports import attachments

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize(
    ("in_code", "promised", "page", "words"),
    [
        (watching.PATIENCE, 90.0, "promises.md", "after 90 seconds without an answer"),
        (watching.TIMES, 3, "promises.md", "after the third time in a row"),
        (health.OLDEST_POLL, 90.0, "faults.md", "after 90 seconds in which Telegram answered no poll"),
        (
            settings.Settings().flood_limit,
            120,
            "faults.md",
            "A hundred and twenty messages and presses a minute",
        ),
        (bounds.PAUSE, timedelta(seconds=30), "faults.md", "then nothing for half a minute"),
        (redeeming.TRIES, 5, "faults.md", "five tries an hour"),
        (invitations.HOUR, timedelta(hours=1), "faults.md", "five tries an hour"),
        (webhook.LARGEST_BODY, 1024 * 1024, "faults.md", "at most one megabyte"),
        (bare.MOST_PIXELS, 50_000_000, "faults.md", "up to 50 million pixels"),
        (retention.INBOX, timedelta(days=7), "promises.md", "Updates after 7 days"),
        (retention.QUARANTINE, timedelta(days=30), "promises.md", "set aside after 30"),
        (retention.OUTBOX, timedelta(days=90), "promises.md", "what messages said after 90"),
        (retention.DRAFTS, timedelta(days=60), "promises.md", "drafts after 60 with a warning"),
        (retention.WARNED, timedelta(days=7), "promises.md", "a draft goes a week after its author was warned"),
        (retention.CONTACTS, timedelta(days=365), "promises.md", "contacts a year after the initiative ended"),
    ],
)
def test_what_a_document_says_in_figures_is_so(in_code: object, promised: object, page: str, words: str) -> None:
    assert in_code == promised
    assert words in (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("in_code", "promised"),
    [
        (contacting.A_DAYS_NOTES, 5),
        (contacting.A_DAY, timedelta(days=1)),
        (pairing.AT_ONCE, 3),
        (pairing.A_WEEK, timedelta(days=7)),
        (pairing.STANDS, timedelta(days=14)),
        (pairing.WAITS, timedelta(days=60)),
        (attachments.MOST_A_DAY, 200),
        (bounds.FILES_AN_HOUR, 60),
        (engine.MOST_DRAFTS, 100),
        (engine.AWAY, timedelta(hours=12)),
    ],
)
def test_what_people_may_do_how_often(in_code: object, promised: object) -> None:
    assert in_code == promised
