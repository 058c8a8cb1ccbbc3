"""Stores the outcomes about privacy: the notice shown, the controller named, the data erased."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutPrivacy,
    ContactsErased,
    ControllerNamed,
    PersonalTakenOut,
    PersonForgotten,
    PrivacyShown,
)
from storage.engine.errors import NoSuchReport
from storage.people.audit import Audit, Entry
from storage.people.people import People
from storage.privacy.controllers import Controllers
from storage.privacy.forgetting import Forgetting
from storage.reports.reports import Reports


class PrivacyKeeper:
    """Stores what `person` did about privacy in one turn."""

    def __init__(
        self,
        people: People,
        controllers: Controllers,
        reports: Reports,
        forgetting: Forgetting,
        audit: Audit,
        person: int,
        now: datetime,
    ) -> None:
        self._people = people
        self._controllers = controllers
        self._reports = reports
        self._forgetting = forgetting
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutPrivacy, language: str) -> None:
        """Store `outcome`."""
        match outcome:
            case PrivacyShown(version):
                self._people.set_privacy_seen(self._person, version, language, self._now)
            case ControllerNamed(words):
                self._controllers.name(words, self._person, self._now)
                self._audit.add(Entry(self._now, self._person, "controller named", new=words))
            case ContactsErased(report):
                if self._reports.own(self._person, report) is None:
                    raise NoSuchReport("A turn erases contacts in a report that is not there for this person.")
                self._forgetting.contacts(report, self._now)
                self._audit.add(Entry(self._now, self._person, "contacts erased"), report)
            case PersonalTakenOut(report, said):
                if self._reports.own(self._person, report) is None:
                    raise NoSuchReport("A turn takes words out of a report that is not there for this person.")
                self._forgetting.words(self._person, report, said)
            case PersonForgotten(with_reports):
                self._forgetting.person(self._person, self._now, reports_too=with_reports)
                told = {"with_reports": with_reports}
                self._audit.add(Entry(self._now, self._person, "forgotten", new=told), subject=str(self._person))
            case _:
                assert_never(outcome)
