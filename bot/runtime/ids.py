"""What nobody can guess: ids of reports and attachments, and codes that open something."""

import secrets

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when read out
_LENGTH = 10


def new_code() -> str:
    """A secret of 128 bits, as a link may carry it."""
    return secrets.token_urlsafe(16)


def new_id() -> str:
    """A fresh id of a report or attachment: short enough for buttons and links, too many to be guessed."""
    return "".join(secrets.choice(LETTERS) for _letter in range(_LENGTH))
