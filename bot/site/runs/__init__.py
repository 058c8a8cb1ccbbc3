"""Runs that bring the site up to date."""
