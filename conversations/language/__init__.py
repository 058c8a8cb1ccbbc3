"""Sentences, screens and events, independent of language and channel."""
