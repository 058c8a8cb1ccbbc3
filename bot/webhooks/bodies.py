"""What is sent to webhooks: the public record, as it is when it is sent."""

from datetime import datetime
from typing import Any

from conversations.context.links import CALL, REPORT, start_link
from conversations.model.calls import WholeCall
from conversations.model.webhooks.webhook import TEST
from storage.session.unit_of_work import UnitOfWork
from storage.webhooks.queue import ClaimedDelivery


def body_of(work: UnitOfWork, claimed: ClaimedDelivery, bot: str) -> dict[str, Any] | None:
    """Returns the body of an event; None: it is no longer true, so it is not sent. `bot` is the bot's name in links."""
    data = _data(work, claimed, bot)
    if data is None:
        return None
    return {"type": claimed.type, "timestamp": _written(claimed.happened_at), "data": data}


def _data(work: UnitOfWork, claimed: ClaimedDelivery, bot: str) -> dict[str, Any] | None:
    match claimed.type:
        case "report.published" | "report.corrected":
            return _report(work, claimed.subject, bot)
        case "report.withdrawn":
            return {"id": claimed.subject}
        case "call.opened" | "call.closed":
            call = work.calls.whole(claimed.subject)
            return None if call is None or call.status == "draft" else _call(call, bot)
        case _:
            return {} if claimed.type == TEST else None


def _report(work: UnitOfWork, this: str, bot: str) -> dict[str, Any] | None:
    """Returns a report that everybody may see; None: it is not, or no longer, one of those."""
    from bot.files.open_data.public_records import public_record  # here, because most bots have no webhooks

    for found in work.public.these([this]):
        told = found.initiative
        return {
            "id": told.id,
            "title": told.title,
            "link": _link(REPORT + told.id, bot),
            "report": public_record(found),
        }
    return None


def _call(call: WholeCall, bot: str) -> dict[str, Any]:
    return {
        "id": call.slug,
        "title": call.titles.get(call.language, ""),
        "titles": dict(call.titles),
        "link": _link(CALL + call.slug, bot),
        "deadline": None if call.deadline_at is None else _written(call.deadline_at),
    }


def _link(payload: str, bot: str) -> str | None:
    return start_link(payload, bot) if bot else None


def _written(moment: datetime) -> str:
    return moment.isoformat().removesuffix("+00:00") + "Z"
