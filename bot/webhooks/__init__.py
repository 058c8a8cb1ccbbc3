"""Webhooks: signed messages to the addresses of other systems."""
