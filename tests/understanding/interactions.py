"""How many messages and presses a report takes, told in one message and question by question.

    python -m tests.understanding.interactions

Ten initiatives of the kind that libraries report, in three languages. The person knows what they do: asked for an
answer, they write it as people do, and tap what is chosen already.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.context.session import AtSummary, Filling
from tests.conversations.dialogue import Dialogue

MOST = 40
"""Messages and presses after which a person gives up."""

QUESTIONS = (
    *("library", "status", "title", "summary", "themes", "target_groups"),
    *("period_start", "partners", "sharing"),
)


@dataclass(frozen=True, slots=True)
class Initiative:
    """What a librarian tells in `language`, and what they write if they are asked for one answer."""

    language: str
    told: str
    answers: Mapping[str, str]


def _initiative(language: str, told: str, *answers: str) -> Initiative:
    return Initiative(language, told, dict(zip(QUESTIONS, answers, strict=True)))


INITIATIVES = (
    _initiative(
        "da",
        "Hver tirsdag mødes flygtninge og frivillige på Vejle Bibliotek til sprogcafé og taler dansk. "
        "Vi begyndte i marts 2024 sammen med Røde Kors, og der kommer omkring 20 hver gang.",
        "vejle",
        "i gang",
        "Sprogcafé om tirsdagen",
        "Hver tirsdag mødes flygtninge og frivillige og taler dansk over en kop kaffe.",
        "sprogcafé",
        "flygtninge",
        "marts 2024",
        "Røde Kors",
        "alle",
    ),
    _initiative(
        "da",
        "Lektiecafé for børn fra 4.-9. klasse på Ishøj Bibliotek, mandag og onsdag. Seks frivillige fra "
        "Ungdommens Røde Kors hjælper. Den har kørt siden 2019.",
        "ishøj",
        "i gang",
        "Lektiecafé",
        "Frivillige hjælper børn fra 4.-9. klasse med lektierne mandag og onsdag.",
        "lektiehjælp",
        "børn",
        "2019",
        "Ungdommens Røde Kors",
        "alle",
    ),
    _initiative(
        "da",
        "Vi ringer til ensomme ældre i Roskilde og taler med dem om bøger og hverdag. Det begyndte i april 2020 og er "
        "afsluttet nu.",
        "roskilde",
        "afsluttet",
        "Telefonvenner",
        "Bibliotekets medarbejdere ringer til ensomme ældre og taler med dem om bøger og hverdag.",
        "samtaler og telefonkontakt",
        "ældre",
        "april 2020",
        "ingen andre",
        "alle",
    ),
    _initiative(
        "da",
        "Vi planlægger praktikpladser til flygtninge på Odense Bibliotek fra februar 2027 sammen med jobcentret.",
        "odense",
        "planlagt",
        "Praktik på biblioteket",
        "Flygtninge kommer i praktik på biblioteket og lærer en arbejdsplads at kende.",
        "praktik og job",
        "flygtninge",
        "februar 2027",
        "jobcentret",
        "alle",
    ),
    _initiative(
        "sl",
        "V Knjižnici Brežice se starejši vsak teden v manjših skupinah učijo uporabljati računalnik in splet. Začeli "
        "smo marca 2015 skupaj z društvom upokojencev.",
        "brežice",
        "v teku",
        "Migam z računalnikom",
        "Starejši se v manjših skupinah učijo uporabljati računalnik in splet.",
        "digitalno vključevanje",
        "starejši",
        "marec 2015",
        "društvo upokojencev",
        "vsi",
    ),
    _initiative(
        "sl",
        "Tujci se v knjižnici v Kamniku vsak četrtek brezplačno učijo slovenščine. Tečaj poteka od januarja 2015, "
        "vodijo ga trije prostovoljci.",
        "kamnik",
        "v teku",
        "Učenje slovenskega jezika za tujce",
        "Tujci se vsak četrtek brezplačno učijo slovenščine in spoznavajo domačine.",
        "jezikovni tečaj",
        "priseljenci",
        "januar 2015",
        "brez partnerjev",
        "vsi",
    ),
    _initiative(
        "sl",
        "Romskim otrokom v Novem mestu pomagamo pri branju in razumevanju slovenskega jezika. Delamo z osnovno šolo, "
        "dvakrat na teden, od septembra 2014.",
        "novo mesto",
        "v teku",
        "Pomoč romskim otrokom pri branju",
        "Romskim otrokom pomagamo pri branju in razumevanju slovenskega jezika.",
        "učna pomoč",
        "romi",
        "september 2014",
        "osnovna šola",
        "vsi",
    ),
    _initiative(
        "en",
        "Every Wednesday volunteers help children with their homework at Odense library while their parents meet over "
        "coffee. It has been running since March 2026, with about 30 children each time.",
        "odense",
        "running",
        "Homework café on Wednesdays",
        "Every Wednesday volunteers help children with their homework while their parents meet over coffee.",
        "homework help",
        "children",
        "March 2026",
        "nobody else",
        "anyone",
    ),
    _initiative(
        "en",
        "We plan a reading group for women who are new in the country, at Aarhus library, from January 2027. The "
        "Danish Refugee Council will find the participants.",
        "aarhus",
        "planned",
        "Reading group for newcomers",
        "Women who are new in the country read short stories together and talk about them.",
        "reading group",
        "women",
        "January 2027",
        "Danish Refugee Council",
        "anyone",
    ),
    _initiative(
        "en",
        "From 2015 to 2016 the library in Ljubljana offered career coaching to job seekers of all ages, with the "
        "employment service. It is finished.",
        "ljubljana",
        "finished",
        "Career coaching",
        "The library offered career coaching to job seekers of all ages, one to one and in groups.",
        "ready for work",
        "job seekers",
        "2015",
        "employment service",
        "anyone",
    ),
)


def told(initiative: Initiative) -> int:
    """Returns how many messages and presses it takes from /report to the receipt, told in one message."""
    talk = Dialogue(initiative.language)
    talk.commands("/report")
    talk.writes(initiative.told)
    return _to_the_receipt(talk, initiative)


def asked(initiative: Initiative) -> int:
    """Returns how many messages and presses it takes from /report to the receipt, question by question."""
    talk = Dialogue(initiative.language)
    talk.starts_report()
    return _to_the_receipt(talk, initiative)


def _to_the_receipt(talk: Dialogue, initiative: Initiative) -> int:
    """Answers what is asked, and sends the report; returns the number of messages and presses of the dialogue."""
    written = ""
    while talk.did < MOST:
        match talk.memory.session.at:
            case Filling(question=question) if question != written:
                written = question
                talk.writes(initiative.answers[question])
            case Filling():
                _presses(talk, "done", "is", "skip")
            case AtSummary():
                _presses(talk, "send")
            case None:
                return talk.did
            case _:
                raise AssertionError(f"unexpected: {talk.said()}")
    raise AssertionError(f"no end in sight: {talk.said()} {talk.labels()}")


def _presses(talk: Dialogue, *actions: str) -> None:
    """Presses the first button that does one of `actions`, in their order."""
    assert talk.screen is not None
    buttons = [button for row in talk.screen.rows for button in row]
    for action in actions:
        for button in buttons:
            if button.action == action:
                talk.takes(talk.press_of(button))
                return
    raise AssertionError(f"nothing to press: {talk.said()} {talk.labels()}")


def main() -> None:
    """Prints both numbers of every initiative, their mean and the largest."""
    rows = [(each, told(each), asked(each)) for each in INITIATIVES]
    print("told  asked")
    for initiative, told_, asked_ in rows:
        print(f"{told_:4}  {asked_:5}  {initiative.language} {initiative.answers['title']}")
    for name, of in (("mean", lambda many: sum(many) / len(many)), ("most", max)):
        print(f"{of([row[1] for row in rows]):4.3g}  {of([row[2] for row in rows]):5.3g}  {name}")


if __name__ == "__main__":
    main()
