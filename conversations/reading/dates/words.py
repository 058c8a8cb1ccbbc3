"""The words of dates in Danish, Slovenian and English, as folded text, and what each stands for.

A code is a letter for the kind and its value: `m3` March, `s21` spring, `d0` Monday, `u` a unit of time, `r-1` last,
`D-1` yesterday, `h` a holiday, `o2` second, `T` for words that stand for a place in time. What a code without a value
stands for is told beside it.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from conversations.reading.text import fold

SINCE, UNTIL, ONWARDS, AGO, IN, FOR, NOW = "since", "until", "onwards", "ago", "in", "for", "now"
START, MIDDLE, END, FIRST_DAYS, LAST_DAYS = "start", "middle", "end", "primo", "ultimo"
AND, BETWEEN, ABOUT, IDLE, BEFORE, AFTER, NOT, RECENT = (
    "and", "between", "about", "idle", "before", "after", "not", "recent",
)  # fmt: skip
BEGAN, ENDED = "began", "ended"
EVERY = "every"
"""What follows comes again and again: "every Tuesday" is no day."""

_MONTHS = {
    "da": "jan januar janur|feb februar febuar febr|mar marts mart|apr april|maj|jun juni|juli|aug august|"
    "sep sept september|okt oktober|nov november|dec december",
    "sl": "jan januar januarja januarju januarjem prosinec|feb februar februarja februarju februarjem svečan|"
    "mar marec marca marcu marcem|apr april aprila aprilu aprilom|maj maja maju majem|"
    "jun junij junija juniju junijem rožnik|jul julij julija juliju julijem|avg avgust avgusta avgustu avgustom|"
    "sep sept september septembra septembru septembrom|okt oktober oktobra oktobru oktobrom|"
    "nov november novembra novembru novembrom|dec december decembra decembru decembrom",
    "en": "jan january|feb february febuary|mar march|apr april|may|jun june|jul july|aug august|"
    "sep sept september|oct october|nov november|dec december",
}
_SEASONS = {
    "da": "forår foråret forårs forårssæson forårssæsonen forårssemester forårssemesteret|"
    "sommer sommeren sensommer sensommeren højsommer forsommer forsommeren|efterår "
    "efteråret efterårs efterårssæson efterårssæsonen efterårssemester efterårssemesteret|vinter vinteren",
    "sl": "pomlad pomladi spomladi pomladni pomladjo|poletje poletja poleti poletju poletjem poletni|"
    "jesen jeseni jesensko jesenski jesenjo|zima zime zimi pozimi zimo zimski",
    "en": "spring springtime|summer summertime|autumn fall|winter wintertime",
}
_WEEKDAYS = {
    "da": "mandag mandagen mandags|tirsdag tirsdagen tirsdags|onsdag onsdagen onsdags|torsdag torsdagen torsdags|"
    "fredag fredagen fredags|lørdag lørdagen lørdags|søndag søndagen søndags",
    "sl": "ponedeljek ponedeljka ponedeljku ponedeljkom|torek torka torku|sreda sredo srede|"
    "četrtek četrtka četrtku|petek petka petku|sobota soboto sobote soboti|nedelja nedeljo nedelje nedelji",
    "en": "monday mon|tuesday tue tues|wednesday wed weds|thursday thu thur thurs|friday fri|saturday sat|sunday",
}
_UNITS = {
    "da": {"day": "dag dage dagen dages", "week": "uge uger ugen ugers ugens", "month": "mdr måned måneder måneden "
    "månedens",
           "year": "år året årets års", "quarter": "kvartal kvartalet kv kvt",
           "half": "halvår halvåret halvdel halvdelen",
           "school": "skoleår skoleåret skoleårets studieår studieåret sæson sæsonen", "weekend": "weekend weekenden",
           "decade": "årti årtier"},
    "sl": {"day": "dan dneh dnevih dni dnevom dneva dnevi dnevoma dnem", "week": "teden tednih tednom tedna tednu "
    "tedne tednov tednoma "
    "tedni tednom",
           "month": "mesec mesecih mesecem meseca mesecu mesece mesecev mesecema meseci",
           "year": "leto leta letu leti let letoma leti letom", "quarter": "četrtletje četrtletja četrtletju kvartal "
           "kvartala kvartalu trimesečje trimesečju", "half": "polletje polletja polletju polovica polovici "
           "polovico polovice",
           "weekend": "vikend vikenda", "decade": "desetletje desetletja desetletji desetletjem"},
    "en": {"day": "day days", "week": "week weeks wk", "month": "month months mths", "year": "year years yr yrs",
           "quarter": "quarter qtr", "half": "half-year", "weekend": "weekend", "decade": "decade decades"},
}  # fmt: skip
_ORDINALS = {
    "da": "første 1ste|anden andet 2den|tredje 3dje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte elvte|"
    "tolvte|trettende|fjortende|femtende|sekstende|syttende|attende|nittende|tyvende|enogtyvende|toogtyvende|"
    "treogtyvende|fireogtyvende|femogtyvende|seksogtyvende|syvogtyvende|otteogtyvende|niogtyvende|tredivte|"
    "enogtredivte",
    "sl": "prv|drug|tretj|četrt|pet|šest|sedm|osm|devet|deset|enajst|dvanajst|trinajst|štirinajst|petnajst|šestnajst|"
    "sedemnajst|osemnajst|devetnajst|dvajset|enaindvajset|dvaindvajset|triindvajset|štiriindvajset|petindvajset|"
    "šestindvajset|sedemindvajset|osemindvajset|devetindvajset|trideset|enaintrideset",
    "en": "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    "fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth",
}
_SLOVENIAN_ENDINGS = {"prv": "i a o e ega em", "drug": "i a o e ega em", "tretj": "i a e ega em",
                      "četrt": "i a o e ega em"}  # fmt: skip
"""From "petega" on only the form in which the days of a month stand: peta and peto are too near to Friday."""
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "da": {
        SINCE: "siden|fra|fra og med|lige siden|allerede i|helt siden|siden begyndelsen af",
        UNTIL: "indtil|til|til og med|frem til|senest|inden udgangen af|tom|t o m|inden for|helt til|op til",
        ONWARDS: "og frem|og fremefter|og fremad|frem|fremefter|og fremover",
        AGO: "tilbage|siden dengang",
        FOR: "for|i",
        IN: "om",
        IDLE: "lige nu|nu her|foreløbig|foreløbigt|indtil videre|et sted",
        NOW: "nu|i dag|nutiden|dags dato",
        START: "tidligt|tidlig|først i|først på|tidligt i",
        MIDDLE: "midten|midten af|midt i|midt på|medio",
        END: "sidst i|sidst på|sent|sen|sent i",
        FIRST_DAYS: "primo|begyndelsen|begyndelsen af|starten|starten af|i starten af|start|begyndelse",
        LAST_DAYS: "ultimo|slutningen|slutningen af|slutning|enden af|udgangen af|udgang|slut|ved udgangen af|"
        "inden udgangen af",
        AND: "og|&",
        BETWEEN: "mellem|imellem",
        ABOUT: "ca|cirka|circa|omkring|omtrent|vist omkring|sådan cirka|knap|knapt|godt|snart|næsten|lidt over|lidt "
        "under|"
        "eller deromkring|eller der omkring|deromkring|lidt mere end",
        BEFORE: "før|inden|forud for",
        AFTER: "efter",
        NOT: "ikke",
        EVERY: "hver|hvert|om mandagen|om tirsdagen|om onsdagen|om torsdagen|om fredagen|om lørdagen|om søndagen|alle",
        RECENT: "for nylig|fornylig|for kort tid siden|for længe siden|længe",
        BEGAN: "startede|begyndte|starter|begynder|åbnede|åbner|start|startet|begyndt|startes|lanceret|lancerede|"
        "kørt|"
        "opstart|gik i gang|går i gang|løb fra|kører fra|etableret|oprettet|indviet",
        ENDED: "sluttede|slutter|afsluttes|afsluttede|afsluttet|stoppede|stopper|ophørte|ophører|lukkede|lukker|slut",
        "r-2": "forrigste|forforrige",
        "r-1": "sidste|forrige|seneste|i fjor|afvigte|forgangne|forløbne",
        "r0": "dette|denne|indeværende|nuværende|i det her|den her",
        "r1": "næste|kommende|det kommende|den kommende|den næste|det næste|til næste|i det næste|i næste",
        "R22": "i sommers",
        "R24": "i vinters",
        "y0": "hele året|hele dette år|i år|iår|dette år|i indeværende år",
        "y-1": "sidste år|i fjor|ifjor|forrige år",
        "y-2": "i forfjor|forfjor|for to år siden|året før sidste år|forrige års",
        "y1": "næste år|til næste år|det kommende år",
        "W0": "denne uge|i denne uge|indeværende uge",
        "W-1": "sidste uge|forrige uge|i sidste uge|den forgangne uge|forgangne uge|den forløbne uge|ugen der gik",
        "W1": "næste uge|i næste uge",
        "M0": "denne måned|i denne måned",
        "M-1": "sidste måned|forrige måned|i sidste måned",
        "M1": "næste måned|i næste måned",
        "D0": "i dag|idag|dags dato",
        "D-1": "i går|igår",
        "D-2": "i forgårs|i forgars",
        "D1": "i morgen|imorgen",
        "D2": "i overmorgen|overmorgen",
        "Mend": "månedens udgang|månedens slutning|slutningen af måneden|udgangen af måneden|ultimo måneden|"
        "sidst på måneden|månedsskiftet|udgangen af denne måned|sidst i måneden|den sidste i måneden",
        "Yend": "året ud|hele året ud|resten af året|"
        "når året er omme|året er omme|årets udgang|årets slutning|årsskiftet|slutningen af året|udgangen "
        "af året|årsskifte|årets ende|"
        "inden året er omme|sidst på året|slut på året",
        "Wend": "slutningen af ugen|ugens udgang|sidst på ugen|ugens slutning|udgangen af ugen|i slutningen af ugen",
        "h:xmas": "jul|julen|juletid|juledagene",
        "h:xmaseve": "juleaften|juleaftensdag",
        "h:newyear": "det nye år|nytår|nytåret|nytårsdag|nytårs",
        "h:newyearseve": "nytårsaften",
        "h:easter": "påske|påsken|påskeferien",
        "h:pentecost": "pinse|pinsen",
        "h:ascension": "kristi himmelfart",
        "h:shrovetide": "fastelavn",
        "h:midsummer": "sankthans|sankt hans|skt hans|sct hans|sankthansaften|skt hans aften|sankt hans aften|"
        "sanct hans",
        "h:constitution": "grundlovsdag",
        "h:autumnbreak": "efterårsferien|efterårsferie",
        "h:winterbreak": "vinterferien|vinterferie",
        "h:summerbreak": "sommerferien|sommerferie",
        "h:schoolstart": "skolestart|skoleårets start|skoleårets begyndelse|starten af skoleåret|skoleårsstart|"
        "semesterstart|sæsonstart|begyndelsen af skoleåret",
        "h:schoolend": "skoleåret slutter|skoleåret er slut|skoleårets afslutning|slutningen af skoleåret|"
        "skoleårets slutning|skoleårets udgang",
    },
    "sl": {
        SINCE: "od|vse od|že od|odkar|po|od začetka",
        UNTIL: "do|vse do|tja do|najkasneje do|najpozneje do|najkasneje|najpozneje|do vključno|rok do|rok je",
        ONWARDS: "naprej|dalje|in naprej|in dalje",
        AGO: "nazaj",
        FOR: "pred|že",
        IN: "čez|v roku",
        IDLE: "za zdaj|zaenkrat|trenutno",
        NOW: "zdaj|sedaj|danes",
        START: "zgodaj",
        FIRST_DAYS: "začetek|začetku|začetka|v začetku|na začetku|začetkom|od začetka",
        MIDDLE: "sredi|sredina|sredini|v sredini|sredine",
        END: "pozno|proti koncu",
        LAST_DAYS: "konec|koncu|konca|ob koncu|na koncu",
        AND: "in|ter",
        BETWEEN: "med",
        ABOUT: "okoli|okrog|približno|nekje okoli|nekje|cca|ca|cirka|tam okoli|nekako|skoraj|dobri|dobra|dobro|"
        "dobrih|"
        "slabi|slaba|slabo|kakšna|kakšni|kakšne|kakih|kakšnih|ali tako|ali tam okoli|malo več kot|malo manj kot",
        BEFORE: "pred",
        AFTER: "po",
        NOT: "ne|ni|nismo",
        EVERY: "vsak|vsako|vsaka|vsakih|vsake|vsakega|vsaki|ob",
        RECENT: "nedavno|pred kratkim|dolgo|že dolgo",
        BEGAN: "začeli|začele|začeta|začeto|pričeli|pričel|pričela|pričelo|pričnemo|štartali|startali|zagnali|"
        "uvedli|vzpostavili|ustanovili|stekla|stekli|začel|začelo|začetek|začne|začnemo|začela|začetka|"
        "odprli|odprto|stekel|steklo|steče|poteka|"
        "začnejo|"
        "izvajamo|delujemo|deluje",
        ENDED: "končali|končalo|končal|konča|končamo|zaključil|zaključila|zaključile|zaključen|zaključena|"
        "zaključeno|prenehal|prenehala|prenehali|prenehalo|ugasnil|ugasnila|ugasnilo|zaključili|zaključek|"
        "zaključimo|končano|zaključilo|zaključi|"
        "zaključek bo|končala",
        "r-1": "zadnjih|preteklih|prejšnjih|minulih|prejšnji|prejšnja|prejšnje|prejšnjo|prejšnjega|"
        "prejšnjem|prejšnjim|pretekli|pretekla|preteklo|"
        "preteklega|"
        "preteklem|minuli|minulo|minulega|minulem|zadnji|zadnje|zadnja|zadnjem|"
        "zadnjim",
        "r0": "ta|to|tem|tega|letošnji|letošnje|letošnjo|letošnja|letošnjega|letošnjem|tekoči|tekoče|tekočem|tekočega",
        "r1": "prihodnjih|naslednjih|prihodnji|prihodnje|prihodnja|prihodnjega|prihodnjem|prihodnjo|naslednji|"
        "naslednje|naslednja|"
        "naslednjega|"
        "naslednjem|naslednjo|prihajajoči|prihajajoče|prihajajočo|prihodnjim|naslednjim",
        "y0": "letos|letošnje leto|to leto|v tem letu|tega leta|v letošnjem letu|tekoče leto|v tekočem letu",
        "y-1": "lani|lansko|lanskega|lanski|lanske|lanska|lanskem|lanskim|lansko leto|prejšnje leto|preteklo leto|"
        "lanskega leta|v lanskem letu|v prejšnjem letu|"
        "v preteklem letu|prejšnjega leta|minulo leto",
        "y-2": "predlani|predlanskim|predlansko leto",
        "y1": "drugo leto|prihodnje leto|naslednje leto|prihodnjega leta|naslednjega leta|v prihodnjem letu|"
        "v naslednjem letu|k letu|drugega leta",
        "W0": "ta teden|tega tedna|v tem tednu",
        "W-1": "prejšnji teden|pretekli teden|minuli teden|zadnji teden|prejšnjega tedna|v prejšnjem tednu|"
        "v preteklem tednu",
        "W1": "naslednji teden|prihodnji teden|drugi teden|v naslednjem tednu|naslednjega tedna|prihodnjega tedna",
        "M0": "ta mesec|tega meseca|v tem mesecu|tekoči mesec",
        "M-1": "prejšnji mesec|pretekli mesec|minuli mesec|zadnji mesec|prejšnjega meseca|v prejšnjem mesecu|"
        "v preteklem mesecu",
        "M1": "naslednji mesec|prihodnji mesec|drugi mesec|v naslednjem mesecu|naslednjega meseca|prihodnjega meseca",
        "D0": "danes|danes zvečer",
        "D-1": "včeraj",
        "D-2": "predvčerajšnjim",
        "D1": "jutri",
        "D2": "pojutrišnjem",
        "Mend": "konec meseca|konca meseca|koncu meseca|konec tega meseca|konca tega meseca|koncem meseca",
        "Yend": "ob koncu leta|na koncu leta|konec leta|konca leta|koncu leta|konec tega leta|konca tega leta|"
        "izteka leta|koncem leta|iztek leta",
        "Wend": "konec tedna|konca tedna|koncu tedna|konec tega tedna|konca tega tedna",
        "usc": "šolsko leto|šolskem letu|šolskega leta|študijsko leto|študijskem letu|študijskega leta|sezona|sezoni|"
        "sezono|sezone|šolskim letom|šolskemu letu|šol leto|š l",
        "h:xmas": "božič|božiču|božiča|božičem|božični prazniki|božičnih praznikov|božični čas",
        "h:xmaseve": "božični večer",
        "h:newyear": "novo leto|novega leta|novem letu|novim letom|novemu letu",
        "h:newyearseve": "silvestrovo|silvestrovega|silvester",
        "h:easter": "velika noč|velike noči|veliki noči|veliko noč|velikonočni prazniki|velikonočnih praznikih",
        "h:pentecost": "binkošti|binkoštih",
        "h:shrovetide": "pust|pusta|pustu",
        "h:holidays": "praznikih|prazniki|praznikov|novoletnih praznikih|novoletnih praznikov|novoletni prazniki",
        "h:culture": "kulturni praznik|prešernov dan|kulturnem prazniku|kulturnega praznika|prešernovem dnevu",
        "h:martin": "martinovo|martinovem",
        "h:summerbreak": "poletne počitnice|poletnih počitnic|poletnih počitnicah|počitnice|počitnic|počitnicah|"
        "poletnimi počitnicami",
        "h:schoolstart": "od začetka šolskega leta|začetek šolskega leta|začetku šolskega leta|začetkom šolskega "
        "leta|začetka šolskega leta|"
        "začetek pouka|začetkom pouka",
        "h:schoolend": "konec pouka|konca pouka|se konča šolsko leto|konec šolskega leta|konca šolskega leta|koncu "
        "šolskega leta|koncem šolskega leta",
    },
    "en": {
        SINCE: "since|from|ever since|as of|as from|starting|starting from|going since|started|running since|beginning",
        UNTIL: "until|till|to|up to|by|through|up until|thru|no later than|latest|ending|before the end of|due by|due",
        ONWARDS: "onwards|onward|and on|on|forward|and onwards",
        AGO: "ago|back|earlier|before now",
        FOR: "for|for about|for the last|for the past|over the last|for over|for nearly|past|running for|about",
        IN: "in|in about|within|after",
        IDLE: "may be|may have been|maybe|it may|we may|for now|right now|as of now",
        NOW: "now|today|the present|the present day",
        START: "early|early in|the early part of",
        FIRST_DAYS: "start|start of|the start of|beginning|beginning of|the beginning of|at the start of|"
        "at the beginning of",
        MIDDLE: "middle|middle of|mid|the middle of|midway through",
        END: "late|late in|towards the end of|later in",
        LAST_DAYS: "end|end of|the end of|at the end of|by the end of|close of|the close of",
        AND: "and|&",
        BETWEEN: "between",
        ABOUT: "or so|or thereabouts|ish|almost|nearly|just over|just under|a little over|a bit over|more than|"
        "about|around|circa|c|ca|roughly|approximately|approx|somewhere around|around about|sometime around",
        BEFORE: "before|ahead of|prior to",
        AFTER: "after",
        NOT: "not|never",
        EVERY: "every|each|on mondays|on tuesdays|on wednesdays|on thursdays|on fridays|on saturdays|on sundays",
        RECENT: "recently|a while ago|long ago|ages ago|some time ago|just now|a long time",
        BEGAN: "will start in|will start|to start in|start in|starts in|started|began|begun|start|starts|begins|"
        "launched|opened|opens|kicked off|kick off|beginning|launch|"
        "running since|established|set up|first run|up and running|starting|ran from",
        ENDED: "will end in|will end|to end in|end in|end on|ends in|ended|ends|finished|finishes|finish|stopped|"
        "stops|closed|closes|concluded|concludes|wrapped up|end",
        "r-2": "before last",
        "r-1": "last|previous|past|the last|the previous|the past",
        "r0": "this|the current|current",
        "r1": "next|coming|the coming|the next|this coming|upcoming|the upcoming|following|the following",
        "y0": "all year|the whole year|the whole of this year|this year|the current year|this calendar year",
        "y-1": "last year|the previous year|previous year|the year before|the past year",
        "y-2": "the year before last|year before last",
        "y1": "next year|the coming year|the following year|the new year coming",
        "W0": "this week|the current week",
        "W-1": "last week|the past week|past week|previous week|the previous week|the last week",
        "W1": "next week|the coming week|coming week",
        "M0": "this month|the current month",
        "M-1": "last month|past month|the past month|previous month|the previous month|the last month",
        "M1": "next month|the coming month",
        "D0": "today|tonight",
        "D-1": "yesterday",
        "D-2": "the day before yesterday|day before yesterday",
        "D1": "tomorrow",
        "D2": "the day after tomorrow|day after tomorrow",
        "Mend": "end of the month|the end of the month|end of month|month end|end of this month|the end of this "
        "month|"
        "eom|last day of the month|the last day of the month|the month s end|last of the month",
        "Yend": "end of the year|the end of the year|year end|end of year|end of this year|the end of this year|"
        "years end|"
        "the year s end|year s end|the years end|the end of year",
        "Wend": "end of the week|the end of the week|end of this week|the end of this week|week s end|end of week|eow",
        "usc": "school year|academic year|school season|season|the school year|study year|schoolyear",
        "s21": "spring term|the spring term|spring semester|the spring semester",
        "s22": "summer term|the summer term",
        "s23": "autumn term|the autumn term|fall term|fall semester|autumn semester|the autumn semester",
        "ufn": "fortnight|a fortnight|fortnights",
        "uh": "half|half of|half-year|half year",
        "h:xmas": "christmas|xmas|christmas time|the christmas holidays|christmas holidays",
        "h:xmaseve": "christmas eve",
        "h:xmasday": "christmas day",
        "h:newyear": "new year|the new year|new years|new year s|new years day|new year s day",
        "h:newyearseve": "new years eve|new year s eve",
        "h:easter": "easter|easter sunday|easter time",
        "h:pentecost": "pentecost|whitsun",
        "h:holidays": "the holidays|holidays",
        "h:midsummer": "midsummer",
        "h:halloween": "halloween",
        "h:valentine": "valentines|valentine s day|valentines day",
        "h:summerbreak": "the summer holidays|summer holidays|the summer holiday|summer break",
        "h:schoolstart": "start of the school year|the start of the school year|beginning of the school year|"
        "the beginning of the school year|back to school|start of term",
        "h:schoolend": "the school year ends|school year ends|end of the school year|the end of the school year|end "
        "of the academic year",
    },
}
_IDLE = {
    "da": "den d de det dato på i af år året kl klokken dagen vi har er var blev skal skulle vil bliver senere "
    "engang "
    "regner forventer håber planlægger planlagt planen målet starte begynde slutte omkring vist sikkert nok måske "
    "cirka måned der at som skulle forventet forventes som sidst dag frist fristen deadline svarfrist tak ja hej "
    "uge perioden fra gang allerede faktisk helt så rigtig først cirka gik starter begynder startede begyndte "
    "hele flyttet rykket udskudt udsat "
    "et en skal være kører kørt lige igen samme løbet projektet projekt tilbuddet til at med tid tids",
    "sl": "dne leta leto letu v na se je smo bo bomo bodo naj bi bila bilo začeli začel začelo začetek začnemo začne "
    "začetka ob mesec meseca mesecu že dan ura ure ob okvirno predvidoma verjetno mogoče morda rok do z s "
    "načrtujemo upamo potekalo poteka prvič enkrat nekje tam tja ja prosim hvala končno zaključek konec "
    "celo celoten cel ves prestavljeno prestavljen prestavljena prestavili "
    "dejavnost projekt program odprli odprtje ki za obdobje obdobju pa bil bili",
    "en": "the on of in at it we was were is are has have been will would be should it s its day around about "
    "started "
    "began start starts starting begin begins hopefully probably maybe perhaps planned plan hope hoping expect "
    "expected expecting sometime some time or so i think first back year years deadline please yes during over "
    "ran run running launched opened kicked off was month then when way that project for us our "
    "there up going just all whole moved postponed delayed",
}
_WEAK = frozenset({BEGAN, ENDED, NOW, FOR})
"""Codes that a phrase has only if it has no other: "start" is rather the start of a year than something that "
"began."""
LONGEST_PHRASE = 6


def _month_codes(language: str) -> dict[str, str]:
    return {
        fold(word): f"m{number}"
        for number, words in enumerate(_MONTHS[language].split("|"), 1)
        for word in words.split()
    }


@cache  # what readers of every language know is there only once
def _codes_of(language: str) -> dict[tuple[str, ...], str]:
    """The phrases of one language, each with its code; what is said twice has the code that stands later."""
    table: dict[tuple[str, ...], str] = {(fold(word),): IDLE for word in _IDLE[language].split()}
    for code, phrases in _PHRASES[language].items():
        for phrase in phrases.split("|"):
            said = tuple(fold(phrase).split()) or (phrase,)
            if code not in _WEAK or table.get(said, IDLE) == IDLE:
                table[said] = code
            if language == "en" and code.endswith("end") and len(code) == len("Yend"):
                table |= {(before, *said): code for before in ("by", "at", "towards", "until", "before")}
    for unit, words in _UNITS[language].items():
        table |= {tuple(fold(word).split()): f"u{unit}" for word in words.split()}
    for number, words in enumerate(_SEASONS[language].split("|"), 1):
        table |= {(fold(word),): f"s2{number}" for word in words.split()}
    for number, words in enumerate(_ORDINALS[language].split("|"), 1):
        table |= {(fold(word),): f"o{number}" for word in _forms(words, language)}
    for number, words in enumerate(_WEEKDAYS[language].split("|")):
        table |= {(fold(word),): f"d{number}" for word in words.split()}
    table |= {(word,): code for word, code in _month_codes(language).items()}
    return table


def _forms(words: str, language: str) -> list[str]:
    """The forms of an ordinal."""
    if language != "sl":
        return words.split()
    return [words + ending for ending in _SLOVENIAN_ENDINGS.get(words, "ega").split()]


@lru_cache(maxsize=4)
def codes(language: str) -> Mapping[tuple[str, ...], str]:
    """Returns the code of each phrase for a reader of `language`, whose own words come before those of the others."""
    table: dict[tuple[str, ...], str] = {}
    for each in ("en", "da", "sl"):
        if each != language:
            known = _codes_of(each)
            table |= {phrase: code for phrase, code in known.items() if code != IDLE}
    table = {phrase: code for phrase, code in table.items() if len(phrase) > 1 or phrase[0] not in _ONLY_OWN}
    return table | _codes_of(language)


_ONLY_OWN = frozenset({"to", "i", "in", "on", "med", "for", "po", "ta", "do", "ni", "til", "past", "dan", "c", "ca",
"jul",
                       "about", "by", "den", "om", "leti", "sat", "sun", "wed", "mon", "back",
                       "start", "mid", "due", "slut", "sen", "let", "half", "sreda", "sredi", "pust",
                       "kv"})  # fmt: skip
"""Words that mean a time in one language, and something else in another."""


@lru_cache(maxsize=4)
def month_words(language: str) -> Mapping[str, int]:
    """Returns the names of the months, for comparing with misspelt ones; the reader's own language last."""
    table: dict[str, int] = {}
    for each in (*(each for each in ("en", "da", "sl") if each != language), language):
        table |= {word: int(code[1:]) for word, code in _month_codes(each).items()}
    return table
