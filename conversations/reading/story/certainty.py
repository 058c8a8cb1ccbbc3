"""How sure each way of reading a field is, and how sure it has to be for the field to be filled in.

The figures are those of the half of the rows to work with: of what is filled in by this way alone, how much is right.
`python -m tests.understanding --certainty` counts them anew. A field that is read in several ways takes the surest.
Of a district, and of the town of a school or a care home, there are few rows there, and some in rows of others.
"""

from collections.abc import Mapping

CERTAINTY: Mapping[str, dict[str, float]] = {
    "library": {"named": 1.0, "signed": 1.0, "town": 0.98, "district": 1.0, "house": 1.0},
    "title": {
        "labelled": 1.0,
        "quoted": 1.0,
        "called": 1.0,
        "explained": 1.0,
        "apposed": 1.0,
        "in capitals": 0.9,
        "heading": 1.0,
        "subject": 0.95,
        "first words": 0.9,
        "behind a colon": 1.0,
        "short sentence": 1.0,
    },
    "themes": {"outright": 0.9, "of people": 0.67, "of colleagues": 1.0, "languages": 1.0},
    "frequency": {"outright": 1.0, "other words": 1.0, "one day": 1.0},
    "partners": {"with": 1.0, "joins": 0.84, "beside a library": 1.0, "end of a clause": 1.0, "well known": 1.0},
    "place": {"labelled": 1.0, "house": 0.86, "in it": 1.0},
}
FLOOR: Mapping[str, float] = {
    "library": 0.75,
    "title": 0.75,
    "themes": 0.6,
    "frequency": 0.75,
    "partners": 0.75,
    "place": 0.75,
}
"""A wrong value costs a tap on the pencil, and is sent where nobody looks; a missing one costs a question."""


def fills(field: str, way: str) -> bool:
    """Returns whether what is read of `field` in this way is sure enough to be filled in."""
    return CERTAINTY[field][way] >= FLOOR[field]
