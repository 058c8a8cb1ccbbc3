"""Campaigns over large databases: moved to the other kind and back, and upgraded from every earlier version."""
