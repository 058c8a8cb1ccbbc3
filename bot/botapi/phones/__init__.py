"""People's phones, for tests, the terminal and load."""
