"""Stores the outcomes about people: roles, invitations and organisations with audit entries, and their own settings."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutPeople,
    AboutRoles,
    CodeTried,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    LanguageChosen,
    LibraryRemembered,
    OrganisationDecided,
    OrganisationRegistered,
    ProposalsChosen,
    RemindersChosen,
    RolesChanged,
    TablesChosen,
    TimezoneChosen,
)
from conversations.model.people.organisations import Confirmation, Organisation
from storage.engine.errors import Overtaken
from storage.people.audit import Audit, Entry
from storage.people.invitations import Invitations
from storage.people.members import Members
from storage.people.organisations import Organisations
from storage.people.people import People


class RolesKeeper:
    """Stores what `person` did about roles in one turn."""

    def __init__(
        self,
        members: Members,
        invitations: Invitations,
        organisations: Organisations,
        audit: Audit,
        person: int | None,
        now: datetime,
    ) -> None:
        self._members = members
        self._invitations = invitations
        self._organisations = organisations
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutRoles) -> None:
        """Store `outcome`."""
        match outcome:
            case InvitationMade(this, _code, role, uses):
                self._invitations.make(outcome, self._person, self._now)
                self._note("invited", this, new={"role": role, "uses": uses})
            case InvitationRevoked(this):
                if self._invitations.revoke(this, self._now):
                    self._note("uninvited", this)
            case CodeTried():
                if self._person is not None:
                    self._invitations.tried(self._person, self._now)
            case InvitationUsed(this, role):
                self._join(this, role)
            case RolesChanged(person, roles):
                before = self._members.become(person, roles)
                if before is not None and before != roles:
                    self._note("roles", str(person), old=sorted(before), new=sorted(roles))
            case OrganisationRegistered(organisation):
                self._organisations.register(organisation, self._now)
                self._note("organisation", organisation.id, new=_told(organisation))
            case OrganisationDecided(registration, confirmed):
                state: Confirmation = "confirmed" if confirmed else "declined"
                if not self._organisations.decide(registration, state):
                    raise Overtaken("A registration was decided on that waits no more.")
                self._note("organisation decided", registration, old="waiting", new=state)
            case _:
                assert_never(outcome)

    def _join(self, invitation: str, role: str) -> None:
        member = None if self._person is None else self._members.member(self._person)
        if member is None or not self._invitations.use(invitation, self._now):
            return
        roles = member.roles | ({role} if role != "librarian" else frozenset())
        self._members.become(member.id, roles)
        if role == "partner":
            self._organisations.joined(member.id)
        self._note("joined", invitation, old=sorted(member.roles), new=sorted(roles))

    def _note(self, action: str, subject: str, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, None, old, new), subject=subject)


def _told(organisation: Organisation) -> dict[str, str]:
    return {
        "kind": organisation.kind,
        "municipality": organisation.municipality,
        "state": organisation.state,
    }


class PeopleKeeper:
    """Stores the settings that `person` chose in one turn."""

    def __init__(self, people: People, person: int) -> None:
        self._people = people
        self._person = person

    def keep(self, outcome: AboutPeople) -> None:
        """Store `outcome`."""
        match outcome:
            case LanguageChosen(chosen):
                self._people.set_language(self._person, chosen)
            case LibraryRemembered(library):
                self._people.set_library(self._person, library)
            case RemindersChosen(wanted):
                self._people.set_reminders(self._person, wanted)
            case TimezoneChosen(timezone):
                self._people.set_timezone(self._person, timezone)
            case ProposalsChosen(wanted):
                self._people.set_proposals(self._person, wanted)
            case TablesChosen(wanted):
                self._people.set_tables(self._person, wanted)
            case _:
                assert_never(outcome)
