"""Names and addresses, which are stored apart from other answers."""

from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, NotUnderstood, QuestionKind, Reading, Said, Understood
from conversations.language.events import SharedContact, Wrote
from conversations.language.words import Listed, Place, _
from conversations.reading.contacts import read_contact, shared_number


@dataclass(frozen=True, slots=True)
class ContactDetails(QuestionKind):
    """A name with an e-mail address or a telephone number: `{"name": …, "email": …, "phone": …}`, "" if not given."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads the text of the person, or a shared contact."""
        match said:
            case Wrote(text, plain=plain) if contact := read_contact(plain or text) or read_contact(text):
                return Understood({"name": contact.name, "email": contact.email, "phone": contact.phone}, text)
            case SharedContact(name, phone) if number := shared_number(phone):
                return Understood({"name": name, "email": "", "phone": number})
            case _:
                return NotUnderstood(
                    _("Please write an e-mail address or a telephone number, with a name if there is one.")
                )

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns True: one of the addresses may be the answer."""
        return True

    def show(self, value: Any) -> Place:
        """Returns every part that was given."""
        return Listed(tuple(value[part] for part in ("name", "email", "phone") if value.get(part)))
