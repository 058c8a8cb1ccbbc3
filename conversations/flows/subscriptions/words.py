"""Subscriptions in words: what each asks for, and how often it comes."""

from collections.abc import Mapping

from conversations.context.context import Context
from conversations.flows.calls.editor_invited import COUNTRY_WORDS
from conversations.language.screen import Button
from conversations.language.words import Listed, Place, Words, _, labelled, quoted
from conversations.model.subscriptions import Pace, Subscription, Wishes
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice, label_of

VOCABULARIES: Mapping[str, tuple[Choice, ...]] = {
    "themes": vocabulary.THEMES,
    "groups": vocabulary.TARGET_GROUPS,
    "roles": vocabulary.ROLES,
    "statuses": vocabulary.STATUS,
}

PARTS: Mapping[str, Words] = {
    "themes": labelled("subscription", "Themes"),
    "groups": labelled("subscription", "Target groups"),
    "places": labelled("subscription", "Place"),
    "roles": labelled("subscription", "Roles of the library"),
    "statuses": labelled("subscription", "Stage"),
    "calls": labelled("subscription", "Call"),
    "words": labelled("subscription", "Words"),
}
"""The parts of the wishes, in the order in which they are offered."""

PACES: Mapping[Pace, Words] = {
    "at_once": labelled("pace", "Straight away"),
    "daily": labelled("pace", "Every day"),
    "weekly": labelled("pace", "Every week"),
}

EVERYTHING = _("Everything new")

LABEL_ROOM = 60
"""Characters of a subscription's name on a button."""


def name_of(wishes: Wishes, context: Context) -> Place:
    """Returns all that a subscription asks for."""
    said = tuple(each for part in PARTS for each in items(wishes, part, context))
    return Listed(said) if said else EVERYTHING


def part_of(wishes: Wishes, part: str, context: Context) -> Place:
    """Returns one part of it."""
    if said := items(wishes, part, context):
        return Listed(said)
    return labelled("subscribed words", "any") if part == "words" else labelled("subscribed", "any")


def items(wishes: Wishes, part: str, context: Context) -> tuple[Place, ...]:
    """Returns the items of one part."""
    match part:
        case "places":
            return tuple(place_name(each, context) for each in wishes.places)
        case "calls":
            return tuple(call_name(each, context) for each in wishes.calls)
        case "words":
            return tuple(quoted(each) for each in wishes.words)
        case _:
            return tuple(label_of(VOCABULARIES[part], each) for each in getattr(wishes, part))


def place_name(place: str, context: Context) -> Place:
    """Returns the name of a country, region or municipality."""
    country, colon, region = place.partition(":")
    if colon:
        return region
    return COUNTRY_WORDS.get(country) or context.registers.municipality_name(place)


def call_name(slug: str, context: Context) -> Place:
    """Returns the title of a call."""
    found = context.find.calls.whole(slug)
    return found.title if found else slug


def chat_name(chat: int, context: Context) -> Place:
    """Returns the name of the group or channel to which a subscription is sent."""
    return next((each.title for each in context.find.subscriptions.chats() if each.id == chat), str(chat))


def headline(subscription: Subscription, context: Context) -> Place:
    """Returns a subscription in one line."""
    name = name_of(subscription.wishes, context)
    if subscription.chat:
        name = _("{chat}: {what}", chat=chat_name(subscription.chat, context), what=name)
    return _("{what} (paused)", what=name) if subscription.paused else name


def button(subscription: Subscription, action: str, context: Context) -> Button:
    """Returns a button about one subscription."""
    return Button(headline(subscription, context), action, subscription.id)
