"""Subscriptions to new initiatives, and their deliveries."""
