"""Calls, who has answered them, and reminders."""
