"""Published initiatives and their search index."""
