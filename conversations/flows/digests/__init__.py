"""Digests, figures and evidence."""
