"""Backups: one file with everything a bot stores; SQLite and PostgreSQL can both restore it."""
