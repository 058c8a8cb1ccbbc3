"""What owners are told about webhooks without asking."""

from conversations.flows.webhooks.words import state_words, trouble_words
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _
from conversations.model.webhooks.webhook import Trouble, Webhook


def tested(webhook: Webhook, status: int | None, trouble: Trouble) -> Screen:
    """Returns what became of a test message, for the owner who wanted it."""
    if not trouble:
        return _screen(webhook, note(_("The test message has arrived at {host}.", host=webhook.host)))
    why = trouble_words(trouble, status)
    said = note(_("The test message did not arrive at {host}: {why}.", host=webhook.host, why=why))
    if trouble == "private":
        return _screen(webhook, said, _("Nothing is sent there. Remove it, and add another address."))
    return _screen(webhook, said, _("Other messages are tried again for a day."))


def given_up(webhook: Webhook) -> Screen:
    """Returns the news that an address has taken nothing for a day."""
    return _screen(
        webhook,
        heading(_("{host} has taken no message for a day.", host=webhook.host)),
        _("Messages older than that are not sent any more. Newer ones are still tried."),
    )


def stopped(webhook: Webhook) -> Screen:
    """Returns the news that nothing more is sent to an address, and why."""
    return _screen(webhook, heading(_("Nothing more is sent to {host}.", host=webhook.host)), state_words(webhook))


def _screen(webhook: Webhook, first: Line, more: Words | None = None) -> Screen:
    lines = (first,) if more is None else (first, Line(more, Style.HELP))
    return Screen(lines, ((Button(_("Show the webhook"), "webhook", webhook.id),),), revision=0)
