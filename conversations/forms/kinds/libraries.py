"""The library of the person, found in the register."""

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
)
from conversations.forms.kinds.yes_no import YesNo
from conversations.language.events import Pressed, SharedLocation, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import Place, _
from conversations.model.registers import LibrariesFound, LibraryFound
from conversations.reading.text import clean_line

LONGEST = 120
"""Most characters of the name of an organisation that is not in the register."""

_MOST_WORDS = 8
"""Words of what may be the name of another organisation; more are a sentence."""

NOWHERE = "nowhere"
"""The argument of the button for an organisation in no municipality of the register."""

_NAME = _("Type part of the library’s name, or the name of the municipality.")
_WHICH_MUNICIPALITY = _("Which municipality is it in? Type part of the name.")
_NO_SUCH_MUNICIPALITY = _("I know no municipality with that name. Type it another way, or tap the button.")


@dataclass(frozen=True, slots=True)
class Library(QuestionKind):
    """A library of the register: `{"key": …, "name": …}`; or another organisation, whose key is None.

    Another organisation is asked for its municipality, stored as `municipality` by its key in the register. One that is
    in no municipality, because it works abroad or everywhere, has none.
    """

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a part of a name, a shared location, or a tap on a library that was found."""
        if gathered and "other" in gathered:
            return _municipality(said, gathered, asked)
        registers = asked.context.registers
        found = (gathered or {}).get("found", [])
        typed = (gathered or {}).get("typed", "")
        proposed = self.so_far(gathered)
        match said:
            case Wrote() if proposed and proposed["key"] and _says_yes(said, asked):
                return Understood(proposed, typed)
            case Wrote(text) if len(name := clean_line(text)) >= 2:
                if len(name) > LONGEST:
                    return NotUnderstood(_("That is too long for a name. Type part of the library’s name."))
                return _library(name, registers.libraries(name))
            case Wrote():
                return NotUnderstood(_("Type at least two letters of the name."))
            case SharedLocation(latitude, longitude):
                near = registers.libraries_near(latitude, longitude)
                if not near:
                    return NotUnderstood(_("I know no library near there. Type part of the name."))
                return Gathering(
                    {"typed": "", "found": [_kept(each) for each in near]},
                    _("These libraries are the nearest. Tap yours."),
                )
            case Pressed("is", "other") if typed:
                return Gathering({"other": typed, "found": []}, _WHICH_MUNICIPALITY)
            case Pressed("is", key):
                for each in found:
                    if each["key"] == key:
                        return Understood({"key": key, "name": each["name"]}, typed)
                return NotUnderstood(_NAME)
            case _:
                return NotUnderstood(_NAME)

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns the libraries that were found; another organisation is the answer, and its municipality is asked."""
        if not gathered or "other" in gathered or self.so_far(gathered) is not None:
            return ()
        return tuple(gathered["found"])

    def so_far(self, gathered: Gathered) -> Any:
        """Returns the one library that was named, or another organisation, until it is confirmed by a tap."""
        if not gathered or "other" in gathered or not gathered.get("meant"):
            return None
        found = gathered["found"]
        return found[0] if found else {"key": None, "name": gathered["typed"]}

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the libraries that were found, and the button for other organisations."""
        if not gathered:
            return ()
        found = tuple(Button(each["name"], "is", each["key"]) for each in gathered["found"])
        if "other" in gathered:
            return stacked((*found, Button(_("In none: abroad or everywhere"), "is", NOWHERE)))
        typed = gathered["typed"]
        is_name = 0 < len(typed.split()) <= _MOST_WORDS
        other = (Button(_("Another organisation: {name}", name=typed), "is", "other"),) if is_name else ()
        return stacked((*found, *other))

    def show(self, value: Any) -> Place:
        """Returns the name, which is never inflected."""
        return str(value["name"])


def _says_yes(said: Said, asked: Asked) -> bool:
    reading = YesNo().read(said, None, asked)
    return isinstance(reading, Understood) and reading.value is True


def _library(typed: str, found: LibrariesFound) -> Reading:
    """Reads the name of a library, or a part of it, that the register found."""
    if found.exact:
        return Understood({"key": found.exact.key, "name": found.exact.name}, typed)
    if found.other and found.municipality:
        return _other(typed, found.municipality, "")
    gathered = {"typed": typed, "found": [_kept(each) for each in found.near]}
    if found.meant and found.near:
        note = _("Is it {library}? Tap it, or write another name.", library=found.near[0].name)
        return Gathering({**gathered, "meant": True}, note)
    if found.near:
        return Gathering(gathered, _("Tap your library, or type more of the name."))
    if len(typed.split()) > _MOST_WORDS and not found.other:
        return NotUnderstood(_NAME)
    note = _("I found no library with that name. Try the municipality, or tap “Another organisation”.")
    return Gathering({**gathered, "meant": True} if found.other else gathered, note)


def _municipality(said: Said, gathered: Mapping[str, Any], asked: Asked) -> Reading:
    """Reads the municipality of another organisation: its name, a part of it, or a tap."""
    organisation = str(gathered["other"])
    match said:
        case Wrote(text) if len(typed := clean_line(text)) >= 2:
            exact, near = asked.context.registers.municipality(typed[:LONGEST])
            if exact:
                return _other(organisation, exact.key, typed)
            found = [{"key": each.key, "name": each.name} for each in near]
            note = _("Tap the municipality, or type more of its name.") if near else _NO_SUCH_MUNICIPALITY
            return Gathering({**gathered, "found": found}, note)
        case Pressed("is", key) if key == NOWHERE:
            return _other(organisation, None, "")
        case Pressed("is", key) if any(each["key"] == key for each in gathered["found"]):
            return _other(organisation, key, "")
        case _:
            return NotUnderstood(_WHICH_MUNICIPALITY)


def _other(name: str, municipality: str | None, typed: str) -> Understood:
    place = {"municipality": municipality} if municipality else {}
    return Understood({"key": None, "name": name, **place}, f"{name}\n{typed}".strip())


def _kept(found: LibraryFound) -> dict[str, str]:
    return {"key": found.key, "name": found.name}
