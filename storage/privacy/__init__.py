"""Erasure, retention, and everything stored about one person."""
