"""Reporting an initiative, and the person's own reports."""
