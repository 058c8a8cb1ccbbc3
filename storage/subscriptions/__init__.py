"""Subscriptions to new initiatives, and who was told of which."""
