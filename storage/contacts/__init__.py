"""Notes between people, and proposals of a match."""
