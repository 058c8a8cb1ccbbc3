"""Sheets of questions (XLSForm) as files: read in a process of its own, and written."""
