"""The part of a notebook that keeps partners' organisations in memory; several notebooks may share what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from conversations.model.outcomes import OrganisationDecided, OrganisationRegistered
from conversations.model.people.organisations import Organisation, Side


@dataclass(slots=True)
class PartnersInMemory:
    """What is kept of organisations (the protocol `PartnersLookup`), as the person `reader` may look it up."""

    reader: int = 0
    kept: dict[int, Organisation] = field(default_factory=dict)
    libraries: dict[int, Side] = field(default_factory=dict)

    def keep(self, outcome: OrganisationRegistered | OrganisationDecided) -> None:
        """What follows from a registration, or from a decision on one."""
        match outcome:
            case OrganisationRegistered(organisation):
                self.kept[organisation.person] = organisation
            case OrganisationDecided(registration, confirmed):
                if found := self.registered(registration):
                    state = replace(found, state="confirmed" if confirmed else "declined")
                    self.kept[found.person] = state

    def own(self) -> Organisation | None:
        """What this person last registered, whatever came of it."""
        return self.kept.get(self.reader)

    def registered(self, this: str) -> Organisation | None:
        """That registration, if it is still the person's last. Nobody else can decide on it until the turn is over."""
        return next((each for each in self.kept.values() if each.id == this), None)

    def waiting(self) -> Sequence[Organisation]:
        """Those that no coordinator has decided on, the longest waiting first."""
        return [each for each in self.kept.values() if each.state == "waiting"]

    def confirmed(self) -> Sequence[Organisation]:
        """Those of partners now, without regard to roles, which are kept elsewhere."""
        return [each for each in self.kept.values() if each.state == "confirmed"]

    def side(self, person: int) -> Side | None:
        """How that person appears to others: by a confirmed organisation, or else the library of published reports."""
        found = self.kept.get(person)
        if found and found.state == "confirmed":
            return Side(found.kind, found.name, found.municipality)
        return self.libraries.get(person)
