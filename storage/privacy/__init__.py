"""Erasure, retention, and all that is kept about one person."""
