"""Digests and figures, and the report summaries they are made from."""
