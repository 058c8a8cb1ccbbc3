"""Pictures of the figures, in the reader's language."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from bot.files.pictures.maps import CountryMap, Told, country_map
from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import TITLES, Chart
from conversations.language.words import counted

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


def map_picture(country: str, told: Mapping[str, Told], catalogue: Catalogue) -> bytes:
    """The map of `country` as PNG, with what is `told` by municipality, such as `DK-0751`."""
    return drawn_map(country_map(country, told, catalogue), catalogue)


def drawn_map(drawn: CountryMap, catalogue: Catalogue) -> bytes:
    """The map of a page as PNG."""
    outline = drawn.outline
    return _drawn(
        {
            "kind": "map",
            "title": drawn.title,
            "size": (outline.width, outline.height),
            "shapes": [
                {"state": area.told.state, "rings": list(outline.shapes[area.code].rings())} for area in drawn.areas
            ],
            "insets": [
                {"name": drawn.insets[each.key], "part": astuple(each.part), "at": astuple(each.at)}
                for each in outline.insets
            ],
            "dots": drawn.dots,
            "legend": [
                {
                    "state": key.state,
                    "label": key.label,
                    "names": key.names,
                    "more": [
                        catalogue.say(counted("and one more", "and {n} more", left))
                        for left in range(1, len(key.names))
                    ],
                }
                for key in drawn.legend
            ],
            "source": drawn.source,
        }
    )


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
