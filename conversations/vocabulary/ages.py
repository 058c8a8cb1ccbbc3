"""Which groups people are by their age: "6-10 år", "od 3 do 6 let", "12 to 16 year olds"."""

import re

_AGED = (
    r"(?:i alderen|alderen|aldersgruppen|aged?|ages|between the ages of|v starosti|starost\w*|star[ieah]?|starih)\b\s*"
)
_FROM = r"(?:fra|from|od|mellem|between|med)\b\s*"
_TO = r"\s*(?:-|–|—|/|\b(?:do|til|to|in|og|and)\b)\s*"
_YEARS = r"[\s-]*(?:år(?:ige?|s)?|aar|let(?:a|i|ih|om|nik\w*|n\w{1,3})?|years?(?:[\s-]*olds?)?|yrs?|yo)\b"
_UP_TO = r"(?:under|op til|indtil|do|pod|up to|below)\b\s*"
_OVER = r"(?:over|fra|ældre end|nad|od|starejš\w+ od|from|older than|above)\b\s*"
_AGE = r"(\d{1,2})"
_RANGE = re.compile(
    rf"(?:{_AGED}(?:{_FROM})?{_AGE}{_TO}{_AGE}(?:{_YEARS})?|(?:{_FROM})?{_AGE}{_TO}{_AGE}{_YEARS})(?:\s+(?:gamle|stari|old))?",
    re.IGNORECASE,
)
_UNDER = re.compile(rf"(?:{_AGED})?{_UP_TO}{_AGE}{_YEARS}", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:{_AGED})?{_OVER}{_AGE}{_YEARS}(?:\s+(?:og op|naprej|and (?:over|up)))?", re.IGNORECASE)
_ONE = re.compile(rf"{_AGE}{_YEARS}", re.IGNORECASE)
_CHILDREN_TO, _YOUNG_FROM, _YOUNG_TO, _GROWN_UP, _OLD_FROM, _OLDEST = 14, 12, 30, 18, 50, 99

OF_SOME_AGE = frozenset(
    {"children", "young_people", "older_people", "adults", "girls", "boys", "students", "families", "general_public"}
    | {"bilingual_children", "vulnerable_children", "nursing_home_residents", "foster_families"}
)
"""Target groups whose age is said by their name."""


def groups_by_age(text: str) -> tuple[tuple[str, ...], str]:
    """Returns the target groups of which `text` says the age, in whichever language, and the text without the ages.

    Nothing where it says no age, or one that stretches over everybody.
    """
    for pattern in (_RANGE, _ABOVE, _UNDER, _ONE):
        if match := pattern.search(text):
            ages = [int(each) for each in match.groups() if each is not None]
            first, last = ages[0], ages[-1]
            if pattern is _UNDER:
                first = 0 if last <= _CHILDREN_TO else _YOUNG_FROM
            last = _OLDEST if pattern is _ABOVE else last
            return _groups(first, last), f"{text[: match.start()]} {text[match.end() :]}"
    return (), text


def _groups(first: int, last: int) -> tuple[str, ...]:
    if first > last:
        return ()
    if first >= _OLD_FROM:
        return ("older_people",)
    if last <= _CHILDREN_TO:
        return ("children",)
    if first >= _YOUNG_FROM and last <= _YOUNG_TO:
        return ("young_people",)
    if first < _YOUNG_FROM and last < _YOUNG_TO:
        return ("children", "young_people")
    return ("adults",) if first >= _GROWN_UP else ()
