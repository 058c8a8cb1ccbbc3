"""Searching and reading published initiatives."""
