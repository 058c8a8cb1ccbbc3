"""Subscribing to new initiatives."""
