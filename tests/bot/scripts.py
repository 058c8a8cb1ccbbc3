"""A whole report as a librarian sends it in each language, step by step."""

from tests.bot.stage import Talk

TITLE = "Language café in the park"

REPORTS = {
    "da": """
/report
odense
[I gang]
Lektiecafé om onsdagen
Hver onsdag hjælper frivillige børn med lektierne, mens forældrene mødes over en kop kaffe.
[Lektiehjælp]
[Videre]
[Flygtninge]
[Videre]
marts 2026
[Ingen andre]
[Alle]
[Send indmelding]
""",
    "sl": """
/report
crnomelj
[V teku]
Bralni klub ob sredah
Vsako sredo s prostovoljci beremo v slovenščini; pridejo priseljenke, priseljenci in domačini.
[Bralni klub]
[Naprej]
[Priseljenci]
[Naprej]
marec 2026
[Brez partnerjev]
[Vsi]
[Pošlji]
""",
    "en": f"""
/report
kobenhavn
[Running]
{TITLE}
Every Tuesday newcomers and neighbours meet to talk Danish over coffee in the park.
[Language café]
[Next]
[Immigrants]
[Next]
March 2026
[Nobody else]
[Anyone (public)]
[Send report]
""",
}


async def steps(talk: Talk, script: str) -> None:
    """Do what `script` says, line by line: write a text, or press the button in square brackets."""
    for step in script.strip().splitlines():
        await (talk.presses(step[1:-1]) if step.startswith("[") else talk.writes(step))
