"""Reporting an initiative, and one's own reports."""
