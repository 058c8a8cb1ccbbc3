"""The beginnings of words about each theme, by language; a phrase has the beginnings of its words.

Danish beginnings are also found inside compounds (hjemmelektiecafé), Slovenian and English ones only at the start of a
word. A beginning is as short as it can be without another meaning, because Slovenian endings change with the case.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Stems(NamedTuple):
    """The beginnings for one theme in the three languages, separated by commas."""

    da: str
    sl: str
    en: str


THEMES: Mapping[str, Stems] = {
    "employment_readiness": Stems(
        "jobsøg, jobklar, erhvervsparat, arbejdsmarked, jobansøg, karriere, arbejdsløs, ledige",
        "zaposlit, brezposel, iskal zaposl, iskal del, karier, trg del, življenjepis",
        "job seek, job search, jobseek, career, employab, unemploy, job appl, labour market",
    ),
    "internships_jobs": Stems(
        "praktik, virksomhedsforløb, løntilskud, fritidsjob, lærling, jobmesse",
        "delovn praks, na praks, obvezn praks, študijsk praks, pripravni, delovn mest",
        "internship, placement, apprentic, work experience, traineeship",
    ),
    "language_cafe": Stems(
        "sprogcaf, sprogcafe, samtalecaf, sprogtræning, tal dansk, snak dansk, øve dansk",
        "jezikovn kavarn, jezikovn klepet, pogovorn skupin, klepet v sloven, pogovarja v sloven, jezikovn tandem",
        "language caf, conversation caf, language exchange, conversation group, practise danish, practice danish",
    ),
    "language_course": Stems(
        "sprogkurs, sprogunderv, danskunderv, danskkurs, sprogskol, lære dansk",
        "jezikovn tečaj, tečaj sloven, učenj sloven, učenj jezik, tečaj jezik, začetn integracij, sloven jezik za tuj",
        "language cours, language class, language lesson, danish cours, danish class, slovene cours, slovenian cours,"
        "learn danish, learn sloven",
    ),
    "local_integration": Stems(
        "integr, flygtning, nydansk, indvandr, asyl, inklusion",
        "vključ, integrac, priseljen, begun, migrant, tujc, prosilc, romsk",
        "integrat, refugee, asylum, newcomer, immigrant, migrant, settle",
    ),
    "school_cooperation": Stems(
        "skolesamarb, samarbejde med skol, skoleklass, klassebesøg, skolebesøg, modtagelsesklass",
        "sodelov s šol, sodelov z osnovn, osnovn šol, šolsk razred, učitelj, obisk razred",
        "school cooperation, work with school, with school, school class, class visit, teacher",
    ),
    "cultural_exchange": Stems(
        "kulturmød, kulturudveks, interkulturel, tværkulturel, flerkulturel, kulturaften, madkultur",
        "medkultur, večkultur, kulturn izmenj, živ knjižnic, različn kultur, spoznav kultur",
        "cultural exchange, intercultur, multicultur, human library, living library, different cultures",
    ),
    "homework_help": Stems(
        "lektie",
        "učn pomoč, pomoč pri učenj, domač nalog, inštrukc",
        "homework, study help, tutoring",
    ),
    "reading_group": Stems(
        "læsekreds, læseklub, læsegrup, læsefællesskab, fælleslæsning, læs højt,"
        "højtlæsning for voks, bogklub, litteraturkreds",
        "braln klub, braln skupin, braln krož, bralno srečanj, skupn branj, braln druž, glasn branj",
        "reading group, reading club, book club, shared reading, reading circle",
    ),
    "early_literacy": Stems(
        "bogpakk, bogstart, læsestart, babyer, højtlæsning for børn, eventyrstund, historietime,"
        "småbørn, førskole, børnehav",
        "zgodnj branj, pravljič, predšol, družinsk branj, bralno vzgoj, malčk, dojenč, vrtc, vrtec",
        "early reading, early literacy, story time, storytime, book pack, bookstart, toddler, preschool, bedtime stor",
    ),
    "digital_inclusion": Stems(
        "digital, it caf, it kurs, it hjælp, computer, mobiltelefon, tablet, smartphone, mitid, nemid",
        "digital, računaln, pametn telefon, tablic, internet",
        "digital, computer, smartphone, tablet, internet, it help, it caf",
    ),
    "home_delivery": Stems(
        "biblioteket kommer, bringeordning, hjem til borg, bøger til døren, hjemmebring",
        "knjižnic na dom, gradiv na dom, dostav na dom, knjig na dom, obisk na dom, na domu",
        "home delivery, deliver to home, library comes, housebound, books at home, home librar",
    ),
    "outreach": Stems(
        "opsøgend, bogbus, outreach, bogtur, ud af huset, boligområd, udsatte områd, plejehjem, plejecent",
        "bibliobus, potujoč knjižnic, del na teren, zunaj knjižnic, dom starejš, dom starostn",
        "outreach, mobile librar, bookmobile, book bus, bookbus, outside the library, care home, nursing home",
    ),
    "loan_collections": Stems(
        "depot, samtalekass, bogkass, lånekass, udlån af kass, læringskass, temakass",
        "premičn zbirk, izposojevališč, knjig kovč, knjižn kovč, postajališč, zbirk za izposoj",
        "deposit collection, loan box, book box, conversation box, loan collection, kit to borrow",
    ),
    "conversation_contact": Stems(
        "telefonisk, telefonkontakt, snak sammen, samtaleven, ringeven, ringer til, samtalepartner, telefonven",
        "pogovor po telefon, telefonsk pogovor, pokličem, telefonsk klic, klic starejš, pogovorn ur",
        "phone call, phone contact, telephone, call older, chat with, conversation partner, befriend",
    ),
    "online_events": Stems(
        "online, webinar, livestream, zoom, virtuel",
        "spletn dogod, spletn srečanj, spletn delavnic, na spletu, webinar, zoom, virtualn",
        "online, webinar, livestream, zoom, virtual",
    ),
    "wellbeing_loneliness": Stems(
        "ensom, trivsel, mental sund, isoler, livsmod",
        "osamljen, dobr počutj, duševn zdrav, izolir, druženj",
        "lonel, wellbeing, well being, mental health, isolat",
    ),
    "study_space": Stems(
        "læsesal, studieplad, plads til at stud, eksamenslæs, studierum, studiesal",
        "prostor za učenj, čitalniš, prostor za študij, študijsk prostor, izpitn",
        "study space, study room, place to study, reading room, quiet room, exams",
    ),
    "democracy_citizenship": Stems(
        "demokrat, medborger, borgerdebat, folkemød, valgmød, stemmeret",
        "demokra, državljan, volitv, javn razprav, aktivn držav",
        "democra, citizenship, civic debate, elections, public debate",
    ),
    "civic_information": Stems(
        "borgerserv, e boks, digital post, det offentlige, myndighed, blanket, rådgivning, retshjælp",
        "e uprav, euprav, uradn obraz, pravn pomoč, svetovan, upravn enot, sigenc, informiran",
        "public service, e government, legal advice, filling in forms, official forms, authorities, citizen service",
    ),
    "multilingual_collection": Stems(
        "bøger på flere sprog, bøger på andre sprog, flersproget samling, fremmedsprog, tosproget bog,"
        "bøger på arabisk, bøger på ukrain",
        "večjezičn zbirk, večjezičn, knjig v tuj, v maternem jezik, dvojezičn knjig, gradiv v tuj, knjig v ukrajin",
        "books in many languages, multilingual, books in other languages, bilingual book, foreign language",
    ),
    "accessibility": Stems(
        "tilgængelig, handicap, ordblind, blinde, letlæs, lettilgæng, døve, tegnsprog, non reader, ikke læsere",
        "dostopn, oviran, slep, gluh, disleks, lahk branj, invalid, znakovn jezik",
        "accessib, disab, dyslex, blind, deaf, easy to read, easy read, sign language, non reader",
    ),
    "intergenerational": Stems(
        "på tværs af generation, generation, bedsteforæld",
        "medgenerac, generacij, stari starš, babic, mladi in starejš",
        "intergeneration, across generation, grandparent, young and old, generations",
    ),
    "local_community_life": Stems(
        "bymidt, byliv, lokalsamfund, landsby, nabofælles, lokalmilj, byfest",
        "lokalna skupnost, lokaln skupnost, življenj v kraj, sosesk, krajevn skupnost, mestn središč,na vasi",
        "local communit, town centre, neighbourhood, village, town life",
    ),
    "staff_network": Stems(
        "netværk for ansat, personalenetværk, medarbejdernetværk, fagligt netværk, bibliotekarnetværk, erfagrup,"
        "temadag",
        "mrež knjižničar, strokovn mrež, usposabljanj knjižničar, izobraževanj knjižničar, strokovn srečanj",
        "staff network, network for staff, professional network, staff training, librarians network",
    ),
    "advocacy": Stems(
        "fortaler, synliggør, synlighed, kampagne",
        "zagovorniš, zagovarj, kampanj, promocij knjižnic",
        "advoca, campaign, showing our value, raise awareness",
    ),
}
