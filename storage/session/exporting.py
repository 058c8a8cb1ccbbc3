"""Export of all reports as records, in small portions so that the bot can work meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from conversations.forms.own_choices import in_words
from storage.reports.exporting import Relevant, Wanted
from storage.reports.records import Record
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork


def exported(storage: "Storage", wanted: Wanted, relevant: Relevant) -> Iterator[Record]:
    """Yields the records of the reports that are `wanted`, oldest first, for callers that have no event loop.

    Each batch is read in its own transaction; reports that are begun meanwhile come last. Choices in answers to a
    call's own questions are in the coordinators' words.
    """

    def batch(work: "UnitOfWork", last: Record | None) -> list[Record]:
        records = work.exporting(relevant).after(last, wanted)
        calls = {slug: work.calls.whole(slug) for slug in {each.call for each in records if each.call}}
        return [replace(each, answers=in_words(each.answers, calls.get(each.call or ""))) for each in records]

    records = storage.read_now(partial(batch, last=None))
    while records:
        yield from records
        records = storage.read_now(partial(batch, last=records[-1]))
