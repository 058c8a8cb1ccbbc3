"""Calls, the reports that answer them, and reminders."""
