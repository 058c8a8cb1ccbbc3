"""Owners set up webhooks, and see how they do."""
