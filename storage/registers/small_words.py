"""Words beside the name of a place that say nothing about which place it is, in all languages and folded."""

from conversations.reading.text import words_of


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in words_of(line))


IN_A_PLACE = _words(
    "i på ved fra til nær omkring",
    "v na iz z s pri ob za do od okoli",
    "in at from to near of around",
)
"""Words after which a place is likely."""

SAYS_NOTHING = _words(
    "jeg er vi og det den de der her hos hej med mig os vores jeres min mit mine en et som i på ved fra til nær for af om",
    "arbejder ansat bor sidder hører hedder kommer skriver står bibliotekar leder medarbejder hovedbiblioteket filialen",
    "hoved central centralt folke børne lokal lokalt kommune kommunes kommunen kommunale by byen byens borgerservice",
    "lille store gamle nye filial afdeling afdelingen tak venlig hilsen mvh kh vh godmorgen goddag dav hejsa undskyld",
    "egentlig vist nok bare altså nemlig ja jo selv herfra derfra også samt hele tilhører repræsenterer hus kultur",
    "kulturhus kulturhuset arkiv område danmark slovenien land kommuner stedet sted",
    "sem smo jaz mi je so delam delamo delavka zaposlena zaposlen zaposleni prihajam prihajamo pišem pišemo živim v na iz",
    "pri ob z s za do od in ter pa kot naša naše naši našo naš moja moj pozdravljeni pozdrav pozdravček lep lepo dober",
    "dan zdravo živjo hvala lp hej mestna mestne mestni mestno osrednja osrednje osrednji osrednjo splošna splošne splošni",
    "splošno občinska občinske občinski ljudska ljudski ljudske matična matične enota enote enoti krajevna krajevne",
    "podružnica podružnice podružnici oddelek občina občine občini mesto kraj kraja slovenija sloveniji knjižničarka",
    "center centru tukaj tu tam ja prosim zdaj vas območna območne",
    "i m im am we re are is it s its the a an of in at from for and to near my our here this library libraries work works",
    "working employed staff librarian city town central main public branch community county council regional local",
    "municipal municipality hello hi hey good morning thanks thank you regards best kind live based located belong",
    "represent name called district area denmark slovenia please",
)
"""Words that may stand beside the name of a library's place."""

COMMON_WORDS = _words(
    "vejen tønder skive give sig them ry tune rude vig fur ho lem tim hals balle ans borre lime sal mørke ringe arden",
    "hasle almind flemming gram ringe bor dem sunds humble tarm rask stenderup hov bov bro bur fly fole gravene nordvest",
    "vestbyen musikbiblioteket henne hammel hammer solvang friheden park jerne løget sundby dalby ørsted nordhavn",
    "bled žiri grad mirna tabor muta center park trg polje breg lava rudnik planina most vas gora log dob brod dol dom",
    "hrib draga gaj kal kot križ laze lipa loka loke malo mlaka podgora pot potok pristava ravne reka rob selo sela strmec",
    "vrh zavod žaga jezero cerkev šola moste partizan savinja kajuh dvor cesta bistrica gorica brdo planina škocjan nova",
    "velika mala lepa stara gorenja dolenja sredi sveta sveti slovenska vrba vir stranje učakar grab mesto krog kraj",
    "društvo hotel magdalena studenci center nm mb lj ce kp kr ng ms sg begunje bele bizeljsko dobje dobro dobrava obala",
    "fara hosta ribnica tezno ig ljubno osp ter per brezje vodice zagorje kamen apace prem otok",
    "hull bath nova center ring borup",
)
"""Names of places that are ordinary words, too."""

INSTITUTIONS = tuple(
    words_of(
        "gymnasi universitet fakultet skole skolen erhvervsskole højskole fængsel fængsl hospital sygehus forsknings"
        " museum museet gimnazij univerz šolsk šole osnovn srednj fakultet inštitut bolniš zapor muzej universit college"
        " school prison gymnasium faculty hospital ikke ikkje razen not except undtagen"
    )
)
"""How words begin that say that not the public library of the place is meant."""
