"""Values of any type of the Bot API, made at random from the specification, with what real people send among them."""

from random import Random
from typing import Any

from bot.botapi.specification.description import TYPES
from conversations.engine.commands import COMMANDS

DEEPEST = 4
"""Types contain themselves; from this depth on only what is required is made."""

_SAID = """
Odense | crnomelj | Gladsaxe | Running | Planned | Finished | Done | Next | Nobody else | nobody | Anyone | Send report
Language café in the park | Homework café every Wednesday | 🙂 Læsehunden 🐕 | //Nethood | #OstaniDoma | Simbioz@
Every Tuesday newcomers and neighbours meet to talk Danish over coffee in the park. | sprogcafé, lektiehjælp
March 2026 | siden 2003 | 31.2.2026 | ca. 30 | over 30.000 | 10-12 | 2011/2012 | www.example.org | desk@example.org
مقهى اللغة | A_b*c`d[e](f) | <b>&lt;i&gt; | {title} | % | ' OR 1=1 -- | ja | nej | yes | none | skip | back | preskoči
+45 12 34 56 78 | tilbage | en | da | sl | 1 | 0 | -1 | 24.12.
"""
SAID = (
    "• Language café\n• Homework help\n• Book bus",
    *(words.strip() for words in _SAID.strip().replace("\n", "|").split("|")),
)
"""What people write who do answer."""

ODD = (
    "",
    " ",
    "\n\n\n",
    "\0",
    "a\0b",
    "\ud800",
    "Caf\udfffé",
    "\u202ertl\u202c",
    "\u2066\u2067\u2068",
    "\u200b\u200d\ufe0f",
    "\ufffe\uffff",
    "🙂" * 2048,
    "x" * 4096,
    "æ" * 1024,
    "e\u0301" * 300,
    "\U000e0041\U000e007f",
    "=1+1",
    "\t@SUM(A1)",
    "<script>alert(1)</script>",
    "&#0;",
    "../../etc/passwd",
    "\\u0000",
    "%00",
    "{0.__class__}",
    "{}",
    "𝕳𝖊𝖏",
    "İıſß",
    "1e309",
    "9" * 5000,
    "/" * 40,
)
"""What people rarely write, and programs do not expect."""

NAMES = (*(command.name for command in COMMANDS), "nothing", "reprot")
"""Commands, and what is none."""

PAYLOADS = (
    "",
    "c_covid",
    "i_wrong",
    "i_" + "x" * 22,
    "r_2345",
    "s_reading_group",
    "x" * 64,
    "ø",
    "2026-W47",
    "da",
    "all",
)


def text(random: Random) -> str:
    """Something written: an answer, a command, or something odd."""
    match random.randrange(12):
        case 0 | 1:
            return odd_text(random)
        case 2:
            return f"/{random.choice(NAMES)} {random.choice(PAYLOADS)}".strip()
        case 3:
            return f"{random.choice(SAID)} {odd_text(random)}"
        case _:
            return random.choice(SAID)


def odd_text(random: Random) -> str:
    """Something odd: from the list, or any characters."""
    if random.random() < 0.5:
        return random.choice(ODD)
    return "".join(
        chr(random.choice((random.randrange(0x80), random.randrange(0x3000), random.randrange(0x110000))))
        for _ in range(random.randrange(1, 40))
    )


def of_type(random: Random, name: str, depth: int = 0) -> Any:
    """A value of the type `name`, as the specification has it."""
    match name:
        case "Integer":
            return random.choice((0, 1, 7, random.randrange(100_000), 2**31, 2**52))
        case "Float":
            return random.choice((0.0, 55.4, -10.4, 90.0, 1e-9))
        case "String":
            return text(random)
        case "Boolean":
            return True
        case "RichMessageButton":  # exactly one action, which the fields alone do not say
            return {"text": text(random), "callback_data": "x"}
        case _:
            return _of_object(random, name, depth)


def _of_object(random: Random, name: str, depth: int) -> Any:
    if name.startswith("Array of "):
        most = 1 if depth >= DEEPEST else 3
        return [of_type(random, name.removeprefix("Array of "), depth + 1) for _ in range(random.randrange(most))]
    described = TYPES[name]
    if "subtypes" in described:
        return of_type(random, random.choice(described["subtypes"]), depth)
    return {
        field: of_field(random, field, about, depth)
        for field, about in described["fields"].items()
        if about.get("required") or (depth < DEEPEST and random.random() < 0.3)
    }


def of_field(random: Random, name: str, about: Any, depth: int = 0) -> Any:
    """A value of the field `name`, within what the specification says of it."""
    if "equals" in about:
        return about["equals"]
    if about["types"] == ["String"] and (name == "id" or name.endswith("_id")):
        return f"id{random.randrange(1000)}"  # Telegram's own names for things are plain
    value = of_type(random, random.choice(about["types"]), depth + 1)
    match about.get("unit"):
        case "value":
            return random.randint(about["least"], about["most"])
        case "characters" | "bytes" | "parsed":
            return ("x" + str(value))[: max(about["least"], 1)].ljust(about["least"], "x")
        case "items" if len(value) < about["least"]:
            member = about["types"][0].removeprefix("Array of ")
            return [of_type(random, member, depth + 1) for _ in range(about["least"])]
        case _:
            return value
