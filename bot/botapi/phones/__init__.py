"""Simulated phones, for tests, the terminal and load tests."""
