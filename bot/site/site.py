"""What the files of a site are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogue, Catalogues
from bot.site.index import SiteIndex
from conversations.context.links import start_link
from conversations.model.calls import WholeCall
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.events.event import LibraryEvent
from storage.session.storage import Storage


@dataclass(frozen=True, slots=True)
class Site:
    """All that a run knows. `address` is where the site is read (`https://…/`, with a slash at the end), or "".

    `bot` is the bot's name, or "" if it is not known; then nothing links into it.
    """

    storage: Storage
    catalogues: Catalogues
    index: SiteIndex
    now: datetime
    zone: ZoneInfo
    address: str = ""
    bot: str = ""
    calls: Sequence[WholeCall] = ()
    collections: Sequence[InitiativeCollection] = ()
    events: Sequence[LibraryEvent] = ()

    @property
    def today(self) -> date:
        """The day of the run in the site's time zone."""
        return self.now.astimezone(self.zone).date()

    def day(self, moment: datetime) -> date:
        """Returns the day of a moment in the site's time zone."""
        return moment.astimezone(self.zone).date()

    def catalogue(self, language: str) -> Catalogue:
        """Returns the catalogue of a language."""
        return self.catalogues[language]

    def into_bot(self, payload: str) -> str:
        """Returns the link that starts the bot with `payload` (`r_<id>`); "" without the bot's name."""
        return start_link(payload, self.bot) if self.bot else ""

    def absolute(self, path: str) -> str:
        """Returns the address of a file of the site; "" if it is not known where the site is read."""
        return f"{self.address}{path}" if self.address else ""

    def titles(self) -> dict[str, dict[str, str]]:
        """Returns the titles of calls and collections in their languages, by the names of their lists."""
        calls = {f"call/{each.slug}": dict(each.titles) for each in self.calls}
        return calls | {f"collection/{each.slug}": dict(each.titles) for each in self.collections}
