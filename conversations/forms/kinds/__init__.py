"""The kinds of question: how each is shown and how its answer is read."""
