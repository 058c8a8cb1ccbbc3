"""The words of dates in Danish, Slovenian and English, as folded text."""

from collections.abc import Iterable, Mapping

from conversations.reading.dates.edtf import AUTUMN, SPRING, SUMMER, WINTER
from conversations.reading.text import fold


def _by_word(table: Mapping[int, str]) -> dict[str, int]:
    return {fold(word): value for value, words in table.items() for word in words.split()}


MONTHS = _by_word(
    {
        1: "jan januar januarja januarju january",
        2: "feb februar februarja februarju february",
        3: "mar mart marts marec marca marcu march",
        4: "apr april aprila aprilu",
        5: "maj maja maju may",
        6: "jun juni junij junija juniju june",
        7: "jul juli julij julija juliju july",
        8: "aug august avg avgust avgusta avgustu",
        9: "sep sept september septembra septembru",
        10: "okt oct oktober oktobra oktobru october",
        11: "nov november novembra novembru",
        12: "dec december decembra decembru",
    }
)
SEASONS = _by_word(
    {
        SPRING: "forår foråret pomlad pomladi spomladi spring",
        SUMMER: "sommer sommeren poletje poletja poleti poletju summer",
        AUTUMN: "efterår efteråret jesen jeseni autumn fall",
        WINTER: "vinter vinteren zima zime zimi pozimi winter",
    }
)


def _phrases(*phrases: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in phrases)


YEARS_FROM_NOW: Mapping[int, Iterable[tuple[str, ...]]] = {
    0: _phrases("i år", "dette år", "letos", "v tem letu", "to leto", "this year"),
    -1: _phrases("sidste år", "forrige år", "i fjor", "lani", "lansko leto", "prejšnje leto", "last year"),
    1: _phrases("næste år", "til næste år", "prihodnje leto", "naslednje leto", "drugo leto", "next year"),
}
MONTHS_FROM_NOW: Mapping[int, Iterable[tuple[str, ...]]] = {
    0: _phrases("denne måned", "ta mesec", "this month"),
    -1: _phrases("sidste måned", "prejšnji mesec", "last month"),
    1: _phrases("næste måned", "naslednji mesec", "next month"),
}
DAYS_FROM_NOW: Mapping[int, Iterable[tuple[str, ...]]] = {
    -1: _phrases("i går", "včeraj", "yesterday"),
    1: _phrases("i morgen", "jutri", "tomorrow"),
}
TODAY = _phrases("i dag", "nu", "danes", "zdaj", "sedaj", "today", "now")

SINCE = _phrases("siden", "fra", "fra og med", "lige siden", "od", "vse od", "since", "from", "ever since")
UNTIL = _phrases("indtil", "til", "til og med", "do", "vse do", "until", "till", "to", "up to", "by")
ONWARDS = _phrases(
    "og frem", "og fremefter", "og fremad", "frem", "naprej", "dalje", "in naprej", "in dalje", "onwards"
)
SCHOOL_YEAR = _phrases(
    "skoleår", "skoleåret", "studieår", "studieåret", "sæson", "sæsonen", "šolsko leto", "šolskem letu",
    "šolskega leta", "študijsko leto", "sezona", "sezoni", "sezono", "school year", "academic year",
)  # fmt: skip

# Words that change nothing: an answer may be a short sentence, and early or late in a year is still that year.
IDLE = frozenset(
    fold(
        "mandag tirsdag onsdag torsdag fredag lørdag søndag ponedeljek torek sreda sredo četrtek petek sobota "
        "soboto nedelja nedeljo monday tuesday wednesday thursday friday saturday sunday "
        "den d dne the on of i in v på af st nd rd th år året leto leta letu l year skoleåret "
        "ca cirka circa omkring okoli okrog približno about around vistnok "
        "begyndelsen starten midten midt slutningen primo ultimo tidligt sent først "
        "začetek začetku sredi sredini konec koncu "
        "beginning start middle mid end early late "
        "det vi har er startede begyndte starter begynder se je smo bo bomo začeli začnemo začelo it we started began"
    ).split()
)
