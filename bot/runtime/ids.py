"""Random values that nobody can guess: ids of reports and attachments, and secret codes."""

import secrets

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without letters that are easily confused
_LENGTH = 10


def new_code() -> str:
    """Returns a secret of 128 bits that fits in a link."""
    return secrets.token_urlsafe(16)


def new_id() -> str:
    """Returns a new id of a report or attachment: short enough for buttons and links, too long to guess."""
    return "".join(secrets.choice(LETTERS) for _letter in range(_LENGTH))
