"""The municipalities of a country as a spreadsheet."""

from collections.abc import Mapping

from bot.files.digest_tables import MUNICIPALITY, Table
from bot.files.pictures.maps import Told
from bot.files.workbook import workbook
from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.statistics import STATES
from conversations.language.words import labelled
from storage import registers


def places_workbook(country: str, told: Mapping[str, Told], catalogue: Catalogue) -> bytes:
    """Returns every municipality with what is known from there, in the reader's alphabetical order."""
    say = catalogue.say
    by_name = {here.name: here for here in registers.municipalities(country)}
    rows = []
    for name in registers.sorted_names(by_name, catalogue.language):
        here = by_name[name]
        known = told.get(f"{country}-{here.code}", Told())
        rows.append((here.code, name, here.region, say(STATES[known.state]), known.reports, known.partners))
    heads = (
        labelled("column", "Code"),
        MUNICIPALITY,
        labelled("column", "Region"),
        labelled("column", "State"),
        labelled("column", "Reports"),
        labelled("column", "Partners"),
    )
    table = Table("places", say(labelled("sheet", "Municipalities")), [say(head) for head in heads], rows)
    return workbook([table], say(labelled("sheet", "Overview")), [say(COUNTRY_NAMES[country])])
