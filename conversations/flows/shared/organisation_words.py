"""How an organisation or a library is named for people from others."""

from collections.abc import Mapping

from conversations.context.context import Context
from conversations.language.words import Place, Words, _, labelled
from conversations.model.people.organisations import KINDS, Confirmation, Organisation, Side

KIND_WORDS: Mapping[str, Place] = {
    **{choice.key: choice.label for choice in KINDS},
    "library": labelled("partner", "Library"),
}

STATE_WORDS: Mapping[Confirmation, Words] = {
    "waiting": _("A coordinator has not confirmed it yet."),
    "confirmed": _("It is confirmed."),
    "declined": _("It was not confirmed."),
}


def side_words(side: Side) -> Words:
    """Returns the kind, the name and the place of a side."""
    kind = KIND_WORDS.get(side.kind, side.kind)
    if not side.place:
        return _("{kind}: {name}", kind=kind, name=side.name)
    # Translators: a kind of organisation, its name, and the municipality: "Integration council: …, Odense".
    return _("{kind}: {name}, {place}", kind=kind, name=side.name, place=side.place)


def organisation_words(organisation: Organisation, context: Context) -> Words:
    """Returns the same for an organisation."""
    where = organisation.municipality and context.registers.municipality_name(organisation.municipality)
    return side_words(Side(organisation.kind, organisation.name, where))
