"""Reviewing reports, and writing to their authors."""
