"""Where buttons lead: the flows a person can be in, and what opens something from any screen."""

from collections.abc import Callable, Mapping
from typing import Protocol

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.calls import editor as calling
from conversations.flows.calls import examples, reminders
from conversations.flows.calls import listing as calls
from conversations.flows.calls import progress as call_standing
from conversations.flows.calls import reporting as to_call
from conversations.flows.contacts import answering as meeting
from conversations.flows.contacts import proposals
from conversations.flows.contacts import writing as contacting
from conversations.flows.digests import digest, evidence
from conversations.flows.digests import statistics as figures
from conversations.flows.people import audit, confirming, directory, invite, registering, settings
from conversations.flows.people import members as people
from conversations.flows.privacy import controller, forget, my_data, privacy
from conversations.flows.reports import author_answers as answering
from conversations.flows.reports import contacts_gone, export
from conversations.flows.reviews import broadcast, correcting, deciding, review
from conversations.flows.search import card as initiative
from conversations.flows.search import search
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import editor as subscribing
from conversations.flows.subscriptions import editor_chats as subscribing_chats
from conversations.flows.subscriptions import managing as subscriptions
from conversations.language.events import Event, Pressed
from conversations.language.screen import Screen


class Flow(Protocol):
    """A conversation of its own: a module in flows/ that a person can be in (session.InFlow)."""

    def take(self, at: InFlow, event: Event, context: Context) -> Step:
        """What happens when `event` reaches somebody who is in it."""
        ...

    def shown(self, at: InFlow, context: Context) -> Screen:
        """What is on the screen there."""
        ...


FLOWS: Mapping[str, Flow] = {
    "calling": calling,
    "standing": call_standing,
    "invite": invite,
    "people": people,
    "search": search,
    "review": deciding,
    "correcting": correcting,
    "broadcast": broadcast,
    "controller": controller,
    "organisation": registering,
    "contact": contacting,
    "meeting": meeting,
    "forget": forget,
    "pairing": proposals,
    "subscribing": subscribing,
    "subscriptions": subscriptions,
}
"""The flows people can be in, by the name that positions carry."""

LEADS: Mapping[str, Callable[[Position | None, Pressed, Context], Step]] = {
    "audit": audit.listed,
    "calls": calls.listed,
    "call": calls.about,
    "call_report": to_call.pressed,
    "call_share": calls.share,
    "call_new": calling.new,
    "call_change": calling.change,
    "call_examples": examples.listed,
    "call_example": examples.chosen,
    "call_standing": call_standing.pressed,
    "remind_later": reminders.later,
    "remind_never": reminders.never,
    "remind_again": reminders.again,
    "live_in": settings.choose_zone,
    "audit_file": audit.as_file,
    "invite": lambda at, _event, context: invite.command(at, "", context),
    "people": lambda at, _event, context: people.command(at, "", context),
    "digest": digest.shown,
    "digest_at": digest.choose,
    "digest_cards": digest.cards,
    "digest_file": digest.as_file,
    "digest_offers": digest.offers,
    "digest_stop": digest.stop,
    "digest_weekly": digest.weekly,
    "stats": lambda at, _event, context: figures.command(at, "", context),
    "chart": figures.drawn,
    "coverage": figures.covered,
    "coverage_of": figures.in_state,
    "map": figures.covered,
    "places": figures.covered,
    "evidence": evidence.shown,
    "evidence_file": evidence.as_file,
    "sheet": evidence.sheet,
    "export": export.pressed,
    "export_stop": export.stop,
    "initiative": initiative.shown,
    "initiative_all": initiative.read,
    "search": lambda at, _event, context: search.command(at, "", context),
    "browse": lambda at, _event, context: search.browse(at, "", context),
    "queue": review.listed,
    "card": review.shown_card,
    "publish": review.pressed,
    "release": review.release,
    "ask": review.pressed,
    "return": review.pressed,
    "decline": review.pressed,
    "take_back": review.taken_back,
    "correct": review.correct,
    "whole": review.read,
    "files": review.files,
    "contacts": review.contacts,
    "answer": answering.answered,
    "privacy": privacy.pressed,
    "mydata": my_data.pressed,
    "forget": forget.pressed,
    "contacts_gone": contacts_gone.asked,
    "contacts_erased": contacts_gone.confirmed,
    "controller": controller.pressed,
    "organisation": registering.pressed,
    "partner_card": confirming.card,
    "partner_yes": confirming.decided,
    "partner_no": confirming.decided,
    "directory": directory.listed,
    "contact": contacting.pressed,
    "note_yes": meeting.pressed,
    "note_ask": meeting.pressed,
    "note_abuse": meeting.pressed,
    "note_answer": meeting.pressed,
    "note_no": meeting.declined,
    "note_back": meeting.taken_back,
    "note_clear": meeting.cleared,
    "pair_yes": proposals.accepted,
    "pair_no": proposals.declined,
    "pair_never": proposals.never,
    "pair_again": proposals.again,
    "subscribe": lambda at, _event, context: subscribing.command(at, "", context),
    "subscriptions": subscriptions.pressed,
    "sub_change": subscribing.change,
    "sub_chat": subscribing_chats.chosen,
    "sub_end": subscriptions.end,
    "sub_undo": subscriptions.undo,
    "why": subscriptions.why,
    "stop_news": subscriptions.stop,
}
"""What buttons do that lead somewhere from any screen, also from that of a notice."""
