"""The routes of buttons: the flows that a person can be in, and the buttons that work from any screen."""

from collections.abc import Callable, Mapping
from typing import Protocol

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.calls import editor as call_editor
from conversations.flows.calls import examples, reminders
from conversations.flows.calls import listing as call_listing
from conversations.flows.calls import progress as call_progress
from conversations.flows.calls import reporting as call_reporting
from conversations.flows.calls import results as call_results
from conversations.flows.collections import adding
from conversations.flows.collections import editor as collection_editor
from conversations.flows.collections import listing as collection_listing
from conversations.flows.contacts import answering as contact_answers
from conversations.flows.contacts import proposals
from conversations.flows.contacts import writing as contact_writing
from conversations.flows.digests import digest, evidence, statistics
from conversations.flows.events import editor as event_editor
from conversations.flows.events import listing as event_listing
from conversations.flows.events import organising, signing_up, visiting
from conversations.flows.experts import entry as expert_entry
from conversations.flows.experts import finding as finding_experts
from conversations.flows.experts import naming as naming_experts
from conversations.flows.followups import answers as followup_answers
from conversations.flows.followups import handing_over
from conversations.flows.followups import overview as followup_overview
from conversations.flows.lineage import spread
from conversations.flows.people import audit, confirming, directory, invite, members, registering, settings
from conversations.flows.privacy import controller, forget, my_data, privacy
from conversations.flows.reports import author_answers, contacts_gone
from conversations.flows.reports.files import export
from conversations.flows.reviews import broadcast, correcting, deciding, review
from conversations.flows.search import card as initiative_card
from conversations.flows.search import search
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import editor as subscription_editor
from conversations.flows.subscriptions import editor_chats as subscription_editor_chats
from conversations.flows.subscriptions import managing as managing_subscriptions
from conversations.flows.webhooks import listing as webhook_listing
from conversations.language.events import Event, Pressed
from conversations.language.screen import Screen


class Flow(Protocol):
    """A conversation of its own: a module in flows/ that a person can be in (see `InFlow` in context/session.py)."""

    def take(self, at: InFlow, event: Event, context: Context) -> Step:
        """Returns what happens when `event` reaches a person who is in the flow."""
        ...

    def shown(self, at: InFlow, context: Context) -> Screen:
        """Returns the screen at this position of the flow."""
        ...


FLOWS: Mapping[str, Flow] = {
    "calling": call_editor,
    "standing": call_progress,
    "invite": invite,
    "people": members,
    "search": search,
    "review": deciding,
    "correcting": correcting,
    "broadcast": broadcast,
    "controller": controller,
    "organisation": registering,
    "collecting": collection_editor,
    "contact": contact_writing,
    "meeting": contact_answers,
    "forget": forget,
    "experts": finding_experts,
    "expert": expert_entry,
    "naming": naming_experts,
    "pairing": proposals,
    "events": event_listing,
    "posting": event_editor,
    "signing_up": signing_up,
    "came_of": organising,
    "visiting": visiting,
    "subscribing": subscription_editor,
    "subscriptions": managing_subscriptions,
    "webhooks": webhook_listing,
}
"""The flows by name; stored positions contain these names."""

ROUTES: Mapping[str, Callable[[Position | None, Pressed, Context], Step]] = {
    "audit": audit.listed,
    "calls": call_listing.listed,
    "call": call_listing.about,
    "call_report": call_reporting.pressed,
    "call_share": call_listing.share,
    "call_ics": call_listing.calendar,
    "call_new": call_editor.new,
    "call_change": call_editor.change,
    "call_examples": examples.listed,
    "call_example": examples.chosen,
    "call_results": call_results.pressed,
    "call_form": call_results.form,
    "call_standing": call_progress.pressed,
    "followup": followup_answers.pressed,
    "followup_later": followup_answers.later,
    "followups": followup_overview.listed,
    "hand_over": handing_over.offered,
    "hand_to": handing_over.chosen,
    "hand_over_yes": handing_over.confirmed,
    "remind_later": reminders.later,
    "remind_never": reminders.never,
    "remind_again": reminders.again,
    "live_in": settings.choose_zone,
    "tables_again": settings.tables_again,
    "audit_file": audit.as_file,
    "invite": lambda at, _event, context: invite.command(at, "", context),
    "people": lambda at, _event, context: members.command(at, "", context),
    "digest": digest.shown,
    "digest_at": digest.choose,
    "digest_cards": digest.cards,
    "digest_file": digest.as_file,
    "digest_text": digest.in_text,
    "digest_offers": digest.offers,
    "digest_stop": digest.stop,
    "digest_weekly": digest.weekly,
    "stats": lambda at, _event, context: statistics.command(at, "", context),
    "chart": statistics.drawn,
    "stats_text": statistics.figures_in_text,
    "coverage": statistics.covered,
    "coverage_text": statistics.coverage_in_text,
    "coverage_of": statistics.in_state,
    "map": statistics.covered,
    "places": statistics.covered,
    "evidence": evidence.shown,
    "evidence_file": evidence.as_file,
    "sheet": evidence.sheet,
    "export": export.pressed,
    "export_stop": export.stop,
    "initiative": initiative_card.shown,
    "initiative_all": initiative_card.read,
    "lineage": spread.listed,
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
    "answer": author_answers.answered,
    "privacy": privacy.pressed,
    "mydata": my_data.pressed,
    "forget": forget.pressed,
    "contacts_gone": contacts_gone.asked,
    "contacts_erased": contacts_gone.confirmed,
    "controller": controller.pressed,
    "organisation": registering.pressed,
    "webhooks": webhook_listing.pressed,
    "webhook": webhook_listing.opened,
    "partner_card": confirming.card,
    "partner_yes": confirming.decided,
    "partner_no": confirming.decided,
    "directory": directory.listed,
    "collections": collection_listing.listed,
    "collection": collection_listing.about,
    "coll_follow": collection_listing.follow,
    "coll_share": collection_listing.share,
    "coll_text": collection_listing.as_text,
    "coll_file": collection_listing.as_file,
    "coll_new": collection_editor.new,
    "coll_edit": collection_editor.edit,
    "collect": adding.pressed,
    "contact": contact_writing.pressed,
    "note_yes": contact_answers.pressed,
    "note_ask": contact_answers.pressed,
    "note_abuse": contact_answers.pressed,
    "note_answer": contact_answers.pressed,
    "note_no": contact_answers.declined,
    "note_back": contact_answers.taken_back,
    "note_clear": contact_answers.cleared,
    "experts": finding_experts.pressed,
    "expert": finding_experts.card,
    "expert_own": expert_entry.mine,
    "expert_offer": expert_entry.offered,
    "expert_confirmed": expert_entry.confirmed,
    "expert_removed": expert_entry.removed,
    "naming": naming_experts.pressed,
    "naming_back": naming_experts.taken_back,
    "naming_again": naming_experts.again,
    "pair_yes": proposals.accepted,
    "pair_no": proposals.declined,
    "pair_never": proposals.never,
    "pair_again": proposals.again,
    "events": event_listing.listed,
    "events_own": event_editor.own,
    "event": event_listing.opened,
    "event_share": event_listing.shared,
    "event_ics": event_listing.calendar,
    "event_new": event_editor.new,
    "event_edit": event_editor.edit,
    "event_in": signing_up.signed_up,
    "event_out": signing_up.withdrawn,
    "event_out_yes": signing_up.withdrawn_surely,
    "event_name": signing_up.named,
    "event_guests": organising.guests,
    "event_file": organising.as_file,
    "event_speakers": organising.speakers,
    "event_told": organising.told,
    "visits": visiting.opened,
    "subscribe": lambda at, _event, context: subscription_editor.command(at, "", context),
    "subscriptions": managing_subscriptions.pressed,
    "sub_change": subscription_editor.change,
    "sub_chat": subscription_editor_chats.chosen,
    "sub_end": managing_subscriptions.end,
    "sub_undo": managing_subscriptions.undo,
    "why": managing_subscriptions.why,
    "stop_news": managing_subscriptions.stop,
}
"""What the buttons do that work from any screen and from any notice, by their action."""
