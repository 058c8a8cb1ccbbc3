"""Words for webhooks: what they are told of, how they do, and what went wrong."""

from collections.abc import Mapping

from conversations.language.words import Place, Words, _, labelled
from conversations.model.webhooks.webhook import TEST, Trouble, Webhook, WebhookDelivery, WebhookState

EVENT_WORDS: Mapping[str, Words] = {
    "report.published": labelled("webhook", "Report published"),
    "report.corrected": labelled("webhook", "Report corrected"),
    "report.withdrawn": labelled("webhook", "Report withdrawn"),
    "call.opened": labelled("webhook", "Call opened"),
    "call.closed": labelled("webhook", "Call closed"),
    TEST: labelled("webhook", "Test message"),
}

_STATE_WORDS: Mapping[WebhookState, Words] = {
    # Translators: the state of a webhook: it is told of news.
    "active": _("In use"),
    "paused": _("Paused: what happens meanwhile is not sent"),
    "failing": _("Stopped: it took nothing for three days"),
    "gone": _("Stopped: the other system says that this address no longer exists"),
    "refused": _("Stopped: the address leads into a private network"),
    "unsigned": _("Stopped: the bot has another token now, so this webhook needs a new secret"),
}


def state_words(webhook: Webhook) -> Words:
    """Returns how a webhook does."""
    if webhook.is_troubled and webhook.failing_since is not None:
        return _("Takes nothing since {time}", time=webhook.failing_since)
    return _STATE_WORDS[webhook.state]


def needs_a_look(webhook: Webhook) -> bool:
    """Returns whether an owner should look at it: it takes nothing, or nothing is sent to it any more."""
    return webhook.state not in ("active", "paused") or webhook.is_troubled


def trouble_words(trouble: Trouble, status: int | None) -> Words:
    """Returns what went wrong with an attempt, as a part of a sentence."""
    match trouble:
        case "status" | "":
            return _("it answered {status}", status=str(status or 0))
        case "redirect":
            return _("it leads on to another address ({status})", status=str(status or 0))
        case "slow":
            return _("no answer within 10 seconds")
        case "unreachable":
            return _("no connection")
        case "unknown_host":
            return _("there is no such host")
        case "certificate":
            return _("its certificate is not valid")
        case "private":
            return _("the address leads into a private network")


def delivery_words(delivery: WebhookDelivery) -> Words:
    """Returns a line about a delivery: what, when, and what became of it."""
    told: dict[str, Place] = {"event": EVENT_WORDS[delivery.type], "time": delivery.at}
    why = trouble_words(delivery.trouble, delivery.status)
    match delivery.state:
        case "sent":
            return _("{time}: {event}. Delivered.", **told)
        case "given_up":
            return _("{time}: {event}. Not delivered: {why}.", why=why, **told)
        case "passed":
            return _("{time}: {event}. Not sent.", **told)
        case "waiting" if delivery.attempts and delivery.next_at is not None:
            return _("{time}: {event}. Not yet: {why}. Next try: {next}.", why=why, next=delivery.next_at, **told)
        case _:
            return _("{time}: {event}. On its way.", **told)
