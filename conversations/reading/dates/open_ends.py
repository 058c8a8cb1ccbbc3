"""Answers about a time that name none: not decided yet, and no end at all."""

from functools import lru_cache
from typing import Literal, TypeAlias

from conversations.reading.numbers.words import order_of
from conversations.reading.text import words_of

OpenEnd: TypeAlias = Literal["undecided", "permanent", "either"]

_UNDECIDED = {
    "da": "når projektet slutter|når projektet er slut|når forløbet|så snart|ikke fastlagt|ikke fast endnu|står "
    "ikke fast|ikke besluttet|ikke afklaret|ikke bestemt|ikke afgjort|"
    "ikke endnu|endnu ikke|ved ikke endnu|"
    "ved det ikke endnu|ved vi ikke endnu|ukendt|uvist|uafklaret|ubesluttet|ikke sat|ikke kendt|"
    "ikke på plads|når projektmidlerne|når midlerne|når pengene|så længe der er|så længe vi har|så længe vi kan|"
    "så længe bevillingen|til bevillingen|når bevillingen er|bliver forlænget|forlænges|"
    "måske forlænget|så længe det går|så længe der kommer|når de frivillige|så længe de frivillige|"
    "til der ikke er flere penge|"
    "kommer an på|afhænger af|kommer senere|tbd|tba|ikke klar|må vi se|det må tiden vise|"
    "til pengene slipper op|til midlerne|vi håber at fortsætte|under afklaring|under overvejelse|mangler dato|"
    "ingen dato|ikke nogen dato|ikke sikker|ikke sikre|usikkert|vi ved det ikke|ved ikke hvornår|ved vi ikke|"
    "ved det ikke|"
    "ikke taget stilling|senere|engang|på et tidspunkt|når vi får|når vi finder|når vi har|når der er|snart|"
    "hvis vi får|"
    "ved det snart|skal aftales|ikke aftalt|aftales|det er åbent|endnu uvist|afventer|venter på|"
    "ikke lagt os fast|ikke lagt fast|ikke fundet ud af|hurtigst muligt|snarest|snarest muligt|så hurtigt som muligt|"
    "har ikke en dato|dato følger|mangler en dato|datoen mangler|ikke datosat|ikke aftalt endnu",
    "sl": "ko se projekt|ob koncu projekta|takoj ko|ni določeno|ni določen|ni določena|ni znano|ni znan|še ne vemo|"
    "še ne vem|ne vemo še|ne vem še|ni odločeno|"
    "ni jasno|ni dogovorjeno|neznano|nedoločeno|bomo videli|še ni|še ne|odvisno od|dokler bo|dokler bodo|dokler "
    "imamo|"
    "ko bo denar|ko zmanjka|ko porabimo|ko bomo dobili|ko dobimo|ko najdemo|ko bo|če dobimo|v dogovoru|se "
    "dogovarjamo|"
    "še usklajujemo|usklajujemo|ni datuma|brez datuma|kasneje|pozneje|enkrat|kmalu|ni še|nismo še|se še|"
    "čakamo|tbd|ne vemo kdaj|ni odločitve|še odprto|ne vemo|še v načrtovanju|ni gotovo|se bo videlo|"
    "dokler traja financiranje|dokler bo interes|še nimamo|nimamo datuma|datuma nimamo|datuma ni|datum sledi|datum še|"
    "sporočimo|naknadno|ko bodo|ko bomo|ni potrjeno|ni potrjen|nepotrjeno|ni fiksno|ni fiksirano|v usklajevanju|"
    "nismo določili|niso določili|nismo se odločili|nismo še določili|čim prej|čimprej|v fazi dogovora|"
    "pod vprašajem|nimamo pojma|pojma nimamo|nejasno|ni izbran|dokler ne",
    "en": "when the project|as soon as|not decided|dunno yet|dunno|undecided|not yet|not known|unknown|tbd|tba|tbc|"
    "to be decided|"
    "to be confirmed|to be determined|"
    "to be announced|not sure|don't know yet|do not know yet|dont know yet|unclear|not set|not fixed|no date|"
    "not settled|"
    "depends on|depending on|as long as|when the money|when the funding|until the money|until the funding|"
    "while the funding|while funding|we'll see|we will see|remains to be seen|haven't decided|have not decided|"
    "not confirmed|not agreed|still open|up in the air|no idea|once we|when we get|when we find|"
    "when we have|"
    "if we get|later|soon|some day|someday|at some point|waiting for|awaiting|yet to be|hasn't been decided|"
    "has not been decided|undetermined|don't know when|still deciding|still discussing|still to be|uncertain|"
    "not been decided|not been set|under discussion|being discussed|depends|"
    "haven't sorted|haven't got round|as soon as possible|asap|to follow|date to come|no firm date|"
    "haven't got a date|have no date|haven't set|not finalised|not finalized",
}
_PERMANENT = {
    "da": "permanent|uendeligt|uendelig|vi stopper ikke|fast tilbud|fast aktivitet|fast del|løbende|for altid|altid|"
    "ingen ende|ingen slutdato|ingen "
    "slut|"
    "uden slutdato|uden ende|slutter ikke|slutter aldrig|aldrig|fortsætter|bliver ved|kører videre|varig|varigt|"
    "vedvarende|"
    "stadig|kontinuerligt|kontinuerlig|hele tiden|fast|er fast|"
    "kører bare|evig|evigt|for evigt|ubegrænset|tidsubegrænset|ingen udløbsdato|drift|i "
    "drift|"
    "på ubestemt tid|ingen afslutning|ikke nogen ende|ikke nogen slutdato|stopper ikke|ikke slut|der er ikke nogen",
    "sl": "za vedno|v nedogled|dolgoročno|redni program|redno|stalna|stalno|stalen|stalni|trajno|trajna|trajen|"
    "trajni|traja|še traja|poteka|še poteka|"
    "se nadaljuje|"
    "nadaljujemo|ni konca|brez konca|nima konca|neomejeno|za nedoločen čas|redna dejavnost|redna|kar naprej|naprej|"
    "vedno|nikoli|ni predviden|ni predvidenega|brez časovne omejitve|brez datuma konca|konca ni|"
    "se ne konča|ne bo konca|ves čas|permanentno|tekoče|ni končnega datuma|kontinuirano|nepretrgoma|ni zaključka|"
    "brez zaključka|teče naprej|ne bo se|se ne bo|ni predvidenega konca|se ne zaključi|ne konča se|ne zaključi se|"
    "stalna storitev|še vedno|ga ni|ni ga|konca ne bo|konca ni predvidenega|nameravamo nadaljevati",
    "en": "permanent|ongoing|long term|no end|for ever|forever|no end date|never|never ends|indefinite|indefinitely|"
    "continuous|"
    "continuing|continues|carries on|goes on|open ended|openended|does not end|doesn't end|always|still running|"
    "until further notice|all the time|rolling|no stop|regular offer|fixed offer|"
    "here to stay|won't end|will not end|no fixed end|without end|no finish|keeps going|keep going|not ending|"
    "part of our regular|standing offer|in perpetuity|runs on|year round|all year|there isn't one|there is none|"
    "no there isn't|no there is not|perpetual|no closing date|never ending|it just goes on|not going to end|"
    "evergreen",
}
_EITHER = {
    "da": "ikke planlagt|ingen planer|håber|ikke som det ser ud|ikke umiddelbart|indtil videre|foreløbig ikke|ikke "
    "foreløbig|ikke lige nu|ikke for nuværende|ikke nu",
    "sl": "ni načrtovano|ni v načrtu|ni načrtov|upamo|do nadaljnjega|zaenkrat ne|za zdaj ne|trenutno ne|zaenkrat ni|"
    "za zdaj ni|ne še",
    "en": "not planned|no plans|no plan|hope|not that we know|until further notice|not for now|not at the moment|"
    "not currently|not right now|not as such|for now no|"
    "for the time being",
}
_NO = {
    "da": "nej|nix|niks|nope|næ|nej tak|nej det er der ikke|nej slet ikke|ingen|ikke|nul",
    "sl": "ne|ni|nima|ni ga|ne ni|nikakor|nope|noben",
    "en": "no|nope|nah|none|not really|no there isn't|nil|no it isn't|nothing",
}


def read_open_end(text: str, language: str) -> OpenEnd | None:
    """Returns "undecided" or "permanent" if that is what `text` says of an end or a start; None if neither.

    A plain "no" to the question whether there is an end is "permanent", and "until further notice" may be "either".
    """
    words = tuple(words_of(text[:_LONGEST]))
    if not words or len(words) > _MOST_WORDS:
        return None
    for each in order_of(language):
        undecided, permanent, no, either = _phrases(each)
        if words in no and each == language:
            return "permanent"
        if _contains(words, either):
            return "either"
        if _contains(words, undecided) or (each == language and _is_not_yet(words, each)):
            return "permanent" if _begins_with_no_end(words, permanent) else "undecided"
        if _contains(words, permanent):
            return "permanent"
    return None


_NOT = {
    "da": frozenset({"ikke", "ingen", "intet"}),
    "sl": frozenset({"ni", "niso", "nismo", "nisem", "nimamo", "nimam", "ne"}),
    "en": frozenset({"not", "no", "havent", "hasnt", "dont", "didnt", "isnt", "nothing"}),
}
_YET = {"da": frozenset({"endnu"}), "sl": frozenset({"se"}), "en": frozenset({"yet"})}


def _is_not_yet(words: tuple[str, ...], language: str) -> bool:
    """Whether the words say that something is not so yet, and no time: "we haven't got that sorted yet"."""
    said = set(words)
    return not (said.isdisjoint(_NOT[language]) or said.isdisjoint(_YET[language]) or any(map(str.isdecimal, words)))


def beside_open_end(text: str, language: str) -> tuple[str, ...]:
    """Returns the words of `text`, folded, that say nothing of an end or a start: what `read_open_end` leaves out."""
    words = tuple(words_of(text[:_LONGEST]))
    phrases = frozenset[tuple[str, ...]]().union(*(each for one in order_of(language) for each in _phrases(one)))
    taken: set[int] = set()
    for at in range(len(words)):
        for end in range(at + 1, min(len(words), at + _LONGEST_PHRASE) + 1):
            if words[at:end] in phrases:
                taken.update(range(at, end))
    return tuple(word for at, word in enumerate(words) if at not in taken)


def is_doubtful(text: str, language: str) -> bool:
    """Returns whether `text` says that a time in it is not certain, or is that of a review: "maybe", "if"."""
    return any(_contains(tuple(words_of(text[:_LONGEST])), _split(_DOUBTS[each])) for each in (language, "en"))


_DOUBTS = {
    "da": "måske|vist|vist nok|vistnok|nok|sådan|tror|mener|vel|mindst|hvis|eventuelt|evt|evalueres|evalueret|"
    "evaluering|genforhandles|medmindre|eller når|eller til|"
    "muligvis",
    "sl": "morda|mogoče|mislim|najbrž|menda|vsaj|če|verjetno|ocenjujemo|ovrednotenje|evalvacija|razen če|ali ko|"
    "ali dokler",
    "en": "maybe|perhaps|i think|i guess|i believe|probably|at least|possibly|if|unless|evaluated|evaluation|"
    "reviewed|review|or when|or until",
}
_LONGEST = 300
_LONGEST_PHRASE = 8
_MOST_WORDS = 20
_Phrases: TypeAlias = frozenset[tuple[str, ...]]


@lru_cache(maxsize=4)
def _phrases(language: str) -> tuple[_Phrases, _Phrases, _Phrases, _Phrases]:
    tables = (_UNDECIDED, _PERMANENT, _NO, _EITHER)
    undecided, permanent, no, either = (_split(table[language]) for table in tables)
    return undecided, permanent, no, either


def _split(phrases: str) -> _Phrases:
    return frozenset(tuple(words_of(phrase)) for phrase in phrases.split("|"))


def _contains(words: tuple[str, ...], phrases: _Phrases) -> bool:
    return any(words[at:end] in phrases for at in range(len(words)) for end in range(at + 1, len(words) + 1))


def _begins_with_no_end(words: tuple[str, ...], permanent: _Phrases) -> bool:
    """Whether the words begin with what says that there is no end: "ni konca, še vedno"."""
    return any(words[: len(phrase)] == phrase for phrase in permanent)
