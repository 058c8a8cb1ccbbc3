"""What is sent to webhooks: the public record, as it is when it is sent."""

from datetime import datetime
from typing import Any

from conversations.context.links import CALL, REPORT, start_link
from conversations.forms.own_choices import in_words
from conversations.forms.variants import relevant_answers
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
    found = work.initiatives.stored([this]).get(this)
    record = work.exporting(relevant_answers).of(this, with_contacts=False)
    if found is None or found.sharing != "public" or record is None or record.status != "published":
        return None
    told = record.as_json()
    call = work.calls.whole(record.call) if record.call else None
    return {
        "id": this,
        "title": found.title,
        "link": _link(REPORT + this, bot),
        "report": {**told, "answers": in_words(record.answers, call)},
    }


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
