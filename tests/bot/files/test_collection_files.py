"""The files of a collection have its public initiatives in its order, and nothing else."""

import asyncio
import csv
import io

import pytest

from bot.files.making import made
from bot.heavy.errors import Gone
from conversations.context.session import Session, Turn
from conversations.model.outcomes import (
    Answered,
    CollectionChanged,
    CollectionStarted,
    DraftStarted,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.contract.kept import NOW, ODENSE
from tests.databases import opened

SHARED = {"r1": "public", "r2": "network", "r3": "public", "r4": "public"}


def filled(work: UnitOfWork) -> None:
    """A collection of four reports, one of them not for anyone, and one withdrawn."""
    person = work.people.arrive(101, 101, "da", NOW).person

    def keeps(*outcomes: object) -> None:
        work.keep(person, Turn(Session(1), (), outcomes, language="da"), NOW)  # type: ignore[arg-type]

    for this, sharing in SHARED.items():
        answers = {
            "status": "running",
            "title": f"Café <{this}>",
            "summary": "Vi taler dansk.",
            "themes": ["language_cafe"],
            "target_groups": ["refugees"],
            "library": ODENSE,
            "sharing": sharing,
        }
        told = (Answered(this, question, value) for question, value in answers.items())
        contact = Answered(this, "contact", {"name": "Agnes Holm", "email": "a@b.dk", "phone": ""}, personal=True)
        keeps(DraftStarted(this), *told, contact, ReportSubmitted(this))
        keeps(ReportPublished(this, 1))
    keeps(CollectionStarted("ten", "da", "Ti gode & flere"))
    keeps(CollectionChanged("ten", "introductions", {"da": "Derfor netop disse."}))
    keeps(CollectionChanged("ten", "reports", ["r3", "r2", "r1", "r4"]))
    keeps(ReportWithdrawn("r4"))


async def test_the_page_and_the_table_of_a_collection(database_url: str) -> None:
    async with opened(database_url) as storage:
        await storage.write(filled)
        page = await file_of(storage, "ten.html.en")
        table = await file_of(storage, "ten.csv.en")
        book = await file_of(storage, "ten.xlsx.da")
        with pytest.raises(Gone):
            await file_of(storage, "nine.html.en")
    text = page.decode()
    assert '<span lang="da">Ti gode &amp; flere</span>' in text
    assert "Derfor netop disse." in text
    assert text.index("Café &lt;r3&gt;") < text.index("Café &lt;r1&gt;")
    for hidden in ("r2", "r4", "Agnes"):
        assert hidden not in text
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == ["r3", "r1"]
    assert "Agnes" not in table.decode()
    assert book.startswith(b"PK")


async def file_of(storage: Storage, data: str) -> bytes:
    """The file, made beside the event loop as it is when it is sent."""
    return await asyncio.to_thread(made, "collection", data, storage)
