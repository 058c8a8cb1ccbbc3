"""The methods that answer a press or an inline query while its asker waits."""

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Query
from bot.botapi.specification.errors import query_too_old


def open_query(queries: dict[str, Query], query_id: str, now: float) -> Query:
    """Returns the query with the id `query_id`, if it can still be answered; otherwise error 400."""
    query = queries.get(query_id)
    if query is None or query.dies_at <= now:
        raise query_too_old()
    return query


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery: ends the button's waiting state, with a toast or an alert if there is a text."""
    query = open_query(call.world.queries, call.params["callback_query_id"], call.world.clock.now())
    if not query.answered:
        query.answered = True
        query_id = call.params["callback_query_id"]
        detail = {"person": query.person, "query_id": query_id, "show_alert": bool(call.get("show_alert"))}
        if "url" in call.params:
            detail["url"] = call.params["url"]
        call.world.change(call.world.chats[query.chat_id], "toast", None, text=call.get("text") or None, detail=detail)
    return True


def answer_inline_query(call: Call) -> bool:
    """answerInlineQuery."""
    query = open_query(call.world.inline_queries, call.params["inline_query_id"], call.world.clock.now())
    query.answered = True
    detail = {"person": query.person, "query_id": call.params["inline_query_id"], "results": call.params["results"]}
    call.world.change(call.world.chats[query.person], "inline_results", None, detail=detail)
    return True


HANDLERS = {"answerCallbackQuery": answer_callback_query, "answerInlineQuery": answer_inline_query}
