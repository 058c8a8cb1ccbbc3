"""Incoming and outgoing messages: inbox, outbox, notices, and the workers that handle them."""
