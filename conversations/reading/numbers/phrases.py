"""The words round a number: those that make it a bound or an estimate, that join two, and that say what is "
"counted."""

from collections.abc import Mapping
from enum import Enum, auto
from functools import cache, lru_cache

from conversations.reading.numbers.words import order_of
from conversations.reading.text import fold


class Mark(Enum):
    """What a word or phrase beside a number says."""

    ABOUT = auto()
    SOFTLY = auto()
    """An estimate, if the number stands alone; a range stays a range."""
    AT_LEAST = auto()
    AT_MOST = auto()
    BETWEEN = auto()
    FROM = auto()
    TO = auto()
    OR = auto()
    AND = auto()
    OR_MORE = auto()
    OR_LESS = auto()
    SOMETIMES = auto()
    OF_THEM = auto()
    """What follows is a part of what was counted before."""
    EACH_TIME = auto()
    IN_ALL = auto()
    PER_YEAR = auto()
    PER_GROUP = auto()
    NOBODY = auto()
    NOT = auto()
    NOT_YET = auto()
    UNKNOWN = auto()
    MANY = auto()
    COUPLE = auto()
    FEW = auto()
    HALF = auto()
    STAFF_ONLY = auto()
    ONLY_ME = auto()
    AGED = auto()
    """What follows is how old they are."""
    SIGNED_UP = auto()
    YEAR = auto()
    """A year is named: what stands beside is not what is counted, or counts for that year."""
    SMALL = auto()
    """A small word, read over."""


@cache  # what readers of every language know is there only once
def _phrases(phrases: str) -> list[tuple[str, ...]]:
    return [tuple(fold(phrase).split()) for phrase in phrases.split("|")]


_SIGNS = {
    ("~",): Mark.ABOUT, ("+", "-"): Mark.ABOUT, ("+", "/", "-"): Mark.ABOUT, ("-",): Mark.TO, ("&",): Mark.AND,
    (">",): Mark.AT_LEAST, (">", "="): Mark.AT_LEAST, ("<",): Mark.AT_MOST, ("<", "="): Mark.AT_MOST,
}  # fmt: skip
_DANISH = {
    Mark.ABOUT: "ca|cirka|circa|abt|gns|gnsn|omkring|omtrent|rundt regnet|op mod|op imod|hen mod|hen imod|hen ved|"
    "henved|næsten|"
    "knap|"
    "knapt|godt|godt og vel|små|tæt på|lige under|lige over|lidt over|lidt under|lidt mere end|lidt flere end|"
    "lidt færre end|anslået|plus minus|i omegnen af|deromkring|eller deromkring|eller sådan noget|eller der omkring|"
    "sådan cirka|sådan ca|vel sagtens|i snit|i gennemsnit|gennemsnitligt|gennemsnitlig|snit|skønsmæssigt|ish|jeg "
    "tror|"
    "vi tror|jeg gætter på|gætter på",
    Mark.SOFTLY: "måske|vel|nok|sådan|vist|vistnok|typisk|normalt|som regel|sikkert|oftest",
    Mark.AT_LEAST: "over|mere end|flere end|mindst|minimum|min|i hvert fald|mere end|langt over|godt over|"
    "ikke under|ikke færre end|ikke mindre end",
    Mark.AT_MOST: "aldrig over|aldrig mere end|aldrig flere end|under|op til|indtil|højst|højest|maks|max|maksimum|"
    "maximum|maksimalt|mindre end|færre end|"
    "ikke mere end|ikke over|ikke flere end|allerhøjst",
    Mark.BETWEEN: "ml|mellem|imellem|et sted mellem",
    Mark.FROM: "fra",
    Mark.TO: "til",
    Mark.OR: "eller",
    Mark.AND: "og|plus|samt|pluss|og så|og derudover|derudover|med hjælp fra",
    Mark.OR_MORE: "eller flere|eller mere|og opefter|og op|og derover|plus|og flere|eller derover",
    Mark.OR_LESS: "eller færre|eller mindre|eller derunder|og nedefter|og derunder",
    Mark.SOMETIMES: "nogle gange|nogen gange|sommetider|somme tider|andre gange|til tider|af og til|indimellem|"
    "en gang imellem|nogle dage",
    Mark.OF_THEM: "heraf|hvoraf|deraf|af dem|af disse|inklusive|inkl|inklusiv|herunder",
    Mark.EACH_TIME: "hver gang|hvergang|til hver gang|pr gang|per gang|pr møde|per møde|hvert møde|pr session|"
    "per session|hver session|pr arrangement|per arrangement|hvert arrangement|pr aften|hver aften|pr dag|om dagen|"
    "hver dag|pr uge|hver uge|om ugen|ugentligt|ad gangen|på en gang|ved hvert møde|ved hver session|"
    "pr kursus|pr forløb|pr workshop|pr café|pr cafe|pr besøg|hver mandag|hver tirsdag|hver onsdag|hver torsdag|"
    "hver fredag|hver lørdag|hver søndag|de fleste gange|pr eftermiddag|pr formiddag|hver eftermiddag|"
    "hver formiddag|pr undervisningsgang|pr mødegang|hver mødegang|pr kursusgang|til møderne|pr seance|"
    "gangen|på en god dag|på en aften|pr træf|pr onsdag|pr tirsdag|pr torsdag|pr mandag",
    Mark.IN_ALL: "i alt|ialt|alt i alt|i det hele|tilsammen|samlet|samlet set|sammenlagt|totalt|total|til sammen|"
    "indtil nu|indtil videre|hidtil|i løbet af forløbet|i hele perioden|over hele perioden|samlet antal|"
    "i løbet af projektet|gennem hele forløbet|i løbet af året|i løbet af hele året|over hele året",
    Mark.PER_YEAR: "om året|årligt|pr år|per år|hvert år|på et år|om måneden|pr måned|hver måned|månedligt",
    Mark.PER_GROUP: "pr hold|per hold|på hvert hold|på hver|på holdet|pr gruppe|per gruppe|i hver gruppe|pr sted|"
    "hvert sted|pr familie|pr klasse|pr skole|pr bibliotek|i hver|pr bord",
    Mark.NOBODY: "ingen|slet ingen|nul|ikke nogen|ikke en eneste|uden|har ikke|har ingen|nej|nej ingen|nix|niks|nope|"
    "der er ikke|der er ingen|er ikke nogen|er der ikke|ikke frivillige|ingenting|ikke brugt|bruger ikke|bruges ikke",
    Mark.NOT: "minus|ikke",
    Mark.NOT_YET: "ikke endnu|endnu ikke|ingen endnu|ikke nogen endnu|ingen lige nu|pt ingen|p t ingen",
    Mark.UNKNOWN: "ved ikke|ved det ikke|ved jeg ikke|ved vi ikke|aner ikke|aner det ikke|ingen anelse|ingen ide|"
    "ingen idé|"
    "ingen tal|ukendt|ikke talt|ikke optalt|har ikke talt|har ikke tal|ikke opgjort|kender ikke|kan ikke huske|"
    "husker ikke|svært at sige|ikke overblik|det varierer|varierer|ingen registrering|ikke registreret|fører ikke|"
    "har ikke tallet|ikke til at sige|har ikke optalt|det er forskelligt|svinger",
    Mark.MANY: "mange|en del|masser|en masse|en hel del|ret mange|rigtig mange|temmelig mange|flere|ikke så mange|"
    "ikke mange|ikke ret mange|hundredvis|snesevis|dusinvis|tusindvis|fuldt hus|for få|hundreder|tusinder",
    Mark.COUPLE: "et par|et par stykker|et par styk|par stykker|par styk",
    Mark.FEW: "nogle få|få|enkelte|nogle|nogle stykker|en håndfuld|håndfuld|nogle enkelte|meget få",
    Mark.HALF: "et halvt|en halv|halvt|halv",
    Mark.STAFF_ONLY: "kun personale|kun personalet|kun ansatte|kun medarbejdere|personalet selv|kun os ansatte|"
    "kun bibliotekarer|kun bibliotekarerne|kun fastansatte|kun lønnede|personalet klarer det|vi klarer det selv|"
    "klarer os selv|klarer det selv|gør det selv|kun personale ingen frivillige|udelukkende personale|alle er "
    "ansatte|kun lønnet|"
    "vi er ansatte|bibliotekets personale|kun bibliotekets personale|drives af personalet|vi er kun ansatte",
    Mark.ONLY_ME: "kun mig|bare mig|mig selv|mig alene|kun mig selv|jeg er alene|jeg selv",
    Mark.AGED: "i alderen|alderen|alder|aldersgruppen|aldersgruppe|mellem aldrene|aldre|gamle",
    Mark.SIGNED_UP: "tilmeldt|tilmeldte|tilmeldinger|inviteret|inviterede|på venteliste",
    Mark.YEAR: "sidste år|i fjor|i år|dette år|næste år|forrige år",
    Mark.SMALL: "med|der|som|af|på|i|vi|er|var|har|kom|kommer|at|det|de|dem|for|til os|hos|om|men|så|da|og frem|"
    "siden|"
    "nu|lige nu|pt|p t|os|selv|vores|deltager|deltog|nogen|havde|have|forventet|forventer|regner|håber|mødte|op|"
    "mødt|dukkede",
}
_SLOVENIAN = {
    Mark.ABOUT: "pribl|prib|okol|povp|pov|"
    "okoli|okrog|okvirno|blizu|bližje|približno|skoraj|nekako|kakih|kakšnih|kakšne|kakšna|kakšen|kakšni|kake|kak|"
    "kaka|kaki|"
    "kakega|slabih|dobrih|slabi|"
    "dobri|cca|ca|cirka|malo čez|malo nad|malo pod|malo več kot|malo manj kot|blizu|tam okoli|tja okoli|ene|enih|"
    "v povprečju|povprečno|povprečje|ali tako|tam nekje|plus minus|ocenjujem|po oceni|ocena|mislim da|na oko|"
    "nekje okoli|nekje okrog|ali tam okoli|ish|slabo|dobro",
    Mark.SOFTLY: "nekje|morda|mogoče|verjetno|običajno|po navadi|ponavadi|navadno|najbrž|recimo",
    Mark.AT_LEAST: "več kot|več od|vsaj|najmanj|nad|čez|preko|prek|minimalno|minimum|min|ne manj kot",
    Mark.AT_MOST: "nikoli več kot|nikoli nad|manj kot|manj od|do|največ|pod|ne več kot|maksimalno|maks|max|tja do|"
    "vse do|kvečjemu|maksimum",
    Mark.BETWEEN: "med|nekje med",
    Mark.FROM: "od",
    Mark.TO: "do",
    Mark.OR: "ali|oziroma|oz",
    Mark.AND: "in|pa|ter|plus|in še|pa še|še",
    Mark.OR_MORE: "ali več|in več|naprej|ali še več|plus|pa več|pa naprej",
    Mark.OR_LESS: "ali manj|in manj",
    Mark.SOMETIMES: "včasih|kdaj pa kdaj|občasno|kdaj",
    Mark.OF_THEM: "od tega|od teh|od katerih|med njimi|vključno|vključno z|od njih|med temi",
    Mark.EACH_TIME: "na srečanje|na srečanju|vsakič|vsakokrat|na delavnico|na delavnici|na dogodek|na dogodku|"
    "na termin|"
    "na obisk|na uro|na uri|na prireditev|na prireditvi|na predavanje|na teden|tedensko|na dan|dnevno|vsak teden|"
    "vsak dan|naenkrat|hkrati|vsako sredo|vsak ponedeljek|vsak torek|vsak četrtek|vsak petek|vsako soboto|"
    "na posamezno srečanje|na posameznem srečanju|na vsakem srečanju|na vsako srečanje|na večer|na vsaki delavnici|"
    "na vsakem|na pravljico|na druženje|na druženju|na izvedbo|na skupnem srečanju|na vsako delavnico|na vsako uro|"
    "na vsako prireditev|na vsako predavanje|na vsak dogodek|na vsak termin|na vsak obisk|na vsak večer|"
    "na vsaki uri|na vsaki prireditvi|na posamezno delavnico|na posamezni delavnici|na posamezen dogodek|ob vsakem|"
    "ob vsaki|pri vsakem|pri vsaki|po srečanju|po delavnici|po dogodku|na ponovitev|na popoldne|na dopoldne|"
    "na sejo|na terminu|na obisku|na tečaju|na krožku|ob torkih|ob sredah|ob četrtkih|ob petkih|ob ponedeljkih|"
    "ob sobotah|na mesečnem srečanju|na tedenskem srečanju",
    Mark.IN_ALL: "skupaj|vsega skupaj|skupno|v celoti|skupno število|vse skupaj|sskupaj|doslej|do zdaj|do sedaj|"
    "v vsem času|v celem letu|v celem letu skupaj|čez celo leto|v enem letu skupaj|v celem obdobju|"
    "v celotnem obdobju|skupaj vseh|sumarno|vseh skupaj|vsega",
    Mark.PER_YEAR: "na leto|letno|vsako leto|v enem letu|na mesec|mesečno|vsak mesec",
    Mark.PER_GROUP: "na skupino|v skupini|v vsaki skupini|na razred|na družino|v vsaki|na vsako|na šolo|na knjižnico|"
    "v posamezni skupini|na vsaki|v vsakem",
    Mark.NOBODY: "nihče|nič|nobeden|nobena|nobenega|nobene|noben|nobenih|ni jih|ni bilo|ni|nimamo|niso|nima|nikogar|"
    "brez|"
    "ni nobenega|ni nobene|ničla|ne|nobeni|ni nobenih|nismo imeli|niso sodelovali|nič jih ni|ni jih bilo|jih ni",
    Mark.NOT: "minus|ne",
    Mark.NOT_YET: "še ni|jih še ni|še nimamo|zaenkrat ni|zaenkrat nimamo|za zdaj ni|trenutno ni|za zdaj nimamo|"
    "še nihče|zaenkrat nihče|za zdaj nihče|trenutno nimamo|trenutno nobenega|zaenkrat nobenega",
    Mark.UNKNOWN: "ne vem|ne vemo|ni znano|ni podatka|ni podatkov|nimamo podatka|nimamo podatkov|neznano|ne "
    "spremljamo|"
    "nismo šteli|ne štejemo|nimam podatka|težko reči|različno|odvisno|se spreminja|niha|ni evidence|"
    "nimamo evidence|ne beležimo|ni še znano|še ni znano|ni jasno|pojma nimam|nihče ni štel|ni mogoče|se ne spomnim|"
    "ne spomnim se|nisem prepričana|nisem prepričan",
    Mark.MANY: "veliko|mnogo|precej|kar nekaj|dosti|ogromno|polno|zelo veliko|kar veliko|malo|bolj malo|ne veliko|"
    "več|"
    "na stotine|na desetine|na ducate",
    Mark.FEW: "par|en par|kakšen par|par ljudi|nekaj|peščica|peščico|peščica ljudi|redki|malokdo|le nekaj|samo nekaj",
    Mark.HALF: "pol",
    Mark.STAFF_ONLY: "samo zaposleni|le zaposleni|samo osebje|samo knjižničarji|samo knjižničarke|izključno "
    "zaposleni|"
    "zaposleni sami|vse naredimo sami|delamo sami|samo redno zaposleni|vse delamo sami|le osebje|smo sami zaposleni|"
    "izvajamo sami|sami|sami zaposleni|izvajajo zaposleni|vodijo zaposleni|le knjižničarke",
    Mark.ONLY_ME: "samo jaz|le jaz|jaz sama|jaz sam|sama|sam|samo sama",
    Mark.AGED: "stari|starih|stare|starost|starosti|v starosti|starostna skupina|starejši od|starejših od",
    Mark.SIGNED_UP: "prijavljenih|prijavljeni|prijav|prijavilo|povabljenih|povabljeni|vabljenih",
    Mark.YEAR: "lani|letos|predlani|lansko leto|prejšnje leto|prihodnje leto|naslednje leto|drugo leto",
    Mark.SMALL: "pričakujemo|predvidoma|prišel|prišla|prišlo|prišli|pomagal|pomagala|sodeloval|je|jih|so|smo|bo|"
    "bilo|bil|bila|bili|po|na|"
    "se|pride|prihaja|pridejo|prihajajo|udeležilo|to|s|z|v|za|"
    "nas|imamo|pomaga|pomagajo|sodeluje|sodelujejo|obišče|da|tudi|ti|a|ga|si|mi",
}
_ENGLISH = {
    Mark.ABOUT: "about|abt|avg|around|barely|roughly|approximately|approx|approx about|nearly|almost|ca|circa|c|"
    "just over|just "
    "under|"
    "just about|a little over|a little under|a little more than|slightly over|slightly under|slightly more than|"
    "a bit over|a bit more than|close to|approaching|getting on for|or so|or thereabouts|thereabouts|ish|a good|"
    "on average|an average of|average|averaging|in the region of|estimated|an estimated|give or take|odd|"
    "something like|somewhere around|i would guess|i think|i guess|we think|i d say|id say|we reckon|plus or minus|"
    "well "
    "about|or about|mostly around",
    Mark.SOFTLY: "maybe|perhaps|some|probably|say|typically|usually|normally|generally|possibly|likely|often|"
    "somewhere|a",
    Mark.AT_LEAST: "more than|at least|above|over|no fewer than|not less than|not fewer than|no less than|minimum|"
    "min|"
    "a minimum of|minimum of|upwards of|upward of|well over|in excess of|exceeding|far more than",
    Mark.AT_MOST: "never more than|never over|never above|not above|up to|at most|less than|fewer than|below|under|"
    "no more than|not more than|maximum|max|a maximum "
    "of|"
    "maximum of|at the most|not over|as many as|well under|capped at|limited to",
    Mark.BETWEEN: "between|somewhere between|anything between|anywhere between",
    Mark.FROM: "from|anything from|anywhere from",
    Mark.TO: "to|till|until|through",
    Mark.OR: "or",
    Mark.AND: "and|plus|as well as|and also|along with|together with|and another|and then",
    Mark.OR_MORE: "or more|and more|upwards|plus|and up|and above|or over|and over|and counting|or above",
    Mark.OR_LESS: "or fewer|or less|and under|or under|or below|tops|max|maximum|at most|at the most",
    Mark.SOMETIMES: "sometimes|occasionally|at times|on occasion|other times|on a good day|on busy days|at peak",
    Mark.OF_THEM: "of whom|of which|of them|including|incl|among them|of those",
    Mark.EACH_TIME: "each time|every time|per session|per event|per meeting|a session|a time|at a time|each session|"
    "every session|each week|every week|a week|per week|weekly|each meeting|every meeting|per workshop|per class|"
    "each event|every event|per visit|per time|per day|a day|each day|daily|per evening|each evening|at each|"
    "at each session|at each meeting|at every session|per gathering|each workshop|an evening|each month|per date|"
    "each monday|each tuesday|each wednesday|each thursday|each friday|each saturday|each sunday|every monday|"
    "every tuesday|every wednesday|every thursday|every friday|every saturday|every sunday|most weeks|most times|"
    "a meeting|per lesson|each lesson|per occasion|on each occasion|a night|per night|apiece|a visit|per sitting|"
    "turn "
    "up each time|a class|at any one time|at once|to each session|to each one|per café|per cafe",
    Mark.IN_ALL: "in all|in total|total|all in all|altogether|overall|so far|all together|to date|combined|totally|a "
    "total of|total of|all told|over the whole year|over a whole year|in the whole year|over the whole period|"
    "across all sessions|across the year|across all|in the whole "
    "project|over the course|to this day|up to now|until now|throughout|cumulatively|over the whole project|over the "
    "project|across the project|across the whole project|over all sessions",
    Mark.PER_YEAR: "a year|per year|each year|every year|yearly|annually|a month|per month|monthly|per annum|"
    "every month|"
    "over the year",
    Mark.PER_GROUP: "per group|in each group|each group|per team|per family|in each|per school|per class group|"
    "per "
    "library|per branch|per table|a group|per household",
    Mark.NOBODY: "none|nobody|no one|noone|not any|no|nil|without|do not have|don t have|dont have|have no|have none|"
    "have no one|have noone|have nobody|"
    "haven t got any|zero|not a single|there are no|there were no|no volunteers|didn t have|did not have|"
    "did not use|don t use|dont use|do not use|nope|nah|not using|doesn t have|does not have|there aren t|aren t",
    Mark.NOT: "minus|not",
    Mark.NOT_YET: "not yet|none yet|no one yet|nobody yet|none at the moment|not at the moment|none right now|"
    "none so far|none currently|no volunteers yet|not any yet",
    Mark.UNKNOWN: "don t know|dont know|do not know|no idea|not sure|unknown|not counted|haven t counted|"
    "have not counted|"
    "didn t count|did not count|no data|no figures|no numbers|hard to say|it varies|varies|can t say|cannot say|"
    "no clue|can t remember|it depends|not known|nobody counted|no one counted|nobody counts|n a|no count|not "
    "recorded|"
    "not registered|unsure|difficult to say|we don t count|no record|no records|impossible to say|don t remember",
    Mark.MANY: "many|a lot|lots|plenty|loads|not many|not so many|hundreds|dozens|thousands|full house|several|most|"
    "a great many|not a lot|scores|tons|numerous|a large number|a number of|too many|too few|packed",
    Mark.COUPLE: "a couple|a couple of|couple of|a pair of|a pair",
    Mark.FEW: "a few|few|a handful|a handful of|handful|just a few|very few|some people|a small group|"
    "one or two people",
    Mark.HALF: "half a|half|a half",
    Mark.STAFF_ONLY: "we manage ourselves|we manage without|only staff|staff only|just staff|just the staff|only "
    "the staff|only employees|library staff "
    "only|"
    "only library staff|all staff|staff run it|run by staff|just us staff|just employees|paid staff only|"
    "only paid staff|we do it ourselves|only us staff|the staff do it|staff do it all|we run it ourselves|"
    "we are all staff|it is all staff|staff led|run entirely by staff|done by staff",
    Mark.ONLY_ME: "only me|just me|me alone|myself|just myself|me myself|me",
    Mark.AGED: "ages|aged|age|aged between|age group|ages from|age range|years of age",
    Mark.SIGNED_UP: "signed up|registered|invited|sign ups|registrations|on the waiting list|booked",
    Mark.YEAR: "last year|this year|next year",
    Mark.SMALL: "we|of|in|the|had|have|is|are|was|were|there|came|come|comes|that|with|it|for|at|on|do|med|by|who|"
    "turn up|"
    "show up|i|us|our|take part|took part|attend|attended|expect|help|helped|helps|this|been|any|got|expecting|"
    "hopefully|hoping|showed|turned|"
    "up|helping|helped|which|used|use",
}
_BY_LANGUAGE: Mapping[str, Mapping[Mark, str]] = {"da": _DANISH, "sl": _SLOVENIAN, "en": _ENGLISH}
LONGEST_PHRASE = 5


_AFTER = (Mark.OR_MORE, Mark.OR_LESS)


@lru_cache(maxsize=4)
def marks(language: str) -> Mapping[tuple[str, ...], Mark]:
    """Returns what the phrases mean to a reader of `language`; where languages differ, the reader's own counts.

    The small words of other languages are left out, since they may be words of the reader's.
    """
    table: dict[tuple[str, ...], Mark] = {}
    for each in reversed(order_of(language)):
        for mark, phrases in _BY_LANGUAGE[each].items():
            if each == language or mark is not Mark.SMALL:
                said = _phrases(phrases)
                if mark in _AFTER:  # "max" says the same before a number and after it
                    said = [phrase for phrase in said if phrase not in table]
                table.update(dict.fromkeys(said, mark))
    return table | _SIGNS


@lru_cache(maxsize=4)
def after_marks(language: str) -> Mapping[tuple[str, ...], Mark]:
    """Returns the phrases that mean something else after a number: "eller flere", "or so", "30 plus"."""
    table: dict[tuple[str, ...], Mark] = {}
    for each in reversed(order_of(language)):
        for mark in _AFTER:
            table.update(dict.fromkeys(_phrases(_BY_LANGUAGE[each][mark]), mark))
    return table | {("+",): Mark.OR_MORE}


class Noun(Enum):
    """What is counted."""

    PEOPLE = auto()
    VOLUNTEERS = auto()
    STAFF = auto()
    STYKKER = auto()
    """Danish "stykker": so many, more or less."""
    COUPLES = auto()
    HOUSEHOLDS = auto()
    GROUPS = auto()
    AGES = auto()
    TIMES = auto()
    THINGS = auto()


def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split())


_BEGINNINGS: Mapping[Noun, tuple[str, ...]] = {
    Noun.VOLUNTEERS: _folded("frivillig prostovolj volunteer voluntar volontør volontør vrijwillig"),
    Noun.STAFF: _folded("ansat medarbejder bibliotekar personale kolleg zaposlen knjižničar staff employee librarian"),
    Noun.COUPLES: _folded("parov pari couples makkerpar ægtepar"),
    Noun.HOUSEHOLDS: _folded("famili husstand hjem hushold družin gospodinj family families household"),
    Noun.GROUPS: _folded(
        "busful busload avtobus hold grupp gruppe team klasse klub foren skupin ekip oddelk razredov group class "
        "classes club school skole børnehave børnehus børneklub ungdomsskole ungdomsklub ældrecenter "
        "šol institution kommun občin municipalit library libraries knjižnic bibliotek vrtc virksomhed org društev "
        "društv association council"
    ),
    Noun.AGES: _folded(
        "år årig klassetrin måneder leto leta let letni letnik letni razred mesecev year yrs yr grade months y"
    ),
    Noun.TIMES: _folded(
        "gang møde session arrangement aften forløb workshop kursus kurser besøg time timer minut dag uge måned "
        "lektion "
        "oplæsning forestilling srečanj delavnic dogodk dogodek obisk termin predstav krat prireditev prireditv ur "
        "ure "
        "minut dni dan teden tedn mesec predavanj event meeting visit hour minute day week month lesson evening "
        "times "
        "performance gatherings class-hours weekend kl"
    ),
    Noun.THINGS: _folded(
        "generation generacij procent percent pct odstotk kr kroner dkk eur euro evro bøger bog bind titler "
        "materialer computer tablet "
        "knjig izvod book copies copy title tablic računalnik laptop device item plads bord miz table seat side "
        "strani "
        "page km meter metr nationalitet land države držav countr nationalit sprog jezik language kasse lande euros "
        "pounds dollars kilomet sted steder places lokacij locations udlån izposoj loans kopier billed fotografij "
        "photo"
    ),
    Noun.PEOPLE: _folded(
        "barn børn borger bruger deltag drenge dreng elever elev flygtning gæst kvinde lånere låner mand mænd medlem "
        "menneske person pige unge ung voksn ældre pension studer student studen indvandr mødre mor mødr forældre "
        "far "
        "fædre beboer tilflyt senior besøgende fremmødt tilhører publikum kursist lærer pædagog læser folk hjælper "
        "teenager baby babyer bedste nydansk begun clan član deklet dekl dijak drug fant ljud mlad mošk obiskoval "
        "odrasl "
        "oseb oseba otrok otro prebival občan priseljen starejš starš upokoj učenc učenk učitelj udelež uporabnik "
        "žensk "
        "gosp mamic mam mater očet dojenč bralc bralk slušatelj poslušal tujc tujk seniorj študent gledalc človek "
        "ljudje "
        "tečajnik uporabnic starostnik starostnic stanovalc stanovalk prosilc prosilk iskalc zapornik obsojen bolnik "
        "invalid oskrbovan varovan najstnik najstnic malčk malček prvošolc šolar krajan domačin vaščan "
        "gost indsatte indsat prisoner inmate "
        "babic dedk vnuk mentor adult child kids kid member men man people participant pensioner pupil student user "
        "visitor women woman refugee senior parent mother father guest attendee immigrant resident baby babies teen "
        "boy girl toddler elder retiree reader person persons mentor tutor frammødt patient jobseeker "
        "youngster"
    ),
}
_ENDINGS = _folded("obiskovalcev obiskovalci obiskovalk obiskovalke "
"elev elever børn deltagere personer hjælpere pensionister studerende lærere medlemmer borgere "
"gæster "
                   "brugere besøgende visitors visitor kvinder mænd forældre årige")  # fmt: skip
_EXACT: Mapping[str, Noun] = {
    fold(word): noun
    for noun, words in {
        Noun.STYKKER: "stykker stk styk stykke",
        Noun.COUPLES: "par couple",
        Noun.PEOPLE: "til pers ppl os enkelt",
        Noun.GROUPS: "x ×",
        Noun.AGES: "y yo yrs yr god",
        Noun.THINGS: "% ‰ € $ £ k mesta sedežev",
    }.items()
    for word in words.split()
}
_NOT_NOUNS = frozenset(
    _folded(
        "til os god drugi druge drugih farve mandag mandage mandagen "
        "mandagene mandags mand. manj mamut ure. holder holdt"
    )
)
_LET = frozenset(_folded("let leta leti letom let. år year years"))


@lru_cache(maxsize=1_024)
def noun_of(word: str) -> Noun | None:
    """Returns what the folded `word` counts, by how it begins or, for Danish compounds, ends; None if not known."""
    if word in _NOT_NOUNS:
        return None
    if word in _EXACT:
        return _EXACT[word]
    if word.endswith(_ENDINGS) and not word.endswith("arige"):
        return Noun.PEOPLE
    if word.endswith(("arige", "letni", "letnik", "letnikov")):
        return Noun.AGES
    fitting = (
        (len(beginning), noun)
        for noun, beginnings in _BEGINNINGS.items()
        for beginning in beginnings
        if word.startswith(beginning) and (len(beginning) > 3 or len(word) <= len(beginning) + 2)
    )
    longest = max(fitting, key=lambda each: each[0], default=None)  # "obiskovalci" are people, and "obiski" are times
    return longest and longest[1]
