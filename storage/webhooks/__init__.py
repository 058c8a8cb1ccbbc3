"""Webhooks, and the events on their way to them."""
