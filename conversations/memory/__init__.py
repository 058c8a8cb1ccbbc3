"""Look-ups that keep everything in memory: for tests and for `make talk`."""
