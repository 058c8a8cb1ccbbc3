"""Published initiatives and the index they are found by."""
