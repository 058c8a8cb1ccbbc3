"""Reviewing reports, and writing to reporters."""
