"""The five seed undertakings as calls: opened from the examples, answered, reviewed, asked back and published.
And a council, a voluntary organisation and two libraries that find each other.

What is done stands in `plays/`, what everybody reads in `transcripts/`. After a change of wording, write them anew and
read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/whole/test_plays.py
"""

from pathlib import Path

import pytest

from tests.bot.comparing import kept_as_read
from tests.bot.playing import Play
from tests.bot.stage import Stage

PLAYS = Path(__file__).parents[1] / "plays"


@pytest.mark.parametrize("name", sorted(path.stem for path in PLAYS.glob("*.txt")))
async def test_a_play(bot_app: Stage, name: str) -> None:
    cast, script = (PLAYS / f"{name}.txt").read_text(encoding="utf-8").split("\n\n", 1)
    play = Play(bot_app)
    for line in cast.splitlines():
        actor, language, *roles = (part.strip() for part in line.split("|"))
        await play.enters(actor, language, *roles)
    await play.acts(script)
    statuses = await play.statuses()
    assert statuses
    assert set(statuses) == {"published"}
    kept_as_read(name, await play.written())
