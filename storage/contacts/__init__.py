"""Notes between people, and match proposals."""
