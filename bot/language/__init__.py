"""Texts in the reader's language: catalogues, dates, numbers."""
