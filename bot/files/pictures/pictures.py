"""Pictures of the figures, in the reader's language."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import COUNTRY_NAMES, TITLES, Chart
from conversations.flows.digests.statistics import STATES
from conversations.language.words import Words, _, counted, labelled
from storage.registers.tiles import tiles

PATIENCE = 60.0


def chart_picture(chart: Chart, catalogue: Catalogue) -> bytes:
    """`chart` as PNG."""
    more = counted("One more is not shown.", "{n} more are not shown.", chart.left_out) if chart.left_out else None
    return _drawn(
        {
            "kind": "columns" if chart.which == "months" else "bars",
            "title": catalogue.say(TITLES[chart.which]),
            "names": [catalogue.say(chart.label(key)) for key, _number in chart.bars],
            "numbers": [number for _key, number in chart.bars],
            "said": [catalogue.say(number) for _key, number in chart.bars],
            "note": catalogue.say(more) if more else "",
        }
    )


def map_picture(country: str, states: Mapping[str, tuple[str, int, int]], catalogue: Catalogue) -> bytes:
    """The map of `country` as PNG; `states` by municipality key, such as `DK-0751`: what is known from there, the
    number of reports, and the number of partners."""
    numbers = dict.fromkeys(STATES, 0)
    for state, _reports, _partners in states.values():
        numbers[state] += 1
    there = {key for key, (_state, _reports, partners) in states.items() if partners}
    return _drawn(
        {
            "kind": "map",
            "title": catalogue.say(_("Municipalities: {country}", country=COUNTRY_NAMES[country])),
            "tiles": [
                {
                    "column": tile.column,
                    "row": tile.row,
                    "label": tile.label,
                    "state": states.get(f"{country}-{code}", ("silent", 0, 0))[0],
                    "partners": f"{country}-{code}" in there,
                }
                for code, tile in tiles(country).items()
            ],
            "states": {state: catalogue.say(_legend(words, numbers[state])) for state, words in STATES.items()},
            "partners": catalogue.say(_legend(labelled("coverage", "partners"), len(there))) if there else "",
        }
    )


def _legend(words: Words, number: int) -> Words:
    return _("{label} ({n})", label=words, n=number)


def _drawn(told: Mapping[str, Any]) -> bytes:
    # The command is fixed; the content goes through its standard input.
    done = subprocess.run(  # nosec B603
        [sys.executable, "-m", "bot.files.pictures.drawing"],
        input=json.dumps(told).encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout
