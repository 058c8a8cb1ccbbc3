"""Digests and figures, and the summaries of reports they are made from."""
