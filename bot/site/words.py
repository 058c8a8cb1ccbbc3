"""The words by which an initiative is found on the site, folded as in the chat, and the files that they stand in."""

from conversations.model.initiatives import Initiative
from conversations.reading.searching import words_in

LONGEST_TEXT = 4_000
"""Characters of an initiative that are searched."""

_SEARCHED = ("summary", "need", "outcome", "transfer", "lessons")


def words_for(initiative: Initiative) -> dict[str, bool]:
    """Returns every word by which it is found, and whether that stands in the title."""
    answers = initiative.answers
    texts = [str(answers.get(key) or "") for key in _SEARCHED]
    text = " ".join((initiative.library, initiative.place, initiative.region, *texts))[:LONGEST_TEXT]
    return {**dict.fromkeys(words_in(text), False), **dict.fromkeys(words_in(initiative.title), True)}


def shard_of(word: str) -> str:
    """Returns the name of the file that a word stands in: its first two letters, or figures for other scripts."""
    start = word[:2]
    return start if start.isascii() and start.isalnum() else "x" + start.encode("utf-8", "replace").hex()


def start_of(shard: str) -> str:
    """Returns the letters with which the words of that file begin."""
    return bytes.fromhex(shard[1:]).decode() if len(shard) > 2 else shard
