"""A contact person in words: the card, the line in a list, and why a link cannot be used."""

from conversations.context.context import Context
from conversations.language.screen import Button, Line, heading
from conversations.language.words import Listed, Place, Words, _, own
from conversations.model.experts import Expert
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice, label_of

OFFER = Button(_("Offer yourself"), "expert_offer")
MINE = Button(_("My entry"), "expert_own")
ALL = Button(_("All contact persons"), "experts")

ANSWERED = _("This has been answered already. Thank you.")
TOO_OLD = _("That link is too old. Nothing about you is stored. Ask for a new one if you would like to be listed.")
NO_LONGER = _("You are not asked any more: the report has been withdrawn. Nothing about you is stored.")


def about_lines(expert: Expert, context: Context) -> tuple[Line, ...]:
    """Returns what others read about a contact person, line by line."""
    told = (
        (_("Library: {name}", name=expert.library_name), expert.library_name),
        (_("Municipality: {name}", name=place_of(expert, context)), place_of(expert, context)),
        (_("Can be asked to: {uses}", uses=labels(vocabulary.EXPERT_USES, expert.uses)), expert.uses),
        (_("Themes: {themes}", themes=labels(vocabulary.THEMES, expert.themes)), expert.themes),
        (_("Who it is for: {groups}", groups=labels(vocabulary.TARGET_GROUPS, expert.groups)), expert.groups),
        (_("Speaks: {languages}", languages=labels(vocabulary.SPOKEN, expert.languages)), expert.languages),
        (_("Contact details: {contact}", contact=expert.contact), expert.contact),
    )
    return (heading(own(expert.name or "…")), *(Line(words) for words, value in told if value))


def in_list(number: int, expert: Expert) -> Words:
    """Returns the line of a contact person in a list."""
    if not expert.library_name:
        return _("{n}. {name}", n=number, name=expert.name)
    return _("{n}. {name} – {library}", n=number, name=expert.name, library=expert.library_name)


def place_of(expert: Expert, context: Context) -> str:
    """Returns the name of the municipality; "" if it is not known."""
    return context.registers.municipality_name(expert.municipality) if expert.municipality else ""


def labels(choices: tuple[Choice, ...], keys: tuple[str, ...]) -> Place:
    """Returns the labels of the keys."""
    return Listed(tuple(label_of(choices, key) for key in keys))
