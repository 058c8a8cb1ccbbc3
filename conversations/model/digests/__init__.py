"""Digests, figures, coverage and evidence: what happened in a period, and what is known now."""
