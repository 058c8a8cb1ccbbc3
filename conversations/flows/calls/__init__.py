"""Calls: listed, made, changed, answered."""
