"""Names and addresses, which are stored apart from other answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import (
    Asked,
    Gathered,
    Gathering,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
    confirmed,
    to_confirm,
)
from conversations.language.events import Pressed, SharedContact, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import Listed, Place, _
from conversations.reading.contacts import Contact, read_contacts, shared_number

_PARTS = ("name", "email", "phone")
_MOST = 4
"""Contacts that are offered as buttons."""


@dataclass(frozen=True, slots=True)
class ContactDetails(QuestionKind):
    """A name with an e-mail address or a telephone number: `{"name": …, "email": …, "phone": …}`, "" if not given."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads the text of the person, or a shared contact."""
        if answer := confirmed(said, gathered, asked):
            return answer
        near = (gathered or {}).get("near", [])
        match said:
            case Wrote(text, plain=plain) if found := read_contacts(plain or text) or read_contacts(text):
                if len(found) > 1:
                    near = [_kept(contact) for contact in found[:_MOST]]
                    return Gathering({"near": near, "typed": text}, _("Whom should people contact? Choose one."))
                if found[0].doubtful:
                    return to_confirm(_kept(found[0]), text, _("Is this right? Tap it, or type it again."))
                return Understood(_kept(found[0]), text)
            case Pressed("is", number) if number.isdecimal() and int(number) < len(near):
                return Understood(near[int(number)], (gathered or {})["typed"])
            case SharedContact(name, phone) if number := shared_number(phone):
                return Understood({"name": name, "email": "", "phone": number})
            case _:
                return NotUnderstood(_("Type an email address or a phone number, with a name if there is one."))

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the contacts of which one is asked for."""
        near = (gathered or {}).get("near", [])
        if shown := self.so_far(gathered):
            return ((Button(", ".join(shown[part] for part in _PARTS if shown[part]), "near", "0"),),)
        return stacked(tuple(Button(_in_short(each), "is", str(number)) for number, each in enumerate(near)))

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns the contacts of which one is asked for; none where one is shown."""
        return () if self.so_far(gathered) else QuestionKind.among(self, gathered)

    def so_far(self, gathered: Gathered) -> Any:
        """Returns the contact that is shown, until it is confirmed."""
        return (gathered or {}).get("shown")

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns True: one of the addresses may be the answer."""
        return True

    def show(self, value: Any) -> Place:
        """Returns every part that was given."""
        return Listed(tuple(value[part] for part in _PARTS if value.get(part)))


def _kept(contact: Contact) -> dict[str, str]:
    return {"name": contact.name, "email": contact.email, "phone": contact.phone}


def _in_short(value: Mapping[str, str]) -> str:
    return value["name"] or value["email"] or value["phone"]
