"""How sure each way of reading a field is, and how sure it has to be for the field to be filled in.

The figures are those of the half of the rows to work with: of what is filled in by this way alone, how much is right.
`python -m tests.understanding --certainty` counts them anew. A field that is read in several ways takes the surest.
"""

from collections.abc import Mapping

CERTAINTY: Mapping[str, dict[str, float]] = {
    "library": {"named": 1.0, "signed": 1.0, "town": 1.0, "district": 0.8},
    "title": {
        "labelled": 1.0,
        "quoted": 1.0,
        "called": 1.0,
        "explained": 1.0,
        "heading": 1.0,
        "subject": 0.8,
        "first words": 0.7,
    },
    "themes": {"outright": 0.9, "of people": 0.8, "of colleagues": 1.0, "languages": 1.0},
    "frequency": {"outright": 1.0, "other words": 0.8, "one day": 1.0},
    "partners": {"with": 0.9, "joins": 0.9, "beside a library": 1.0, "end of a clause": 1.0, "well known": 0.9},
    "place": {"labelled": 1.0, "house": 0.9, "in it": 0.8},
}
FLOOR: Mapping[str, float] = {
    "library": 0.6,
    "title": 0.6,
    "themes": 0.6,
    "frequency": 0.6,
    "partners": 0.6,
    "place": 0.6,
}
"""A wrong value costs a tap on the pencil, and is sent where nobody looks; a missing one costs a question."""


def fills(field: str, way: str) -> bool:
    """Returns whether what is read of `field` in this way is sure enough to be filled in."""
    return CERTAINTY[field][way] >= FLOOR[field]
