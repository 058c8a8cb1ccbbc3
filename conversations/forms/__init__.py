"""The forms, their questions, and the kinds of question."""
