"""Signing by the Standard Webhooks specification.

A secret is derived from the bot's token, so that it stands in no table, log or backup, and every worker knows it. A
copy of the database that runs with another token can sign nothing in this bot's name.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from conversations.model.webhooks.webhook import proof_of, secret_name

OLD_SECRET_FOR = timedelta(days=1)
"""How long after a new secret messages are signed with the previous one too."""


class Secrets:
    """The secrets that belong to one token."""

    def __init__(self, token: str) -> None:
        self._key = hashlib.sha256(f"meldind secrets {token}".encode()).digest()

    def of(self, name: str) -> str:
        """Returns the secret of that name, as receivers are given it."""
        derived = hmac.new(self._key, name.encode(), hashlib.sha256).digest()
        return f"whsec_{base64.b64encode(derived).decode()}"

    def fits(self, webhook: str, number: int, proof: str) -> bool:
        """Returns whether this is the secret that the receiver was given."""
        return hmac.compare_digest(proof_of(self.of(secret_name(webhook, number))), proof)

    def signed(self, webhook: str, number: int, renewed_at: datetime, message: str, body: str, now: datetime) -> str:
        """Returns the signatures of a message: with its secret, and for a day after a new one with the one before."""
        from standardwebhooks import Webhook  # here, because most bots have no webhooks

        numbers = [number]
        if number > 1 and now < renewed_at + OLD_SECRET_FOR:
            numbers.append(number - 1)
        return " ".join(Webhook(self.of(secret_name(webhook, each))).sign(message, now, body) for each in numbers)
