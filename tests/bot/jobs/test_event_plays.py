"""Theme days and study visits, over HTTP, as they are read on the phones: in each language, and as the networks lived.

What everybody reads stands in `transcripts/`. After a change of wording, write it anew and read it:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/jobs/test_event_plays.py
"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.model.events.event import When, content_of
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    LibraryRemembered,
    Outcome,
    ReportPublished,
    ReportSubmitted,
)
from storage.models import events, sign_ups
from storage.registers import find_libraries
from storage.session.unit_of_work import UnitOfWork
from tests.bot.comparing import kept_as_read
from tests.bot.playing import COPENHAGEN, Play
from tests.bot.stage import Stage

LIBRARIES = {"da": "odense", "sl": "kamnik", "en": "aarhus"}
_MONTHS = re.compile(r"(?:\n *(?:\[[^\]\n]+ \d{4}\] ?)+)+")

TEN_YESTERDAY = (datetime.now(COPENHAGEN) - timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
"""What is due then is sent at once."""


class EventPlay(Play):
    """A play in which mornings also bring what is told of events, and events come nearer."""

    async def passes(self, what: str) -> None:
        """Besides `a morning`: `news` is one with what is told of events; `in N days` sets when the event is."""
        if what == "a morning":
            await super().passes(what)
        elif what == "news":
            await self._news()
        else:
            days = int(what.removeprefix("in ").removesuffix(" days"))
            await self._stage.storage.write(partial(_moved, day=TEN_YESTERDAY.date() + timedelta(days=days)))

    async def _news(self) -> None:
        application = self._stage.application
        assert application is not None
        job = Reminders(Catalogues(), COPENHAGEN, bot_name=lambda: "MeldindBot")
        now = TEN_YESTERDAY.astimezone(UTC)
        await job.plan(self._stage.storage, now)
        await self._stage.storage.write(lambda work: job.tell(work, now))
        application.sender.look_for_unsent()
        await self._stage.settles()
        for each in self._talks:
            await self._watch(each)

    async def offers(self, name: str, library: str) -> None:
        """That person's library has a published report and would speak at a theme day."""
        await self._stage.storage.write(partial(_offered, self._talks[name].phone.person_id, library))

    async def read(self) -> str:
        """All of it; ids of events and the months to come, which are never the same, stand as such."""
        text = await self.written()
        for number, this in enumerate(await self._stage.finds(_ids), start=1):
            text = text.replace(this, f"event{number}")
        return _MONTHS.sub("\n           [twelve months]", text)


def _offered(who: int, name: str, work: UnitOfWork) -> None:
    found, now = find_libraries(name).exact, datetime.now(UTC) - timedelta(days=30)
    assert found is not None
    library = {"key": found.key, "name": found.name}
    answers = {
        "title": "Sprogcafé",
        "library": library,
        "sharing": "public",
        "status": "running",
        "themes": ["language_cafe"],
        "contribute": ["theme_day"],
    }
    report = f"offer{who}"
    person = work.people.arrive(who, who, "en", now).person
    turn: list[Outcome] = [LibraryRemembered(library), DraftStarted(report)]
    turn += (Answered(report, question, value) for question, value in answers.items())
    turn += [ReportSubmitted(report), ReportPublished(report, 1)]
    work.keep(person, Turn(Session(), (), tuple(turn)), now)


def _moved(work: UnitOfWork, day: date) -> None:
    """The event is on that day, and who signed up did so long before; nothing of this is news."""
    (this,) = _ids(work)
    event = work.events.one(this)
    assert event is not None
    assert event.when is not None
    when = When(day, day, event.when.begins, event.when.ends)
    content = content_of(replace(event, when=when))
    moments = {"starts_at": when.starts_at(event.zone), "ends_at": when.ends_at(event.zone)}
    work._connection.execute(update(events).values(content=content, draft=content, **moments))
    work._connection.execute(update(sign_ups).values(at=datetime.now(UTC) - timedelta(days=20)))


def _ids(work: UnitOfWork) -> list[str]:
    return list(work._connection.scalars(select(events.c.id).order_by(events.c.created_at)))


CAST = {"da": ("Olga", "Ida", "Bo"), "sl": ("Tine", "Maja", "Luka"), "en": ("Ann", "Emily", "Sam")}
SCRIPTS = {
    "da": """
@Olga
/events
[Slå et arrangement op]
temadag
Temadag om sprogcaféer
3. november 2014
om tre uger kl. 15-10
om tre uger kl. 10-15
Fredericia Bibliotek
[✏️ Antal pladser]
én
[✏️ Emner]
sprogcafé
[Videre]
[Se udkastet]
[Offentliggør]
(news)
@Ida
[Tilmeld mig]
[Tilføj mit navn]
Ida, Odense
@Bo
/events sprogcafé
[Temadag om sprogcaféer]
[Skriv mig på ventelisten]
@Olga
[Hvem kommer]
[Regneark]
@Ida
/events
[Temadag om sprogcaféer]
[Jeg kan ikke komme]
[Ja, jeg kan ikke komme]
(news)
@Olga
/events
[Temadag om sprogcaféer]
[Ret arrangementet]
[✏️ Hvor]
Kolding Bibliotek
[Se ændringerne]
[Offentliggør]
(news)
(in 1 days)
(news)
(in -1 days)
(news)
@Olga
[Fortæl, hvad der kom ud af det]
Seks biblioteker starter en fælles læsegruppe.
/events
""",
    "sl": """
@Tine
/events
[Objavi dogodek]
tematsko srečanje
Srečanje o jezikovnih kavarnah
3. november 2014
čez tri tedne od 10.00 do 15.00
na spletu
[✏️ Število mest]
eno
[✏️ Področja]
jezikovna kavarna
[Naprej]
[Poglej pred objavo]
[Objavi]
(news)
@Maja
[Prijavi me]
[Dodaj moje ime]
Maja, Kamnik
@Luka
/events
srečanje o jezikovnih kavarnah
na čakalni seznam
@Tine
[Kdo pride]
@Maja
/events
[Srečanje o jezikovnih kavarnah]
[Ne morem priti]
[Da, ne morem priti]
(news)
(in 1 days)
(news)
(in 15 days)
@Tine
/events
[Srečanje o jezikovnih kavarnah]
[Uredi dogodek]
[Odpovej dogodek]
[Da, odpovej ga]
(news)
@Luka
/events
""",
    "en": """
@Ann
/events
[Post an event]
[Theme day]
Theme day on language cafés
31 February 2027
in three weeks, 10:00-15:00
[Online]
[✏️ Themes]
language café
[Next]
[✏️ For libraries in]
denmark
[✏️ Link]
example.org/day
[Preview]
[Publish]
(news)
@Emily
[Read more]
[Sign up]
[I cannot come]
[Sign up again]
@Sam
/events march april
/events online
[Theme day on language cafés]
[Calendar file]
@Ann
[Suggested speakers]
[‹ Back]
[Cancel the event]
[Yes, cancel it]
(news)
@Sam
/events
""",
}


@pytest.mark.parametrize("language", sorted(SCRIPTS))
async def test_a_theme_day_from_its_posting_to_what_came_of_it(bot_app: Stage, language: str) -> None:
    organiser, librarian, other = CAST[language]
    play = EventPlay(bot_app)
    await play.enters(organiser, language, "coordinator")
    await play.enters(librarian, language)
    await play.enters(other, language)
    await play.offers(librarian, LIBRARIES[language])
    await play.acts(SCRIPTS[language])
    kept_as_read(f"events.{language}", await play.read())


# The housing-and-culture network, once confirmed, announces its theme day in Fredericia, as on 3 November 2014. A
# library that offered to speak comes, one of the Nordic network waits; a host and a guest find each other.
NETWORKS = """
@Netværket
/start
[Tilmeld råd eller forening]
boligorganisation
Boligsocialt og Kulturelt Netværk
hele landet
[Ja, tilmeld den]
@Koordinator
[Godkend]
@Netværket
/events
[Slå et arrangement op]
temadag
Temadag: biblioteket i boligområdet
om tre uger kl. 10-15
Fredericia Bibliotek, Prinsessegade 27
[✏️ Titel]
[Slovenščina]
Tematsko srečanje: knjižnica v soseski
[‹ Tilbage]
[✏️ Antal pladser]
1
[✏️ Emner]
sprogcafé
[Videre]
[Se udkastet]
[Offentliggør]
(news)
@Fredericia
[Tilmeld mig]
@Kamnik
/events
[Tematsko srečanje: knjižnica v soseski]
[Na čakalni seznam]
@Netværket
[✏️ Antal pladser]
2
[Se ændringerne]
[Offentliggør]
(news)
(in 1 days)
(news)
(in 15 days)
@Fredericia
/events
[Studiebesøg]
[Vi kan tage imod besøg]
[Videre]
sprogcafé
[Videre]
@Kamnik
/events
[Strokovni obiski]
[Radi bi šli na obisk]
[Naprej]
jezikovna kavarna
[Naprej]
[Danska]
(a morning)
@Fredericia
[Ja, sæt os i kontakt]
sprogcafe@example.org
@Kamnik
[Da, vzpostavi stik]
knjiznica@example.org
(in -1 days)
(news)
@Netværket
[Fortæl, hvad der kom ud af det]
Fredericia og Kamnik søger om penge til et fælles projekt: Aktivt Medborgerskab.
@Kamnik
/events
"""


async def test_the_networks_theme_day_and_a_study_visit_to_their_end(bot_app: Stage) -> None:
    play = EventPlay(bot_app)
    await play.enters("Koordinator", "da", "coordinator")
    for name, language in (("Netværket", "da"), ("Fredericia", "da"), ("Kamnik", "sl")):
        await play.enters(name, language)
    await play.offers("Fredericia", "fredericia")
    await play.offers("Kamnik", "kamnik")
    await play.acts(NETWORKS)
    kept_as_read("events.networks", await play.read())
