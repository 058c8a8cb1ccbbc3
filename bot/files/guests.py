"""Who comes to an event, as a spreadsheet or as CSV, for its organiser."""

import csv
import io
from collections.abc import Sequence

from bot.files.digest_tables import LIBRARY, MUNICIPALITY, NAME, Table
from bot.files.reports.defusing import defused
from bot.files.workbook import workbook
from bot.language.catalogues import Catalogue
from conversations.flows.events.words import line_of, seats_words
from conversations.language.words import labelled
from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import Guest, Seats

COMES, WAITS = labelled("guest", "Comes"), labelled("guest", "Waiting list")


def guests_table(guests: Sequence[Guest], catalogue: Catalogue) -> Table:
    """Returns a row for each person: those who come first, each by their turn."""
    say = catalogue.say
    heads = (labelled("column", "Number"), NAME, LIBRARY, MUNICIPALITY, labelled("column", "Place or waiting list"))
    rows = [
        (number, each.name, each.library, each.municipality, say(COMES if each.state == "coming" else WAITS))
        for number, each in enumerate(guests, 1)
    ]
    return Table("guests", say(labelled("sheet", "Who comes")), [say(head) for head in heads], rows)


def guests_workbook(event: LibraryEvent, guests: Sequence[Guest], catalogue: Catalogue) -> bytes:
    """Returns the list as a spreadsheet."""
    states = [each.state for each in guests]
    seats = Seats(states.count("coming"), states.count("waiting"))
    opening = [catalogue.say(line_of(event)), catalogue.say(seats_words(event, seats))]
    return workbook([guests_table(guests, catalogue)], catalogue.say(labelled("sheet", "Overview")), opening)


def guests_csv(guests: Sequence[Guest], catalogue: Catalogue) -> bytes:
    """Returns the list as CSV, with a byte order mark; no cell is a formula."""
    table, text = guests_table(guests, catalogue), io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.heads)
    for row in table.rows:
        writer.writerow(defused(cell if isinstance(cell, str | int) else str(cell)) for cell in row)
    return text.getvalue().encode("utf-8-sig")
