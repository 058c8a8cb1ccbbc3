"""Sending: from the outbox to Telegram."""
