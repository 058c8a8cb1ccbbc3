"""The forms, their questions and the vocabularies."""
