"""What a conversation may ask of the registers."""

from conversations.language.words import Words, _
from conversations.model.registers import LibraryFound
from storage.registers.port import StoredRegisters


def spellings(words: Words) -> tuple[str, ...]:
    return (words.text, "Spring over", "Preskoči")


REGISTERS = StoredRegisters(spellings)


def test_libraries_are_found_by_name_and_place() -> None:
    odense = LibraryFound("dk-0461", "Odense Biblioteker og Borgerservice", "Odense")
    found = REGISTERS.libraries("Odense")
    assert (found.exact, found.near[0]) == (odense, odense)
    nearest = REGISTERS.libraries_near(55.4, 10.38)
    assert nearest[0].key == odense.key
    assert nearest[0].municipality == "Odense"


def test_words_are_spelled_as_the_bot_speaks_them() -> None:
    assert REGISTERS.spellings(_("Skip")) == ("Skip", "Spring over", "Preskoči")
