"""Backups: one file with all that a bot knows, which either kind of database takes back."""
