"""Partners' organisations in memory; the memories of several people may share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from conversations.model.outcomes import OrganisationDecided, OrganisationRegistered
from conversations.model.people.organisations import Organisation, Side


@dataclass(slots=True)
class PartnersInMemory:
    """The organisations (the protocol `PartnersLookup`), as the person `reader` may look them up.

    The libraries of people are set from outside. A place is the key of its municipality,
    which only a register can name.
    """

    reader: int = 0
    kept: dict[int, Organisation] = field(default_factory=dict)
    libraries: dict[int, Side] = field(default_factory=dict)

    def keep(self, outcome: OrganisationRegistered | OrganisationDecided) -> None:
        """Stores a registration, or the decision on one."""
        match outcome:
            case OrganisationRegistered(organisation):
                self.kept.pop(organisation.person, None)  # a new registration waits behind the others
                self.kept[organisation.person] = organisation
            case OrganisationDecided(registration, confirmed):
                if found := self.registered(registration):
                    state = replace(found, state="confirmed" if confirmed else "declined")
                    self.kept[found.person] = state

    def joined(self, person: int) -> None:
        """Confirms the waiting registration of a person who used an invitation for partners."""
        found = self.kept.get(person)
        if found and found.state == "waiting":
            self.kept[person] = replace(found, state="confirmed")

    def own(self) -> Organisation | None:
        """Returns the person's last registration, whether it was confirmed or not."""
        return self.kept.get(self.reader)

    def registered(self, this: str) -> Organisation | None:
        """Returns the registration if it is still the last of its person, locked until the turn ends."""
        return next((each for each in self.kept.values() if each.id == this), None)

    def waiting(self) -> Sequence[Organisation]:
        """Returns the registrations that no coordinator has decided on, the longest waiting first."""
        return [each for each in self.kept.values() if each.state == "waiting"]

    def confirmed(self) -> Sequence[Organisation]:
        """Returns the confirmed organisations, without checking whether the person still has the role of partner."""
        return [each for each in self.kept.values() if each.state == "confirmed"]

    def side(self, person: int) -> Side | None:
        """Returns how that person appears to others: their confirmed organisation, or the library of their reports."""
        found = self.kept.get(person)
        if found and found.state == "confirmed":
            return Side(found.kind, found.name, found.municipality)
        return self.libraries.get(person)
