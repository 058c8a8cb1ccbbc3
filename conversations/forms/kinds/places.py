"""The place of an initiative."""

from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, NotUnderstood, QuestionKind, Reading, Said, Understood
from conversations.language.events import SharedLocation, Wrote
from conversations.language.words import Place, _
from conversations.reading.text import clean_line

LONGEST = 200
"""Most characters of the words for a place."""


@dataclass(frozen=True, slots=True)
class Venue(QuestionKind):
    """A point on the map, in degrees, or a place in words: `{"place": …, "latitude": …, "longitude": …}`."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a shared location, or a place in words."""
        match said:
            case SharedLocation(latitude, longitude, name):
                return Understood({"place": name, "latitude": latitude, "longitude": longitude})
            case Wrote(text) if 2 <= len(place := clean_line(text)) <= LONGEST:
                return Understood({"place": place, "latitude": None, "longitude": None}, text)
            case _:
                return NotUnderstood(_("Send a location with the paper clip, or type the place."))

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns True: the addresses say where the place is."""
        return True

    def show(self, value: Any) -> Place:
        """Returns the words for the place, or its coordinates."""
        return str(value["place"]) or f"{value['latitude']:.4f}, {value['longitude']:.4f}"
