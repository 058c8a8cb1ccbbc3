import pytest

from conversations.language.events import File
from conversations.model.outcomes import FileReceived
from storage.session.storage import Storage
from tests.storage.chat import BO, NOW, draft, keep, later

PHOTO = File("photo", "AgAD", "", "image/jpeg", 2048)


async def waiting(storage: Storage, **later_by: float) -> list[str]:
    found = await storage.read(lambda work: work.attachments.to_fetch(later(**later_by), 10))
    return [attachment.id for attachment in found]


async def test_a_fetched_file_is_known_by_its_content(storage: Storage) -> None:
    await draft(storage)
    await keep(storage, FileReceived("r1", "photo", "a1", PHOTO))
    await storage.write(lambda work: work.attachments.fetched("a1", "0f" * 32, 1999, "image/png"))
    assert await waiting(storage) == []
    (kept,) = await storage.read(lambda work: work.attachments.of_report("r1"))
    assert (kept.state, kept.sha256, kept.size, kept.mime, kept.attempts) == (
        "fetched",
        "0f" * 32,
        1999,
        "image/png",
        1,
    )


async def test_a_file_that_could_not_be_fetched_is_tried_again_until_it_is_given_up(storage: Storage) -> None:
    await draft(storage)
    await keep(storage, FileReceived("r1", "photo", "a1", PHOTO), FileReceived("r1", "photo", "a2", PHOTO))
    await storage.write(lambda work: work.attachments.try_again("a1", "timed out", later(minutes=1)))
    assert await waiting(storage) == ["a2"]
    assert await waiting(storage, minutes=1) == ["a2", "a1"]
    await storage.write(lambda work: work.attachments.failed("a1", "file is too big"))
    assert await waiting(storage, days=1) == ["a2"]
    first, _second = await storage.read(lambda work: work.attachments.of_report("r1"))
    assert (first.state, first.attempts) == ("failed", 2)


async def test_what_one_person_sends_beyond_measure_is_fetched_a_day_later(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.reports.attachments.MOST_A_DAY", 2)
    await draft(storage)
    await draft(storage, "r2")
    await draft(storage, "r3", who=BO)
    for report, this in (("r1", "a1"), ("r2", "a2"), ("r2", "a3")):
        await keep(storage, FileReceived(report, "photo", this, PHOTO))
    await keep(storage, FileReceived("r3", "photo", "a4", PHOTO), who=BO)
    assert await waiting(storage) == ["a1", "a2", "a4"]
    assert await waiting(storage, days=1) == ["a1", "a2", "a4", "a3"]


async def test_files_are_fetched_a_few_at_a_time_and_listed_as_they_came(storage: Storage) -> None:
    await draft(storage)
    for number in (3, 1, 2):
        await keep(storage, FileReceived("r1", "photo", f"a{number}", PHOTO), now=later(seconds=-number))
    assert [each.id for each in await storage.read(lambda work: work.attachments.to_fetch(NOW, 2))] == ["a3", "a2"]
    assert [each.id for each in await storage.read(lambda work: work.attachments.of_report("r1"))] == ["a3", "a2", "a1"]
